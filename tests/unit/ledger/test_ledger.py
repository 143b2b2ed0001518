"""A run written down, read back, taken up again, and carried over to the next."""

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sys import float_info

import pytest
from former_layouts import former
from msgspec.structs import replace
from systems import posix_only

from linkcheck.errors import UsageError
from linkcheck.judge import verdict
from linkcheck.ledger import JudgedOutcome, Ledger, Notes, PlannedLink, RecordedRun, open_ledger
from linkcheck.ledger.recorded_run import count, count_findings, count_not_checked, count_verdicts
from linkcheck.model import (
    SEVERITIES,
    Answer,
    Article,
    Claim,
    Comparison,
    Expectations,
    Failure,
    FailureKind,
    Finding,
    Hop,
    ImageFacts,
    Link,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Severity,
    Skip,
    Span,
    Status,
    Summary,
    Target,
    Verdict,
    VerdictKind,
)

DAY_ONE = "2026-11-01T06:00:00Z"
DAY_TWO = "2026-11-02T06:00:00Z"
SPAN = Span(3, 9, 3, 30)

OK = Verdict(VerdictKind.OK, "200 OK")
UNREACHABLE = Verdict(VerdictKind.UNREACHABLE, "timed out")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    opened = open_ledger(None, stamp=lambda: DAY_ONE)
    opened.begin(scope="check .")
    yield opened
    opened.close()


def link(
    url: str, *, path: str = "a.md", pointer: str = "/webUrl", role: Role = Role.LINK, wants: Expectations | None = None
) -> Link:
    return Link(Location(path, SPAN, pointer), role, url, wants or Expectations())


def planned(url: str, *, host: str = "a.example", probe: Probe = Probe.STATUS, skip: Skip | None = None) -> PlannedLink:
    verdict = None if skip is None else Verdict(VerdictKind.SKIPPED, skip.reason)
    return PlannedLink(link(url), Target(url, probe, host), skip=skip, verdict=verdict)


def add(ledger: Ledger, *links: PlannedLink, path: str = "a.md") -> None:
    ledger.add_all([(Article(path=path), (), links, Notes())])


def answered(url: str, *, probe: Probe = Probe.STATUS) -> JudgedOutcome:
    return JudgedOutcome(Outcome(url=url, probe=probe, answer=Answer(200, url), checked_at=DAY_ONE, seconds=0.5), OK)


def timed_out(url: str) -> JudgedOutcome:
    failure = Failure(FailureKind.TIMEOUT, "headers", "no answer within 30 s")
    return JudgedOutcome(Outcome(url=url, probe=Probe.STATUS, failure=failure, checked_at=DAY_ONE), UNREACHABLE)


def redirected(url: str, *, to: str) -> JudgedOutcome:
    settled = timed_out(url)
    return replace(settled, outcome=replace(settled.outcome, hops=(Hop(url, 301, to),)))


def not_sent(url: str) -> JudgedOutcome:
    failure = Failure(FailureKind.HOST_DOWN, "no-answer", "the host gave no answer")
    return JudgedOutcome(Outcome(url=url, probe=Probe.STATUS, failure=failure, checked_at=DAY_ONE), UNREACHABLE)


def pending(ledger: Ledger) -> list[str]:
    source = ledger.unsettled()
    return [target.url for host, count in source.hosts() for _ in range(count) for target in source.take(host, 1)]


def summary(*, complete: bool = True) -> Summary:
    return Summary(
        started=DAY_ONE,
        seconds=1.0,
        complete=complete,
        articles=1,
        links=1,
        targets=1,
        requests=1,
        verdicts=dict.fromkeys(VerdictKind, 0),
        findings=dict.fromkeys(SEVERITIES, 0),
    )


def good(outcome: Outcome, verdict: VerdictKind) -> bool:
    return outcome.failure is None and verdict is VerdictKind.OK


