"""Faults of TLS that are clear enough for a rule of their own; the others count as unreachable."""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.model import Evidence, Failure, FailureKind

_OWN = frozenset(("expired", "not-yet-valid", "wrong-host", "untrusted", "self-signed", "incomplete-chain"))


def has_own_rule(failure: Failure) -> bool:
    return failure.kind is FailureKind.TLS and failure.detail in _OWN


def tls_faults(evidence: Evidence, details: tuple[str, ...], hint: str) -> Iterator[Fault]:
    """The links whose host failed at TLS in one of these ways. A host that is down as a whole makes no difference here."""
    for link, outcome, failure in failed(evidence, FailureKind.TLS):
        if failure.detail in details:
            ends = outcome.certificate.not_after if outcome.certificate is not None else None
            yield fault_of(link, failure.message, hint, detail=failure.detail, certificate_ends=ends)
