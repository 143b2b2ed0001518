"""How records are stored: MessagePack."""

import sys
from typing import Any

import msgspec
from msgspec import Struct

from linkcheck.model import Article, Violation

_MOST_BITS = 63
"""Of whole numbers in MessagePack."""
_LARGEST = int(sys.float_info.max)
_encoder = msgspec.msgpack.Encoder()


class EncodedArticle(Struct, frozen=True):
    """An article and its violations as they are stored, to pass from one process to another."""

    path: str
    record: bytes
    violations: bytes


def encode_article(article: Article, violations: tuple[Violation, ...]) -> EncodedArticle:
    return EncodedArticle(article.path, encode(article), encode(violations))


def encode(record: object) -> bytes:
    try:
        return _encoder.encode(record)
    except OverflowError:
        return _encoder.encode(_storable(msgspec.to_builtins(record)))


def _storable(value: Any) -> Any:
    """Front matter with floats in place of whole numbers that are too large to be stored, as most programs read them."""
    match value:
        case int() if value.bit_length() > _MOST_BITS:
            return float(max(-_LARGEST, min(value, _LARGEST)))
        case list() | tuple():
            return [_storable(item) for item in value]
        case dict():
            return {key: _storable(item) for key, item in value.items()}
        case _:
            return value
