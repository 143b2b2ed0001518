"""What formats for programs and the rows of the page say of single findings and runs."""

import errno
import io
import json
import os
import sys
from collections import Counter
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sample_runs import ListedRun, empty_run

from linkcheck.errors import IncompleteError
from linkcheck.model import (
    Answer,
    Article,
    Cause,
    CauseKind,
    Claim,
    Comparison,
    Expectations,
    Fact,
    Finding,
    Hop,
    HostRecord,
    Link,
    LinkRecord,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Problem,
    ProblemChange,
    Role,
    Severity,
    Span,
    Status,
    Target,
    TargetRecord,
    Verdict,
    VerdictKind,
)
from linkcheck.report import ReportOptions, csv, files, html, html_rows, json_records, sarif
from linkcheck.report.escape import cells
from linkcheck.report.html_rows import PageProblem, PageRows, chosen, host_rank, problem_rank, shares
from linkcheck.report.terminal import Color, Style

CAUSE = Cause(CauseKind.TARGET, "https://a.example/")
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def finding(line: int = 4, **more: Any) -> Finding:
    usual = {"severity": ERROR, "message": "it is gone", "url": CAUSE.value, "cause": CAUSE}
    return Finding("LC201", "dead", location=Location("a.md", Span(line, 6, line, 9), "/url"), **{**usual, **more})


def row(*findings: Finding, **options: Any) -> dict[str, Any]:
    """The row of the only problem, by the names of its fields."""
    rows = PageRows(ListedRun(empty_run().facts, all_findings=findings), ReportOptions(**options))
    (values,) = json.loads("".join(rows.island()))["problems"]
    return dict(zip(PageProblem.__struct_fields__, values, strict=True))


@pytest.mark.parametrize(
    ("name", "words"),
    {
        "status": "status",
        "failure": "failure",
        "expected": "expected value",
        "suggestion": "suggestion",
        "final_url": "leads to",
        "leads_to": "leads to",
        "refresh": "forwards to",
        "media_type": "media type",
        "format": "image format",
        "bytes": "bytes",
        "title": "title of the page",
        "published": "date of the page",
        "canonical": "canonical URL of the page",
        "canonicals": "canonical URLs of the page",
        "amphtml": "AMP URL of the page",
        "og_url": "og:url of the page",
        "json_ld_url": "URL in the page's JSON-LD",
        "page_image": "image of the page",
        "challenge": "bot check",
        "vendor": "bot check of",
        "certificate_ends": "certificate expires",
        "days_left": "days left",
        "domain": "domain",
        "unavailable_after": "unavailable after",
        "date": "date",
        "tried": "files that do not exist",
        "nearby": "similar files",
        "removed": "removed file",
        "missing_folder": "missing folder",
        "missing_root": "missing folder",
        "folder": "folder",
        "folders": "folders",
        "links": "links",
        "pages": "pages",
        "gone": "pages that are gone",
        "keys": "properties",
        "schema": "schema",
        "exclude": "pattern",
        "reason": "reason",
        "unpublished": "not published",
        "not_fixed": "why `linkcheck fix` leaves it",
    }.items(),
)
def test_a_fact_is_shown_in_words(name: str, words: str) -> None:
    assert row(finding(facts={name: "b"}))["facts"] == [[words, ["b"]]]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("b", ["b"]),
        (7, ["7"]),
        (0, ["0"]),
        (("b", "c"), ["b", "c"]),
        (tuple(f"b{number}" for number in range(30)), [f"b{number}" for number in range(20)]),
        (True, ["True"]),
        (False, None),
        (None, None),
        ("", None),
        ((), None),
        ("gone", None),
        (CAUSE.value, None),
    ],
)
def test_a_fact_is_shown_if_it_is_new(value: Fact, shown: list[str] | None) -> None:
    assert row(finding(facts={"title": value}))["facts"] == ([] if shown is None else [["title of the page", shown]])


