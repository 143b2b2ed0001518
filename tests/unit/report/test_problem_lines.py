"""A problem in the reports for people: what became of it since earlier runs, and the places where it occurs."""

import io
from typing import Any

import pytest
from msgspec.structs import replace
from sample_runs import ListedRun, empty_run

from linkcheck.model import (
    Cause,
    CauseKind,
    Comparison,
    Finding,
    Location,
    Problem,
    ProblemChange,
    Severity,
    Span,
    Status,
    Summary,
)
from linkcheck.report import ReportOptions, slack, text, webhook
from linkcheck.report.markdown import write_limited
from linkcheck.report.posted import is_posted
from linkcheck.report.summary_text import (
    because,
    compared,
    extent,
    headline,
    history,
    in_places,
    is_failed,
    not_open,
    scope,
)

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
NEW, WORSE, STILL, FIXED = ProblemChange.NEW, ProblemChange.WORSE, ProblemChange.STILL, ProblemChange.FIXED
CAUSE = Cause(CauseKind.TARGET, "https://a.example/")
DAY = "2026-11-21T04:00:00Z"


def finding(line: int, *, path: str = "a.md", severity: Severity = ERROR, **more: Any) -> Finding:
    """A finding of one problem, unless it has another cause."""
    usual = {"url": CAUSE.value, "message": "it is gone", "cause": CAUSE}
    place = Location(path, Span(line, 6, line, 9), "/url")
    return Finding("LC201", "dead", severity, place, **{**usual, **more})


def problem(**more: Any) -> Problem:
    first = finding(4, severity=more.pop("severity", ERROR))
    return Problem(id="1", cause=CAUSE, **{"first": first, **more})


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"change": NEW}, ""),
        ({"first_seen": DAY, "runs": 3, "last_ok": DAY}, ""),
        ({"change": NEW, "first_seen": DAY}, ""),
        ({"change": NEW, "first_seen": DAY, "runs": 1, "last_ok": DAY}, "last ok 2026-11-21"),
        ({"change": NEW, "first_seen": DAY, "is_back": True}, "came back after it was fixed, first seen 2026-11-21"),
        ({"change": STILL, "first_seen": DAY, "runs": 1}, "first seen 2026-11-21"),
        ({"change": STILL, "first_seen": DAY, "runs": 2}, "first seen 2026-11-21, in 2 runs in a row"),
        ({"change": STILL, "first_seen": DAY, "runs": 1200}, "first seen 2026-11-21, in 1,200 runs in a row"),
        ({"change": FIXED, "first_seen": DAY, "runs": 2}, "first seen 2026-11-21"),
        (
            {"change": WORSE, "first_seen": DAY, "before": WARNING, "last_ok": "2026-11-20T04:00:00Z"},
            "a warning in the last run, first seen 2026-11-21, last ok 2026-11-20",
        ),
        ({"change": WORSE, "first_seen": DAY, "before": INFO}, "info in the last run, first seen 2026-11-21"),
    ],
)
def test_what_a_problem_was_in_earlier_runs(facts: dict[str, Any], words: str) -> None:
    assert history(problem(**facts)) == words


@pytest.mark.parametrize(
    ("places", "articles", "new_articles", "words"),
    [
        (0, 0, 0, ""),
        (1, 1, 1, ""),
        (2, 1, 0, "in 2 places in 1 article"),
        (2, 2, 0, "in 2 articles"),
        (1200, 1100, 0, "in 1,200 places in 1,100 articles"),
        (3, 3, 1, "in 3 articles, 1 more than in the last run"),
        (1400, 1400, 1200, "in 1,400 articles, 1,200 more than in the last run"),
    ],
)
def test_how_far_a_problem_extends(places: int, articles: int, new_articles: int, words: str) -> None:
    assert extent(problem(places=places, articles=articles, new_articles=new_articles)) == words


