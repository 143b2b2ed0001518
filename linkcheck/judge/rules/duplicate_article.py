"""Another article has the same title and day, but a different URL.

What it means: two articles in the run have the same title, except for case and punctuation, and the same day, but their
canonical or original URLs lead to different pages: an agency story that two papers printed, another edition of a site,
or a page that was added again after it moved. It is reported once for each copy, with a reference to the first.

Why it matters: readers find the same article twice. Google recommends one URL for the same content.

How to fix it: keep one of them, if they are copies.

When to ignore it: if both are intended. The rule stays quiet for titles of fewer than 20 letters, for articles of
different types or languages, when their excerpts have little in common (a series), and for the same page, which is
canonical-shared.

Source: Google Search Central, "How to specify a canonical URL". The comparison of titles and days is linkcheck's own
judgment.

Topics: archive, texts

Example:
    posts/a.md: {title: Night trains return to the coast, date: 2021-06-18, webUrl: "https://example.com/a"}
    posts/b.md: {title: Night trains return to the coast, date: 2021-06-18, webUrl: "https://example.com/sg/a"}
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import is_own, page_of
from linkcheck.model import (
    FILE_START,
    Article,
    Basis,
    Evidence,
    Json,
    Location,
    Namesake,
    Role,
    RuleMetadata,
    Severity,
    Span,
)
from linkcheck.urls import page_key

META = RuleMetadata("LC504", "duplicate-article", Severity.INFO, basis=Basis.ARTICLES)

_KINDS = ("type", "layout", "lang", "language", "locale")
_EXCERPTS = ("excerpt", "description", "summary", "abstract")
_LONGEST = 1000
_LEAST_ALIKE = 0.5
_WORD = re.compile(r"[^\W_]+")


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    article = evidence.article
    ours = [
        page_of(each)
        for each in evidence.results
        if each.link.role in (Role.CANONICAL, Role.ORIGINAL) and is_own(each.link.location.pointer)
    ]
    namesakes = [replace(each, pages=_of_web(each.pages)) for each in evidence.namesakes]
    copies = [each for each in namesakes if _is_copy(article, _of_web(ours), each)]
    key = next((key for key in options.title_keys if key in article.data), None)
    if copies and key is not None:
        first = copies[0]
        message = f"has the same title and day as {_shown(first.article, key)}, whose URL is {first.pages[0]}"
        facts = {"places": tuple(_shown(each.article, key) for each in copies)}
        location = Location(article.path, _span(article, key), f"/{key}")
        yield Issue(location, message, None, "Keep one of them, if they are copies.", {**facts})


def _of_web(urls: Iterable[str]) -> tuple[str, ...]:
    """Those that are pages: no placeholders, relative URLs or other schemes."""
    return tuple(url for url in urls if page_key(url) is not None)


def _is_copy(article: Article, ours: tuple[str, ...], other: Namesake) -> bool:
    if not ours or not other.pages or not set(map(page_key, ours)).isdisjoint(map(page_key, other.pages)):
        return False
    if any(article.data.get(key) != other.article.data.get(key) for key in _KINDS):
        return False
    one, two = _words(article.data), _words(other.article.data)
    return not one or not two or 2 * len(one & two) >= _LEAST_ALIKE * (len(one) + len(two))


def _words(data: Mapping[str, Json]) -> frozenset[str]:
    text = next((value for key in _EXCERPTS if isinstance(value := data.get(key), str)), "")
    return frozenset(_WORD.findall(text[:_LONGEST].casefold()))


def _shown(article: Article, key: str) -> str:
    return f"{article.path}:{_span(article, key).line}"


def _span(article: Article, key: str) -> Span:
    place = article.places.get(f"/{key}")
    return FILE_START if place is None else place.value
