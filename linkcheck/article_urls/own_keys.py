"""Reads the values that determine an article's URLs, without parsing the whole front matter.

It supports keys at the start of a line whose value is a string or a list of strings. If another notation is used, the URL is
not found: a link to it is then requested or unknown, but never dead.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from linkcheck.article_urls.options import UrlKeys
from linkcheck.multimarkdown import metadata_lines, starts_with_metadata

HEAD_BYTES = 16 * 1024
_MOST_LINES = 500
_MOST_VALUES = 50
_LONGEST_VALUE = 500
_KEY = re.compile(r"[\"']?([A-Za-z_][A-Za-z0-9_-]{0,40})[\"']?[ \t]{0,20}[:=](?=[ \t\"'\[]|\Z)(.*)", re.DOTALL)
_ITEM = re.compile(r"[ \t]{0,20}-[ \t]{1,20}(.*)", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_COMMENT = re.compile(r"[ \t]#.*", re.DOTALL)


class OwnValues(Struct, frozen=True):
    """The values of an article. `addresses` are pairs of a key, in lower case, and a URL."""

    addresses: tuple[tuple[str, str], ...] = ()
    slugs: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""


def read_own_values(head: bytes, keys: UrlKeys) -> OwnValues:
    """The values in the front matter at the beginning of a file."""
    text = head[:HEAD_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    if text.startswith(("---", "+++", "{")):
        found = dict(_values(text, _wanted(keys)))
    elif starts_with_metadata(head):
        lines = (line[0].strip() for line in islice(metadata_lines(text), _MOST_LINES))
        found = dict(_line_values([*lines], _wanted(keys)))
    else:
        return OwnValues()

    def of(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(value for name in names for value in found.get(name, ()))

    return OwnValues(
        addresses=tuple((name, value) for name in (*keys.permalinks, *keys.aliases) for value in found.get(name, ())),
        slugs=of(keys.slugs),
        titles=of(keys.titles),
        dates=of(keys.dates),
        categories=of(keys.categories),
        language=next(iter(of(keys.languages)), ""),
    )


@lru_cache(maxsize=8)
def _wanted(keys: UrlKeys) -> frozenset[str]:
    return frozenset(name for field in UrlKeys.__struct_fields__ for name in getattr(keys, field))


def _values(text: str, wanted: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The wanted keys, in lower case, with their strings."""
    fence, _, body = text.partition("\n")
    language = fence[3:].strip().lower()
    if text.startswith("{") or (language == "json" and body.lstrip().startswith("{")):
        values = _json_values(text if text.startswith("{") else body.lstrip())
        yield from ((key, texts) for key, texts in values if key in wanted)
    elif language in ("", "yaml", "yml", "toml"):
        yield from _line_values(f"\n{body}".partition(f"\n{fence[:3]}")[0].splitlines()[:_MOST_LINES], wanted)


def _json_values(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return
    for key, item in value.items() if isinstance(value, dict) else ():
        texts = item if isinstance(item, list) else [item]
        yield key.lower(), _bounded(each for each in texts if isinstance(each, str))


def _line_values(lines: list[str], wanted: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, line in enumerate(lines):
        if line.startswith("["):
            return  # a TOML table: no keys of the article itself follow
        found = _KEY.match(line)
        if found is None or found[1].lower() not in wanted:
            continue
        value = found[2].strip()
        if value.startswith("["):
            value, _, _ = "\n".join((value, *lines[number + 1 : number + _MOST_VALUES])).partition("]")
            yield found[1].lower(), _bounded(_listed(value[1:]))
        elif not value or value.startswith("#"):
            items = (_ITEM.match(each) for each in lines[number + 1 : number + 1 + _MOST_VALUES])
            yield found[1].lower(), _bounded(_scalar(item[1]) for item in _leading(items))
        else:
            yield found[1].lower(), _bounded((_scalar(value),))


def _leading(items: Iterator[re.Match[str] | None]) -> Iterator[re.Match[str]]:
    for item in items:
        if item is None:
            return
        yield item


def _listed(text: str) -> Iterator[str]:
    return (_scalar(part) for part in text.replace("\n", " ").split(","))


def _scalar(text: str) -> str:
    quoted = _QUOTED.match(text.strip())
    if quoted is not None:
        return (quoted[1] or quoted[2] or "").strip()
    return _COMMENT.sub("", text).strip()


def _bounded(texts: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(islice((text for text in texts if text and len(text) <= _LONGEST_VALUE), _MOST_VALUES))
