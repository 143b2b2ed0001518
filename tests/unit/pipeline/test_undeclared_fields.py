"""Which properties with URLs that no schema declares are named, and how."""

from collections.abc import Iterable

import pytest

from linkcheck.pipeline.undeclared_fields import UndeclaredFields

WHAT = "that the schema does not declare, so they are not checked: "
ADD = ", or for a folder without a collection, run linkcheck init --add"


def notice(*articles: tuple[str, str, Iterable[str]], rest: str = "") -> tuple[str, ...]:
    """Of articles with their path, schema and the pointers of URLs; those in the folder `rest` have no collection."""
    fields = UndeclaredFields(lambda path, schema: bool(rest) and path.startswith(rest) and schema == "s.json")
    for path, schema, pointers in articles:
        fields.add(path, schema, tuple(pointers))
    return fields.notice()


@pytest.mark.parametrize(
    ("pointers", "named"),
    [
        (["/url"], "`url` (a.md)"),
        (["/images/0/url", "/images/1/url"], "`images[].url` (a.md)"),
        (["/0/1/url"], "`[][].url` (a.md)"),
        (["/a~1b/c~0d"], "`a/b.c~d` (a.md)"),
        (["/" + "a" * 60], f"`{'a' * 60}` (a.md)"),
        (["/" + "a" * 61], f"`{'a' * 60}...` (a.md)"),
    ],
)
def test_a_property_is_named_with_its_article(pointers: list[str], named: str) -> None:
    assert notice(("a.md", "s.json", pointers)) == (
        f"one article has URLs in a property {WHAT}{named}; declare them in s.json",
    )


def test_nothing_is_said_of_articles_that_declare_all() -> None:
    assert notice() == ()
    assert notice(("a.md", "s.json", ())) == ()


def test_the_most_frequent_properties_are_named_first() -> None:
    rows = [("a.md", ["/d", "/c", "/e"]), ("b.md", ["/c", "/b"]), ("c.md", ["/b", "/a"])]
    (found,) = notice(*((path, "s.json", pointers) for path, pointers in rows))
    assert found.startswith(f"3 articles have URLs in properties {WHAT}")
    assert "`b` (2, first in b.md), `c` (2, first in a.md), `a` (c.md) and 2 more; " in found


@pytest.mark.parametrize(
    ("count", "more"),
    [(3, ""), (4, " and 1 more"), (199, " and 196 more"), (200, " and many more"), (201, " and many more")],
)
def test_a_limited_number_of_properties_is_counted(count: int, more: str) -> None:
    (found,) = notice(("a.md", "s.json", [f"/p{number:03}" for number in range(count)]))
    named = f"`p000` (a.md), `p001` (a.md), `p002` (a.md){more}"
    assert found == f"one article has URLs in properties {WHAT}{named}; declare them in s.json"


def test_a_property_that_is_counted_is_counted_on_when_there_are_too_many() -> None:
    (found,) = notice(
        ("a.md", "s.json", [f"/p{number:03}" for number in range(200)]), ("b.md", "s.json", ["/p199", "/p200"])
    )
    assert "`p199` (2, first in a.md), `p000` (a.md), `p001` (a.md) and many more" in found


@pytest.mark.parametrize(
    ("schemas", "declare"),
    [
        (["s.json"], "s.json"),
        (["t.json", "s.json", "t.json"], "t.json, s.json"),
        (["d.json", "c.json", "b.json"], "b.json, c.json, d.json"),
        (["d.json", "c.json", "b.json", "a.json"], "a.json, b.json, c.json and 1 more"),
    ],
)
def test_the_schemas_to_edit_are_named(schemas: list[str], declare: str) -> None:
    (found,) = notice(*((f"{number}.md", schema, ["/u"]) for number, schema in enumerate(schemas)))
    assert found.endswith(f"; declare them in {declare}")


@pytest.mark.parametrize(
    ("paths", "rest", "advice"),
    [
        (["new/a.md", "posts/b.md"], "new/", ADD),
        (["posts/b.md", "new/a.md"], "new/", ADD),
        (["posts/b.md"], "new/", ""),
        (["posts/b.md"], "", ""),
    ],
)
def test_a_collection_can_be_added_for_articles_without_one(paths: list[str], rest: str, advice: str) -> None:
    (found,) = notice(*((path, "s.json", ["/u"]) for path in paths), rest=rest)
    assert found.endswith(f"; declare them in s.json{advice}")
