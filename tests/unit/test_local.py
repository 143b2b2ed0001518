import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from systems import posix_only

from linkcheck import local_files
from linkcheck.local_files import LocalResolver
from linkcheck.model import LocalFile, NearbyFiles


def look(candidates: tuple[str, ...], *, root: str, image: bool) -> LocalFile:
    return LocalResolver(root).look(candidates, image=image)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "about").mkdir(parents=True)
    (root / "about" / "index.html").write_text("<html>")
    Image.new("RGB", (30, 20)).save(root / "a.png")
    return root


def test_the_first_candidate_that_is_a_file_is_taken(site: Path) -> None:
    candidates = ("about", "about.md", "about/index.html", "a.png")
    assert look(candidates, root=str(site), image=False) == LocalFile("about/index.html", candidates, None, 6)


def test_where_there_is_none_the_candidates_are_told(site: Path) -> None:
    assert look(("b.md", "b.html"), root=str(site), image=False) == LocalFile(None, ("b.md", "b.html"))
    assert look((), root=str(site), image=True) == LocalFile(None, ())


def test_an_image_is_measured(site: Path) -> None:
    found = look(("a.png",), root=str(site), image=True)
    assert found.image is not None
    assert (found.image.format, found.image.width, found.image.height) == ("png", 30, 20)
    assert found.size == (site / "a.png").stat().st_size


def test_a_link_to_an_image_is_not_measured_unless_asked(site: Path) -> None:
    assert look(("a.png",), root=str(site), image=False).image is None


def test_what_is_no_image_is_told(site: Path) -> None:
    found = look(("about/index.html",), root=str(site), image=True)
    assert found.image is not None
    assert found.image.format is None
    assert found.image.not_image == "html"


def test_of_an_image_no_more_than_a_mebibyte_is_read(site: Path) -> None:
    with (site / "sparse.jpg").open("wb") as sparse:
        sparse.write(b"\xff\xd8" + b"\xff\xe2\xff\xff".ljust(0xFFFF + 2, b"x") * 40)
        sparse.truncate(10 * 1024**3)
    found = look(("sparse.jpg",), root=str(site), image=True)
    assert found.image is not None
    assert found.image.bytes_read <= 1024 * 1024
    assert found.size == 10 * 1024**3


@posix_only
@pytest.mark.parametrize("candidate", ["../secret.png", "/etc/hostname", "out/secret.png", "link.png", "a\0b", "x" * 5000])
def test_nothing_outside_the_root_is_opened(site: Path, candidate: str) -> None:
    Image.new("RGB", (1, 1)).save(site.parent / "secret.png")
    (site / "out").symlink_to(site.parent)
    (site / "link.png").symlink_to(site.parent / "secret.png")
    assert look((candidate,), root=str(site), image=True).file is None


@posix_only
def test_a_link_within_the_root_is_followed(site: Path) -> None:
    (site / "b.png").symlink_to("a.png")
    assert look(("b.png",), root=str(site), image=True).file == "b.png"


@posix_only
def test_what_is_no_regular_file_is_never_waited_for(site: Path) -> None:
    os.mkfifo(site / "fifo.png")
    (site / "null.png").symlink_to("/dev/null")
    assert look(("fifo.png", "null.png", "about"), root=str(site), image=True).file is None


@posix_only
def test_a_root_behind_a_link_is_a_root(site: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site)
    assert look(("a.png",), root=str(tmp_path / "link"), image=True).file == "a.png"


