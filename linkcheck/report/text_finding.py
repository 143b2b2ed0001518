"""A finding in the text report: its message, the line of the article with a caret, and its hint."""

from linkcheck.model import Fact, Finding, Status
from linkcheck.report.base import Detail
from linkcheck.report.caret import window
from linkcheck.report.copies import copy_line
from linkcheck.report.escape import clip, shown
from linkcheck.report.places import rule_url
from linkcheck.report.terminal import Color, wrap
from linkcheck.report.text_page import SEVERITIES, TextPage
from linkcheck.urls import LONGEST_URL


def write_finding(finding: Finding, place: str, page: TextPage) -> None:
    """A finding after its place: the message, the line of the article, the hint; `--verbose` adds its facts."""
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
    if (copy := copy_line(finding)) is not None:
        page.line(f"{indent}{paint(page.glyphs.arrow, Color.CYAN)} {copy}")  # in one piece, so that it can be copied
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
