"""The records of the JSON report, version 1 (`schemas/report.schema.json`)."""

from collections.abc import Iterable

from msgspec import Struct, convert

from linkcheck.model import (
    ArchivedCopy,
    Cause,
    Fact,
    Failure,
    Finding,
    FixKind,
    Hop,
    LinkRecord,
    PageFacts,
    Problem,
    ProblemChange,
    Role,
    Severity,
    Status,
    Summary,
    TargetRecord,
    VerdictKind,
)
from linkcheck.report.base import ReportOptions

VERSION = 1


class Tool(Struct, frozen=True):
    name: str
    version: str


class ComparisonRecord(Struct, frozen=True):
    since: str
    new: int
    worse: int
    fixed: int
    still: int
    not_checked: int


class SummaryRecord(Struct, frozen=True):
    complete: bool
    incomplete_because: str | None
    articles: int
    links: int
    targets: int
    requests: int
    reused: int
    skipped_files: int
    empty_files: int
    excluded_files: int
    skipped_folders: tuple[str, ...]
    skipped_partials: tuple[str, ...]
    symbolic_links: int
    special_files: int
    verdicts: dict[VerdictKind, int]
    findings: dict[Severity, int]
    accepted: int
    unchanged: int
    ignored: int
    not_checked: dict[str, int]
    notices: tuple[str, ...]
    problems: dict[Severity, int]
    changes: dict[ProblemChange, int] | None
    comparison: ComparisonRecord | None


class ImageRecord(Struct, frozen=True):
    format: str | None
    width: int | None
    height: int | None
    stored_width: int | None
    stored_height: int | None
    bytes_read: int


class PageRecord(Struct, frozen=True):
    title: str | None
    canonical: str | None
    amphtml: str | None
    is_amp: bool


class TargetRow(Struct, frozen=True):
    url: str
    probe: str
    verdict: VerdictKind
    reason: str
    status: int | None
    failure: Failure | None
    final_url: str | None
    hops: tuple[Hop, ...]
    attempts: int | None
    media_type: str | None
    image: ImageRecord | None
    page: PageRecord | None
    seconds: float | None
    checked_at: str | None
    reused: bool


class LinkRow(Struct, frozen=True):
    path: str
    line: int
    column: int
    pointer: str
    role: Role
    url: str
    target: str
    verdict: VerdictKind
    reason: str


class FindingRow(Struct, frozen=True):
    code: str
    name: str
    severity: Severity
    status: Status
    status_reason: str | None
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    pointer: str
    url: str | None
    message: str
    hint: str | None
    facts: dict[str, Fact]
    fingerprint: str
    fix: FixKind | None
    fix_reason: str | None
    archive: ArchivedCopy | None


class ProblemRow(Struct, frozen=True):
    id: str
    code: str
    name: str
    severity: Severity
    status: Status
    change: ProblemChange | None
    before: Severity | None
    is_back: bool
    first_seen: str | None
    last_ok: str | None
    runs: int | None
    cause: Cause
    message: str
    hint: str | None
    places: int
    articles: int
    new_articles: int
    findings: tuple[str, ...]
    fix: FixKind | None
    archive: ArchivedCopy | None


def tool(options: ReportOptions) -> Tool:
    return Tool(name="linkcheck", version=options.version)


def summary(facts: Summary) -> SummaryRecord:
    known = {name: getattr(facts, name) for name in SummaryRecord.__struct_fields__ if name != "changes"}
    return convert(known | {"changes": changes_of(facts)}, SummaryRecord, from_attributes=True)


def changes_of(facts: Summary) -> dict[ProblemChange, int] | None:
    """The number of problems by what changed; None without a run to compare with."""
    compared = facts.comparison
    return None if compared is None else {change: getattr(compared, change.value) for change in ProblemChange}


def problem(row: Problem, findings: Iterable[Finding]) -> ProblemRow:
    first = row.first
    return ProblemRow(
        id=row.id,
        code=first.code,
        name=first.name,
        severity=row.severity,
        status=row.status,
        change=row.change,
        before=row.before,
        is_back=row.is_back,
        first_seen=row.first_seen,
        last_ok=row.last_ok,
        runs=row.runs,
        cause=row.cause,
        message=first.message,
        hint=first.hint,
        places=row.places,
        articles=row.articles,
        new_articles=row.new_articles,
        findings=tuple(each.fingerprint for each in findings),
        fix=first.fix.kind if first.fix else None,
        archive=first.archive,
    )


def target(row: TargetRecord) -> TargetRow:
    outcome = row.outcome
    answer = outcome.answer if outcome else None
    failure = outcome.failure if outcome else None
    return TargetRow(
        url=row.target.url,
        probe=row.target.probe,
        verdict=row.verdict.kind,
        reason=row.verdict.reason,
        status=answer.status if answer else None,
        failure=failure,
        final_url=answer.url if answer else None,
        hops=outcome.hops if outcome else (),
        attempts=outcome.attempts if outcome else None,
        media_type=answer.media_type if answer else None,
        image=convert(answer.image, ImageRecord, from_attributes=True) if answer and answer.image else None,
        page=_page(answer.page) if answer and answer.page else None,
        seconds=outcome.seconds if outcome else None,
        checked_at=(outcome.checked_at or None) if outcome else None,
        reused=outcome.reused if outcome else False,
    )


def link(row: LinkRecord) -> LinkRow:
    location = row.link.location
    return LinkRow(
        path=location.path,
        line=location.span.line,
        column=location.span.column,
        pointer=location.pointer,
        role=row.link.role,
        url=row.link.url,
        target=row.target.url,
        verdict=row.verdict.kind,
        reason=row.skip.reason if row.skip else row.verdict.reason,
    )


def finding(row: Finding) -> FindingRow:
    location = row.location
    return FindingRow(
        code=row.code,
        name=row.name,
        severity=row.severity,
        status=row.status,
        status_reason=row.reason,
        path=location.path,
        line=location.span.line,
        column=location.span.column,
        end_line=location.span.end_line,
        end_column=location.span.end_column,
        pointer=location.pointer,
        url=row.url,
        message=row.message,
        hint=row.hint,
        facts=row.facts,
        fingerprint=row.fingerprint,
        fix=row.fix.kind if row.fix else None,
        fix_reason=row.fix.reason if row.fix else None,
        archive=row.archive,
    )


def _page(facts: PageFacts) -> PageRecord:
    return PageRecord(
        title=facts.title,
        canonical=facts.canonicals[0] if facts.canonicals else None,
        amphtml=facts.amphtml[0] if facts.amphtml else None,
        is_amp=facts.is_amp,
    )


def run_header(run_summary: Summary, options: ReportOptions) -> dict[str, object]:
    """What leads a report: version, tool, when it started and how long it took."""
    return {
        "version": VERSION,
        "tool": tool(options),
        "started": run_summary.started,
        "seconds": run_summary.seconds,
    }