@pytest.mark.parametrize(
    ("facts", "measured"),
    [
        ({}, None),
        ({"width": 3, "height": 2.5}, [3, 2.5]),
        ({"width": 3}, [3, None]),
        ({"height": 2}, [None, 2]),
        ({"width": 0, "height": -1}, None),
        ({"width": True, "height": "2"}, None),
        ({"width": 1e9, "height": 999_999_999}, [None, 999_999_999]),
    ],
)
def test_a_measured_size_has_two_sides(facts: dict[str, Fact], measured: list[float | None] | None) -> None:
    assert row(finding(facts=facts))["measured"] == measured


@pytest.mark.parametrize(
    ("other", "note"),
    [
        ({}, None),
        ({"message": "it moved"}, "it moved"),
        ({"message": "it moved", "url": "https://b.example/"}, "it moved"),
        ({"url": "https://b.example/"}, "https://b.example/"),
        ({"url": None}, None),
    ],
)
def test_a_further_place_has_what_differs(other: dict[str, Any], note: str | None) -> None:
    listed = row(finding(), finding(5, **other))["listed"]
    assert listed == [["a.md", 4, 6, None, None], ["a.md", 5, 6, note, None]]


def test_the_places_in_the_facts_are_paths_with_lines() -> None:
    places = ("b.md:7", "c:d.md:8", "e.md", ":9", "f.md:x")
    assert row(finding(facts={"places": places}))["others"] == [["b.md", 7, 1, None, None], ["c:d.md", 8, 1, None, None]]
    assert row(finding(facts={"places": "b.md:7"}))["others"] == []


@pytest.mark.parametrize("path", ["./a.md", "/a.md", "a/../b.md", "a//b.md", "a\tb.md"])
def test_a_path_that_the_page_cannot_quote_has_an_address(path: str) -> None:
    odd = replace(finding(), location=replace(finding().location, path=path))
    repository = {"repository_url": "https://a.example/{path}#{line}"}
    (found,) = row(odd, **repository)["listed"]
    assert found[4] is not None
    assert row(finding(), **repository)["listed"][0][4] is None


def problem(
    change: ProblemChange | None, severity: Severity = ERROR, status: Status = Status.OPEN, places: int = 1
) -> Problem:
    return Problem(id="1", first=finding(severity=severity, status=status), cause=CAUSE, places=places, change=change)


def test_the_rank_of_a_problem() -> None:
    new, worse, still, fixed = (ProblemChange(each) for each in ("new", "worse", "still", "fixed"))
    ranked = [
        problem(new, places=2),
        problem(new),
        problem(new, WARNING, places=9),
        problem(worse),
        problem(still),
        problem(None, WARNING),
        problem(fixed),
        problem(still, INFO),
        problem(new, status=Status.IGNORED),
    ]
    ranks = [(0, 0, -2), (0, 0, -1), (0, 1, -9), (1, 0, -1), (2, 0, -1), (2, 1, -1), (3, 0, -1), (4, 2, -1), (5, 0, -1)]
    assert list(map(problem_rank, ranked)) == ranks
    assert problem_rank(problem(None, INFO)) == (4, 2, -1)


def test_the_rank_of_a_host_is_its_worst_verdict() -> None:
    kinds = ("dead", "unreachable", "suspect", "moved", "blocked")
    for index in range(len(kinds)):
        verdicts = {VerdictKind(each): 3 for each in kinds[index:]} | {VerdictKind.OK: 9}
        assert host_rank(HostRecord("a.example", verdicts, 1, 1.0, 1.0)) == (index, -3)
    assert host_rank(HostRecord("a.example", {VerdictKind.OK: 9, VerdictKind.SKIPPED: 1}, 1, 1.0, 1.0)) == ()


