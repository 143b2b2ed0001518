"""The report people read in a terminal: findings by article, each on its line, then the run in a few words."""

from collections import Counter
from typing import TextIO

from msgspec import Struct

from linkcheck.model import Fact, Finding, LinkRecord, Run, Severity, Span, Status, Summary, VerdictKind
from linkcheck.report.base import Detail, Options
from linkcheck.report.escape import cells, clip, crop, shown, visible
from linkcheck.report.places import file_url, line_url
from linkcheck.report.rows import by_path
from linkcheck.report.terminal import Colour, Glyphs, Style, glyphs, wrap
from linkcheck.report.words import VERDICTS, accepted, compared, count, duration, rank, scope, tally

NAME = "text"
SUFFIX = ".txt"
DESCRIPTION = "for people: findings by article with the line quoted, and a summary"

NARROWEST = 40

_SEVERITY = {
    Severity.ERROR: ("error", Colour.BOLD_RED),
    Severity.WARNING: ("warning", Colour.BOLD_YELLOW),
    Severity.INFO: ("note", Colour.BLUE),
}
_VERDICT = {
    VerdictKind.OK: Colour.GREEN,
    VerdictKind.MOVED: Colour.YELLOW,
    VerdictKind.DEAD: Colour.RED,
    VerdictKind.SUSPECT: Colour.YELLOW,
    VerdictKind.BLOCKED: Colour.BLUE,
    VerdictKind.UNREACHABLE: Colour.MAGENTA,
    VerdictKind.SKIPPED: Colour.DIM,
}
_NAMED = (VerdictKind.BLOCKED, VerdictKind.UNREACHABLE)


class Page(Struct, frozen=True):
    """Where lines go, and how they look."""

    stream: TextIO
    options: Options
    style: Style
    glyphs: Glyphs

    @property
    def width(self) -> int:
        return max(self.options.width, NARROWEST)

    def line(self, text: str = "") -> None:
        # A CI runner takes a line that starts so for a command to it.
        lead = "\\" if text.lstrip().startswith("::") else ""
        self.stream.write(lead + text.rstrip() + "\n")


def write(run: Run, stream: TextIO, options: Options) -> None:
    page = Page(
        stream=stream,
        options=options,
        style=Style(colour=options.colour, hyperlinks=options.hyperlinks),
        glyphs=glyphs(getattr(stream, "encoding", None)),
    )
    if options.detail is Detail.QUIET:
        _one_line_each(run, page)
        return
    paths = 0
    for path, links, findings in by_path(run):
        told = tuple(finding for finding in findings if _is_told(finding, options.detail))
        paths += any(finding.status is Status.NEW and finding.severity is not Severity.INFO for finding in told)
        if told or (links and options.detail is Detail.VERBOSE):
            _article(path, links if options.detail is Detail.VERBOSE else (), told, page)
    _summary(run, paths, page)


def _is_told(finding: Finding, detail: Detail) -> bool:
    """Notes and accepted findings are counted; who wants to read them asks for more detail."""
    return detail is Detail.VERBOSE or (finding.status is Status.NEW and finding.severity is not Severity.INFO)


def _one_line_each(run: Run, page: Page) -> None:
    """`path:line:column: severity code message`, which editors and grep understand."""
    for finding in run.findings():
        if _is_told(finding, Detail.NORMAL):
            span = finding.location.span
            word, colour = _SEVERITY[finding.severity]
            place = f"{visible(finding.location.path)}:{span.line}:{span.column}:"
            page.line(f"{place} {page.style.paint(word, colour)} {finding.code} {shown(finding.message)}")


def _article(path: str, links: tuple[LinkRecord, ...], findings: tuple[Finding, ...], page: Page) -> None:
    page.line(_title(path, page))
    rows: list[tuple[int, int, int, LinkRecord | Finding]] = [
        (link.link.location.span.line, link.link.location.span.column, 0, link) for link in links
    ] + [(finding.location.span.line, finding.location.span.column, 1, finding) for finding in findings]
    rows.sort(key=lambda row: row[:3])
    margin = max(len(f"{line}:{column}") for line, column, _, _ in rows)
    for line, column, _, row in rows:
        place = f"  {f'{line}:{column}':>{margin}}  "
        match row:
            case LinkRecord():
                _link(row, place, page)
            case Finding():
                _finding(row, place, page)
    page.line()


