"""Which pages are those of a service that parks domains."""

import pytest

from linkcheck.pages.parking import parking_marker

URL = "https://www.gone-news.co.uk/story"
LOADED = b'<html><body><script src="//'
LED = b"<script>window.location.href='https://"

SERVICES = [
    ("sedoparking.com", "Sedo"),
    ("parkingcrew.net", "ParkingCrew"),
    ("bodis.com", "Bodis"),
    ("parklogic.com", "ParkLogic"),
    ("above.com/marketplace", "Above.com"),
    ("wsimg.com/parking-lander", "GoDaddy"),
    ("hugedomains.com/domain_profile", "HugeDomains"),
    ("afternic.com/forsale", "Afternic"),
    ("godaddy.com/forsale", "GoDaddy"),
    ("dan.com/buy-domain", "Dan.com"),
    ("parkingpage.namecheap.com", "Namecheap"),
    ("parking.reg.ru", "Reg.ru"),
]


@pytest.mark.parametrize(("address", "name"), SERVICES, ids=[address for address, _ in SERVICES])
def test_a_service_is_known_by_its_address(address: str, name: str) -> None:
    mark = address.encode()
    assert parking_marker(LOADED + mark + b'/a.js"></script>', URL) == name
    assert parking_marker(LED + mark + b"/gone-news.co.uk'</script>", URL) == name
    assert parking_marker(b"<p>We wrote about " + mark + b" before.", URL) is None


@pytest.mark.parametrize(
    "page",
    [
        b'<HTML data-adblockkey="a"><p>',
        b'<html lang="en" data-adblockkey="a">',
        b"<body><img src=//bodis.com/a.png>",
        b"<body><img src= 'http://a.bodis.com/a.png'>",
        b"<body><form action=https://bodis.com/search>",
        b'<meta http-equiv=refresh content="0; url=https://bodis.com/">',
        b"<p style=\"background:url('//bodis.com/a.png')\">",
        b"<img src=//" + b"a" * 200 + b"bodis.com>",
    ],
)
def test_what_a_page_loads_is_a_marker(page: bytes) -> None:
    assert parking_marker(page, URL) is not None


@pytest.mark.parametrize(
    "page",
    [
        b'<html><body data-adblockkey="a"><p>',
        b"data-adblockkey=",
        b"<p>data-adblockkey=",
        b"bodis.com",
        b"src=//bodis.com",
        b"<p>src=//bodis.com",
        b"<a href=https://bodis.com/>Bodis</a>",
        b"<!-- <img src=//bodis.com> -->",
        b"<script>a = '<img src=//bodis.com>'</script>",
        b"<img src=//" + b"a" * 201 + b"bodis.com>",
        b"<img src=/bodis.com>",
        b'<!-- data-adblockkey= --><html lang="en" ',
    ],
)
def test_a_name_elsewhere_is_no_marker(page: bytes) -> None:
    assert parking_marker(page, URL) is None


def test_only_a_short_page_is_that_of_a_parked_domain() -> None:
    page = b"<img src=//bodis.com>"
    assert parking_marker(page + b" " * (48 * 1024 - len(page)), URL) == "Bodis"
    assert parking_marker(page + b" " * (48 * 1024 - len(page) + 1), URL) is None


@pytest.mark.parametrize(
    "script",
    [
        b"location='/lander'",
        b'window.location.href = "/lander?a=1"',
        b"location.href='https://gone-news.co.uk/lander#a'",
        b"location='http://gone-news.co.uk/lander/b'",
    ],
)
def test_a_script_that_leads_to_the_lander_is_a_marker(script: bytes) -> None:
    assert parking_marker(b"<script>" + script + b"</script>", URL) == "GoDaddy"


@pytest.mark.parametrize(
    "page",
    [
        b"<script>location='/lander'</script> text",
        b"<script>location='/landers'</script>",
        b"<script>location='/a/lander'</script>",
        b"<script>a='/lander'; location='/b'</script>",
        b"<script>a='/lander'</script>",
    ],
)
def test_another_script_is_no_lander(page: bytes) -> None:
    assert parking_marker(page, URL) is None


def test_only_a_very_short_page_leads_to_a_lander() -> None:
    page = b"<script>location='/lander'</script>"
    assert parking_marker(page + b" " * (8 * 1024 - len(page)), URL) == "GoDaddy"
    assert parking_marker(page + b" " * (8 * 1024 - len(page) + 1), URL) is None


@pytest.mark.parametrize(
    ("script", "url", "name"),
    [
        pytest.param(b"location='https://dan.com/buy-domain/gone-news.co.uk'", URL, "Dan.com", id="an assignment"),
        pytest.param(b"location.replace('//dan.com/buy-domain/GONE-NEWS')", URL, "Dan.com", id="a call, in capital letters"),
        pytest.param(b"location.href.assign('//dan.com/buy-domain/gone-news')", URL, "Dan.com", id="another call"),
        pytest.param(
            b"location='//dan.com/buy-domain/gone-news'", "https://gone-news/", "Dan.com", id="a host of one label"
        ),
        pytest.param(b"location='//dan.com/buy-domain/other'", URL, None, id="another domain"),
        pytest.param(b"location='//dan.com/buy-domain/" + b"a" * 220 + b"gone-news'", URL, None, id="too far away"),
        pytest.param(b"location; a='//dan.com/buy-domain/gone-news'", URL, None, id="no assignment"),
        pytest.param(b"location='//a.example/?gone-news'", URL, None, id="no marketplace"),
        pytest.param(b"location='//dan.com/buy-domain/gone-news'", "no URL", None, id="no URL"),
    ],
)
def test_a_script_that_leads_to_a_marketplace_is_a_marker(script: bytes, url: str, name: str | None) -> None:
    assert parking_marker(b"<script>" + script + b"</script>", url) == name
