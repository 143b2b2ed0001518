"""One self-contained page for the morning: what changed, what to repair first, and which hosts are responsible.

The page makes no network requests on its own; it loads an image only when the reader presses its button. Its
Content-Security-Policy allows only the one style and the one script that are in it, by their hashes. What others wrote
travels as JSON and reaches the page as text nodes. The page's parts are in `page/`.
"""

import base64
import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from msgspec import Struct

from linkcheck.model import Finding, Problem, ProblemChange, Run, Severity, Summary, VerdictKind
from linkcheck.report.base import ReportOptions
from linkcheck.report.copies import in_one_line
from linkcheck.report.escape import ascii_url, is_web, shown
from linkcheck.report.html_rows import PageRows
from linkcheck.report.html_trend import trend
from linkcheck.report.places import line_url, rule_url
from linkcheck.report.rows import is_open
from linkcheck.report.summary_text import (
    SEVERITIES,
    VERDICTS,
    because,
    count,
    extent,
    headline,
    history,
    in_places,
    is_failed,
    moment,
    not_open,
    outcome,
    plain_reason,
    problems,
    rank,
    scope,
    skipped_files,
    tally,
)

NAME = "html"
SUFFIX = ".html"
DESCRIPTION = "a self-contained page: what changed, what to repair first, and the hosts, with filters"

PAGE = Path(__file__).parent / "page"
STATIC_PROBLEMS = 500
"""Problems of a section that are listed where scripts are off."""
STATIC_PLACES = 10
SHOWN_FIXED = 500

_BLAMED = {VerdictKind.DEAD: "Gone", VerdictKind.UNREACHABLE: "Down", VerdictKind.BLOCKED: "Refused"}
"""What is wrong with a host, in the words of the page."""


class Part(Struct, frozen=True):
    """A verdict's share of the bar, in thousandths of its width."""

    kind: str
    count: str
    x: float
    width: float


class StaticPlace(Struct, frozen=True):
    """Where a problem is, and the web address of that line, if known."""

    text: str
    address: str | None


class StaticProblem(Struct, frozen=True):
    """A problem as it is listed without scripts."""

    severity: str
    code: str
    rule: str | None
    message: str
    past: str
    places: tuple[StaticPlace, ...]
    more: int
    extent: str


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
    )
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    script = (PAGE / "page.js").read_text(encoding="utf-8")
    summary = run.summary()
    rows = PageRows(run, options)
    result, sentence = _sentence(summary, options)
    pieces = environment.get_template("page.html").stream(
        policy=_policy(style, script),
        style=style,
        script=script,
        version=options.version,
        headline=headline(summary),
        state=_state(summary, options),
        result=result,
        sentence=sentence,
        found=_found(summary, options),
        scope=scope(summary),
        started=shown(summary.started),
        started_words=shown(moment(summary.started)),
        since_words=moment(summary.comparison.since) if summary.comparison else "",
        not_open=not_open(summary),
        about=_about(options),
        incomplete=None if summary.complete else shown(because(summary)),
        comparison=summary.comparison,
        trend=trend(run),
        blame=_blame(run),
        parts=_parts(summary),
        not_checked=[
            (shown(plain_reason(reason)), count(number, "link")) for reason, number in list(summary.not_checked.items())[:50]
        ],
        notices=[shown(notice) for notice in (*filter(None, [skipped_files(summary)]), *summary.notices[:50])],
        limits=rows.limits(),
        fixed=(_static(run, each, options) for each in islice(_of(run, ProblemChange.FIXED), min(rows.fixed, SHOWN_FIXED))),
        fixed_more=max(0, rows.fixed - SHOWN_FIXED),
        sections=_sections(run, options),
        static_limit=STATIC_PROBLEMS,
        island=rows.island(),
    )
    pieces.enable_buffering(20)
    stream.writelines(pieces)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data: https: http:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _state(summary: Summary, options: ReportOptions) -> str:
    """`failed`, `clear` if there is nothing to do, else `open`."""
    if is_failed(summary, options):
        return "failed"
    found = problems(summary)
    listed = found.get(Severity.ERROR) or found.get(Severity.WARNING)
    is_checked = summary.complete and (summary.articles or summary.empty_because)
    return "clear" if is_checked and not listed else "open"


def _sentence(summary: Summary, options: ReportOptions) -> tuple[str, str]:
    """`Failed` or `Passed`, empty if unknown, and why."""
    changed = outcome(summary, options)
    if changed is None:
        sentence = headline(summary).removesuffix("; incomplete")
        return ("Failed" if _state(summary, options) == "failed" else "", sentence[0].upper() + sentence[1:])
    result, separator, rest = changed.partition(": ")
    return (result, rest[0].upper() + rest[1:]) if separator else ("", changed)


def _found(summary: Summary, options: ReportOptions) -> str:
    """The numbers that are not in the sentence."""
    if outcome(summary, options) is None:
        places = in_places(summary)
        return f"In {places}" if places else ""
    return " in ".join(filter(None, [tally(summary), in_places(summary)]))


def _about(options: ReportOptions) -> list[tuple[str, str, str | None]]:
    """What was checked, and by what: names, values and addresses."""
    run_url = options.run_url if options.run_url and is_web(options.run_url) else None
    known = (
        ("commit", options.commit and options.commit[:12], None),
        ("branch", options.branch, None),
        ("configuration", options.config_file, None),
        ("run", "CI job" if run_url else None, run_url and ascii_url(run_url)),
    )
    return [(name, shown(value), address) for name, value, address in known if value]


def _blame(run: Run) -> list[tuple[str, VerdictKind, list[tuple[str, int]], int]]:
    """The hosts with the most targets of a kind, and how many more hosts have some."""
    ranked = rank(run.hosts(), tuple(_BLAMED))
    return [
        (words, kind, [(shown(host, 100), number) for host, number in ranked.named[kind]], ranked.more[kind])
        for kind, words in _BLAMED.items()
        if ranked.named[kind]
    ]


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


def _sections(run: Run, options: ReportOptions) -> Iterator[tuple[str, Iterator[StaticProblem]]]:
    """The errors and warnings where scripts are off: what changed, then the others."""
    if run.summary().comparison is not None:
        yield "New and worse", _statics(run, _of(run, ProblemChange.NEW, ProblemChange.WORSE), options)
    yield "Errors and warnings", _statics(run, _of(run, ProblemChange.STILL, None), options)


def _statics(run: Run, found: Iterator[Problem], options: ReportOptions) -> Iterator[StaticProblem]:
    return (_static(run, each, options) for each in islice(found, STATIC_PROBLEMS))


def _of(run: Run, *changes: ProblemChange | None) -> Iterator[Problem]:
    """The open problems with one of these changes, without info."""
    return (each for each in run.problems() if each.change in changes and is_open(each.first))


def _static(run: Run, problem: Problem, options: ReportOptions) -> StaticProblem:
    first = problem.first
    found = [first] if problem.places < 2 else [*islice(run.places(problem), STATIC_PLACES)]
    return StaticProblem(
        severity=SEVERITIES[problem.severity],
        code=first.code,
        rule=rule_url(first.code, first.name, options),
        message=in_one_line(first),
        past=history(problem),
        places=tuple(_place(each, options) for each in found),
        more=max(0, problem.places - len(found)),
        extent=extent(problem),
    )


def _place(finding: Finding, options: ReportOptions) -> StaticPlace:
    path, line = finding.location.path, finding.location.span.line
    return StaticPlace(f"{shown(path)}:{line}" if path else "linkcheck itself", line_url(path, line, options))
