"""What `linkcheck fix` does about a finding, and the hint that says so."""

import pytest
from msgspec.structs import replace

from linkcheck.model import FILE_START, Finding, Fix, FixKind, Location, RuleMetadata, Severity, Status
from linkcheck.triage.settle_fix import settled_fix

RULE = RuleMetadata("LC202", "permanent-redirect", Severity.WARNING)
SAFE, REVIEW = Fix(FixKind.SAFE, "the same page"), Fix(FixKind.UNSAFE, "the page may be another")


def finding(fix: Fix | None, hint: str | None = "Replace it.", severity: Severity = Severity.WARNING) -> Finding:
    return Finding("LC202", "permanent-redirect", severity, Location("a.md", FILE_START), "is wrong", hint=hint, fix=fix)


@pytest.mark.parametrize(
    ("fix", "hint", "settled"),
    [
        pytest.param(SAFE, "Replace it.", "Replace it (`linkcheck fix` can do this).", id="a sentence"),
        pytest.param(SAFE, "Is it a.md?", "Is it a.md? `linkcheck fix` can correct it.", id="a question"),
        pytest.param(
            SAFE, "Use https://a.example/", "Use https://a.example/ (`linkcheck fix` can do this)", id="a URL at the end"
        ),
        pytest.param(SAFE, None, "Fix it (`linkcheck fix` can do this).", id="no hint"),
        pytest.param(
            REVIEW,
            "Replace A by B.",
            "Review first: the page may be another. Then replace A by B (`linkcheck fix --unsafe` can do this).",
            id="a fix to review",
        ),
    ],
)
def test_the_hint_names_the_command(fix: Fix, hint: str | None, settled: str) -> None:
    assert settled_fix(finding(fix, hint), RULE).hint == settled


@pytest.mark.parametrize(
    ("fix", "safe_as_info", "kept"),
    [
        pytest.param(SAFE, False, Fix(FixKind.UNSAFE, "the value may be intended"), id="a safe fix"),
        pytest.param(SAFE, True, SAFE, id="a safe fix of a rule that states so"),
        pytest.param(REVIEW, False, REVIEW, id="a fix to review"),
    ],
)
def test_info_may_be_intended(fix: Fix, kept: Fix, *, safe_as_info: bool) -> None:
    assert settled_fix(finding(fix, severity=Severity.INFO), replace(RULE, safe_as_info=safe_as_info)).fix == kept


def test_what_a_comment_ignores_is_never_fixed() -> None:
    ignored = replace(finding(SAFE), status=Status.IGNORED)
    assert settled_fix(ignored, RULE) == replace(ignored, fix=None)


def test_a_finding_without_a_fix_stays_as_it_is() -> None:
    assert settled_fix(finding(None), RULE) == finding(None)
