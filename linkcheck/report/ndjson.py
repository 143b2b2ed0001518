"""The records of the JSON report, one a line, each with its `type`: run, targets, links, findings, summary."""

from collections.abc import Iterator
from typing import TextIO

from msgspec import Struct

from linkcheck.model import Run
from linkcheck.report import records
from linkcheck.report.base import Options
from linkcheck.report.encode import encode

NAME = "ndjson"
SUFFIX = ".ndjson"
DESCRIPTION = "the same records as json, one a line, for jq and log pipelines"


def write(run: Run, stream: TextIO, options: Options) -> None:
    # `encode` leads with "{": the type goes in first, and every record has a member to follow it.
    stream.writelines(f'{{"type":"{kind}",{encode(record)[1:]}\n' for kind, record in _records(run, options))


def _records(run: Run, options: Options) -> Iterator[tuple[str, Struct | dict[str, object]]]:
    summary = run.summary()
    yield "run", records.run_header(summary, options)
    for target in run.targets():
        yield "target", records.target(target)
    for link in run.links():
        yield "link", records.link(link)
    for finding in run.findings():
        yield "finding", records.finding(finding)
    yield "summary", records.summary(summary)
