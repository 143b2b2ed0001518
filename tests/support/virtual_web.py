"""A crawl in virtual time: the loop's clock jumps to the next timer, so hours pass in milliseconds and nothing sleeps."""

import asyncio
import random
import selectors
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse, Transport
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.replay.player import Content
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.crawler import Crawler
from linkcheck.fetch.scheduling.target_source import ListSource, TargetSource
from linkcheck.model import Answer, Failure, FailureKind, Hop, Outcome, PageFacts, Probe, Target
from linkcheck.urls import parse_url


class _Jumping(selectors.DefaultSelector):
    """Never waits: adds the waiting time to the clock instead."""

    now = 0.0
    turns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.turns += 1
        assert self.turns < 300_000, "the crawl turns in a circle"
        ready = super().select(0)
        if not ready and timeout is None:
            raise AssertionError("the crawl waits for something that can never happen")
        # A little more, so that rounding cannot cause an endless series of zero waits.
        self.now += 1e-9 if ready or not timeout else timeout + 1e-9
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def run_virtually(main: Callable[[], Awaitable[object]]) -> float:
    """Run until the end; returns the duration by the virtual clock."""

    async def body() -> float:
        await main()
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(body())


@dataclass
class Asked:
    """A request as a host received it."""

    url: str
    host: str
    begin: float
    end: float = 0.0


Reply = int | str | Failure | tuple[int, dict[str, str]] | Exception
"""A status, a URL to be redirected to (302), a failure, a status with headers, or a bug."""


@dataclass
class FakeWeb:
    """Maps hosts and URLs to replies, one for each request, the last one for all later ones; 200 for all others."""

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    seconds: float = 0.05
    seconds_of: dict[str, float] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def of(self, url: str) -> list[str]:
        return [asked.url for asked in self.asked if asked.url == url]

    async def send(self, request: OutgoingRequest) -> RawResponse:
        url, host = request.url.href, request.url.host
        asked = Asked(url, host, asyncio.get_running_loop().time())
        self.asked.append(asked)
        try:
            await asyncio.sleep(self.seconds_of.get(host, self.seconds))
        finally:
            asked.end = asyncio.get_running_loop().time()
        replies = self.replies.get(url) or self.replies.get(host) or [200]
        match replies.pop(0) if len(replies) > 1 else replies[0]:
            case int(status):
                return response(status)
            case str(location):
                return response(302, {"location": location})
            case Failure() as failure:
                raise FetchError(failure)
            case Exception() as bug:
                raise bug
            case (status, headers):
                return response(status, headers)

    async def aclose(self) -> None:
        """Does nothing, because nothing is open."""


def response(status: int, headers: dict[str, str] | None = None) -> RawResponse:
    """A response without a body."""
    return RawResponse(status, [(name.encode(), value.encode()) for name, value in (headers or {}).items()], Content(b""))


async def ask(web: FakeWeb, target: Target, transport: Transport) -> Outcome:
    """Does the same as `redirects.follow`, without sockets."""
    url, sent = target.url, 0
    hops: list[Hop] = []
    try:
        while True:
            sent += 1
            got = await transport.send(OutgoingRequest(parse_url(url), ()))
            if got.status not in (301, 302):
                page = PageFacts(title=web.titles.get(url)) if target.probe is Probe.PAGE else None
                answer = Answer(got.status, url, page=page)
                return Outcome(target.url, target.probe, answer=answer, hops=tuple(hops), requests=sent)
            location = got.header(b"location") or ""
            hops.append(Hop(url, got.status, location))
            url = location
    except FetchError as error:
        return Outcome(target.url, target.probe, failure=error.failure, hops=tuple(hops), requests=sent)


@dataclass
class Ran:
    outcomes: list[Outcome]
    batches: list[int]
    crawl: CrawlResult
    web: FakeWeb
    seconds: float
    ticks: list[CrawlProgress]

    def outcome(self, url: str) -> Outcome:
        (found,) = [outcome for outcome in self.outcomes if outcome.url == url]
        return found


Crawls = Callable[..., Ran]


def crawl_virtually(
    targets: Iterable[Target] | TargetSource,
    web: FakeWeb | None = None,
    options: FetchOptions | None = None,
    *,
    record: Callable[[Sequence[Outcome]], None] | None = None,
    stop: Callable[[], bool] | None = None,
    states: HostStates | None = None,
    signals: Sequence[tuple[float, int]] = (),
    names_from: float | None = None,
) -> Ran:
    """`names_from` is the virtual time from which DNS lookups succeed; None without DNS lookups."""
    web = web or FakeWeb()
    options = options or FetchOptions()
    ran = Ran([], [], CrawlResult(complete=False), web, 0.0, [])

    def keep(batch: Sequence[Outcome]) -> None:
        ran.batches.append(len(batch))
        ran.outcomes.extend(batch)
        if record is not None:
            record(batch)

    async def finds_names() -> bool:
        await asyncio.sleep(0.01)
        return names_from is not None and asyncio.get_running_loop().time() >= names_from

    async def main() -> None:
        source = targets if isinstance(targets, TargetSource) else ListSource(targets)
        crawler = Crawler(
            source,
            keep,
            options,
            follow=lambda target, transport, *, before: ask(web, target, transport),
            inner=web,
            rng=random.Random(1),
            on_progress=ran.ticks.append,
            stop=stop,
            states=states,
            finds_names=None if names_from is None else finds_names,
        )
        for at, signum in signals:
            asyncio.get_running_loop().call_at(at, crawler.interrupt, signum)
        ran.crawl = await crawler.run()

    ran.seconds = run_virtually(main)
    return ran


def targets_of(*urls: str, probe: Probe = Probe.STATUS) -> list[Target]:
    return [Target(url, probe, parse_url(url).host) for url in urls]


def many(hosts: int, each: int) -> list[Target]:
    return targets_of(*(f"https://h{host}.example/{page}" for host in range(hosts) for page in range(each)))


REFUSED = Failure(FailureKind.CONNECT, "refused", "refused")
NO_ROUTE = Failure(FailureKind.CONNECT, "no-route", "no route")
SILENT = Failure(FailureKind.TIMEOUT, "connect", "no connection in time")
NXDOMAIN = Failure(FailureKind.DNS, "nxdomain", "no such name")
SERVFAIL = Failure(FailureKind.DNS, "servfail", "the name server failed")
RESET = Failure(FailureKind.RESET, "before-headers", "closed")
UNTRUSTED = Failure(FailureKind.TLS, "untrusted", "signed by somebody unknown")
NO_NAMES = Failure(FailureKind.DNS, "no-names", "no name is found")
NO_IPV6 = Failure(FailureKind.CONNECT, "no-ipv6", "no IPv6 route")
PRIVATE = Failure(FailureKind.REFUSED_BY_GUARD, "address", "a private address")
EXPIRED = Failure(FailureKind.TLS, "expired", "expired")
NO_DESCRIPTORS = Failure(FailureKind.CONNECT, "no-descriptors", "none left")


class Counted:
    """A source that knows how much of it is in hand."""

    def __init__(self, hosts: int, each: int) -> None:
        self.sizes = {f"h{number}.example": each for number in range(hosts)}
        self.out = self.most = 0

    def hosts(self) -> Iterator[tuple[str, int]]:
        yield from list(self.sizes.items())

    def take(self, host: str, count: int) -> Sequence[Target]:
        left = self.sizes[host]
        taken = [Target(f"https://{host}/{page}", Probe.STATUS, host) for page in range(max(0, left - count), left)]
        self.sizes[host] = left - len(taken)
        self.out += len(taken)
        self.most = max(self.most, self.out)
        return taken
