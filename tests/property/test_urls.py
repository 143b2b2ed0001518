"""Properties of URLs: canonical forms are final, agree with the parser, and nothing secret is shown."""

from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

from ada_url import URL
from hypothesis import assume, example, given
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

from linkcheck.urls import InvalidUrl, mask, parse_url, refusal, registrable_domain, same_page

HOSTS = st.one_of(
    st.from_regex(r"[a-z0-9_-]{1,12}(\.[a-z0-9-]{1,8}){0,3}", fullmatch=True),
    st.text("abcXYZ.-_0179xé①%2", min_size=1, max_size=20),
)
TAILS = st.text("aZ09-._~!$&'()*+,;=:@/?#[]%2eEfF é\\\"<>^`{|}\t\n", max_size=40)
URLS = st.builds(
    lambda scheme, host, tail: f"{scheme}://{host}{tail}", st.sampled_from(["http", "https", "HTTPS"]), HOSTS, TAILS
)


@given(URLS)
@example("https://a.b/..")
@example("https://a.b/%2E%2e/")
@example("https://a.b/?'")
@example("https://a.b/^")
def test_what_is_accepted_is_what_a_browser_reads(text: str) -> None:
    try:
        url = parse_url(text)
    except InvalidUrl:
        return
    browser = URL(text)
    asked = f"{browser.protocol}//{browser.host}{browser.pathname}{browser.search}"
    assert url.href in {asked, asked + "?"}
    assert url.host == browser.hostname.removesuffix(".")
    assert url.path == browser.pathname
    assert url.query == browser.search.removeprefix("?")
    assert url.credentials == bool(browser.username or browser.password)
    assert parse_url(url.href).href == url.href


@given(st.text(max_size=80), st.none() | st.just("https://base.example/a/"))
def test_no_text_is_more_than_refused(text: str, base: str | None) -> None:
    try:
        url = parse_url(text, base)
    except InvalidUrl:
        return
    assert url.href.startswith(("http://", "https://"))
    assert "#" not in url.href


@given(st.text(max_size=120))
@example("https://u:p@h@i/?token=1&amp;sig=2#key=3")
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


SECRET = st.from_regex(r"[A-Za-z0-9!$*+,.~-]{4,30}", fullmatch=True).map(lambda text: "cAnArY" + text)


PLACES = [
    *("https://u:{}@h.example/x", "http://{}@h/", "see https://a.example/?token={}&b=1", "//x:{}@h/"),
    *(
        "https://a.example/?u=https%3A%2F%2Fu%3A{}%40h%2F",
        "https://a.example/?tok%65n={}",
        "https://a.example/?a%26token%3D{}%26b",
    ),
    *("https://a.example/?u=https%253A%252F%252F{}%2540h%252F", "https://a.example/?a=https://b.example/?sig={}"),
]


@given(SECRET, st.sampled_from(PLACES), st.integers(0, 3_000))
def test_a_secret_is_never_shown(secret: str, place: str, longer: int) -> None:
    assert "cAnArY" not in mask(place.format("x" * longer + secret))


@given(URLS, URLS)
def test_comparing_is_reflexive_and_never_fails(one: str, other: str) -> None:
    assert same_page(one, one) is None
    difference = same_page(one, other)
    assert difference is None or difference.kinds


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_judged_alike_when_mapped(number: int) -> None:
    address = IPv4Address(number)
    assert (refusal(address) is None) == (refusal(IPv6Address(0xFFFF << 32 | number)) is None)


@given(st.integers(0, 2**128 - 1))
def test_outside_global_unicast_nothing_but_mapped_is_public(number: int) -> None:
    assume(number >> 125 != 1 and number >> 32 != 0xFFFF)
    assert refusal(IPv6Address(number)) is not None


RULES = [rule for rule in Path(PSLFILE).read_text("utf-8").splitlines() if rule.isascii() and rule[:1] not in {"", "/"}]
LIST = PublicSuffixList()


@given(st.lists(st.sampled_from(["a", "www", "city", "example", "xn--bcher-kva"]), max_size=3), st.sampled_from(RULES))
def test_the_registrable_domain_is_the_one_the_lists_own_reader_finds(labels: list[str], rule: str) -> None:
    host = ".".join([*labels, rule.lstrip("!").replace("*", "any")])
    assert registrable_domain(host) == LIST.privatesuffix(host)