def test_the_rows_of_the_lowest_ranks_are_chosen_in_their_order() -> None:
    ranks: Counter[html_rows.Rank] = Counter({(1,): 2, (0,): 3, (2,): 5})
    assert shares(ranks, 4) == {(0,): 3, (1,): 1}
    assert shares(ranks, 5) == {(0,): 3, (1,): 2}
    assert shares(ranks, 99) == ranks
    rows = [(2, "a"), (1, "b"), (0, "c"), (1, "d"), (0, "e"), (0, "f")]
    assert list(chosen(rows, lambda each: (each[0],), shares(ranks, 4))) == [(1, "b"), (0, "c"), (0, "e"), (0, "f")]


def test_a_row_of_an_article_that_the_run_does_not_have_is_in_no_group() -> None:
    stream = io.StringIO()
    articles = (Article("0.md", data={"by": "Ada"}),)
    run = ListedRun(empty_run().facts, all_findings=(finding(),), all_articles=articles)
    csv.write(run, stream, ReportOptions(group_by="by"))
    assert stream.getvalue().split("\r\n")[1].endswith(',""')


def test_why_a_run_is_incomplete_is_a_warning_for_code_scanning() -> None:
    stream = io.StringIO()
    facts = replace(empty_run().facts, complete=False, incomplete_because="it was stopped.")
    sarif.write(ListedRun(facts), stream, ReportOptions())
    (invocation,) = json.loads(stream.getvalue())["runs"][0]["invocations"]
    assert invocation == {
        "executionSuccessful": False,
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": "Incomplete: it was stopped"}}],
    }


def test_a_finding_without_a_file_is_about_the_root_for_code_scanning() -> None:
    stream = io.StringIO()
    run = replace(finding(), location=Location("", Span(1, 1, 1, 1), ""))
    sarif.write(ListedRun(empty_run().facts, all_findings=(run,)), stream, ReportOptions())
    (result,) = json.loads(stream.getvalue())["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": ".", "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(("url", "shown"), [(None, None), ("", ""), ("/a", "/a")])
def test_a_problem_may_have_no_url(url: str | None, shown: str | None) -> None:
    assert row(finding(url=url))["url"] == shown


def page(run: ListedRun) -> str:
    """The part of the page that is there without scripts."""
    stream = io.StringIO()
    html.write(run, stream, ReportOptions())
    return stream.getvalue().partition("<noscript>")[2]


@pytest.mark.parametrize(("places", "more"), [(1, ""), (html.STATIC_PLACES, ""), (html.STATIC_PLACES + 1, " and 1 more")])
def test_the_places_of_a_problem_are_limited_without_scripts(places: int, more: str) -> None:
    text = page(ListedRun(empty_run().facts, all_findings=tuple(finding(line) for line in range(4, 4 + places))))
    assert text.count("a.md:") == min(places, html.STATIC_PLACES)
    assert (" more</span>" in text) == bool(more)
    assert more in text


def test_what_changed_comes_first_without_scripts() -> None:
    facts = replace(empty_run().facts, comparison=Comparison("2026-11-21T04:00:00Z", new=1, fixed=0, still=1, worse=1))
    known, new, worse = (finding(line, cause=Cause(CauseKind.TARGET, f"https://a.example/{line}")) for line in (4, 5, 6))
    changes: dict[str, dict[str, object]] = {
        known.problem: {"change": ProblemChange.STILL},
        new.problem: {"change": ProblemChange.NEW},
        worse.problem: {"change": ProblemChange.WORSE},
    }
    text = page(ListedRun(facts, all_findings=(known, new, worse), changes=changes))
    parts = ("New and worse", "a.md:5", "a.md:6", "Errors and warnings", "a.md:4")
    assert [text.count(part) for part in parts] == [1] * 5
    assert sorted(parts, key=text.index) == [*parts]


def test_marks_around_a_character_take_no_cell() -> None:
    assert [cells(f"a{mark}") for mark in ("\u0301", "\u20dd", "\u200d", "\u0903")] == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("color", "code"),
    {
        Color.RED: "31",
        Color.GREEN: "32",
        Color.YELLOW: "33",
        Color.BLUE: "34",
        Color.MAGENTA: "35",
        Color.CYAN: "36",
        Color.DIM: "2",
        Color.BOLD: "1",
        Color.BOLD_RED: "1;31",
        Color.BOLD_GREEN: "1;32",
        Color.BOLD_YELLOW: "1;33",
        Color.UNDERLINE: "4",
    }.items(),
)
def test_a_color_is_a_sequence_of_the_terminal(color: Color, code: str) -> None:
    assert Style(color=True).paint("x", color) == f"\x1b[{code}mx\x1b[0m"
    assert Style(color=True).paint("", color) == ""
    assert Style(color=True).paint("x") == "x"


