"""One attempt at a target: follows redirects hop by hop to its outcome."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from linkcheck.fetch.attempt.bot_wall_url import wall_address
from linkcheck.fetch.attempt.cookies import Jar, parse_http_date
from linkcheck.fetch.attempt.host_headers import headers_for
from linkcheck.fetch.attempt.probe import complete_answer
from linkcheck.fetch.attempt.redact import redacted
from linkcheck.fetch.attempt.response import (
    LONGEST_VALUE,
    FinalResponse,
    RangeRefusedError,
    ResponseFacts,
    answer_from_headers,
    first_range,
    is_for_range,
    read_facts,
    refuses_range,
    with_body_facts,
)
from linkcheck.fetch.http.deadline import Deadline, DeadlineTimer
from linkcheck.fetch.http.failures import FetchError, failure, no_answer_within, no_body_within
from linkcheck.fetch.http.messages import Headers, OutgoingRequest, RawResponse, Transport, headers_of
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.retry import REQUEST_FAILURES, is_loop, may_be_caused_by_range
from linkcheck.model import Answer, Certificate, Failure, FailureKind, Hop, Outcome, Target
from linkcheck.timestamps import current_timestamp
from linkcheck.urls import InvalidUrl, Url, parse_url, remap_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})
BROWSER_REDIRECTS = 20
"""Redirects that browsers follow (Fetch standard, HTTP-redirect fetch), including loops, which can end."""
BROWSER_VARY_FIELDS = frozenset({"*", "user-agent", "cookie", "accept", "accept-language", "referer", "dnt", "save-data"})
"""`Vary` fields that a browser sends and linkcheck does not, or with another value; `sec-...` in addition."""
LONGEST_LOCATION = 8192
"""Characters kept of a Location; longer URLs are rejected anyway."""

Watch = Callable[[OutgoingRequest, RawResponse], None]
Validators = tuple[str | None, str | None]


async def follow(
    target: Target,
    transport: Transport,
    options: FetchOptions,
    *,
    before: Outcome | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of the whole attempt, and paused while a request waits for its turn
    validators: Validators | None = None,
    watch: Watch | None = None,
    timer: DeadlineTimer | None = None,
) -> Outcome:
    """Request the target once and return its outcome, without configured secrets that a host echoes.

    Never raises for a failure on the network. `before` is the outcome of the previous attempt, None for the first: an image
    that was refused then is requested without Range, and a loop is followed as far as browsers do. `timeout` None means that
    of the options. `validators` are the ETag and Last-Modified of an earlier answer, sent with the first request (an
    unchanged target returns 304). `watch` is called with every answer, redirects included. Calls in one event loop share a
    `timer`.
    """
    most = max(options.max_redirects, BROWSER_REDIRECTS) if is_loop(before) else options.max_redirects
    attempt = Attempt(target, transport, options, watch, ranged=not may_be_caused_by_range(before), most=most)
    began = time.perf_counter()
    deadline = Deadline(timeout or options.timeout, timer)
    answer: Answer | None = None
    lost: Failure | None = None
    try:
        async with deadline:
            answer = await attempt.run(deadline, validators)
    except FetchError as error:
        lost = error.failure
        attempt.note(error.trace, sent=lost.kind is not FailureKind.REFUSED_BY_GUARD)
    except TimeoutError:
        if not deadline.expired:
            raise
        answer, lost = attempt.cut_off(deadline.seconds)
    return redacted(
        Outcome(
            url=target.url,
            probe=target.probe,
            answer=answer,
            failure=lost or attempt.failure,
            hops=tuple(attempt.hops),
            by_device=attempt.by_device,
            requests=attempt.requests,
            seconds=round(time.perf_counter() - began - deadline.waited, 6),
            checked_at=current_timestamp(),
            address=attempt.address,
            certificate=attempt.certificate,
        ),
        options,
    )


class Attempt:
    """The state of one attempt, complete enough for a deadline that expires at any moment."""

    __slots__ = (
        "_headers",
        "_most",
        "_options",
        "_ranged",
        "_transport",
        "_watch",
        "address",
        "answer",
        "by_device",
        "certificate",
        "failure",
        "final",
        "hops",
        "requests",
        "target",
        "url",
    )

    def __init__(
        self,
        target: Target,
        transport: Transport,
        options: FetchOptions,
        watch: Watch | None,
        *,
        ranged: bool,
        most: int,
    ) -> None:
        """`ranged` sends a Range if the probe has one; `most` is the maximum number of redirects."""
        self.target = target
        self._ranged = ranged and first_range(target.probe) is not None
        self._most = most
        self._transport = transport
        self._options = options
        self._watch = watch
        self._headers = headers_of(options.user_agent, target.probe)
        self.url: Url | None = None
        self.hops: list[Hop] = []
        self.by_device = False
        self.requests = 0
        self.address: str | None = None
        self.certificate: Certificate | None = None
        self.failure: Failure | None = None
        self.final: FinalResponse | None = None
        self.answer: Answer | None = None

    async def run(self, deadline: Deadline, validators: Validators | None) -> Answer | None:
        """The final answer; None with `failure` set if there is none.

        Browsers never send a Range for an image, so any other response to one is discarded: the target is requested again
        without it, and the second result counts.
        """
        try:
            url = parse_url(self.target.url)
        except InvalidUrl as error:
            self.failure = Failure(FailureKind.INVALID_URL, _detail(error), f"invalid URL: {error}")
            return None
        if self._ranged:
            try:
                answer = await self._chain(url, deadline, validators)
                if answer is not None and is_for_range(answer, conditional=validators is not None):
                    return answer
            except RangeRefusedError:
                pass
            except FetchError as error:
                if not self._may_be_of_range(error.failure):
                    raise
                self.note(error.trace, sent=error.failure.kind is not FailureKind.REFUSED_BY_GUARD)
            self._ranged, self.failure, self.answer, self.final = False, None, None, None
            self.hops.clear()
            self.by_device = False
        return await self._chain(url, deadline, validators)

    def _may_be_of_range(self, lost: Failure) -> bool:
        """Whether to request a target at once without Range; after a reset or a timeout the next attempt does."""
        if self.final is not None:  # a failure of a later range
            return True
        return lost.kind is FailureKind.PROTOCOL or (bool(self.hops) and lost.kind not in REQUEST_FAILURES)

    async def _chain(self, url: Url, deadline: Deadline, validators: Validators | None) -> Answer | None:
        """Follow the redirects from a URL. Raises RangeRefusedError if the request should be repeated without Range."""
        home, secrets = url.origin, headers_for(url, self._options.hosts)
        wanted = first_range(self.target.probe) if self._ranged else None
        jar: Jar | None = None
        visited: set[tuple[str, str]] = set()
        varies = ""
        while True:
            self.url = url
            cookie = jar.header(url) if jar is not None else ""
            circle = (url.href, cookie) in visited
            if circle and wanted:
                raise RangeRefusedError
            if len(self.hops) > self._most:
                self.failure = _endless(url.host, self._most, circle=circle, varies=varies)
                return None
            visited.add((url.href, cookie))
            headers = self._headers_for(cookie, secrets, validators if not self.hops else None)
            response = await self._request(url, (*headers, ("Range", wanted)) if wanted else headers, deadline)
            head = read_facts(response)
            if wanted and refuses_range(head):
                await response.body.aclose()
                raise RangeRefusedError
            if head.status not in REDIRECTS or (location := _location(response)) is None:
                return await self._arrive(url, head, response, headers, deadline)
            shown, followed = location
            self.hops.append(Hop(url.href, head.status, shown))
            varies = varies or _varies(head)
            self.by_device = self.by_device or _is_by_device(head)
            if head.cookies:
                jar = jar or Jar()
                jar.keep(url, head.cookies, parse_http_date(head.headers.get("date")) or datetime.now(UTC))
            await response.body.aclose()
            try:
                url = parse_url(followed, url.href)
                if (remap := remap_of(self._options.remap)) is not None:
                    url = parse_url(remap.requested(url))
            except InvalidUrl as error:
                self.failure = failure(FailureKind.INVALID_URL, _detail(error), url.host, str(error))
                return None
            if url.origin != home:
                # Never restored, even if the chain returns to the origin: the redirecting host was not the intended
                # recipient.
                secrets, home = (), ""

    def _headers_for(self, cookie: str, secrets: tuple[tuple[str, str], ...], validators: Validators | None) -> Headers:
        if not (cookie or secrets or validators):
            return self._headers
        own = {name.lower() for name, _ in secrets}
        headers = [(name, value) for name, value in self._headers if name.lower() not in own]
        headers.extend(secrets)
        if cookie and "cookie" not in own:
            headers.append(("Cookie", cookie))
        etag, modified = validators or (None, None)
        if etag and etag.isprintable():
            headers.append(("If-None-Match", etag))
        if modified and modified.isprintable():
            headers.append(("If-Modified-Since", modified))
        return tuple(headers)

    async def _request(self, url: Url, headers: Headers, deadline: Deadline) -> RawResponse:
        request = OutgoingRequest(url, headers, deadline, self)
        response = await self._transport.send(request)
        self.note(response.trace, sent=True)
        if self._watch is not None:
            self._watch(request, response)
        return response

    async def _arrive(
        self, url: Url, head: ResponseFacts, response: RawResponse, headers: Headers, deadline: Deadline
    ) -> Answer:
        current = response

        async def further(wanted: str, limit: Deadline) -> RawResponse:
            nonlocal current
            current = await self._request(url, (*headers, ("Range", wanted)), limit)
            return current

        self.answer = answer_from_headers(url, head)
        self.by_device = self.by_device or (not self.hops and _is_by_device(head))
        if self.hops and (wall := wall_address(self.hops, parse_url(self.target.url), url)) is not None:
            self.answer = with_body_facts(self.answer, challenge=self.answer.challenge or wall)
        self.final = FinalResponse(url, head, response, deadline, further if self._ranged else None)
        try:
            self.answer = await complete_answer(self.target.probe, self.final, self.answer, self._options)
            # The rest of the body is read only to keep the connection: no deadline can discard the answer.
            self.final = None
            return self.answer
        finally:
            await current.body.aclose()

    def note(self, trace: RequestTrace | None, *, sent: bool) -> None:
        """Record what a request's trace contains in addition to its answer."""
        if trace is None:
            self.requests += sent
            return
        self.requests += trace.sent or sent
        self.address = trace.address or self.address
        self.certificate = trace.certificate

    def cut_off(self, seconds: float) -> tuple[Answer | None, Failure | None]:
        """The result at the deadline: an answer if the head, or the part of the body so far, is enough, else a failure."""
        host = self.url.host if self.url is not None else self.target.host
        if self.answer is None:
            self.requests += 1
            return None, no_answer_within(seconds, host)
        if self.final is None or self.final.so_far is None:
            return self.answer, None
        answer = self.final.so_far()
        return (answer, None) if answer is not None else (None, no_body_within(seconds, host, self.answer.status))


