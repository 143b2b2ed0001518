"""Properties with names of files that are nowhere in the repository: a template adds a host."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from linkcheck import infer
from linkcheck.commands.init.absent_files import AbsentFilesFinder
from linkcheck.commands.init.catch_all import infer_for_all
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.infer import InferredCollection
from linkcheck.infer.roles import LEAST_URLS
from linkcheck.model import FILE_START, Json, Link, Location, Role
from linkcheck.pointers import escape

Articles = list[dict[str, Json]]
TWELVE = [f"{letter * 4}.jpg" for letter in "abcdefghijkl"]
URLS = [f"https://a.example/{number}.jpg" for number in range(4)]
NONE = "is in the repository, so it is not marked as a link; the template probably adds a host"


def texts(value: Json, pointer: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield pointer, value
        case list():
            for index, item in enumerate(value):
                yield from texts(item, f"{pointer}/{index}")
        case dict():
            for name, item in value.items():
                yield from texts(item, f"{pointer}/{escape(name)}")


def photos(*names: str, at: str = "photo") -> Articles:
    return [{at: name} for name in names]


def unmarked(
    *collections: Articles, files: tuple[str, ...] = (), role: Role = Role.IMAGE
) -> list[tuple[Surveyed, list[Link]]]:
    """The collections and their links. The last one knows the properties of all articles."""
    found, links_of = [], []
    everything = [article for articles in collections for article in articles]
    for number, articles in enumerate(collections):
        is_last = len(collections) > 1 and number == len(collections) - 1
        own = infer.shape_of(articles)
        all_ = infer.shape_of(everything)
        inferred = infer_for_all(own, all_, name="pages") if is_last else infer.infer_from(own, name="posts")
        found.append(Surveyed(InferredCollection("posts", (), ()), (), inferred))
        links_of.append([
            Link(Location("a.md", FILE_START, pointer), role, text)
            for article in articles
            for pointer, text in texts(article)
            if "." in text and "://" not in text
        ])  # fmt: skip
    finder = AbsentFilesFinder(found, links_of, lambda path: any(f"/{file}".endswith(f"/{path}") for file in files))
    return [*finder.unmark()]


def node_of(each: Surveyed, name: str = "photo") -> Any:
    properties = each.inferred.schema["properties"]
    assert isinstance(properties, Mapping)
    return properties[name]


def marks(each: Surveyed, name: str = "photo") -> Json:
    found: Json = node_of(each, name).get("x-link")
    return found


@pytest.mark.parametrize(
    ("names", "files", "note"),
    [
        pytest.param(TWELVE, (), f"none of the 12 files in `photo` {NONE}", id="no file"),
        pytest.param(TWELVE * 2, (), f"none of the 12 files in `photo` {NONE}", id="names twice"),
        pytest.param(TWELVE[:3], (), f"none of the 3 files in `photo` {NONE}", id="three names"),
        pytest.param([f"2026/{name}" for name in TWELVE], (), f"none of the 12 files in `photo` {NONE}", id="with a folder"),
        pytest.param(TWELVE, (f"img/{TWELVE[0]}",), f"1 of the 12 files in `photo` {NONE}", id="one of twelve"),
        pytest.param(
            [*TWELVE, *(f"{name}.png" for name in TWELVE)], (f"a/{TWELVE[0]}", f"b/{TWELVE[1]}"),
            f"2 of the 24 files in `photo` {NONE.replace('is', 'are', 1)}", id="two of many",
        ),
        pytest.param([*TWELVE, "/logo.jpg"], ("logo.jpg",), f"none of the 12 files in `photo` {NONE}", id="one path"),
    ],
)  # fmt: skip
def test_names_of_absent_files_are_no_links(names: list[str], files: tuple[str, ...], note: str) -> None:
    ((each, links),) = unmarked(photos(*names), files=files)
    assert marks(each) is None
    assert (each.inferred.links, each.inferred.notes) == ((), (note,))
    assert [link.url for link in links] == [name for name in names if name.startswith("/")]


@pytest.mark.parametrize(
    ("names", "files"),
    [
        pytest.param(TWELVE[:2], (), id="two names"),
        pytest.param(TWELVE[:1] * 9, (), id="one name many times"),
        pytest.param(TWELVE[:9], (f"img/{TWELVE[0]}",), id="one of nine is there"),
        pytest.param(TWELVE, tuple(f"img/{name}" for name in TWELVE[2:]), id="only a few are missing"),
        pytest.param([f"/img/{name}" for name in TWELVE], (), id="paths on the site"),
        pytest.param([f"{{static}}/{name}" for name in TWELVE], (), id="paths of Pelican"),
        pytest.param([f"[[{name}]]" for name in TWELVE], (), id="wiki links"),
        pytest.param([f"./{name}" for name in TWELVE], (), id="paths from the article"),
        pytest.param([*TWELVE[:3], "/img/a.jpg"], (), id="a path among few names"),
    ],
)
def test_other_names_of_missing_files_are_mistakes(names: list[str], files: tuple[str, ...]) -> None:
    ((each, links),) = unmarked(photos(*names), files=files)
    assert marks(each) == {"role": "image"}
    assert len(each.inferred.links) == 1
    assert (each.inferred.notes, len(links)) == ((), len(names))


@pytest.mark.parametrize("number", [0, 2, 3, 4])
@pytest.mark.parametrize("is_list", [False, True])
def test_urls_among_the_names_are_still_links_if_they_are_enough(number: int, *, is_list: bool) -> None:
    names = [*TWELVE, *URLS[:number]]
    articles: Articles = [{"photo": [*names]}] if is_list else photos(*names)
    ((each, links),) = unmarked(articles)
    are_links = number >= LEAST_URLS
    node = node_of(each)
    assert (node["items"] if is_list else node).get("x-link") == (
        {"role": "image", "absolute-only": True} if are_links else None
    )
    assert [(link.texts, link.odd, link.absolute_only) for link in each.inferred.links] == [(number, 0, True)] * are_links
    assert links == []
    rest = NONE.replace("it is not marked as a link", "only its URLs are links") if are_links else NONE
    assert each.inferred.notes == (f"none of the 12 files in `photo{'[]' * is_list}` {rest}",)


def test_a_value_that_is_no_url_is_not_counted_as_one() -> None:
    ((each, _),) = unmarked(photos(*TWELVE, *TWELVE, *TWELVE, *URLS[:2], "none"))
    assert marks(each) is None


def test_few_names_are_judged_by_those_of_all_collections() -> None:
    few, many, rest = unmarked(photos(*TWELVE[:2]), photos(*TWELVE[2:]), [])
    assert [marks(each) for each, _ in (few, many, rest)] == [None] * 3
    assert [len(each.inferred.notes) for each, _ in (few, many, rest)] == [1, 1, 0], "none for names of other articles"
    few, many, rest = unmarked(photos(*TWELVE[:2]), photos(*TWELVE[2:]), [], files=(f"img/{TWELVE[0]}",))
    assert [marks(each) is None for each, _ in (few, many, rest)] == [False, True, True], "one of its own is there"
    files = tuple(f"img/{name}" for name in TWELVE[:6])
    some, others, rest = unmarked(photos(*TWELVE[:6]), photos(*TWELVE[6:]), [], files=files)
    assert [marks(each) is None for each, _ in (some, others, rest)] == [False, True, False], "half of all are there"


def test_urls_of_one_collection_are_links_in_articles_that_are_added_later() -> None:
    posts, rest = unmarked(photos(*TWELVE, *URLS), [])
    assert [marks(each) for each, _ in (posts, rest)] == [{"role": "image", "absolute-only": True}] * 2


def test_a_file_that_is_no_picture_is_absent_too_but_a_page_is_not() -> None:
    files: Articles = [{"file_url": name.replace("jpg", "pdf")} for name in TWELVE]
    ((each, _),) = unmarked(files, role=Role.LINK)
    assert marks(each, "file_url") is None
    ((each, _),) = unmarked([*files, {"file_url": "about.html"}], role=Role.LINK)
    assert marks(each, "file_url") is not None


def test_a_property_that_is_described_once_is_judged_in_all_places() -> None:
    cards: list[Json] = [{"photo": {"src": name, "alt": "A"}} for name in TWELVE[:2]]
    ((each, links),) = unmarked([{"cards": cards, "photo": {"src": TWELVE[2], "alt": "B"}}])
    assert (each.inferred.links, links) == ((), [])
    assert each.inferred.notes == (f"none of the 3 files in `cards[].photo.src` {NONE}",)
    more: list[Json] = [{"photo": {"src": TWELVE[2], "alt": "B"}}]
    ((each, links),) = unmarked([{"cards": cards, "more": more}])
    assert (each.inferred.links, links) == ((), [])
    assert each.inferred.notes == (f"none of the 3 files in `cards[].photo.src` {NONE}",)
