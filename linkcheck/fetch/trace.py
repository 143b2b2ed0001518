"""Traces the check of one URL (`linkcheck explain URL`): every request with its address, timing and response."""

import asyncio
import shlex

import msgspec
from msgspec import Struct

from linkcheck.fetch.attempt.redact import redactor_of
from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.attempt.response import first_range
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse, Transport, headers_of
from linkcheck.fetch.http.proxies import proxies_of, proxy_for
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.retry import is_transient, requested_wait
from linkcheck.fetch.remapping import restored
from linkcheck.fetch.scheduling.run_loop import Timeouts, run, without_delays
from linkcheck.fetch.transports import build_transport
from linkcheck.model import Certificate, Failure, Outcome, Probe, Target
from linkcheck.urls import mask, parse_url, remap_of

SHOWN_HEADERS = frozenset(
    {
        *(
            "content-type",
            "content-length",
            "content-encoding",
            "content-range",
            "location",
            "link",
            "refresh",
            "retry-after",
        ),
        *("server", "via", "cf-mitigated", "cf-ray", "x-cache", "x-robots-tag", "www-authenticate", "etag", "last-modified"),
        *("cache-control", "date", "age"),
    }
)
"""Headers to show: those that affect the result, and those that identify the server."""
_LONGEST_VALUE = 200


class Step(Struct, frozen=True):
    """One request. Times in seconds, None for a phase that did not occur (a kept connection has no lookup and no
    connecting).

    `connecting` includes TLS. `waiting` is from the end of the request to the first byte of its response. `addresses` are
    all that the name has, `address` the one connected to.
    """

    url: str
    status: int | None = None
    failure: Failure | None = None
    address: str | None = None
    addresses: tuple[str, ...] = ()
    looking_up: float | None = None
    connecting: float | None = None
    waiting: float | None = None
    reused: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    certificate: Certificate | None = None


class Trace(Struct, frozen=True):
    """A URL, its outcome, every request on the way, whether a crawl would retry, and the equivalent curl command."""

    url: str
    outcome: Outcome
    steps: tuple[Step, ...]
    would_retry: bool
    curl: str


class TracingTransport:
    """Records every request."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self.steps: list[Step] = []

    async def send(self, request: OutgoingRequest) -> RawResponse:
        url = request.url.href
        try:
            response = await self._inner.send(request)
        except FetchError as error:
            self.steps.append(step_of(url, error.trace, failure=error.failure))
            raise
        except asyncio.CancelledError:
            self.steps.append(Step(mask(url)))  # the deadline expired; the outcome contains it
            raise
        headers = tuple(
            (name.decode("latin-1"), mask(value.decode("latin-1"))[:_LONGEST_VALUE])
            for name, value in response.headers
            if name.decode("latin-1") in SHOWN_HEADERS
        )
        self.steps.append(step_of(url, response.trace, status=response.status, headers=headers))
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


def step_of(
    url: str,
    trace: RequestTrace | None,
    *,
    status: int | None = None,
    failure: Failure | None = None,
    headers: tuple[tuple[str, str], ...] = (),
) -> Step:
    if trace is None:
        return Step(mask(url), status=status, failure=failure, headers=headers)
    began = trace.began
    return Step(
        mask(url),
        status=status,
        failure=failure,
        address=trace.address,
        addresses=trace.addresses,
        looking_up=_between(began, trace.looked_up),
        connecting=_between(trace.looked_up or began, trace.connected),
        waiting=_between(trace.written, trace.response_at),
        reused=trace.reused,
        headers=headers,
        certificate=trace.certificate,
    )


def trace_url(url: str, options: FetchOptions, *, probe: Probe = Probe.PAGE) -> Trace:
    """Check one URL once, as a crawl would (guard, headers, redirects), and return all details.

    Raises InvalidUrl for an invalid URL.
    """
    parsed = parse_url(url)
    target = original = Target(parsed.href, probe, parsed.host)
    if (remap := remap_of(options.remap)) is not None:
        target = remap.target(original)

    async def main() -> Trace:
        inner = build_transport(options)
        tracing = TracingTransport(inner)
        try:
            timeout = Timeouts(options).of(target.host)
            outcome = await follow(target, tracing, without_delays(options), timeout=timeout)
        finally:
            await inner.aclose()
        masked = redactor_of(options).within(msgspec.to_builtins(tracing.steps))
        steps = msgspec.convert(masked, tuple[Step, ...])
        again = is_transient(outcome) and (requested_wait(outcome) or 0.0) <= options.max_retry_after
        if remap is not None:
            outcome = restored(outcome, original.url, remap)
        return Trace(mask(original.url), outcome, steps, again, curl(target.url, options, probe))

    return run(main())


def curl(url: str, options: FetchOptions, probe: Probe) -> str:
    """The equivalent curl command. Configured headers are omitted: they are secrets."""
    words = ["curl", "-sS", "-D", "-", "-o", "/dev/null", "-L", "--max-redirs", str(options.max_redirects)]
    words += ["--connect-timeout", f"{options.connect_timeout:g}", "-m", f"{options.timeout:g}"]
    wanted = first_range(probe)
    for name, value in (*headers_of(options.user_agent, probe), *((("Range", wanted),) if wanted else ())):
        words += ["-A", value] if name == "User-Agent" else ["-H", f"{name}: {value}"]
    proxies = proxies_of(options)
    proxy = None if proxies is None else proxy_for(proxies, parse_url(url))
    if proxy is not None:
        words += ["-x", mask(proxy)]
    return shlex.join([*words, mask(url)])


def _between(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else max(0.0, end - start)