def test_a_url_in_many_links_is_one_target_with_the_closest_probe(ledger: Ledger) -> None:
    add(
        ledger,
        planned("https://a.example/1"),
        planned("https://a.example/1", probe=Probe.IMAGE),
        planned("https://a.example/1", probe=Probe.PAGE),
    )
    assert ledger.unsettled().take("a.example", 9) == (Target("https://a.example/1", Probe.IMAGE, "a.example"),)


def test_the_host_with_most_targets_comes_first_and_each_target_is_taken_once(ledger: Ledger) -> None:
    for url, host in (("b/1", "b"), ("c/1", "c"), ("c/2", "c"), ("c/3", "c"), ("b/2", "b")):
        add(ledger, planned(url, host=host))
    source = ledger.unsettled()
    assert (len(source), list(source.hosts())) == (5, [("c", 3), ("b", 2)])
    assert [target.url for target in source.take("c", 2)] == ["c/1", "c/2"]
    assert [target.url for target in source.take("c", 2)] == ["c/3"]
    assert source.take("c", 2) == source.take("nowhere", 1) == ()


def test_a_host_that_answered_nothing_failed_and_one_that_answered_once_did_not(ledger: Ledger) -> None:
    add(ledger, planned("a/1", host="a"), planned("a/2", host="a"), planned("b/1", host="b"), planned("b/2", host="b"))
    ledger.settle([timed_out("a/1"), timed_out("a/2"), timed_out("b/1"), answered("b/2")])
    assert ledger.failed_hosts() == {"a"}


def test_a_silent_host_behind_redirects_failed_and_the_hosts_that_redirect_to_it_did_not(
    reopen: Callable[[str], Ledger],
) -> None:
    ledger = reopen(DAY_ONE)
    down = [f"https://{host}.example/{page}" for host, page in (("old", 1), ("old", 2), ("new", 1))]
    lone = [f"https://{host}.example/1" for host in ("short", "mixed")]
    silent = "https://mixed.example/2", "https://mixed.example/3"
    add(ledger, *(planned(url, host=url.split("/")[2]) for url in (*down, *lone, *silent)))
    ledger.settle([redirected(url, to="https://down.example/" + url[-1]) for url in down])
    ledger.settle([redirected(url, to=url.replace("://", "://www.")) for url in lone])
    ledger.settle(map(timed_out, silent))
    assert ledger.failed_hosts() == {"down.example"}
    seen: list[list[str]] = []
    ledger.settle_failed_hosts(lambda failed: seen.append([outcome.url for outcome, _ in failed]))
    assert seen == [down]
    ledger.remember(good=good)
    strikes = ledger.host_strikes("down.example")
    assert strikes is not None
    assert strikes.strikes == 1
    assert ledger.host_strikes("old.example") is None


def test_a_run_without_a_history_remembers_nothing(ledger: Ledger) -> None:
    add(ledger, *(planned(f"https://a.example/{number}", host="a.example") for number in (1, 2)))
    ledger.settle([answered("https://a.example/1"), timed_out("https://a.example/2")])
    ledger.remember(good=good)
    assert [ledger.database.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("memory", "strike")] == [
        (0,)
    ] * 2
    assert ledger.strikes("https://a.example/2") is None


def test_a_host_failed_where_several_targets_were_not_requested_for_it(ledger: Ledger) -> None:
    add(ledger, *(planned(url, host=url[0]) for url in ("a/1", "a/2", "a/3", "b/1", "b/2")))
    ledger.settle([answered("a/1"), answered("b/1"), *map(not_sent, ("a/2", "a/3", "b/2"))])
    assert ledger.failed_hosts() == {"a"}


def test_a_target_is_asked_when_one_of_its_links_wants_it(ledger: Ledger) -> None:
    excluded = Skip("excluded", "excluded by path", "https://a.example/1")
    add(ledger, planned("https://a.example/1", skip=excluded), planned("https://a.example/1"))
    ledger.settle([answered("https://a.example/1")])
    (evidence,) = ledger.evidence()
    assert [(result.verdict.kind, result.outcome is None) for result in evidence.results] == [
        (VerdictKind.SKIPPED, True),
        (VerdictKind.OK, False),
    ]


