"""A text holds HTML character references or garbled characters.

What it means: a title, an excerpt, a name or another text for readers contains a reference such as `&#8217;`, `&amp;` or
`&nbsp;`, or characters such as `â€™`, which are UTF-8 that was read as Windows-1252. They are left from the page or feed
that the text was copied from.

Why it matters: front matter is no HTML: YAML, TOML and JSON do not know character references (HTML Living Standard, section
13.5). A template that escapes its values shows readers `&#8217;`, and so do feeds, search results and share cards.

How to fix it: write the character itself. `linkcheck fix` does it; garbled characters and references that were escaped
twice, such as `&amp;nbsp;`, need `--unsafe`, because what was meant is a guess.

When to leave it: where a template inserts the text into the page as it is. The rule stays quiet for a text that contains
tags, backticks or `&lt;`, or that puts the reference in quotation marks, and for articles whose title is about HTML or
character encodings.

For example:

    title: Ben &amp; Jerry&#8217;s opens a plant
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from linkcheck.judge.fault import Fault, safe, unsafe
from linkcheck.judge.options import Options
from linkcheck.leftovers import is_certain, leftovers, without_leftovers
from linkcheck.misspelt import fold
from linkcheck.model import Evidence, Fact, Json, Location, Severity
from linkcheck.pointers import escape

CODE = "LC119"
NAME = "entity-in-text"
SEVERITY = Severity.WARNING

_TEXTS = frozenset(
    (
        *("title", "shorttitle", "longtitle", "linktitle", "pagetitle", "seotitle", "metatitle", "ogtitle", "subtitle"),
        *("headline", "subheadline", "heading", "subheading", "name", "label", "caption", "alt", "credit", "attribution"),
        *("excerpt", "description", "metadescription", "seodescription", "ogdescription", "summary", "abstract", "teaser"),
        *("tagline", "standfirst", "dek", "lede", "blurb", "bio", "location", "author", "authors", "byline"),
        *("category", "categories", "tag", "tags", "topic", "topics", "keywords", "section", "series"),
    )
)
"""Properties that hold text for readers, folded."""
_ABOUT = re.compile(
    r"\b(?:x?html\d?|xml|sgml|css|ampersands?|mojibake|unicode|utf-?8|charsets?"
    r"|character[ -](?:sets?|encodings?|references?|entit(?:y|ies)))\b",
    re.IGNORECASE,
)
_TOLD = 3


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    if any(_ABOUT.search(title) for key in options.title_keys if isinstance(title := evidence.article.data.get(key), str)):
        return
    for pointer, text in _texts(evidence.article.data):
        found = leftovers(text)
        place = evidence.article.places.get(pointer)
        if not found or place is None or _ABOUT.search(text):
            continue
        more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        message = f"the text contains {', '.join(f'`{each}`' for each in found[:_TOLD])}{more}"
        certain = all(map(is_certain, found))
        fix = safe("the characters they stand for") if certain else unsafe("which characters were meant is a guess")
        location = Location(evidence.article.path, place.value, pointer)
        facts: dict[str, Fact] = {"expected": without_leftovers(text)}
        yield Fault(location, message, None, "Write the characters themselves.", facts, fix)


def _texts(data: Json) -> list[tuple[str, str]]:
    """The texts for readers that may hold a leftover, with their pointers; a property may hold a list of them."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, Json, bool]] = [("", data, False)]
    while waiting:
        pointer, value, is_text = waiting.pop()
        if isinstance(value, dict):
            named = ((name, child, _is_text(name)) for name, child in value.items())
        elif isinstance(value, list):
            named = ((str(index), child, is_text) for index, child in enumerate(value))
        else:
            continue
        for name, child, holds_text in named:
            if isinstance(child, dict | list):
                waiting.append((f"{pointer}/{escape(name)}", child, holds_text))
            elif holds_text and isinstance(child, str) and ("&" in child or not child.isascii()):
                found.append((f"{pointer}/{escape(name)}", child))
    return found


@lru_cache(maxsize=1024)
def _is_text(name: str) -> bool:
    return fold(name) in _TEXTS
