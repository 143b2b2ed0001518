"""What the Markdown report leaves out, and what it ends with."""

import io
from typing import Any

import pytest
from msgspec.structs import replace
from sample_runs import ListedRun, empty_run

from linkcheck.model import Cause, CauseKind, Comparison, Finding, Location, ProblemChange, Severity, Span
from linkcheck.report import ReportOptions
from linkcheck.report.markdown import write, write_limited
from linkcheck.report.summary_text import scope

FACTS = replace(empty_run().facts, articles=2)


def finding(number: int = 1, path: str = "a.md", **more: Any) -> Finding:
    """A finding that is a problem of its own."""
    url = f"https://a.example/{number}"
    usual = {"severity": Severity.WARNING, "message": "it is gone", "url": url, "cause": Cause(CauseKind.TARGET, url)}
    return Finding("LC201", "dead", location=Location(path, Span(number, 6, number, 9), "/url"), **{**usual, **more})


def written(*findings: Finding, **facts: Any) -> str:
    stream = io.StringIO()
    write(ListedRun(replace(FACTS, **facts), all_findings=findings), stream, ReportOptions())
    return stream.getvalue()


@pytest.mark.parametrize(
    ("facts", "more"),
    [({}, ""), ({"accepted": 2}, "; 2 accepted"), ({"ignored": 1, "unchanged": 3}, "; 3 unchanged, 1 ignored")],
)
def test_a_run_without_problems_ends_with_what_was_checked(facts: dict[str, Any], more: str) -> None:
    text = written(**facts)
    assert text.endswith(f"\n\n{scope(FACTS)}{more}.\n")
    assert "#### Summary" not in text


def test_a_run_with_problems_has_a_summary_below_them() -> None:
    text = written(finding())
    assert text.endswith(f"  <br>`https://a.example/1`\n\n#### Summary\n\n{scope(FACTS)}.\n")
    assert "Still there" not in text


def test_a_run_with_a_history_has_sections_for_what_changed() -> None:
    findings = tuple(finding(number) for number in (1, 2, 3))
    kinds = (ProblemChange.STILL, ProblemChange.WORSE, ProblemChange.NEW)
    changes: dict[str, dict[str, object]] = {
        each.problem: {"change": kind} for each, kind in zip(findings, kinds, strict=True)
    }
    stream = io.StringIO()
    write(ListedRun(CHANGED, all_findings=findings, changes=changes), stream, ReportOptions())
    titles = [line for line in stream.getvalue().splitlines() if line.startswith("### ")]
    assert titles[1:] == ["### New (1)", "### Worse (1)", "### Still there (1)"]


@pytest.mark.parametrize(
    ("number", "more"), [(1, []), (20, []), (21, ["- 1 more reasons"]), (1_220, ["- 1,200 more reasons"])]
)
def test_the_reasons_are_limited_and_the_most_frequent_come_first(number: int, more: list[str]) -> None:
    text = written(not_checked={f"reason {each:04}": 1 + each for each in range(number)})
    lines = text.partition("Not checked:\n\n")[2].splitlines()
    shown = [f"- {each + 1:,} link{'s' * (each > 0)}: reason {each:04}" for each in range(number - 1, -1, -1)[:20]]
    assert lines == [*shown, *more]


@pytest.mark.parametrize("number", [20, 21])
def test_the_notices_are_limited(number: int) -> None:
    text = written(notices=tuple(f"notice {each}" for each in range(number)))
    assert text.endswith("Notices:\n\n" + "".join(f"- notice {each}\n" for each in range(20)))


@pytest.mark.parametrize(("length", "is_cut"), [(298, False), (299, True)])
def test_the_name_of_a_place_is_cut(length: int, *, is_cut: bool) -> None:
    path = f"{'a' * (length - 3)}.md"
    stream = io.StringIO()
    places = (finding(1, path), finding(2, path, url=finding().url, cause=finding().cause))
    write(ListedRun(FACTS, all_findings=places), stream, ReportOptions())
    named = stream.getvalue().partition("places in 1 article: ")[2].partition(",")[0].strip("`")
    assert named == (f"{f'{path}:1'[:299]}…" if is_cut else f"{path}:1")


CHANGED = replace(FACTS, comparison=Comparison("2026-11-21T04:00:00Z", new=3, fixed=0, still=0))


@pytest.mark.parametrize(
    ("most", "shown", "left"),
    [
        pytest.param(2_200, "ABC", None, id="in full, in the order of the articles"),
        pytest.param(1_600, "CAB", None, id="in short, errors first"),
        pytest.param(1_250, "CA", "1 more problem", id="two of them"),
        pytest.param(1_000, "C", "2 more problems", id="the error"),
        pytest.param(0, "", "3 more problems", id="only their number"),
    ],
)
def test_new_problems_are_shortened_before_they_are_left_out(most: int, shown: str, left: str | None) -> None:
    severities = {"A": Severity.WARNING, "B": Severity.WARNING, "C": Severity.ERROR}
    findings = tuple(
        finding(number, message=f"page {name} is gone{' for good' * 40}", severity=severity)
        for number, (name, severity) in enumerate(severities.items(), start=1)
    )
    changes: dict[str, dict[str, object]] = {each.problem: {"change": ProblemChange.NEW} for each in findings}
    stream = io.StringIO()
    write_limited(ListedRun(CHANGED, all_findings=findings, changes=changes), stream, ReportOptions(), most=most)
    text = stream.getvalue()
    there = [each for each in severities if f"page {each}" in text]
    assert "".join(sorted(there, key=lambda each: text.index(f"page {each}"))) == shown
    assert ("…" in text) == (shown.startswith("C"))
    assert (f"\n{left}; see the other reports.\n" in text) if left else ("see the other reports" not in text)
    assert text.endswith(f"\n#### Summary\n\n{scope(FACTS)}.\n")
