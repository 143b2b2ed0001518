"""Evidence to findings: judge them, triage them, and store them in the ledger."""

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck import judge, signals, triage
from linkcheck.errors import UsageError
from linkcheck.forks import Work, in_order
from linkcheck.ledger import EncodedEvidence, Ledger, Strikes
from linkcheck.model import Article, Evidence, Finding, Location, Outcome, Role
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.fix_edits import with_edits
from linkcheck.pipeline.paths import relative
from linkcheck.pipeline.read_step import ArticleReader
from linkcheck.pipeline.untrusted import is_from_checkout

if TYPE_CHECKING:
    from linkcheck.judge.dropped_amp import DroppedTally
    from linkcheck.pipeline.archive_step import CopyFinder


def build_triage(context: RunContext, ledger: Ledger, former: triage.TriageOptions | None) -> triage.Triage:
    """The triage of the run, so call it early: raises UsageError for an unknown rule or an invalid baseline.

    `former` are the options before the change under check, if there is one.
    """
    return triage.Triage(
        context.triage,
        baseline=_baseline(context),
        strikes=lambda url: _strike(ledger.strikes(url)),
        host_strikes=lambda host: _strike(ledger.host_strikes(host)),
        former=former,
        exists=os.path.exists,
    )


def refuse_invalid_triage(context: RunContext) -> None:
    """Raises UsageError for an unknown rule or an invalid baseline."""
    triage.Triage(context.triage, baseline=_baseline(context))


def judge_all(
    context: RunContext,
    ledger: Ledger,
    reader: ArticleReader,
    run_triage: triage.Triage,
    *,
    copies: "CopyFinder | None" = None,
) -> judge.RunFacts:
    """Store every finding after triage: those of each article, then those of the run, whose facts are returned.

    `copies` adds the copies of lost pages in web archives.
    """
    options = replace(context.judge, down_hosts=ledger.failed_hosts())
    options = replace(options, unpublished_pages=dict(_unpublished_pages(ledger, reader, options)))
    options = replace(options, dropped_amp=dropped_amp(ledger, options))
    options = replace(
        options,
        missing_roots=reader.links.site_roots.missing_roots(),
        missing_folders=reader.links.site_roots.missing_folders(),
        url_fields=reader.links.url_fields.fields(),
    )
    facts = judge.RunFactsBuilder(options)
    dropped = _dropped_tally(options, reader) if options.dropped_amp else None

    def of_articles() -> Iterator[Finding]:
        judging = _judging(options, run_triage, facts, is_about_all=dropped is not None)
        # Where a change is checked, the order of places depends on what it touched before.
        jobs = context.run.jobs if context.run.since is None else 1
        for encoded, judged in in_order(signals.uninterrupted(ledger.encoded_evidence()), judging, jobs=jobs):
            if judged.part is not None:
                facts.merge(judged.part)
            if not judged.is_triaged:
                continue
            evidence = judged.evidence or encoded.decode()
            if dropped is not None:
                dropped.add(evidence)
            found = run_triage.article(evidence, judged.found.findings, redundant=judged.found.redundant)
            redundant = run_triage.open_alone(evidence, judged.found.redundant)
            fixable = with_edits(evidence, found, judge.RULES, redundant=redundant)
            yield from fixable if copies is None else copies.add_to(evidence, fixable)

    ledger.add_findings(of_articles())
    interrupted = signals.arrived() is not None or reader.out_of_time
    whole = context.is_whole and not interrupted
    run = facts.facts(
        paths=context.run.named,
        has_link_fields=reader.has_link_fields,
        is_configured=context.validate.is_configured,
        links_elsewhere=not context.is_whole and reader.may_have_no_links(),
        left_out=reader.left_out,
        nothing_to_do=reader.nothing_to_do or interrupted,
        unused_excludes=() if interrupted else reader.unused_excludes(),
        config=context.config_file,
        extensions=context.discover.extensions,
        shared_images=_shared_images(ledger) if whole else (),
        dropped_amp=() if dropped is None else dropped.dropped(),
        site_roots=context.plan.site_roots,
        likely_roots=reader.links.likely_roots() if whole else (),
    )
    ledger.add_findings(run_triage.run(judge.judge_run(run, options, line=ledger.line)))
    ledger.add_findings(run_triage.finish(whole=whole))
    return run


class JudgedArticle(Struct, frozen=True, array_like=True):
    """What was found in an article. `is_triaged` is false if there is nothing more to do.

    `evidence` is not sent by another process; `part` is what it collected of this article and those after it.
    """

    found: judge.ReportedFinding
    is_triaged: bool
    evidence: Evidence | None = None
    part: judge.RunFactsPart | None = None


