"""The targets that are not settled yet, and the validators with which a page is requested again."""

import pytest

from linkcheck.ledger import JudgedOutcome, Ledger, Notes, PlannedLink, open_ledger
from linkcheck.ledger.open_targets import validators_of
from linkcheck.model import (
    FILE_START,
    Answer,
    Article,
    Expectations,
    Failure,
    FailureKind,
    Hop,
    Link,
    Location,
    Outcome,
    Probe,
    Role,
    Target,
    Verdict,
    VerdictKind,
)

MODIFIED = "Sun, 01 Nov 2026 06:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "validators"),
    [
        ((("etag", '"1"'),), ('"1"', None)),
        ((("last-modified", MODIFIED),), (None, MODIFIED)),
        ((("etag", '"1"'), ("server", "x"), ("last-modified", MODIFIED)), ('"1"', MODIFIED)),
        ((("server", "x"),), None),
    ],
)
def test_the_validators_are_those_of_the_answer(
    headers: tuple[tuple[str, str], ...], validators: tuple[str | None, str | None] | None
) -> None:
    answered = Outcome("u", Probe.PAGE, Answer(200, "u", headers=headers))
    assert validators_of(answered) == validators
    assert validators_of(Outcome("u", Probe.PAGE, answered.answer, hops=(Hop("u", 301, "v"),))) is None


def test_without_an_answer_there_are_no_validators() -> None:
    failure = Failure(FailureKind.TIMEOUT, "headers", "no answer within 30 s")
    assert validators_of(Outcome("u", Probe.PAGE, failure=failure)) is None


def ledger_with(*urls: str) -> Ledger:
    ledger = open_ledger(None, stamp=lambda: "2026-11-01T06:00:00Z")
    ledger.begin(scope="check .")
    place = Location("a.md", FILE_START, "/webUrl")
    links = [PlannedLink(Link(place, Role.LINK, url, Expectations()), Target(url, Probe.STATUS, url[0])) for url in urls]
    ledger.add_all([(Article("a.md"), (), links, Notes())])
    return ledger


def test_hosts_with_the_same_number_of_targets_are_in_alphabetical_order() -> None:
    ledger = ledger_with("c/1", "b/1", "a/1", "a/2", "d/1", "d/2")
    source = ledger.unsettled()
    assert [*source.hosts()] == [("a", 2), ("d", 2), ("b", 1), ("c", 1)]
    source.take("d", 1)
    source.take("b", 1)
    assert [*source.hosts()] == [("a", 2), ("c", 1), ("d", 1), ("b", 0)]
    ledger.close()


def test_targets_that_are_settled_are_not_open() -> None:
    ledger = ledger_with("a/1", "a/2", "a/3")
    ledger.settle([JudgedOutcome(Outcome("a/2", Probe.STATUS, Answer(200, "a/2")), Verdict(VerdictKind.OK, ""))])
    source = ledger.unsettled()
    assert len(source) == 2
    assert [(each.url, each.known) for each in source.take("a", 9)] == [("a/1", None), ("a/3", None)]
    ledger.close()


def test_the_outcomes_of_a_role_are_those_of_its_settled_targets() -> None:
    ledger = ledger_with("a/1", "a/2", "a/3")
    outcome = Outcome("a/2", Probe.STATUS, Answer(200, "a/2"))
    ledger.settle([JudgedOutcome(outcome, Verdict(VerdictKind.OK, ""))])
    assert [each.url for each in ledger.outcomes_of(Role.LINK)] == ["a/2"]
    assert [*ledger.outcomes_of(Role.IMAGE)] == []
    ledger.close()