def test_what_nobody_asks_for_is_counted_as_skipped_with_its_reason(ledger: Ledger) -> None:
    add(ledger, planned("https://a.example/1", skip=Skip("excluded", "excluded: bot wall", "https://a.example/1")))
    assert pending(ledger) == []
    assert count_verdicts(ledger.database, ledger.run)[VerdictKind.SKIPPED] == 1
    assert count_not_checked(ledger.database, ledger.run) == {"excluded: bot wall": 1}


def test_evidence_comes_in_the_order_of_paths_with_links_in_article_order(ledger: Ledger) -> None:
    for path in ("b.md", "a.md"):
        add(ledger, planned("https://a.example/2"), planned("https://a.example/1"), path=path)
    found = [(item.article.path, [result.link.url for result in item.results]) for item in ledger.evidence()]
    assert found == [(path, ["https://a.example/2", "https://a.example/1"]) for path in ("a.md", "b.md")]


@pytest.mark.parametrize(("number", "kept"), [(2**64, 2.0**64), (-(2**70), -(2.0**70)), (10**400, float_info.max)])
def test_a_number_of_more_than_64_bits_is_kept_as_a_float(ledger: Ledger, number: int, kept: float) -> None:
    article = Article(path="a.md", data={"id": number, "list": [{"id": number}], "small": 2**63 - 1, "text": "a"})
    link = planned("https://a.example/").link
    link = replace(link, wants=declared(number, 1))
    ledger.add_all([(article, (), [replace(planned("https://a.example/"), link=link)], Notes())])
    (found,) = ledger.evidence()
    assert found.article.data == {"id": kept, "list": [{"id": kept}], "small": 2**63 - 1, "text": "a"}
    assert found.results[0].link.wants == declared(kept, 1)


def declared(width: float, height: int) -> Expectations:
    place = Location("a.md", SPAN, "/w")
    return Expectations(width=Claim(width, place), height=Claim(height, place))


def test_one_image_declared_with_two_sizes_has_twins_and_with_one_size_none(ledger: Ledger) -> None:
    for path, width in (("a.md", 10), ("b.md", 20), ("c.md", 10)):
        two_sizes = link("i", path=path, pointer="/images/0/url", role=Role.IMAGE, wants=declared(width, 5))
        one_size = link("j", path=path, pointer="/images/1/url", role=Role.IMAGE, wants=declared(7, 7))
        target = (Target("i", Probe.IMAGE, "a"), Target("j", Probe.IMAGE, "a"))
        add(ledger, PlannedLink(two_sizes, target[0]), PlannedLink(one_size, target[1]), path=path)
    first = next(iter(ledger.evidence()))
    assert list(first.duplicates) == ["i"]
    assert [(duplicate.location.path, duplicate.width) for duplicate in first.duplicates["i"]] == [
        ("b.md", 20),
        ("c.md", 10),
    ]


def test_a_link_to_a_page_is_judged_apart_from_an_image_of_the_same_url(ledger: Ledger) -> None:
    url = "https://a.example/1"
    for role, pointer, probe in ((Role.CANONICAL, "/webUrl", Probe.PAGE), (Role.IMAGE, "/images/0/url", Probe.IMAGE)):
        add(ledger, PlannedLink(link(url, role=role, pointer=pointer), Target(url, probe, "a.example")))
    answer = Answer(200, url, image=ImageFacts(None, not_image="html"), page=PageFacts(title="A page"))
    suspect = Verdict(VerdictKind.SUSPECT, "an HTML page")
    ledger.settle([JudgedOutcome(Outcome(url, Probe.IMAGE, answer), suspect)])
    ledger.settle_pages(lambda outcome: suspect if outcome.answer is None or outcome.answer.image else OK)
    seen = [result for evidence in ledger.evidence() for result in evidence.results]
    told = {each.link.role: (each.verdict, each.outcome.answer) for each in seen if each.outcome is not None}
    assert told == {Role.CANONICAL: (OK, replace(answer, image=None)), Role.IMAGE: (suspect, answer)}
    assert {record.link.role: record.verdict for record in RecordedRun(ledger.database, ledger.run).links()} == {
        Role.CANONICAL: OK,
        Role.IMAGE: suspect,
    }
    assert count_verdicts(ledger.database, ledger.run)[VerdictKind.SUSPECT] == 1