def browser_vary_fields(vary: str) -> str:
    """The fields of a Vary header for which a browser may get another response."""
    fields = (field.strip() for field in vary.split(","))
    return ", ".join(field for field in fields if field.lower() in BROWSER_VARY_FIELDS or field.lower().startswith("sec-"))


def _varies(head: ResponseFacts) -> str:
    """A clause with the reason why a browser may be redirected elsewhere; empty if there is none."""
    if head.cookies:
        return "its redirects set cookies"
    fields = browser_vary_fields(head.headers.get("vary", ""))
    return f"its redirects depend on the request (Vary: {fields[:LONGEST_VALUE]})" if fields else ""


def _is_by_device(head: ResponseFacts) -> bool:
    """Whether a phone may get another response (RFC 9110, section 12.5.5; User-Agent Client Hints)."""
    return bool(device_vary_fields(head.headers.get("vary", "")))


def device_vary_fields(vary: str) -> str:
    """The fields of a Vary header for which a phone may get another response."""
    fields = (field.strip() for field in vary.split(","))
    return ", ".join(
        field for field in fields if field.lower() in ("*", "user-agent") or field.lower().startswith("sec-ch-ua")
    )


def _endless(host: str, most: int, *, circle: bool, varies: str) -> Failure:
    """The failure of a chain with too many redirects."""
    if not circle:
        return Failure(FailureKind.TOO_MANY_HOPS, "long", f"more than {most} redirects, the last to {host}")
    return failure(FailureKind.TOO_MANY_HOPS, "loop-varies" if varies else "loop", host, varies)


def _location(response: RawResponse) -> tuple[str, str] | None:
    """The Location for display and for the next request; None if there is none.

    Bytes that are not UTF-8 are percent-encoded, as browsers do.
    """
    for name, sent in response.headers:
        if name == b"location" and sent:  # browsers ignore an empty one and show the page
            value = sent[: LONGEST_LOCATION + 1]
            try:
                text = value.decode("utf-8")
            except UnicodeDecodeError:
                followed = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in value)
                return value.decode("latin-1"), followed
            return text, text
    return None


def _detail(error: InvalidUrl) -> str:
    return error.detail if error.detail in {"scheme", "disagreement", "too-long"} else "location"
