"""Selects the evidence that a rule checks."""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from linkcheck import pointers
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import USUAL_FIELDS, JudgeOptions
from linkcheck.model import (
    Article,
    Evidence,
    ImageFacts,
    Json,
    Link,
    LinkResult,
    Outcome,
    ParseErrorKind,
    Role,
    Skip,
    Span,
    VerdictKind,
)
from linkcheck.urls import route_of

_LEAD = re.compile(r"image|img|cover|thumb|hero|photo|picture|banner|lead|featured|teaser|gallery|media$", re.IGNORECASE)
"""In the name of a property that contains images: they are the article's, not logos or portraits."""
LIVING = (VerdictKind.OK, VerdictKind.MOVED)
LOST = (VerdictKind.DEAD, VerdictKind.SUSPECT)
"""Verdicts of pages that readers no longer reach."""
ARCHIVED_ROLES = (Role.CANONICAL, Role.ORIGINAL, Role.LINK)
"""Links whose pages are looked up in web archives."""
_OWN_PAGES = (Role.CANONICAL, Role.ORIGINAL)
SHARED = "several places share the value through a YAML anchor"
"""Why nothing is corrected there, which is the fact `not_fixed` of findings."""
_MOST_LISTED = 3
"""Files that a message names."""
_STATES_A_PATH = re.compile(r"\s*+(?:/|\.\.?/|\\)")
_ANCHOR = re.compile(r"&(\S{1,80})[ \t]{1,80}\Z")


class MeasuredImage(Struct, frozen=True):
    """An image that was inspected: served by the web or found in the repository (`media_type` None). `size` in bytes."""

    link: Link
    image: ImageFacts
    name: str
    """The URL or path whose extension says what it should be."""
    media_type: str | None = None
    size: int | None = None
    outcome: Outcome | None = None
    """How the web served it."""
    subject: str = ""
    """The title of the article."""


def measured_images(evidence: Evidence) -> Iterator[MeasuredImage]:
    """Images that were inspected and are images, of the web and of the repository."""
    for result in evidence.results:
        local, outcome = result.local, result.outcome
        if result.link.role is not Role.IMAGE or result.verdict.kind not in LIVING:
            continue
        if local is not None and local.file is not None and local.image is not None and local.image.format:
            yield MeasuredImage(result.link, local.image, local.file, None, local.size, subject=_subject(evidence))
        elif outcome is not None and (picture := measured_image_of(evidence, result.link, outcome)) is not None:
            yield picture


def measured_image_of(evidence: Evidence, link: Link, outcome: Outcome) -> MeasuredImage | None:
    """An image as the web served it; None if it served none."""
    answer = outcome.answer
    if answer is None or answer.image is None or not answer.image.format:
        return None
    return MeasuredImage(link, answer.image, answer.url, answer.media_type, answer.length, outcome, _subject(evidence))


def _subject(evidence: Evidence) -> str:
    names = (evidence.article.fields or USUAL_FIELDS).title
    titles = (evidence.article.data.get(key) for key in dict.fromkeys((*names, "headline")))
    return " ".join(title for title in titles if isinstance(title, str))


@lru_cache(maxsize=4096)  # the same few pointers come up in every article
def is_own(pointer: str) -> bool:
    """Whether a value is the article's own, and not of an entry of a list such as its related articles."""
    return not any(part.isdecimal() for part in pointer.split("/"))


@lru_cache(maxsize=4096)
def is_lead(pointer: str) -> bool:
    """Whether an image is the first of the article's own ones: `/images/0/url`, `/cover`, `/hero/src`.

    Of an entry such as a related article, by a pointer from there on.
    """
    name, *below = pointer.split("/")[1:]
    if len(below) > 2 or any(part.isdecimal() for part in below[1:]):
        return False
    return _LEAD.search(name) is not None and (not below or not below[0].isdecimal() or below[0] == "0")


