"""Secrets of the configuration, found in what a host may make of them."""

import base64
import json
from collections.abc import Callable
from html import escape
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.attempt.redact import MASK, Redactor, redacted, redactor_of
from linkcheck.fetch.options import FetchOptions, HostOptions, Proxies
from linkcheck.model import Answer, Hop, Outcome, PageFacts, Probe

SECRET = 's3cr3t-"Ab/c<1 23'


@pytest.mark.parametrize(
    "spell",
    [str, lambda text: quote(text, safe=""), quote, quote_plus, escape, json.dumps, str.upper],
    ids=["as it is", "in a query", "in a path", "in a form", "in HTML", "in JSON", "in capitals"],
)
@given(before=st.text(max_size=5), after=st.text(max_size=5))
def test_a_secret_is_found_however_it_is_spelled(spell: Callable[[str], str], before: str, after: str) -> None:
    told = Redactor([f"Bearer {SECRET}"]).text(f"{before} {spell(SECRET)} {after}")
    assert spell(SECRET) not in told
    assert MASK in told


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_most_of_a_secret_is_found_in_base64_at_any_offset(before: str) -> None:
    encoded = base64.b64encode(f"{before}{SECRET} after".encode()).decode()
    told = Redactor([SECRET]).text(encoded)
    assert told.count(MASK) == 1
    assert len(encoded) - len(told.replace(MASK, "")) >= len(SECRET) * 4 // 3 - 8


def test_a_part_of_a_secret_is_found_and_so_is_one_that_was_cut_off() -> None:
    redactor = Redactor(["Session abcdef123456; second=ghijkl789"])
    assert redactor.text("the id is ghijkl789.") == "the id is ***."
    assert redactor.text("clipped at abcdef12") == "clipped at ***"


def test_the_password_of_basic_credentials_is_found() -> None:
    redactor = Redactor(["Basic " + base64.b64encode(b"user:correct horse").decode()])
    assert redactor.text("hello correct horse") == "hello ***"


def test_ordinary_words_stay() -> None:
    redactor = Redactor(["Bearer abcdef123456", "yes"])
    assert redactor.text("Ring Bearer of yesterday, basic") == "Ring Bearer of yesterday, basic"


def test_the_password_of_the_proxy_is_a_secret() -> None:
    assert redactor_of(FetchOptions(proxy="http://me:hunter22@p.example:3128")).text("hunter22 x") == "*** x"
    assert not redactor_of(FetchOptions(hosts=(HostOptions("a.example"),)))


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Bad token s3cr3tAbc+1... is invalid", "Bad token ***... is invalid"),
        ("Bearer%20s3cr3tAbc+123/zz...", "***..."),
        ("/to/s3cr3tAbc+123%2Fzz9", "/to/***"),
        ("?next=%2Fx%3Ft%3Ds3cr3tAbc%252B123%252Fzz9&b=1", "?next=/x?t=***&b=1"),
        ("%73%33%63%72%33%74%41%62%63%2b%31%32%33/zz9", "***"),
        ("x s3cr3tAbc&#43;123&#x2F;zz9 y", "x *** y"),
        ("s3cr3tAbc+123\\/zz9", "***"),
    ],
)
def test_a_secret_is_found_in_part_and_whichever_characters_are_escaped(told: str, shown: str) -> None:
    assert Redactor(["Bearer s3cr3tAbc+123/zz9"]).text(told) == shown


def test_a_secret_with_signs_that_urls_leave_is_found_in_urls() -> None:
    assert Redactor(["pa|ss{W0rd}x9+/Zq"]).text("https://a.example/to/pa|ss%7BW0rd%7Dx9+/Zq?x=1").endswith("/to/***?x=1")


