"""Which properties contain names of files in one folder, and what stands in front of them."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init.link_prefixes import NamedFiles, NamedFilesFinder, is_proved, prefix_of
from linkcheck.model import FILE_START, Json, Link, Location, Role
from linkcheck.plan import PlanOptions

ICONS = ("gavel.svg", "rocket.svg", "people.svg")
FILES = tuple(f"static/icons/{name}" for name in (*ICONS, "tree.svg"))
IMAGE: dict[str, Json] = {"role": "image"}


def links(pointer: str, *urls: str, role: Role = Role.IMAGE) -> list[Link]:
    return [Link(Location("a.md", FILE_START, pointer), role, url) for url in urls]


def found(
    schema: dict[str, Json],
    own: Iterable[Link],
    everywhere: Iterable[Link] | None = None,
    files: tuple[str, ...] = FILES,
) -> list[tuple[str, str, int]]:
    """The place and folder of each property, with the number of links that show it."""
    mine = list(own)

    def ending_with(path: str) -> tuple[str, ...]:
        return tuple(file for file in files if f"/{file}".endswith(f"/{path}"))

    finder = NamedFilesFinder(mine if everywhere is None else everywhere, ending_with)
    return [(each.place, each.folder, len(each.evidence)) for each in finder.find(schema, mine)]


def found_in(folders: tuple[str, ...], schema: dict[str, Json], own: list[Link], everywhere: list[Link]) -> list[str]:
    """The folders of the properties whose files are in one of these."""
    finder = NamedFilesFinder(everywhere, lambda path: tuple(file for file in FILES if f"/{file}".endswith(f"/{path}")))
    return [each.folder for each in finder.find_in(folders, schema, own)]


def object_of(**properties: Json) -> dict[str, Json]:
    return {"properties": properties}


def marked(role: str = "image", **more: str) -> dict[str, Json]:
    return {"type": "string", "x-link": {"role": role, **more}}


@pytest.mark.parametrize(
    ("schema", "pointer", "place"),
    [
        pytest.param(object_of(icon=marked()), "/icon", "icon", id="a property"),
        pytest.param(object_of(icons={"items": marked()}), "/icons/0", "icons[]", id="a list"),
        pytest.param(object_of(cards={"items": object_of(icon=marked())}), "/cards/7/icon", "cards[].icon", id="objects"),
        pytest.param(object_of(icons={"additionalProperties": marked()}), "/icons/any", "icons.*", id="a map"),
        pytest.param({"additionalProperties": marked()}, "/any", "*", id="any property"),
        pytest.param(
            {**object_of(card={"$ref": "#/definitions/card"}), "definitions": {"card": object_of(icon=marked())}},
            "/card/icon",
            "card.icon",
            id="a definition",
        ),
        pytest.param(object_of(**{"a/b": marked()}), "/a~1b", "a/b", id="a name with a slash"),
    ],
)
def test_a_property_is_named_as_people_write_it(schema: dict[str, Json], pointer: str, place: str) -> None:
    assert found(schema, links(pointer, *ICONS)) == [(place, "static/icons", 3)]


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param(object_of(icon={"type": "string"}), id="no link"),
        pytest.param(object_of(icon=marked(prefix="/icons/")), id="with a prefix"),
        pytest.param(object_of(other=marked()), id="another property"),
        pytest.param(object_of(icon={"$ref": "#/definitions/none"}), id="a definition that is missing"),
        pytest.param(object_of(icon=False), id="no schema"),
    ],
)
def test_a_property_that_is_not_described_as_a_link_gets_none(schema: dict[str, Json]) -> None:
    assert found(schema, links("/icon", *ICONS)) == []


@pytest.mark.parametrize(
    "url",
    [
        "/a.svg",
        "./a.svg",
        "../a.svg",
        "#a",
        "?a",
        "@/a.svg",
        "~/a.svg",
        "{{ a }}",
        "{% a %}",
        "{static}/a.svg",
        "{index}",
        "[[a.svg]]",
        "https://a.example/a.svg",
        " ",
    ],
)
def test_a_value_that_is_complete_is_no_name(url: str) -> None:
    assert found(object_of(icon=marked()), links("/icon", *ICONS, url)) == [("icon", "static/icons", 3)]


def test_a_link_that_may_be_a_page_is_no_name_of_a_file() -> None:
    schema = object_of(file=marked("link"))
    files = tuple(f"files/{name}.pdf" for name in ("gavel", "rocket", "people"))
    names = [name.replace("svg", "pdf") for name in ICONS]
    assert found(schema, links("/file", *names, role=Role.LINK), files=files) == [("file", "files", 3)]
    assert found(schema, links("/file", *names, "about", role=Role.LINK), files=files) == []


def test_few_articles_are_judged_by_those_of_all_collections() -> None:
    schema, few = object_of(icon=marked()), links("/icon", "tree.svg")
    everywhere = [*few, *links("/icon", *ICONS)]
    assert found(schema, few) == []
    assert found(schema, few, everywhere) == [("icon", "static/icons", 4)]
    assert found(schema, links("/icon", "missing.svg"), everywhere) == [], "its own are elsewhere"
    other = [*few, *links("/picture", *ICONS)]
    assert found(schema, few, other) == [], "those of another property tell nothing"


def test_a_folder_of_other_properties_is_that_of_a_few_files_too() -> None:
    schema, few = object_of(icon=marked()), links("/icon", "tree.svg")
    folders = ("static", "static/icons")
    assert found_in(folders, schema, few, few) == ["static/icons"]
    assert found_in(folders, schema, links("/icon", "icons/tree.svg"), few) == ["static"]
    assert found_in(folders, schema, [], few) == ["static/icons"], "an article that is added later"
    assert found_in(folders, schema, [*few, *links("/icon", "gone.svg")], few) == []
    assert found_in(("static",), schema, few, few) == []


def test_a_page_is_in_no_folder_of_other_properties() -> None:
    schema, pages = object_of(icon=marked("link")), links("/icon", "tree.svg", "about", role=Role.LINK)
    assert found_in(("static/icons",), schema, pages[:1], pages[:1]) == ["static/icons"]
    assert found_in(("static/icons",), schema, [], pages) == []


def test_pages_among_the_links_of_all_collections_are_no_files() -> None:
    schema = object_of(icon=marked("link"))
    files = links("/icon", *ICONS, role=Role.LINK)
    few = links("/icon", "tree.svg", role=Role.LINK)
    assert found(schema, few, [*few, *files]) == [("icon", "static/icons", 4)]
    assert found(schema, few, [*few, *files, *links("/icon", "about", role=Role.LINK)]) == []


def test_two_properties_with_one_description_have_one_prefix() -> None:
    schema: dict[str, Json] = {
        **object_of(a={"$ref": "#/definitions/icon"}, b={"$ref": "#/definitions/icon"}),
        "definitions": {"icon": marked()},
    }
    assert found(schema, [*links("/a", *ICONS[:2]), *links("/b", *ICONS[2:])]) == [("a", "static/icons", 3)]


@pytest.mark.parametrize(
    ("folder", "roots", "prefix"),
    [
        ("static/icons", ["static"], "/icons/"),
        ("static/icons", ["."], "/static/icons/"),
        ("static/icons", [""], "/static/icons/"),
        ("static/icons", [".", "static", "static/icons"], "/"),
        ("static/a b%", ["static"], "/a%20b%25/"),
        ("static", ["static"], "/"),
        ("static2/icons", ["static"], "@repository/static2/icons/"),
        ("data/a#b?", [], "@repository/data/a%23b%3F/"),
    ],
)
def test_a_prefix_starts_at_the_deepest_root_of_the_site(folder: str, roots: list[str], prefix: str) -> None:
    assert prefix_of(folder, roots) == prefix


@pytest.mark.parametrize(
    ("prefix", "files", "proved"),
    [
        pytest.param("/icons/", {}, True, id="below a root"),
        pytest.param("@repository/static/icons/", {}, True, id="below the repository"),
        pytest.param("/other/", {}, False, id="another folder"),
        pytest.param("/icons/", {"gavel.svg": ""}, False, id="found without a prefix, beside the article"),
        pytest.param("/icons/", {"posts/people.svg": ""}, False, id="found without one beside another article"),
    ],
)
def test_a_prefix_is_right_if_exactly_the_files_are_found_with_it(
    prefix: str, files: dict[str, str], tmp_path: Path, *, proved: bool
) -> None:
    write_files(tmp_path, {**dict.fromkeys(FILES, "<svg/>"), **files})
    everywhere = links("/icon", *ICONS[:2])
    everywhere += [Link(Location("posts/b.md", FILE_START, "/icon"), Role.IMAGE, ICONS[2])]
    named = NamedFiles("icon", "static/icons", {}, tuple(everywhere), tuple(everywhere))
    options = PlanOptions(base_url="https://a.example/", site_roots=("static",))
    assert is_proved(named, prefix, str(tmp_path), options) is proved


def test_values_with_a_folder_are_no_names() -> None:
    for urls, are_names in ((ICONS, True), (("icons/gavel.svg", "tree.svg"), False)):
        listed = tuple(links("/icon", *urls))
        assert NamedFiles("icon", "static", {}, listed, listed).are_names is are_names