def test_copies_of_a_page_are_twins_however_their_urls_are_written(ledger: Ledger) -> None:
    urls = ("http://www.a.example/x/", "https://a.example/x?utm_source=b", "https://a.example/X")
    for number, url in enumerate(urls):
        path = f"{number}.md"
        add(ledger, PlannedLink(link(url, path=path, role=Role.CANONICAL), Target(url, Probe.PAGE, "a.example")), path=path)
    lone, beside = (link(urls[0], path="3.md", role=Role.ORIGINAL), link(urls[0], path="4.md", role=Role.ORIGINAL))
    target = Target(urls[0], Probe.PAGE, "a.example")
    add(ledger, PlannedLink(lone, target), path="3.md")
    own = link("https://b.example/", path="4.md", pointer="/canonical", role=Role.CANONICAL)
    add(ledger, PlannedLink(beside, target), PlannedLink(own, Target("https://b.example/", Probe.PAGE, "b")), path="4.md")
    duplicates = {item.article.path: item.duplicates for item in ledger.evidence()}
    assert [(duplicate.location.path, duplicate.url) for duplicate in duplicates["0.md"][urls[0]]] == [
        ("1.md", urls[1]),
        ("3.md", urls[0]),
    ]
    assert duplicates["2.md"] == {}


def test_copies_of_a_page_that_a_script_chooses_are_twins_by_the_fragment(ledger: Ledger) -> None:
    shell = Target("https://a.example/", Probe.PAGE, "a.example")
    for number, route in enumerate(("#/x", "#/y", "#/x/", "", "#top")):
        path, url = f"{number}.md", f"{shell.url}{route}"
        add(ledger, PlannedLink(link(url, path=path, role=Role.CANONICAL), shell), path=path)
    duplicates = [
        {page: [duplicate.location.path for duplicate in found] for page, found in each.duplicates.items()}
        for each in ledger.evidence()
    ]
    assert duplicates == [
        {f"{shell.url}#/x": ["2.md"]},
        {},
        {f"{shell.url}#/x": ["0.md"]},
        {shell.url: ["4.md"]},
        {shell.url: ["3.md"]},
    ]


def test_a_related_article_is_no_twin_of_the_canonical_it_points_to(ledger: Ledger) -> None:
    own = link("u", path="a.md", role=Role.CANONICAL)
    related = link("u", path="b.md", pointer="/related/0/webUrl", role=Role.CANONICAL)
    add(ledger, PlannedLink(own, Target("u", Probe.PAGE, "a")), path="a.md")
    add(ledger, PlannedLink(related, Target("u", Probe.PAGE, "a")), path="b.md")
    assert [item.duplicates for item in ledger.evidence()] == [{}, {}]


def test_a_line_of_an_article_can_be_quoted(ledger: Ledger) -> None:
    ledger.add_all([(Article(path="a.md", lines=("---", "title: A")), (), (), Notes())])
    assert [ledger.line("a.md", number) for number in (0, 1, 2, 3)] == [None, "---", "title: A", None]
    assert ledger.line("b.md", 1) is None


def finding(
    path: str, code: str, *, line: int = 1, severity: Severity = Severity.ERROR, status: Status = Status.OPEN
) -> Finding:
    return Finding(code, "dead-link", severity, Location(path, Span(line, 1, line, 2), "/webUrl"), "404", status=status)


