from linkcheck.judge import FoundFolder, SiteRootSurvey, UrlFieldSurvey
from linkcheck.judge.site_roots import missing_root_of
from linkcheck.model import LocalFile, NearbyFiles


def found(path: str) -> LocalFile:
    return LocalFile(f"static/{path}", (f"static/{path}",))


def misplaced(path: str, *folders: str) -> LocalFile:
    files = tuple(path if folder == "." else f"{folder}/{path}" for folder in folders)
    return LocalFile(None, (f"static/{path}",), nearby=NearbyFiles(path, elsewhere=files))


def roots(*files: LocalFile) -> tuple[str, ...]:
    survey = SiteRootSurvey()
    for file in files:
        survey.add(file)
    return survey.missing_roots()


def test_five_files_in_one_folder_are_enough_if_most_links_fail() -> None:
    assert roots(*(misplaced(f"{n}.png", "theme") for n in range(5)), *(found(f"{n}.png") for n in range(4))) == ("theme",)
    assert roots(*(misplaced(f"{n}.png", "theme") for n in range(4))) == ()


def test_twenty_are_needed_if_half_of_the_links_work() -> None:
    working = [found(f"{n}.png") for n in range(20)]
    assert roots(*(misplaced(f"{n}.png", "theme") for n in range(20)), *working) == ("theme",)
    assert roots(*(misplaced(f"{n}.png", "theme") for n in range(19)), *working) == ()


def test_links_to_one_file_count_as_one() -> None:
    assert roots(*(misplaced("cover.png", "theme") for _ in range(100))) == ()


def test_a_file_in_several_folders_counts_for_the_one_with_most() -> None:
    both = [misplaced(f"{n}.png", "theme", "old") for n in range(5)]
    assert roots(*both, misplaced("5.png", "theme")) == ("theme",)
    assert roots(*both, misplaced("5.png", "theme"), *(misplaced(f"o{n}.png", "old") for n in range(5))) == ("old",)
    only_old = [misplaced(f"o{n}.png", "old") for n in range(5)]
    only_theme = [misplaced(f"t{n}.png", "theme") for n in range(6)]
    assert roots(*only_old, *only_theme) == ("theme", "old")


def test_the_top_of_the_repository_is_a_folder_like_any_other() -> None:
    assert roots(*(misplaced(f"img/{n}.png", ".") for n in range(5))) == (".",)


def test_files_that_exist_nowhere_name_no_folder() -> None:
    nowhere = LocalFile(None, ("static/a.png",), nearby=NearbyFiles("a.png", same_name=("old/a.png",)))
    assert roots(*(nowhere for _ in range(50))) == ()


def folderless(path: str, folder: str) -> LocalFile:
    return LocalFile(None, (f"static/{path}",), nearby=NearbyFiles(path, missing_folder=folder))


def missing_folders(*files: LocalFile) -> tuple[str, ...]:
    survey = SiteRootSurvey()
    for file in files:
        survey.add(file)
    return survey.missing_folders()


def test_a_folder_that_does_not_exist_explains_many_different_files() -> None:
    lost = [folderless(f"img/{n}.png", "img") for n in range(20)]
    working = [found(f"{n}.png") for n in range(20)]
    assert missing_folders(*lost[:5]) == ("img",)
    assert missing_folders(*lost[:4]) == missing_folders(*lost[:5], *working) == ()
    assert missing_folders(*lost, *working) == ("img",)
    assert missing_folders(*lost[:1] * 30) == ()
    beside = [folderless(f"n/{n}.png", "./n") for n in range(20)]
    assert missing_folders(*beside, *working) == ()
    assert missing_folders(*beside) == ("./n",)
    others = [folderless(f"media/{n}.png", "media") for n in range(6)]
    assert missing_folders(*lost[:5], *others, folderless("x/a.png", "x")) == ("media", "img")


def test_a_missing_file_is_told_of_the_first_folder_that_contains_it() -> None:
    file = misplaced("img/a.png", "theme", "old")
    assert missing_root_of(file, ("other", "old", "theme")) == "old"
    assert missing_root_of(file, ("other",)) is None
    assert missing_root_of(file, ()) is None
    assert missing_root_of(LocalFile(None, ("a.png",)), ("theme",)) is None


def test_the_folders_of_unresolved_links_are_searched_for() -> None:
    files = {"img/a.png": ("src/img/a.png",), "img/b.png": ("src/img/b.png", "old/img/b.png"), "c.png": ("c.png",)}
    survey = SiteRootSurvey()
    for path in ("/img/a.png", "./img/a.png", "img/b.png", "/c.png", "/none.png", "/about/", "/about"):
        survey.add_unresolved(path)
    asked: list[str] = []

    def search(path: str) -> tuple[str, ...]:
        asked.append(path)
        return files.get(path, ())

    assert survey.likely_roots(search) == (FoundFolder("src", 3),)
    assert asked == ["img/a.png", "img/b.png", "c.png", "none.png"]


def url_fields(**values: tuple[int, int]) -> frozenset[str]:
    """The fields of URLs, of so many values that are URLs and so many that are not."""
    survey = UrlFieldSurvey()
    for name, (urls, others) in values.items():
        for number in range(urls + others):
            survey.add(f"/{name}/{number}/url", is_url=number < urls)
    return survey.fields()


def test_a_field_is_one_of_urls_if_three_of_four_values_are() -> None:
    assert url_fields(a=(5, 0), b=(4, 0), c=(30, 10), d=(30, 11), e=(0, 50)) == {"/a/*/url", "/c/*/url"}
