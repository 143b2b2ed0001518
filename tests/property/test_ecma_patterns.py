"""Patterns of JavaScript: both engines agree, what Python reads is never refused, and every search ends."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.patterns import MOST_WAYS, Allowance
from linkcheck.validate.ecma_patterns import UnsupportedPattern, ecma_pattern, refuse_invalid

PARTS = st.sampled_from(
    [
        *("a", "b", "é", "1", "-", r"\.", ".", "^", "$", "[ab]", "[^b-]", "[]", "[^]", "[[]", "😀", r"\u{1F600}"),
        *(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\b", r"\B", r"[\d-]", r"[^\s]", r"[\W_]", r"[^\W\s]", r"[\S1]"),
        *(r"\cJ", r"\0", r"\-", r"\/", "(a)", "(?<n>a|b)", r"\k<n>", r"\1", "(?=a)", "(?!a)", "(?<=a)", "(?<!b)", "(?i:a)"),
        *("(?P<m>a)", "(?P=m)", r"\A", r"\Z", "(?i)", "(?m)", "(?>a)", "(?#a)", "{", "}", "]", "a{,2}", r"\07", r"[\D1]"),
    ]
)
REPEATS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,3}", "*?", "+?", "++"])
SOURCES = st.recursive(
    st.tuples(PARTS, REPEATS).map("".join),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.tuples(st.lists(inner, min_size=1, max_size=2).map("|".join), REPEATS).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        )
    ),
    max_leaves=6,
)
TEXTS = st.text(st.sampled_from("ab-.1é \n\r\u2028\x85\ufeff\x1c😀_"), max_size=10)


@pytest.mark.filterwarnings("ignore:Possible")
@given(SOURCES, TEXTS)
def test_both_engines_find_the_same(source: str, text: str) -> None:
    try:
        pattern = ecma_pattern(source)
    except UnsupportedPattern:
        return
    except re.error:
        with pytest.raises(re.error):
            re.compile(source)
        with pytest.raises(re.error):
            refuse_invalid(source)
        return
    refuse_invalid(source)
    if pattern._translation is not None:
        assert pattern.search(text, Allowance(10.0)) == pattern._timed(text, 10.0)


@pytest.mark.filterwarnings("ignore:Possible")
@given(SOURCES)
def test_what_is_left_to_re_ends_there(source: str) -> None:
    try:
        pattern = ecma_pattern(source)
    except (UnsupportedPattern, re.error):
        return
    for text in ("a" * 60 + "!", "ab" * 30 + "!", "a-" * 30 + "!", "-a.b" * 15 + "!", "é1" * 30 + "!"):
        if pattern._compiled is not None and pattern._most_ways(len(text)) <= MOST_WAYS:
            pattern._compiled.search(text)


@given(st.text(st.sampled_from(r"\()[]{}?<>:=!|*+^$-,.pPukxcdsw1aL&~#i") | st.characters(), max_size=30))
def test_no_text_makes_the_translation_fail(text: str) -> None:
    with suppress(re.error):
        refuse_invalid(text)
