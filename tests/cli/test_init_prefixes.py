"""`linkcheck init` writes the `prefix` of links whose template adds the folder of their files."""

import json
import subprocess
import tomllib
from pathlib import Path

import pytest
from command import linkcheck
from write_files import write_files

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n'
NAMES = ("gavel", "rocket", "people")


def pictures(folder: str) -> dict[str, str]:
    return {f"{folder}/{name}.svg": PICTURE for name in NAMES}


def articles(folder: str, *values: str) -> dict[str, str]:
    """Articles with these values for the name of an icon."""
    return {
        f"{folder}/{n}.md": f"---\ntitle: Title {n}\nmore: https://a.example/{n}\nicon: {value}\n---\n"
        for n, value in enumerate(values, start=1)
    }


FIVE = ("gavel.svg", "rocket.svg", "people.svg", "gavel.svg", "gavel.svg")


def initialized(folder: Path, files: dict[str, str]) -> tuple[dict[str, object], str]:
    """The configuration that `init` writes for a repository with these files, and what it tells."""
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    write_files(folder, files)
    done = linkcheck("init", "--yes", cwd=folder)
    assert done.code == 0, done.err
    return tomllib.loads((folder / "linkcheck.toml").read_text(encoding="utf-8")), done.err


def prefix_of_icon(folder: Path, name: str = "posts") -> str | None:
    text = (folder / ".linkcheck" / f"{name}.schema.json").read_text(encoding="utf-8")
    found: str | None = json.loads(text)["properties"]["icon"]["x-link"].get("prefix")
    return found


@pytest.mark.parametrize(
    ("files", "content", "icons", "prefix"),
    [
        pytest.param({}, "posts", "templates/svg/icons", "@repository/templates/svg/icons/", id="no site generator"),
        pytest.param(
            {"hugo.toml": 'title = "x"\n', "static/a.svg": PICTURE}, "content/posts", "static/img/logos", "/img/logos/",
            id="below the root of the site",
        ),
        pytest.param(
            {"hugo.toml": 'title = "x"\n', "static/a.svg": PICTURE, **articles("content/notes", *["/a.svg"] * 3)},
            "content/posts", "layouts/icons", "@repository/layouts/icons/", id="beside the root of the site",
        ),
        pytest.param(
            {"_config.yml": "url: https://me.example/blog\nbaseurl: /blog\n"}, "_posts", "more/icons", "/more/icons/",
            id="a site at the root of the repository, below a path",
        ),
        pytest.param(
            {"_config.yml": "url: https://me.example/blog\nbaseurl: /blog\n"}, "_posts", "_includes/icons",
            "@repository/_includes/icons/", id="a folder that the site does not serve",
        ),
        pytest.param({}, "posts", "my files/100% icons", "@repository/my%20files/100%25%20icons/", id="unusual letters"),
    ],
)  # fmt: skip
def test_names_of_files_in_one_folder_get_it_as_a_prefix(
    files: dict[str, str], content: str, icons: str, prefix: str, tmp_path: Path
) -> None:
    _, told = initialized(tmp_path, {**files, **pictures(icons), **articles(content, *FIVE)})
    assert prefix_of_icon(tmp_path) == prefix
    assert f"icon ({icons}/)" in told
    done = linkcheck("validate", cwd=tmp_path)
    assert done.code == 0, done.out
    (tmp_path / icons / "rocket.svg").unlink()
    done = linkcheck("validate", cwd=tmp_path)
    assert (done.code, done.out.count("LC211")) == (1, 1), done.out


@pytest.mark.parametrize(
    ("settings", "folder", "content", "root"),
    [
        pytest.param("_config.yml", "assets", "_posts", ".", id="a site at the root of the repository"),
        pytest.param("hugo.toml", "static/files", "content/posts", "static", id="a folder of the settings"),
    ],
)
def test_a_folder_below_a_root_in_the_settings_is_not_another_root(
    settings: str, folder: str, content: str, root: str, tmp_path: Path
) -> None:
    files = {settings: "", **pictures(f"{folder}/img"), **articles(content, *(f"img/{name}" for name in FIVE))}
    configuration, told = initialized(tmp_path, files)
    assert configuration["site-root"] == root
    assert prefix_of_icon(tmp_path) == f"/{Path(folder).name}/"
    assert f"icon ({folder}/)" in told


def test_a_prefix_is_inferred_from_all_articles_and_holds_for_new_ones(tmp_path: Path) -> None:
    few = {**articles("posts", FIVE[0]), **articles("notes", *FIVE[1:3])}
    initialized(tmp_path, {**pictures("templates/icons"), **few})
    assert prefix_of_icon(tmp_path, "pages") == "@repository/templates/icons/"
    write_files(tmp_path, articles("later", "people.svg", "rockets.svg"))
    done = linkcheck("validate", cwd=tmp_path)
    assert (done.code, done.out.count("LC211")) == (1, 1), done.out


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({**pictures("posts"), **articles("posts", *FIVE)}, id="files beside the articles"),
        pytest.param(
            {"hugo.toml": 'title = "x"\n', **pictures("static"), **articles("content/posts", *FIVE)},
            id="at the root",
        ),
        pytest.param(
            {**pictures("web/files/img"), **articles("posts", *(f"img/{name}" for name in FIVE))},
            id="paths below a folder that is found as a root",
        ),
        pytest.param(
            {**pictures("icons"), **articles("posts", *FIVE, "own.svg"), "posts/own.svg": PICTURE},
            id="one beside its article",
        ),
        pytest.param({**pictures("icons"), **articles("posts", *(f"./{name}" for name in FIVE))}, id="relative paths"),
    ],
)
def test_links_that_are_found_otherwise_get_no_prefix(files: dict[str, str], tmp_path: Path) -> None:
    configuration, told = initialized(tmp_path, files)
    assert (prefix_of_icon(tmp_path), prefix_of_icon(tmp_path, "pages")) == (None, None)
    assert "aliases" not in configuration
    assert "prefix" not in told


def test_a_folder_that_is_added_brings_no_prefix_to_an_existing_configuration(tmp_path: Path) -> None:
    initialized(tmp_path, articles("posts", "/a.svg"))
    before = (tmp_path / "linkcheck.toml").read_text(encoding="utf-8")
    write_files(tmp_path, {**pictures("templates/icons"), **articles("news", *FIVE)})
    assert linkcheck("init", "--add", "--yes", cwd=tmp_path).code == 0
    assert prefix_of_icon(tmp_path, "news") is None
    assert "@repository" not in before + (tmp_path / "linkcheck.toml").read_text(encoding="utf-8")
