"""Which URLs that a redirect or a refresh leads to are captchas and pages for robots."""

import pytest

from linkcheck.fetch.attempt.bot_wall_url import wall_address, wall_refresh
from linkcheck.model import Hop
from linkcheck.urls import parse_url

PAGE = "https://gazette.example/2021/market-hall"


def led(to: str, *, status: int = 302, requested: str = PAGE) -> str | None:
    return wall_address((Hop(requested, status, to),), parse_url(requested), parse_url(to))


@pytest.mark.parametrize(
    "to",
    [
        pytest.param("https://validate.perfdrive.com/x?ssa=1", id="a vendor's host"),
        pytest.param("https://captcha.shop.example/", id="a host for captchas"),
        pytest.param("https://www.shop.example/Errors/validateCaptcha", id="a vendor's path"),
        pytest.param("https://www.google.com/sorry/index?continue=x", id="Google's"),
        pytest.param("https://shop.example/help/robot-check.html", id="a site's name of a page"),
        pytest.param("https://shop.example/are-you-human/", id="a name with a slash"),
        pytest.param("https://shop.example/Captcha", id="the only segment"),
        pytest.param("https://shop.example/en/captcha?from=x", id="with where the visitor came from"),
    ],
)
def test_a_redirect_to_a_page_for_robots_is_a_wall(to: str) -> None:
    url = parse_url(to)
    assert led(to) == wall_refresh(parse_url(PAGE), url) == f"redirected to a captcha, {url.host}{url.path}"


@pytest.mark.parametrize(
    "to",
    [
        pytest.param("https://shop.example/sorry/index", id="another host that is sorry"),
        pytest.param("https://www.google.com/search", id="another page of Google"),
        pytest.param("https://shop.example/robot-checkout", id="a longer name"),
        pytest.param("https://shop.example/en/captcha", id="below a folder"),
        pytest.param("https://shop.example/a/tosv2.html", id="a vendor's path below another"),
        pytest.param("https://perfdrive.com.example/", id="a host that begins like a vendor's"),
    ],
)
def test_a_redirect_to_another_page_is_none(to: str) -> None:
    assert led(to) is None
    assert wall_refresh(parse_url(PAGE), parse_url(to)) is None


@pytest.mark.parametrize(("status", "is_wall"), [(301, False), (302, True), (303, True), (307, True), (308, False)])
def test_a_page_that_moved_for_good_may_be_about_captchas(status: int, *, is_wall: bool) -> None:
    assert (led("https://shop.example/captcha", status=status) is not None) is is_wall
    assert led("https://captcha.shop.example/", status=status) is not None, "no page is there"


def test_only_the_last_redirect_tells_whether_a_page_moved() -> None:
    to = "https://shop.example/captcha"
    hops = [Hop(PAGE, 301, "https://shop.example/"), Hop("https://shop.example/", 302, to)]
    assert wall_address(hops, parse_url(PAGE), parse_url(to)) is not None
    assert wall_address(hops[::-1], parse_url(PAGE), parse_url(to)) is None


def test_without_a_redirect_a_page_for_robots_is_what_was_asked_for() -> None:
    wall = parse_url("https://captcha.shop.example/")
    assert wall_address((), parse_url(PAGE), wall) is None
    assert led("https://captcha.shop.example/2", requested=wall.href) is None


@pytest.mark.parametrize(
    ("requested", "is_wall"),
    [
        pytest.param("https://shop.example/blog/on-Robots", False, id="a page about robots of the site"),
        pytest.param("https://blog.shop.example/captchas", False, id="a page about captchas of the domain"),
        pytest.param("https://other.example/captchas", True, id="a page about captchas of another site"),
        pytest.param("https://shop.example/blog/on-shoes", True, id="another page of the site"),
    ],
)
def test_a_page_about_captchas_may_lead_to_another_of_its_site(requested: str, *, is_wall: bool) -> None:
    assert (led("https://shop.example/robot-check", requested=requested) is not None) is is_wall


def test_a_long_address_is_cut() -> None:
    to = f"https://captcha.shop.example/{'x' * 300}"
    assert led(to) == f"redirected to a captcha, captcha.shop.example/{'x' * 154}"
