"""Patterns of users meet texts of others: what is found is what `re` finds, and every search ends."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.patterns import AT_ONCE, MOST_WAYS, Allowance, Pattern, Unfinished, _ways, compiles_quickly

QUICK = [
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    r"^(?:/[^/]+)*/?$",
    r"\.(jpe?g|png)$",
    r"^(?:\d\d){2,}$",
    r"(?i)^https?://",
    r"[(]{1,3}\)",
    r"^[^=\s]+=[^=\s]+$",
    r"[]a)]+[^]]",
]
ENDLESS = [
    (r"^([a-z0-9]+-?)+$", "a" * 40 + "!"),
    (r"^(a+)+$", "a" * 5_000 + "!"),
    (r"^(a|aa)+$", "a" * 80 + "!"),
    (r"^((?:a+))*$", "a" * 5_000 + "!"),
    (r"^([x(-[a]+)*[])]$", "a" * 5_000 + "!"),
    (r"^(a+){3,}$", "a" * 5_000 + "!"),
    (r"(x+x+)+y", "x" * 5_000),
    (r"^(.\w+)*$", "a" * 5_000 + "!"),
    (r"^(-[a-z-]+)*$", "-" * 5_000 + "!"),
    (r"^(?P<n>a+)+(?P=n)$", "a" * 5_000 + "!"),
    (r"^(a+)+\1$", "a" * 5_000 + "!"),
    (r"(?x) ^ (a+) + $", "a" * 5_000 + "!"),
    (r"^(a+)(?#why)+$", "a" * 5_000 + "!"),
    (r"\s+$", " " * 60_000 + "x"),
    (r"a*b*c*d*e$", "a" * 30_000),
    (r"(?:(?:(?:a){1000}){1000}){1000}", "a" * 50),
    (r"(?:(?:(?:a?){100}){100}){100}b", "a" * 50),
    (r"^((a?){100}){100}$", "a" * 50 + "!"),
]


def is_quick(pattern: Pattern, text: str) -> bool:
    return pattern._most_ways(len(text)) <= AT_ONCE


@pytest.mark.parametrize("source", QUICK)
def test_a_common_pattern_stays_on_the_engine_that_is_there(source: str) -> None:
    assert is_quick(Pattern(source), "a-slug-of-fifty-characters-and-a-few-more-of-them")


@pytest.mark.parametrize(("source", "text"), ENDLESS, ids=[source for source, _ in ENDLESS])
def test_a_search_that_would_not_end_is_given_up(source: str, text: str) -> None:
    allowance = Allowance(0.2)
    assert not is_quick(Pattern(source), text)
    try:
        found = Pattern(source).search(text, allowance)
    except Unfinished:
        found = False
    assert not found


def test_a_text_that_took_all_the_time_keeps_no_harmless_one_from_being_searched() -> None:
    pattern, allowance = Pattern(r"^(a|aa)+$"), Allowance(0.05)
    with pytest.raises(Unfinished):
        pattern.search("a" * 80 + "!", allowance)
    assert pattern.search("aaa", allowance)


def test_the_time_for_searches_ends_however_many_there_are() -> None:
    pattern, allowance = Pattern(r"^(a|aa)+$"), Allowance(0.02)
    for number in range(100):
        with pytest.raises(Unfinished):
            pattern.search("a" * (80 + number) + "!", allowance)
    assert allowance.left <= -0.02
    with pytest.raises(Unfinished):
        pattern.search("aaa", allowance)


def _is_pattern(source: str) -> bool:
    try:
        re.compile(source)
    except re.error:
        return False
    return True


PARTS = st.sampled_from(["a", "b", ".", "[ab]", "[^b-]", r"\w", r"\d", "-", r"\.", "^", "$", r"\b", "(?:a|b)", "(a)", "é"])
REPEATS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "*?", "+?"])
SOURCES = st.recursive(
    st.tuples(PARTS, REPEATS).map("".join),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.tuples(st.lists(inner, min_size=1, max_size=2).map("|".join), REPEATS).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        )
    ),
    max_leaves=6,
).filter(_is_pattern)
TEXTS = st.text(st.sampled_from("ab-.1é \n"), max_size=12)


@given(SOURCES, TEXTS)
def test_what_is_found_is_what_re_finds(source: str, text: str) -> None:
    assert Pattern(source).search(text, Allowance(10.0)) == (re.search(source, text) is not None)


@given(SOURCES, TEXTS)
def test_both_engines_mean_the_same_by_a_pattern(source: str, text: str) -> None:
    assert Pattern(source)._timed(text, 10.0) == (re.search(source, text) is not None)


@given(SOURCES)
def test_what_is_left_to_re_ends_there(source: str) -> None:
    pattern = Pattern(source)
    # It would be years, where the count of ways is wrong.
    for text in ("a" * 60 + "!", "ab" * 30 + "!", "a-" * 30 + "!", "-a.b" * 15 + "!", "é1" * 30 + "!"):
        if pattern._most_ways(len(text)) <= MOST_WAYS:
            re.search(source, text)


@pytest.mark.parametrize("source", ["(", "a{99999999999}", "a{" + "9" * 5_000 + "}", "(?:" * 5_000 + ")" * 5_000, "*"])
def test_what_is_no_pattern_is_refused_in_one_way(source: str) -> None:
    with pytest.raises(re.error):
        Pattern(source)


LARGE = [
    "(?i)" + "[!-\uffff]" * 20_000,
    "(?i)N" + "[!-\U0010ffff]" * 130,
    "(?i)" + r"[!-\uffff]" * 20_000,
    "[" + r"\x21-\U0000ffff" * 2_000 + "]",
    "(?s-m:(?im:" + r"[\0-\N{HALFWIDTH KATAKANA LETTER TI}]" * 2_000 + "))",
    "(?x)#[\n" + "[--\uffff]" * 20_000,
    r"(?#[\)" + "[!-\uffff]" * 20_000,
    r"[\\-\uffff]" * 20_000,
    "(?:\u0100|\u1100|\u3122|b)" * 20_000,
]


@pytest.mark.parametrize("source", LARGE, ids=[source[:30] for source in LARGE])
def test_a_pattern_that_would_take_long_to_compile_is_refused_before(source: str) -> None:
    assert not compiles_quickly(source)
    with pytest.raises(re.error, match=r"too large: .* use fewer or smaller ranges"):
        Pattern(source)


ORDINARY = [
    *QUICK,
    r"(?i)^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$",
    r"^\d{4}-\d\d-\d\d$",
    r"\N{EM DASH}|\N{no such name}",
]


@pytest.mark.parametrize("source", ORDINARY)
def test_an_ordinary_pattern_compiles_quickly(source: str) -> None:
    assert compiles_quickly(source)


@pytest.mark.parametrize(
    "source",
    [
        r"(?i)^[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]+$",
        "(?i)^[가-힣a-z0-9]+(-[가-힣a-z0-9]+)*$",
        r"^[\u0430-\u044f]+(?:-[\u0430-\u044f]+)*$",
        r"[^\x00-\U0010ffff]",
    ],
)
def test_letters_of_every_script_may_be_named(source: str) -> None:
    assert not Pattern(source).search("/", Allowance(10.0))


@pytest.mark.parametrize("name", ["no such name", "KEYCAP DIGIT ONE", "LATIN SMALL LETTER A WITH MACRON AND GRAVE"])
def test_a_name_of_no_single_character_is_no_pattern(name: str) -> None:
    with pytest.raises(re.error, match="undefined character name"):
        Pattern(f"\\N{{{name}}}")


MANY_WAYS = [
    (".*" * 100 + "x", 65_000),
    (".*" * 120 + "b", 1_900),
    (".*" * 5_000 + "b", 1_900),
    ("a?" * 1_200 + "b", 100),
    ("(?:a|b)" * 1_200 + "c", 100),
    ("|".join(["xy"] * 100_000), 10),
]


@pytest.mark.parametrize(("source", "length"), MANY_WAYS, ids=[f"{source[:10]} {length}" for source, length in MANY_WAYS])
def test_no_number_of_ways_is_too_large(source: str, length: int) -> None:
    pattern = Pattern(source)
    assert not is_quick(pattern, "a" * length)
    try:
        found = pattern.search("a" * length, Allowance(0.2))
    except Unfinished:
        found = False
    assert not found


@pytest.mark.filterwarnings("ignore:Possible nested set")
@pytest.mark.parametrize(
    "source",
    [r"^([[:alpha:]]+)+$", r"^([^[:^digit:]-]+)+$", r"^((?:ab){e<=5}a*)+$", r"^((?:ab){1<=s<=3}a*)+$", r"\\{e}(a+)+$"],
)
def test_what_regex_reads_in_another_way_is_not_handed_to_it(source: str) -> None:
    with pytest.raises(Unfinished):
        Pattern(source).search("a" * 60 + "!", Allowance(10.0))


@pytest.mark.parametrize("source", [r"^(\{e<=5}|a+)+$", r"^([:/a]+)+$", r"^(\[:a+:\])+$", r"^(a{2}|a{,3}|a{4,}|a{5,6})+$"])
def test_what_both_engines_read_alike_is_handed_over(source: str) -> None:
    assert not Pattern(source).search("a" * 20 + "!", Allowance(10.0))


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        (r"a", (1, 1)),
        (r"^a", (1, 0)),
        (r"\Aa", (1, 0)),
        (r"(?i)^a", (1, 1)),
        (r"^a|b", (2, 1)),
        (r"^(?:a|b)$", (2, 0)),
        (r"^a*$", (1, 1)),
        (r"^a+b*c{2,}$", (2, 3)),
        (r"^a?b??$", (4, 0)),
        (r"^a{3}$", (3, 0)),
        (r"^a{2,5}$", (4, 0)),
        (r"^a{5,6}$", (5, 0)),
        (r"^a{,3}$", (4, 0)),
        (r"^(a|b){3}$", None),
        (r"^(ab)*$", (1, 1)),
        (r"^(a?)*$", None),
        (r"^(a*)?$", (2, 1)),
        (r"^((a?)b)+$", None),
        (r"^(?:-[a-z]+)*$", (1, 1)),
        (r"^(?:-[a-z]+)?$", (1, 1)),
        (r"^(?:a[a-z]+)*$", None),
        (r"^(?:-[a-z-]+)*$", None),
        (r"^[*+?|]$", (1, 0)),
        (r"^\*\+\?\|$", (1, 0)),
        (r"^(a)\1$", None),
        (r"^(?P<n>a)(?P=n)$", None),
        (r"^(a)?(?(1)b|c)$", None),
        (r"(?x)^a", None),
        (r"(?ix)^a", None),
        (r"^(?#b)a", None),
        (r"^(?=a)(?!b)(?<=c)(?<!d)(?>e)(?i:f)$", (1, 0)),
    ],
)
def test_the_ways_to_match_are_counted(source: str, ways: tuple[int, int] | None) -> None:
    assert _ways(source, multiline=False) == ways


def test_a_start_of_any_line_is_no_start_of_the_text() -> None:
    assert (_ways("^a", multiline=True), _ways(r"^a*$", multiline=True)) == ((1, 1), (1, 2))