def _title(path: str, page: Page) -> str:
    if not path:
        return page.style.paint("linkcheck itself", Colour.BOLD)
    address = file_url(path, page.options) or line_url(path, 1, page.options)
    return page.style.link(page.style.paint(visible(path), Colour.BOLD), address)


def _link(record: LinkRecord, place: str, page: Page) -> None:
    paint = page.style.paint
    verdict = paint(f"{record.verdict.kind:<11}", _VERDICT[record.verdict.kind])
    page.line(
        f"{paint(place, Colour.DIM)}{verdict}  {paint(f'{record.link.role:<9}', Colour.DIM)}  {shown(record.link.url)}"
    )
    reason = record.skip.reason if record.skip else record.verdict.reason
    if record.verdict.kind is not VerdictKind.OK and reason:
        for line in wrap(shown(reason), page.width - len(place) - 13):
            page.line(" " * (len(place) + 13) + paint(line, Colour.DIM))


def _finding(finding: Finding, place: str, page: Page) -> None:
    paint = page.style.paint
    word, colour = _SEVERITY[finding.severity]
    if finding.status is not Status.NEW:
        colour = Colour.DIM
    indent = " " * len(place)
    head = f"{word:<7}  {finding.code}  "
    first, *rest = wrap(shown(finding.message), page.width - len(place) - len(head))
    code = page.style.link(paint(finding.code, Colour.DIM), _rule_url(finding.code, page.options))
    page.line(f"{paint(place, Colour.DIM)}{paint(word, colour)}{' ' * (9 - len(word))}{code}  {first}")
    for line in rest:
        page.line(f"{indent}{' ' * len(head)}{line}")
    _quote(finding, indent, colour, page)
    if finding.hint:
        first, *rest = wrap(shown(finding.hint), page.width - len(indent) - len(page.glyphs.arrow) - 1)
        page.line(f"{indent}{paint(page.glyphs.arrow, Colour.CYAN)} {first}")
        for line in rest:
            page.line(f"{indent}{' ' * (len(page.glyphs.arrow) + 1)}{line}")
    if finding.status is not Status.NEW:
        page.line(
            indent + paint(shown(f"{finding.status}: {finding.reason}" if finding.reason else finding.status), Colour.DIM)
        )
    if page.options.detail is Detail.VERBOSE:
        _facts(finding, indent, page)


def _rule_url(code: str, options: Options) -> str | None:
    return options.rules_url.replace("{code}", code) if options.rules_url else None


def _quote(finding: Finding, indent: str, colour: Colour, page: Page) -> None:
    """The line of the article, and a caret under every cell of the value; a long line is cut around the value's start."""
    if not finding.quote or not finding.quote.strip():
        return
    span = finding.location.span
    bar = page.style.paint(page.glyphs.bar, Colour.DIM)
    room = page.width - len(indent) - 2
    quote, start, length = _window(clip(finding.quote, span.column + 1000), span, room)
    page.line(f"{indent}{bar} {quote}")
    if length:
        page.line(f"{indent}{bar} {' ' * start}{page.style.paint('^' * length, colour)}")


