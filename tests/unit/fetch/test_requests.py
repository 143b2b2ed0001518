"""Our request and response are httpx's for whoever looks closer."""

import asyncio

import httpx
import pytest

from linkcheck.fetch.http.messages import USER_AGENT, OutgoingRequest, RawResponse, headers_of, raw_of, sent_by, url_of
from linkcheck.fetch.replay.player import Content
from linkcheck.model import Probe
from linkcheck.urls import parse_url


def test_a_request_of_ours_is_a_request() -> None:
    asked = OutgoingRequest(parse_url("https://a.example/x?y=1"), (("User-Agent", "me"),), None)
    assert isinstance(asked, httpx.Request)
    assert asked.method == "GET"
    assert str(asked.url) == "https://a.example/x?y=1"
    assert asked.headers["host"] == "a.example"
    assert asked.headers["user-agent"] == "me"
    assert asked.extensions == {"deadline": None}
    with pytest.raises(AttributeError):
        _ = asked.nonsense


def test_a_response_of_ours_is_a_response() -> None:
    answered = RawResponse(404, [(b"content-type", b"text/html"), (b"x", b"1"), (b"x", b"2")], Content(b"words"), {"a": 1})
    assert isinstance(answered, httpx.Response)
    assert answered.status_code == 404
    assert answered.headers.get_list("x") == ["1", "2"]
    assert asyncio.run(answered.aread()) == b"words"
    assert answered.text == "words"
    assert answered.extensions == {"a": 1}
    with pytest.raises(AttributeError):
        _ = answered.nonsense


def test_a_foreign_request_is_read_as_well() -> None:
    foreign = httpx.Request("GET", "https://a.example/x", headers={"X-A": "1"})
    assert url_of(foreign).href == "https://a.example/x"
    assert ("x-a", "1") in [(name.lower(), value) for name, value in sent_by(foreign)]
    assert all(name.lower() != "host" for name, _ in sent_by(foreign))
    assert raw_of(httpx.Response(200, headers={"X-A": "1"})) == [(b"x-a", b"1")]


@pytest.mark.parametrize("probe", list(Probe))
def test_no_coding_is_asked_for_that_we_cannot_undo(probe: Probe) -> None:
    codings = dict(headers_of("", probe))["Accept-Encoding"]
    assert codings == ("identity" if probe is Probe.IMAGE else "gzip")


REFUSED_BY_FILTERS = (
    *(
        "link",
        "check",
        "valid",
        "test",
        "monitor",
        "audit",
        "crawl",
        "spider",
        "spyder",
        "bot",
        "scan",
        "scrap",
        "slurp",
        "seek",
    ),
    *(
        "search",
        "index",
        "harvest",
        "extract",
        "collect",
        "grab",
        "suck",
        "strip",
        "rip",
        "copier",
        "mirror",
        "archive",
        "track",
    ),
    *("load", "fetch", "get", "feed", "reader", "miner", "email", "siphon", "seo", "site", "web", "url", "page", "rank"),
    *(
        "curl",
        "wget",
        "libw",
        "lwp",
        "perl",
        "python",
        "ython",
        "java",
        "ruby",
        "php",
        "node",
        "go-http",
        "winhttp",
        "clshttp",
    ),
    *("httpx", "aiohttp", "okhttp", "urllib", "requests", "httpclient", "mechanize", "headless", "phantom", "selenium"),
    *(
        "nikto",
        "nutch",
        "heritrix",
        "httrack",
        "sqlmap",
        "zmeu",
        "zune",
        "casper",
        "cosmos",
        "demon",
        "ninja",
        "loader",
        "unknown",
    ),
    *(
        "archive.org",
        "compatible",
        "mozilla",
        "msie",
        "windows",
        "linux",
        "admin",
        "anonym",
        "null",
        "@",
        "<",
        "'",
        "%",
        "$",
    ),
)
"""Words that common filters look for anywhere in a user agent, in any case: the 6G to 8G firewalls, lists of bad
bots for Apache and nginx, rules for mod_security."""


@pytest.mark.parametrize("word", REFUSED_BY_FILTERS)
def test_the_user_agent_has_no_word_that_stock_filters_refuse(word: str) -> None:
    assert word not in USER_AGENT.lower()
