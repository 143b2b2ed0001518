"""The folders that a site serves at its root are found where the referenced files lie."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.infer import LocalReference, find_site_roots
from linkcheck.infer.site_roots import is_built
from linkcheck.repository_files import RepositoryFiles


def roots(
    folder: Path,
    files: Sequence[str],
    urls: Sequence[str],
    declared: Sequence[str] = (),
    *,
    base_path: str = "/",
    maybe: Sequence[str] = (),
) -> tuple[str, ...]:
    """The roots for links of one article, in a repository with these files."""
    write_files(folder, dict.fromkeys(files, ""))
    return find_site_roots(
        [LocalReference("posts/a.md", url) for url in urls],
        declared,
        is_file=lambda path: (folder / path).is_file(),
        ending_with=RepositoryFiles(str(folder)).ending_with,
        base_path=base_path,
        maybe=maybe,
    )


@pytest.mark.parametrize(
    ("files", "urls", "found"),
    [
        pytest.param(["themes/x/static/img/a.png"], ["/img/a.png"], ("themes/x/static",), id="a folder of a theme"),
        pytest.param(["src/img/a b.png"], ["/img/a%20b.png?v=1#x"], ("src",), id="an encoded name and a query"),
        pytest.param(["src/img/a.png"], ["img/a.png"], ("src",), id="a path without a slash in front"),
        pytest.param(
            [f"img/{n}.png" for n in range(3)], [f"/img/{n}.png" for n in range(3)], ("",), id="the repository itself"
        ),
        pytest.param(["img/a.png", "img/b.png"], ["/img/a.png", "img/b.png"], (), id="few files for the repository itself"),
        pytest.param(["text/img/a.png"], ["{static}/img/a.png", "{attach}b.png"], ("text",), id="links of Pelican"),
        pytest.param(["a/i/1.png", "b/i/2.png"], ["/i/1.png", "/i/2.png"], ("a", "b"), id="two folders"),
        pytest.param(
            ["public/i/1.png", "static/i/1.png"], ["/i/1.png"], ("static",), id="a source rather than what is built of it"
        ),
        pytest.param(["posts/a.png"], ["a.png", "./a.png"], (), id="a file beside the article"),
        pytest.param(["x/a.png"], ["../x/b.png", "../../a.png", "/", "?a", "/a\0.png"], (), id="paths that have no root"),
        pytest.param(["src/img/a.png"], ["/img/b.png"], (), id="a file that is missing"),
        pytest.param(
            ["x/i/1.png"], [f"/i/{number}.png" for number in range(1, 11)], (), id="one of ten files, which is chance"
        ),
        pytest.param([f"r{n}/i/{n}.png" for n in range(9)], [f"/i/{n}.png" for n in range(9)], (), id="no folder with most"),
    ],
)
def test_roots_are_where_the_files_lie(files: list[str], urls: list[str], found: tuple[str, ...], tmp_path: Path) -> None:
    assert roots(tmp_path, files, urls) == found


def test_roots_of_the_settings_come_first_and_are_kept_together(tmp_path: Path) -> None:
    files = ["static/i/1.png", "more/x.txt", *(f"themes/t/static/i/{number}.png" for number in (2, 3, 4))]
    urls = [f"/i/{number}.png" for number in range(1, 5)]
    assert roots(tmp_path, files, urls, ["static", "more"]) == ("static", "more", "themes/t/static")


def test_a_single_file_elsewhere_is_no_root_where_those_of_the_settings_are_right(tmp_path: Path) -> None:
    files = ["static/i/1.png", "old/i/2.png"]
    assert roots(tmp_path, files, ["/i/1.png", "/i/2.png"], ["static"]) == ("static",)


def test_roots_of_the_settings_are_kept_where_another_is_found(tmp_path: Path) -> None:
    files = ["static/x.txt", "icons/sun.png", "icons/moon.png"]
    assert roots(tmp_path, files, ["sun.png", "moon.png"], ["static"]) == ("static", "icons")


def test_a_folder_that_may_be_served_is_a_root_if_only_it_contains_a_file(tmp_path: Path) -> None:
    files = ["src/icons/sun.svg", "src/i/1.png", "src/parts/a.svg"]
    declared, maybe = ["src/icons"], ["src/parts", "src"]
    assert roots(tmp_path, files, ["/sun.svg", "/i/1.png"], declared, maybe=maybe) == ("src/icons", "src")
    assert roots(tmp_path, files, ["/sun.svg", "/a.svg"], declared, maybe=maybe) == ("src/icons", "src/parts")
    assert roots(tmp_path, files, ["/sun.svg", "/i/2.png"], declared, maybe=maybe) == ("src/icons",)


def test_a_folder_that_may_be_served_is_no_root_for_a_file_in_one_before_it(tmp_path: Path) -> None:
    files = ["static/sun.svg", "a/1.svg", "b/1.svg", "c/2.svg"]
    found = roots(tmp_path, files, ["/sun.svg", "/1.svg", "/2.svg"], ["static"], maybe=["a", "b", "static", "c"])
    assert found == ("static", "a", "c")


@pytest.mark.parametrize("url", ["/", "//", "?a", "#a", "/a\0.png", "a\\b.png", "../a.png", "../../a.png"])
def test_roots_of_the_settings_are_not_needed_for_what_can_be_no_file(url: str, tmp_path: Path) -> None:
    assert roots(tmp_path, ["static/x.txt"], [url], ["static"]) == ()
    assert roots(tmp_path, ["static/x.txt"], [url, "/1.png"], ["static"]) == ("static",)


def test_a_file_outside_of_the_repository_is_not_beside_an_article(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.png": ""})
    assert roots(tmp_path / "site", ["static/x.txt"], ["x/../../../a.png"], ["static"]) == ("static",)


@pytest.mark.parametrize(
    ("article", "is_root"),
    [
        *((f"blog/b{ending}", False) for ending in (".md", ".markdown", ".mdx", ".html")),
        *((f"blog/b/index{ending}", False) for ending in (".md", ".markdown", ".mdx", ".html")),
        ("blog/c.md", True), ("blog/b.txt", True), ("blog/b/page.md", True), ("blog/b/c/index.md", True),
    ],
)  # fmt: skip
def test_a_folder_with_its_article_is_no_root(article: str, is_root: bool, tmp_path: Path) -> None:  # noqa: FBT001
    files = ["blog/b/sun.png", "blog/b/moon.png", article]
    assert roots(tmp_path, files, ["sun.png", "moon.png"]) == (("blog/b",) if is_root else ())


@pytest.mark.parametrize("declared", ["static", ""])
def test_a_folder_that_a_template_adds_below_a_root_is_no_root(declared: str, tmp_path: Path) -> None:
    files = ["static/x.txt", *(f"static/icons/{name}.svg" for name in ("sun", "moon", "mars"))]
    assert roots(tmp_path, files, ["sun.svg", "moon.svg", "mars.svg"], [declared]) == (declared,)


@pytest.mark.parametrize(
    ("files", "urls", "found"),
    [
        pytest.param(["icons/sun.svg"], ["sun.svg"], (), id="a name"),
        pytest.param(["icons/sun.svg"], ["/sun.svg"], (), id="a name at the top"),
        pytest.param(["icons/1.svg", "icons/2.svg"], ["1.svg", "2.svg"], (), id="numbers"),
        pytest.param(["icons/sun.svg", "icons/moon.svg"], ["sun.svg", "moon.svg"], ("icons",), id="two names"),
        pytest.param(["web/static/sun.svg"], ["sun.svg"], ("web/static",), id="a name in a folder of static files"),
        pytest.param(["web/icons/sun.svg"], ["icons/sun.svg"], ("web",), id="a name and its folder"),
    ],
)
def test_one_name_is_no_evidence_of_a_root(
    files: list[str], urls: list[str], found: tuple[str, ...], tmp_path: Path
) -> None:
    assert roots(tmp_path, files, urls) == found


@pytest.mark.parametrize("file", ["icons/1.png", "1.png"])
def test_a_single_file_is_no_root_beside_those_of_the_settings(file: str, tmp_path: Path) -> None:
    assert roots(tmp_path, ["static/x.txt", file], ["1.png"], ["static"]) == ("static",)


@pytest.mark.parametrize("file", ["static/x.txt", "static/i/1.PNG"])
def test_roots_of_the_settings_hold_where_all_files_are_missing_or_differ_in_case(file: str, tmp_path: Path) -> None:
    assert roots(tmp_path, [file], ["/i/1.png"], ["static"]) == ("static",)


def test_roots_of_the_settings_are_for_files_that_are_added_later(tmp_path: Path) -> None:
    assert roots(tmp_path, ["static/x.txt"], [], ["static"]) == ("static",)
    assert roots(tmp_path, ["static/x.txt"], [], []) == ()


def test_roots_of_the_settings_are_not_needed_for_files_beside_the_articles(tmp_path: Path) -> None:
    assert roots(tmp_path, ["static/x.txt", "posts/1.png"], ["1.png"], ["static"]) == ()


@pytest.mark.parametrize(
    ("files", "url"),
    [
        pytest.param(["_posts/a.md", "_posts/b/1.png", "_posts/b.md"], "1.png", id="named like another article"),
        pytest.param(["blog/b/1.png", "blog/b/index.md"], "1.png", id="with a page of its own"),
    ],
)
def test_the_folder_of_one_article_is_no_root(files: list[str], url: str, tmp_path: Path) -> None:
    assert roots(tmp_path, files, [url]) == ()


def test_a_picture_in_the_folder_named_like_its_post_needs_no_root(tmp_path: Path) -> None:
    write_files(tmp_path, {"source/_posts/a/1.png": ""})
    references = [LocalReference("source/_posts/a.md", "1.png")]
    files = RepositoryFiles(str(tmp_path))
    found = find_site_roots(
        references, ["source"], is_file=lambda path: (tmp_path / path).is_file(), ending_with=files.ending_with
    )
    assert found == ()


def test_a_link_may_start_with_the_path_of_the_site(tmp_path: Path) -> None:
    assert roots(tmp_path, ["static/i/1.png"], ["/blog/i/1.png"], ["static"], base_path="/blog/") == ("static",)
    assert roots(tmp_path, ["static/i/1.png"], ["/blog/i/1.png"], base_path="/blog/") == ("static",)


@pytest.mark.parametrize("name", ["_site", "public", "dist", "build", "out", "site", "docs"])
def test_folders_that_generators_write_into(name: str, tmp_path: Path) -> None:
    assert is_built(name)
    assert is_built(f"a/{name}/b")
    assert not is_built(f"a/{name}s/b")
    # Of two folders with the file, it is the one that was not built.
    assert roots(tmp_path, [f"{name}/i/1.png", "themes/i/1.png"], ["/i/1.png"]) == ("themes",)


@pytest.mark.parametrize("name", ["static", "public", "assets", "source", "src", "www", "htdocs"])
def test_one_name_is_enough_in_a_folder_that_is_usually_served(name: str, tmp_path: Path) -> None:
    assert roots(tmp_path, [f"a/{name}/1.png"], ["/1.png"]) == (f"a/{name}",)
    assert roots(tmp_path, [f"b/{name}x/2.png"], ["/2.png"]) == ()


def test_at_most_eight_roots_are_found(tmp_path: Path) -> None:
    files = [f"r{folder}/{folder}/{number}.png" for folder in range(5) for number in range(4)]
    urls = [f"/{folder}/{number}.png" for folder in range(5) for number in range(4)]
    assert roots(tmp_path, files, urls) == tuple(f"r{folder}" for folder in range(5))
    declared = [f"d{number}" for number in range(6)]
    assert len(roots(tmp_path, files, urls, declared)) == 8