def test_findings_come_back_sorted_by_place_and_are_counted(ledger: Ledger) -> None:
    unsorted = [finding("b.md", "LC201"), finding("a.md", "LC301", line=2), finding("a.md", "LC201", line=2)]
    ledger.add_findings([*unsorted, finding("a.md", "LC203", severity=Severity.INFO)])
    run = RecordedRun(ledger.database, ledger.run)
    assert [(item.location.path, item.location.span.line, item.code) for item in run.findings()] == [
        ("a.md", 1, "LC203"),
        ("a.md", 2, "LC201"),
        ("a.md", 2, "LC301"),
        ("b.md", 1, "LC201"),
    ]
    assert count_findings(ledger.database, ledger.run) == {Severity.ERROR: 3, Severity.WARNING: 0, Severity.INFO: 1}


def test_hosts_are_summed_up_by_verdict(ledger: Ledger) -> None:
    add(ledger, planned("u", host="a"), planned("v", host="a"), planned("w", host="b"))
    ledger.settle([answered("u"), timed_out("v"), answered("w")])
    hosts = list(RecordedRun(ledger.database, ledger.run).hosts())
    assert [(host.host, host.verdicts, host.requests) for host in hosts] == [
        ("a", {VerdictKind.OK: 1, VerdictKind.UNREACHABLE: 1}, 2),
        ("b", {VerdictKind.OK: 1}, 1),
    ]


# Across runs


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Callable[[str], Ledger]]:
    opened: list[Ledger] = []

    def open_at(now: str) -> Ledger:
        for ledger in opened:
            ledger.close()
        opened.clear()
        ledger = open_ledger(tmp_path / "history.sqlite3", stamp=lambda: now)
        opened.append(ledger)
        ledger.begin(scope="check .")
        return ledger

    yield open_at
    for ledger in opened:
        ledger.close()


def test_an_unfinished_run_is_taken_up_without_losing_an_outcome(reopen: Callable[[str], Ledger]) -> None:
    first = reopen(DAY_ONE)
    add(first, *(planned(f"u{number}") for number in range(5)))
    first.settle([answered("u1"), answered("u3")])

    second = reopen(DAY_ONE)
    add(second, *(planned(f"u{number}") for number in range(1, 6)))
    assert second.adopt_unfinished(scope="check .") == 2
    assert sorted(pending(second)) == ["u2", "u4", "u5"]
    assert count(second.database, second.run)["requests"] == 2


def test_an_unfinished_look_from_farther_away_is_asked_again(reopen: Callable[[str], Ledger]) -> None:
    first = reopen(DAY_ONE)
    add(first, planned("u"))
    first.settle([answered("u")])
    second = reopen(DAY_ONE)
    add(second, planned("u", probe=Probe.IMAGE))
    second.adopt_unfinished(scope="check .")
    assert pending(second) == ["u"]


def test_only_good_outcomes_are_remembered_and_reused_as_long_as_they_are_fresh(reopen: Callable[[str], Ledger]) -> None:
    first = reopen(DAY_ONE)
    add(first, planned("fine"), planned("slow"))
    first.settle([answered("fine"), timed_out("slow")])
    first.remember(good=good)
    first.finish(summary())

    second = reopen(DAY_TWO)
    add(second, planned("fine"), planned("slow"))
    assert second.recall(fresh=lambda _outcome: False, judge=verdict) == 0
    assert second.recall(fresh=lambda outcome: outcome.checked_at == DAY_ONE, judge=verdict) == 1
    assert pending(second) == ["slow"]
    (evidence,) = second.evidence()
    assert [result.outcome is not None and result.outcome.reused for result in evidence.results] == [True, False]


def test_strikes_count_only_nights_with_the_same_means(reopen: Callable[[str], Ledger]) -> None:
    strikes = []
    for day, means in ((DAY_ONE, "replay"), (DAY_TWO, ""), ("2026-11-03T06:00:00Z", "replay")):
        night = reopen(day)
        night.begin(scope="check .", means={"a.example": means}.__getitem__)
        add(night, planned("slow"))
        night.settle([timed_out("slow")])
        night.remember(good=good)
        found = night.strikes("slow")
        strikes.append(None if found is None else found.strikes)
    assert strikes == [1, 1, 2]


