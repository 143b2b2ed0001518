"""What a body adds to an answer, by the target's probe, the status and the headers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from linkcheck.fetch.attempt.probe import SMALL_BODY, complete_answer
from linkcheck.fetch.attempt.response import FinalResponse, answer_from_headers, read_facts
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import RawResponse
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Answer, Failure, FailureKind, PageFacts, Probe
from linkcheck.urls import parse_url

URL = "https://a.example/x"
VIDEO = "https://www.youtube.com/watch?v=x"
WALL = b"<html><title>Just a moment...</title><body><script>window._cf_chl_opt = {a: 1};</script></body></html>"
CHALLENGE = "Cloudflare's challenge page"
PAGE = b"<!doctype html><html><head><title>T</title></head><body><p>a</p></body></html>"
RESET = FetchError(Failure(FailureKind.RESET, "body", "closed"))
BINARY = "application/octet-stream"


class Pieces:
    """A body that arrives piece by piece, an exception included; `arrived` if it came with the head."""

    def __init__(self, pieces: tuple[bytes | Exception, ...], arrived: bytes | None = None) -> None:
        self.pieces = pieces
        self.arrived = arrived
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            self.read += 1
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def whole(self) -> bytes | None:
        return self.arrived

    async def aclose(self) -> None:
        """Does nothing, because nothing is open."""


def final_of(*pieces: bytes | Exception, status: int = 200, url: str = URL, **headers: str) -> tuple[FinalResponse, Answer]:
    named = {"content_type": "text/html", **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items() if value]
    response = RawResponse(status, raw, Pieces(pieces))
    head = read_facts(response)
    no_deadline: Any = None
    return FinalResponse(parse_url(url), head, response, no_deadline), answer_from_headers(parse_url(url), head)


def completed(
    probe: Probe, *pieces: bytes | Exception, options: FetchOptions | None = None, **given: Any
) -> tuple[Answer, Answer]:
    """The answer before its body, and with it."""
    final, answer = final_of(*pieces, **given)
    return answer, asyncio.run(complete_answer(probe, final, answer, options or FetchOptions()))


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize("probe", Probe)
def test_a_status_without_content_needs_no_body(status: int, probe: Probe) -> None:
    for body, kind in ((WALL, "text/html"), (PAGE, BINARY)):
        before, after = completed(probe, body, status=status, content_type=kind, content_length=str(len(body)))
        assert after is before


@pytest.mark.parametrize(
    ("probe", "status", "kind", "body", "content"),
    [
        (Probe.PAGE, 200, BINARY, b"%PDF-1.7", "pdf"),
        (Probe.PAGE, 299, "image/png", PAGE, "html"),
        (Probe.PAGE, 200, "application/ld+json", PAGE, "html"),
        (Probe.PAGE, 200, "application/rss+xml", PAGE, "html"),
        (Probe.PAGE, 200, "application/x-gzip", PAGE, "html"),
        (Probe.PAGE, 200, "application/x-zip-compressed", PAGE, "html"),
        (Probe.PAGE, 200, "binary/x-force-download", PAGE, "html"),
        (Probe.PAGE, 200, "text/javascript", PAGE, "html"),
        (Probe.PAGE, 200, BINARY, b"\x7fELF", None),
        (Probe.PAGE, 200, "application/pdf", b"%PDF-1.7", None),
        (Probe.PAGE, 200, "text/plain", PAGE, None),
        (Probe.PAGE, 199, BINARY, PAGE, None),
        (Probe.PAGE, 300, BINARY, PAGE, None),
        (Probe.PAGE, 404, BINARY, PAGE, None),
        (Probe.STATUS, 200, BINARY, PAGE, None),
    ],
)
def test_a_page_or_document_of_an_unreliable_type_is_recognized_by_its_bytes(
    probe: Probe, status: int, kind: str, body: bytes, content: str | None
) -> None:
    before, after = completed(probe, body, status=status, content_type=kind, cf_mitigated="challenge")
    assert before.challenge == "cf-mitigated: challenge"
    page = None if content is None else PageFacts(content=content)
    assert after == msgspec.structs.replace(before, page=page)


@pytest.mark.parametrize("probe", [Probe.STATUS, Probe.IMAGE, Probe.PAGE])
@pytest.mark.parametrize(("status", "is_wall"), [(399, False), (400, True), (403, True), (503, True)])
def test_the_body_of_a_refusal_shows_its_wall(probe: Probe, status: int, *, is_wall: bool) -> None:
    before, after = completed(probe, WALL[:50], WALL[50:], status=status)
    assert after == msgspec.structs.replace(before, challenge=CHALLENGE if is_wall else None)


@pytest.mark.parametrize(
    ("body", "vendor", "challenge"),
    [
        (b"error code: 1016", None, None),
        (b"error code: 1020", "cloudflare", "Cloudflare's refusal page, error 1020"),
        (b"no such page", "cloudflare", None),
    ],
)
def test_a_failure_of_the_site_is_not_that_of_its_vendor(body: bytes, vendor: str | None, challenge: str | None) -> None:
    before, after = completed(Probe.STATUS, body, status=530, server="cloudflare")
    assert before.vendor == "cloudflare"
    assert (after.vendor, after.challenge) == (vendor, challenge)


@pytest.mark.parametrize(
    ("probe", "body", "server", "defect", "challenge"),
    [
        (Probe.STATUS, b"", "CloudFront", "empty", "an empty answer from CloudFront"),
        (Probe.STATUS, b"", "", "empty", None),
        (Probe.STATUS, b"x", "CloudFront", None, None),
        (Probe.PAGE, b"", "CloudFront", "empty", "an empty answer from CloudFront"),
        (Probe.PAGE, b"x", "CloudFront", None, None),
    ],
)
def test_an_acceptance_without_content_is_empty(
    probe: Probe, body: bytes, server: str, defect: str | None, challenge: str | None
) -> None:
    _, after = completed(probe, *([body] if body else []), status=202, server=server)
    assert (after.body, after.challenge) == (defect, challenge)
    assert completed(Probe.STATUS, status=404)[1].body is None


@pytest.mark.parametrize(
    ("length", "kind", "is_wall"),
    [
        pytest.param(len(WALL), "text/html", True, id="a small page"),
        pytest.param(len(WALL), "", True, id="without a type"),
        pytest.param(SMALL_BODY, "text/html", True, id="as long as a wall may be"),
        pytest.param(SMALL_BODY + 1, "text/html", False, id="longer"),
        pytest.param(1, "text/html", True, id="a length of 1"),
        pytest.param(0, "text/html", False, id="a length of 0"),
        pytest.param(None, "text/html", False, id="without a length"),
        pytest.param(len(WALL), "text/plain", False, id="a text"),
    ],
)
def test_a_small_page_may_be_a_wall_whatever_its_status(length: int | None, kind: str, *, is_wall: bool) -> None:
    stated = "" if length is None else str(length)
    before, after = completed(Probe.STATUS, WALL.ljust(9000), content_type=kind, content_length=stated)
    assert after == msgspec.structs.replace(before, challenge=CHALLENGE if is_wall else None)


@pytest.mark.parametrize(("encoding", "challenge", "read"), [("", CHALLENGE, 0), ("identity", None, 1)])
def test_a_body_that_came_with_the_head_is_not_read_again(encoding: str, challenge: str | None, read: int) -> None:
    final, answer = final_of(b"<p>another</p>", content_length=str(len(WALL)), content_encoding=encoding)
    final.response.body = body = Pieces((b"<p>another</p>",), arrived=WALL)
    after = asyncio.run(complete_answer(Probe.STATUS, final, answer, FetchOptions()))
    assert (after.challenge, body.read > 0) == (challenge, read > 0)


# Pages


def test_the_facts_of_a_page_come_from_its_head_and_the_headers() -> None:
    _, after = completed(
        Probe.PAGE,
        "<title>Stra\xdfe</title>".encode("latin-1"),
        content_type="text/html; charset=iso-8859-1",
        link='<https://a.example/c>; rel="canonical"',
        x_robots_tag="noindex",
        refresh="5; url=/y",
    )
    page = after.page
    assert page is not None
    assert (page.title, page.canonicals, page.noindex) == ("Stra\xdfe", ("https://a.example/c",), True)
    assert (page.refresh, page.refresh_seconds) == ("https://a.example/y", 5)
    assert not page.truncated
    _, cut = completed(Probe.PAGE, b"<title>T</title><p>", RESET)
    assert cut.page is not None
    assert cut.page.truncated


@pytest.mark.parametrize(
    ("pieces", "most", "defect"),
    [
        pytest.param((PAGE,), 9000, None, id="complete"),
        pytest.param((PAGE[:50], RESET), 9000, None, id="cut after its head"),
        pytest.param((b"<title>T</title>", RESET), 9000, "incomplete", id="cut in its head"),
        pytest.param((PAGE, b" " * (2 << 20)), 9 << 20, None, id="too large after its head"),
        pytest.param((b"<title>T</title>" + b" " * 1000, b" " * (2 << 20)), 9 << 20, "too-large", id="a large head"),
    ],
)
def test_a_page_whose_head_is_complete_is_complete(
    pieces: tuple[bytes | Exception, ...], most: int, defect: str | None
) -> None:
    _, after = completed(Probe.PAGE, *pieces, options=FetchOptions(page_bytes=most))
    assert after.body == defect


def test_an_encoding_that_was_not_offered_is_a_defect_whatever_was_read() -> None:
    assert completed(Probe.PAGE, PAGE, content_encoding="br")[1].body == "unoffered-encoding: br"


def player(status: str) -> bytes:
    return b'<script>{"playabilityStatus":{"status":"%s"}}</script>' % status.encode()


HEAD = b"<html><head><title>Video</title></head><body>"


@pytest.mark.parametrize(
    ("url", "status", "pieces", "found"),
    [
        pytest.param(VIDEO, 200, (HEAD, player("OK")), "OK", id="a video"),
        pytest.param(VIDEO, 200, (HEAD, b" " * 70_000, player("OK")), "OK", id="far below its head"),
        pytest.param(VIDEO, 200, (HEAD, player("ERROR")[:30], player("ERROR")[30:]), "ERROR", id="in two pieces"),
        pytest.param(VIDEO, 200, (HEAD,), None, id="without a status"),
        pytest.param(VIDEO, 200, (HEAD, RESET), "unread", id="cut before its status"),
        pytest.param(VIDEO, 404, (HEAD, player("OK")), None, id="a page that does not exist"),
        pytest.param(URL, 200, (HEAD, player("OK")), None, id="another host"),
    ],
)
def test_the_status_of_a_video_is_read(
    url: str, status: int, pieces: tuple[bytes | Exception, ...], found: str | None
) -> None:
    _, after = completed(Probe.PAGE, *pieces, url=url, status=status)
    assert (None if after.page is None else after.page.player) == found


@pytest.mark.parametrize(
    ("status", "challenge"), [("LOGIN_REQUIRED", "YouTube's request to sign in"), ("OK", None), ("ERROR", None)]
)
def test_a_request_to_sign_in_is_a_wall(status: str, challenge: str | None) -> None:
    assert completed(Probe.PAGE, HEAD, player(status), url=VIDEO)[1].challenge == challenge


def test_a_page_is_read_no_further_than_its_head() -> None:
    final, answer = final_of(HEAD, *[b" " * 70_000] * 9)
    asyncio.run(complete_answer(Probe.PAGE, final, answer, FetchOptions()))
    assert isinstance(final.response.body, Pieces)
    assert final.response.body.read == 2


@pytest.mark.parametrize(
    ("data", "body", "has_page"),
    [
        pytest.param(b"<title>T</title>", None, True, id="with a title"),
        pytest.param(b'<link rel="canonical" href="/c">', None, True, id="with a canonical URL"),
        pytest.param(b"<p>a</p>", "incomplete", True, id="with neither"),
        pytest.param(b"", None, False, id="nothing"),
    ],
)
def test_a_page_at_the_deadline_counts_by_what_arrived(data: bytes, body: str | None, *, has_page: bool) -> None:
    async def main() -> Answer | None:
        final, answer = final_of()
        never = asyncio.Event()

        class Slow(Pieces):
            async def __aiter__(self) -> AsyncIterator[bytes]:
                if data:
                    yield data
                await never.wait()

        final.response.body = Slow(())
        task = asyncio.create_task(complete_answer(Probe.PAGE, final, answer, FetchOptions()))
        for _ in range(5):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert final.so_far is not None
        return final.so_far()

    found = asyncio.run(main())
    assert (found is not None) is has_page
    assert found is None or (found.body, found.page is not None) == (body, True)
