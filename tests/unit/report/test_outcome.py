"""The first line of a report on a run with a history."""

import io
from typing import Any

import pytest
from msgspec.structs import replace
from sample_runs import ListedRun, empty_run

from linkcheck.model import Comparison, Severity, Summary
from linkcheck.report import ReportOptions, html
from linkcheck.report.summary_text import outcome
from linkcheck.report.terminal import Style, glyphs
from linkcheck.report.text_page import TextPage
from linkcheck.report.text_problems import write_outcome

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("severities", "open_errors", "options", "expected"),
    [
        ({}, 0, {}, "Passed: nothing changed"),
        ({"new": {ERROR: 2, WARNING: 1}}, 2, {}, "Failed: 2 new errors, 1 new warning"),
        ({"worse": {ERROR: 1}}, 1, {}, "Failed: 1 warning became an error"),
        ({"worse": {ERROR: 2, WARNING: 1}}, 2, {}, "Failed: 2 warnings became errors, 1 info became a warning"),
        ({"still": {ERROR: 1, WARNING: 3}}, 1, {}, "Failed: nothing changed; 1 error and 3 warnings remain"),
        ({"still": {ERROR: 1}}, 1, {}, "Failed: nothing changed; 1 error remains"),
        ({"fixed": {ERROR: 2}}, 0, {}, "Passed: 2 fixed"),
        ({"not-checked": {ERROR: 1}}, 0, {}, "Passed: 1 error could not be checked"),
        ({"still": {ERROR: 3}, "again": {ERROR: 1}}, 3, {}, "Failed: 1 error checked again; 2 errors remain"),
        ({"still": {ERROR: 1}, "again": {ERROR: 1}}, 1, {}, "Failed: 1 error checked again"),
        (
            {"still": {ERROR: 1}, "more-articles": {ERROR: 2}},
            1,
            {},
            "Failed: known problems in 2 more articles; 1 error remains",
        ),
        ({"new": {ERROR: 1}}, 1, {"most_problems": 5}, "Passed: 1 new error (5 problems allowed)"),
        ({"new": {ERROR: 6}}, 6, {"most_problems": 5}, "Failed: 6 new errors (5 problems allowed)"),
        ({"new": {WARNING: 1}}, 0, {"failing": ()}, "1 new warning"),
        ({"new": {ERROR: 1}}, 1, {"complete": False}, "Incomplete: 1 new error"),
    ],
)
def test_the_outcome_says_why(
    severities: dict[str, dict[Severity, int]], open_errors: int, options: dict[str, Any], expected: str
) -> None:
    complete = options.pop("complete", True)
    fixed = sum(severities.get("fixed", {}).values())
    comparison = Comparison(since="2026-11-21T04:00:00Z", new=0, fixed=fixed, still=0, severities=severities)
    facts = replace(
        empty_run().facts,
        complete=complete,
        articles=9,
        comparison=comparison,
        problems={ERROR: open_errors, WARNING: 0, Severity.INFO: 0},
    )
    assert outcome(facts, ReportOptions(**options)) == expected


def test_numbers_of_an_earlier_layout_have_no_severities() -> None:
    comparison = Comparison(since="2026-11-21T04:00:00Z", new=1, fixed=0, still=0)
    assert outcome(replace(empty_run().facts, comparison=comparison), ReportOptions()) is None


def compared(kind: str | None, *, complete: bool = True) -> Summary:
    """A run with two errors in three places, of which an earlier one had as many; without one if `kind` is None."""
    severities = {} if kind is None else {kind: {ERROR: 2}}
    comparison = None if kind is None else Comparison("2026-11-21T04:00:00Z", new=0, fixed=0, still=2, severities=severities)
    number = 0 if kind == "fixed" else 2
    found = {ERROR: number, WARNING: 0, Severity.INFO: 0}
    places = {**found, ERROR: number + bool(number)}
    return replace(empty_run().facts, articles=9, complete=complete, comparison=comparison, problems=found, findings=places)


@pytest.mark.parametrize(
    ("kind", "complete", "line"),
    [
        ("new", True, "\x1b[1;31mFailed: 2 new errors\x1b[0m\n\n"),
        ("fixed", True, "\x1b[1mPassed: nothing changed\x1b[0m\n\n"),
        ("new", False, "\x1b[1mIncomplete: 2 new errors\x1b[0m\n\n"),
        (None, True, ""),
    ],
)
def test_only_a_failure_is_red(kind: str | None, complete: bool, line: str) -> None:  # noqa: FBT001 - a table's column
    stream = io.StringIO()
    facts = compared(kind, complete=complete)
    write_outcome(ListedRun(facts), TextPage(stream, ReportOptions(), Style(color=True), glyphs("utf-8")))
    assert stream.getvalue() == line


@pytest.mark.parametrize(
    ("kind", "found"),
    [(None, "In 3 places. 9 articles"), ("new", "2 errors in 3 places. 9 articles"), ("fixed", "9 articles")],
)
def test_a_page_has_the_numbers_that_its_sentence_lacks(kind: str | None, found: str) -> None:
    stream = io.StringIO()
    html.write(ListedRun(compared(kind)), stream, ReportOptions())
    assert f'<p class="scope">{found}' in stream.getvalue()
