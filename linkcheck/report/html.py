"""One self-contained page: what is new, fixed and still broken, and every finding, article, host and link to search.

The page makes no network requests. A Content-Security-Policy allows only the one style and the one script that are in
it, by their hashes; what others wrote travels as JSON and reaches the page as text nodes. The page's parts are in
`page/`.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from msgspec import Struct

from linkcheck.model import Claim, Finding, HostRecord, LinkRecord, Run, Status, Summary, TargetRecord
from linkcheck.report.base import ReportOptions
from linkcheck.report.encode import encode
from linkcheck.report.escape import message_and_hint, shown
from linkcheck.report.places import line_pattern, line_url, rule_url
from linkcheck.report.rows import by_path
from linkcheck.report.summary_text import (
    SEVERITIES,
    VERDICTS,
    because,
    count,
    headline,
    moment,
    not_open,
    plain_reason,
    scope,
    skipped_files,
)

NAME = "html"
SUFFIX = ".html"
DESCRIPTION = "a self-contained page with search, filters and sorting"

PAGE = Path(__file__).parent / "page"
STATIC_FINDINGS = 500
"""Findings shown where scripts are off."""
LONGEST_URL = 4000

# Inside a script element only these could end it or, in old parsers, a line (HTML 13.1.2; JSON allows all of them).
_ISLAND = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Part(Struct, frozen=True):
    """A verdict's share of the bar, in thousandths of its width."""

    kind: str
    count: str
    x: float
    width: float


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
    )
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    script = (PAGE / "page.js").read_text(encoding="utf-8")
    summary = run.summary()
    pieces = environment.get_template("page.html").stream(
        policy=_policy(style, script),
        style=style,
        script=script,
        version=options.version,
        headline=headline(summary),
        title=_title(summary),
        scope=scope(summary),
        started=shown(summary.started),
        started_words=shown(moment(summary.started)),
        since_words=moment(summary.comparison.since) if summary.comparison else "",
        not_open=not_open(summary),
        incomplete=None if summary.complete else shown(because(summary)),
        comparison=summary.comparison,
        parts=_parts(summary),
        not_checked=[
            (shown(plain_reason(reason)), count(number, "link")) for reason, number in list(summary.not_checked.items())[:50]
        ],
        notices=[shown(notice) for notice in (*filter(None, [skipped_files(summary)]), *summary.notices[:50])],
        static=_static(run, options),
        static_limit=STATIC_FINDINGS,
        more_static=sum(summary.findings.values()) > STATIC_FINDINGS,
        island=_island(run, options),
    )
    pieces.enable_buffering(20)
    stream.writelines(pieces)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _title(summary: Summary) -> str:
    # A number stays on the line of what it counts.
    words = [part.replace(" ", "\u00a0", 1) for part in headline(summary).removesuffix("; incomplete").split(", ")]
    return words[0][0].upper() + ", ".join(words)[1:]


def _parts(summary: Summary) -> list[Part]:
    total = sum(summary.verdicts.values()) or 1
    parts: list[Part] = []
    x = 0.0
    for kind in VERDICTS:
        if number := summary.verdicts.get(kind):
            width = 1000 * number / total
            parts.append(Part(kind=kind, count=f"{number:,}", x=round(x, 2), width=round(width, 2)))
            x += width
    return parts


def _static(run: Run, options: ReportOptions) -> Iterator[dict[str, str | None]]:
    fresh = (finding for finding in run.findings() if finding.status is Status.OPEN)
    for finding in islice(fresh, STATIC_FINDINGS):
        location = finding.location
        yield {
            "severity": SEVERITIES[finding.severity],
            "address": line_url(location.path, location.span.line, options),
            "place": f"{shown(location.path)}:{location.span.line}",
            "code": finding.code,
            "rule": rule_url(finding.code, finding.name, options),
            "message": message_and_hint(finding.message, finding.hint),
        }


def _island(run: Run, options: ReportOptions) -> Iterator[str]:
    """The run as JSON, row by row; rows are arrays, in the order that `page.js` reads them."""
    yield f'{{"rules":{encode(options.rules_url).translate(_ISLAND)},"targets":['
    yield from _rows(map(_target, run.targets()))
    yield '],"articles":['
    yield from _rows(
        [shown(path, LONGEST_URL), line_pattern(path, options), [*map(_link, links)], [*map(_finding, findings)]]
        for path, links, findings in by_path(run)
    )
    yield '],"hosts":['
    yield from _rows(map(_host, run.hosts()))
    yield "]}"


def _rows(rows: Iterable[list[object]]) -> Iterator[str]:
    separator = "\n"
    for row in rows:
        yield separator + encode(row).translate(_ISLAND)
        separator = ",\n"


def _target(record: TargetRecord) -> list[object]:
    outcome = record.outcome
    answer = outcome.answer if outcome else None
    failure = outcome.failure if outcome else None
    image = answer.image if answer else None
    page = answer.page if answer else None
    return [
        shown(record.target.url, LONGEST_URL),
        record.target.probe,
        record.verdict.kind,
        shown(record.verdict.reason),
        answer.status if answer else None,
        shown(f"{failure.kind}: {failure.message}") if failure else None,
        shown(answer.url, LONGEST_URL) if answer else None,
        [[shown(hop.url, LONGEST_URL), hop.status] for hop in outcome.hops[:50]] if outcome else [],
        outcome.attempts if outcome else None,
        shown(answer.media_type, 100) if answer and answer.media_type else None,
        [image.format, image.width, image.height] if image else None,
        shown(page.title, 300) if page and page.title else None,
        outcome.seconds if outcome else None,
        outcome.checked_at if outcome else None,
        outcome.reused if outcome else False,
    ]


def _link(record: LinkRecord) -> list[object]:
    link = record.link
    return [
        link.location.span.line,
        link.location.span.column,
        shown(link.location.pointer),
        link.role,
        shown(link.url, LONGEST_URL),
        shown(record.target.url, LONGEST_URL),
        record.verdict.kind,
        shown(record.skip.reason if record.skip else record.verdict.reason),
        _declared(link.wants.width, link.wants.height),
    ]


def _declared(width: Claim | None, height: Claim | None) -> list[float | None] | None:
    sides = [_pixels(width), _pixels(height)]
    return sides if any(side is not None for side in sides) else None


def _pixels(claim: Claim | None) -> float | None:
    value = claim.value if claim else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e9 else None


def _finding(finding: Finding) -> list[object]:
    location = finding.location
    return [
        location.span.line,
        location.span.column,
        shown(location.pointer),
        finding.code,
        finding.name,
        SEVERITIES[finding.severity],
        finding.status,
        shown(finding.reason) if finding.reason else None,
        shown(finding.url, LONGEST_URL) if finding.url is not None else None,
        shown(finding.message),
        shown(finding.hint) if finding.hint else None,
        shown(finding.quote) if finding.quote else None,
        [[shown(key, 60), _fact(value)] for key, value in finding.facts.items() if value is not None and value is not False],
    ]


def _fact(value: object) -> str:
    return shown(", ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _host(record: HostRecord) -> list[object]:
    return [shown(record.host), dict(record.verdicts), record.requests, record.mean_seconds, record.slowest_seconds]
