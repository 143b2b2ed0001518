"""The corrections that write the URLs of archived copies: next to the dead URL, or in place of it.

A copy is not requested again before its URL is written. Unlike the new URL of a page, which anyone on the way to it may have
declared, it was requested in this run or an earlier one, and compared with the article (`judge.is_copy`). Archives keep
their copies, and most would count a second request against the limit of this client.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import judge
from linkcheck.fix import Correction, Refusal, is_empty
from linkcheck.judge.issue import safe, unsafe
from linkcheck.judge.select import SHARED, is_shared
from linkcheck.model import ArchivedCopy, Article, CorrectionKind, Finding, Link, Status
from linkcheck.pointers import escape, value_at

_NOT_VERIFIED = "an archive lists the copy, but did not return it; a later run tries again"


class ArchiveFixes(Struct, frozen=True):
    """What is done with the copies of lost pages: `add` them in the properties that the schema has for them, or `replace`
    the URLs of the pages. With both, a URL is replaced only if the schema has no property for its copy.
    """

    add: bool = False
    replace: bool = False

    @property
    def is_wanted(self) -> bool:
        return self.add or self.replace


class FoundCopy(Struct, frozen=True):
    """The copy of the page that the URL at a pointer leads to, and the rule that reports the URL."""

    code: str
    pointer: str
    url: str
    copy: ArchivedCopy


Copies = Mapping[str, tuple[FoundCopy, ...]]
"""The copies by the path of the article."""


class Properties(Protocol):
    """Knows the schemas of articles."""

    def archive_property(self, article: Article, pointer: str) -> str | None:
        """The name of the property for the copy of the page that a link leads to."""


class CopyCorrections(Struct):
    """The corrections that are to be made, those that are held back because they are not safe, and the refused ones.

    `without_property` counts the copies that are not written because the schema has no property for them.
    """

    wanted: list[Correction]
    held: list[Correction]
    refused: list[Refusal]
    without_property: int = 0


def copies_of(findings: Iterable[Finding]) -> dict[str, tuple[FoundCopy, ...]]:
    """The copies that open findings have, one for each link."""
    found: dict[str, dict[str, FoundCopy]] = {}
    for finding in findings:
        if finding.archive is not None and finding.url is not None and finding.status is Status.OPEN:
            pointer = finding.location.pointer
            copy = FoundCopy(finding.code, pointer, finding.url, finding.archive)
            found.setdefault(finding.location.path, {}).setdefault(pointer, copy)
    return {path: tuple(copies.values()) for path, copies in found.items()}


def copy_corrections(
    article: Article,
    links: Iterable[Link],
    copies: Iterable[FoundCopy],
    properties: Properties,
    fixes: ArchiveFixes,
    *,
    unsafe_too: bool,
) -> CopyCorrections:
    """The corrections for the links that still have the URLs whose copies were found."""
    corrections = CopyCorrections([], [], [])
    for found in _at_all_links(links, copies):
        if found.pointer not in article.places:
            continue
        name = properties.archive_property(article, found.pointer) if fixes.add else None
        corrections.without_property += fixes.add and name is None and not fixes.replace
        for correction in _corrections(article, found, name, fixes):
            if not found.copy.verified:
                corrections.refused.append(Refusal(correction, _NOT_VERIFIED))
            elif correction.partner and is_shared(article, correction.span):
                corrections.refused.append(Refusal(correction, SHARED))
            elif correction.is_safe or unsafe_too:
                corrections.wanted.append(correction)
            else:
                corrections.held.append(correction)
    return corrections


def _at_all_links(links: Iterable[Link], copies: Iterable[FoundCopy]) -> Iterator[FoundCopy]:
    """The copies at every link that still has the URL of the page: a finding stands for all that are equal."""
    by_url = {found.url: found for found in copies}
    for link in links:
        if link.role in judge.ARCHIVED_ROLES and (found := by_url.get(link.url)) is not None:
            yield replace(found, pointer=link.location.pointer)


def _corrections(article: Article, found: FoundCopy, name: str | None, fixes: ArchiveFixes) -> Iterator[Correction]:
    """The correction for a copy, if there is one. `name` is the property for it."""
    owner = found.pointer.rpartition("/")[0]
    span = article.places[found.pointer].value
    when = f"from {found.copy.datetime:.10}"
    if name is not None:
        pointer = f"{owner}/{escape(name)}"
        if is_empty(value_at(article.data, pointer)):
            fix = safe(f"the copy {when} was verified")
            yield Correction(
                found.code, CorrectionKind.ARCHIVED, pointer, found.copy.url, fix, name, span, partner=found.pointer
            )
    elif fixes.replace:
        old = value_at(article.data, found.pointer)
        fix = unsafe(f"the copy {when} replaces the URL of the page itself")
        kind = CorrectionKind.ARCHIVED
        _, sign, fragment = found.url.partition("#")
        new = found.copy.url + (sign + fragment if "#" not in found.copy.url else "")
        yield Correction(found.code, kind, found.pointer, new, fix, old if isinstance(old, str) else "", span)
