"""How two URLs differ, in words, and what of it can be another page; and the URLs of a chain of redirects."""

import pytest

from linkcheck.model import Answer, Failure, FailureKind, Hop, Outcome, Probe
from linkcheck.urls import adds_query, chain_of, last_host, names_article, page_key, same_page
from linkcheck.urls.comparing import REAL, TRIVIAL, Difference
from linkcheck.urls.trackers import PREFIXES, is_session, is_tracker, may_be_tracker

WORDS = {
    "to-https": "https instead of http",
    "www": "www.",
    "slash": "trailing slash",
    "slashes": "repeated slashes",
    "index": "index file",
    "encoding": "percent-encoding",
    "tracking": "tracking parameters",
    "session": "a session ID",
    "fewer-parameters": "fewer parameters",
    "query-order": "order of parameters",
    "to-http": "http instead of https",
    "host": "different host",
    "port": "different port",
    "path": "different path",
    "case": "upper and lower case",
    "query-dropped": "no query",
    "query": "different query",
    "unreadable": "not a URL",
}
REAL_ONES = ("to-http", "host", "port", "path", "case", "query-dropped", "query", "unreadable")


@pytest.mark.parametrize(("kind", "words"), WORDS.items())
def test_each_difference_has_its_words_and_may_be_trivial(kind: str, words: str) -> None:
    difference = Difference((kind,))
    assert str(difference) == words
    assert difference.trivial is (kind not in REAL_ONES)
    assert difference.certain is (difference.trivial and kind != "fewer-parameters")
    assert difference.drops_query is (kind == "query-dropped")


def test_the_differences_are_all_of_these() -> None:
    assert (*TRIVIAL, *REAL) == tuple(WORDS)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("http://a.example/b", "https://www.a.example/b/", "https instead of http, www., trailing slash"),
        ("https://a.example/b", "http://a.example:8080/b", "http instead of https, different port"),
        ("https://a.example/b?c=1", "https://c.example/d", "different host, different path, no query"),
        ("https://a.example//b/", "https://a.example/c", "different path"),
        ("https://a.example/b/index.html", "https://a.example/c", "different path"),
        (
            "https://a.example/b;sid=1/c?d=1",
            "https://a.example/b/C?d",
            "a session ID, upper and lower case, different query",
        ),
        ("https://a.example/b?c=1&utm_id=x&d=2", "https://a.example/b?d=2&c=1", "tracking parameters, order of parameters"),
        ("https://a.example/b?PHPSESSID=1&c=%7e", "https://a.example/b?c=~", "percent-encoding, a session ID"),
        ("https://a.example/%7eb", "https://a.example/~b", "percent-encoding"),
        ("https://a.example/b#/c", "https://a.example/b#/d", "different path"),
        ("https://a.example/b", "https://", "not a URL"),
    ],
)
def test_all_differences_are_told_in_one_order(one: str, other: str, words: str) -> None:
    assert str(same_page(one, other)) == words


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/harbour-bridge-opens", True),
        ("/harbour_bridge+opens", True),
        ("/harbour~bridge%20opens", True),
        ("/harbour-bridge-opens/", True),
        ("/harbour-bridge-opens.html", True),
        ("/harbour-bridge", False),
        ("/harbour-bridge.html", False),
        ("/harbour-bridge-a", False),
        ("/harbour-bridge-2016", False),
        ("/a/12345", True),
        ("/a/1234", False),
        ("/a/0123abcd", True),
        ("/a/ABCDEF01", True),
        ("/a/deadbeef", False),
        ("/a/12345/b", False),
        ("/harbour-bridge-opens/b", False),
        ("/", False),
    ],
)
def test_a_path_identifies_an_article_by_its_end(path: str, named: bool) -> None:  # noqa: FBT001 - a table's column
    assert names_article(path) is named


@pytest.mark.parametrize(
    ("one", "other", "added"),
    [("a=1&b", "b&a=1", False), ("a=1", "a=%31", False), ("a=1+2", "a=1%202", False), ("", "a", True), ("a", "", False)],
)
def test_a_query_may_have_a_parameter_that_another_does_not(one: str, other: str, added: bool) -> None:  # noqa: FBT001
    assert adds_query(one, other) is added


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.a.example:8080//b/index.php?b=2&a=%31", "a.example:8080/b?a=1&b=2"),
        ("https://a.example/b?ref=rss", "a.example/b?ref=rss"),
        ("https://a.example/b?ref=rss&utm_source=x", "a.example/b?ref=rss"),
        ("https://a.example/harbour-bridge-opens?ref=rss&utm_source=x", "a.example/harbour-bridge-opens"),
        ("https://a.example/harbour-bridge-opens?ref=rss", "a.example/harbour-bridge-opens?ref=rss"),
        ("https://a.example/b;jsessionid=1/?PHPSESSID=2#!/c/", "a.example/b#!/c"),
        ("https://a.example/b#!", "a.example/b"),
    ],
)
def test_the_key_of_a_page(url: str, key: str) -> None:
    assert page_key(url) == key


