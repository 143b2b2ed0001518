"""A domain that is parked or sold: which addresses and pages show it, and which only look so."""

from typing import Any

import pytest

from linkcheck.judge.page_signs.parking import parked_domain
from linkcheck.model import Answer, Hop, Outcome, PageFacts, Probe

OLD = "https://gazette.example/2016/bridge"


def told(to: str | None = None, url: str = OLD, *, through: str | None = None, vouched: bool = False, **page: Any) -> str:
    """What shows that the domain of a link is parked; empty if nothing does."""
    steps = [url, *(each for each in (through, to) if each is not None)]
    hops = tuple(Hop(each, 302, steps[at + 1]) for at, each in enumerate(steps[:-1]))
    answer = Answer(200, steps[-1], page=PageFacts(**page), vouched=vouched)
    return parked_domain(Outcome(url, Probe.PAGE, answer=answer, hops=hops), answer) or ""


@pytest.mark.parametrize(
    ("to", "clause"),
    [
        ("https://www.sedoparking.com/x", "redirected to www.sedoparking.com, which shows parked domains"),
        ("https://forsale.godaddy.com/x", "redirected to forsale.godaddy.com, which shows parked domains"),
        ("https://parking.gazette-b.example/x", ""),
        ("https://www.godaddy.com/x", ""),
        ("https://sedo.com/search/details/?domain=gazette.example", "redirected to sedo.com, where domains are sold"),
        ("https://dan.com/buy-domain/gazette.example", "redirected to dan.com, where domains are sold"),
        ("https://dan.com/buy-domain/other.example", ""),
        ("https://dan.com/x/www.gazette.example", "redirected to dan.com, where domains are sold"),
        ("https://gazette.example.dan.com/", "redirected to gazette.example.dan.com, where domains are sold"),
        ("https://www.gazette.example.dan.com/", "redirected to www.gazette.example.dan.com, where domains are sold"),
        ("https://gazette.dan.com/", ""),
        ("https://www.hugedomains.com/domain_profile.cfm?d=gazette.example", "redirected to www.hugedomains.com, where"),
        ("https://www.hugedomains.com/domain_profile.cfm?d=gazette&e=example", "redirected to www.hugedomains.com, where"),
        ("https://www.hugedomains.com/domain_profile.cfm?gazette", "redirected to www.hugedomains.com, where"),
        ("https://www.hugedomains.com/domain_profile.cfm?x=gazette", ""),
        ("https://www.hugedomains.com/other.cfm?d=gazette", ""),
        (
            "https://domain-sales.example/gazette.example",
            "redirected to https://domain-sales.example/gazette.example, where",
        ),
        ("https://domain-sales.example/?q=gazette.example", "redirected to https://domain-sales.example/?q="),
        ("https://domain-sales.example/?mydomain=gazette.example", "redirected to https://domain-sales.example/?mydomain="),
        ("https://domain-sales.example/?from=gazette.example", ""),
        ("https://domain-sales.example/other", ""),
        ("https://bridge-news.example/gazette.example", ""),
        ("https://ww1.gazette.example/", "redirected to ww1.gazette.example, a host of parked domains"),
        ("https://ww25.gazette.example/x", "redirected to ww25.gazette.example, a host of parked domains"),
        ("https://ww1.other.example/", ""),
        ("https://www1x.gazette.example/", ""),
        ("https://gazette.example/lander", "redirected to https://gazette.example/lander, as parked domains are"),
        ("https://gazette.example/lander/x", ""),
    ],
)
def test_an_address_shows_that_a_domain_is_sold(to: str, clause: str) -> None:
    found = told(to, is_wordless=True)
    assert found.startswith(clause)
    assert bool(found) is bool(clause)


def test_a_page_may_have_the_name_of_the_host_before_the_redirect() -> None:
    assert told("https://ww1.gazette.example/", url="https://news.gazette.example/a", title="news.gazette.example") != ""
    assert told("https://ww1.gazette.example/", url="https://news.gazette.example/a", title="ww1.gazette.example") != ""


def test_a_name_without_its_dots_is_one_too() -> None:
    assert told("https://ww1.gazette.example/", url="https://news.gazette.example/a", title="Gazette Example") != ""


def test_a_step_on_the_way_counts() -> None:
    assert "sedoparking" in told("https://gazette.example/x", through="https://www.sedoparking.com/x")


