"""Addresses on AMP caches: computed, read back, and diagnosed."""

import re
from collections.abc import Iterator

import pytest
from command import SEEDS
from corpus import ARTICLES

from linkcheck.amp import CACHES, Uncacheable, cache_of, cache_url, cache_urls, compare, reverse

PREFIXES = {
    "example.com": "example-com",
    "foo.example.com": "foo-example-com",
    "foo-example.com": "foo--example-com",
    "hello--world.com": "hello----world-com",
    "xn--57hw060o.com": "xn---com-p33b41770a",
    "xn--bcher-kva.ch": "xn--bcher-ch-65a",
    "xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c": "xn-------i5fvcbaopc6fkc0de0d9jybegt6cd",
    "en-us.example.com": "0-en--us-example-com-0",
    "it-trend.jp": "0-it--trend-jp-0",
    "itwasadarkandstormynight.therainfellintorrents.exceptatoccasionalintervalswhenitwascheckedby"
    ".aviolentgustofwindwhichsweptupthestreets.com": "dgz4cnrxufaulnwku4ow5biptyqnenjievjht56hd7wqinbdbteq",
}

OTHER_READINGS = {
    "en-us.example.com": "covfmowbjemnekovz6xlilc56old3te5kbdukxjd6ypb7buewh5a",
    "it-trend.jp": "2lxpkiez55rzu2pt2kc33spxb3wf4g5sfqtlv7bhkfxxilekt2gq",
    "es-us.vida-estilo.yahoo.com": "7ai3pvhopvh4fo4mm3sukbcq2wp6ubqw5ndoini2u3d6epbxubaa",
    "hello.xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c": "a6h5moukddengbsjm77rvbosevwuduec2blkjva4223o4bgafgla",
    "toplevelnohyphens": "qsgpfjzulvuaxb66z77vlhb5gu2irvcnyp6t67cz6tqo5ae6fysa",
}

PAGE = "https://www.it-pro.co.uk/News/Story/?amp"
RIGHT = "https://www-it--pro-co-uk.cdn.ampproject.org/c/s/www.it-pro.co.uk/News/Story/?amp"

WRONG = {
    "no-scheme": RIGHT.replace("/c/s/", "/c/"),
    "dots": RIGHT.replace("www-it--pro-co-uk", "www.it-pro.co.uk"),
    "single-hyphen": RIGHT.replace("it--pro", "it-pro"),
    "double-hyphen": RIGHT.replace("www-it--pro-co-uk", "www--it-pro--co--uk"),
    "lost-slash": RIGHT.replace("/?amp", "?amp"),
    "lost-query": RIGHT.replace("?amp", ""),
    "query": RIGHT + "&page=2",
    "case": RIGHT.replace("/News/", "/news/"),
    "path": RIGHT.replace("/Story/", "/Other/"),
    "kind": RIGHT.replace("/c/s/", "/v/s/"),
    "no-kind": RIGHT.replace("/c/s/", "/s/"),
    "host": RIGHT.replace("/s/www.it-pro.co.uk", "/s/it-pro.co.uk"),
    "prefix": RIGHT.replace("www-it--pro-co-uk", "it--pro-co-uk"),
    "no-prefix": RIGHT.replace("www-it--pro-co-uk.", ""),
    "http": RIGHT.replace("https:", "http:"),
    "port": RIGHT.replace("ampproject.org/", "ampproject.org:8443/"),
    "retired": RIGHT.replace("cdn.ampproject.org", "amp.cloudflare.com"),
    "no-cache": RIGHT.replace("cdn.ampproject.org", "cdn.example.org"),
}


def pairs() -> Iterator[tuple[str, str]]:
    """AMP pages and their addresses on the cache, as they follow each other in YAML, TOML and JSON."""
    found = re.compile(r'ampWebUrl"?\s*[:=]\s*"?([^"\s,]+)"?,?\s+"?cdnAmpWebUrl"?\s*[:=]\s*"?([^"\s,]+)')
    for file in (*ARTICLES, *SEEDS.glob("*.md")):
        yield from found.findall(file.read_text("utf-8"))


@pytest.mark.parametrize(("host", "prefix"), PREFIXES.items(), ids=str)
def test_the_prefix_is_the_one_of_the_specification(host: str, prefix: str) -> None:
    assert cache_url(f"https://{host}/a") == f"https://{prefix}.cdn.ampproject.org/c/s/{host}/a"