def test_a_target_asked_again_carries_the_validators_of_its_last_good_answer(reopen: Callable[[str], Ledger]) -> None:
    first = reopen(DAY_ONE)
    add(first, planned("u"))
    answer = Answer(200, "u", headers=(("etag", '"1"'), ("server", "x")))
    first.settle([JudgedOutcome(Outcome(url="u", probe=Probe.STATUS, answer=answer), OK)])
    first.remember(good=good)
    second = reopen(DAY_TWO)
    add(second, planned("u"))
    (target,) = second.unsettled().take("a.example", 1)
    assert target.known == ('"1"', None)


@pytest.mark.parametrize(
    ("days", "strikes"),
    [
        pytest.param((DAY_ONE,), 1, id="one night"),
        pytest.param((DAY_ONE, DAY_ONE), 1, id="two runs on one day are one strike"),
        pytest.param((DAY_ONE, DAY_TWO), 2, id="two nights"),
        pytest.param((DAY_ONE, "2026-10-27T06:00:00Z", DAY_ONE), 1, id="a night with the clock set back is no strike"),
    ],
)
def test_strikes_count_days_in_a_row(reopen: Callable[[str], Ledger], days: tuple[str, ...], strikes: int) -> None:
    for day in days:
        ledger = reopen(day)
        add(ledger, planned("slow"))
        ledger.settle([timed_out("slow")])
        ledger.remember(good=good)
    found = ledger.strikes("slow")
    assert found is not None
    assert (found.strikes, found.first_at) == (strikes, DAY_ONE)


def test_what_does_not_count_as_a_strike_leaves_the_strikes_as_they_are(reopen: Callable[[str], Ledger]) -> None:
    def never(_outcome: Outcome) -> bool:
        return False

    def always(_outcome: Outcome) -> bool:
        return True

    for day, strike in ((DAY_ONE, always), (DAY_TWO, never)):
        ledger = reopen(day)
        add(ledger, planned("slow"))
        ledger.settle([timed_out("slow")])
        ledger.remember(good=good, strike=strike)
    found = ledger.strikes("slow")
    assert found is not None
    assert (found.strikes, found.first_at) == (1, DAY_ONE)


def test_an_answer_that_lacks_what_was_wanted_is_a_strike_and_nothing_to_reuse(reopen: Callable[[str], Ledger]) -> None:
    strikes, reused = [], []
    for day, lacks in ((DAY_ONE, True), (DAY_TWO, True), ("2026-11-03T06:00:00Z", False)):
        night = reopen(day)
        add(night, planned("copy"))
        reused.append(night.recall(fresh=lambda _outcome: True, judge=lambda _outcome: OK))
        night.settle([answered("copy")])
        night.remember(good=good, lacking=lambda _outcome, _kind, lacks=lacks: lacks)  # type: ignore[misc]
        found = night.strikes("copy")
        strikes.append(None if found is None else found.strikes)
    assert (strikes, reused) == ([1, 2, None], [0, 0, 0])


def test_one_answer_wipes_the_strikes(reopen: Callable[[str], Ledger]) -> None:
    for settled in (timed_out("u"), answered("u")):
        ledger = reopen(DAY_ONE)
        add(ledger, planned("u"))
        ledger.settle([settled])
        ledger.remember(good=good)
    assert ledger.strikes("u") is None


def compared(ledger: Ledger, is_fixed: Callable[[Finding], bool] = lambda _: True) -> Comparison | None:
    ledger.group_problems()
    return ledger.compare(scope="check .", is_fixed=is_fixed, is_complete=True)


