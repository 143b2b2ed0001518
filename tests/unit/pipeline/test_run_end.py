"""How a run ends: why it is incomplete, its exit code, and what it refuses before it begins."""

import signal
from pathlib import Path
from typing import Any

import pytest
from systems import posix_only

from linkcheck.config import Config, Settings
from linkcheck.errors import Exit, UsageError
from linkcheck.judge import RunFacts
from linkcheck.ledger import open_ledger
from linkcheck.model import Severity, Summary
from linkcheck.pipeline import Incompleteness, RunContext, check_outputs, exit_code, find_incompleteness
from linkcheck.pipeline.context import RunOptions
from linkcheck.pipeline.crawl_step import CrawlSummary

ONLY = "results cover only what was checked"


@pytest.mark.parametrize(
    ("crawl", "late", "interrupted", "write_error", "facts", "because", "code"),
    [
        pytest.param(None, None, None, None, {}, None, None, id="nothing"),
        pytest.param("no network.", None, None, None, {}, f"no network; {ONLY}", Exit.INCOMPLETE, id="the crawl"),
        pytest.param(None, "late", None, None, {}, f"late; {ONLY}", Exit.INCOMPLETE, id="the time limit"),
        pytest.param(None, "late", 2, None, {}, f"interrupted; {ONLY}", Exit.INCOMPLETE, id="a signal"),
        pytest.param("interrupted", None, 2, None, {}, f"interrupted; {ONLY}", Exit.INCOMPLETE, id="a signal in the crawl"),
        pytest.param("no network", "late", 2, None, {}, f"no network; {ONLY}", Exit.INCOMPLETE, id="the crawl first"),
        pytest.param(
            *(None, None, None, "the disk is full", {}),
            "the disk is full; the results are in the reports but not in the history",
            Exit.INCOMPLETE,
            id="the history",
        ),
        pytest.param(
            *(None, None, None, None, {"not_in_replay": 1}),
            f"the replay file has no response for one link; {ONLY}",
            Exit.INCOMPLETE,
            id="a link that is not in the replay file",
        ),
        pytest.param(
            *(None, None, None, None, {"not_in_replay": 1_204, "internal_errors": 1}),
            f"the replay file has no response for 1,204 links; {ONLY}",
            Exit.INCOMPLETE,
            id="links that are not in the replay file before internal errors",
        ),
        pytest.param(
            *(None, None, None, None, {"internal_errors": 2}),
            "internal error while checking 2 links; please report it",
            Exit.INTERNAL,
            id="internal errors",
        ),
        pytest.param(
            *("no network", None, None, "the disk is full", {"internal_errors": 2}),
            f"no network; {ONLY}",
            Exit.INCOMPLETE,
            id="the crawl before the history",
        ),
    ],
)
def test_the_most_severe_reason_is_told(  # noqa: PLR0917 - what a run can meet
    crawl: str | None,
    late: str | None,
    interrupted: int | None,
    write_error: str | None,
    facts: dict[str, int],
    because: str | None,
    code: Exit | None,
) -> None:
    ledger = open_ledger(None, stamp=lambda: "")
    ledger.write_error = write_error
    run = RunFacts(articles=1, links=1, **facts)  # type: ignore[arg-type]
    found = find_incompleteness(CrawlSummary(because=crawl), ledger, run, interrupted=interrupted, late=late)
    ledger.close()
    assert found == (None if because is None or code is None else Incompleteness(because, code))


def options(**settings: Any) -> RunOptions:
    return RunContext(Config(settings=Settings(**settings), root=".")).run


def summary(**findings: int) -> Summary:
    counts = {severity: findings.get(severity.value, 0) for severity in Severity}
    return Summary(
        started="",
        seconds=0.0,
        complete=True,
        articles=0,
        links=0,
        targets=0,
        requests=0,
        verdicts={},
        findings={severity: 10 * number for severity, number in counts.items()},
        problems=counts,
    )


