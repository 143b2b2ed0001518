"""A table for spreadsheets: every link with its verdict and its findings.

A link with two findings has two rows, a finding that is not about a link has a row of its own. RFC 4180, everything quoted.
A cell that a spreadsheet would interpret as a formula starts with an apostrophe (OWASP ASVS 5, 1.2.10); control characters,
NUL and line ends are shown as escapes. The file starts with a byte order mark, without which Excel misreads UTF-8.
"""

from collections.abc import Iterator
from typing import TextIO

from linkcheck.model import Finding, LinkRecord, Run
from linkcheck.report.base import ReportOptions
from linkcheck.report.escape import shown
from linkcheck.report.grouping import value_of
from linkcheck.report.rows import by_path

NAME = "csv"
SUFFIX = ".csv"
DESCRIPTION = "a table of all links and findings, for spreadsheets"

COLUMNS = (
    "path",
    "line",
    "column",
    "pointer",
    "role",
    "url",
    "target",
    "verdict",
    "reason",
    "severity",
    "status",
    "code",
    "rule",
    "message",
    "hint",
    "fingerprint",
    "archive_url",
    "archive_datetime",
    "archive_verified",
)
GROUP = "group"
"""The column of `--group-by`."""
# A spreadsheet's cell holds 32,767 characters.
LONGEST = 8_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    import csv

    key = options.group_by
    stream.write("\ufeff")
    table = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(COLUMNS if key is None else (*COLUMNS, GROUP))
    rows = _rows(run) if key is None else _grouped_rows(run, key)
    table.writerows([_cell(value) for value in row] for row in rows)


def _rows(run: Run) -> Iterator[tuple[str | int, ...]]:
    for _, links, findings in by_path(run):
        yield from _rows_of(links, findings)


def _grouped_rows(run: Run, key: str) -> Iterator[tuple[str | int, ...]]:
    """Each row with the value of a key of its article. Articles have the order of the rows."""
    articles = run.articles()
    article = next(articles, None)
    for path, links, findings in by_path(run):
        while article is not None and article.path < path:
            article = next(articles, None)
        value = value_of(article, key) if article is not None and article.path == path else ""
        yield from ((*row, value) for row in _rows_of(links, findings))


def _rows_of(links: tuple[LinkRecord, ...], findings: tuple[Finding, ...]) -> Iterator[tuple[str | int, ...]]:
    by_pointer: dict[str, list[Finding]] = {}
    for finding in findings:
        by_pointer.setdefault(finding.location.pointer, []).append(finding)
    for record in links:
        for own in by_pointer.pop(record.link.location.pointer, None) or (None,):
            yield (*_link(record), *_finding(own))
    for finding in findings:
        if finding.location.pointer in by_pointer:
            yield (*_place(finding), *_finding(finding))


def _link(record: LinkRecord) -> tuple[str | int, ...]:
    location = record.link.location
    reason = record.skip.reason if record.skip else record.verdict.reason
    place = (location.path, location.span.line, location.span.column, location.pointer)
    return (*place, record.link.role, record.link.url, record.target.url, record.verdict.kind, reason)


def _place(finding: Finding) -> tuple[str | int, ...]:
    location = finding.location
    return (location.path, location.span.line, location.span.column, location.pointer, "", finding.url or "", "", "", "")


def _finding(finding: Finding | None) -> tuple[str, ...]:
    if finding is None:
        return ("",) * 10
    return (
        finding.severity,
        finding.status,
        finding.code,
        finding.name,
        finding.message,
        finding.hint or "",
        finding.fingerprint,
        "" if finding.archive is None else finding.archive.url,
        "" if finding.archive is None else finding.archive.datetime,
        "" if finding.archive is None else "yes" if finding.archive.verified else "no",
    )


def _cell(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    text = shown(value, LONGEST)
    return "'" + text if text.startswith(_FORMULA) or value.startswith(_FORMULA) else text
