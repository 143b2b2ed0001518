"""Whether a finding of an earlier run is fixed."""

from types import SimpleNamespace

import pytest

from linkcheck.model import Finding, Location, Severity, Span
from linkcheck.pipeline.judge_step import is_fixed


@pytest.mark.parametrize(
    ("code", "sees_all", "expected"), [("LC201", True, True), ("LC201", False, False), ("LC202", True, False)]
)
def test_a_finding_of_an_article_that_is_gone_is_fixed_if_all_are_seen_and_its_rule_applies(
    code: str, *, sees_all: bool, expected: bool
) -> None:
    ledger = SimpleNamespace(evidence_of=lambda _: None)
    run_triage = SimpleNamespace(is_wanted=lambda code: code == "LC201")
    place = Location("gone.md", Span(1, 1, 1, 2), "/url")
    found = Finding(code, "name", Severity.ERROR, place, "404")
    assert is_fixed(ledger, run_triage, sees_all=sees_all)(found) is expected  # type: ignore[arg-type]
