"""The whole run as one JSON document: every target, link, problem and finding (`schemas/report.schema.json`)."""

from typing import TextIO

from linkcheck.model import Run
from linkcheck.report import json_records
from linkcheck.report.base import ReportOptions
from linkcheck.report.encode import encode, write_array

NAME = "json"
SUFFIX = ".json"
DESCRIPTION = "the whole run as one JSON document"


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    summary = run.summary()
    stream.write("{\n")
    stream.writelines(f'  "{key}": {encode(value)},\n' for key, value in json_records.run_header(summary, options).items())
    stream.write(f'  "summary": {encode(json_records.summary(summary))},\n')
    stream.write('  "targets": ')
    write_array(stream, map(json_records.target, run.targets()), indent="    ")
    stream.write(',\n  "links": ')
    write_array(stream, map(json_records.link, run.links()), indent="    ")
    stream.write(',\n  "problems": ')
    write_array(stream, (json_records.problem(each, run.places(each)) for each in run.problems()), indent="    ")
    stream.write(',\n  "findings": ')
    write_array(stream, map(json_records.finding, run.findings()), indent="    ")
    stream.write("\n}\n")
