"""Targets to outcomes with verdicts: from the history if that is recent enough, otherwise from requests."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import msgspec
from msgspec import Struct

from linkcheck import judge
from linkcheck.errors import IncompleteError
from linkcheck.ledger import JudgedOutcome, Ledger
from linkcheck.model import Outcome, Verdict, VerdictKind, is_our_limit
from linkcheck.pipeline.article_vouching import apply_vouching
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.shared_landing import flag_shared_landings
from linkcheck.timestamps import timestamp_of
from linkcheck.urls import parse_url

if TYPE_CHECKING:
    from linkcheck import fetch

GOOD = (VerdictKind.OK, VerdictKind.MOVED)
"""Verdicts that a later run can reuse; all other targets are requested again."""

STALE = timedelta(hours=12)
"""Age up to which a resumed run reuses the failures of the unfinished run: shorter than the time between nightly runs."""


class ProgressListener(Protocol):
    """Receives the progress of a crawl."""

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: Sequence[str], least_seconds: float) -> None: ...

    def close(self) -> None: ...


class RunObserver(Protocol):
    """Receives the notices of a run, and the progress of its crawl."""

    def notice(self, sentence: str) -> None: ...

    def start_crawl(self, targets: int) -> ProgressListener: ...


class NullObserver:
    """An observer that ignores everything."""

    def notice(self, sentence: str) -> None: ...

    def start_crawl(self, targets: int) -> "NullObserver":
        del targets
        return self

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: Sequence[str], least_seconds: float) -> None: ...

    def close(self) -> None: ...


class CrawlSummary(Struct, frozen=True):
    """How a crawl ended. `because` is None if every target has an outcome."""

    because: str | None = None
    interrupted: int | None = None
    network_down: bool = False
    requests: int = 0
    reused: int = 0
    notices: tuple[str, ...] = ()


def crawl_targets(context: RunContext, ledger: Ledger, observer: RunObserver) -> CrawlSummary:
    """Find an outcome for every target: from the history if that is recent enough, otherwise from requests."""
    run, judging = context.run, context.judge
    if run.resume:
        taken = ledger.adopt_unfinished(scope=context.scope, failures_since=timestamp_of(context.now() - STALE))
        observer.notice(f"resumed: {taken} results reused from the unfinished run" if taken else "nothing to resume")
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
    progress = observer.start_crawl(len(targets))
    counts = dict.fromkeys(VerdictKind, 0)

    def record(outcomes: Sequence[Outcome]) -> None:
        settled = [_settled(outcome, ledger, judging) for outcome in outcomes]
        for item in settled:
            counts[item.verdict.kind] += 1
        ledger.settle(settled)

    last_message: str | None = None

    def on_progress(state: fetch.CrawlProgress) -> None:
        nonlocal last_message
        progress.update(state.done, counts, state.resting, state.least_seconds)
        if state.message is not None and state.message != last_message:
            observer.notice(state.message)
        last_message = state.message

    try:
        crawl = fetch.crawl(targets, record, options, on_progress=on_progress)
    except IncompleteError as error:
        # The recording cannot be written; the outcomes are in the ledger nevertheless.
        return CrawlSummary(because=str(error), reused=reused)
    finally:
        progress.close()
    flag_shared_landings(ledger, judging)
    apply_vouching(ledger, judging)
    ledger.settle_failed_hosts(judge.host_verdict)
    return CrawlSummary(
        because=reason_of(crawl, context),
        interrupted=crawl.interrupted,
        network_down=crawl.network_down,
        requests=crawl.requests,
        reused=reused,
        notices=crawl.notices,
    )


def reason_of(crawl: "fetch.CrawlResult", context: RunContext) -> str | None:
    """Why a crawl is incomplete, with advice if the network is down."""
    advice = context.proxy_advice if crawl.network_down else None
    return crawl.because if crawl.because is None or advice is None else f"{crawl.because}; {advice}"


def judge_pages(ledger: Ledger, judging: judge.JudgeOptions) -> None:
    """Judge each link by its role if a URL is both an image and a page: a response that is not an image can be a page."""
    ledger.settle_pages(lambda outcome: _judged(outcome, judging))


def _settled(outcome: Outcome, ledger: Ledger, judging: judge.JudgeOptions) -> JudgedOutcome:
    if outcome.answer is not None and outcome.answer.status == 304:
        outcome = _unchanged(outcome, ledger)
    return JudgedOutcome(outcome, _judged(outcome, judging))


def _judged(outcome: Outcome, judging: judge.JudgeOptions) -> Verdict:
    return judge.verdict(outcome, accept=judge.accepted(_host(outcome.url), judging))


def _unchanged(outcome: Outcome, ledger: Ledger) -> Outcome:
    """The stored outcome of a target that returned 304 Not Modified (RFC 9110, 15.4.5), with the time of this check.

    Only requests with validators count, and those after a redirect have none.
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
    """Whether a stored outcome is still fresh: younger than `days`, plus or minus a quarter.

    An outcome that an article vouched for is never fresh, because the articles may have changed.
    The variation depends on the URL, so that the URLs of an archive that was checked in one run are not all due in one run.
    """
    from zlib import crc32

    def fresh(outcome: Outcome) -> bool:
        checked = datetime.fromisoformat(outcome.checked_at)
        age = (now - checked).total_seconds() / 86_400
        spread = 0.75 + 0.5 * (crc32(outcome.url.encode("utf-8", "surrogatepass")) % 1_000) / 1_000
        return 0 <= age < days * spread and not _is_vouched(outcome)

    return fresh


def is_good(outcome: Outcome, verdict: VerdictKind) -> bool:
    """Whether later runs can reuse an outcome."""
    return outcome.failure is None and verdict in GOOD and not _is_vouched(outcome)


def is_strike(outcome: Outcome, crawl: CrawlSummary) -> bool:
    """Whether an unreachable outcome counts as a strike: not if the network or a limit of this run may be the cause."""
    return not crawl.network_down and not is_our_limit(outcome.failure)


def _is_vouched(outcome: Outcome) -> bool:
    return outcome.answer is not None and outcome.answer.vouched


def _host(url: str) -> str:
    return parse_url(url).host
