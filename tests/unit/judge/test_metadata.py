"""The attributes of each rule, a second time: a rule that is like most others needs no line here."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from linkcheck.judge import RULES
from linkcheck.model import Basis, CorrectionKind, Escalation, OwnerOnly, RefusalReason, RuleMetadata, Severity

TRANSIENT = (
    *("LC003", "LC004", "LC010", "LC212", "LC213", "LC214", "LC217", "LC218", "LC219", "LC220", "LC221", "LC222"),
    *("LC223", "LC231", "LC232", "LC313", "LC314", "LC321"),
)
AWAITING = ("LC201", "LC204", "LC208", "LC209", "LC210", "LC213", "LC229", "LC230", "LC313", "LC314")
INFO_ELSEWHERE = ("LC217", "LC219", "LC220", "LC304", "LC308", "LC310", "LC315", "LC322", "LC408")
SILENT_ELSEWHERE = ("LC221", "LC305", "LC306", "LC409")


def hundred(prefix: str) -> list[str]:
    return [code for code in RULES if code.startswith(prefix)]


EXPECTED: dict[str, dict[str, object]] = {
    "basis": {**dict.fromkeys(hundred("LC1"), Basis.TEXT), **dict.fromkeys(hundred("LC5"), Basis.ARTICLES)},
    "transient": dict.fromkeys(TRANSIENT, True),
    "per_host": dict.fromkeys(("LC204", "LC217", "LC218", "LC219", "LC220", "LC226", "LC227"), True),
    "deselectable": dict.fromkeys(("LC001", "LC002", "LC004"), False),
    "about": {
        **dict.fromkeys(("LC310", "LC311", "LC312", "LC319", "LC323"), ("of",)),
        **dict.fromkeys(("LC403", "LC404", "LC405", "LC406", "LC407", "LC502"), ("width", "height")),
        "LC410": ("min_width", "min_height", "width", "height"),
        "LC411": ("media",),
        "LC414": ("preset", "width", "height"),
    },
    "acceptable": {**dict.fromkeys(hundred("LC0"), False), "LC231": False},
    "awaits_publication": dict.fromkeys(AWAITING, True),
    "escalation": {
        "LC213": Escalation.UNREACHABLE,
        "LC214": Escalation.UNREACHABLE,
        "LC313": Escalation.MISSING_COPY,
        "LC314": Escalation.MISSING_COPY,
    },
    "owner_only": {
        **dict.fromkeys(INFO_ELSEWHERE, OwnerOnly(Severity.INFO)),
        **dict.fromkeys(SILENT_ELSEWHERE, OwnerOnly(None)),
        "LC225": OwnerOnly(None, any_redirect=True),
    },
    "correction": {
        **dict.fromkeys(("LC202", "LC203", "LC301"), CorrectionKind.REDIRECT),
        **dict.fromkeys(("LC122", "LC303"), CorrectionKind.DECLARED),
        "LC209": CorrectionKind.HOME,
        **dict.fromkeys(("LC311", "LC312"), CorrectionKind.ADDRESS),
        "LC211": CorrectionKind.FILE,
        **dict.fromkeys(("LC403", "LC404", "LC405"), CorrectionKind.SIZE),
        **dict.fromkeys(("LC110", "LC111"), CorrectionKind.KEY),
        "LC119": CorrectionKind.TEXT,
        "LC321": CorrectionKind.REMOVAL,
    },
    "unsafe_only": dict.fromkeys(("LC209", "LC312"), True),
    "safe_as_info": dict.fromkeys(("LC122", "LC203", "LC303"), True),
    "refusal": {
        **dict.fromkeys(("LC208", "LC209", "LC210"), RefusalReason.VERDICT),
        **dict.fromkeys(("LC202", "LC301", "LC322", "LC415"), RefusalReason.MESSAGE),
    },
}
"""By attribute, the rules that have another value than most. Codes, names and severities are in docs/reference/rules.md."""

PLAIN = RuleMetadata("LC999", "plain", Severity.WARNING)
ATTRIBUTES = [name for name in RuleMetadata.__struct_fields__ if name not in ("code", "name", "severity")]


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_the_rules_that_are_not_like_most_are_these(attribute: str) -> None:
    values = {code: getattr(rule, attribute) for code, rule in RULES.items()}
    usual = getattr(PLAIN, attribute)
    assert {code: value for code, value in values.items() if value != usual} == EXPECTED[attribute]


def test_a_plain_rule_states_three_things() -> None:
    required = [field.name for field in msgspec.structs.fields(RuleMetadata) if field.required]
    assert required == ["code", "name", "severity"]


def test_what_is_never_safe_or_safe_as_info_is_corrected() -> None:
    assert not [rule.code for rule in RULES.values() if (rule.unsafe_only or rule.safe_as_info) and rule.correction is None]


CASES = Path(__file__).parents[2] / "cases"
PROMISE = re.compile(r" (LC\d{3}) .*`(linkcheck fix(?: --unsafe)?)`")


def promises() -> Iterator[tuple[str, str]]:
    """Rules whose findings in the cases name a command that corrects them, with the command."""
    for path in CASES.glob("*/*/expected.txt"):
        for line in path.read_text("utf-8").splitlines():
            if (found := PROMISE.search(line)) is not None:
                yield found[1], found[2]


def test_the_rules_with_a_correction_are_those_that_cases_see_corrected() -> None:
    assert {code for code, _ in promises()} == {rule.code for rule in RULES.values() if rule.correction is not None}


def test_the_rules_that_are_never_corrected_safely_by_default_are_those_that_no_case_sees_so() -> None:
    found = set(promises())
    unsafe = {code for code, _ in found if (code, "linkcheck fix") not in found}
    info = {rule.code for rule in RULES.values() if rule.severity is Severity.INFO and not rule.safe_as_info}
    corrected = {rule.code: rule for rule in RULES.values() if rule.correction is not None}
    assert unsafe == {code for code, rule in corrected.items() if rule.unsafe_only or code in info}