def _window(quote: str, span: Span, room: int) -> tuple[str, int, int]:
    """The part of a line that fits into `room` cells, where in it the value starts, and how many of its cells show."""
    start = min(max(span.column - 1, 0), len(quote))
    end = min(span.end_column - 1, len(quote)) if span.end_line == span.line else len(quote)
    lead = len(quote) - len(quote.lstrip(" \t"))
    lead = min(lead, start)
    before, value, after = visible(quote[lead:start]), visible(quote[start:end]), visible(quote[end:])
    if cells(before) > room // 2:
        # Keep the end of what leads to the value: its key stands there.
        kept = before
        while cells(kept) > room // 3:
            kept = kept[max(1, (cells(kept) - room // 3) // 2) :]
        before = "\u2026" + kept
    taken = cells(before)
    text = crop(before + value + after, room)
    return text, taken, min(max(cells(value), 1), max(room - taken, 0)) if start < len(quote) or not value else 0


def _facts(finding: Finding, indent: str, page: Page) -> None:
    paint = page.style.paint
    facts = {key: value for key, value in finding.facts.items() if value not in (None, "", ())}
    if finding.location.pointer:
        facts = {"at": finding.location.pointer, **facts}
    if not facts:
        return
    margin = max(len(shown(key, 24)) for key in facts)
    for key, value in facts.items():
        parts = value if isinstance(value, tuple) else (value,)
        label = f"{shown(key, 24):<{margin}}"
        for part in parts:
            page.line(f"{indent}{paint(label, Colour.DIM)}  {_fact(part)}")
            label = " " * margin


def _fact(value: Fact) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return shown(value)
        case _:
            return str(value)


def _summary(run: Run, paths: int, page: Page) -> None:
    summary = run.summary()
    paint = page.style.paint
    for line in wrap(scope(summary), page.width):
        page.line(line)
    _verdicts(run, summary, page)
    if summary.skipped_files:
        page.line(paint(f"{count(summary.skipped_files, 'file')} without front matter left out", Colour.DIM))
    for notice in summary.notices:
        first, *rest = wrap(shown(notice), page.width - 6)
        page.line(f"{paint('note', Colour.BLUE)}  {first}")
        for line in rest:
            page.line(f"      {line}")
    if (comparison := compared(summary)) is not None:
        page.line(comparison[0].upper() + comparison[1:])
    page.line()
    _verdict_on_the_run(summary, paths, page)


def _verdicts(run: Run, summary: Summary, page: Page) -> None:
    kinds = tuple(kind for kind in VERDICTS if summary.verdicts.get(kind))
    if not kinds:
        return
    hosts = rank(run.hosts(), _NAMED)
    margin = max(len(f"{summary.verdicts[kind]:,}") for kind in kinds)
    page.line()
    for kind in kinds:
        words: list[str] = []
        if named := hosts.named.get(kind):
            words = [f"{visible(name)} {number:,}" for name, number in named]
            if hosts.more[kind]:
                words.append(f"{count(hosts.more[kind], 'host')} more")
        elif kind is VerdictKind.SKIPPED:
            words = _reasons(summary.not_checked)
        number = f"{summary.verdicts[kind]:,}"
        _row(f"  {number:>{margin}}  {page.style.paint(f'{kind:<11}', _VERDICT[kind])}", margin + 15, words, page)
    if summary.not_checked and VerdictKind.SKIPPED not in kinds:
        _row(f"  {'':>{margin}}  not checked", margin + 15, _reasons(summary.not_checked), page)
    if hosts.slowest:
        slow = [f"{visible(host.host)} {duration(host.mean_seconds)}" for host in hosts.slowest]
        _row(f"  {'':>{margin}}  {'slowest':<11}", margin + 15, slow, page)
    page.line()


def _row(label: str, margin: int, words: list[str], page: Page) -> None:
    """A label and words after it, as many on a line as fit."""
    between = f" {page.glyphs.dot} "
    lines: list[str] = []
    for word in words:
        if lines and cells(lines[-1]) + len(between) + cells(word) <= page.width - margin - 2:
            lines[-1] += between + word
        else:
            lines.append(word)
    first, *rest = lines or [""]
    page.line(f"{label}  {page.style.paint(first, Colour.DIM)}")
    for line in rest:
        page.line(f"{' ' * margin}  {page.style.paint(line, Colour.DIM)}")


def _reasons(not_checked: dict[str, int]) -> list[str]:
    most = Counter(not_checked).most_common()
    words = [f"{shown(reason, 120)} {number:,}" for reason, number in most[:5]]
    if len(most) > len(words):
        words.append(f"{count(len(most) - len(words), 'reason')} more")
    return words


def _verdict_on_the_run(summary: Summary, paths: int, page: Page) -> None:
    paint = page.style.paint
    found, put_aside = tally(summary), accepted(summary)
    grave = summary.findings.get(Severity.ERROR, 0), summary.findings.get(Severity.WARNING, 0)
    if grave[0] or grave[1]:
        colour = Colour.BOLD_RED if grave[0] else Colour.BOLD_YELLOW
        words = paint(found, colour) + f" in {paths:,} of {count(summary.articles, 'article')}"
    elif not summary.articles:
        words = paint("Nothing was checked", Colour.BOLD_YELLOW)
    else:
        words = paint("All is well", Colour.BOLD_GREEN) + (f"; {found}" if found else "")
    page.line(words + (f" ({put_aside})" if put_aside else ""))
    if ((found and summary.findings.get(Severity.INFO)) or put_aside) and page.options.detail is Detail.NORMAL:
        page.line(paint("--verbose shows notes and accepted findings too", Colour.DIM))
    if not summary.complete:
        because = shown(summary.incomplete_because or "not everything was checked").rstrip(".")
        first, *rest = wrap(because + "; what was not checked is not judged", page.width - 12)
        page.line(f"{paint('Incomplete', Colour.BOLD_YELLOW)}: {first}")
        for line in rest:
            page.line(f"            {line}")
