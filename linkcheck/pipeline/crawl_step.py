"""Targets to outcomes with verdicts: from the history where it is fresh enough, else from the web."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import msgspec
from msgspec import Struct

from linkcheck import judge
from linkcheck.errors import IncompleteError
from linkcheck.ledger import JudgedOutcome, Ledger
from linkcheck.model import Outcome, Verdict, VerdictKind
from linkcheck.pipeline.article_vouching import apply_vouching
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.shared_landing import flag_shared_landings
from linkcheck.timestamps import timestamp_of
from linkcheck.urls import parse_url

if TYPE_CHECKING:
    from linkcheck import fetch

GOOD = (VerdictKind.OK, VerdictKind.MOVED)
"""Verdicts that a later run may take for granted; everything else is asked again."""

STALE = timedelta(hours=12)
"""How long the failures of a run that did not end are believed when it is resumed: not until the next night."""


class ProgressListener(Protocol):
    """Told how far the asking is."""

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: Sequence[str]) -> None: ...

    def close(self) -> None: ...


class RunObserver(Protocol):
    """How a run tells what it is doing: in sentences, and while it asks."""

    def notice(self, sentence: str) -> None: ...

    def asking(self, targets: int) -> ProgressListener: ...


class NullObserver:
    """A watch for a run that nobody looks at."""

    def notice(self, sentence: str) -> None: ...

    def asking(self, targets: int) -> "NullObserver":
        del targets
        return self

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: Sequence[str]) -> None: ...

    def close(self) -> None: ...


class CrawlSummary(Struct, frozen=True):
    """How asking the web ended. `because` is None where every target was settled."""

    because: str | None = None
    interrupted: int | None = None
    network_down: bool = False
    requests: int = 0
    reused: int = 0
    notices: tuple[str, ...] = ()


def crawl_targets(context: RunContext, ledger: Ledger, watch: RunObserver) -> CrawlSummary:
    """Bring every target to an outcome: from the history where it is fresh enough, else from the web."""
    run, judging = context.run, context.judge
    if run.resume:
        taken = ledger.adopt_unfinished(scope=context.scope, failures_since=timestamp_of(context.now() - STALE))
        watch.notice(f"resumed: {taken} results reused from the unfinished run" if taken else "nothing to resume")
    reused = (
        ledger.recall(fresh=freshness(run.max_age, context.now()), judge=lambda outcome: _judged(outcome, judging))
        if run.max_age > 0
        else 0
    )
    targets = ledger.unsettled()
    if not len(targets):
        apply_vouching(ledger, judging)
        return CrawlSummary(reused=reused)
    from linkcheck import fetch

    options = msgspec.structs.replace(context.fetch, controls=ledger.reliable_hosts())
    progress = watch.asking(len(targets))
    counts = dict.fromkeys(VerdictKind, 0)

    def record(outcomes: Sequence[Outcome]) -> None:
        settled = [_settled(outcome, ledger, judging) for outcome in outcomes]
        for item in settled:
            counts[item.verdict.kind] += 1
        ledger.settle(settled)

    told: str | None = None

    def on_progress(state: fetch.CrawlProgress) -> None:
        nonlocal told
        progress.update(state.done, counts, state.resting)
        if state.message is not None and state.message != told:
            watch.notice(state.message)
        told = state.message

    try:
        crawl = fetch.crawl(targets, record, options, on_progress=on_progress)
    except IncompleteError as error:
        # A recording that cannot be written: what was found is in the ledger all the same.
        return CrawlSummary(because=str(error), reused=reused)
    finally:
        progress.close()
    flag_shared_landings(ledger, judging)
    apply_vouching(ledger, judging)
    ledger.settle_failed_hosts(judge.host_verdict)
    return CrawlSummary(
        because=explained(crawl, context),
        interrupted=crawl.interrupted,
        network_down=crawl.network_down,
        requests=crawl.requests,
        reused=reused,
        notices=crawl.notices,
    )


def explained(crawl: "fetch.CrawlResult", context: RunContext) -> str | None:
    """Why a crawl is incomplete, with the likely cure where nothing came through."""
    cure = context.proxy_advice if crawl.network_down else None
    return crawl.because if crawl.because is None or cure is None else f"{crawl.because}; {cure}"


def judge_pages(ledger: Ledger, judging: judge.JudgeOptions) -> None:
    """Judge each link by its role where one URL is that of an image and of a page: what is no image may well be a page."""
    ledger.settle_pages(lambda outcome: _judged(outcome, judging))


def _settled(outcome: Outcome, ledger: Ledger, judging: judge.JudgeOptions) -> JudgedOutcome:
    if outcome.answer is not None and outcome.answer.status == 304:
        outcome = _unchanged(outcome, ledger)
    return JudgedOutcome(outcome, _judged(outcome, judging))


def _judged(outcome: Outcome, judging: judge.JudgeOptions) -> Verdict:
    return judge.verdict(outcome, accept=judge.accepted(_host(outcome.url), judging))


def _unchanged(outcome: Outcome, ledger: Ledger) -> Outcome:
    """What was known of a target that says it has not changed (RFC 9110, 15.4.5), checked now.

    Only where the request carried validators: behind a redirect it never does.
    """
    known = None if outcome.hops else ledger.remembered(outcome.url)
    if known is None:
        return outcome
    return msgspec.structs.replace(
        known,
        answer=None if known.answer is None else msgspec.structs.replace(known.answer, vouched=False),
        attempts=outcome.attempts,
        requests=outcome.requests,
        seconds=outcome.seconds,
        checked_at=outcome.checked_at,
        address=outcome.address,
        certificate=outcome.certificate or known.certificate,
        reused=False,
    )


def freshness(days: float, now: datetime) -> Callable[[Outcome], bool]:
    """Whether a remembered outcome still holds: younger than `days`, give or take a quarter.

    One that an article vouched for does not: which articles there are, only this run knows.
    The give and take goes by URL, so that an archive checked at once does not come due at once.
    """
    from zlib import crc32

    def fresh(outcome: Outcome) -> bool:
        checked = datetime.fromisoformat(outcome.checked_at)
        age = (now - checked).total_seconds() / 86_400
        spread = 0.75 + 0.5 * (crc32(outcome.url.encode("utf-8", "surrogatepass")) % 1_000) / 1_000
        return 0 <= age < days * spread and not _is_vouched(outcome)

    return fresh


def is_good(outcome: Outcome, verdict: VerdictKind) -> bool:
    """Whether an outcome may be remembered."""
    return outcome.failure is None and verdict in GOOD and not _is_vouched(outcome)


def _is_vouched(outcome: Outcome) -> bool:
    return outcome.answer is not None and outcome.answer.vouched


def _host(url: str) -> str:
    return parse_url(url).host
