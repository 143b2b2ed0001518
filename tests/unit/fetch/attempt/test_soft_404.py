"""What a host's answer for a made-up page shows of a page."""

import pytest

from linkcheck.fetch.attempt import soft_404
from linkcheck.fetch.attempt.soft_404 import (
    NotFoundBehavior,
    NotFoundCache,
    evidence,
    folder_of,
    is_worth_a_neighbor,
    not_found_behavior,
)
from linkcheck.model import Answer, Hop, Outcome, PageFacts, Probe

SITE = "https://gazette.example"
PAGE = f"{SITE}/2021/06/market-hall-rebuilt"
MADE_UP = f"{SITE}/linkcheck-0123456789abcdef"


def outcome_of(url: str, title: str, *, to: str | None = None, status: int = 302) -> Outcome:
    hops = () if to is None else (Hop(url, status, to),)
    return Outcome(url, Probe.PAGE, Answer(200, to or url, "text/html", page=PageFacts(title=title)), hops=hops)


def shown(url: str, title: str, *, to: str | None = None, status: int = 302) -> NotFoundBehavior:
    return not_found_behavior(outcome_of(url, title, to=to, status=status))


def test_a_redirect_that_both_have_is_said_to_be_one() -> None:
    page = outcome_of(PAGE, "Hello", to=f"{SITE}/hello")
    assert evidence(page, shown(MADE_UP, "Hello", to=f"{SITE}/hello")) == (
        f"redirected to {SITE}/hello, like any URL of the host"
    )


def test_a_wall_that_notes_where_its_visitor_came_from_is_the_same_one() -> None:
    page = outcome_of(PAGE, "Hello", to=f"{SITE}/hello?from=a")
    assert evidence(page, shown(MADE_UP, "Hello", to=f"{SITE}/hello?from=b")) == (
        f"redirected to {SITE}/hello?from=a, like any URL of the host"
    )
    assert evidence(page, shown(MADE_UP, "Error", to=f"{SITE}/hello?from=b")) is None


@pytest.mark.parametrize("status", [301, 302])
def test_a_text_about_something_missing_goes_before_the_redirect(status: int) -> None:
    page = outcome_of(PAGE, "Page not found", to=f"{SITE}/sorry", status=status)
    assert evidence(page, shown(MADE_UP, "Page not found", to=f"{SITE}/sorry")) == (
        "the same title 'Page not found' as for a URL that does not exist"
    )


def test_a_made_up_page_that_is_not_redirected_is_not_answered_in_the_same_way() -> None:
    page = outcome_of(PAGE, "Hello", to=f"{SITE}/hello")
    assert evidence(page, shown(MADE_UP, "Hello")) == "the same title 'Hello' as for a URL that does not exist"
    assert evidence(page, NotFoundBehavior(404)) is None


def test_a_page_in_a_folder_that_speaks_of_something_missing_is_worth_a_second_made_up_page() -> None:
    page = outcome_of(PAGE, "Page not found")
    assert is_worth_a_neighbor(page, NotFoundBehavior(404))
    assert not is_worth_a_neighbor(page, NotFoundBehavior(None)), "nothing is known of the host"
    assert not is_worth_a_neighbor(page, shown(MADE_UP, "Page not found")), "the first one was evidence"
    assert not is_worth_a_neighbor(outcome_of(PAGE, "Market hall rebuilt"), NotFoundBehavior(404))
    assert not is_worth_a_neighbor(outcome_of(f"{SITE}/", "Page not found"), NotFoundBehavior(404))


def test_the_behavior_of_the_most_recent_hosts_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soft_404, "_REMEMBERED", 2)
    cache = NotFoundCache()
    for number in range(3):
        cache.remember(f"h{number}.example", NotFoundBehavior(404 + number))
    assert [cache.get(f"h{number}.example") for number in range(3)] == [None, NotFoundBehavior(405), NotFoundBehavior(406)]
    assert cache.get("h2.example", "/folder/") is None


def test_some_folders_of_a_host_can_be_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soft_404, "_REMEMBERED", 2)
    monkeypatch.setattr(soft_404, "_MOST_FOLDERS", 2)
    cache = NotFoundCache()
    assert [cache.can_test("a.example") for _ in range(3)] == [True, True, False]
    assert cache.can_test("b.example")
    assert not cache.can_test("a.example"), "used last"
    assert cache.can_test("c.example")
    assert [cache.can_test("b.example") for _ in range(3)] == [True, True, False], "forgotten: the host used least recently"


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        (f"{SITE}/2021/06/x?y=/a/b", "/2021/06/"),
        (f"{SITE}/x", "/"),
        (SITE, "/"),
        (f"{SITE}/linkcheck-0123/x", "/"),
        (f"{SITE}/{'a' * 300}/x", "/"),
    ],
)
def test_the_folder_of_a_page(url: str, folder: str) -> None:
    assert folder_of(url) == folder


def test_a_page_without_an_answer_or_redirects_shows_nothing() -> None:
    lost = Outcome(PAGE, Probe.PAGE, None)
    assert evidence(lost, shown(MADE_UP, "Page not found")) is None
    assert not_found_behavior(lost) == NotFoundBehavior(None)
    page = outcome_of(PAGE, "Hello")
    assert evidence(page, shown(MADE_UP, "Hi", to=f"{SITE}/hello")) is None
    assert evidence(page, NotFoundBehavior(200)) is None


def test_a_wall_shows_nothing_of_pages_that_do_not_exist() -> None:
    answer = Answer(200, MADE_UP, "text/html", challenge="a captcha", page=PageFacts(title="Hello"))
    behavior = not_found_behavior(Outcome(MADE_UP, Probe.PAGE, answer))
    assert evidence(outcome_of(PAGE, "Hello"), behavior) is None


@pytest.mark.parametrize(
    ("page", "is_worth"),
    [
        (PageFacts(title="Page not found"), True),
        (PageFacts(og_title="Page not found"), True),
        (PageFacts(title="Gazette", heading="Page not found"), True),
        (PageFacts(title="Gazette", og_title="Page not found"), False),
        (PageFacts(title="Gazette", heading="Market hall rebuilt"), False),
        (PageFacts(), False),
    ],
)
def test_a_second_made_up_page_is_requested_for_any_notice(page: PageFacts, is_worth: bool) -> None:  # noqa: FBT001
    outcome = Outcome(PAGE, Probe.PAGE, Answer(200, PAGE, "text/html", page=page))
    assert is_worth_a_neighbor(outcome, NotFoundBehavior(404)) is is_worth
    assert not is_worth_a_neighbor(outcome, NotFoundBehavior(None))