class Output(io.StringIO):
    """Standard output that fails when it is flushed, and that keeps how it was set up."""

    def __init__(self, error: OSError | None) -> None:
        super().__init__()
        self.error = error
        self.options: dict[str, str] = {}

    def reconfigure(self, **options: str) -> None:
        self.options = options

    def flush(self) -> None:
        if self.error is not None:
            raise self.error


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (None, None),
        (BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)), None),
        (OSError(errno.ENOSPC, "No space left"), "No space left (errno 28)"),
        (OSError("it is odd"), "it is odd"),
    ],
)
def test_output_that_fails_is_an_error_unless_no_one_reads_it(
    error: OSError | None, why: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = Output(error)
    monkeypatch.setattr(sys, "stdout", output)
    found = None
    try:
        with files.standard_output() as stream:
            stream.write("x")
    except IncompleteError as failed:
        found = str(failed)
    assert found == (None if why is None else f"The report could not be written to standard output: {why}.")
    assert output.options == {"encoding": "utf-8", "errors": "backslashreplace", "newline": ""}
    output.error = None


@pytest.mark.parametrize(
    ("urls", "first"), [((), None), (("https://a.example/amp",), "https://a.example/amp"), (("/1", "/2"), "/1")]
)
def test_of_several_urls_that_a_page_declares_the_first_is_recorded(urls: tuple[str, ...], first: str | None) -> None:
    facts = PageFacts(title="A", canonicals=urls, amphtml=urls[::-1], is_amp=True)
    page_target = Target("https://a.example/", Probe.PAGE, "a.example")
    outcome = Outcome(page_target.url, Probe.PAGE, Answer(200, page_target.url, page=facts))
    recorded = TargetRecord(page_target, Verdict(VerdictKind.OK, "200 OK"), outcome)
    assert msgspec.to_builtins(json_records.target(recorded).page) == {
        "title": "A",
        "canonical": first,
        "amphtml": urls[-1] if urls else None,
        "is_amp": True,
    }


@pytest.mark.parametrize(
    ("role", "url", "picture"),
    [
        (Role.IMAGE, "https://a.example/a.png", "https://a.example/a.png"),
        (Role.LINK, "https://a.example/a.png", None),
        (Role.IMAGE, "data:image/png;base64,AA", None),
        (Role.IMAGE, f"https://a.example/{'a' * (html_rows.LONGEST_URL - 18)}", "itself"),
        (Role.IMAGE, f"https://a.example/{'a' * (html_rows.LONGEST_URL - 17)}", None),
    ],
)
def test_what_the_page_knows_of_the_link_of_a_problem(role: Role, url: str, picture: str | None) -> None:
    found = finding(url=url)
    verdict = Verdict(VerdictKind.MOVED, "moved")
    linked = LinkRecord(
        Link(found.location, role, url, wants=Expectations(width=Claim(3, found.location))),
        Target(url, Probe.IMAGE, "a.example"),
        verdict,
        chain=(Hop(url, 301, "/b"),),
    )
    run = ListedRun(empty_run().facts, all_findings=(found,), link_records=(linked,))
    (values,) = json.loads("".join(PageRows(run, ReportOptions()).island()))["problems"]
    page_row = dict(zip(PageProblem.__struct_fields__, values, strict=True))
    names = ("role", "verdict", "picture", "declared")
    assert [page_row[name] for name in names] == [role, "moved", url if picture == "itself" else picture, [3, None]]
    assert [hop[1] for hop in page_row["hops"]] == [301]
