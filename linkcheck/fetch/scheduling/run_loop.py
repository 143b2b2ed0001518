"""The crawl in this process: runs the event loop, builds the transports, and handles signals."""

import asyncio
import random
import signal
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.http.deadline import DeadlineTimer
from linkcheck.fetch.http.messages import Transport
from linkcheck.fetch.http.resolver import finds_names
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostLimits, HostStates
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.crawler import Crawler, Record
from linkcheck.fetch.scheduling.replayed_crawl import Replayer
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.fetch.transports import build_transport, recorder_for, replay_of
from linkcheck.model import Outcome, Target
from linkcheck.signals import BOTH, arrived, handled
from linkcheck.urls import host_matches

if TYPE_CHECKING:
    import httpx

_T = TypeVar("_T")
SIGNALS = BOTH


def crawl_here(
    source: TargetSource,
    record: Record,
    options: FetchOptions,
    *,
    on_progress: Callable[[CrawlProgress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    shared_limits: HostLimits | None = None,
    states: HostStates | None = None,
    signals: tuple[signal.Signals, ...] = SIGNALS,
    transport: "httpx.AsyncBaseTransport | None" = None,
) -> CrawlResult:
    """Crawl in this process. Signals are handled in the main thread only, as Python requires."""
    timeouts = Timeouts(options)

    async def main() -> CrawlResult:
        follow = partial(_attempt, options, timeouts, DeadlineTimer(asyncio.get_running_loop()))
        recorder = recorder_for(options)
        replay = replay_of(options)
        inner = build_transport(options, recorder=recorder, replay=replay, foreign=transport)
        keep = record if recorder is None else recorder.listening(record)
        engine: Crawler | Replayer
        if replay is not None and replay.recording is not None:
            engine = Replayer(source, keep, replay, follow=follow, inner=inner, on_progress=on_progress, stop=stop)
        else:
            resolves = resolves_names(options, is_foreign=transport is not None)
            engine = Crawler(
                source,
                keep,
                without_delays(options),
                follow=follow,
                inner=inner,
                rng=random.Random(),  # noqa: S311 - jitter and paths that cannot exist, no secrets
                on_progress=on_progress,
                stop=stop,
                states=HostStates(without_delays(options), shared_limits=shared_limits) if states is None else states,
                finds_names=partial(finds_names, options) if resolves else None,
            )
        try:
            with signal_handlers(signals, engine.interrupt):
                crawl = await engine.run()
        finally:
            await inner.aclose()
        return crawl if recorder is None else replace(crawl, notices=(*crawl.notices, *recorder.notices))

    return run(main())


def resolves_names(options: FetchOptions, *, is_foreign: bool) -> bool:
    """Whether this process looks up names: not for a replay, and not if a proxy or a foreign transport connects."""
    return options.replay is None and options.proxy is None and not is_foreign


def without_delays(options: FetchOptions) -> FetchOptions:
    """The options for a replay: no host needs rate limits, and nothing needs to be waited for."""
    if options.replay is None:
        return options
    hosts = tuple(replace(rule, interval=None) for rule in options.hosts)
    return replace(options, interval=0.0, backoff=0.0, patience=0.0, hosts=hosts)


class Timeouts:
    """The timeout of an attempt, by host."""

    def __init__(self, options: FetchOptions) -> None:
        self._rules = tuple(rule for rule in options.hosts if rule.timeout is not None)

    def of(self, host: str) -> float | None:
        return next((rule.timeout for rule in self._rules if host_matches(rule.pattern, host)), None)


def _attempt(
    options: FetchOptions,
    timeouts: Timeouts,
    timer: DeadlineTimer,
    target: Target,
    transport: Transport,
    *,
    before: Outcome | None,
) -> Awaitable[Outcome]:
    return follow(
        target,
        transport,
        options,
        before=before,
        timeout=timeouts.of(target.host),
        validators=target.known,
        timer=timer,
    )


def run(main: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine in a new event loop, uvloop's if it is installed."""
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.get_loop().set_exception_handler(_handle_loop_error)
        return runner.run(main)


def _handle_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Ignore the errors of abandoned connections, for which the loop would print a traceback."""
    given_up = str(context.get("message")).startswith("Fatal error on SSL protocol")  # uvloop: its socket is closed already
    if not given_up and not isinstance(context.get("exception"), OSError):  # includes ssl.SSLError
        loop.default_exception_handler(context)


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


@contextmanager
def signal_handlers(signals: tuple[signal.Signals, ...], interrupt: Callable[[int], None]) -> Iterator[None]:
    """Pass signals to the crawler instead of raising.

    A signal noted before is passed at once. One that arrives too late for the crawler goes to the previous handler.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    noted: list[int] = []

    def notify() -> None:
        interrupt(noted.pop(0))

    def note(number: int, _frame: object) -> None:
        # Runs between any two instructions, so only schedule the call.
        noted.append(number)
        loop.call_soon_threadsafe(notify)

    # Not `add_signal_handler`: its removal briefly restores the system's handler, which kills the process.
    with handled(signals, note):
        if (number := arrived()) is not None:
            interrupt(number)
        yield
    for number in noted:
        if callable(signal.getsignal(number)):
            signal.raise_signal(number)
    noted.clear()
