"""The facts of an article as they are stored: cheap to read and to pass to another process, which decodes them."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from linkcheck.ledger.outcomes import join
from linkcheck.model import (
    CLOSENESS,
    Article,
    DeclaredCanonical,
    DuplicateLink,
    Evidence,
    FormerFinding,
    Link,
    LinkResult,
    LocalFile,
    Namesake,
    Outcome,
    Role,
    SharedValue,
    Skip,
    Target,
    UniqueValue,
    UnknownReference,
    Verdict,
    VerdictKind,
    Violation,
    as_page,
)

_articles = msgspec.msgpack.Decoder(Article)
_violations = msgspec.msgpack.Decoder(tuple[Violation, ...])
_links = msgspec.msgpack.Decoder(Link)
_skips = msgspec.msgpack.Decoder(Skip)
_locals = msgspec.msgpack.Decoder(LocalFile)


class Notes(Struct, frozen=True):
    """Facts about an article from outside it: see the fields of the same names in `Evidence`."""

    changed: tuple[str, ...] | None = None
    required: tuple[tuple[str, str], ...] = ()
    former: tuple[FormerFinding, ...] = ()
    written_lines: tuple[tuple[int, int], ...] = ()
    unpublished: str | None = None
    is_new: bool = False
    """Whether the change under check added the article."""
    headline: str | None = None
    """Normalized title, equal for articles with the same title; None if too little is known."""
    day: str | None = None
    """The day of publication, as written."""
    unique: tuple[UniqueValue, ...] = ()
    """What the schema marks as unique, whether or not it is."""
    unknown_references: tuple[UnknownReference, ...] = ()


_notes = msgspec.msgpack.Decoder(Notes)


class EncodedEvidence(Struct, frozen=True, array_like=True):
    """`Evidence` as it is stored; what other articles are needed for is decoded.

    `links` are columns of the links: the record, the reason to skip it, the local file, then the target's URL, host and
    closeness, the verdict and its reason, and `OUTCOME`.
    """

    article: bytes
    violations: bytes
    notes: bytes
    links: Sequence[tuple[Any, ...]]
    duplicates: dict[str, tuple[DuplicateLink, ...]]
    declared_canonicals: dict[str, DeclaredCanonical]
    shared_values: tuple[SharedValue, ...]
    namesakes: tuple[Namesake, ...]

    def decode(self) -> Evidence:
        known = _notes.decode(self.notes)
        return Evidence(
            article=_articles.decode(self.article),
            violations=_violations.decode(self.violations),
            results=tuple(map(_result, self.links)),
            duplicates=self.duplicates,
            namesakes=self.namesakes,
            declared_canonicals=self.declared_canonicals,
            changed=None if known.changed is None else frozenset(known.changed),
            required=frozenset(known.required),
            former=known.former,
            written_lines=known.written_lines,
            unpublished=known.unpublished,
            shared_values=self.shared_values,
            unknown_references=known.unknown_references,
        )


def _result(columns: Sequence[Any]) -> LinkResult:
    record, skip, local, url, host, closeness, kind, reason, *outcome = columns
    link = _links.decode(record)
    return LinkResult(
        link=link,
        target=Target(url=url, probe=CLOSENESS[closeness], host=host),
        verdict=verdict_of(kind, reason),
        skip=None if skip is None else _skips.decode(skip),
        local=None if local is None else _locals.decode(local),
        # A link that was not checked has no outcome, even if its target has one.
        outcome=None if outcome[0] is None or skip is not None else _outcome_for(link, join(*outcome)),
    )


def _outcome_for(link: Link, outcome: Outcome) -> Outcome:
    return outcome if link.role is Role.IMAGE else as_page(outcome)


def verdict_of(kind: str | None, reason: str | None) -> Verdict:
    if kind is None:
        return Verdict(VerdictKind.SKIPPED, "not requested")
    return Verdict(VerdictKind(kind), reason or "")
