"""Which titles and headings contain a "not found" notice and nothing else but the name of the site."""

import pytest

from linkcheck.judge.page_signs.notices import is_site_name, missing_notice
from linkcheck.model import PageFacts

SIX = "\u6771\u4eac\u65b0\u805e\u793e\u6771"
"""As many letters as a site's name may have in a script without spaces."""


def notice(title: str | None = None, heading: str | None = None, **page: str) -> str | None:
    return missing_notice(PageFacts(title=title, heading=heading, **page), "https://a.example/x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "title",
    [
        "Page not found",
        "Page not found | ",
        "Page not found | 404",
        "Page not found | One Two Three Four",
        f"Page not found | {SIX}",
        "404 | One Two | Page not found",
        "The One | Page not found",
        "How | Page not found",
        "404 | A Example",
    ],
)
def test_a_title_is_a_notice_with_the_name_of_a_site(title: str) -> None:
    assert notice(title) == f"its title is {title!r}"
    assert notice(og_title=title) == f"its title is {title!r}"
    assert notice("Something else entirely: a report", og_title=title) is None


@pytest.mark.parametrize(
    "title",
    [
        "Page not found | One Two Three Four Five",
        f"Page not found | {SIX}\u4eac",
        "404 | One Two",
        "Error 404 - One",
        "Page not found | The One",
        "Page not found | How to",
        "Page not found: a history | One",
        "One | Two | Page not found",
        "One | Two",
    ],
)
def test_a_title_with_more_than_a_notice_is_an_articles(title: str) -> None:
    assert notice(title) is None


@pytest.mark.parametrize(
    ("title", "heading", "site", "found"),
    [
        (None, "Page not found", None, True),
        (None, "404", None, True),
        ("One Two", "Page not found", None, True),
        ("One Two Three Four", "Page not found", None, True),
        ("One Two Three Four Five", "Page not found", None, False),
        ("One", "Page not found", None, False),
        ("One", "Page not found", "One", True),
        ("One Two", "404", None, False),
        ("a.example", "404", None, True),
        ("404", "Page not found", "404", True),
        ("404", "Hello", "404", False),
        (None, "Page not found in our city", None, False),
    ],
)
def test_a_heading_is_a_notice_where_the_title_has_only_the_name_of_the_site(
    title: str | None,
    heading: str,
    site: str | None,
    found: bool,  # noqa: FBT001 - a table's column
) -> None:
    told = missing_notice(PageFacts(title=title, heading=heading, site_name=site), "https://a.example/x")
    assert told == (f"its main heading is {heading!r}" if found else None)


@pytest.mark.parametrize(
    ("text", "url", "site", "is_name"),
    [
        ("A Example", "https://a.example/", None, True),
        ("example.com", "https://www.example.com/", None, True),
        ("www example com", "https://www.example.com/", None, True),
        ("The Example", "https://www.example.com/", None, True),
        ("exam", "https://www.example.com/", None, True),
        ("exa", "https://www.example.com/", None, False),
        ("exb", "https://exb.com/", None, True),
        ("ex", "https://ex.com/", None, False),
        ("The New York Times", "https://nytimes.com/", None, True),
        ("New York", "https://nytimes.com/", None, False),
        ("New - York Times", "https://nytimes.com/", None, False),
        ("A B C D", "https://abcd.com/", None, True),
        ("Ann Bob Cat Dan", "https://abcd.com/", None, True),
        ("Ann Bob Cat Dan Eve", "https://abcde.com/", None, False),
        ("!", "https://x.com/", None, True),
        ("One", "https://[/", None, False),
        ("The One", "https://x.com/", "One", True),
        ("One", "https://x.com/", "The One", True),
        ("One", "https://x.com/", "", False),
    ],
)
def test_a_site_is_named_by_its_declaration_or_its_host(
    text: str,
    url: str,
    site: str | None,
    is_name: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert is_site_name(text, PageFacts(site_name=site), url) is is_name


def test_a_long_title_is_quoted_in_part() -> None:
    title = "Page not found" + " " * 300
    assert notice(title) == f"its title is {title[:200]!r}"
    assert notice(heading=title) == f"its main heading is {title[:200]!r}"
