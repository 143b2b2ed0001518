"""What the head of a response tells, and which of its headers are kept."""

import pytest

from linkcheck.fetch.attempt.response import (
    LONGEST_READ,
    ResponseFacts,
    answer_from_headers,
    first_range,
    is_for_range,
    is_page,
    needs_body,
    read_facts,
    refuses_range,
    with_body_facts,
)
from linkcheck.fetch.http.messages import RawResponse
from linkcheck.fetch.replay.player import Content
from linkcheck.model import Answer, ImageFacts, Probe
from linkcheck.urls import parse_url

URL = "https://a.example/"


def head(status: int = 200, *headers: tuple[bytes, bytes]) -> ResponseFacts:
    return read_facts(RawResponse(status, list(headers), Content(b"")))


def of_type(status: int, media_type: str | None) -> ResponseFacts:
    return ResponseFacts(status, {}, (), [], media_type, None)


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        pytest.param(200, ["etag"], id="a page"),
        pytest.param(304, ["date", "etag"], id="a page that has not changed"),
        pytest.param(404, ["date", "etag"], id="a page that does not exist"),
        pytest.param(410, ["date", "etag"], id="a page that is gone"),
        pytest.param(403, ["date", "etag"], id="a refusal"),
        pytest.param(503, ["date", "etag"], id="an outage"),
    ],
)
def test_headers_that_tell_who_sent_it_are_kept_of_all_but_pages(status: int, kept: list[str]) -> None:
    headers = {"date": "Sun, 22 Nov 2026 10:00:00 GMT", "etag": '"1"', "vary": "accept"}
    facts = ResponseFacts(status, headers, (), [], "text/html", None)
    answer = answer_from_headers(parse_url(URL), facts)
    assert sorted(name for name, _ in answer.headers) == kept


def test_the_first_of_several_headers_counts_and_lists_are_joined() -> None:
    facts = head(
        200,
        (b"content-type", b" Text/HTML ; charset=x"),
        (b"content-type", b"image/png"),
        (b"vary", b"accept"),
        (b"vary", b"user-agent"),
        (b"link", b"<a>"),
        (b"link", b"<b>"),
        (b"set-cookie", b"a=1"),
        (b"set-cookie", b"b=\xff"),
        (b"x-unknown", b"1"),
    )
    assert facts.media_type == "text/html"
    assert facts.headers == {"content-type": " Text/HTML ; charset=x", "vary": "accept,user-agent"}
    assert facts.links == ("<a>", "<b>")
    assert facts.cookies == ["a=1", "b=\udcff"]


def test_headers_are_read_as_far_as_they_can_matter() -> None:
    assert head(200, (b"location", b"x" * (LONGEST_READ + 1))).headers == {"location": "x" * LONGEST_READ}
    assert len(head(200, *[(b"link", b"<a>")] * 51).links) == 50


@pytest.mark.parametrize(("raw", "text"), [(b"caf\xc3\xa9", "café"), (b"caf\xe9", "café"), (b"cafe", "cafe")])
def test_a_header_is_read_in_the_encoding_that_it_has(raw: bytes, text: str) -> None:
    assert head(200, (b"location", raw)).headers["location"] == text


@pytest.mark.parametrize(
    ("status", "name", "value", "length"),
    [
        pytest.param(200, b"content-length", b"12", 12, id="a length"),
        pytest.param(200, b"content-length", b"9" * 15, int("9" * 15), id="fifteen digits"),
        pytest.param(200, b"content-length", b"9" * 16, None, id="sixteen digits"),
        pytest.param(200, b"content-length", b"-1", None, id="negative"),
        pytest.param(200, b"content-length", "٣".encode(), None, id="Arabic digits"),
        pytest.param(200, b"content-range", b"bytes 0-9/12", None, id="a range of no part"),
        pytest.param(206, b"content-range", b"bytes 0-9/12", 12, id="a range"),
        pytest.param(206, b"content-range", b"bytes 0-9/*", None, id="a range of an unknown whole"),
        pytest.param(206, b"content-length", b"10", None, id="the length of a part"),
    ],
)
def test_the_length_is_that_of_the_whole(status: int, name: bytes, value: bytes, length: int | None) -> None:
    assert head(status, (name, value)).length == length


def test_a_header_that_proves_a_challenge_is_evidence_as_is_a_refresh_to_one() -> None:
    url = parse_url(URL)
    by_header = answer_from_headers(url, head(200, (b"cf-mitigated", b"challenge")))
    assert by_header.challenge == "cf-mitigated: challenge"
    by_refresh = answer_from_headers(url, head(200, (b"refresh", b"0; url=/.well-known/sgcaptcha/?r=x")))
    assert by_refresh.challenge is not None
    assert answer_from_headers(url, head(200)).challenge is None