def test_two_nights_are_compared_by_problem(reopen: Callable[[str], Ledger]) -> None:
    first = reopen(DAY_ONE)
    first.add_findings([finding(f"{name}.md", "LC201") for name in "eabf"])
    assert compared(first) is None
    first.finish(summary())
    second = reopen(DAY_TWO)
    second.add_findings([finding("f.md", "LC201", status=Status.ACCEPTED)])
    second.add_findings([finding("a.md", "LC201", line=9), finding("c.md", "LC201"), finding("d.md", "LC202")])
    asked: list[str] = []

    def is_fixed(finding: Finding) -> bool:
        asked.append(finding.location.path)
        return finding.location.path == "b.md"

    found = compared(second, is_fixed)
    assert found is not None
    assert (found.since, found.new, found.fixed, found.still) == (DAY_ONE, 2, 1, 1)
    assert asked == ["b.md", "e.md"]


def test_a_history_with_the_former_names_of_statuses_is_compared(reopen: Callable[[str], Ledger], tmp_path: Path) -> None:
    first = reopen(DAY_ONE)
    first.add_findings([finding("a.md", "LC201"), finding("b.md", "LC201", status=Status.ACCEPTED)])
    first.finish(summary())
    former(first, tmp_path / "former.sqlite3", layout=2)
    first.close()
    database = sqlite3.connect(tmp_path / "former.sqlite3")
    for number, record in database.execute("SELECT id, record FROM finding").fetchall():
        old = record.replace(b"\xa4open", b"\xa3new").replace(b"\xa8accepted", b"\xa5known")
        database.execute("UPDATE finding SET record = ? WHERE id = ?", (old, number))
    database.execute("UPDATE finding SET status = CASE status WHEN 'open' THEN 'new' ELSE 'known' END")
    database.commit()
    database.close()
    (tmp_path / "former.sqlite3").replace(tmp_path / "history.sqlite3")
    second = reopen(DAY_TWO)
    second.add_findings([finding("a.md", "LC201"), finding("c.md", "LC201")])
    found = compared(second)
    assert found is not None
    assert (found.new, found.fixed, found.still) == (1, 0, 1)
    statuses = {each.status for each in RecordedRun(second.database, first.run, summary()).findings()}
    assert statuses == {Status.OPEN, Status.ACCEPTED}


# The file