def summary(**more: Any) -> Summary:
    return replace(empty_run().facts, **{"articles": 2, **more})


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "2 articles, 0 links, 0 targets in 0.1 s"),
        ({"links": 1, "targets": 1, "requests": 1}, "2 articles, 1 link, 1 target; 1 request in 0.1 s"),
        ({"reused": 1200}, "2 articles, 0 links, 0 targets; 0 requests and 1,200 from earlier runs in 0.1 s"),
        ({"complete": False}, "2 articles, 0 links, 0 targets; 0 requests in 0.1 s"),
    ],
)
def test_what_was_checked(facts: dict[str, Any], words: str) -> None:
    assert scope(summary(**facts)) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "no findings"),
        ({"accepted": 1}, "no new findings"),
        ({"articles": 0}, "no articles were checked"),
        ({"articles": 0, "empty_because": "no files match"}, "no files match"),
        ({"findings": {ERROR: 1, WARNING: 2, INFO: 3}}, "1 error, 2 warnings, 3 info"),
        ({"findings": {ERROR: 9}, "problems": {WARNING: 1}}, "1 warning"),
        ({"complete": False}, "no findings; incomplete"),
    ],
)
def test_a_run_in_a_sentence(facts: dict[str, Any], words: str) -> None:
    assert headline(summary(**facts)) == words


@pytest.mark.parametrize(
    ("found", "places", "words"),
    [
        ({ERROR: 1, WARNING: 1}, {ERROR: 1, WARNING: 1}, ""),
        ({ERROR: 1, WARNING: 1}, {ERROR: 1, WARNING: 2}, "3 places"),
        ({ERROR: 1, WARNING: 1}, {ERROR: 1200, WARNING: 1}, "1,201 places"),
        ({ERROR: 1, INFO: 1}, {ERROR: 1, INFO: 9}, ""),
    ],
)
def test_places_are_counted_where_there_are_more_of_them(
    found: dict[Severity, int], places: dict[Severity, int], words: str
) -> None:
    assert in_places(summary(problems=found, findings=places)) == words


def test_what_is_not_open_and_why_a_run_is_incomplete() -> None:
    assert not_open(summary(accepted=1200, unchanged=2, ignored=1)) == "1,200 accepted, 2 unchanged, 1 ignored"
    assert not_open(summary(unchanged=2)) == "2 unchanged"
    assert because(summary(complete=False)) == "not everything was checked"
    assert because(summary(incomplete_because="it was stopped.")) == "it was stopped"


def test_a_comparison_in_a_line() -> None:
    assert compared(summary()) is None
    numbers = Comparison(since=DAY, new=1200, fixed=2, still=3)
    assert compared(summary(comparison=numbers)) == "since 2026-11-21 04:00 UTC: 1,200 new, 2 fixed, 3 still there"
    worse = replace(numbers, worse=1)
    assert compared(summary(comparison=worse)) == "since 2026-11-21 04:00 UTC: 1,200 new, 1 worse, 2 fixed, 3 still there"


def test_a_run_fails_with_more_problems_than_are_allowed() -> None:
    facts = summary(problems={ERROR: 1, WARNING: 2, INFO: 4})
    assert [is_failed(facts, ReportOptions(most_problems=most)) for most in (0, 1)] == [True, False]
    both = (ERROR, WARNING)
    assert [is_failed(facts, ReportOptions(failing=both, most_problems=most)) for most in (2, 3)] == [True, False]


def run_of(*findings: Finding, fixed: tuple[Problem, ...] = (), changes: dict[str, Any] | None = None) -> ListedRun:
    """A run with these findings; if they have changes, one that is compared with another."""
    facts = summary(findings={ERROR: len(findings)})
    if fixed or changes:
        facts = replace(facts, comparison=Comparison(since=DAY, new=0, fixed=len(fixed), still=len(findings)))
    return ListedRun(facts, all_findings=findings, fixed=fixed, changes=changes or {})


def in_text(run: ListedRun, **options: Any) -> list[str]:
    stream = io.StringIO()
    text.write(run, stream, ReportOptions(**{"width": 200, **options}))
    return stream.getvalue().split("\n")


def in_markdown(run: ListedRun, most: int = 100_000) -> list[str]:
    stream = io.StringIO()
    write_limited(run, stream, ReportOptions(), most=most)
    return stream.getvalue().split("\n")


