"""The reference of the rules, which is made from their docstrings."""

from pathlib import Path

from golden import Golden

from linkcheck.judge import all_rules
from linkcheck.judge.rules_page import CHAPTERS, markdown

FILE = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"


def test_the_reference_is_what_the_rules_say(golden: Golden) -> None:
    produced = markdown()
    assert produced == golden(FILE, produced)


def test_every_rule_has_a_chapter() -> None:
    assert all(rule.META.code[:3] in CHAPTERS for rule in all_rules())