def own_pages(evidence: Evidence) -> tuple[LinkResult, ...]:
    """The links to what an article calls its own page: its canonicals, else its originals, not those of related articles."""
    own = [each for each in evidence.results if each.link.role in _OWN_PAGES and is_own(each.link.location.pointer)]
    canonicals = tuple(each for each in own if each.link.role is Role.CANONICAL)
    return canonicals or tuple(own)


def page_of(result: LinkResult) -> str:
    """The URL of a link's page: its target, with the fragment where a script chooses the page by it."""
    return result.target.url + route_of(result.link.url)


def entry_pages(evidence: Evidence) -> dict[str, list[LinkResult]]:
    """The pages of what an article lists, such as related articles, by their owner's pointer, in their order.

    Those of an entry are its canonicals, else its originals: many entries may have one original, such as a newsletter.
    """
    found: dict[str, list[LinkResult]] = {}
    for each in evidence.results:
        if each.link.role in _OWN_PAGES and not is_own(each.link.location.pointer):
            found.setdefault(each.link.owner, []).append(each)
    return {owner: [each for each in pages if each.link.role is Role.CANONICAL] or pages for owner, pages in found.items()}


def value_at(evidence: Evidence, pointer: str) -> Json:
    """The value of the front matter that a pointer leads to; None if it leads nowhere."""
    return pointers.value_at(evidence.article.data, pointer)


def owner_of(evidence: Evidence, link: Link) -> dict[str, Json]:
    """The object of the front matter that contains a link's URL; empty where the link is in a list."""
    owner = value_at(evidence, link.owner)
    return owner if isinstance(owner, dict) else {}


def is_shared(article: Article, span: Span) -> bool:
    """Whether what is at a location is written once for several places (YAML's anchors, aliases and merge keys).

    A fix would change others.
    """
    if article.format != "yaml" or not 0 < span.line <= len(article.lines):
        return False
    line = article.lines[span.line - 1]
    if line[span.column - 1 : span.column] == "*":
        return True
    anchor = _ANCHOR.search(line, 0, span.column - 1)
    if anchor is not None and any(f"*{anchor[1]}" in each for each in article.lines):
        return True
    if not any("<<" in each for each in article.lines):
        return False
    return sum(span in (place.value, place.key) for place in article.places.values()) > 1


def parse_errors(evidence: Evidence, kind: ParseErrorKind, hint: str) -> Iterator[Issue]:
    """Parse errors of one kind. `hint` is for those whose cause is not known."""
    for problem in evidence.article.parse_errors:
        if problem.kind is kind:
            yield Issue(problem.location, problem.message, hint=problem.hint or hint)


def skipped(evidence: Evidence, kind: str) -> Iterator[tuple[Link, Skip]]:
    """Links for which nothing was requested, for one kind of reason."""
    for result in evidence.results:
        if result.skip is not None and result.skip.kind == kind:
            yield result.link, result.skip


def listed(files: tuple[str, ...]) -> str:
    """The first of several files, and how many more there are."""
    more = len(files) - _MOST_LISTED
    names = ", ".join(files[:_MOST_LISTED])
    return names if more <= 0 else f"{names} and {more} more"


def unschemed(evidence: Evidence, options: JudgeOptions) -> frozenset[str]:
    """The pointers of values that lead to no file and, by their place, should be URLs, but have no scheme."""
    suspects = {
        each.link.location.pointer
        for each in evidence.results
        if not _STATES_A_PATH.match(each.link.url) and _leads_nowhere(each)
    }
    if not suspects:
        return frozenset()
    misshapen = misshapen_pointers(evidence)
    return frozenset(each for each in suspects if each in misshapen or pointers.field_of(each) in options.url_fields)


def _leads_nowhere(result: LinkResult) -> bool:
    if result.local is not None:
        return result.local.file is None
    return result.skip is not None and result.skip.kind in ("no-base-url", "page")


def misshapen_pointers(evidence: Evidence) -> frozenset[str]:
    """The pointers of values that violate their format in the schema: one finding is enough."""
    return frozenset(violation.location.pointer for violation in evidence.violations if violation.keyword == "format")
