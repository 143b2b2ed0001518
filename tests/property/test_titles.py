"""The likeness of titles: bounds and what it must not depend on, for any two texts."""

from html import escape

from hypothesis import assume, given
from hypothesis import strategies as st

from linkcheck.judge.titles.likeness import likeness, words

TEXTS = st.text(max_size=80)
WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzäöüß", min_size=6, max_size=9), min_size=3, max_size=8)


@given(TEXTS, TEXTS)
def test_a_likeness_is_a_number_from_0_to_1_whichever_title_is_ours(one: str, other: str) -> None:
    score, back = likeness(one, other), likeness(other, one)
    assert score is None or 0 <= score <= 1
    assert score is None or back is None or score == back


@given(WORDS, TEXTS)
def test_the_name_of_a_site_case_and_entities_change_nothing(title: list[str], site: str) -> None:
    ours = " ".join(title)
    assume(len(words(ours)) > 1)
    assert likeness(ours, f"{escape(ours.upper())} | {site}") == 1
    assert likeness(ours, f"{site} | {ours}") == 1


@given(WORDS, WORDS)
def test_titles_without_common_letters_have_no_likeness(one: list[str], other: list[str]) -> None:
    ours, theirs = " ".join(one), " ".join(other).translate(str.maketrans("abcdefghijklmnopqrstuvwxyzäöüß", "z" * 30))
    assume("zzz" not in ours)
    assert not likeness(ours, theirs)


@given(WORDS, WORDS)
def test_titles_with_a_common_word_have_a_likeness(one: list[str], other: list[str]) -> None:
    score = likeness(" ".join(one), " ".join([*other, one[0]]))
    assert score is None or score > 0
