"""What a page declares about its article in JSON-LD (schema.org), as far as rules use it.

Pages are untrusted, so the size and number of blocks are limited, and only their outermost levels are read.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from itertools import islice
from typing import Any

import msgspec

from linkcheck.model import JsonLd
from linkcheck.urls import InvalidUrl, parse_url

MARK = b"application/ld+json"
"""The media type; a page without it has no JSON-LD."""

_MOST_BLOCKS = 20
_MOST_NODES = 300
_LONGEST_BLOCK = 128 * 1024
_LONGEST_OPENING = 300
_OPENING = re.compile(rb"(?<!<!--)(?<!<!-- )<script\s[^<>]*\Z", re.IGNORECASE)
"""The part of a block's tag before the type, if the block is not commented out."""
_LONGEST_TEXT = 500
_LONGEST_URL = 2000
_LONGEST_DATE = 64
_CONTROLS = bytes(range(0x20))
"""Control characters. Some sites break lines within strings, which JSON forbids; between values, a space is equivalent."""
_TO_SPACES = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_ARTICLES = ("Article", "BlogPosting", "MediaPosting", "Report", "Review")
"""Ends of the names of types that are articles: NewsArticle, LiveBlogPosting, CriticReview."""
_PAGES = ("WebPage", "ItemPage")

_Node = dict[str, Any]


def read_json_ld(data: bytes, *, base: str, addresses: frozenset[str]) -> JsonLd | None:
    """What the JSON-LD in a page declares about its article; None if there is none or it describes several. Never raises.

    `addresses` are the page's own URLs, which identify its article among several; relative URLs are resolved against `base`.
    """
    nodes = list(islice((node for block in _blocks(data) for node in _nodes(block)), _MOST_NODES))
    node = _of_page(nodes, base, addresses)
    if node is None:
        return None
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    facts = JsonLd(
        url=_address(node, base),
        image=_resolve(_image(node.get("image"), by_id), base),
        published=_text(node.get("datePublished"), _LONGEST_DATE),
        headline=_text(node.get("headline"), _LONGEST_TEXT),
        publisher=_name(node.get("publisher"), by_id),
    )
    return None if facts == JsonLd() else facts


def _blocks(data: bytes) -> Iterator[Any]:
    """The values of the valid blocks."""
    at = data.find(MARK)
    for _ in range(_MOST_BLOCKS):
        if at < 0:
            return
        opened = data.find(b">", at) + 1
        closed = data.find(b"</script", opened) if opened else -1
        if closed < 0:
            return
        if closed - opened <= _LONGEST_BLOCK and _OPENING.search(data, max(0, at - _LONGEST_OPENING), at):
            content = data[opened:closed].translate(_TO_SPACES).decode("utf-8", "replace")
            with suppress(ValueError, RecursionError):
                yield msgspec.json.decode(content.strip("\ufeff ;"))
        at = data.find(MARK, closed)


def _nodes(value: Any) -> Iterator[_Node]:
    """The nodes of a block: in arrays, in `@graph`, and the subject of a page (`mainEntity`)."""
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, dict):
            continue
        yield one
        for key in ("@graph", "mainEntity"):
            inner = one.get(key)
            yield from (each for each in (inner if isinstance(inner, list) else [inner]) if isinstance(each, dict))


def _of_page(nodes: list[_Node], base: str, addresses: frozenset[str]) -> _Node | None:
    """The node that describes the page's article, or else the page."""
    for endings in (_ARTICLES, _PAGES):
        fitting = [node for node in nodes if any(name.endswith(endings) for name in _types(node))]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return next((node for node in fitting if _address(node, base) in addresses), None)
    return None


def _types(node: _Node) -> Iterator[str]:
    value = node.get("@type")
    yield from (name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str))


def _address(node: _Node, base: str) -> str | None:
    for key in ("url", "mainEntityOfPage"):
        value = node.get(key)
        url = _resolve(value.get("@id") or value.get("url") if isinstance(value, dict) else value, base)
        if url is not None:
            return url
    return None


def _image(value: Any, by_id: dict[str, _Node]) -> Any:
    """The URL of the first image: a string, or a property of an object or of the node that it refers to."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return value
    url = value.get("url") or value.get("contentUrl")
    if url is None and isinstance(value.get("@id"), str):
        node = by_id.get(value["@id"], {})
        url = node.get("url") or node.get("contentUrl")
    return url


def _name(value: Any, by_id: dict[str, _Node]) -> str | None:
    """The name of an organization: a property of an object or of the node that it refers to."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return _text(value, _LONGEST_TEXT)
    name = value.get("name")
    if name is None and isinstance(value.get("@id"), str):
        name = by_id.get(value["@id"], {}).get("name")
    return _text(name, _LONGEST_TEXT)


def _resolve(value: Any, base: str) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_URL:
        return None
    try:
        return parse_url(unescape(value), base).href
    except InvalidUrl:
        return None


def _text(value: Any, most: int) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return " ".join(unescape(value[: most * 2]).split())[:most] or None if isinstance(value, str) else None
