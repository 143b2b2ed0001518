"""Whatever the page, its cache address is right, and leads back to it."""

from hypothesis import assume, given
from hypothesis import strategies as st

from linkcheck.amp import cache_url, cache_urls, compare, reverse
from linkcheck.amp.prefix import host_behind, prefixes
from linkcheck.urls import InvalidUrl, parse_url

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
HOST = st.builds(
    lambda labels, last: ".".join([*labels, last]), st.lists(LABEL, min_size=1, max_size=5), st.sampled_from(["com", "de"])
)
PAGE = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}/{path}{query}",
    st.sampled_from(["http", "https"]),
    HOST,
    st.text("abcXYZ09-._~%/éä ", max_size=30),
    st.sampled_from(["", "?amp", "?a=1&b=/c", "?é"]),
)


@given(PAGE)
def test_the_computed_address_is_right_and_leads_back(page: str) -> None:
    try:
        href = parse_url(page).href
    except InvalidUrl:  # xn-- and nonsense behind it
        return
    for address in cache_urls(page):
        assert compare(address, page) is None
        assert reverse(address) == href


@given(HOST)
def test_a_readable_prefix_is_one_label_and_can_be_turned_back(host: str) -> None:
    assume("xn--" not in host)
    prefix = prefixes(host)[0]
    assert len(prefix) <= 63
    assert "." not in prefix
    assert host_behind(prefix) in {host, None}


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_the_diagnosis_fail(declared: str, page: str) -> None:
    compare(f"https://a-b.cdn.ampproject.org/{declared}", f"https://a.b/{page}")
    compare(declared, page)


@given(PAGE, PAGE)
def test_only_the_right_address_passes(page: str, other: str) -> None:
    try:
        address = cache_url(other)
        right = address in cache_urls(page)
    except InvalidUrl:
        return
    assert (compare(address, page) is None) == right