@pytest.mark.parametrize(("host", "prefix"), OTHER_READINGS.items(), ids=str)
def test_the_other_readings_follow_the_first_and_count_as_right(host: str, prefix: str) -> None:
    other = f"https://{prefix}.cdn.ampproject.org/c/s/{host}/a"
    assert other in cache_urls(f"https://{host}/a")[1:]
    assert compare(other, f"https://{host}/a") is None


@pytest.mark.parametrize(
    ("page", "rest"),
    [
        ("http://example.com/a", "/c/example.com/a"),
        ("https://example.com", "/c/s/example.com/"),
        ("https://example.com/A//b/%7Ec?x=1&a=2", "/c/s/example.com/A//b/%7Ec?x=1&a=2"),
        ("https://example.com/a?", "/c/s/example.com/a?"),
        ("https://example.com/a#part", "/c/s/example.com/a"),
        ("https://BÜCHER.ch/ö", "/c/s/xn--bcher-kva.ch/%C3%B6"),
    ],
)
def test_path_and_query_are_taken_over_as_they_are(page: str, rest: str) -> None:
    assert cache_url(page).partition(".cdn.ampproject.org")[2] == rest


@pytest.mark.parametrize("cache", [cache.domain for cache in CACHES if not cache.retired])
def test_a_page_can_be_on_any_registered_cache(cache: str) -> None:
    address = cache_url("https://a-b.example/x", cache=cache)
    assert address == f"https://a--b-example.{cache}/c/s/a-b.example/x"
    assert compare(address, "https://a-b.example/x") is None


@pytest.mark.parametrize(
    ("page", "clue"),
    [
        ("https://example.com:8080/a", "port 8080"),
        ("https://user:secret@example.com/a", "user name"),
        ("https://93.184.216.34/a", "an IP address"),
        ("https://[2606:4700::1]/a", "an IP address"),
        (RIGHT, "AMP cache itself"),
    ],
)
def test_what_no_cache_can_keep_is_said_with_the_reason(page: str, clue: str) -> None:
    with pytest.raises(Uncacheable, match=clue) as caught:
        cache_url(page)
    diagnosis = compare(RIGHT, page)
    assert diagnosis is not None
    assert (diagnosis.kinds, diagnosis.expected) == (("uncacheable",), None)
    assert "secret" not in str(caught.value) + diagnosis.message


@pytest.mark.parametrize(("kind", "declared"), WRONG.items(), ids=WRONG)
def test_a_wrong_address_is_named_with_the_right_one(kind: str, declared: str) -> None:
    diagnosis = compare(declared, PAGE)
    assert diagnosis is not None
    assert diagnosis.kinds == (kind,)
    assert diagnosis.expected == RIGHT
    assert diagnosis.message


@pytest.mark.parametrize(
    ("declared", "page", "kind"),
    [
        ("https://example-com.cdn.ampproject.org/c/s/example.com/a", "http://example.com/a", "scheme"),
        ("https://example-com.cdn.ampproject.org/c/s/EXAMPLE.com/a", "https://example.com/a", "case"),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/a?AMP", "https://example.com/a?amp", "case"),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/a/", "https://example.com/a", "slash"),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/a?b", "https://example.com/a", "query"),
        ("https://en--us-example-com.cdn.ampproject.org/c/s/en-us.example.com/", "https://en-us.example.com/", "unwrapped"),
        ("https://example.com/a", "https://example.com/a", "no-cache"),
    ],
)
def test_further_mistakes_have_their_names(declared: str, page: str, kind: str) -> None:
    diagnosis = compare(declared, page)
    assert diagnosis is not None
    assert diagnosis.kinds == (kind,)
    assert diagnosis.expected == cache_url(page)


IN_BRIEF = "https://example-com.cdn.ampproject.org"
QUERY = "a" * 58
OVER_HTTP = "AMP caches require https; AMP caches do not use port 8443"