def test_the_vendor_is_told_only_of_what_may_be_a_wall() -> None:
    url, sent = parse_url(URL), ((b"server", b"cloudflare"),)
    assert [answer_from_headers(url, head(status, *sent)).vendor for status in (200, 399, 400, 503, 202)] == [
        *(None, None),
        *("cloudflare",) * 3,
    ]


@pytest.mark.parametrize(
    ("status", "media_type", "page", "image"),
    [
        pytest.param(200, "text/html", True, True, id="a page"),
        pytest.param(299, None, True, True, id="no type"),
        pytest.param(200, "application/pdf", False, True, id="a file"),
        pytest.param(204, "text/html", False, False, id="no content"),
        pytest.param(205, "text/html", True, True, id="205"),
        pytest.param(300, "text/html", False, False, id="300"),
        pytest.param(404, "text/html", False, False, id="not found"),
    ],
)
def test_the_body_is_read_of_what_may_be_a_page_or_an_image(
    status: int, media_type: str | None, *, page: bool, image: bool
) -> None:
    facts = of_type(status, media_type)
    assert needs_body(Probe.PAGE, facts) is page
    assert needs_body(Probe.IMAGE, facts) is image
    assert needs_body(Probe.STATUS, facts) is False


@pytest.mark.parametrize(
    ("media_type", "found"), [(None, True), ("text/html", True), ("application/xhtml+xml", True), ("image/png", False)]
)
def test_what_is_a_page(media_type: str | None, *, found: bool) -> None:
    assert is_page(of_type(200, media_type)) is found


def test_only_images_are_asked_for_in_parts() -> None:
    assert first_range(Probe.IMAGE) == "bytes=0-16383"
    assert (first_range(Probe.PAGE), first_range(Probe.STATUS)) == (None, None)


@pytest.mark.parametrize(
    ("facts", "refuses"),
    [
        pytest.param(head(200), False, id="200"),
        pytest.param(head(206, (b"content-type", b"image/png")), False, id="a part"),
        pytest.param(head(206, (b"content-type", b"multipart/byteranges; x")), True, id="several parts"),
        pytest.param(head(206), False, id="a part without a type"),
        pytest.param(head(399), False, id="399"),
        pytest.param(head(400), True, id="400"),
        pytest.param(head(416), True, id="416"),
        pytest.param(head(429), False, id="too many requests"),
        pytest.param(head(503), True, id="an outage"),
        pytest.param(head(503, (b"retry-after", b"9")), False, id="an outage for some time"),
        pytest.param(head(500, (b"retry-after", b"9")), True, id="a failure for some time"),
        pytest.param(head(403, (b"cf-mitigated", b"challenge")), False, id="a wall"),
    ],
)
def test_a_response_to_a_range_may_be_another_without_it(facts: ResponseFacts, *, refuses: bool) -> None:
    assert refuses_range(facts) is refuses


READ = ImageFacts(format="png", width=1, height=1)
UNREAD = ImageFacts(format=None, not_image="html")


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        pytest.param(Answer(200, URL, image=READ), (True, True), id="an image"),
        pytest.param(Answer(299, URL, image=READ), (True, True), id="the last status of success"),
        pytest.param(Answer(300, URL, image=READ), (False, False), id="300"),
        pytest.param(Answer(206, URL, image=READ, body="incomplete"), (False, False), id="an image cut short"),
        pytest.param(Answer(200, URL, image=UNREAD), (False, False), id="no image"),
        pytest.param(Answer(200, URL, image=UNREAD, challenge="x"), (True, True), id="a wall"),
        pytest.param(Answer(200, URL), (False, False), id="nothing read"),
        pytest.param(Answer(304, URL), (False, True), id="304"),
        pytest.param(Answer(399, URL), (False, False), id="399"),
        pytest.param(Answer(400, URL), (True, True), id="400"),
    ],
)
def test_a_response_to_a_range_counts_if_it_would_be_the_same_without(answer: Answer, found: tuple[bool, bool]) -> None:
    assert (is_for_range(answer, conditional=False), is_for_range(answer, conditional=True)) == found


def test_what_a_body_shows_is_added_to_what_the_headers_said() -> None:
    answer = Answer(
        status=200, url=URL, media_type="image/png", length=9, headers=(("etag", "1"),), challenge=None, vendor="fastly"
    )
    assert with_body_facts(answer, challenge=None) is answer
    assert with_body_facts(answer, challenge="x", body="empty", image=READ) == Answer(
        status=200,
        url=URL,
        media_type="image/png",
        length=9,
        headers=(("etag", "1"),),
        challenge="x",
        vendor="fastly",
        body="empty",
        image=READ,
    )
