"""The steps of a run in order. The ledger carries the data between them."""

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from linkcheck import signals, triage
from linkcheck.atomic_write import check_place
from linkcheck.errors import Exit, UsageError
from linkcheck.judge import RunFacts, is_copy_missing
from linkcheck.ledger import Ledger, RecordedRun, open_ledger
from linkcheck.ledger.recorded_run import count, count_findings, count_not_checked, count_problems, count_verdicts
from linkcheck.model import SEVERITIES, Comparison, Severity, Source, Summary
from linkcheck.pipeline.context import RunContext, RunOptions
from linkcheck.pipeline.crawl_step import (
    CrawlSummary,
    NullObserver,
    ProgressListener,
    RunObserver,
    crawl_targets,
    is_good,
    is_strike,
    judge_pages,
)
from linkcheck.pipeline.discovery_notices import notices_of
from linkcheck.pipeline.judge_step import build_triage, is_fixed, judge_all, refuse_invalid_triage
from linkcheck.pipeline.read_step import ArticleReader, list_links
from linkcheck.pipeline.untrusted import check_output_links
from linkcheck.report.posted import is_posted
from linkcheck.timestamps import timestamp_of

if TYPE_CHECKING:
    from linkcheck.pipeline.archive_step import CopyFinder

__all__ = [
    "FinishedRun",
    "NullObserver",
    "ProgressListener",
    "RunContext",
    "RunObserver",
    "check",
    "exit_code",
    "failing",
    "list_links",
    "refuse_invalid",
]


class FinishedRun:
    """A finished run, which can be read until it is closed."""

    def __init__(
        self,
        ledger: Ledger,
        summary: Summary,
        exit_code: int,
        update: triage.Update | None = None,
        archive_notices: tuple[str, ...] = (),
    ) -> None:
        """`archive_notices` are the notices of the summary on copies that were not looked up."""
        self.summary = summary
        self.exit_code = exit_code
        self.archive_notices = archive_notices
        self.run = RecordedRun(ledger.database, ledger.run, summary)
        self.ledger = ledger
        self._update = update

    def update_baseline(self) -> str | None:
        """Write the baseline if `--update-baseline` is set; returns a sentence on what changed. Raises IncompleteError."""
        if self._update is None:
            return None
        triage.write_baseline(self._update.baseline)
        return f"{self._update.baseline.path}: {self._update.accepted} accepted, {self._update.removed} removed"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.ledger.close()
        signals.raise_again()


def check(context: RunContext, observer: RunObserver, *, revise: Callable[[Source], Source] | None = None) -> FinishedRun:
    """Validate the articles, request their links, judge the results, and return the run, ready to be reported.

    `revise` can return a different text for each source, to check an article as it will be after corrections. The baseline
    is updated after the caller has written its reports (`FinishedRun.update_baseline`).
    Raises UsageError for invalid arguments, before any request. A failed request never raises an exception.
    """
    run = context.run
    check_outputs(run)
    ledger = open_ledger(context.history, stamp=lambda: timestamp_of(context.now()))
    try:
        ledger.begin(scope=context.scope, means=context.means)
        reader = ArticleReader(context, revise=revise)
        run_triage = build_triage(context, ledger, reader.former_triage)
        signals.note_only()
        ledger.add_all(signals.uninterrupted(reader.rows_in_time(run.max_time)))
        for values in signals.uninterrupted(reader.claims_elsewhere(ledger)):
            ledger.add_claims(values)
        read_all = signals.arrived() is None and not reader.out_of_time
        crawl = crawl_targets(context, ledger, observer) if read_all and not run.offline else CrawlSummary()
        judge_pages(ledger, context.judge)
        if crawl.interrupted is not None:
            signals.note(crawl.interrupted)
        ledger.remember(
            good=is_good,
            strike=lambda outcome: is_strike(outcome, crawl),
            lacking=is_copy_missing,
        )
        copies = _copies(context, ledger, observer) if context.looks_up_copies else None
        facts = judge_all(context, ledger, reader, run_triage, copies=copies)
        ledger.check_place()
        interrupted = signals.arrived()
        late = f"time limit reached (--max-time {run.max_time:g})" if reader.out_of_time else None
        incompleteness = find_incompleteness(crawl, ledger, facts, interrupted=interrupted, late=late)
        all_judged = read_all and (interrupted is None or crawl.interrupted is not None)
        ledger.group_problems()
        is_complete = incompleteness is None
        comparison = compare_runs(context, ledger, run_triage, all_judged=all_judged, is_complete=is_complete)
        summary = sum_up(context, ledger, reader, crawl, incompleteness=incompleteness, comparison=comparison, copies=copies)
        ledger.finish(summary)
        whole = context.is_whole and interrupted is None and read_all
        update = run_triage.updated(whole=whole) if run.update_baseline else None
    except BaseException as error:
        ledger.abandon(error)
        signals.raise_again()
        raise
    code = exit_code(run, summary, incompleteness, interrupted=interrupted)
    return FinishedRun(ledger, summary, code, update, copies.notices if copies is not None else ())


def _copies(context: RunContext, ledger: Ledger, observer: RunObserver) -> "CopyFinder":
    """The copies of lost pages in web archives, after they were looked up."""
    from linkcheck.pipeline.archive_step import CopyFinder

    copies = CopyFinder(context, ledger)
    if signals.arrived() is None and (stopped := copies.look_up(observer)) is not None:
        signals.note(stopped)
    return copies


def refuse_invalid(context: RunContext) -> None:
    """Raises UsageError if a run without network requests would not start with this configuration. Reads no article."""
    check_outputs(context.run)
    ArticleReader(context)
    refuse_invalid_triage(context)


