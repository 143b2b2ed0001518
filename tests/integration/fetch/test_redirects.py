"""Redirects are followed by hand: recorded hop by hop, with cookies for one target and secrets for one origin."""

from collections.abc import Callable

import pytest
from loopback import Asked, Loopback, Reader, Writer, raw, reply

from linkcheck.fetch.options import HostOptions
from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]
SECRET = ("Authorization", "Bearer canary-7f3a")


def _to(where: str, *headers: str) -> bytes:
    return reply("302 Found", b"", f"Location: {where}", *headers)


def test_every_hop_is_recorded_with_its_raw_location(ask: Ask) -> None:
    outcome = ask("http://a.example/chain/3")
    assert outcome.answer is not None
    assert outcome.answer.url == "http://a.example/chain/0"
    assert [(hop.url, hop.status, hop.location) for hop in outcome.hops] == [
        ("http://a.example/chain/3", 301, "/chain/2"),
        ("http://a.example/chain/2", 301, "/chain/1"),
        ("http://a.example/chain/1", 301, "/chain/0"),
    ]
    assert outcome.requests == 4


def test_ten_redirects_are_followed_and_eleven_are_not(ask: Ask) -> None:
    assert ask("http://a.example/chain/10").answer is not None
    outcome = ask("http://a.example/chain/11")
    assert outcome.failure is not None
    assert outcome.failure.detail == "long"
    assert len(outcome.hops) == 11


def test_a_page_behind_a_cookie_is_reached(ask: Ask, loopback: Loopback) -> None:
    outcome = ask("http://a.example/gate")
    assert outcome.answer is not None
    assert outcome.answer.status == 200
    assert len(outcome.hops) == 1


def test_cookies_are_forgotten_with_the_target(ask: Ask, loopback: Loopback) -> None:
    ask("http://a.example/gate", "http://a.example/ok")
    assert "cookie" not in loopback.asked[-1].headers


