"""Finds the articles that differ from nearly all others: links that are not URLs, and missing properties.

Also finds the texts that contain URLs in a property that is not a link for this reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from posixpath import basename

from linkcheck.infer.schema import Deviation, Inferred, Linked, Unmarked
from linkcheck.infer.shape import ODD_FORMS, text_features
from linkcheck.model import FILE_START, Article, Json, Location
from linkcheck.pointers import escape

MOST = 20
"""Maximum number of deviations kept for one property."""
_SHOWN = 2
_SECTION_PAGE = "_index"
"""The stem of pages that generators make from the articles of their folder, with little front matter of their own."""
_URLS = frozenset(("absolute", "on site", "empty"))


def find_deviations(inferred: Inferred, articles: Iterable[Article]) -> tuple[Deviation, ...]:
    """The deviations in the order of the articles, at most `MOST` for each property. Reads the articles once more."""
    odd = [link for link in inferred.links if link.odd]
    if not odd and not inferred.lacking and not inferred.unmarked:
        return ()
    found: dict[str, list[Deviation]] = {}
    for article in articles:
        odd_texts = (*_odd(article, odd), *_in_odd_forms(article, inferred.unmarked))
        for each in (*odd_texts, *_lacking(article, inferred.lacking)):
            kept = found.setdefault(each.place, [])
            if len(kept) < MOST:
                kept.append(each)
    kept_all = (each for kept in found.values() for each in kept)
    return tuple(sorted(kept_all, key=lambda each: (each.location.path, each.location.span.line, each.location.span.column)))


def notes_on(inferred: Inferred, found: Sequence[Deviation]) -> tuple[str, ...]:
    """The notes on a schema, with the first places that deviate.

    Without those about properties that only pages of sections lack.
    """
    by_message: dict[str, list[Deviation]] = {}
    for each in found:
        by_message.setdefault(each.message, []).append(each)
    notes = {message: message for message in by_message}
    notes |= {message: note for note in inferred.notes for message in by_message if note.startswith(f"{message} from ")}
    lacking = tuple(f"`{name}` is missing from " for name in inferred.lacking)
    others = [note for note in inferred.notes if note not in notes.values() and not note.startswith(lacking)]
    return (*others, *(f"{notes[message]}: {_places(kept)}" for message, kept in by_message.items()))


def _places(found: list[Deviation]) -> str:
    listed = ", ".join(f"{each.location.path}:{each.location.span.line}" for each in found[:_SHOWN])
    return listed + (" and others" if len(found) > _SHOWN else "")


def _odd(article: Article, links: list[Linked]) -> Iterator[Deviation]:
    for link in links:
        urls = _URLS | {"folders"} if link.has_folders else _URLS
        for pointer, value in _values(article.data, link.path):
            if isinstance(value, str) and urls.isdisjoint(text_features(value)):
                yield Deviation(_location(article, pointer), link.place, f"`{link.place}` is not a URL")


def _in_odd_forms(article: Article, unmarked: Iterable[Unmarked]) -> Iterator[Deviation]:
    for each in unmarked:
        for pointer, value in _values(article.data, each.path):
            if isinstance(value, str) and not ODD_FORMS.keys().isdisjoint(text_features(value)):
                yield Deviation(_location(article, pointer), each.place, each.note)


def _location(article: Article, pointer: str) -> Location:
    place = article.places.get(pointer)
    return Location(article.path, FILE_START if place is None else place.value, pointer)


def _lacking(article: Article, names: tuple[str, ...]) -> Iterator[Deviation]:
    if basename(article.path).partition(".")[0] == _SECTION_PAGE:
        return
    for name in names:
        if article.data and name not in article.data:
            location = Location(article.path, FILE_START, f"/{escape(name)}")
            yield Deviation(location, name, f"`{name}` is missing")


def _values(data: Json, path: tuple[str, ...]) -> Iterator[tuple[str, Json]]:
    """The values of a property, with their pointers."""
    values: list[tuple[str, Json]] = [("", data)]
    for name in path:
        below: list[tuple[str, Json]] = []
        for pointer, value in values:
            match value:
                case list() if name == "[]":
                    below += [(f"{pointer}/{index}", item) for index, item in enumerate(value)]
                case dict() if name == "*":
                    below += [(f"{pointer}/{escape(key)}", item) for key, item in value.items()]
                case dict() if name in value:
                    below.append((f"{pointer}/{escape(name)}", value[name]))
        values = below
    yield from values
