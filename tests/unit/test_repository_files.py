import os
from pathlib import Path

import pytest
from systems import posix_only

from linkcheck import repository_files
from linkcheck.repository_files import RepositoryFiles


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for path in (
        "static/img/a.png",
        "themes/plain/static/img/a.png",
        "themes/plain/static/img/Logo.PNG",
        "docs/.vuepress/public/hero.png",
        "content/posts/one/cover.png",
        "content/posts/two/cover.png",
        "node_modules/x/img/a.png",
        ".git/img/a.png",
        "public/img/a.png",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / ".gitignore").write_text("/public\n")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("img/a.png", ("static/img/a.png", "themes/plain/static/img/a.png")),
        ("/img/a.png", ("static/img/a.png", "themes/plain/static/img/a.png")),
        ("./img//a.png", ("static/img/a.png", "themes/plain/static/img/a.png")),
        ("static/img/a.png", ("static/img/a.png", "themes/plain/static/img/a.png")),
        ("hero.png", ("docs/.vuepress/public/hero.png",)),
        ("cover.png", ("content/posts/one/cover.png", "content/posts/two/cover.png")),
        ("one/cover.png", ("content/posts/one/cover.png",)),
        ("ne/cover.png", ()),
        ("over.png", ()),
        ("img/logo.png", ()),
        ("", ()),
        ("/", ()),
        ("../a.png", ()),
    ],
)
def test_files_are_found_by_the_last_parts_of_their_path(site: Path, path: str, found: tuple[str, ...]) -> None:
    assert RepositoryFiles(str(site)).ending_with(path) == found


def test_case_can_be_ignored_in_every_part(site: Path) -> None:
    assert RepositoryFiles(str(site)).ending_with_in_any_case("IMG/logo.png") == ("themes/plain/static/img/Logo.PNG",)


@pytest.mark.parametrize("path", ["", "/", "./"])
def test_no_file_ends_with_a_path_without_names(site: Path, path: str) -> None:
    assert RepositoryFiles(str(site)).ending_with_in_any_case(path) == ()


def test_composed_and_decomposed_letters_count_as_equal_if_case_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "cafe\u0301.png").touch()
    files = RepositoryFiles(str(tmp_path))
    assert files.ending_with("caf\u00e9.png") == ()
    assert files.ending_with_in_any_case("caf\u00e9.png") == ("cafe\u0301.png",)


def test_ignored_files_are_found_if_gitignore_does_not_count(site: Path) -> None:
    found = RepositoryFiles(str(site), gitignore=False).ending_with("img/a.png")
    assert found == ("public/img/a.png", "static/img/a.png", "themes/plain/static/img/a.png")


def test_a_gitignore_above_the_folder_counts(site: Path) -> None:
    (site / ".gitignore").write_text("/themes/plain/static/img\n")
    assert RepositoryFiles(str(site / "themes")).ending_with("a.png") == ()


@posix_only
def test_symbolic_links_are_neither_listed_nor_followed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.png").touch()
    (site / "out").symlink_to(outside)
    (site / "loop").symlink_to(site)
    (site / "secret.png").symlink_to(outside / "secret.png")
    os.mkfifo(site / "pipe.png")
    files = RepositoryFiles(str(site))
    assert [files.ending_with(name) for name in ("secret.png", "pipe.png", "loop/static/img/a.png")] == [(), (), ()]


def test_a_folder_that_does_not_exist_has_no_files(tmp_path: Path) -> None:
    assert RepositoryFiles(str(tmp_path / "none")).ending_with("a.png") == ()


def test_the_files_are_listed_once(site: Path) -> None:
    files = RepositoryFiles(str(site))
    assert files.ending_with("hero.png")
    (site / "docs/.vuepress/public/hero.png").unlink()
    assert files.ending_with("hero.png")


def test_no_more_files_are_listed_than_the_limit(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository_files, "MOST_FILES", 3)
    files = RepositoryFiles(str(site))
    assert files.ending_with("cover.png") == ("content/posts/one/cover.png", "content/posts/two/cover.png")
    assert files.ending_with("static/img/a.png") == ()


def test_no_more_entries_are_looked_at_than_the_limit(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository_files, "_MOST_ENTRIES", 12)
    files = RepositoryFiles(str(site))
    assert files.ending_with("one/cover.png") == ("content/posts/one/cover.png",)
    assert files.ending_with("static/img/a.png") == ()


def test_a_name_that_many_files_have_returns_the_first_hundred(tmp_path: Path) -> None:
    for number in range(150):
        (tmp_path / f"{number:03}").mkdir()
        (tmp_path / f"{number:03}" / "index.md").touch()
    files = RepositoryFiles(str(tmp_path))
    for found in (files.ending_with("index.md"), files.ending_with_in_any_case("INDEX.md")):
        assert (len(found), found[0], found[-1]) == (100, "000/index.md", "099/index.md")


def test_what_is_found_is_sorted_by_the_whole_path(tmp_path: Path) -> None:
    for path in ("b/c/x.md", "a/d/x.md", "c/a/x.md", "x.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    files = RepositoryFiles(str(tmp_path))
    found = ("a/d/x.md", "b/c/x.md", "c/a/x.md", "x.md")
    assert (files.ending_with("x.md"), files.ending_with_in_any_case("x.md")) == (found, found)


def test_no_more_paths_are_compared_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths that differ in case only come first: capitals sort before small letters."""
    monkeypatch.setattr(repository_files, "_MOST_COMPARED", 2)
    for path in ("a/X.md", "b/X.md", "c/x.md"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).touch()
    files = RepositoryFiles(str(tmp_path))
    assert (files.ending_with("X.md"), files.ending_with("x.md")) == (("a/X.md", "b/X.md"), ())


def test_a_name_that_cannot_be_printed_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "a\u200b").mkdir()
    for path in ("a\u200b/x.md", "b\u200b.md", "c.md"):
        (tmp_path / path).touch()
    assert list(RepositoryFiles(str(tmp_path)).paths()) == ["c.md"]


def test_files_are_listed_folder_by_folder(tmp_path: Path) -> None:
    for path in ("b.md", "a/z.md", "a/b/y.md", "c/x.md", ".hidden", ".hg/x", ".svn/x", "node_modules/x", "c/node_modules/x"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert list(RepositoryFiles(str(tmp_path)).paths()) == [".hidden", "b.md", "a/z.md", "a/b/y.md", "c/x.md"]
