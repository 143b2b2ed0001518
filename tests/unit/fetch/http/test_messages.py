"""The messages of fetching: what a request is made of, and what is read from the headers of a response."""

import pytest

from linkcheck.fetch.http.messages import USER_AGENT, RawResponse, headers_of
from linkcheck.fetch.replay.player import Content
from linkcheck.model import Probe


@pytest.mark.parametrize(
    ("headers", "value"),
    [
        pytest.param([], None, id="there is none"),
        pytest.param([(b"retry-after", b"3")], "3", id="there is one"),
        pytest.param([(b"retry-after", b"3"), (b"date", b"x"), (b"retry-after", b"4")], "3, 4", id="there are two lines"),
        pytest.param([(b"retry-after", "é".encode()), (b"x-retry-after", b"4")], "é", id="it is UTF-8"),
        pytest.param([(b"retry-after", b"\xe9")], "\ufffd", id="it is not UTF-8"),
    ],
)
def test_the_lines_of_a_header_are_one_value(headers: list[tuple[bytes, bytes]], value: str | None) -> None:
    assert RawResponse(503, headers, Content(b"")).header(b"retry-after") == value


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