@pytest.mark.parametrize(
    ("number", "words", "more"),
    [(2, "2", ""), (5, "5", ""), (6, "6", " and 1 more"), (1300, "1,300", " and 1,295 more")],
)
def test_the_first_places_of_a_problem_are_named(number: int, words: str, more: str) -> None:
    run = run_of(*(finding(line) for line in range(1, number + 1)))
    first = [f"a.md:{line}" for line in range(1, min(number, 5) + 1)]
    told = f"in {words} places in 1 article"
    lists_all = f"{more} (--verbose lists all)" if more else ""
    assert f"         {told}: {', '.join(f'{each}:6' for each in first)}{lists_all}" in in_text(run)
    assert f"  <br>{told}: {', '.join(f'`{each}`' for each in first)}{more}" in in_markdown(run)


@pytest.mark.parametrize(
    ("number", "listed", "more"), [(2, 1, []), (10, 9, []), (11, 9, ["           1 more (--verbose lists all)"])]
)
def test_places_with_other_messages_are_listed_with_these(number: int, listed: int, more: list[str]) -> None:
    run = run_of(finding(1), *(finding(line, message=f"status {line}") for line in range(2, number + 1)))
    lines = in_text(run)
    start = lines.index(f"         in {number} places in 1 article, also:") + 1
    expected = [f"           a.md:{line}:6: status {line}" for line in range(2, 2 + listed)]
    assert lines[start : lines.index("", start)] == [*expected, *more]


def others(number: int, severity: Severity = ERROR) -> list[Finding]:
    """Findings of problems of their own."""
    return [finding(line, severity=severity, cause=Cause(CauseKind.ARTICLE, f"{severity}{line}")) for line in range(number)]


def test_many_problems_are_shown_in_two_lines_the_errors_first() -> None:
    few = in_text(run_of(*others(50)))
    assert sum(line.startswith("a.md:") for line in few) == 0
    many = in_text(run_of(*others(50, WARNING), finding(77, hint="Remove it."), *others(1)))
    assert many[:4] == [
        "a.md:77:6: error LC201 it is gone  https://a.example/",
        "  \u2192 Remove it.",
        "a.md:0:6: error LC201 it is gone  https://a.example/",
        "a.md:0:6: warning LC201 it is gone  https://a.example/",
    ]


def test_many_problems_are_shown_with_what_they_were_and_where_else_they_are() -> None:
    twice = (finding(77, hint="Remove it."), finding(78, hint="Remove it."))
    was = {twice[0].problem: {"change": STILL, "first_seen": DAY, "runs": 2}}
    once = {each.problem: {"change": STILL, "first_seen": DAY, "runs": 1} for each in others(50)}
    lines = in_text(run_of(*others(50), *twice, changes={**was, **once}))
    start = lines.index("a.md:77:6: error LC201 it is gone  https://a.example/")
    assert lines[start + 1 : start + 4] == [
        "  \u2192 Remove it. (first seen 2026-11-21, in 2 runs in a row)",
        "  in 2 places in 1 article: a.md:77:6, a.md:78:6",
        "",
    ]


@pytest.mark.parametrize(("number", "more"), [(20, None), (21, 1), (1220, 1200)])
def test_problems_that_are_fixed_are_listed_up_to_a_number(number: int, more: int | None) -> None:
    first = finding(4, url="https://b.example/", message="it was gone")
    fixed = tuple(problem(first=first, places=0, articles=0, change=FIXED, first_seen=DAY) for _ in range(number))
    run = run_of(fixed=fixed)
    lines = in_text(run)
    start = lines.index(f"Fixed ({number:,})") + 2
    assert lines[start] == "  a.md:4: LC201 it was gone  https://b.example/ (first seen 2026-11-21)"
    told = [] if more is None else [f"  {more:,} more; the JSON report lists all"]
    assert lines[start + 20 : lines.index("", start)] == told
    page = in_markdown(run)
    start = page.index(f"<details><summary>Fixed ({number:,})</summary>") + 2
    assert page[start] == "- `a.md:4` `LC201` it was gone `https://b.example/`"
    told = [] if more is None else ["", f"{more:,} more; see the JSON report."]
    assert page[start + 20 : page.index("</details>") - 1] == told


