"""Secrets of the configuration, found in what a host may make of them."""

import base64
import json
from collections.abc import Callable
from html import escape
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.attempt.redact import MASK, Redactor, redactor_of
from linkcheck.fetch.options import FetchOptions, HostOptions

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
