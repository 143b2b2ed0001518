"""What does not answer one night is a warning; what does not answer for several is an error.

A copy that an AMP cache lacks is info, and a warning where it is missing for as long.
"""

from linkcheck.model import Escalation, Finding, Severity
from linkcheck.triage.options import Strike, TriageOptions


def escalate(finding: Finding, strike: Strike | None, options: TriageOptions) -> Finding:
    """The finding with its strikes told, and a graver severity where there are enough of them over enough days.

    A limit of this run stays as it is, whatever earlier nights found.
    """
    if strike is None or strike.nights < 2 or finding.facts.get("limit_of_run"):
        return finding
    from msgspec.structs import replace

    facts = {**finding.facts, "strikes": strike.nights, "since": strike.since}
    counted = replace(
        finding, message=f"{finding.message}; failed in {strike.nights} runs in a row since {strike.since[:10]}", facts=facts
    )
    if strike.nights < options.strikes or _days(strike.since, options.today) < options.strike_days:
        return counted
    if options.rule(finding.code).escalation is Escalation.MISSING_COPY:
        return _grown_copy(counted)
    # A severity other than the rule's own was chosen by somebody; an AMP page or its copy is a mere variant of a page.
    if finding.severity is not Severity.WARNING or finding.facts.get("accessory"):
        return counted
    return replace(
        counted,
        severity=Severity.ERROR,
        hint="It may be gone: replace the URL with the page's new address or an archived copy, or remove the link.",
    )


def _grown_copy(finding: Finding) -> Finding:
    """A copy that has been missing for long, while the AMP page works: a warning."""
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
