"""The trend in the HTML report: errors and warnings in the last runs, as bars and as a table."""

from collections import deque

from msgspec import Struct

from linkcheck.model import Run, RunRecord, Severity
from linkcheck.report.summary_text import count, moment

SHOWN_RUNS = 60
ROOM = 20
"""The drawing has room for at least as many runs, so that a few are not drawn as wide blocks."""
HEIGHT = 48.0
STEP = 10.0
"""The width of a bar with the space after it."""


class RunBar(Struct, frozen=True):
    """A run: its bar's position and the heights of its parts, in units of the drawing."""

    x: float
    errors: str
    warnings: str
    error_height: float
    warning_height: float
    started: str
    words: str
    complete: bool


class Trend(Struct, frozen=True):
    width: float
    height: float
    bars: tuple[RunBar, ...]
    sentence: str


def trend(run: Run) -> Trend | None:
    """The last runs, None if there is no earlier one."""
    records = deque(run.runs(), maxlen=SHOWN_RUNS)
    if len(records) < 2:
        return None
    most = max(1, *map(_listed, records))
    bars = tuple(_bar(record, index, HEIGHT / most) for index, record in enumerate(records))
    return Trend(
        width=STEP * max(len(bars), ROOM),
        height=HEIGHT,
        bars=bars,
        sentence=_sentence(records[0], records[-1], len(records)),
    )


def _listed(record: RunRecord) -> int:
    return _of(record, Severity.ERROR) + _of(record, Severity.WARNING)


def _of(record: RunRecord, severity: Severity) -> int:
    return record.problems.get(severity, 0)


def _bar(record: RunRecord, index: int, scale: float) -> RunBar:
    errors, warnings = _of(record, Severity.ERROR), _of(record, Severity.WARNING)
    incomplete = "" if record.complete else ", incomplete"
    return RunBar(
        x=index * STEP,
        errors=f"{errors:,}",
        warnings=f"{warnings:,}",
        error_height=round(errors * scale, 2),
        warning_height=round(warnings * scale, 2),
        started=moment(record.started),
        words=f"{moment(record.started)}: {_counts(record)}{incomplete}",
        complete=record.complete,
    )


def _counts(record: RunRecord) -> str:
    return f"{count(_of(record, Severity.ERROR), 'error')}, {count(_of(record, Severity.WARNING), 'warning')}"


def _sentence(first: RunRecord, last: RunRecord, number: int) -> str:
    return f"The last {number} runs: from {_counts(first)} on {first.started[:10]} to {_counts(last)} on {last.started[:10]}"