def test_cookies_do_not_reach_another_host(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["a.example/away"] = raw(
        _to("http://b.example/ok", "Set-Cookie: a=1", "Set-Cookie: b=2; Domain=b.example")
    )
    ask("http://a.example/away")
    assert loopback.asked[-1].host == "b.example"
    assert "cookie" not in loopback.asked[-1].headers


@pytest.mark.parametrize(
    ("path", "asked"), [("/location-utf8", "/caf%C3%A9"), ("/location-bytes", "/%FF%FE")], ids=["utf-8", "other-bytes"]
)
def test_a_location_of_raw_bytes_is_followed_as_a_browser_would(ask: Ask, loopback: Loopback, path: str, asked: str) -> None:
    outcome = ask(f"http://a.example{path}")
    assert outcome.answer is not None
    assert outcome.answer.status == 200
    assert loopback.asked[-1].path == asked


def test_the_url_is_asked_as_it_is_written(ask: Ask, loopback: Loopback) -> None:
    ask("http://a.example/ok/%7euser/a|b/%c3%a9?b=2&a=1&q=%20+[x]#part")
    assert loopback.asked[-1].path == "/ok/%7euser/a|b/%c3%a9?b=2&a=1&q=%20+[x]"


def test_a_name_in_unicode_is_asked_as_punycode(ask: Ask, loopback: Loopback) -> None:
    ask("http://bücher.example/ok")
    assert loopback.asked[-1].host == "xn--bcher-kva.example"


def test_a_secret_goes_to_the_origin_it_is_meant_for(ask: Ask, loopback: Loopback) -> None:
    ask("https://a.example/ok", hosts=(HostOptions("a.example", headers=(SECRET,)),))
    assert loopback.asked[-1].headers["authorization"] == SECRET[1]


@pytest.mark.parametrize(
    "url",
    ["http://a.example/ok", "https://www.a.example/ok", "https://b.example/ok", "https://a.example:{good}/ok"],
    ids=["not-over-http", "not-a-subdomain", "not-another-host", "not-another-port"],
)
def test_a_secret_goes_nowhere_else(ask: Ask, loopback: Loopback, url: str) -> None:
    resolve = ((f"a.example:{loopback.ports['good']}", f"127.0.0.1:{loopback.ports['good']}"), *loopback.resolve())
    url = url.format(**loopback.ports)
    outcome = ask(url, hosts=(HostOptions("a.example", headers=(SECRET,)),), resolve=resolve)
    assert outcome.answer is not None
    assert "authorization" not in loopback.asked[-1].headers


def test_a_secret_is_dropped_on_the_way_and_never_taken_up_again(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["a.example/start"] = raw(_to("https://b.example/middle"))
    loopback.behaviours["b.example/middle"] = raw(_to("https://a.example/end"))
    loopback.behaviours["/end"] = raw(reply())
    outcome = ask("https://a.example/start", hosts=(HostOptions("a.example", headers=(SECRET,)),))
    assert outcome.answer is not None
    sent = [(asked.host, asked.headers.get("authorization")) for asked in loopback.asked]
    assert sent == [("a.example", SECRET[1]), ("b.example", None), ("a.example", None)]


def test_credentials_in_a_url_are_not_sent(ask: Ask, loopback: Loopback) -> None:
    outcome = ask("http://user:s3cr3t@a.example/ok")
    assert outcome.answer is not None
    assert "s3cr3t" not in repr(loopback.asked)
    assert "s3cr3t" not in outcome.answer.url


def test_validators_are_sent_with_the_first_request_only(loopback: Loopback, ask: Ask) -> None:
    ask("http://a.example/chain/1")
    assert [asked.headers.get("if-none-match") for asked in loopback.asked] == [None, None]


def test_one_honest_name_is_given(ask: Ask, loopback: Loopback) -> None:
    ask("http://a.example/ok")
    headers = loopback.asked[-1].headers
    assert headers["user-agent"].startswith("EverydayFrontMatter/")
    assert "(+https://" in headers["user-agent"]
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


@pytest.mark.parametrize(
    ("path", "evidence", "vendor"),
    [("/cloudflare", "cf-mitigated: challenge", "cloudflare"), ("/captcha", "DataDome's captcha", None)],
    ids=["header", "page"],
)
def test_a_challenge_is_recognized_by_its_evidence(ask: Ask, path: str, evidence: str, vendor: str | None) -> None:
    outcome = ask(f"http://a.example{path}")
    assert outcome.answer is not None
    assert (outcome.answer.challenge, outcome.answer.vendor) == (evidence, vendor)


def test_an_image_is_measured_from_its_first_kilobytes(ask: Ask, loopback: Loopback) -> None:
    from loopback import picture

    from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder

    data = encode_placeholder(ImageSpec("jpeg", 1260, 710)) + b"\xff" * 300_000
    for name, ranges in (("/ranged.jpg", True), ("/whole.jpg", False)):
        loopback.behaviours[name] = picture(data, ranges=ranges)
        outcome = ask(f"http://a.example{name}", probe=Probe.IMAGE)
        assert outcome.answer is not None
        assert outcome.answer.image is not None
        assert (outcome.answer.image.width, outcome.answer.image.height) == (1260, 710)
        assert outcome.answer.length == len(data)
        assert loopback.asked[-1].headers["range"] == "bytes=0-16383"
        assert loopback.asked[-1].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("ranges", [True, False], ids=["ranges", "no-ranges"])
def test_an_image_with_a_long_preamble_is_read_further(ask: Ask, loopback: Loopback, *, ranges: bool) -> None:
    from loopback import picture

    from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder

    plain = encode_placeholder(ImageSpec("jpeg", 640, 480))
    filler = b"\xff\xee\xff\xff" + b"\0" * 65533  # an APP14 segment as long as they get
    data = plain[:2] + filler * 2 + plain[2:] + b"\0" * 100_000
    loopback.behaviours["/late.jpg"] = picture(data, ranges=ranges)
    outcome = ask("http://a.example/late.jpg", probe=Probe.IMAGE)
    assert outcome.answer is not None
    assert outcome.answer.image is not None
    assert (outcome.answer.image.format, outcome.answer.image.width) == ("jpeg", 640)
    assert outcome.answer.body is None


def test_an_image_that_is_html_is_said_to_be(ask: Ask) -> None:
    outcome = ask("http://a.example/ok", probe=Probe.IMAGE)
    assert outcome.answer is not None
    assert outcome.answer.image is not None
    assert outcome.answer.image.not_image == "html"


@pytest.mark.parametrize("filler", [0, 40_000], ids=["short", "long"])
@pytest.mark.parametrize("ranges", [True, False], ids=["ranges", "no-ranges"])
def test_a_page_in_the_place_of_an_image_says_what_its_head_says(
    ask: Ask, loopback: Loopback, filler: int, *, ranges: bool
) -> None:
    from loopback import picture

    head = f"<style>{'x' * filler}</style><title>A page</title><link rel=canonical href=/page>"
    body = f"<!doctype html><html><head>{head}</head><body>{'words ' * 20_000}</body></html>".encode()

    loopback.behaviours["/page"] = picture(body, ranges=ranges, type="text/html")
    outcome = ask("http://a.example/page", probe=Probe.IMAGE)
    answer = outcome.answer
    assert answer is not None
    assert answer.image is not None
    assert answer.page is not None
    assert (answer.image.not_image, answer.body) == ("html", None)
    assert (answer.page.title, answer.page.canonicals) == ("A page", ("http://a.example/page",))
    assert ["range" in each.headers for each in loopback.asked] == [True, False]  # whole at last, and never for the head


def test_a_refused_range_is_asked_again_as_a_whole(ask: Ask, loopback: Loopback) -> None:
    async def fussy(asked: Asked, _reader: Reader, writer: Writer) -> None:
        status = "416 Range Not Satisfiable" if "range" in asked.headers else "200 OK"
        writer.write(reply(status, b"", type="image/png"))

    loopback.behaviours["/fussy"] = fussy
    outcome = ask("http://a.example/fussy", probe=Probe.IMAGE)
    assert outcome.answer is not None
    assert outcome.answer.image is not None
    assert outcome.answer.image.not_image == "empty"
    assert len(loopback.asked) == 2