@pytest.mark.parametrize(
    ("declared", "page", "message"),
    [
        (PAGE, PAGE, "this is the address of the AMP page itself, not of a cache"),
        (WRONG["no-cache"], PAGE, "www-it--pro-co-uk.cdn.example.org is not an AMP cache"),
        (WRONG["retired"], PAGE, "the Cloudflare AMP Cache has been shut down"),
        (WRONG["http"], PAGE, "AMP caches require https"),
        (WRONG["port"], PAGE, "AMP caches do not use port 8443"),
        (
            WRONG["no-prefix"],
            PAGE,
            "'www-it--pro-co-uk' is missing before cdn.ampproject.org (this is the format used before 2017)",
        ),
        (WRONG["dots"], PAGE, "use hyphens instead of dots in the subdomain"),
        (
            "https://en--us-a-example.cdn.ampproject.org/c/s/en-us.a.example/",
            "https://en-us.a.example/",
            "enclose a subdomain that has two hyphens in third place in '0-' and '-0'",
        ),
        (WRONG["single-hyphen"], PAGE, "double each hyphen of the publisher's host in the subdomain"),
        (WRONG["double-hyphen"], PAGE, "use one hyphen for each dot of the publisher's host in the subdomain"),
        (WRONG["prefix"], PAGE, "the subdomain 'it--pro-co-uk' is the prefix of it-pro.co.uk, not of www.it-pro.co.uk"),
        (
            RIGHT.replace("www-it--pro-co-uk", "0-en--us-a-example-0"),
            PAGE,
            "the subdomain '0-en--us-a-example-0' is the prefix of en-us.a.example, not of www.it-pro.co.uk",
        ),
        (
            RIGHT.replace("www-it--pro-co-uk", "xn--bcher-ch-65a"),
            PAGE,
            "the subdomain 'xn--bcher-ch-65a' is the prefix of xn--bcher-kva.ch, not of www.it-pro.co.uk",
        ),
        (
            RIGHT.replace("www-it--pro-co-uk", "q" * 52),
            PAGE,
            f"the subdomain '{'q' * 52}' is the hash of another host, not of www.it-pro.co.uk",
        ),
        (
            RIGHT.replace("www-it--pro-co-uk", "q" * 51),
            PAGE,
            f"the subdomain '{'q' * 51}' is the prefix of {'q' * 51}, not of www.it-pro.co.uk",
        ),
        (WRONG["no-kind"], PAGE, "the path must start with /c/"),
        *(
            (RIGHT.replace("/c/", f"/{kind}/"), PAGE, f"/{kind}/ leads to {words}; the AMP page is at /c/")
            for kind, words in (
                ("v", "a document in a viewer"),
                ("wp", "a signed exchange"),
                ("cert", "a certificate"),
                ("i", "an image"),
                ("r", "a resource"),
                ("a", "an ad"),
                ("ad", "an ad"),
            )
        ),
        (RIGHT.replace("/c/", "/ii/w800/"), PAGE, "/ii/ leads to an image; the AMP page is at /c/"),
        (WRONG["no-scheme"], PAGE, "`/s/` is missing, so the cache would fetch the page over http"),
        (f"{IN_BRIEF}/c/s/example.com/a", "http://example.com/a", "`/s/` stands for https, but the AMP page uses http"),
        (WRONG["host"], PAGE, "the path contains the host 'it-pro.co.uk', not www.it-pro.co.uk"),
        (f"{IN_BRIEF}/c/s/a..b/a", "https://example.com/a", "the path contains the host 'a..b', not example.com"),
        (f"{IN_BRIEF}/c/s/EXAMPLE.com/a", "https://example.com/a", "the host in the path must be in lower case"),
        (WRONG["lost-slash"], PAGE, "the trailing slash is missing"),
        (f"{IN_BRIEF}/c/s/example.com/a/", "https://example.com/a", "the path of the AMP page has no trailing slash"),
        (WRONG["case"], PAGE, "the path must have the same upper and lower case as the URL of the AMP page"),
        (WRONG["path"], PAGE, "the path differs from that of the AMP page"),
        (WRONG["lost-query"], PAGE, "the query '?amp' is missing"),
        (f"{IN_BRIEF}/c/s/example.com/a?b", "https://example.com/a", "the URL of the AMP page has no query '?b'"),
        (
            f"{IN_BRIEF}/c/s/example.com/a?B",
            "https://example.com/a?b",
            "the query must have the same upper and lower case as in the URL of the AMP page",
        ),
        (WRONG["query"], PAGE, "the query differs from that of the AMP page"),
        (
            f"{IN_BRIEF}/c/s/example.com/a?{QUERY}x",
            "https://example.com/a",
            f"the URL of the AMP page has no query '?{QUERY}x'",
        ),
        (
            f"{IN_BRIEF}/c/s/example.com/a?{QUERY}xy",
            "https://example.com/a",
            f"the URL of the AMP page has no query '?{QUERY}x...'",
        ),
        (
            RIGHT,
            "https://a.example:8443/",
            "an AMP cache cannot store this AMP page: it uses port 8443, and caches use only the default port",
        ),
        (
            RIGHT,
            "https://93.184.216.34/",
            "an AMP cache cannot store this AMP page: its host is an IP address, not a host name",
        ),
        (RIGHT, RIGHT, "an AMP cache cannot store this AMP page: it is an address on an AMP cache itself"),
        (
            f"{IN_BRIEF}:8443/v/EXAMPLE.com/A?c".replace("https:", "http:"),
            "https://example.com/b?d",
            f"{OVER_HTTP}; /v/ leads to a document in a viewer; the AMP page is at /c/",
        ),
    ],
)
def test_a_mistake_is_described(declared: str, page: str, message: str) -> None:
    diagnosis = compare(declared, page)
    assert diagnosis is not None
    assert diagnosis.message == message


