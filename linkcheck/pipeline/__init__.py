"""The steps in order, and what passes between them through the ledger."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from msgspec import Struct

from linkcheck import signals, triage
from linkcheck.atomic_write import check_place
from linkcheck.config import Config
from linkcheck.errors import Exit, UsageError
from linkcheck.judge import RunFacts, is_copy_missing
from linkcheck.ledger import Ledger, RecordedRun, open_ledger
from linkcheck.ledger.recorded_run import compare, count, count_findings, count_not_checked, count_verdicts
from linkcheck.model import SEVERITIES, Severity, Source, Summary, is_our_limit
from linkcheck.pipeline.crawl_step import (
    CrawlSummary,
    NullObserver,
    ProgressListener,
    RunObserver,
    crawl_targets,
    is_good,
    judge_pages,
)
from linkcheck.pipeline.judge_step import build_triage, is_fixed, judge_all
from linkcheck.pipeline.options import is_whole, means_of, scope_of
from linkcheck.pipeline.read_step import ArticleReader, list_links
from linkcheck.pipeline.untrusted import check_output_links, history_of
from linkcheck.timestamps import timestamp_of

__all__ = ["FinishedRun", "NullObserver", "ProgressListener", "RunObserver", "check", "exit_code", "list_links"]


class FinishedRun:
    """A run that is over, open for reading until closed."""

    def __init__(self, ledger: Ledger, summary: Summary, exit_code: int, update: triage.Update | None = None) -> None:
        self.summary = summary
        self.exit_code = exit_code
        self.run = RecordedRun(ledger.database, ledger.run, summary)
        self._ledger = ledger
        self._update = update

    def update_baseline(self) -> str | None:
        """Write the baseline where that was asked for; what is new in it, in a sentence. Raises IncompleteError."""
        if self._update is None:
            return None
        triage.write_baseline(self._update.baseline)
        return f"{self._update.baseline.path}: {self._update.accepted} accepted, {self._update.removed} removed"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ledger.close()
        signals.raise_again()


def check(
    config: Config,
    watch: RunObserver,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    revise: Callable[[Source], Source] | None = None,
) -> FinishedRun:
    """Validate the articles, ask the web about their links, judge, and hand the run over to be reported.

    `revise` may hand back another text of each source, to check what an article is about to say. A baseline is brought up to
    date when the caller has written its reports (`FinishedRun.update_baseline`).
    Raises UsageError for what is wrong with the call, before anything is asked. The web being bad is never an exception.
    """
    began, started = time.monotonic(), now()
    if config.settings.resume and config.settings.history is None:
        raise UsageError("--resume: from which history? Name it with --history FILE")
    check_output_links(config)
    check_outputs(config)
    ledger = open_ledger(history_of(config)[0], stamp=lambda: timestamp_of(now()))
    try:
        ledger.begin(scope=scope_of(config), means=means_of(config))
        reading = ArticleReader(config, now=started, revise=revise)
        sorter = build_triage(config, ledger, now=started)
        signals.note_only()
        ledger.add_all(signals.uninterrupted(reading.rows_in_time(config.settings.max_time)))
        read_all = signals.arrived() is None and not reading.out_of_time
        asked = crawl_targets(config, ledger, watch, now=now) if read_all and not config.settings.offline else CrawlSummary()
        judge_pages(config, ledger, now=started)
        if asked.interrupted is not None:
            signals.note(asked.interrupted)
        ledger.remember(
            good=is_good,
            strike=lambda outcome: not asked.network_down and not is_our_limit(outcome.failure),
            lacking=is_copy_missing,
        )
        facts = judge_all(config, ledger, reading, sorter, now=started)
        ledger.check_place()
        interrupted = signals.arrived()
        late = f"the time given (--max-time {config.settings.max_time:g}) was over" if reading.out_of_time else None
        gap = find_incompleteness(asked, ledger, facts, interrupted=interrupted, late=late)
        cut = not read_all or (interrupted is not None and asked.interrupted is None)
        seconds = time.monotonic() - began
        summary = sum_up(config, ledger, asked, reading, sorter, gap=gap, cut=cut, started=started, seconds=seconds)
        ledger.finish(summary)
        whole = is_whole(config) and interrupted is None and read_all
        update = sorter.updated(whole=whole) if config.settings.update_baseline else None
    except BaseException as error:
        ledger.abandon(error)
        signals.raise_again()
        raise
    return FinishedRun(ledger, summary, exit_code(config, summary, gap, interrupted=interrupted), update)


def check_outputs(config: Config) -> None:
    """Raises UsageError where a recording or a baseline could not be written: better now than when all is asked."""
    settings = config.settings
    if settings.record is not None:
        check_place(settings.record, "the recording")
    if settings.baseline is not None and settings.update_baseline:
        check_place(settings.baseline, "the baseline")


class Incompleteness(Struct, frozen=True):
    """Why not everything was checked that should have been, in one sentence, and how the process ends for it."""

    because: str
    exit_code: Exit


def find_incompleteness(
    asked: CrawlSummary, ledger: Ledger, facts: RunFacts, *, interrupted: int | None = None, late: str | None = None
) -> Incompleteness | None:
    """What was not checked and should have been, for the gravest reason there is; None where nothing is missing."""
    because = asked.because or (late if interrupted is None else signals.BECAUSE)
    if because is not None:
        return Incompleteness(f"{because.rstrip('.')}; what was not checked is not judged", Exit.INCOMPLETE)
    if ledger.gave_out is not None:
        return Incompleteness(f"{ledger.gave_out}; the results are in the reports, but not in the history", Exit.INCOMPLETE)
    if facts.not_in_replay:
        links = _links(facts.not_in_replay)
        return Incompleteness(
            f"the replay file has no answer for {links}; what was not checked is not judged", Exit.INCOMPLETE
        )
    if facts.faults:
        return Incompleteness(f"linkcheck failed while asking for {_links(facts.faults)}, please report it", Exit.INTERNAL)
    return None


def exit_code(config: Config, summary: Summary, gap: Incompleteness | None, *, interrupted: int | None) -> int:
    """How the process ends (docs/reference/exit-codes.md): interrupted before incomplete or a fault before findings."""
    settings = config.settings
    if interrupted is not None:
        return 128 + interrupted
    if gap is not None:
        return gap.exit_code
    if settings.exit_zero or settings.fail_on == "never":
        return Exit.OK
    failing = SEVERITIES[: SEVERITIES.index(Severity(settings.fail_on)) + 1]
    return Exit.FINDINGS if any(summary.findings[severity] for severity in failing) else Exit.OK


def sum_up(
    config: Config,
    ledger: Ledger,
    asked: CrawlSummary,
    reading: ArticleReader,
    sorter: triage.Triage,
    *,
    gap: Incompleteness | None,
    cut: bool,
    started: datetime,
    seconds: float,
) -> Summary:
    """The counts of the run, and whether it looked at all it should have.

    `cut` says that not every article was read and judged: what was not found is then not taken to be fixed.
    """
    database, run = ledger.database, ledger.run
    counts = count(database, run)
    # Before the notices: what it finds damaged is one.
    is_gone = (lambda _: False) if cut else is_fixed(config, ledger, sorter)
    comparison = compare(database, run, scope_of(config), is_fixed=is_gone, damage=ledger.damage)
    return Summary(
        started=timestamp_of(started),
        seconds=round(seconds, 3),
        complete=gap is None,
        incomplete_because=None if gap is None else gap.because,
        articles=counts["articles"],
        links=counts["links"],
        targets=counts["targets"],
        requests=max(asked.requests, counts["requests"]),
        verdicts=count_verdicts(database, run),
        findings=count_findings(database, run),
        known=counts["known"],
        ignored=counts["ignored"],
        reused=asked.reused,
        skipped_files=reading.tally.skipped_files,
        symbolic_links=reading.tally.symbolic_links,
        special_files=reading.tally.special_files,
        not_checked=count_not_checked(database, run),
        notices=(
            *config.notices,
            *history_of(config)[1],
            *ledger.notices,
            *(f"nothing matched {path}" for path in reading.tally.unmatched),
            *reading.notices,
            *reading.planner.unfinished(),
            *asked.notices,
        ),
        comparison=comparison,
    )


def _links(number: int) -> str:
    return f"{number:,} links" if number > 1 else "one link"
