"""Which rules for search engines apply to a page."""

import pytest

from linkcheck.pages.robots import hides_from_search, unavailable_after

DATE = "25 Jun 2027 15:00:00 PST"


@pytest.mark.parametrize(
    ("value", "hides"),
    [
        ("noindex", True),
        (" NoIndex ", True),
        ("none", True),
        ("follow, noindex", True),
        ("max-snippet: 20, noindex", True),
        ("max-image-preview: large, noindex", True),
        ("max-video-preview: -1, noindex", True),
        (f"unavailable_after: {DATE}, noindex", True),
        ("otherbot: nofollow, max-snippet: 20, noindex", False),
        ("otherbot: noindex, nofollow", False),
        ("otherbot: nofollow, noindex", False),
        ("otherbot: noindex, googlebot: noindex", True),
        ("googlebot : noindex", True),
        ("max-snippet : 20, noindex", True),
        ("robots: none", True),
        ("index", False),
        ("max-snippet: none", False),
        ("noindexing", False),
        ("", False),
    ],
)
def test_rules_that_hide_a_page(value: str, *, hides: bool) -> None:
    assert hides_from_search(value) is hides


@pytest.mark.parametrize(
    ("value", "date"),
    [
        (f"unavailable_after: {DATE}", DATE),
        (f"unavailable_after:{DATE} , noindex", DATE),
        ("UNAVAILABLE_AFTER : Friday, 25 Jun 2027, noindex", "Friday, 25 Jun 2027"),
        (f"noindex, unavailable_after: {DATE}", DATE),
        (f"googlebot: unavailable_after: {DATE}", DATE),
        (f"Googlebot: unavailable_after: {DATE}", DATE),
        (f"otherbot: unavailable_after: {DATE}", None),
        (f"OtherBot:unavailable_after: {DATE}", None),
        (f"otherbot: noindex, unavailable_after: {DATE}", None),
        (f"otherbot: noindex, robots: unavailable_after: {DATE}", DATE),
        (f"max-snippet: 20, unavailable_after: {DATE}", DATE),
        (f"otherbot: max-snippet: 20, max-video-preview: 1, unavailable_after: {DATE}", None),
        ("unavailable_after: 2027", "2027"),
        ("unavailable_after: 27", None),
        ("available_after: 2027", None),
        ("xunavailable_after: 2027", None),
    ],
)
def test_the_date_after_which_a_page_is_hidden(value: str, date: str | None) -> None:
    assert unavailable_after(value) == date


def test_a_long_value_is_read_up_to_a_limit() -> None:
    assert hides_from_search(" " * 993 + "noindex")
    assert not hides_from_search(" " * 994 + "noindex")
    assert unavailable_after("x," * 490 + "unavailable_after: 2027") is None