def test_a_fixed_problem_without_a_history_or_an_article() -> None:
    run = run_of(fixed=(problem(change=FIXED, first=finding(1, path="", url=None)),))
    assert "  :1: LC201 it is gone" in in_text(run)
    assert "- `linkcheck itself` `LC201` it is gone" in in_markdown(run)


def test_a_page_of_markdown_that_is_full_counts_the_rest() -> None:
    found = others(50)
    page = in_markdown(run_of(*found), most=1500)
    shown = sum(line.startswith("- line ") for line in page)
    assert 0 < shown < 50
    assert f"{50 - shown} more problems; see the other reports." in page
    new = in_markdown(run_of(*others(9, WARNING), *found, changes={each.problem: {"change": NEW} for each in found}), 3000)
    assert new[new.index("### New (50)") + 2] == "- `a.md:0` **error** `LC201` it is gone"


def test_what_is_new_and_does_not_fit_in_full_is_one_line_each_with_its_extent() -> None:
    found = [finding(77), finding(78), *others(50)]
    page = in_markdown(run_of(*found, changes={each.problem: {"change": NEW} for each in found}), most=3000)
    start = page.index("### New (51)")
    assert page[start + 2 : start + 4] == [
        "- `a.md:77` **error** `LC201` it is gone (in 2 places in 1 article)",
        "- `a.md:0` **error** `LC201` it is gone",
    ]


def test_the_statistics_are_those_of_open_problems_by_rule() -> None:
    ignored = finding(5, cause=Cause(CauseKind.ARTICLE, "x"), status=Status.IGNORED)
    info = finding(6, cause=Cause(CauseKind.ARTICLE, "y"), severity=INFO)
    other = replace(finding(7, severity=WARNING, cause=Cause(CauseKind.ARTICLE, "z")), code="LC101", name="long-name")
    fixed = problem(change=FIXED)
    twice = (finding(1), finding(2))
    assert in_text(run_of(other, *twice, ignored, info, fixed=(fixed,)), statistics=True)[:3] == [
        "1  error    LC201  dead       in 2 places",
        "1  warning  LC101  long-name",
        "",
    ]


def written(report: Any, run: ListedRun) -> str:
    stream = io.StringIO()
    report.write(run, stream, ReportOptions())
    return stream.getvalue()


@pytest.mark.parametrize(("number", "more"), [(10, ""), (11, r"\n1 more"), (1300, r"\n1,290 more")])
def test_a_message_for_slack_counts_the_problems_that_it_does_not_name(number: int, more: str) -> None:
    message = written(slack, run_of(*others(number)))
    assert message.count("LC201") == 10
    assert f"*Problems ({number:,})*" in message
    assert message.count(" more") == bool(more)
    assert more in message


def test_a_message_for_slack_names_as_many_problems_as_fit() -> None:
    long = [
        replace(
            each, message="m" * 900, url="https://a.example/" + "u" * 900, location=replace(each.location, path="p" * 900)
        )
        for each in others(10)
    ]
    message = written(slack, run_of(*long))
    named = message.count("LC201")
    assert 8 <= named < 11
    assert (f"{10 - named} more" in message) is (named < 10)
    assert len(message) < 13_000


@pytest.mark.parametrize(("number", "more"), [(25, 0), (26, 1)])
def test_a_digest_counts_the_problems_that_it_does_not_name(number: int, more: int) -> None:
    digest = written(webhook, run_of(*others(number)))
    assert digest.count('"LC201"') == 25
    assert f'"more":{more}' in digest.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "place", "posted"),
    [
        ("slack", "https://a.example/", True),
        ("webhook", "http://a.example/", True),
        ("webhook", "env:URL", True),
        ("slack", "./env:URL", False),
        ("slack", "report.json", False),
        ("slack", None, False),
        ("json", "https://a.example/", False),
        ("json", "env:URL", False),
    ],
)
def test_only_messages_are_sent(name: str, place: str | None, posted: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_posted(name, place) is posted
