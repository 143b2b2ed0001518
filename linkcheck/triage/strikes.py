"""What does not answer one night is a warning; what does not answer for several is an error."""

from linkcheck.model import Finding, Severity
from linkcheck.triage.options import Options, Strike

COUNTED = ("LC213", "LC214")
"""Rules of links and hosts that give no answer."""


def struck(finding: Finding, strike: Strike | None, options: Options) -> Finding:
    """The finding with its strikes told, and an error where there are enough of them over enough days.

    A limit of this run stays as it is, whatever earlier nights found.
    """
    if strike is None or strike.nights < 2 or finding.facts.get("limit_of_run"):
        return finding
    from msgspec.structs import replace

    facts = {**finding.facts, "strikes": strike.nights, "since": strike.since}
    told = replace(
        finding, message=f"{finding.message}; {strike.nights} nights in a row, since {strike.since[:10]}", facts=facts
    )
    out = strike.nights >= options.strikes and _days(strike.since, options.today) >= options.strike_days
    # A severity other than the rule's own was chosen by somebody.
    if not out or finding.severity is not Severity.WARNING:
        return told
    return replace(
        told, severity=Severity.ERROR, hint="It may be gone: name another URL or an archived copy, or drop the link."
    )


def _days(since: str, today: str) -> float:
    from datetime import date

    try:
        return (date.fromisoformat(today[:10]) - date.fromisoformat(since[:10])).days
    except ValueError:
        return 0.0
