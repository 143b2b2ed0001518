"""What a finding says once its target has failed in several runs."""

import pytest
from msgspec.structs import replace

from linkcheck.judge import RULES
from linkcheck.model import FILE_START, Fact, Finding, Location, Severity
from linkcheck.triage import FailureStreak, TriageOptions
from linkcheck.triage.strikes import escalate

OPTIONS = TriageOptions(today="2026-11-03", rules=RULES)
SINCE = "2026-11-01T02:00:00Z"
GONE = "It may be gone: replace the URL with the page's new address or an archived copy, or remove the link."
VALIDATE = "Check the AMP page with an AMP validator: an AMP cache keeps only valid pages."


def escalated(code: str, severity: Severity, runs: int = 3, options: TriageOptions = OPTIONS) -> Finding:
    facts: dict[str, Fact] = {"host": "a.example"}
    found = Finding(code, RULES[code].name, severity, Location("a.md", FILE_START), "is wrong", facts=facts, hint="Look.")
    return escalate(found, FailureStreak(runs, SINCE), options)


@pytest.mark.parametrize(
    ("code", "before", "after", "hint"),
    [
        pytest.param("LC213", Severity.WARNING, Severity.ERROR, GONE, id="no response"),
        pytest.param("LC313", Severity.INFO, Severity.WARNING, VALIDATE, id="a copy that is missing"),
        pytest.param("LC213", Severity.INFO, Severity.INFO, "Look.", id="a severity that was chosen"),
        pytest.param("LC201", Severity.ERROR, Severity.ERROR, "Look.", id="an error"),
    ],
)
def test_the_hint_tells_what_to_do_about_a_failure_that_lasts(
    code: str, before: Severity, after: Severity, hint: str
) -> None:
    found = escalated(code, before)
    assert (found.severity, found.hint) == (after, hint)
    assert found.facts == {"host": "a.example", "strikes": 3, "since": SINCE}


def test_by_default_three_runs_over_two_days_are_enough() -> None:
    assert escalated("LC213", Severity.WARNING, runs=2).severity is Severity.WARNING
    assert escalated("LC213", Severity.WARNING, runs=3).severity is Severity.ERROR
    assert escalated("LC213", Severity.WARNING, options=replace(OPTIONS, today="2026-11-02")).severity is Severity.WARNING
    assert escalated("LC213", Severity.WARNING, options=replace(OPTIONS, strike_days=2.5)).severity is Severity.WARNING


@pytest.mark.parametrize("runs", [0, 1])
def test_one_failure_is_told_as_it_is(runs: int) -> None:
    found = escalated("LC213", Severity.WARNING, runs=runs)
    assert (found.message, found.facts) == ("is wrong", {"host": "a.example"})


@pytest.mark.parametrize(("today", "since"), [("", SINCE), ("2026-11-03", "soon")])
def test_days_that_are_unknown_are_none(today: str, since: str) -> None:
    found = replace(escalated("LC213", Severity.WARNING, runs=1), hint="Look.")
    counted = escalate(found, FailureStreak(9, since), replace(OPTIONS, today=today))
    assert (counted.severity, counted.message) == (
        Severity.WARNING,
        f"is wrong; failed in 9 runs in a row since {since[:10]}",
    )
    none = replace(OPTIONS, today=today, strike_days=0.0)
    assert escalate(found, FailureStreak(9, since), none).severity is Severity.ERROR
