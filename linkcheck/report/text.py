"""The report people read in a terminal: findings by article, each on its line, then the run in a few words."""

from typing import TextIO

from linkcheck.model import FILE_START, Finding, FixKind, LinkRecord, Run, Status, VerdictKind
from linkcheck.report.base import Detail, ReportOptions
from linkcheck.report.escape import shown, visible
from linkcheck.report.grouping import grouping_of
from linkcheck.report.rows import by_path, is_open
from linkcheck.report.terminal import Color, Style, glyphs, wrap
from linkcheck.report.text_finding import write_finding
from linkcheck.report.text_page import SEVERITIES, VERDICTS, TextPage
from linkcheck.report.text_problems import title, write_changes, write_outcome, write_problems, write_statistics
from linkcheck.report.text_summary import conclude
from linkcheck.urls import LONGEST_URL

NAME = "text"
SUFFIX = ".txt"
DESCRIPTION = "problems with the source line of the first place, and a summary"


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    page = TextPage(
        stream=stream,
        options=options,
        style=Style(color=options.color, hyperlinks=options.hyperlinks),
        glyphs=glyphs(options.encoding),
        grouping=grouping_of(run, options.group_by),
    )
    if options.detail is Detail.QUIET:
        _one_line_each(run, page)
        return
    write_outcome(run, page)
    if options.statistics:
        write_statistics(run, page)
    elif options.detail is Detail.VERBOSE:
        write_changes(run, page)
        for path, links, findings in by_path(run):
            _article(path, links, findings, page)
    else:
        write_problems(run, page)
    paths, fixable = _totals(run)
    conclude(run, paths, page, fixable=fixable)


def _totals(run: Run) -> tuple[int, int]:
    """The number of articles with errors or warnings, and of findings that are fixed by default."""
    paths = fixable = 0
    places: set[str] = set()  # of findings that can be about the run
    for path, _, findings in by_path(run, with_links=False):
        counted = [each for each in findings if is_open(each)]
        if counted and all(each.location.span == FILE_START for each in counted):
            places.add(path)
        else:
            paths += bool(counted)
        fixable += sum(map(_is_fixable, findings))
    if places:
        paths += sum(article.path in places for article in run.articles())
    return paths, fixable


def _is_fixable(finding: Finding) -> bool:
    return finding.status is Status.OPEN and finding.fix is not None and finding.fix.kind is FixKind.SAFE


def _one_line_each(run: Run, page: TextPage) -> None:
    """`path:line:column: severity: message  url [code]`, the form of GCC, which editors and grep understand."""
    for finding in run.findings():
        if is_open(finding):
            span = finding.location.span
            word, color = SEVERITIES[finding.severity]
            place = f"{visible(finding.location.path)}:{span.line}:{span.column}:"
            page.line(
                f"{place} {page.style.paint(word, color)}: {shown(finding.message)}{_url_after(finding)} [{finding.code}]"
            )


def _url_after(finding: Finding) -> str:
    return "" if finding.url is None or finding.url in finding.message else f"  {shown(finding.url, LONGEST_URL)}"


def _article(path: str, links: tuple[LinkRecord, ...], findings: tuple[Finding, ...], page: TextPage) -> None:
    page.line(title(path, page))
    rows: list[tuple[int, int, int, LinkRecord | Finding]] = [
        (link.link.location.span.line, link.link.location.span.column, 0, link) for link in links
    ] + [(finding.location.span.line, finding.location.span.column, 1, finding) for finding in findings]
    rows.sort(key=lambda row: row[:3])
    # Wide enough for most, so that the columns of all articles are aligned.
    margin = max(5, *(len(f"{line}:{column}") for line, column, _, _ in rows))
    for line, column, _, row in rows:
        place = f"  {f'{line}:{column}':>{margin}}  "
        match row:
            case LinkRecord():
                _link(row, place, page)
            case Finding():
                write_finding(row, place, page)
    page.line()


def _link(record: LinkRecord, place: str, page: TextPage) -> None:
    paint = page.style.paint
    verdict = paint(f"{record.verdict.kind:<11}", VERDICTS[record.verdict.kind])
    page.line(f"{paint(place, Color.DIM)}{verdict}  {paint(f'{record.link.role:<9}', Color.DIM)}  {shown(record.link.url)}")
    reason = record.skip.reason if record.skip else record.verdict.reason
    if record.verdict.kind is not VerdictKind.OK and reason:
        for line in wrap(shown(reason), page.width - len(place) - 13):
            page.line(" " * (len(place) + 13) + paint(line, Color.DIM))
    for hop in record.chain:
        page.line(" " * (len(place) + 13) + paint(f"{hop.status}  {shown(hop.url, LONGEST_URL)}", Color.DIM))
