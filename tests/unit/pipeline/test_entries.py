"""Which entries articles name, and when that is not known."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from systems import posix_only

from linkcheck.article_urls import ArticleUrlOptions, PublishedSite
from linkcheck.article_urls.index import ArticleUrls
from linkcheck.errors import UsageError
from linkcheck.model import FILE_START, Location, Reference
from linkcheck.pipeline import entries
from linkcheck.pipeline.entries import Entries, EntryOptions
from linkcheck.validate import EntryAnnotation


def write(**files: str) -> None:
    """Files whose names have `___` for a slash and `__` for a dot."""
    for name, text in files.items():
        file = Path(name.replace("___", "/").replace("__", "."))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def entries_here(*globs: str, most_files: int = 1000) -> Entries:
    collections = {"c": globs} if globs else {}
    return Entries(EntryOptions(str(Path.cwd()), collections, (".md",), most_files))


def named(value: str, collection: str = "c", by: str = "", *, article: str = "posts/a.md") -> Reference:
    return Reference(Location(article, FILE_START, "/to"), value, collection, by)


def unknown(found: Entries, *references: Reference) -> list[str]:
    return [each.reference.value for each in found.unknown(references)]


@pytest.fixture(autouse=True)
def folder(here: Path) -> Path:
    return here


def test_a_path_can_be_written_in_many_ways() -> None:
    write(c___Jane_Doe__md="", c___2024_05_01_x__md="", c___deep___y___index__md="", c___z__de__md="", c___z__png="")
    os.rename("c/Jane_Doe.md", "c/Jane Doe.md")
    os.rename("c/2024_05_01_x.md", "c/2024-05-01-x.md")
    right = ["jane-doe", "c/Jane Doe", "Jane Doe.md", "../c/jane-doe.md", "/c/jane-doe/", "[[Jane Doe|her]]", "jane-doe#bio"]
    right += ["x", "2024-05-01-x.md", "y", "deep/y", "deep/y/index.md", "z", "https://b.example/jane", "C/X"]
    wrong = ["jane", "d/jane-doe", "index", "deep", "z.png/a", "c", "2024"]
    assert unknown(entries_here("c/**"), *map(named, [*right, *wrong])) == wrong


def test_a_property_is_compared_if_the_path_does_not_match() -> None:
    write(c___a__md="---\nslug: s\nid: 7\nname: N\naliases: [x, y]\n---\n", c___b__json='{"slug": "t"}', c___c__md="text")
    found = entries_here("c")
    assert unknown(found, *map(named, ["a", "b", "s", "7", "t", "N"])) == ["N"]
    assert unknown(found, named("N", by="name"), named("a", by="name"), named("y", by="aliases")) == ["a"]
    assert unknown(found, named("s", by="path"), named("a", by="path"), named("a", by="slug")) == ["s", "a"]
    assert found.not_known == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("slug: x-1", id="plainly"),
        pytest.param("slug: x-1\r", id="with a carriage return"),
        pytest.param("slug: x-1 # why", id="before a comment"),
        pytest.param("'slug': x-1", id="with a quoted key"),
        pytest.param("slug:\n  x-1", id="on the next line"),
        pytest.param("slug: &a x-1", id="with an anchor"),
        pytest.param("a: [slug]\nslug: x-1", id="next to the word"),
        pytest.param('"\\x73lug": x-1\n', id="escaped"),
    ],
)
def test_a_slug_is_found_however_it_is_written(text: str) -> None:
    write(c___a__md=f"---\ntitle: A\n{text}\n---\n")
    assert unknown(entries_here("c"), named("x-1", by="slug"), named("x_2", by="slug")) == ["x_2"]


def test_without_a_collection_all_articles_are_entries() -> None:
    write(c___a__md="", b__md="---\nslug: s\n---\n", data__yml="", node_modules___m__md="", __hidden___h__md="")
    assert unknown(entries_here(), *(named(value, "") for value in ("a", "b", "s", "data", "m", "h"))) == ["data", "m", "h"]


@pytest.mark.parametrize(
    ("name", "text", "known", "by_name"),
    [
        pytest.param("p.yml", "a: {id: i, name: N}\nb: {name: M}\n", "a b i", "N M", id="a mapping"),
        pytest.param("p.yml", "---\n- {id: i, name: N}\n- b\n", "i b", "N", id="a list"),
        pytest.param("p.json", '[{"slug": "i", "name": "N"}, "b"]', "i b", "N", id="a JSON list"),
        pytest.param("p.json", '{"people": {"a": {"name": "N"}}}', "a", "N", id="a mapping in a property"),
        pytest.param("p.toml", '[[people]]\nid = "i"\nname = "N"\n', "i", "N", id="tables of TOML"),
        pytest.param("p.toml", '[a]\nname = "N"\n', "a", "N", id="a table of TOML"),
    ],
)
def test_the_entries_of_a_data_file(name: str, text: str, known: str, by_name: str) -> None:
    Path(name).write_text(text)
    found = entries_here()
    assert unknown(found, *(named(value, name) for value in (*known.split(), "zzz"))) == ["zzz"]
    assert unknown(found, *(named(value, name, "name") for value in (*by_name.split(), "zzz"))) == ["zzz"]


def many() -> None:
    write(**{f"c___{number}__md": "" for number in range(7)})


@posix_only
def linked() -> None:
    write(c___a__md="", d___b__md="")
    os.symlink("../d", "c/d")


def elsewhere() -> None:
    os.symlink("/", "c")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        pytest.param(
            lambda: write(c___a__md="---\nslug: [\n---\n"), "c/a.md could not be read", id="unreadable front matter"
        ),
        pytest.param(lambda: write(c___a__md="slug: x\ntitle: A\n---\n"), "c/a.md could not be read", id="no first fence"),
        pytest.param(lambda: write(c___a__ts=""), "the entries contain no front matter", id="programs"),
        pytest.param(lambda: write(c___a__png=""), "there are no entries", id="only images"),
        pytest.param(many, "there are more than 5 files", id="too many files"),
        pytest.param(linked, "c/d is a symbolic link, which is not followed", id="a link to a folder", marks=posix_only),
        pytest.param(elsewhere, "c leads outside of the repository", id="a link elsewhere", marks=posix_only),
    ],
)
def test_nothing_is_unknown_where_entries_are_not_known(make: Callable[[], None], why: str) -> None:
    make()
    found = entries_here("c", most_files=5)
    assert unknown(found, named("x"), named("y")) == []
    assert [*found.notices()] == [f"2 references to the collection c could not be checked, because {why}"]


def test_a_broken_data_file_and_a_missing_collection_are_not_known() -> None:
    write(p__yml="a: [")
    found = entries_here()
    assert unknown(found, named("x", "p.yml"), named("x", "nowhere")) == []
    assert [*found.notices()] == [
        "one reference to the collection nowhere could not be checked, because there is no collection or folder nowhere",
        "one reference to the collection p.yml could not be checked, because p.yml could not be read",
    ]


@pytest.mark.parametrize(
    ("name", "by", "why"),
    [
        pytest.param("c", "nmae", "no entry has a value for the property nmae; did you mean name?", id="a typo"),
        pytest.param("c", "slug", "no entry has a value for the property slug", id="a usual property"),
        pytest.param("c", "email", "no entry has a value for the property email", id="only empty values"),
        pytest.param("l.json", "naem", "no entry has a value for the property naem; did you mean name?", id="a data file"),
        pytest.param("l.json", "", 'the entries have no name, slug or ID; state their property with "by"', id="a list"),
    ],
)
def test_a_property_that_no_entry_has_is_one_mistake(name: str, by: str, why: str) -> None:
    write(c___a__md="---\nname: A\nemail:\n---\n", c___b__md="---\nname: B\n---\n", l__json='[{"name": "A"}]')
    found = entries_here("c")
    assert unknown(found, *(named(value, name, by) for value in ("A", "B", "X"))) == []
    assert [*found.notices()] == [f"3 references to the collection {name} could not be checked, because {why}"]
    assert unknown(found, named("X", by="name")) == ["X"]


def entries_of_a_site(*globs: str, generator: str = "", most_files: int = 1000, base_url: str | None = None) -> Entries:
    options = ArticleUrlOptions(extensions=(".md",), most_files=most_files, base_url=base_url)
    sites = (PublishedSite(generator, patterns={"": "/:path/"}, base_url=base_url),) if generator else ()
    urls = ArticleUrls(str(Path.cwd()), options, lambda _: sites)
    collections = {"c": globs} if globs else {}
    return Entries(EntryOptions(str(Path.cwd()), collections, (".md",), most_files, base_url), lambda: urls)


def test_an_entry_can_be_named_by_its_address() -> None:
    write(c___a__md="---\npermalink: /two/\naliases: [/old/, older]\n---\n", d___b__md="---\nurl: /else/\n---\n")
    found = entries_of_a_site("c", generator="hugo", base_url="https://b.example/blog/")
    right = ["/two/", "/two", "/old/index.html", "/older/", "https://b.example/blog/two/", "http://www.b.example/blog/old"]
    elsewhere = ["https://b.example/other", "https://c.example/x/", "//c.example/x/"]
    wrong = ["/three/", "/else/", "https://b.example/blog/three/", "two"]
    assert unknown(found, *map(named, [*right, *elsewhere, *wrong])) == wrong
    assert unknown(found, named("/else/", ""), named("/d/b/", ""), named("/d/c/", "")) == ["/d/c/"]
    assert unknown(found, named("/two/", by="path")) == ["/two/"]
    assert [*found.notices()] == []


def test_an_address_is_unknown_only_if_those_of_all_entries_are_known() -> None:
    write(c___a__md="---\ntitle: A\n---\n", c___b__md="---\npermalink: /b/\n---\n")
    found = entries_of_a_site("c")
    assert unknown(found, *map(named, ["/2024/ghost/", "/b/", "/c/a/", "/c/ghost.md", "ghost"])) == ["/c/ghost.md", "ghost"]
    assert [*found.notices()] == [
        "one reference to the collection c could not be checked, because the URLs of some entries are not certain"
    ]
    many = entries_of_a_site("c", generator="hugo", most_files=2)
    write(d___c__md="")
    assert unknown(many, named("/ghost/")) == []
    assert [*many.notices()] == [
        "one reference to the collection c could not be checked, because the repository has more than 2 files"
    ]


def test_the_name_that_was_probably_meant() -> None:
    write(c___jane_doe__md="---\nname: Jane Doe\nslug: jdoe1\n---\n", c___max___index__md="")
    found = entries_here("c/**")
    pairs = [("jnae_doe", ""), ("jdoe2", ""), ("mxa", ""), ("Jane Do", "name"), ("zzz", "")]
    near = [each.near for each in found.unknown(named(value, by=by) for value, by in pairs)]
    assert near == ["jane_doe", "jdoe1", "max", "Jane Doe", None]


def test_among_very_many_no_name_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "_MOST_NAMES", 2)
    write(c___jane__md="", c___b__md="---\nname: B\n---\n", c___d__md="")
    assert [each.near for each in entries_here("c").unknown([named("jnae")])] == [None]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("autors", "there is no collection or folder 'autors'. Did you mean authors?"),
        ("slug", 'To name an entry by this property, use {"by": "slug"}.'),
        ("nowhere/*.md", "there is no collection or folder 'nowhere/*.md'"),
        ("folder/[", "there is no collection or folder 'folder/['"),
        ("folder/{a,b", "there is no collection or folder 'folder/{a,b'"),
        ("folder/[z-a].md", "there is no collection or folder 'folder/[z-a].md'"),
        ("../up", "Use the name of a collection of the configuration, or a folder relative to it."),
    ],
)
def test_a_collection_that_does_not_exist_is_a_usage_error(name: str, message: str) -> None:
    found = Entries(EntryOptions(str(Path.cwd()), {"authors": ("a/*.md",)}))
    Path("folder").mkdir()
    found.refuse_unknown([("s.json: /x", EntryAnnotation(known)) for known in ("", "authors", "folder", "folder/[a-z]*.md")])
    with pytest.raises(UsageError, match=r"^s\.json: /x-ref: ") as error:
        found.refuse_unknown([("s.json: /x-ref", EntryAnnotation(name))])
    assert message in str(error.value)


def test_what_a_change_removed() -> None:
    write(c___new__md="---\nslug: kept\n---\n", c___same__md="---\nslug: other\n---\n", p__yml="a: 1\n")
    found = entries_here("c/*.md")
    before = [
        ("c/old.md", b"---\nslug: kept\nid: lost-id\n---\n"),
        ("c/same.md", b"---\nslug: lost\n---\n"),
        ("c/gone.md", b""),
        ("p.yml", b"a: 1\nb: 2\n"),
        ("elsewhere.md", b""),
        ("c/unread.md", None),
    ]
    present = {"c/old.md": "c/new.md", "c/same.md": "c/same.md", "c/gone.md": None, "p.yml": "p.yml", "elsewhere.md": None}
    lost = found.lost(("c", "p.yml"), before, present)
    assert lost
    had = {value for value in ("old", "kept", "lost-id", "same", "lost", "gone", "elsewhere") if lost.had(named(value))}
    assert had == {"old", "lost-id", "lost", "gone"}
    assert [value for value in "ab" if lost.had(named(value, "p.yml"))] == ["b"]
    assert not found.lost(("c",), [("c/same.md", b"---\nslug: other\n---\n")], {"c/same.md": "c/same.md"})


def test_a_change_removes_addresses_with_their_entries() -> None:
    before = [("c/2024-05-01-harbor.md", b"---\npermalink: /two/\naliases: [/old/]\n---\n")]
    lost = entries_here("c/*.md").lost(("c",), before, {"c/2024-05-01-harbor.md": None})
    values = ("/two/", "/old/", "https://b.example/two/", "/2024/05/01/harbor/", "/three/", "d/harbor", "//[x/ghost/")
    assert [value for value in values if lost.had(named(value))] == list(values[:4])
