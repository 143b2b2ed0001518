"""The report people read in a terminal: findings by article, each on its line, then the run in a few words."""

from typing import TextIO

from linkcheck.model import FILE_START, Fact, Finding, FixKind, LinkRecord, Run, Severity, Status, VerdictKind
from linkcheck.report.base import Detail, ReportOptions
from linkcheck.report.caret import window
from linkcheck.report.escape import clip, shown, visible
from linkcheck.report.places import file_url, line_url, rule_url
from linkcheck.report.rows import by_path
from linkcheck.report.terminal import Color, Style, glyphs, wrap
from linkcheck.report.text_page import SEVERITIES, VERDICTS, TextPage
from linkcheck.report.text_summary import conclude
from linkcheck.urls import LONGEST_URL

NAME = "text"
SUFFIX = ".txt"
DESCRIPTION = "findings by article with the source line, and a summary"


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    page = TextPage(
        stream=stream,
        options=options,
        style=Style(color=options.color, hyperlinks=options.hyperlinks),
        glyphs=glyphs(options.encoding),
    )
    if options.detail is Detail.QUIET:
        _one_line_each(run, page)
        return
    paths = fixable = 0
    places: set[str] = set()  # of findings that can be about the run
    for path, links, findings in by_path(run, with_links=options.detail is Detail.VERBOSE):
        listed = tuple(finding for finding in findings if _is_listed(finding, options.detail))
        counted = [each for each in listed if each.status is Status.OPEN and each.severity is not Severity.INFO]
        if counted and all(each.location.span == FILE_START for each in counted):
            places.add(path)
        else:
            paths += bool(counted)
        fixable += sum(map(_is_fixable, findings))
        if listed or links:
            _article(path, links, listed, page)
    if places:
        paths += sum(article.path in places for article in run.articles())
    conclude(run, paths, page, fixable=fixable)


def _is_fixable(finding: Finding) -> bool:
    return finding.status is Status.OPEN and finding.fix is not None and finding.fix.kind is FixKind.SAFE


def _is_listed(finding: Finding, detail: Detail) -> bool:
    """Info and accepted findings are only counted; `--verbose` shows them."""
    return detail is Detail.VERBOSE or (finding.status is Status.OPEN and finding.severity is not Severity.INFO)


def _one_line_each(run: Run, page: TextPage) -> None:
    """`path:line:column: severity: message  url [code]`, the form of GCC, which editors and grep understand."""
    for finding in run.findings():
        if _is_listed(finding, Detail.NORMAL):
            span = finding.location.span
            word, color = SEVERITIES[finding.severity]
            place = f"{visible(finding.location.path)}:{span.line}:{span.column}:"
            page.line(
                f"{place} {page.style.paint(word, color)}: {shown(finding.message)}{_url_after(finding)} [{finding.code}]"
            )


def _url_after(finding: Finding) -> str:
    return "" if finding.url is None or finding.url in finding.message else f"  {shown(finding.url, LONGEST_URL)}"


def _article(path: str, links: tuple[LinkRecord, ...], findings: tuple[Finding, ...], page: TextPage) -> None:
    page.line(_title(path, page))
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
                _finding(row, place, page)
    page.line()


def _title(path: str, page: TextPage) -> str:
    if not path:
        return page.style.paint("linkcheck itself", Color.BOLD)
    address = file_url(path, page.options) or line_url(path, 1, page.options)
    return page.style.link(page.style.paint(visible(path), Color.BOLD), address)


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


def _finding(finding: Finding, place: str, page: TextPage) -> None:
    paint = page.style.paint
    word, color = SEVERITIES[finding.severity]
    if finding.status is not Status.OPEN:
        color = Color.DIM
    indent = " " * len(place)
    head = f"{word:<7}  {finding.code}  "
    first, *rest = wrap(shown(finding.message), page.width - len(place) - len(head))
    code = page.style.link(paint(finding.code, Color.DIM), rule_url(finding.code, finding.name, page.options))
    page.line(f"{paint(place, Color.DIM)}{paint(word, color)}{' ' * (9 - len(word))}{code}  {first}")
    for line in rest:
        page.line(f"{indent}{' ' * len(head)}{line}")
    _quote(finding, indent, color, page)
    if finding.hint:
        first, *rest = wrap(shown(finding.hint), page.width - len(indent) - len(page.glyphs.arrow) - 1)
        page.line(f"{indent}{paint(page.glyphs.arrow, Color.CYAN)} {first}")
        for line in rest:
            page.line(f"{indent}{' ' * (len(page.glyphs.arrow) + 1)}{line}")
    if finding.status is not Status.OPEN:
        page.line(
            indent + paint(shown(f"{finding.status}: {finding.reason}" if finding.reason else finding.status), Color.DIM)
        )
    if page.options.detail is Detail.VERBOSE:
        _facts(finding, indent, page)


def _quote(finding: Finding, indent: str, color: Color, page: TextPage) -> None:
    """The line of the article, and a caret under every cell of the value; a long line is cut around the value's start.

    If a line is cut within its URL, the whole URL follows below, so that it can be copied.
    """
    if not finding.quote or not finding.quote.strip():
        return
    span = finding.location.span
    bar = page.style.paint(page.glyphs.bar, Color.DIM)
    room = page.width - len(indent) - 2
    quote, start, length = window(clip(finding.quote, span.column + 1000), span, room)
    page.line(f"{indent}{bar} {quote}")
    if length:
        page.line(f"{indent}{bar} {' ' * start}{page.style.paint('^' * length, color)}")
    if finding.url is not None and "\u2026" in (quote[:1], quote[-1:]):
        url = shown(finding.url, LONGEST_URL)
        if url not in quote:
            page.line(f"{indent}{url}")


def _facts(finding: Finding, indent: str, page: TextPage) -> None:
    paint = page.style.paint
    facts = {key: value for key, value in finding.facts.items() if value is not False and value not in (None, "", ())}
    if finding.location.pointer:
        facts = {"at": finding.location.pointer, **facts}
    if not facts:
        return
    margin = max(len(shown(key, 24)) for key in facts)
    for key, value in facts.items():
        parts = value if isinstance(value, tuple) else (value,)
        label = f"{shown(key, 24):<{margin}}"
        for part in parts:
            page.line(f"{indent}{paint(label, Color.DIM)}  {_fact(part)}")
            label = " " * margin


def _fact(value: Fact) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return shown(value)
        case _:
            return str(value)
