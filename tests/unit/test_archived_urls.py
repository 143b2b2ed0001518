"""Addresses of copies in web archives, and the pages that they are copies of."""

import pytest

from linkcheck.urls import are_same_copy, copied_page, original_in

A = "https://gazette.example/a"
TIME = "20210604101112"

PAGES: dict[str, str | None] = {
    # The Wayback Machine
    f"https://web.archive.org/web/{TIME}/{A}": A,
    f"http://web.archive.org/web/{TIME}/{A}": A,
    f"https://web.archive.org/web/{TIME}id_/{A}": A,
    f"https://web.archive.org/web/{TIME}/https:/gazette.example/a": A,
    f"https://web.archive.org/web/{TIME}/https:///gazette.example/a": None,
    f"https://web.archive.org/web/{TIME}/HTTPS://Gazette.example/a": "HTTPS://Gazette.example/a",
    f"https://web.archive.org/web/{TIME}/gazette.example/a": "http://gazette.example/a",
    f"https://web.archive.org/web/{TIME}/gazette.example:8080/a?b#c": "http://gazette.example:8080/a?b#c",
    f"https://web.archive.org/web/{TIME}/https%3A%2F%2Fgazette.example%2Fa": A,
    f"https://web.archive.org/web/{TIME}/{A}?b=https://other.example/": f"{A}?b=https://other.example/",
    f"https://web.archive.org/web/2021/{A}": A,
    f"https://web.archive.org/web/202106/{A}": A,
    f"https://web.archive.org/web/2021*/{A}": None,
    f"https://web.archive.org/web/*/{A}": None,
    f"https://web.archive.org/web/{A}": None,
    f"https://web.archive.org/save/{A}": None,
    f"https://web.archive.org/web/{TIME}/mailto:a@gazette.example": None,
    f"https://web.archive.org/web/{TIME}/": None,
    f"https://web.archive.org/web/{TIME}": None,
    "https://web.archive.org/": None,
    # Others with its software
    f"https://arquivo.example/wayback/{TIME}/{A}": A,
    f"https://archive-it.example/all/{TIME}/gazette.example/a": "http://gazette.example/a",
    f"https://archive-it.example/1234/{TIME}/{A}": A,
    f"https://library.example/ukgwa/{TIME}mp_/{A}": A,
    f"https://library.example/wayback/archive/{TIME}/{A}": A,
    f"https://library.example/{TIME}/{A}": A,
    f"https://library.example/web/2021/{A}": None,
    f"https://library.example/ukgwa/{TIME}/gazette.example/a": None,
    f"https://library.example/1/2/3/4/5/{TIME}/{A}": None,
    f"https://gazette.example/news/{TIME}/harbor-bridge": None,
    f"https://gazette.example/a?from={TIME}/{A}": None,
    # archive.today
    f"https://archive.ph/2021.06.04-101112/{A}": A,
    f"https://archive.today/{TIME}/{A}": A,
    f"https://archive.is/{TIME}/gazette.example/a": "http://gazette.example/a",
    "https://archive.ph/AbC12": None,
    f"https://archive.ph/newest/{A}": None,
    # A copy of a copy
    f"https://archive.ph/2021.06.04-101112/https://web.archive.org/web/{TIME}/{A}": A,
    # None
    "": None,
    "archive": None,
    f"/web/{TIME}/{A}": None,
    f"ftp://web.archive.org/web/{TIME}/{A}": None,
    f"https://[/web/{TIME}/{A}": None,
}


@pytest.mark.parametrize(("url", "page"), PAGES.items())
def test_an_address_shows_its_page_or_nothing(url: str, page: str | None) -> None:
    assert copied_page(url) == page


def test_a_long_address_takes_no_time() -> None:
    assert copied_page(f"https://web.archive.org/web/{TIME}/" * 150 + A) is not None


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (f"https://web.archive.org/web/{TIME}/{A}", A),
        (f"https://archive.example/wayback/{TIME}/http:/gazette.example/a", "http://gazette.example/a"),
        (f"https://archive.example/{A}", A),
        ("https://perma.example/AbC12", None),
        (A, None),
    ],
)
def test_the_url_in_an_address(url: str, page: str | None) -> None:
    assert original_in(url) == page


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        (f"https://web.archive.org/web/{TIME}/{A}", f"https://web.archive.org/web/20200101000000/{A}", True),
        (
            f"https://web.archive.org/web/{TIME}/{A}",
            "https://web.archive.org/web/2020/http://www.gazette.example/a/#b",
            True,
        ),
        (f"https://web.archive.org/web/{TIME}/{A}", f"https://web.archive.org/web/{TIME}/{A}bc", False),
        (f"https://archive.is/{TIME}/{A}", f"https://archive.ph/2021.06.04-101112/{A}", True),
        (f"https://archive.is/{TIME}/{A}", "https://archive.ph/AbC12", True),
        ("https://archive.is/AbC12", "https://archive.ph/AbC12", True),
        ("https://archive.is/AbC12", "https://archive.ph/", False),
        ("https://archive.is/AbC12", "https://archive.ph/XyZ99", False),
        (f"https://archive.is/{TIME}/{A}", f"https://archive.ph/{TIME}/{A}bc", False),
        (f"https://web.archive.org/web/{TIME}/{A}", A, False),
        (A, A, False),
    ],
)
def test_two_captures_of_a_page_are_the_same_copy(one: str, other: str, are_same: bool) -> None:  # noqa: FBT001
    assert are_same_copy(one, other) is are_same
    assert are_same_copy(other, one) is are_same
