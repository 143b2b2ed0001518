"""Removes keys from YAML, TOML, JSON and MultiMarkdown, with the lines or the comma that belong to them."""

import re
from collections.abc import Iterator

from linkcheck.fix.positions import Positions
from linkcheck.model import Article, ValuePlace

_LINE_END = re.compile(rb"\r\n|\n|\r")
_BEHIND = re.compile(rb"[ \t]*+,?[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\r|\Z)")
"""The rest of the last line of a value that shares its lines with no other: a comma, and a comment about the value."""
_COMMA = re.compile(rb"[ \t\r\n]*+,[ \t]*+")
_BETWEEN = re.compile(rb"[ \t]*+(?:\r\n|\n|\r)[ \t\r\n]*+")
_DOTTED = re.compile(rb"[ \t]*+(?:[A-Za-z0-9_-]++[ \t]*+\.[ \t]*+)*+")
"""The text before a TOML key: nothing, or the tables of a dotted key."""
_SPACE = b" \t\r\n"


def cuts(raw: bytes, article: Article, pointer: str) -> Iterator[tuple[int, int]]:
    """Ranges of bytes that can be cut to remove a key and its value, the most natural one first.

    A candidate may cut too much, so the caller verifies the result.
    """
    place = article.places.get(pointer)
    if place is None or place.key is None:
        return
    start, end = _bounds(raw, place)
    line = max(raw.rfind(b"\n", 0, start), raw.rfind(b"\r", 0, start)) + 1
    behind = _BEHIND.match(raw, end)
    before = raw[line:start].removeprefix(b"\xef\xbb\xbf")
    if behind is not None and (not before.strip(b" \t") or (article.format == "toml" and _DOTTED.fullmatch(before))):
        yield line, behind.end()
    if comma := _COMMA.match(raw, end):
        yield start, comma.end()
    rest = raw[:start].rstrip(_SPACE)
    if rest.endswith(b","):
        yield len(rest) - 1, end
    # The first key of a list item: the next key moves to its place after the hyphen.
    if between := _BETWEEN.match(raw, end):
        yield start, between.end()
    yield start, end


def _bounds(raw: bytes, place: ValuePlace) -> tuple[int, int]:
    """The offsets at which a key starts and its value ends; a block scalar ends before its line break."""
    assert place.key is not None
    positions = Positions(raw)
    start = positions.bounds(place.key)[0]
    end = positions.bounds(place.value)[1]
    text = raw[start:end]
    return start, start + len(text.rstrip(b"\r\n")) if _LINE_END.search(text[-2:]) else end
