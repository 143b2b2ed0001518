"""A target that fails in one run is a warning; after several failed runs it is an error.

A copy that is missing from an AMP cache is info, and a warning after as many runs.
"""

from linkcheck.model import Escalation, Finding, Severity
from linkcheck.triage.options import FailureStreak, TriageOptions


def escalate(finding: Finding, streak: FailureStreak | None, options: TriageOptions) -> Finding:
    """The finding with its failed runs in the message, and a higher severity if there are enough of them over enough
    days.

    A limit of this run is never escalated, whatever earlier runs found.
    """
    if streak is None or streak.runs < 2 or finding.facts.get("limit_of_run"):
        return finding
    from msgspec.structs import replace

    facts = {**finding.facts, "strikes": streak.runs, "since": streak.since}
    counted = replace(
        finding, message=f"{finding.message}; failed in {streak.runs} runs in a row since {streak.since[:10]}", facts=facts
    )
    if not is_lasting(streak, options):
        return counted
    if options.rule(finding.code).escalation is Escalation.MISSING_COPY:
        return _grown_copy(counted)
    # A severity other than the default was configured by the user; an AMP page or its copy is only a variant of a page.
    if finding.severity is not Severity.WARNING or finding.facts.get("accessory"):
        return counted
    return replace(
        counted,
        severity=Severity.ERROR,
        hint="It may be gone: replace the URL with the page's new address or an archived copy, or remove the link.",
    )


def is_lasting(streak: FailureStreak, options: TriageOptions) -> bool:
    """Whether there are enough failed runs, over enough days."""
    return streak.runs >= options.strikes and _days(streak.since, options.today) >= options.strike_days


def _grown_copy(finding: Finding) -> Finding:
    """A warning for a copy that has been missing for several runs while the AMP page works."""
    from msgspec.structs import replace

    if finding.severity is not Severity.INFO or "unpublished" in finding.facts:
        return finding
    hint = "Check the AMP page with an AMP validator: an AMP cache keeps only valid pages."
    return replace(finding, severity=Severity.WARNING, hint=hint)


def _days(since: str, today: str) -> float:
    from datetime import date

    try:
        return (date.fromisoformat(today[:10]) - date.fromisoformat(since[:10])).days
    except ValueError:
        return 0.0
