"""The links of an article without a schema, by the values of the article alone: what `init` would take for links.

A guess requires nothing of the article: texts that are not URLs are not links, and no property is missing.
"""

from collections.abc import Iterable, Iterator, Mapping

from linkcheck.infer.roles import role_of
from linkcheck.infer.shape import Shape
from linkcheck.model import FILE_START, Article, Claim, Expectations, Json, Link, Location, Role
from linkcheck.pointers import escape, unescape, value_at

_NO_SIZES = Expectations()


def guess_links(article: Article, pointers: Iterable[str]) -> Iterator[Link]:
    """The links in the values at these pointers, in their order. An empty pointer stands for all values."""
    for pointer in pointers:
        above = pointer.rpartition("/")[0]
        sizes = _sizes(article, above, value_at(article.data, above)) if pointer else _NO_SIZES
        yield from _links(article, value_at(article.data, pointer), _path(pointer), pointer, sizes)


def _links(article: Article, value: Json, path: tuple[str, ...], pointer: str, sizes: Expectations) -> Iterator[Link]:
    """`sizes` are the width and height that are declared next to the value."""
    match value:
        case str():
            yield from _of_texts(article, {pointer: value}, path, sizes)
        case dict():
            sizes = _sizes(article, pointer, value)
            for name, child in value.items():
                yield from _links(article, child, (*path, name), f"{pointer}/{escape(name)}", sizes)
        case list():
            items = {f"{pointer}/{index}": item for index, item in enumerate(value)}
            texts = {place: item for place, item in items.items() if isinstance(item, str)}
            yield from _of_texts(article, texts, (*path, "[]"), _NO_SIZES)
            for place, item in items.items():
                if isinstance(item, (dict, list)):
                    yield from _links(article, item, (*path, "[]"), place, _NO_SIZES)


def _of_texts(article: Article, texts: Mapping[str, str], path: tuple[str, ...], sizes: Expectations) -> Iterator[Link]:
    """The links among the texts at a place: one text, or the items of a list."""
    together = Shape()
    urls = {}
    for pointer, text in texts.items():
        shape = Shape()
        shape.add(text)
        together.merge(shape)
        look = next((look for look in ("absolute", "on site") if shape.features[look]), None)
        if look is not None and "*" not in text:  # else a pattern of files
            urls[pointer] = look
    found = role_of(path, together, sized=sizes is not _NO_SIZES) if urls else None
    if found is not None:
        wants = sizes if found.role is Role.IMAGE else _NO_SIZES
        yield from (
            Link(_location(article, pointer), found.role, texts[pointer], wants)
            for pointer, look in urls.items()
            if look == "absolute" or not found.absolute_only
        )


def _sizes(article: Article, pointer: str, owner: Json) -> Expectations:
    """The width and height of an object that states both in pixels."""
    values = owner if isinstance(owner, dict) else {}
    width, height = values.get("width"), values.get("height")
    if not (isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0):
        return _NO_SIZES
    places = (_location(article, f"{pointer}/{side}") for side in ("width", "height"))
    return Expectations(None, Claim(width, next(places)), Claim(height, next(places)))


def _location(article: Article, pointer: str) -> Location:
    place = article.places.get(pointer)
    return Location(article.path, FILE_START if place is None else place.value, pointer)


def _path(pointer: str) -> tuple[str, ...]:
    return tuple("[]" if part.isdecimal() else unescape(part) for part in pointer.split("/")[1:])
