"""What `linkcheck init` tells about schemas that settings declare: what it uses, and what is not required and why."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init import survey

FIELDS = (
    "[{name: title}, {name: date, widget: datetime}, {name: author}, {name: topic, required: false}, "
    "{name: links, widget: list, fields: [{name: url}, {name: text}]}]"
)
POST = "---\ntitle: A\ndate: 2024-01-01\nauthor: B\nlinks:\n- {url: https://a.example/, text: A}\n---\n"
SECTION = "---\ntitle: Blog\nlinks: []\n---\n"
USED = "required properties and choices are those of static/admin/config.yml"


def notes(root: Path, files: dict[str, str], *folders: str) -> dict[str, list[str]]:
    """The notes about declared schemas by collection, with the same fields declared for each of the folders."""
    collections = "".join(f"- {{name: a, folder: {folder}, fields: {FIELDS}}}\n" for folder in folders)
    write_files(root, {"hugo.toml": "", "static/admin/config.yml": f"collections:\n{collections}", **files})
    found = survey(str(root)).collections
    return {each.collection.name: [note for note in each.inferred.notes if "config.yml" in note] for each in found}


@pytest.mark.parametrize(
    ("others", "note"),
    [
        pytest.param({}, USED, id="all of it"),
        pytest.param(
            {"content/blog/_index.md": SECTION},
            f"{USED}, except that `date`, `author` are not required, because content/blog/_index.md lacks them",
            id="a page of a section lacks some properties",
        ),
        pytest.param(
            {"content/blog/c.md": POST.replace("author: B\n", ""), "content/blog/d.md": POST.replace("author: B\n", "")},
            f"{USED}, except that `author` is not required, because content/blog/c.md, content/blog/d.md lack it",
            id="two articles lack a property",
        ),
        pytest.param(
            {"content/blog/c.md": POST.replace(", text: A", "")},
            f"{USED}, except that `links[].text` is not required, because content/blog/c.md lacks it",
            id="an object in a list lacks a property",
        ),
        pytest.param(
            {f"content/blog/{n}.md": SECTION for n in range(5)},
            f"{USED}, except that `date`, `author` are not required, because content/blog/0.md, content/blog/1.md, "
            "content/blog/2.md and 2 more lack them",
            id="many articles lack some properties",
        ),
    ],
)
def test_the_required_properties_that_articles_lack_are_told(others: dict[str, str], note: str, tmp_path: Path) -> None:
    files = {**{f"content/blog/{name}.md": POST for name in "ab"}, **others}
    assert notes(tmp_path, files, "content/blog")["blog"] == [note]


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        pytest.param(["content/en/blog", "content/de/blog"], [USED], id="all of them"),
        pytest.param(
            ["content/en/blog"],
            ["the schema of static/admin/config.yml for content/en/blog is not used: the collection has other folders"],
            id="one of them",
        ),
        pytest.param([], [], id="none of them"),
    ],
)
def test_a_schema_of_folders_in_several_languages_is_used_if_it_is_declared_for_all(
    folders: list[str], expected: list[str], tmp_path: Path
) -> None:
    files = {f"content/{code}/blog/{name}.md": POST for code in ("de", "en") for name in "ab"}
    files |= {f"content/{code}/docs/{name}.md": POST for code in ("de", "en") for name in "ab"}
    assert notes(tmp_path, files, *folders)["blog"] == expected


def test_data_files_that_lack_required_properties_are_counted_as_entries(tmp_path: Path) -> None:
    settings = "collections:\n- {name: team, folder: team, extension: yml, fields: [{name: name}, {name: page}]}\n"
    entries = {"team/a.yml": "name: A\npage: https://a.example/\n", "team/b.yml": "name: B\n"}
    write_files(tmp_path, {"admin/config.yml": settings, "a.md": POST, **entries})
    (team,) = (each for each in survey(str(tmp_path)).collections if each.collection.name == "team")
    assert (
        "required properties and choices are those of admin/config.yml, except that `page` is not required, because some "
        "entries lack it"
    ) in team.inferred.notes
