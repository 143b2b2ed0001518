"""What a run counts, and what ends it early: from the articles to the summary and the exit code."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from quiet import Quiet
from systems import posix_only

from linkcheck import pipeline, signals
from linkcheck.config import Config, Settings
from linkcheck.errors import Exit
from linkcheck.model import Severity, Source, Summary, VerdictKind
from linkcheck.pipeline import RunContext, read_step

WEB = '["http://a.example/ok"]\n["http://a.example/gone"]\nstatus = 404\n["http://b.example/x"]\n'
ONLY = "results cover only what was checked"


@pytest.fixture
def archive(here: Path) -> Path:
    """Two articles with three links, one of them dead and ignored, and what a run skips."""
    links = "related:\n- url: http://a.example/gone # linkcheck: ignore\n"
    (here / "a.md").write_text(f"---\nwebUrl: http://a.example/ok\n{links}---\n")
    (here / "b.md").write_text("---\nwebUrl: http://b.example/x\n---\n")
    (here / "c.md").write_text("# A heading\n")
    (here / "d.md").write_text("---\n---\n")
    (here / "e.md").write_text("---\nwebUrl: http://c.example/\n---\n")
    (here / "_includes").mkdir()
    (here / "_includes" / "f.md").write_text("---\na: 1\n---\n")
    (here / "web.toml").write_text(WEB)
    return here


def run(revise: Callable[[Source], Source] | None = None, **settings: Any) -> tuple[Summary, int, str | None]:
    """The summary, the exit code, and what was written into the baseline."""
    context = RunContext(Config(settings=Settings(exclude_files=("e.md",), **settings), root=str(Path.cwd())))
    with pipeline.check(context, Quiet(), revise=revise) as finished:
        return finished.summary, finished.exit_code, finished.update_baseline()


def some(counts: dict[Any, int]) -> dict[str, int]:
    return {str(key): number for key, number in counts.items() if number}


@pytest.mark.usefixtures("archive")
def test_a_run_counts_what_it_checked_and_what_it_skipped() -> None:
    summary, code, update = run(replay="web.toml")
    assert (summary.complete, summary.incomplete_because, code, update) == (True, None, Exit.FINDINGS, None)
    assert (summary.articles, summary.links, summary.targets, summary.requests, summary.reused) == (2, 3, 3, 3, 0)
    assert some(summary.verdicts) == {VerdictKind.OK: 2, VerdictKind.DEAD: 1}
    assert some(summary.findings) == {Severity.ERROR: 2, Severity.INFO: 2}
    assert (summary.accepted, summary.ignored, summary.not_checked) == (0, 3, {})
    assert (summary.skipped_files, summary.empty_files, summary.excluded_files) == (1, 1, 1)
    assert (summary.skipped_folders, summary.notices, summary.comparison) == (("_includes",), (), None)


@posix_only
def test_what_a_run_left_out_is_named_in_order(archive: Path) -> None:
    for name in ("z/_includes/a.md", "b/_layouts/a.md", "node_modules/a.md"):
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_text("---\na: 1\n---\n")
    (archive / "g.md").symlink_to("a.md")
    os.mkfifo(archive / "h.md")
    summary, *_ = run(offline=True)
    assert summary.skipped_folders == ("_includes", "b/_layouts", "node_modules", "z/_includes")
    assert (summary.symbolic_links, summary.special_files) == (1, 1)


@pytest.mark.usefixtures("archive")
def test_a_run_without_requests_says_so_of_each_link() -> None:
    summary, code, _ = run(offline=True, replay="web.toml")
    assert (summary.requests, summary.not_checked, code) == (0, {"offline": 3}, Exit.FINDINGS)
    assert some(summary.verdicts) == {VerdictKind.SKIPPED: 3}


@pytest.mark.usefixtures("archive")
def test_a_second_run_takes_what_was_good_from_the_history_and_compares() -> None:
    first, *_ = run(replay="web.toml", history="h.db")
    assert (first.requests, first.reused, first.comparison) == (3, 0, None)
    Path("b.md").write_text("---\nprovider: {name: B, domain: b.example}\nwebUrl: http://b.example/x\n---\n")
    second, *_ = run(replay="web.toml", history="h.db")
    assert (second.requests, second.reused) == (1, 2)
    assert second.comparison is not None
    assert second.comparison.new == 0
    assert second.comparison.still + second.comparison.fixed == 2
    Path("b.md").unlink()
    third, *_ = run(replay="web.toml", history="h.db")
    assert third.comparison is not None
    assert (third.comparison.new, third.comparison.still) == (0, 1)


@pytest.mark.usefixtures("archive")
def test_a_baseline_is_written_where_it_is_to_be_updated_and_then_accepts() -> None:
    _, _, update = run(replay="web.toml", baseline="known.json", update_baseline=True)
    assert update == "known.json: 2 accepted, 0 removed"
    summary, code, update = run(replay="web.toml", baseline="known.json")
    assert (summary.accepted, code, update) == (2, Exit.OK, None)
    Path("b.md").unlink()
    _, _, update = run(replay="web.toml", baseline="known.json", update_baseline=True)
    assert update == "known.json: 0 accepted, 1 removed"


@pytest.mark.usefixtures("archive")
def test_a_run_out_of_time_is_incomplete_and_requests_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run(replay="web.toml", baseline="known.json", update_baseline=True)
    monkeypatch.setattr(read_step, "LEAST_SECONDS", 0.0)
    summary, code, _ = run(replay="web.toml", max_time=1e-9)
    because = f"time limit reached (--max-time 1e-09); {ONLY}"
    assert (summary.complete, summary.incomplete_because, summary.requests, code) == (False, because, 0, Exit.INCOMPLETE)
    _, _, update = run(replay="web.toml", baseline="known.json", update_baseline=True, max_time=1e-9)
    assert update == "known.json: 0 accepted, 0 removed"


@pytest.fixture
def _handled() -> Iterator[None]:
    """Signals are noted as in a run of the command, and forgotten afterwards."""
    with signals.signal_handlers():
        yield
    with signals.signal_handlers():
        assert signals.arrived() is None


@posix_only
@pytest.mark.usefixtures("archive", "_handled")
def test_an_interrupted_run_tells_what_it_knows_and_the_next_signal_ends_it() -> None:
    def interrupt(source: Source) -> Source:
        signal.raise_signal(signal.SIGINT)
        return source

    run(replay="web.toml", history="h.db")
    summary, code, update = run(interrupt, replay="web.toml", history="h.db")
    with pytest.raises(signals.Interrupted):
        signal.raise_signal(signal.SIGINT)
    assert (summary.incomplete_because, code, update) == (f"interrupted; {ONLY}", 130, None)
    assert (summary.articles, summary.requests, summary.not_checked) == (1, 0, {"not requested": 2})
    assert summary.comparison is not None
    assert summary.comparison.fixed == 0