def test_an_address_of_its_own_says_nothing() -> None:
    assert told("https://ww2.gazette.example/", url="https://ww1.gazette.example/a", is_wordless=True) == ""
    assert told("https://gazette.example/lander", url="https://gazette.example/lander", is_wordless=True) == ""
    assert told("https://domain-sales.example/domain-sales.example", url="https://domain-sales.example/a") == ""
    assert told("https://www.sedoparking.com/x", url="https://dan.com/a") == "", "the link is to a marketplace"
    assert told(url="http://[x", title="This domain is for sale", is_wordless=True) == ""


@pytest.mark.parametrize(
    ("page", "is_told"),
    [
        ({}, False),
        ({"is_wordless": True}, True),
        ({"parking": "Bodis"}, True),
        ({"title": "gazette.example"}, True),
        ({"title": "ww1.gazette.example"}, True),
        ({"title": "This domain is for sale"}, True),
        ({"title": "gazette.example", "og_title": "The Gazette of the town"}, False),
        ({"title": "The Gazette of the town", "is_wordless": True}, False),
        ({"is_wordless": True, "canonicals": (OLD,)}, False),
        ({"is_wordless": True, "og_url": OLD}, False),
        ({"is_wordless": True, "published": "2026-01-01"}, False),
    ],
)
def test_a_numbered_host_shows_it_with_a_page_that_says_no_more(page: dict[str, Any], *, is_told: bool) -> None:
    assert bool(told("https://ww1.gazette.example/", **page)) is is_told


@pytest.mark.parametrize(
    ("page", "clause"),
    [
        ({"title": "gazette.example is for sale"}, "its title is 'gazette.example is for sale'"),
        ({"title": "\u201cwww.gazette.example\u201d is for sale!"}, "its title is"),
        ({"title": "This domain is for sale"}, ""),
        ({"title": "This domain is for sale", "is_wordless": True}, "its title is 'This domain is for sale'"),
        ({"title": "This domain is for sale", "parking": "Bodis"}, "its title is 'This domain is for sale'"),
        ({"title": "This domain is for sale | Sedo"}, "its title is"),
        ({"title": "This domain is for sale | gazette.example"}, "its title is"),
        ({"title": "This domain is for sale | The Gazette"}, ""),
        ({"title": "other.example is for sale"}, ""),
        ({"title": "Buy gazette.example"}, ""),
        ({"title": "Buy gazette.example", "is_wordless": True}, "its title is"),
        ({"title": "Buy gazette.example | Dan.com"}, "its title is"),
        ({"og_title": "gazette.example is for sale"}, "its title is"),
        (
            {"title": "gazette.example", "heading": "This domain is for sale"},
            "its main heading is 'This domain is for sale'",
        ),
        ({"heading": "This domain is for sale"}, ""),
        ({"heading": "This domain is for sale", "is_wordless": True}, "its main heading is"),
        ({"heading": "This domain is for sale", "parking": "Bodis"}, "its main heading is"),
        ({"title": "The Gazette", "heading": "This domain is for sale"}, ""),
        ({"parking": "Bodis"}, "it has the mark of a parking service (Bodis)"),
        ({"title": "gazette.example", "parking": "Bodis"}, "it has the mark of a parking service (Bodis)"),
        ({"title": "The Gazette", "parking": "Bodis"}, ""),
        ({"refresh": "https://dan.com/buy-domain/gazette.example"}, "it forwards to dan.com, where domains are sold"),
        ({"refresh": "https://dan.com/x"}, ""),
        ({"refresh": "https://other.example/buy-domain/gazette.example"}, ""),
        ({"title": "gazette.example is for sale", "published": "2026-01-01"}, ""),
        ({"title": "gazette.example is for sale", "canonicals": (OLD,)}, ""),
    ],
)
def test_a_page_shows_that_its_domain_is_sold(page: dict[str, Any], clause: str) -> None:
    found = told(**page)
    assert found.startswith(clause)
    assert bool(found) is bool(clause)
    assert told(vouched=True, **page) == ""


def test_a_page_that_redirects_led_to_may_name_either_host() -> None:
    for name in ("gazette.example", "herald.example"):
        assert told("https://www.herald.example/x", title=f"{name} is for sale") != ""
    assert told("https://dan.com/x", title="gazette.example is for sale") == "", "a marketplace may sell any domain"


def test_a_long_title_is_quoted_in_part() -> None:
    title = f"gazette.example is for sale{'!' * 300}"
    assert told(title=title) == f"its title is {title[:200]!r}"
    heading = f"This domain is for sale{'!' * 300}"
    assert told(title="gazette.example", heading=heading) == f"its main heading is {heading[:200]!r}"
