"""Articles in a notation whose values are all texts, such as the metadata of MultiMarkdown.

A text is valid if the value that it represents is: `600` where the schema requires an integer, and `a, b`, which is how
Pelican writes lists, where it requires an array.
"""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from linkcheck.model import Article, Json, Violation
from linkcheck.pointers import unescape

Find = Callable[[Article], list[Violation]]
"""Finds the violations of an article."""
_SEPARATORS = (";", ",")
"""Pelican separates items by semicolons if a text contains one (`pelican/readers.py`)."""


def without_types(article: Article, violations: list[Violation], find: Find) -> list[Violation]:
    """The violations that remain if texts count as what they represent."""
    for represented in (_scalar, _items):
        names = {_property_of(each) for each in violations}
        texts = {name: value for name in names if isinstance(value := article.data.get(name), str)}
        if texts:
            data = {**article.data, **{name: represented(text) for name, text in texts.items()}}
            wrong = {_property_of(each) for each in find(replace(article, data=data))}
            violations = [each for each in violations if _property_of(each) not in texts or _property_of(each) in wrong]
    return violations


def _property_of(violation: Violation) -> str:
    return unescape(violation.location.pointer[1:].partition("/")[0])


def _scalar(text: str) -> Json:
    """The number, true, false or null that a text is in JSON; other texts as they are."""
    try:
        value: Json = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return text
    return text if isinstance(value, (list, dict)) else value


def _items(text: str) -> Json:
    separator = next((each for each in _SEPARATORS if each in text), _SEPARATORS[-1])
    return [part.strip() for part in text.split(separator) if part.strip()]
