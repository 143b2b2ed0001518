"""Reads the values that determine an article's URLs, without parsing the whole front matter.

It supports keys at the start of a line whose value is a string or a list of strings. If another notation is used, the URL is
not found: a link to it is then requested or unknown, but never dead.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, takewhile

from msgspec import Struct

from linkcheck.article_urls.options import UrlKeys
from linkcheck.multimarkdown import metadata_lines, starts_with_metadata

HEAD_BYTES = 16 * 1024
_MOST_LINES = 500
_MOST_VALUES = 50
_LONGEST_VALUE = 500
_KEY = re.compile(r"[\"']?([A-Za-z_][A-Za-z0-9_-]{0,40})[\"']?[ \t]{0,20}(?:=|:(?=[ \t\"'\[]|\Z))(.*)", re.DOTALL)
_ITEM = re.compile(r"[ \t]{0,20}-[ \t]{1,20}(.*)", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_COMMENT = re.compile(r"[ \t]#.*", re.DOTALL)
_RENDER = re.compile(r"[\s{,.\"']render[\"']?[ \t]{0,20}[:=][ \t]{0,20}[\"']?(never|link|false)\b", re.IGNORECASE)
_DATE = "date"
_ENDS = ("expirydate", "unpublishdate")
_NO = ("false", "no", "off")
_HIDING = {
    **dict.fromkeys(("draft", "headless", "private"), ("true", "yes", "on")),
    **dict.fromkeys(("published", "publish", "permalink"), _NO),
    "render": (*_NO, "never", "link"),
    "status": ("draft", "hidden", "skip"),
}
"""The values with which an article has no page, by key."""
_BUILD = ("build", "_build")
_OUTPUTS = "outputs"
_CASCADE = re.compile(r"(?m)^[ \t\[{\"']{0,20}cascade\b")
_CASCADED = re.compile(r"\b(?:draft|headless|render|url|slug|outputs|(?:expiry|publish)?date)\b", re.IGNORECASE)
"""Properties with which the articles below may have no page, or another URL."""
_START_OF_BUILD = re.compile(r"\[?[\"']?_?build(?=[\"'\]:=. \t])", re.IGNORECASE)


class OwnValues(Struct, frozen=True):
    """The values of an article. `addresses` are pairs of a key, in lower case, and a URL.

    `dates` are those of all keys, `date` is the value of the key of this name.
    `has_front_matter` is false for a text without any, and `is_hidden` is true if the article states that it has no page.
    `ends` are the dates after which it has none. `hides_below` means that this may be so for all articles below the folder,
    by the `cascade` of a section of Hugo.
    """

    addresses: tuple[tuple[str, str], ...] = ()
    slugs: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    date: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""
    canonicals: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    has_front_matter: bool = False
    is_hidden: bool = False
    hides_below: bool = False


def read_own_values(head: bytes, keys: UrlKeys) -> OwnValues:
    """The values in the front matter at the beginning of a file. Front matter that cannot be read whole is hidden."""
    text = head[:HEAD_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    wanted = _wanted(keys)
    if text.startswith(("---", "+++", "{")):
        fence, _, body = text.partition("\n")
        language = fence[3:].strip().lower()
        if text.startswith("{") or (language == "json" and body.lstrip().startswith("{")):
            found, is_hidden = _json_values(text if text.startswith("{") else body.lstrip(), wanted)
        elif language in ("", "yaml", "yml", "toml"):
            matter, end, _ = f"\n{body}".partition(f"\n{fence[:3]}")
            lines = matter.splitlines()[: _MOST_LINES + 1]
            found = dict(_line_values(lines[:_MOST_LINES], wanted))
            is_hidden = (not end and len(head) >= HEAD_BYTES) or len(lines) > _MOST_LINES or _is_not_rendered(lines)
        else:
            return OwnValues(has_front_matter=True, is_hidden=True)
    elif starts_with_metadata(head):
        metadata = (line[0].strip() for line in islice(metadata_lines(text), _MOST_LINES))
        found, is_hidden = dict(_line_values([*metadata], wanted)), False
    else:
        return OwnValues()

    def of(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(value for name in names for value in found.get(name, ()))

    return OwnValues(
        addresses=tuple((name, value) for name in (*keys.permalinks, *keys.aliases) for value in found.get(name, ())),
        slugs=of(keys.slugs),
        ids=of(keys.ids),
        titles=of(keys.titles),
        dates=of(keys.dates),
        date=next(iter(of((_DATE,))), ""),
        categories=of(keys.categories),
        language=next(iter(of(keys.languages)), ""),
        canonicals=of(keys.canonicals),
        ends=of(_ENDS),
        has_front_matter=True,
        is_hidden=is_hidden
        or any(value.lower() in _HIDING[name] for name in _HIDING for value in found.get(name, ()))
        or (_OUTPUTS in found and "html" not in map(str.lower, found[_OUTPUTS])),
        hides_below=_CASCADE.search(text) is not None and _CASCADED.search(text) is not None,
    )


@lru_cache(maxsize=8)
def _wanted(keys: UrlKeys) -> frozenset[str]:
    named = (name for field in UrlKeys.__struct_fields__ for name in getattr(keys, field))
    return frozenset((*named, _DATE, *_ENDS, *_HIDING, _OUTPUTS))


def _json_values(text: str, wanted: frozenset[str]) -> tuple[dict[str, tuple[str, ...]], bool]:
    """The wanted keys, in lower case, with their strings; and whether the article has no page."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return {}, True
    found: dict[str, tuple[str, ...]] = {}
    is_hidden = not isinstance(value, dict)
    for key, item in value.items() if isinstance(value, dict) else ():
        if key.lower() in wanted:
            texts = (
                f"{each}".lower() if isinstance(each, bool) else each
                for each in (item if isinstance(item, list) else [item])
            )
            found[key.lower()] = _bounded(each for each in texts if isinstance(each, str))
        elif key.lower() in _BUILD and isinstance(item, dict):
            is_hidden = is_hidden or f"{item.get('render')}".lower() in _HIDING["render"]
    return found, is_hidden


def _is_not_rendered(lines: list[str]) -> bool:
    """Whether Hugo's build options say that the article has no page, in the block or the table of this name."""
    for number, line in enumerate(lines):
        if _START_OF_BUILD.match(line):
            following = lines[number + 1 : number + _MOST_VALUES]
            block = (
                takewhile(lambda each: not each.startswith("["), following)
                if line.startswith("[")
                else takewhile(_is_below, following)
            )
            if any(_RENDER.search(f" {each}") for each in (line, *block)):
                return True
    return False


def _is_below(line: str) -> bool:
    return not line.strip() or line[0] in " \t"


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
