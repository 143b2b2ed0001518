"""A text contains HTML character references or garbled characters.

What it means: a title, an excerpt, a name or another text for readers contains a reference such as `&#8217;`, `&amp;`
or `&nbsp;`, or characters such as `â€™`, which are UTF-8 that was read as Windows-1252 or Latin-1. They come from the
page or feed that the text was copied from.

Why it matters: front matter is not HTML: YAML, TOML and JSON do not have character references (HTML Living Standard,
section 13.5). A template that escapes its values shows `&#8217;` to readers, and so do feeds, search results and share
cards.

How to fix it: use the character itself. `linkcheck fix` can do this when a reference is within or at a word, or when a
dash or an ampersand is between two words; `&nbsp;` becomes a no-break space. An isolated reference, one that was
escaped twice (`&amp;nbsp;`), an invisible character, a letter written as a reference, a text that contains another
reference as well, and garbled characters need `--unsafe`, because the intended text is a guess. A no-break space at the
start or end of a text is removed. Control characters, directional marks and lone surrogates are never written, and
neither are garbled characters that lost a byte.

When to ignore it: if a template inserts the text into the page as it is. The rule recognizes HTML's names of letters,
punctuation and symbols that are common in texts, and stays quiet for others. It stays quiet for texts about references
(`Use &amp; in HTML`, `What does &nbsp; mean?`), for texts with tags, code, braces, `&lt;` or a reference in quotation
marks or brackets, for references in URLs, for a property that contains tags elsewhere in the article, and for articles
whose title is about HTML or character encodings.

Source: HTML Living Standard, section 13.5; YAML 1.2.2 and TOML 1.0.0 have no such references.

Topics: texts

Example:
    title: Ben &amp; Jerry&#8217;s opens a plant
"""

import re
from collections.abc import Iterator

from linkcheck.judge.issue import Issue, safe, unsafe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.text_fields import is_text_field
from linkcheck.model import Basis, CorrectionKind, Evidence, Fact, Json, Location, RuleMetadata, Severity
from linkcheck.pointers import escape

META = RuleMetadata("LC119", "entity-in-text", Severity.WARNING, basis=Basis.TEXT, correction=CorrectionKind.TEXT)

_ABOUT = re.compile(
    r"\b(?:[dx]?html\d?|xml|sgml|svg|mathml|css|ampersands?|esperluettes?|mojibake|unicode|utf-?8|charsets?|zeichenkodierung"
    r"|(?:double|un)[ -]?escap(?:ed?|ing)|character[ -](?:sets?|encodings?|references?|entit(?:y|ies))|html[ -]entit\w*)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_SIGNS = re.compile("[&<]|[\u00c2-\u00f4][^\x00-\x7f\u00c0-\u00ff]")
"""In a text: that there may be a leftover, or a tag."""
_MOST_SHOWN = 3
_LONG = 40


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    if any(_ABOUT.search(title) for key in options.title_keys if isinstance(title := evidence.article.data.get(key), str)):
        return
    for pointer, text in _texts(evidence.article.data):
        from linkcheck.leftovers import leftovers  # imported here: most articles need none of its patterns

        left = leftovers(text) if _ABOUT.search(text) is None else None
        place = evidence.article.places.get(pointer)
        if left is None or place is None:
            continue
        more = f" and {len(left.found) - _MOST_SHOWN} more" if len(left.found) > _MOST_SHOWN else ""
        message = f"the text contains {', '.join(f'`{_short(each)}`' for each in left.found[:_MOST_SHOWN])}{more}"
        location = Location(evidence.article.path, place.value, pointer)
        facts: dict[str, Fact] = {} if left.plain is None else {"expected": left.plain}
        fix = safe("the characters they represent") if left.certain else unsafe("which characters were meant is a guess")
        yield Issue(location, message, None, "Use the characters themselves.", facts, fix if facts else None)


def _short(part: str) -> str:
    return part if len(part) <= _LONG else f"{part[:_LONG]}..."


def _texts(data: Json) -> list[tuple[str, str]]:
    """The texts for readers that may contain a leftover, with their pointers; a property may contain a list of them.

    A property that contains tags in one place of the article contains HTML in all.
    """
    found: list[tuple[str, str, str]] = []
    markup: set[str] = set()
    waiting: list[tuple[str, Json, str]] = [("", data, "")]
    while waiting:
        pointer, value, holder = waiting.pop()
        if isinstance(value, dict):
            named = ((name, child, name) for name, child in value.items())
        elif isinstance(value, list):
            named = ((str(index), child, holder) for index, child in enumerate(value))
        else:
            continue
        for name, child, property_ in named:
            if isinstance(child, dict | list):
                waiting.append((f"{pointer}/{escape(name)}", child, property_))
            elif isinstance(child, str) and is_text_field(property_) and _SIGNS.search(child) is not None:
                found.append((f"{pointer}/{escape(name)}", child, property_))
                if _TAG.search(child) is not None:
                    markup.add(property_)
    return [(pointer, text) for pointer, text, name in found if name not in markup]