@pytest.mark.parametrize(
    ("settings", "findings", "expected"),
    [
        pytest.param({}, {}, Exit.OK, id="nothing was found"),
        pytest.param({}, {"error": 1}, Exit.FINDINGS, id="an error"),
        pytest.param({"fail_on": "error"}, {"error": 1}, Exit.FINDINGS, id="an error, fail on errors"),
        pytest.param({"fail_on": "error"}, {"warning": 1, "info": 1}, Exit.OK, id="a warning, fail on errors"),
        pytest.param({"fail_on": "warning"}, {"error": 1}, Exit.FINDINGS, id="an error, fail on warnings"),
        pytest.param({"fail_on": "warning"}, {"warning": 1}, Exit.FINDINGS, id="a warning, fail on warnings"),
        pytest.param({"fail_on": "warning"}, {"info": 1}, Exit.OK, id="an info, fail on warnings"),
        pytest.param({"fail_on": "info"}, {"info": 1}, Exit.FINDINGS, id="an info, fail on infos"),
        pytest.param({"fail_on": "never"}, {"error": 1}, Exit.OK, id="an error, never fail"),
        pytest.param({"exit_zero": True}, {"error": 1}, Exit.OK, id="an error, exit with zero"),
        pytest.param({"max_problems": 2}, {"error": 2, "warning": 3}, Exit.OK, id="as many errors as allowed"),
        pytest.param({"max_problems": 2}, {"error": 3}, Exit.FINDINGS, id="more errors than allowed"),
        pytest.param({"max_problems": 2, "fail_on": "info"}, {"error": 1, "info": 2}, Exit.FINDINGS, id="more of all"),
        pytest.param({"max_problems": 2, "exit_zero": True}, {"error": 3}, Exit.OK, id="more, exit with zero"),
    ],
)
@pytest.mark.usefixtures("here")
def test_findings_decide_the_exit_code(settings: dict[str, Any], findings: dict[str, int], expected: Exit) -> None:
    assert exit_code(options(**settings), summary(**findings), None, interrupted=None) == expected


@pytest.mark.parametrize("settings", [{}, {"exit_zero": True}, {"fail_on": "never"}])
@pytest.mark.usefixtures("here")
def test_an_incomplete_run_has_its_own_exit_code(settings: dict[str, Any]) -> None:
    found = {
        exit_code(options(**settings), summary(error=1), Incompleteness("x", Exit.INCOMPLETE), interrupted=None),
        exit_code(options(**settings), summary(), Incompleteness("x", Exit.INTERNAL), interrupted=None),
    }
    assert found == {Exit.INCOMPLETE, Exit.INTERNAL}


@pytest.mark.usefixtures("here")
def test_an_interrupted_run_ends_as_the_signal_would_end_it() -> None:
    incomplete = Incompleteness("x", Exit.INCOMPLETE)
    assert exit_code(options(), summary(error=1), incomplete, interrupted=signal.SIGINT) == 130
    assert exit_code(options(exit_zero=True), summary(), incomplete, interrupted=signal.SIGTERM) == 143


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param({}, None, id="nothing"),
        pytest.param({"resume": True}, "--resume requires a history: use --history FILE", id="resume without a history"),
        pytest.param({"resume": True, "history": "h.db"}, None, id="resume with a history"),
        pytest.param({"record": "a.toml", "baseline": "b.json", "update_baseline": True}, None, id="files"),
        pytest.param({"record": "x/a.toml"}, "Cannot write the recording to x/a.toml: ", id="a recording in no folder"),
        pytest.param(
            {"baseline": "x/b.json", "update_baseline": True},
            "Cannot write the baseline to x/b.json: ",
            id="a baseline to be updated in no folder",
        ),
        pytest.param({"baseline": "x/b.json"}, None, id="a baseline that is only read"),
        pytest.param({"update_baseline": True}, None, id="no baseline to be updated"),
        pytest.param({"report": ("json:x/a.json",)}, None, id="a report, which is checked elsewhere"),
    ],
)
@pytest.mark.usefixtures("here")
def test_outputs_are_checked_before_any_work(settings: dict[str, Any], message: str | None) -> None:
    if message is None:
        check_outputs(options(**settings))
        return
    with pytest.raises(UsageError) as caught:
        check_outputs(options(**settings))
    assert str(caught.value).startswith(message)


@posix_only
@pytest.mark.parametrize(
    ("settings", "named"),
    [
        pytest.param({"report": ("text", "json:link.json")}, "--report link.json", id="a report"),
        pytest.param({"record": "link.json"}, "--record link.json", id="a recording"),
        pytest.param(
            {"baseline": "link.json", "update_baseline": True}, "--baseline link.json", id="a baseline to be updated"
        ),
        pytest.param({"baseline": "link.json"}, None, id="a baseline that is only read"),
        pytest.param({"report": ("text", "json")}, None, id="reports without files"),
    ],
)
def test_no_output_of_an_untrusted_run_goes_through_a_link(here: Path, settings: dict[str, Any], named: str | None) -> None:
    (here / "link.json").symlink_to(here.parent / "target.json")
    check_outputs(options(**settings))
    if named is None:
        check_outputs(options(untrusted=True, **settings))
        return
    with pytest.raises(UsageError) as caught:
        check_outputs(options(untrusted=True, **settings))
    assert str(caught.value).startswith(f"{named}: link.json is a symbolic link in the untrusted checkout")
