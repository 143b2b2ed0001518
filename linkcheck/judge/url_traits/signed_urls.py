"""Findings about URLs with a signature that expires."""

from datetime import timedelta

from msgspec import Struct

from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import LIVING
from linkcheck.model import Fact, LinkResult, Severity
from linkcheck.timestamps import moment_of
from linkcheck.urls import signed

_LASTING = timedelta(days=5 * 365)


class Signature(Struct, frozen=True):
    """A finding's message, severity and facts. `lasts` says that there is none: it is signed for years."""

    message: str
    severity: Severity = Severity.WARNING
    facts: dict[str, Fact] = {}
    lasts: bool = False


def signature_of(result: LinkResult, options: JudgeOptions) -> Signature | None:
    """The finding about a link's signature; None if the URL has none."""
    found = signed(result.target.url)
    if found is None:
        return None
    expires, now = found.expires, moment_of(options.now)
    if expires is None:
        return Signature("the URL is signed for a limited time")
    if now is not None and expires > now + _LASTING:
        return Signature("the URL is signed", lasts=True)
    day = f"{expires:%Y-%m-%d}"
    facts: dict[str, Fact] = {"expires": f"{expires:%Y-%m-%dT%H:%M:%SZ}"}
    if now is None or expires > now:
        return Signature(f"the signed URL expires on {day}", Severity.WARNING, facts)
    facts["expired"] = day
    if result.outcome is not None and result.verdict.kind in LIVING:
        return Signature(f"the signed URL expired on {day}, and the host still serves it", Severity.WARNING, facts)
    return Signature(f"the signed URL expired on {day}", Severity.ERROR, facts)
