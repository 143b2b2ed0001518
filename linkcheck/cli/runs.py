"""`linkcheck runs`: the recorded runs of a history, and the deletion of old ones."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from linkcheck.cli.console import say
from linkcheck.cli.group import Command
from linkcheck.cli.options import configured
from linkcheck.errors import Exit, UsageError

if TYPE_CHECKING:
    from linkcheck.ledger import HistoryRun

EPILOG = """\b
Examples:
  linkcheck runs --history nightly.sqlite3                    list the runs
  linkcheck runs --history nightly.sqlite3 --prune            thin old runs
  linkcheck runs --history nightly.sqlite3 --prune --keep 5   keep five runs"""

_COUNTS = ("articles", "errors", "warnings", "new", "worse", "fixed")
HEADINGS = ("run", "started", "state", *_COUNTS, "covered")
_NUMBERS = ("run", *_COUNTS)


@click.command("runs", cls=Command, epilog=EPILOG, short_help="List the runs of a history, or delete old ones.")
@click.option("--history", type=click.Path(dir_okay=False), help="Database written by `linkcheck check --history`.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object per line instead of a table.")
@click.option(
    "--prune", is_flag=True, help="Keep all runs of 7 days, then one per week for a year; of the others, only the counts."
)
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="With --prune: keep the last N runs instead.")
@click.option(
    "--config", type=click.Path(dir_okay=False), help="Configuration file (default: linkcheck.toml or pyproject.toml)."
)
def command(*, as_json: bool, prune: bool, keep: int | None, **flags: object) -> int:
    """List the runs of a history, the newest first, or delete old ones. Makes no network requests.

    A run that was thinned has only its counts; `linkcheck report` cannot show it.
    """
    from linkcheck.ledger import list_runs
    from linkcheck.report import files

    history = configured(flags).settings.history
    if history is None:
        raise UsageError("No history given. Use --history FILE or set `history` in the configuration.")
    if keep is not None and not prune:
        raise UsageError("--keep requires --prune")
    if prune:
        return _prune(Path(history), keep)
    runs = list_runs(Path(history))
    with files.standard_output() as stream:
        (_write_objects if as_json else _write_table)(runs, stream)
    return Exit.OK


def _prune(history: Path, keep: int | None) -> int:
    from linkcheck.ledger import prune_runs
    from linkcheck.timestamps import current_timestamp

    pruned = prune_runs(history, keep=keep, stamp=current_timestamp)
    for notice in pruned.notices:
        say(notice)
    runs = f"{pruned.thinned:,} runs" if pruned.thinned != 1 else "1 run"
    size = f"{_megabytes(pruned.after)} MB, {_megabytes(max(pruned.before - pruned.after, 0))} MB less than before"
    say(f"{history}: {runs} thinned; the file has {size}")
    return Exit.OK


def _megabytes(number: int) -> str:
    return f"{number / 1e6:,.1f}"


def _state(run: "HistoryRun") -> str:
    if run.is_running:
        return "running"
    if run.summary is None:
        return "interrupted"
    if run.summary.complete:
        return "complete"
    return "interrupted" if (run.summary.incomplete_because or "").startswith("interrupted") else "incomplete"


def _write_objects(runs: Iterable["HistoryRun"], stream: TextIO) -> None:
    from linkcheck.pipeline.scope import words_of
    from linkcheck.report.encode import encode
    from linkcheck.report.json_records import changes_of
    from linkcheck.report.summary_text import problems

    for run in runs:
        counts = run.summary
        record = {
            "run": run.number,
            "started": run.started,
            "state": _state(run),
            "thinned": run.is_thinned,
            "articles": None if counts is None else counts.articles,
            "problems": None if counts is None else {kind.value: number for kind, number in problems(counts).items()},
            "changes": None if counts is None else changes_of(counts),
            "covered": words_of(run.scope) or None,
        }
        stream.write(encode(record) + "\n")


def _write_table(runs: Iterable["HistoryRun"], stream: TextIO) -> None:
    from linkcheck.report.escape import log_line

    rows = [HEADINGS, *map(_row, runs)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if heading in _NUMBERS else cell.ljust(width)
            for heading, cell, width in zip(HEADINGS, row, widths, strict=True)
        )
        stream.write(log_line("  ".join(cells).rstrip()) + "\n")


def _row(run: "HistoryRun") -> Sequence[str]:
    from linkcheck.model import Severity
    from linkcheck.pipeline.scope import words_of
    from linkcheck.report.escape import shown
    from linkcheck.report.summary_text import moment, problems

    counts = run.summary
    numbers: list[int] = []
    if counts is not None:
        found, comparison = problems(counts), counts.comparison
        numbers = [counts.articles, *(found.get(kind, 0) for kind in (Severity.ERROR, Severity.WARNING))]
        numbers += [] if comparison is None else [comparison.new, comparison.worse, comparison.fixed]
    return (
        str(run.number),
        shown(moment(run.started)),
        _state(run) + (", thinned" if run.is_thinned else ""),
        *(f"{number:,}" for number in numbers),
        *("" for _ in range(len(_COUNTS) - len(numbers))),
        shown(words_of(run.scope)),
    )