def check_outputs(run: RunOptions) -> None:
    """Raises UsageError if `--resume` has no history or an output file cannot be written."""
    if run.resume and run.history is None:
        raise UsageError("--resume requires a history: use --history FILE")
    if run.untrusted:
        check_output_links(_outputs(run))
    if run.record is not None:
        check_place(run.record, "the recording")
    if run.baseline is not None and run.update_baseline:
        check_place(run.baseline, "the baseline")


def _outputs(run: RunOptions) -> Iterator[tuple[str, str]]:
    """The files that the run writes, each with the option that specifies it."""
    for text in run.report:
        name, _, path = text.partition(":")
        if path and not is_posted(name, path):
            yield "--report", path
    if run.record is not None:
        yield "--record", run.record
    if run.update_baseline and run.baseline is not None:
        yield "--baseline", run.baseline


class Incompleteness(Struct, frozen=True):
    """Why a run is incomplete, in one sentence, and the exit code for that reason."""

    because: str
    exit_code: Exit


def find_incompleteness(
    crawl: CrawlSummary, ledger: Ledger, facts: RunFacts, *, interrupted: int | None = None, late: str | None = None
) -> Incompleteness | None:
    """The most severe reason why the run is incomplete; None if it is complete."""
    because = crawl.because or (late if interrupted is None else signals.BECAUSE)
    if because is not None:
        return Incompleteness(f"{because.rstrip('.')}; results cover only what was checked", Exit.INCOMPLETE)
    if ledger.write_error is not None:
        return Incompleteness(
            f"{ledger.write_error}; the results are in the reports but not in the history", Exit.INCOMPLETE
        )
    if facts.not_in_replay:
        links = _links(facts.not_in_replay)
        return Incompleteness(
            f"the replay file has no response for {links}; results cover only what was checked", Exit.INCOMPLETE
        )
    if facts.internal_errors:
        return Incompleteness(
            f"internal error while checking {_links(facts.internal_errors)}; please report it", Exit.INTERNAL
        )
    return None


def exit_code(run: RunOptions, summary: Summary, incompleteness: Incompleteness | None, *, interrupted: int | None) -> int:
    """The exit code (docs/reference/exit-codes.md): interrupted, else incomplete or an internal error, else findings."""
    if interrupted is not None:
        return 128 + interrupted
    if incompleteness is not None:
        return incompleteness.exit_code
    severities = failing(run.fail_on, exit_zero=run.exit_zero)
    problems = sum(summary.problems.get(severity, 0) for severity in severities)
    return Exit.FINDINGS if problems > run.max_problems else Exit.OK


def failing(fail_on: str, *, exit_zero: bool) -> tuple[Severity, ...]:
    """The severities of open findings that make the exit code 1."""
    if exit_zero or fail_on == "never":
        return ()
    return SEVERITIES[: SEVERITIES.index(Severity(fail_on)) + 1]


def compare_runs(
    context: RunContext, ledger: Ledger, run_triage: triage.Triage, *, all_judged: bool, is_complete: bool
) -> Comparison | None:
    """Compare this run with the previous one of its scope. Unless every article was judged, nothing counts as fixed."""
    is_gone = is_fixed(ledger, run_triage, sees_all=not context.run.is_partial) if all_judged else lambda _: False
    return ledger.compare(scope=context.scope, is_fixed=is_gone, is_complete=is_complete)


def sum_up(
    context: RunContext,
    ledger: Ledger,
    reader: ArticleReader,
    crawl: CrawlSummary,
    *,
    incompleteness: Incompleteness | None,
    comparison: Comparison | None,
    copies: "CopyFinder | None",
) -> Summary:
    """The counts of the run, and whether it is complete. Called last, when all damage to the history has been found."""
    database, run = ledger.database, ledger.run
    counts = count(database, run)
    return Summary(
        started=timestamp_of(context.started),
        seconds=round(context.seconds(), 3),
        complete=incompleteness is None,
        incomplete_because=None if incompleteness is None else incompleteness.because,
        empty_because=reader.empty_because if incompleteness is None else None,
        articles=counts["articles"],
        links=counts["links"],
        targets=counts["targets"],
        requests=max(crawl.requests, counts["requests"]),
        verdicts=count_verdicts(database, run),
        findings=count_findings(database, run),
        problems=count_problems(database, run),
        accepted=counts["accepted"],
        unchanged=counts["unchanged"],
        ignored=counts["ignored"],
        reused=crawl.reused,
        skipped_files=reader.tally.skipped_files,
        empty_files=reader.tally.empty_files,
        excluded_files=reader.tally.excluded,
        skipped_folders=tuple(sorted(reader.tally.skipped_folders)),
        skipped_partials=tuple(sorted(reader.tally.skipped_partials)),
        symbolic_links=reader.tally.symbolic_links,
        special_files=reader.tally.special_files,
        not_checked=count_not_checked(database, run),
        notices=(
            *context.notices,
            *ledger.notices,
            *notices_of(reader.tally, context),
            *reader.notices,
            *reader.schema_notices(),
            *(reader.undeclared.notice() if reader.has_link_fields or reader.schemas_mark_links() else ()),
            *reader.links.not_measured(),
            *reader.not_looked_up(),
            *reader.planner.unfinished(),
            *crawl.notices,
            *(copies.notices if copies is not None else ()),
        ),
        comparison=comparison,
    )


def _links(number: int) -> str:
    return f"{number:,} links" if number > 1 else "one link"
