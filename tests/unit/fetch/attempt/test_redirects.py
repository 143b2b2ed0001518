"""One attempt at a target: what is requested one after the other, and the outcome, in virtual time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from image_samples import tiff
from virtual_web import VirtualLoop

from linkcheck.fetch.attempt.redirects import browser_vary_fields, device_vary_fields, follow
from linkcheck.fetch.http.failures import FetchError, failure
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.model import Failure, FailureKind, Outcome, Probe, Target

URL = "https://a.example/x"
PAGE = b"<!doctype html><title>A page</title><body>words"
HTML = {"content-type": "text/html"}


@dataclass
class Body:
    """Arrives at once, except for what comes `late`, in seconds."""

    content: bytes
    late: float = 0.0
    closed: bool = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.content
        await asyncio.sleep(self.late)

    def whole(self) -> bytes | None:
        return None

    async def aclose(self) -> None:
        self.closed = True


@dataclass
class Reply:
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    late: float = 0.0
    after: float = 0.0
    """Seconds until the head."""


Answering = Callable[[OutgoingRequest], Reply | Failure]


@dataclass
class Scripted:
    """A transport that answers as a function says."""

    answering: Answering
    asked: list[OutgoingRequest] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    async def send(self, request: OutgoingRequest) -> RawResponse:
        self.asked.append(request)
        reply = self.answering(request)
        if isinstance(reply, Failure):
            raise FetchError(reply)
        await asyncio.sleep(reply.after)
        self.bodies.append(Body(reply.body, reply.late))
        headers = [(name.encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
        return RawResponse(reply.status, headers, self.bodies[-1])

    async def aclose(self) -> None:
        """Nothing is open."""

    def header(self, name: str) -> list[str | None]:
        """That of every request."""
        return [dict(request.headers).get(name) for request in self.asked]


def attempt(
    answering: Answering | Mapping[str, Reply | Failure], url: str = URL, probe: Probe = Probe.PAGE, **given: Any
) -> tuple[Outcome, Scripted]:
    """The outcome for a URL, by a function or a table of URLs; options are those of `follow` and of the crawl."""
    table = answering
    web = Scripted(table if callable(table) else lambda request: table.get(request.url.href, Reply(404)))
    own = {name: given.pop(name) for name in ("before", "timeout", "validators", "watch") if name in given}

    async def main() -> Outcome:
        return await follow(Target(url, probe, "a.example"), web, FetchOptions(**given), **own)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        outcome = runner.run(main())
    assert all(body.closed for body in web.bodies)
    return outcome, web


def to(where: str, status: int = 302, **headers: str) -> Reply:
    return Reply(status, {"location": where, **{name.replace("_", "-"): value for name, value in headers.items()}})


def failed(outcome: Outcome) -> tuple[str, str, str]:
    assert outcome.failure is not None
    return outcome.failure.kind.value, outcome.failure.detail, outcome.failure.message


def chain(length: int) -> dict[str, Reply | Failure]:
    """So many redirects, and a page."""
    names = [URL, *(f"https://a.example/{number}" for number in range(length))]
    return {**{here: to(there) for here, there in pairwise(names)}, names[-1]: Reply(200, HTML, PAGE)}


def test_redirects_are_followed_to_a_page() -> None:
    outcome, _ = attempt(chain(2))
    assert [(hop.url, hop.status, hop.location) for hop in outcome.hops] == [
        (URL, 302, "https://a.example/0"),
        ("https://a.example/0", 302, "https://a.example/1"),
    ]
    assert outcome.answer is not None
    assert (outcome.answer.url, outcome.requests, outcome.failure) == ("https://a.example/1", 3, None)
    assert outcome.answer.page is not None
    assert (outcome.answer.page.title, outcome.answer.body) == ("A page", None)


def test_as_many_redirects_as_allowed_are_followed() -> None:
    assert attempt(chain(3), max_redirects=3)[0].answer is not None
    outcome, web = attempt(chain(4), max_redirects=3)
    assert failed(outcome) == ("too-many-hops", "long", "more than 3 redirects, the last to a.example")
    assert (outcome.answer, len(web.asked)) == (None, 4)


@pytest.mark.parametrize(
    ("headers", "detail", "message"),
    [
        pytest.param({}, "loop", "a.example redirects in a loop", id="a plain one"),
        pytest.param({"vary": "accept-encoding"}, "loop", "a.example redirects in a loop", id="that varies by encoding"),
        pytest.param(
            {"vary": "Accept-Encoding, Cookie ,Sec-CH-UA"},
            "loop-varies",
            "a.example redirects in a loop, but might not for a browser: "
            "its redirects depend on the request (Vary: Cookie, Sec-CH-UA)",
            id="that varies by browser",
        ),
        pytest.param(
            {"set-cookie": "seen=1; Domain=other.example"},
            "loop-varies",
            "a.example redirects in a loop, but might not for a browser: its redirects set cookies",
            id="that sets cookies",
        ),
    ],
)
def test_a_loop_is_told_from_many_redirects(headers: dict[str, str], detail: str, message: str) -> None:
    outcome, _ = attempt({URL: Reply(302, {"location": URL, **headers})})
    assert failed(outcome) == ("too-many-hops", detail, message)


def test_a_loop_is_followed_as_far_as_browsers_do_the_second_time() -> None:
    first, web = attempt({URL: to(URL)}, max_redirects=3)
    assert len(web.asked) == 4
    assert len(attempt({URL: to(URL)}, max_redirects=3, before=first)[1].asked) == 21
    assert len(attempt({URL: to(URL)}, max_redirects=30, before=first)[1].asked) == 31


def test_a_cookie_of_a_redirect_is_sent_back() -> None:
    def gate(request: OutgoingRequest) -> Reply:
        known = dict(request.headers).get("Cookie") == "seen=1"
        return Reply(200, HTML, PAGE) if known else Reply(302, {"location": URL, "set-cookie": "seen=1"})

    outcome, web = attempt(gate)
    assert outcome.answer is not None
    assert web.header("Cookie") == [None, "seen=1"]


@pytest.mark.parametrize(
    ("where", "detail", "kind"),
    [
        ("ftp://b.example/", "scheme", "invalid-url"),
        ("https://", "location", "invalid-url"),
        ("https://a.example/" + "x" * 9000, "too-long", "invalid-url"),
    ],
)
def test_a_redirect_to_what_is_no_page_is_a_failure(where: str, detail: str, kind: str) -> None:
    outcome, _ = attempt({URL: to(where)})
    assert failed(outcome)[:2] == (kind, detail)
    assert (len(outcome.hops), outcome.requests) == (1, 1)


def test_bytes_of_a_location_that_are_no_text_are_escaped() -> None:
    outcome, web = attempt({URL: to("/caf\xe9"), "https://a.example/caf%E9": Reply(200, HTML, PAGE)})
    assert outcome.answer is not None
    assert [request.url.href for request in web.asked] == [URL, "https://a.example/caf%E9"]
    assert outcome.hops[0].location == "/café"


@pytest.mark.parametrize("reply", [Reply(302, {"location": ""}), Reply(302), Reply(304, {"location": "/y"})])
def test_a_redirect_that_leads_nowhere_is_the_answer(reply: Reply) -> None:
    outcome, _ = attempt({URL: reply})
    assert outcome.answer is not None
    assert (outcome.answer.status, outcome.hops) == (reply.status, ())


@pytest.mark.parametrize(
    ("status", "followed"), [(300, 0), (301, 1), (302, 1), (303, 1), (304, 0), (305, 0), (307, 1), (308, 1)]
)
def test_which_statuses_redirect(status: int, followed: int) -> None:
    assert len(attempt({URL: to("/y", status)})[0].hops) == followed


def test_a_url_that_is_none_is_not_requested() -> None:
    outcome, web = attempt({}, "ftp://a.example/")
    assert failed(outcome)[:2] == ("invalid-url", "scheme")
    assert failed(outcome)[2].startswith("invalid URL: ")
    assert (web.asked, outcome.requests) == ([], 0)


def test_a_failure_of_the_network_is_the_outcome() -> None:
    lost = failure(FailureKind.RESET, "before-headers", "a.example")
    outcome, _ = attempt({URL: lost})
    assert (outcome.answer, outcome.failure, outcome.requests) == (None, lost, 1)
    refused = failure(FailureKind.REFUSED_BY_GUARD, "port", "a.example")
    assert attempt({URL: refused})[0].requests == 0


SECRET = HostOptions("a.example", headers=(("X-Key", "s3cret"), ("Cookie", "own=1")))


def test_secrets_are_sent_to_their_origin_and_never_again_after_another() -> None:
    web = {URL: to("/y"), "https://a.example/y": to("https://b.example/"), "https://b.example/": to("https://a.example/z")}
    _, sent = attempt(web, hosts=(SECRET,))
    assert sent.header("X-Key") == ["s3cret", "s3cret", None, None]
    assert sent.header("Cookie") == ["own=1", "own=1", None, None]


def test_a_header_of_the_user_replaces_the_usual_one() -> None:
    hosts = (HostOptions("a.example", headers=(("user-agent", "Mine"),)),)
    _, sent = attempt({URL: Reply(200, HTML, PAGE)}, hosts=hosts)
    assert [name for name, _ in sent.asked[0].headers] == ["Accept", "Accept-Encoding", "user-agent"]


def test_the_cookie_of_the_user_goes_before_that_of_the_server() -> None:
    _, sent = attempt({URL: to("/y", set_cookie="a=1"), "https://a.example/y": to("https://b.example/")}, hosts=(SECRET,))
    assert sent.header("Cookie")[:2] == ["own=1", "own=1"]


def test_validators_are_sent_with_the_first_request_only() -> None:
    modified = "Sun, 22 Nov 2026 10:00:00 GMT"
    _, sent = attempt(chain(1), validators=('"1"', modified))
    assert sent.header("If-None-Match") == ['"1"', None]
    assert sent.header("If-Modified-Since") == [modified, None]


@pytest.mark.parametrize("broken", ['"1"\r\nX: 1', "\0"])
def test_validators_that_cannot_be_sent_are_left_out(broken: str) -> None:
    _, sent = attempt(chain(0), validators=(broken, broken))
    assert sent.header("If-None-Match") == sent.header("If-Modified-Since") == [None]
    assert attempt(chain(0), validators=(None, "x"))[1].header("If-Modified-Since") == ["x"]


def test_every_answer_is_watched() -> None:
    seen: list[tuple[str, int]] = []
    attempt(chain(1), watch=lambda request, response: seen.append((request.url.href, response.status)))
    assert seen == [(URL, 302), ("https://a.example/0", 200)]


def test_a_redirect_to_a_captcha_is_a_wall() -> None:
    outcome, _ = attempt({URL: to("https://captcha.shop.example/"), "https://captcha.shop.example/": Reply(200, HTML, PAGE)})
    assert outcome.answer is not None
    assert outcome.answer.challenge == "redirected to a captcha, captcha.shop.example/"


# Deadlines


def test_a_server_that_does_not_respond_in_time_is_a_failure() -> None:
    outcome, _ = attempt({URL: Reply(after=60.0)}, timeout=5.0)
    assert failed(outcome) == ("timeout", "total", "a.example did not respond within 5 s")
    assert outcome.requests == 1
    assert failed(attempt({URL: Reply(after=60.0)})[0])[2] == "a.example did not respond within 30 s"


def test_the_time_is_that_of_the_whole_chain_and_the_last_host_is_named() -> None:
    web: dict[str, Reply | Failure] = {
        URL: Reply(302, {"location": "https://b.example/"}, after=3.0),
        "https://b.example/": Reply(after=3.0),
    }
    outcome, _ = attempt(web, timeout=5.0)
    assert (failed(outcome)[2], outcome.requests) == ("b.example did not respond within 5 s", 2)


@pytest.mark.parametrize(
    ("body", "defect", "message"),
    [
        pytest.param(b"", None, "a.example returned 200, but the body did not arrive within 5 s", id="nothing"),
        pytest.param(b"<!doctype html><p>words", "incomplete", None, id="a part of little use"),
        pytest.param(b"<!doctype html><title>A page</title>", None, None, id="a part with a title"),
    ],
)
def test_of_a_page_that_does_not_end_in_time_the_part_counts(body: bytes, defect: str | None, message: str | None) -> None:
    outcome, _ = attempt({URL: Reply(200, HTML, body, late=60.0)}, timeout=5.0)
    if message is not None:
        assert failed(outcome) == ("timeout", "body", message)
    else:
        assert outcome.answer is not None
        assert (outcome.answer.body, outcome.failure) == (defect, None)


def test_the_status_is_enough_of_what_is_not_read() -> None:
    outcome, _ = attempt({URL: Reply(200, {"content-type": "application/pdf"}, late=60.0)}, timeout=5.0)
    assert outcome.answer is not None
    assert outcome.answer.status == 200


# Images

FAR = tiff("<", pixels_first=300_000)
"""An image whose size is told at its end."""
NEAR = tiff("<")


def serving(data: bytes, *, skew: int = 0, whole: bool = True, cut: int = 0) -> Answering:
    """A server of ranges; those after the first begin `skew` bytes late and lack `cut` bytes at their end."""

    def answer(request: OutgoingRequest) -> Reply:
        wanted = dict(request.headers).get("Range")
        if wanted is None:
            return Reply(200, {"content-type": "image/tiff", "content-length": str(len(data))}, data)
        first, last = map(int, wanted.removeprefix("bytes=").split("-"))
        first += skew if first else 0
        part = data[first : last + 1 - (cut if first else 0)]
        total = len(data) if whole else "*"
        where = f"bytes {first}-{first + len(part) - 1}/{total}"
        return Reply(206, {"content-type": "image/tiff", "content-range": where}, part)

    return answer


def image(answering: Answering, **given: Any) -> tuple[tuple[object, ...], list[str | None]]:
    """Format, size and defect, and the Range of every request."""
    outcome, web = attempt(answering, probe=Probe.IMAGE, **given)
    answer = outcome.answer
    if answer is None:
        return failed(outcome)[:2], web.header("Range")
    facts = answer.image
    shown = (None,) if facts is None else (facts.format or facts.not_image, facts.width, facts.height)
    return (*shown, answer.body), web.header("Range")


SIZE = ("tiff", 96, 64, None)
FIRST = "bytes=0-16383"


def test_an_image_is_measured_by_its_first_bytes() -> None:
    assert image(serving(NEAR)) == (SIZE, [FIRST])


@pytest.mark.parametrize("whole", [True, False])
def test_an_image_that_tells_its_size_at_its_end_is_measured_by_a_second_range(*, whole: bool) -> None:
    found, (first, second) = image(serving(FAR, whole=whole))
    assert (found, first) == (SIZE, FIRST)
    assert second == (f"bytes=300776-{len(FAR) - 1}" if whole else "bytes=300776-317159")


@pytest.mark.parametrize(
    "answering",
    [
        pytest.param(serving(FAR, skew=1), id="another part"),
        pytest.param(serving(FAR, cut=100), id="too short a part"),
    ],
)
def test_a_server_that_sends_other_bytes_is_asked_for_the_whole_file(answering: Answering) -> None:
    found, ranges = image(answering)
    assert (found, ranges[0], ranges[-1], len(ranges)) == (SIZE, FIRST, None, 3)


@pytest.mark.parametrize("status", [200, 416, 404, 500])
def test_a_server_that_refuses_a_further_range_is_asked_for_the_whole_file(status: int) -> None:
    serve = serving(FAR)

    def answer(request: OutgoingRequest) -> Reply | Failure:
        later = dict(request.headers).get("Range", FIRST) != FIRST
        return Reply(status, {"content-type": "image/tiff"}, b"x" * 9) if later else serve(request)

    found, ranges = image(answer)
    assert (found, ranges[-1], len(ranges)) == (SIZE, None, 3)


def test_a_part_that_begins_elsewhere_is_no_first_part() -> None:
    def answer(request: OutgoingRequest) -> Reply:
        if "Range" in dict(request.headers):
            return Reply(206, {"content-type": "image/tiff", "content-range": "bytes 1-9/300"}, NEAR)
        return Reply(200, {"content-type": "image/tiff"}, NEAR)

    assert image(answer) == (SIZE, [FIRST, None])


@pytest.mark.parametrize("form", ["bytes 0-{}/{}", "bytes=0-{}/{}", "Bytes 0-{}/{}", None])
def test_the_header_of_a_part_is_read_as_servers_write_it(form: str | None) -> None:
    where = {} if form is None else {"content-range": form.format(len(NEAR) - 1, len(NEAR))}
    assert image(lambda _: Reply(206, {"content-type": "image/tiff", **where}, NEAR)) == (SIZE, [FIRST])


def test_a_part_without_a_range_asked_for_shows_nothing_of_an_image() -> None:
    before, _ = attempt({URL: Reply(404)}, probe=Probe.IMAGE)
    where = {"content-range": "bytes 1-9/300"}
    assert image(lambda _: Reply(206, where, NEAR), before=before) == ((None, None), [None])


@pytest.mark.parametrize(
    ("refusal", "ranges"),
    [
        pytest.param(Reply(416), [FIRST, None], id="416"),
        pytest.param(Reply(404), [FIRST, None], id="404"),
        pytest.param(Reply(429), [FIRST], id="too many requests"),
        pytest.param(failure(FailureKind.PROTOCOL, "not-http", "a.example"), [FIRST, None], id="not HTTP"),
        pytest.param(failure(FailureKind.RESET, "before-headers", "a.example"), [FIRST], id="a reset"),
        pytest.param(failure(FailureKind.DNS, "nxdomain", "a.example"), [FIRST], id="no such host"),
    ],
)
def test_an_image_that_is_refused_is_asked_for_without_a_range(refusal: Reply | Failure, ranges: list[str | None]) -> None:
    def answer(request: OutgoingRequest) -> Reply | Failure:
        return refusal if "Range" in dict(request.headers) else Reply(200, {"content-type": "image/tiff"}, NEAR)

    found, asked = image(answer)
    assert asked == ranges
    assert (found == SIZE) is (len(ranges) == 2)


def test_after_a_refusal_the_next_attempt_has_no_range() -> None:
    before, _ = attempt({URL: failure(FailureKind.RESET, "before-headers", "a.example")}, probe=Probe.IMAGE)
    assert image(serving(NEAR), before=before) == (SIZE, [None])


def test_redirects_that_a_range_was_refused_by_are_forgotten() -> None:
    def answer(request: OutgoingRequest) -> Reply:
        if "Range" in dict(request.headers):
            return to("https://b.example/x", vary="user-agent") if request.url.href == URL else Reply(403)
        return Reply(200, {"content-type": "image/tiff"}, NEAR)

    outcome, web = attempt(answer, probe=Probe.IMAGE)
    assert (outcome.hops, outcome.by_device, outcome.requests) == ((), False, 3)
    assert web.header("Range") == [FIRST, FIRST, None]


def test_a_loop_of_ranges_is_left_at_once() -> None:
    def answer(request: OutgoingRequest) -> Reply:
        return to(URL) if "Range" in dict(request.headers) else Reply(200, {"content-type": "image/tiff"}, NEAR)

    assert image(answer) == (SIZE, [FIRST, None])


def test_a_further_range_that_never_comes_leaves_time_for_the_whole_file() -> None:
    serve = serving(FAR)

    def answer(request: OutgoingRequest) -> Reply | Failure:
        later = dict(request.headers).get("Range", FIRST) != FIRST
        return Reply(206, after=60.0) if later else serve(request)

    found, ranges = image(answer, timeout=9.0)
    assert (found, len(ranges), ranges[-1]) == (SIZE, 3, None)


def test_of_an_image_that_does_not_end_in_time_the_part_counts() -> None:
    part = {"content-type": "image/tiff", "content-length": "300000"}
    assert image(lambda _: Reply(200, part, FAR[:100], late=60.0), timeout=5.0)[0] == ("truncated", None, None, "incomplete")
    assert image(lambda _: Reply(200, part, b"", late=60.0), timeout=5.0)[0] == ("timeout", "body")


def test_an_image_without_ranges_is_read_as_far_as_needed() -> None:
    assert image(lambda _: Reply(200, {"content-type": "image/tiff"}, FAR))[0] == SIZE
    assert image(lambda _: Reply(200, {"content-type": "image/tiff"}, FAR[:-60]))[0] != SIZE


def test_a_page_in_place_of_an_image_is_read_as_one() -> None:
    outcome, _ = attempt({URL: Reply(200, HTML, PAGE)}, probe=Probe.IMAGE)
    assert outcome.answer is not None
    assert outcome.answer.image is not None
    assert outcome.answer.page is not None
    assert (outcome.answer.image.not_image, outcome.answer.page.title) == ("html", "A page")


# Vary


@pytest.mark.parametrize(
    ("vary", "browser", "device"),
    [
        ("", "", ""),
        ("accept-encoding", "", ""),
        ("*", "*", "*"),
        ("Accept-Encoding, User-Agent", "User-Agent", "User-Agent"),
        ("Cookie,Accept", "Cookie, Accept", ""),
        (" Sec-CH-UA-Mobile , sec-fetch-mode", "Sec-CH-UA-Mobile, sec-fetch-mode", "Sec-CH-UA-Mobile"),
        ("origin, x-sec-a", "", ""),
    ],
)
def test_for_whom_a_response_varies(vary: str, browser: str, device: str) -> None:
    assert (browser_vary_fields(vary), device_vary_fields(vary)) == (browser, device)


def test_a_page_for_phones_is_told_by_any_redirect_or_the_first_answer() -> None:
    by_device = {**HTML, "vary": "User-Agent"}
    assert attempt({URL: Reply(200, by_device, PAGE)})[0].by_device
    assert not attempt({URL: Reply(200, HTML, PAGE)})[0].by_device
    page = Reply(200, HTML, PAGE)
    assert attempt({URL: to("/y", vary="user-agent"), "https://a.example/y": page})[0].by_device
    assert not attempt({URL: to("/y"), "https://a.example/y": Reply(200, by_device, PAGE)})[0].by_device


def test_the_address_is_that_of_the_last_request_whose_address_is_known() -> None:
    addresses = {URL: "192.0.2.1", "https://a.example/0": "192.0.2.2", "https://a.example/1": None}

    class Traced(Scripted):
        async def send(self, request: OutgoingRequest) -> RawResponse:
            response = await super().send(request)
            response.trace = RequestTrace(request.url.host, 0.0)
            response.trace.address = addresses[request.url.href]
            return response

    table = chain(2)
    web = Traced(lambda request: table[request.url.href])

    async def main() -> Outcome:
        return await follow(Target(URL, Probe.PAGE, "a.example"), web, FetchOptions())

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(main()).address == "192.0.2.2"