def _judging(
    options: judge.JudgeOptions, run_triage: triage.Triage, facts: judge.RunFactsBuilder, *, is_about_all: bool
) -> Work[EncodedEvidence, JudgedArticle]:
    """`is_about_all` means that the evidence of every article is needed, whatever is found in it."""

    def judge_one(encoded: EncodedEvidence, facts: judge.RunFactsBuilder) -> JudgedArticle:
        evidence = encoded.decode()
        facts.add(evidence)
        found = judge.judge_article(evidence, options, weigh=run_triage.severity)
        if is_about_all or run_triage.concerns(evidence.article):
            return JudgedArticle(found, is_triaged=True, evidence=evidence)
        wanted, redundant = (
            tuple(each for each in some if run_triage.severity(each) is not None)
            for some in (found.findings, found.redundant)
        )
        return JudgedArticle(judge.ReportedFinding(wanted, redundant), bool(wanted or redundant), evidence)

    def there(encoded: bytes) -> bytes:
        builder = judge.RunFactsBuilder(options)
        articles = msgspec.msgpack.decode(encoded, type=list[EncodedEvidence])
        found = [replace(judge_one(each, builder), evidence=None) for each in articles]
        found[0] = replace(found[0], part=builder.part)
        return msgspec.msgpack.encode(found)

    return Work(
        here=lambda encoded: judge_one(encoded, facts),
        encode=msgspec.msgpack.encode,
        there=there,
        decode=lambda found: msgspec.msgpack.decode(found, type=list[JudgedArticle]),
        size=lambda encoded: len(encoded.article),
    )


def _unpublished_pages(ledger: Ledger, reader: ArticleReader, options: judge.JudgeOptions) -> Iterator[tuple[str, str]]:
    for url, path, why in reader.unpublished_pages():
        yield url, _why_awaited(path, why)
    for url, path, why, is_new, is_original in ledger.unpublished_pages():
        if judge.is_awaited_by_others(url, options, is_new=is_new, is_original=is_original):
            yield url, _why_awaited(path, why)


def _why_awaited(path: str, why: str) -> str:
    return f"it is the page of {path}, which {why.removeprefix('it ')}"


def _shared_images(ledger: Ledger) -> tuple[judge.SharedImage, ...]:
    return tuple(judge.SharedImage(*each) for each in ledger.shared_images(at_least=judge.LEAST_SHARED))


def dropped_amp(ledger: Ledger, options: judge.JudgeOptions) -> dict[str, judge.AmpCount]:
    """The hosts that no longer serve AMP pages, with the number of pages that show it."""
    if not any(map(_may_lack_amp, ledger.outcomes_of(Role.AMP))):
        return {}  # nothing to survey, because a survey reads the articles a second time
    from linkcheck.judge.dropped_amp import AmpSurvey

    survey = AmpSurvey()
    for evidence in signals.uninterrupted(ledger.evidence_with(Role.AMP)):
        survey.add(evidence, options)
    return survey.hosts()


def _may_lack_amp(outcome: Outcome) -> bool:
    page = outcome.answer.page if outcome.answer is not None else None
    return page is None or not page.is_amp


def _dropped_tally(options: judge.JudgeOptions, reader: ArticleReader) -> "DroppedTally":
    from linkcheck.judge.dropped_amp import DroppedTally
    from linkcheck.judge.rules import amp_dropped

    def is_kept(article: Article, place: Location) -> bool:
        return triage.is_silenced(article.ignores, place.span.line, amp_dropped.META.code, amp_dropped.META.name)

    return DroppedTally(options, is_kept=is_kept, is_required=reader.is_required)


def is_fixed(ledger: Ledger, run_triage: triage.Triage, *, sees_all: bool) -> Callable[[Finding], bool]:
    """A function that decides whether a finding of an earlier run, which this run does not have, is fixed.

    It is fixed if this run checked its link and got a response, as for the baseline, or if its article no longer exists,
    which only a run that `sees_all` articles can show. Fastest if called in the order of paths.
    """

    @lru_cache(maxsize=1)
    def scope(path: str) -> triage.Coverage | None:
        evidence = ledger.evidence_of(path)
        return None if evidence is None else triage.Coverage(evidence)

    def is_fixed(finding: Finding) -> bool:
        if not run_triage.is_wanted(finding.code):
            return False
        seen = scope(finding.location.path)
        return sees_all if seen is None else seen.is_settled(run_triage.basis(finding.code), finding.location.pointer)

    return is_fixed


def _baseline(context: RunContext) -> triage.Baseline | None:
    run = context.run
    if run.baseline is None:
        if run.update_baseline:
            raise UsageError("--update-baseline requires a baseline: use --baseline FILE")
        return None
    if not (run.untrusted and is_from_checkout(run.baseline)):
        return triage.read_baseline(relative(run.baseline), missing_is_empty=run.update_baseline)
    # An untrusted change could accept its own findings, so the baseline is read from the base commit.
    text = None if context.base is None else context.base.read(run.baseline)
    return triage.read_baseline(run.baseline, text=text or b'{"version": 1, "accepted": []}')


def _strike(strikes: Strikes | None) -> triage.FailureStreak | None:
    return None if strikes is None else triage.FailureStreak(strikes.strikes, strikes.first_at)