@posix_only
def test_a_killed_run_keeps_what_it_had_written(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    script = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from linkcheck.ledger import open_ledger
        from linkcheck.ledger import JudgedOutcome, Notes, PlannedLink
        from linkcheck.model import *
        ledger = open_ledger(Path({str(path)!r}), stamp=lambda: "2026-11-01T06:00:00Z")
        ledger.begin(scope="check .")
        target = Target("u", Probe.STATUS, "a.example")
        link = Link(Location("a.md", Span(1, 1, 1, 2)), Role.LINK, "u")
        ledger.add_all([(Article(path="a.md"), (), [PlannedLink(link, target)], Notes())])
        outcome = Outcome(url="u", probe=Probe.STATUS, answer=Answer(200, "u"))
        ledger.settle([JudgedOutcome(outcome, Verdict(VerdictKind.OK, "200 OK"))])
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -9
    ledger = open_ledger(path, stamp=lambda: DAY_ONE)
    ledger.begin(scope="check .")
    add(ledger, planned("u"))
    assert ledger.adopt_unfinished(scope="check .") == 1
    ledger.close()


def test_a_second_run_reads_the_history_and_says_that_it_writes_none(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    first = open_ledger(path, stamp=lambda: DAY_ONE)
    first.begin(scope="check .")
    add(first, planned("u"))
    first.settle([answered("u")])
    first.remember(good=good)

    second = open_ledger(path, stamp=lambda: DAY_TWO)
    second.begin(scope="check .")
    add(second, planned("u"))
    assert second.recall(fresh=lambda _outcome: True, judge=verdict) == 1
    second.finish(summary())
    assert second.notices == (f"{path} is in use by another run: it is read, but this run is not added to it",)
    second.close()
    (runs,) = first.database.execute("SELECT count(*) FROM run").fetchone()
    assert runs == 1
    first.close()


def test_a_damaged_history_is_moved_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
    ledger = open_ledger(path, stamp=lambda: DAY_ONE)
    ledger.begin(scope="check .")
    ledger.close()
    aside = tmp_path / "history.sqlite3.corrupt-2026-11-01T060000Z"
    assert aside.exists()
    assert "moved to" in ledger.notices[0]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda path: path.write_text("# My notes\n" * 99), "this is not a database", id="somebody's text"),
        pytest.param(
            lambda path: sqlite3.connect(path).executescript("CREATE TABLE t (x)").connection.close(),
            "not a linkcheck history",
            id="somebody's database",
        ),
        pytest.param(lambda path: path.mkdir(), "this is a folder", id="a folder"),
    ],
)
def test_somebody_elses_file_is_never_touched(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    path = tmp_path / "notes.txt"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UsageError, match=message):
        open_ledger(path, stamp=lambda: DAY_ONE)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [item.name for item in tmp_path.iterdir() if not item.name.endswith(".lock")] == ["notes.txt"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist; create it"):
        open_ledger(tmp_path / "nowhere" / "history.sqlite3", stamp=lambda: DAY_ONE)


def test_a_history_of_a_newer_linkcheck_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    open_ledger(path, stamp=lambda: DAY_ONE).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version=99")
    database.close()
    with pytest.raises(UsageError, match="written by a newer version of linkcheck"):
        open_ledger(path, stamp=lambda: DAY_ONE)


def test_a_full_disk_loses_nothing_known(reopen: Callable[[str], Ledger]) -> None:
    ledger = reopen(DAY_ONE)
    add(ledger, *(planned(f"https://a.example/{number}") for number in range(500)))
    (pages,) = ledger.database.execute("PRAGMA page_count").fetchone()
    ledger.database.execute(f"PRAGMA max_page_count={pages + 1}")
    source = ledger.unsettled()
    while batch := source.take("a.example", 50):
        ledger.settle(answered(target.url) for target in batch)
    assert count_verdicts(ledger.database, ledger.run)[VerdictKind.OK] == 500
    assert ledger.write_error is not None
    assert "full" in ledger.write_error


@pytest.mark.parametrize("kept", ["in a history", "unnamed", "in memory, because the disk is full"])
def test_a_run_is_continued_and_closed_by_another_thread(reopen: Callable[[str], Ledger], kept: str) -> None:
    ledger = open_ledger(None, stamp=lambda: DAY_ONE) if kept == "unnamed" else reopen(DAY_ONE)
    if kept == "unnamed":
        ledger.begin(scope="check .")
    if "memory" in kept:
        ledger.database.execute("PRAGMA max_page_count=1")
    add(ledger, *(planned(f"https://a.example/{number}") for number in range(500)))
    assert (ledger.write_error is not None) is ("memory" in kept)

    def settle() -> int:
        ledger.settle(answered(f"https://a.example/{number}") for number in range(500))
        number = count_verdicts(ledger.database, ledger.run)[VerdictKind.OK]
        ledger.close()
        return number

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(settle).result() == 500


def moved(url: str, landing: str) -> JudgedOutcome:
    answer = Answer(200, landing)
    outcome = Outcome(url=url, probe=Probe.STATUS, answer=answer, hops=(Hop(url, 301, landing),), checked_at=DAY_ONE)
    return JudgedOutcome(outcome, Verdict(VerdictKind.MOVED, "moved for good"))


def test_where_the_redirects_of_many_targets_of_a_host_end_is_known(ledger: Ledger) -> None:
    add(ledger, *(planned(f"u{number}", host="a") for number in range(4)), planned("v", host="b"))
    ledger.settle([moved("u0", "blog"), moved("u1", "blog"), moved("u2", "elsewhere"), answered("u3"), moved("v", "blog")])
    assert ledger.landings(at_least=2) == [("blog", "a")]
    assert [outcome.url for outcome in ledger.outcomes_at("blog", "a")] == ["u0", "u1"]