@pytest.mark.parametrize(
    ("secrets", "told", "shown"),
    [
        pytest.param(["abcd"], "x abcd y", "x *** y", id="four characters"),
        pytest.param(["abc"], "x abc y", "x abc y", id="three characters"),
        pytest.param(["one;sixsix"], "one sixsix", "one ***", id="a part of six"),
        pytest.param(["one;fives"], "one fives", "one fives", id="a part of five"),
        pytest.param(["k=v;w:abcdef"], "k=v;w:abcdef and abcdef", "*** and ***", id="the whole and a part"),
        pytest.param(["a:b=abc x"], "say a:b=abc!", "say ***!", id="a word with separators"),
        pytest.param(["Bearer abcdef123456"], "bearer, BEARER", "bearer, BEARER", id="a scheme"),
        pytest.param(["Token abcdef123456"], "the token: ABCDEF123456", "the token: ***", id="in capitals"),
        pytest.param(["abcdef123456"], "at abcdef", "at ***", id="cut off after six"),
        pytest.param(["abcdef123456"], "at abcde", "at abcde", id="cut off after five"),
        pytest.param(["abcdef123456"], "abcdef123456abcdef123456", "******", id="twice"),
        pytest.param(["abcdefgh1", "abcdefgh23456"], "abcdefgh23456 x", "*** x", id="the longer of two"),
        pytest.param(["abcdefgh12345"], "abcdefghXYZ", "***XYZ", id="as far as it is the same"),
        pytest.param(["abcd1234"], "x%61bcd1234 y%20z", "x*** y%20z", id="only the words with it are unescaped"),
        pytest.param(["ab cd1234"], "x=ab%20cd1234", "x=***", id="with a space"),
        pytest.param(["abcd1234"], "a%20b=%61bcd1234", "a%20b=***", id="spaces stay escaped"),
        pytest.param(["abcd1234"], "abcd\\/1234 \\/", "abcd\\/1234 \\/", id="a slash of its own"),
        pytest.param(["Basic YTpvcGVuMTIz"], "open123", "***", id="a password"),
        pytest.param(["Basic YTpvcGVu"], "open it", "open it", id="a short password"),
        pytest.param(["Basic YTpvcGVuMTIzNA"], "open1234", "***", id="without padding"),
        pytest.param(["abcdef/ghi+x?"], "YWJjZGVmL2doaSt4Pw", "***", id="in base64"),
        pytest.param(["abcdef>ghi?xyz"], "YWJjZGVmPmdoaT94eXo", "***", id="in base64 with signs"),
        pytest.param(["abcdef>>>???xyz"], "YWJjZGVmPj4-Pz8_eHl6", "***", id="in base64 of URLs"),
        pytest.param(['ab"cd1234'], 'ab\\"cd1234', "***", id="in JSON"),
    ],
)
def test_what_is_masked(secrets: list[str], told: str, shown: str) -> None:
    assert Redactor(secrets).text(told) == shown


def test_without_secrets_nothing_is_masked() -> None:
    assert not Redactor([])
    assert not Redactor(["abc"])
    assert Redactor(["abcd"])
    assert Redactor([]).text("a%20b") == "a%20b"


PAGE = "https://a.example/?k=abcdef123456"
ECHO = Outcome(
    PAGE,
    Probe.PAGE,
    answer=Answer(200, PAGE, headers=(("etag", "abcdef123456"),), page=PageFacts(title="abcdef123456")),
    hops=(Hop(PAGE, 302, "/abcdef123456"),),
)


@pytest.mark.parametrize(
    "options",
    [
        FetchOptions(hosts=(HostOptions("a.example", headers=(("x-key", "abcdef123456"),)),)),
        FetchOptions(proxy="http://me:abcdef123456@p.example:3128"),
        FetchOptions(proxy=Proxies(http=None, https="http://me:abcdef123456@p.example:3128")),
        FetchOptions(proxy=Proxies(http="http://me:abcdef12345%36@p.example:3128", https=None)),
    ],
    ids=["a header", "the proxy", "that of https", "that of http"],
)
def test_an_outcome_has_no_secret_but_in_the_url_that_the_article_has(options: FetchOptions) -> None:
    masked = redacted(ECHO, options)
    assert masked.url == PAGE
    assert masked.answer == Answer(200, "https://a.example/?k=***", headers=(("etag", "***"),), page=PageFacts(title="***"))
    assert masked.hops == (Hop("https://a.example/?k=***", 302, "/***"),)


def test_an_outcome_without_secrets_stays_the_same() -> None:
    fine = Outcome("https://a.example/", Probe.PAGE, answer=Answer(200, "https://a.example/"))
    options = FetchOptions(hosts=(HostOptions("a.example", headers=(("x-key", "abcdef123456"),)),))
    assert redacted(fine, options) is fine
    assert redacted(ECHO, FetchOptions()) is ECHO
    assert redacted(ECHO, FetchOptions(hosts=(HostOptions("a.example"),))) is ECHO
    assert redacted(ECHO, FetchOptions(proxy="http://p.example:3128")) is ECHO


def test_the_credentials_of_a_proxy_are_a_secret_in_base64_too() -> None:
    redactor = redactor_of(FetchOptions(proxy="http://me:a%40b@p.example:3128"))
    assert redactor.text(base64.b64encode(b"me:a@b").decode()) == "***"
    assert redactor.text("me at p.example:3128") == "me at p.example:3128"


def test_lists_and_mappings_are_masked_within() -> None:
    redactor = Redactor(["abcdef123456"])
    value = {"a": ["abcdef123456", 7, None], "b": ("abcdef123456", {"c": "abcdef123456"})}
    assert redactor.within(value) == {"a": ["***", 7, None], "b": ("***", {"c": "***"})}
