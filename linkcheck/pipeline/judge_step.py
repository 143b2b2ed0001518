"""Evidence to findings: judged, sorted out, and written down."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linkcheck import judge, signals, triage
from linkcheck.errors import UsageError
from linkcheck.ledger import Ledger, Strikes
from linkcheck.model import Article, Finding, Location, Outcome, Role
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.paths import relative
from linkcheck.pipeline.read_step import ArticleReader
from linkcheck.pipeline.untrusted import is_from_checkout

if TYPE_CHECKING:
    from linkcheck.judge.dropped_amp import DroppedTally


def build_triage(context: RunContext, ledger: Ledger) -> triage.Triage:
    """What sorts the findings. Raises UsageError for an unknown rule and a baseline that is none, so ask for it early."""
    return triage.Triage(
        context.triage,
        baseline=_baseline(context),
        strikes=lambda url: _strike(ledger.strikes(url)),
        host_strikes=lambda host: _strike(ledger.host_strikes(host)),
    )


def judge_all(context: RunContext, ledger: Ledger, reading: ArticleReader, sorter: triage.Triage) -> judge.RunFacts:
    """Every finding, sorted out and written down: article by article, then those of the run, whose facts it returns."""
    options = replace(context.judge, down_hosts=ledger.failed_hosts())
    options = replace(options, dropped_amp=dropped_amp(ledger, options))
    facts = judge.RunFactsBuilder(options.down_hosts)
    dropped = _dropped_tally(options, reading) if options.dropped_amp else None

    def of_articles() -> Iterator[Finding]:
        for evidence in signals.uninterrupted(ledger.evidence()):
            facts.add(evidence)
            if dropped is not None:
                dropped.add(evidence)
            told = judge.judge_article(evidence, options, weigh=sorter.severity)
            yield from sorter.article(evidence, told.findings, redundant=told.redundant)

    ledger.add_findings(of_articles())
    interrupted = signals.arrived() is not None or reading.out_of_time
    whole = context.is_whole and not interrupted
    run = facts.facts(
        paths=context.run.named,
        skipped_files=reading.tally.skipped_files,
        nothing_to_do=reading.nothing_to_do or interrupted,
        unused_excludes=reading.planner.unused() if whole else (),
        config=context.config_file,
        extensions=context.discover.extensions,
        shared_images=_shared_images(ledger) if whole else (),
        dropped_amp=() if dropped is None else dropped.dropped(),
    )
    ledger.add_findings(sorter.run(judge.judge_run(run, options, line=ledger.line)))
    ledger.add_findings(sorter.finish(whole=whole))
    return run


def _shared_images(ledger: Ledger) -> tuple[judge.SharedImage, ...]:
    return tuple(judge.SharedImage(*each) for each in ledger.shared_images(at_least=judge.LEAST_SHARED))


def dropped_amp(ledger: Ledger, options: judge.JudgeOptions) -> dict[str, judge.AmpCount]:
    """The hosts that no longer serve AMP pages, with how many pages show it."""
    if not any(map(_may_lack_amp, ledger.outcomes_of(Role.AMP))):
        return {}  # nothing to survey, which takes reading the articles twice
    from linkcheck.judge.dropped_amp import AmpSurvey

    survey = AmpSurvey()
    for evidence in signals.uninterrupted(ledger.evidence_with(Role.AMP)):
        survey.add(evidence, options)
    return survey.hosts()


def _may_lack_amp(outcome: Outcome) -> bool:
    page = outcome.answer.page if outcome.answer is not None else None
    return page is None or not page.is_amp


def _dropped_tally(options: judge.JudgeOptions, reading: ArticleReader) -> "DroppedTally":
    from linkcheck.judge.dropped_amp import DroppedTally
    from linkcheck.judge.rules import amp_dropped

    def is_kept(article: Article, place: Location) -> bool:
        return triage.is_silenced(article.ignores, place.span.line, amp_dropped.META.code, amp_dropped.META.name)

    return DroppedTally(options, is_kept=is_kept, is_required=reading.is_required)


def is_fixed(ledger: Ledger, sorter: triage.Triage, *, sees_all: bool) -> Callable[[Finding], bool]:
    """Tells of a finding of an earlier run, not met in this one, whether it is gone; ask in the order of paths.

    It is where this run looked and had an answer, as for the baseline; and where there is no such article any more, which
    only a run shows that `sees_all` of them.
    """

    @lru_cache(maxsize=1)
    def scope(path: str) -> triage.Coverage | None:
        evidence = ledger.evidence_of(path)
        return None if evidence is None else triage.Coverage(evidence)

    def is_fixed(finding: Finding) -> bool:
        if not sorter.is_wanted(finding.code):
            return False
        seen = scope(finding.location.path)
        return sees_all if seen is None else seen.is_settled(sorter.basis(finding.code), finding.location.pointer)

    return is_fixed


def _baseline(context: RunContext) -> triage.Baseline | None:
    run = context.run
    if run.baseline is None:
        if run.update_baseline:
            raise UsageError("--update-baseline requires a baseline: use --baseline FILE")
        return None
    if not (run.untrusted and is_from_checkout(run.baseline)):
        return triage.read_baseline(relative(run.baseline), missing_is_empty=run.update_baseline)
    # Who could accept findings for us would; the base knows what was accepted before.
    text = None if context.base is None else context.base.read(run.baseline)
    return triage.read_baseline(run.baseline, text=text or b'{"version": 1, "accepted": []}')


def _strike(strikes: Strikes | None) -> triage.Strike | None:
    return None if strikes is None else triage.Strike(strikes.strikes, strikes.first_at)
