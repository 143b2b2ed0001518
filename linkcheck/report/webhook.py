"""A short digest for programs, as JSON (`schemas/digest.schema.json`): the counts, what changed, and the first problems.

Its size is bounded, whatever the run: long texts are cut, and problems beyond a number are only counted.
"""

from typing import TextIO

from msgspec import Struct, convert

from linkcheck.model import Problem, ProblemChange, Run, Severity, VerdictKind
from linkcheck.report import json_records
from linkcheck.report.base import ReportOptions
from linkcheck.report.encode import encode
from linkcheck.report.escape import clip
from linkcheck.report.leading import leading
from linkcheck.report.places import line_url
from linkcheck.report.summary_text import headline, is_failed, outcome, problems

NAME = "webhook"
SUFFIX = ".json"
DESCRIPTION = "a short digest as JSON: the counts, what changed, and the first problems"

VERSION = 1
MOST_PROBLEMS = 25
"""Of each change; the rest is counted."""
_LONGEST_URL = 2_000
_CHANGES = (ProblemChange.NEW, ProblemChange.WORSE, ProblemChange.FIXED, None)


class DigestSummary(Struct, frozen=True):
    complete: bool
    incomplete_because: str | None
    articles: int
    links: int
    targets: int
    requests: int
    verdicts: dict[VerdictKind, int]
    problems: dict[Severity, int]
    findings: dict[Severity, int]


class DigestProblem(Struct, frozen=True):
    id: str
    change: ProblemChange | None
    before: Severity | None
    severity: Severity
    code: str
    name: str
    message: str
    url: str | None
    path: str
    line: int
    link: str | None
    places: int
    articles: int
    first_seen: str | None


class Digest(Struct, frozen=True):
    version: int
    tool: json_records.Tool
    started: str
    seconds: float
    outcome: str
    failed: bool
    job: str | None
    summary: DigestSummary
    changes: json_records.ComparisonRecord | None
    problems: tuple[DigestProblem, ...]
    more: int


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    summary = run.summary()
    compared = summary.comparison
    found = [leading(run, change, MOST_PROBLEMS) for change in _CHANGES]
    listed = tuple(_problem(each, options) for first, _ in found for each in first)
    digest = Digest(
        version=VERSION,
        tool=json_records.tool(options),
        started=summary.started,
        seconds=summary.seconds,
        outcome=clip(outcome(summary, options) or headline(summary)),
        failed=is_failed(summary, options),
        job=options.run_url,
        summary=DigestSummary(
            complete=summary.complete,
            incomplete_because=_clipped(summary.incomplete_because),
            articles=summary.articles,
            links=summary.links,
            targets=summary.targets,
            requests=summary.requests,
            verdicts=summary.verdicts,
            problems=problems(summary),
            findings=summary.findings,
        ),
        changes=None if compared is None else convert(compared, json_records.ComparisonRecord, from_attributes=True),
        problems=listed,
        more=sum(number for _, number in found) - len(listed),
    )
    stream.write(encode(digest) + "\n")


def _problem(problem: Problem, options: ReportOptions) -> DigestProblem:
    finding = problem.first
    path, line = finding.location.path, finding.location.span.line
    return DigestProblem(
        id=problem.id,
        change=problem.change,
        before=problem.before,
        severity=problem.severity,
        code=finding.code,
        name=finding.name,
        message=clip(finding.message),
        url=_clipped(finding.url, _LONGEST_URL),
        path=clip(path),
        line=line,
        link=_clipped(line_url(path, line, options), _LONGEST_URL),
        places=problem.places,
        articles=problem.articles,
        first_seen=problem.first_seen,
    )


def _clipped(text: str | None, longest: int = 500) -> str | None:
    return None if text is None else clip(text, longest)
