"""Diagnostics for reviewdog, one JSON object per line (reviewdog.proto, `Diagnostic`).

Lines and columns are 1-based, columns count UTF-8 bytes, the end is exclusive. Without the line's text the bytes cannot be
counted, and the range is whole lines. A message is Markdown: reviewdog makes a comment on the pull request of it.

A suggestion replaces the range with its text; those of one diagnostic belong together. reviewdog makes a suggestion of
GitHub or GitLab of one whose lines are those of the diagnostic.
"""

from typing import TextIO

from linkcheck.model import Edit, Finding, Run, Severity, Status
from linkcheck.report.base import ReportOptions
from linkcheck.report.copies import copy_in_markdown
from linkcheck.report.encode import encode
from linkcheck.report.escape import shown, without_surrogates
from linkcheck.report.markdown_escape import prose
from linkcheck.report.places import repository_path, rule_url

NAME = "rdjsonl"
SUFFIX = ".jsonl"
DESCRIPTION = "diagnostics for reviewdog"

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    stream.writelines(
        encode(_diagnostic(finding, options)) + "\n" for finding in run.findings() if finding.status is Status.OPEN
    )


def _message(finding: Finding) -> str:
    lines = [prose(finding.message)]
    if finding.hint:
        lines.append(prose(finding.hint))
    if finding.archive is not None:
        lines.append(copy_in_markdown(finding.archive))
    return "\n".join(lines)


def _diagnostic(finding: Finding, options: ReportOptions) -> dict[str, object]:
    code: dict[str, str] = {"value": finding.code}
    if url := rule_url(finding.code, finding.name, options):
        code["url"] = url
    suggestions = [_suggestion(edit) for edit in finding.fix.edits] if finding.fix else []
    diagnostic: dict[str, object] = {
        "message": _message(finding),
        "location": {"path": shown(repository_path(finding.location.path, options), 4000), "range": _range(finding)},
        "severity": _SEVERITIES[finding.severity],
        "source": {"name": "linkcheck"},
        "code": code,
    }
    return diagnostic | ({"suggestions": suggestions} if suggestions else {})


def _suggestion(edit: Edit) -> dict[str, object]:
    return {
        "range": {
            "start": {"line": edit.span.line, "column": edit.byte_column},
            "end": {"line": edit.span.end_line, "column": edit.byte_end_column},
        },
        "text": edit.text,
    }


def _range(finding: Finding) -> dict[str, dict[str, int]]:
    span = finding.location.span
    quote = finding.quote
    if quote is None or span.end_line != span.line or span.column - 1 > len(quote):
        return {"start": {"line": span.line}, "end": {"line": span.end_line}}
    return {
        "start": {"line": span.line, "column": _byte_column(quote, span.column)},
        "end": {"line": span.line, "column": _byte_column(quote, span.end_column)},
    }


def _byte_column(line: str, column: int) -> int:
    return len(without_surrogates(line[: column - 1]).encode()) + 1