def test_several_mistakes_are_all_named() -> None:
    diagnosis = compare(RIGHT.replace("/c/s/", "/c/").replace("/?amp", ""), PAGE)
    assert diagnosis is not None
    assert diagnosis.kinds == ("no-scheme", "lost-slash", "lost-query")


def test_a_secret_in_the_query_is_not_told() -> None:
    diagnosis = compare(cache_url("https://example.com/a"), "https://example.com/a?token=canary")
    assert diagnosis is not None
    assert "canary" not in diagnosis.message


@pytest.mark.parametrize(
    "declared",
    [
        "https://example-com.cdn.ampproject.org/c/s/example.com",
        "https://example-com.cdn.ampproject.org/c/s/example.com/?",
        "https://EXAMPLE-com.cdn.AMPproject.org/c/s/example.com/#top",
    ],
)
def test_another_spelling_of_the_same_address_is_right(declared: str) -> None:
    assert compare(declared, "https://example.com/") is None


@pytest.mark.parametrize(("declared", "page"), [("https://[", PAGE), (RIGHT, "mailto:a@example.com")])
def test_what_is_no_url_is_left_to_other_rules(declared: str, page: str) -> None:
    assert compare(declared, page) is None


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (RIGHT, PAGE),
        ("https://example-com.cdn.ampproject.org/v/example.com/a?amp_js_v=0.1", "http://example.com/a?amp_js_v=0.1"),
        ("https://cdn.ampproject.org/c/s/example.com/a", "https://example.com/a"),
        ("https://example-com.cdn.ampproject.org/ii/w800/s/example.com/a.png", "https://example.com/a.png"),
        ("https://example.com/c/s/example.com/a", None),
        ("https://example-com.cdn.ampproject.org/", None),
        ("https://example-com.cdn.ampproject.org/c/s/", None),
        ("https://example-com.cdn.ampproject.org/c/s/a..b/", None),
    ],
)
def test_a_cache_address_leads_back_to_the_publisher(address: str, page: str | None) -> None:
    assert reverse(address) == page


def test_a_cache_is_known_by_its_domain_and_no_look_alike() -> None:
    assert cache_of("x.cdn.ampproject.org") == CACHES[0]
    assert cache_of("xcdn.ampproject.org") is None


def test_every_address_in_the_corpus_is_found_right() -> None:
    found = list(pairs())
    assert len(found) == 13
    for page, address in found:
        assert cache_url(page) == address
        assert compare(address, page) is None
        assert reverse(address) == page


@pytest.mark.parametrize(
    ("declared", "domain"),
    [
        pytest.param(
            RIGHT.replace("cdn.ampproject.org", "www.bing-amp.com") + "&x=1", "www.bing-amp.com", id="Bing's cache"
        ),
        pytest.param(RIGHT.replace("cdn.ampproject.org", "bing-amp.com") + "&x=1", "bing-amp.com", id="its other domain"),
        pytest.param(RIGHT.replace("cdn.ampproject.org", "amp.cloudflare.com"), "cdn.ampproject.org", id="a retired cache"),
        pytest.param(RIGHT.replace("cdn.ampproject.org", "a.example"), "cdn.ampproject.org", id="no cache"),
    ],
)
def test_the_address_that_is_offered_is_on_the_cache_that_was_meant(declared: str, domain: str) -> None:
    found = compare(declared, PAGE)
    assert found is not None
    assert found.expected == RIGHT.replace("cdn.ampproject.org", domain)


@pytest.mark.parametrize("pair", [("https://[", PAGE), (RIGHT, "https://[")], ids=["the address", "the page"])
def test_what_is_not_a_url_is_not_diagnosed(pair: tuple[str, str]) -> None:
    assert compare(*pair) is None
