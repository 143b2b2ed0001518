"""The records of the JSON report, one per line, each with its `type`: run, targets, links, problems, findings, summary."""

from collections.abc import Iterator
from typing import TextIO

from msgspec import Struct

from linkcheck.model import Run
from linkcheck.report import json_records
from linkcheck.report.base import ReportOptions
from linkcheck.report.encode import encode

NAME = "ndjson"
SUFFIX = ".ndjson"
DESCRIPTION = "the records of the JSON report, one per line"


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    # `encode` leads with "{": the type goes in first, and every record has a member to follow it.
    stream.writelines(f'{{"type":"{kind}",{encode(record)[1:]}\n' for kind, record in _records(run, options))


def _records(run: Run, options: ReportOptions) -> Iterator[tuple[str, Struct | dict[str, object]]]:
    summary = run.summary()
    yield "run", json_records.run_header(summary, options)
    for target in run.targets():
        yield "target", json_records.target(target)
    for link in run.links():
        yield "link", json_records.link(link)
    for problem in run.problems():
        yield "problem", json_records.problem(problem, run.places(problem))
    for finding in run.findings():
        yield "finding", json_records.finding(finding)
    yield "summary", json_records.summary(summary)