def test_candidates_are_relative_to_the_working_directory_where_that_is_not_the_root(site: Path) -> None:
    lookup = LocalResolver(str(site), folder=str(site / "about"))
    assert lookup.look(("../a.png",), image=False).file == "../a.png"
    assert lookup.look(("../../site/a.png",), image=False).file == "../../site/a.png"
    assert lookup.look(("a.png",), image=False).file is None


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A repository, worked on in its folder `work`."""
    for path in (
        "work/static/img/GSoC.png",
        "work/static/img/harbour.png",
        "work/static/img/photo-1.png",
        "work/static/img/photo-2.png",
        "work/Static2/a.png",
        "work/twins/a.PNG",
        "work/twins/A.png",
        "themes/plain/static/img/logo.svg",
        "work/content/posts/one/card.png",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("path", "tried", "expected"),
    [
        ("/img/gsoc.png", "static/img/gsoc.png", {"other_case": ("static/img/GSoC.png",)}),
        ("/IMG/GSOC.png", "static/IMG/GSOC.png", {"other_case": ("static/img/GSoC.png",)}),
        ("a.png", "static2/a.png", {"other_case": ("Static2/a.png",)}),
        ("a.png", "twins/a.png", {"other_case": ("twins/A.png", "twins/a.PNG")}),
        ("/img/harbor.png", "static/img/harbor.png", {"similar": ("static/img/harbour.png",)}),
        ("/img/photo-3.png", "static/img/photo-3.png", {}),
        ("/img/harbor.svg", "static/img/harbor.svg", {}),
        ("/img/harbour.JPG", "static/img/harbour.JPG", {"similar": ("static/img/harbour.png",)}),
        ("/img/gsoc.webp", "static/img/gsoc.webp", {"similar": ("static/img/GSoC.png",)}),
        ("/harbour.jpg", "static/harbour.jpg", {}),
        ("/img/harbour.pdf", "static/img/harbour.pdf", {}),
        ("/img/logo.svg", "static/img/logo.svg", {"elsewhere": ("../themes/plain/static/img/logo.svg",)}),
        ("../img/logo.svg", "content/img/logo.svg", {"elsewhere": ("../themes/plain/static/img/logo.svg",)}),
        (
            "/2021/one-card/card.png",
            "static/2021/one-card/card.png",
            {"same_name": ("content/posts/one/card.png",), "missing_folder": "2021"},
        ),
        ("../../../x.png", "../../x.png", {}),
        ("/none/x.png", "none/x.png", {"missing_folder": "none"}),
    ],
)
def test_what_a_link_to_a_missing_file_may_mean_is_found(
    pictures: Path, path: str, tried: str, expected: dict[str, Any]
) -> None:
    lookup = LocalResolver(str(pictures), folder=str(pictures / "work"))
    assert lookup.look((tried,), image=False).file is None
    found = lookup.nearby((tried,), path)
    assert found == NearbyFiles(path.lstrip("./"), **expected)


def test_the_pages_of_other_folders_are_not_suggested(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.md").touch()
    assert LocalResolver(str(tmp_path)).nearby(("b/index.md",), "b/index.md").same_name == ()


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        pytest.param("README.md", {"are_shared": True}, id="a folder of pictures"),
        pytest.param("b.md", {}, id="the folder of an article"),
        pytest.param("../b.md", {}, id="a folder named like an article"),
    ],
)
def test_a_name_elsewhere_is_shared_if_no_article_is_next_to_it(
    tmp_path: Path, beside: str, expected: dict[str, Any]
) -> None:
    for name in ("posts/a.md", "b/sun.png", f"b/{beside}"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    lookup = LocalResolver(str(tmp_path))
    found = lookup.nearby(("posts/sun.png",), "sun.png")
    assert found == NearbyFiles("sun.png", elsewhere=("b/sun.png",), **expected)


def test_an_empty_folder_is_like_a_missing_one(pictures: Path) -> None:
    folder = pictures / "work" / "static" / "submodule"
    folder.mkdir(parents=True)
    lookup, tried = LocalResolver(str(pictures / "work")), ("static/submodule/x.png",)
    assert lookup.nearby(tried, "/submodule/x.png").missing_folder == "submodule"
    (folder / "y.txt").write_text("")
    assert LocalResolver(str(pictures / "work")).nearby(tried, "/submodule/x.png").missing_folder is None


@pytest.mark.parametrize(
    ("tried", "folder"),
    [
        pytest.param(("static/img/2019/x.png", "other/img/2019/x.png"), "img/2019", id="below one of several roots"),
        pytest.param(("other/img/2019/x.png", "img/2019/x.png"), "img", id="in none of them"),
        pytest.param(("content/x.png",), None, id="looked up by its name only"),
        pytest.param(("out/img/2019/x.png",), "img", id="behind a link out of the repository"),
    ],
)
@posix_only
def test_the_first_folder_that_does_not_exist_is_named(
    pictures: Path, tmp_path_factory: pytest.TempPathFactory, tried: tuple[str, ...], folder: str | None
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "img" / "2019").mkdir(parents=True)
    (pictures / "work" / "out").symlink_to(outside)
    lookup = LocalResolver(str(pictures / "work"))
    assert lookup.nearby(tried, "/img/2019/x.png").missing_folder == folder
    relative = [lookup.nearby(tried, f"{start}img/2019/x.png").missing_folder for start in ("", "./", "../../")]
    assert relative == [folder and f"{start}{folder}" for start in ("./", "./", "../../")]


@posix_only
def test_no_name_outside_the_root_is_told(pictures: Path) -> None:
    (pictures / "work" / "out").symlink_to(pictures / "themes/plain/static/img")
    lookup = LocalResolver(str(pictures / "work"))
    assert lookup.nearby(("out/logos.svg", "../themes/plain/static/img/logos.svg"), "logos.svg").similar == ()


def test_files_that_git_ignores_are_not_meant_unless_told_so(pictures: Path) -> None:
    (pictures / ".git").mkdir()
    (pictures / ".gitignore").write_text("/themes\n")
    assert LocalResolver(str(pictures)).nearby(("img/logo.svg",), "img/logo.svg").elsewhere == ()
    everything = LocalResolver(str(pictures), gitignore=False)
    assert everything.nearby(("img/logo.svg",), "img/logo.svg").elsewhere == ("themes/plain/static/img/logo.svg",)


@pytest.mark.parametrize(
    ("name", "article", "found"),
    [
        pytest.param("gsoc.PNG", "a.md", ("static/img/GSoC.png",), id="in another case"),
        pytest.param("IMG/gsoc.png", "a.md", ("static/img/GSoC.png",), id="with a folder"),
        pytest.param("A.png", "x/b.md", ("twins/A.png", "twins/a.PNG", "Static2/a.png"), id="the shortest path first"),
        pytest.param("a.png", "Static2/b.md", ("Static2/a.png", "twins/A.png", "twins/a.PNG"), id="the nearest first"),
        pytest.param("../Static2/A.png", "x/b.md", ("Static2/a.png",), id="relative to the article"),
        pytest.param("./a.png", "x/b.md", (), id="relative, and not there"),
        pytest.param("/img/gsoc.png", "x/b.md", ("static/img/GSoC.png",), id="with a slash in front"),
        pytest.param("../../../../a.png", "x/b.md", (), id="out of the repository"),
        pytest.param("note", "x/b.md", ("x/Note.md",), id="a note"),
        pytest.param("none", "x/b.md", (), id="nothing"),
        pytest.param("", "x/b.md", (), id="no name"),
    ],
)
def test_the_file_of_a_wiki_link_is_found_as_in_obsidian(
    pictures: Path, name: str, article: str, found: tuple[str, ...]
) -> None:
    (pictures / "work" / "x").mkdir()
    (pictures / "work" / "x" / "Note.md").touch()
    assert LocalResolver(str(pictures / "work")).named(name, article=article) == found


def test_names_are_compared_only_until_the_limit(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_files, "_MOST_COMPARISONS", 100)
    lookup = LocalResolver(str(pictures / "work"))
    found = [
        lookup.nearby((f"static/img/{name}.png",), f"img/{name}.png").similar for name in ("harbor", "harbours", "harbou")
    ]
    assert found == [("static/img/harbour.png",), (), ()]


def test_a_lookup_asks_the_disk_once(site: Path) -> None:
    lookup = LocalResolver(str(site))
    first = lookup.look(("a.png",), image=True)
    (site / "a.png").unlink()
    assert lookup.look(("a.png",), image=True) is first