@pytest.mark.parametrize("tool", ["pk", "stm", "itm", "otm", "hmb", "ga", "dpg", "ns", "at", "wt"])
def test_the_fields_of_a_campaign_are_trackers_of_each_tool(tool: str) -> None:
    fields = ("source", "medium", "campaign", "content", "term", "keyword", "kwd", "placement", "group")
    assert all(is_tracker(f"{tool}_{field}=1") for field in fields)
    assert [each for each in PREFIXES if each.startswith(f"{tool}_")][: len(fields)] == [f"{tool}_{each}" for each in fields]
    assert not is_tracker(f"{tool}_id=1")


@pytest.mark.parametrize(
    "name",
    [
        *("__s", "campaign", "campaign_id", "cid", "clickid", "cmp", "cmpn", "cuid", "cvid", "esrc", "feature", "feedname"),
        *("feedtype", "from", "gci", "hpt", "icid", "iid", "intcid", "iref", "linkid", "maf", "mbid", "mkt", "mod", "ncid"),
        *("nl", "nl_id", "ocid", "partner", "rc", "ref", "ref_", "referer", "referrer", "rss", "sh", "share", "share_id"),
        *("shared", "si", "sk", "smprod", "source", "spref", "sr_share", "sref", "src", "taid", "trk", "via", "wpisrc"),
        *("xid", "ymid"),
    ],
)
def test_a_shared_name_may_be_that_of_a_tracker_if_its_value_is_no_number(name: str) -> None:
    assert may_be_tracker(f"{name}=a")
    assert may_be_tracker(f"amp;{name.upper()}=a")
    assert not may_be_tracker(f"{name}=47")
    assert not is_tracker(f"{name}=a")


@pytest.mark.parametrize(
    ("parameter", "session"),
    [
        *((f"{name}=1", True) for name in ("phpsessid", "jsessionid", "oscsid", "zenid", "cfid", "cftoken", "wosid")),
        *((f"{name}=1", True) for name in ("bv_sessionid", "bv_engineid", "ASPSESSIONIDABC")),
        *((f"{name}=47", False) for name in ("sid", "sessionid")),
        *((f"{name}={'0a' * 13}", True) for name in ("sid", "sessionid")),
        (f"sid={'a' * 26}", False),
        (f"sid={'0' * 25}", False),
        (f"sid={'0' * 64}", True),
        (f"sid={'0' * 65}", False),
        ("session=1", False),
    ],
)
def test_a_session_is_known_by_its_name_and_a_shared_name_by_its_value(parameter: str, session: bool) -> None:  # noqa: FBT001
    assert is_session(parameter) is session


START, END = "https://a.example/b", "https://c.example/d"
FAILED = Failure(FailureKind.TIMEOUT, "headers", "it is slow")


@pytest.mark.parametrize(
    ("hops", "answer", "urls", "host"),
    [
        ((), None, [START], "a.example"),
        ((), Answer(200, START), [START, START], "a.example"),
        ((Hop(START, 301, END),), Answer(200, END), [START, START, END], "c.example"),
        ((Hop(START, 301, END),), None, [START, START, END], "c.example"),
        ((Hop(START, 301, "//c.example/e"),), None, [START, START, "https://c.example/e"], "c.example"),
        ((Hop(START, 301, "https://"),), None, [START, START], "a.example"),
        ((Hop(START, 301, None),), None, [START, START], "a.example"),
        ((Hop("https://", 301, None),), None, [START, "https://"], "other.example"),
    ],
)
def test_the_chain_of_a_target_ends_where_it_responded_or_failed(
    hops: tuple[Hop, ...], answer: Answer | None, urls: list[str], host: str
) -> None:
    outcome = Outcome(START, Probe.PAGE, answer, None if answer else FAILED, hops)
    assert list(chain_of(outcome)) == urls
    assert last_host("other.example", outcome) == (host if hops else "other.example")
    assert last_host("other.example", None) == "other.example"
