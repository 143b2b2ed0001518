"""The counts of a run as metrics (OpenMetrics 1.0), for the textfile collector of Prometheus' node_exporter.

All are gauges without sample timestamps: the collector reads Prometheus' older text format, which has the same lines for
them, and refuses timestamps. Labels have few, fixed values, never a URL, a host or a path: each value is a time series.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from math import isfinite
from typing import TextIO, TypeVar

from msgspec import Struct

from linkcheck.model import ProblemChange, Run, Severity, Summary, VerdictKind
from linkcheck.report.base import ReportOptions
from linkcheck.report.summary_text import problems
from linkcheck.timestamps import moment_of

NAME = "openmetrics"
SUFFIX = ".prom"
DESCRIPTION = "the counts of the run, for the textfile collector of Prometheus"

_Kind = TypeVar("_Kind", bound=StrEnum)


class _Metric(Struct, frozen=True):
    """A gauge: its samples, each with its labels in braces. The unit is the end of the name (OpenMetrics 1.0)."""

    name: str
    help: str
    samples: tuple[tuple[str, float], ...]
    unit: str = ""


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:  # noqa: ARG001 - the interface of reporters
    for metric in _metrics(run.summary()):
        stream.writelines(f"{line}\n" for line in _lines(metric))
    stream.write("# EOF\n")


def _lines(metric: _Metric) -> Iterator[str]:
    name = f"linkcheck_{metric.name}"
    yield f"# TYPE {name} gauge"
    if metric.unit:
        yield f"# UNIT {name} {metric.unit}"
    yield f"# HELP {name} {metric.help}"
    yield from (f"{name}{labels} {_number(value)}" for labels, value in metric.samples)


def _metrics(summary: Summary) -> Iterator[_Metric]:
    yield _Metric("problems", "Open problems by severity.", _by("severity", Severity, problems(summary)))
    if (comparison := summary.comparison) is not None and comparison.severities:
        yield _Metric(
            "problem_changes",
            "Problems by what changed since the last complete run, and by severity.",
            tuple(
                (f'{{change="{change}",severity="{severity}"}}', comparison.of(change, severity))
                for change in ProblemChange
                for severity in (Severity.ERROR, Severity.WARNING)
            ),
        )
    yield _Metric("findings", "Open findings by severity.", _by("severity", Severity, summary.findings))
    yield _Metric("targets", "Targets by verdict.", _by("verdict", VerdictKind, summary.verdicts))
    yield _Metric("articles", "Articles checked.", (("", summary.articles),))
    yield _Metric("links", "Links found.", (("", summary.links),))
    yield _Metric("requests", "Requests made.", (("", summary.requests),))
    yield _Metric("run_complete", "Whether everything was checked (1) or not (0).", (("", summary.complete),))
    yield _Metric("run_duration_seconds", "How long the run took.", (("", summary.seconds),), unit="seconds")
    if (started := moment_of(summary.started)) is not None:
        start = started.timestamp()
        for name, moment, words in (("start", start, "started"), ("end", start + summary.seconds, "ended")):
            yield _Metric(f"run_{name}_timestamp_seconds", f"When the run {words}.", (("", moment),), unit="seconds")


def _by(label: str, kinds: Iterable[_Kind], counts: Mapping[_Kind, int]) -> tuple[tuple[str, float], ...]:
    return tuple((f'{{{label}="{kind.value}"}}', counts.get(kind, 0)) for kind in kinds)


def _number(value: float) -> str:
    if not isfinite(value):
        return "NaN"
    return str(int(value)) if value == int(value) else f"{value:.3f}"
