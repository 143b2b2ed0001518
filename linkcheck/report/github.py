"""Annotations on a pull request: GitHub workflow commands, on the lines they are about.

GitHub shows ten annotations of each level per step and silently drops the rest (actions/toolkit,
docs/problem-matchers.md), so the first ten of each level are written and one notice counts the others. Escapes are
those of actions/toolkit `command.ts`.
"""

from typing import TextIO

from linkcheck.model import Finding, Run, Severity, Status
from linkcheck.report.base import ReportOptions
from linkcheck.report.copies import advice
from linkcheck.report.escape import shown
from linkcheck.report.places import repository_path
from linkcheck.report.summary_text import because, count, headline

NAME = "github"
SUFFIX = ".txt"
DESCRIPTION = "annotations on the lines of a pull request (GitHub Actions)"

MOST_A_LEVEL = 10
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    summary = run.summary()
    left = 0
    for severity, level in _LEVELS.items():
        # The last notice is ours.
        most = MOST_A_LEVEL - 1 if severity is Severity.INFO else MOST_A_LEVEL
        written = 0
        if summary.findings.get(severity):
            for finding in run.findings():
                if finding.severity is not severity or finding.status is not Status.OPEN:
                    continue
                if written < most:
                    stream.write(_annotation(level, finding, options))
                    written += 1
                else:
                    left += 1
    if left or not summary.complete:
        incomplete = "" if summary.complete else f" Incomplete: {shown(because(summary), 2000)}."
        more = f"{count(left, 'finding')} not shown as annotations; see the job summary or another report." if left else ""
        stream.write(f"::notice title=linkcheck::{_data(f'{headline(summary)}. {more}{incomplete}')}\n")


def _annotation(level: str, finding: Finding, options: ReportOptions) -> str:
    span = finding.location.span
    place = {"line": str(span.line), "endLine": str(span.end_line)}
    file = repository_path(finding.location.path, options)
    # What concerns the whole run has no file, because GitHub does not accept a folder.
    place = {"file": file, **place} if file and finding.location.path != "." else {}
    if place and span.line == span.end_line and span.end_column > span.column:
        # Columns are allowed only within one line; GitHub's end column is inclusive.
        place |= {"col": str(span.column), "endColumn": str(span.end_column - 1)}
    place["title"] = f"{finding.code} {finding.name}"
    properties = ",".join(f"{key}={_property(value)}" for key, value in place.items())
    message = "\n".join((shown(finding.message), *advice(finding)))
    return f"::{level} {properties}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(shown(text)).replace(":", "%3A").replace(",", "%2C")
