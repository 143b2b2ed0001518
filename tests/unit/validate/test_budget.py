"""What the validation of one article may cost, and that the next article has as much again."""

import pytest

from linkcheck.patterns import LONGEST
from linkcheck.validate import budget as limits
from linkcheck.validate.budget import STEPS, Budget, OutOfBudget

SLOW, TEXT = "^(a|aa)+$", "a" * 30


def test_each_validation_may_follow_as_many_references() -> None:
    budget = Budget()
    for _ in range(2):
        for _ in range(STEPS):
            budget.spend()
        with pytest.raises(OutOfBudget):
            budget.spend()
        budget.renew()


def test_what_could_not_be_matched_is_recorded_until_the_next_article() -> None:
    budget = Budget()
    long = "a" * (LONGEST + 1)
    assert budget.matches(SLOW, long) is None
    assert budget.matches(SLOW, long) is None
    assert [budget.matches(pattern, "abc") for pattern in ("b", "d")] == [True, False]
    assert [*budget.unfinished] == [(SLOW, long)]
    budget.begin()
    assert not budget.unfinished


def test_each_article_has_time_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.0)
    budget = Budget()
    assert budget.matches(SLOW, TEXT) is None
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    budget.begin()
    assert budget.matches(SLOW, TEXT) is True


def test_a_pattern_that_is_not_supported_matches_nothing_and_is_recorded_once() -> None:
    budget = Budget()
    assert [budget.matches(r"\p{RGI_Emoji}", text) for text in ("a", "b")] == [None, None]
    assert budget.undecided == 2
    assert [*budget.unsupported] == [r"\p{RGI_Emoji}"]
    assert not budget.unfinished
