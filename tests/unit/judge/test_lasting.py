"""URLs that lead on by purpose, and those that only look so."""

import pytest

from linkcheck.judge.url_traits.copy_hosts import copy_of, may_hold_copies
from linkcheck.judge.url_traits.persistent_ids import is_identifier, is_short_link

PAGE = "https://publisher.example/record/4711"


@pytest.mark.parametrize(
    "url",
    [
        *("https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182", "https://hdl.handle.net/10013/epic.1"),
        *("https://purl.org/dc/terms/", "https://purl.stanford.edu/ab123", "https://w3id.org/idsa/core"),
        *(
            "https://n2t.net/ark:/12148/btv1b8",
            "https://library.example/ark:/12148/btv1b8",
            "https://library.example/ark:12148/b",
        ),
        *("https://resolver.library.example/urn:nbn:de:101:1-20", "https://dspace.library.example/handle/10013/4711"),
    ],
)
def test_an_identifier_is_known(url: str) -> None:
    assert is_identifier(url)


@pytest.mark.parametrize(
    "url",
    [
        *("https://doi.org/", "https://gazette.example/doi.org/10.1000", "https://gazette.example/noahs-ark:-found"),
        *(
            "https://gazette.example/handle/with-care",
            "https://handle.example/a",
            "https://gazette.example/a?url=urn:x",
            "urn:x:y",
        ),
    ],
)
def test_a_page_about_identifiers_is_none(url: str) -> None:
    assert not is_identifier(url)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://t.co/AbC1",
            "https://bit.ly/3xYz12",
            "https://nyti.ms/2AbC3d",
            "https://youtu.be/aaaaaaaaaaa",
            "https://sz.de/1.4711",
        ),
        *("https://gu.com/p/4aBcD", "https://goo.gl/maps/AbC", "https://amzn.to/3xYz", "https://gzt.news/aB3x9"),
    ],
)
def test_a_short_link_is_known(url: str) -> None:
    assert is_short_link(url, PAGE)


@pytest.mark.parametrize(
    ("url", "to"),
    [
        ("https://bbc.com/aB3x9", "https://www.bbc.com/news/4711"),
        ("https://gazette.example/aB3x9", PAGE),
        ("https://ab.news/harbour", PAGE),
        ("https://ab.news/2021/06/18/aB3x9", PAGE),
        ("https://bit.ly/pages/privacy", PAGE),
        ("https://bit.ly/", PAGE),
    ],
)
def test_what_only_looks_like_a_short_link_is_none(url: str, to: str) -> None:
    assert not is_short_link(url, to)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://archive.ph/AbC12", "a copy in a web archive"),
        ("https://archive.today/2019.05.02-101010/https://a.example/x", "a copy in a web archive"),
        ("https://perma.cc/ABCD-1234", "a copy in a web archive"),
        ("https://12ft.io/proxy?q=https%3A%2F%2Fa.example", "a proxy's copy"),
        ("https://outline.com/ABC123", "a proxy's copy"),
        ("https://www-herald.ezproxy.library.example/x", "a proxy's copy"),
        ("https://feedproxy.google.com/~r/gazette/~3/abc/", "a redirect of a feed"),
        ("https://urldefense.com/v3/__https://a.example__;!!x", "a redirect"),
        ("https://www.google.com/url?q=https://a.example", "a redirect of Google's search"),
        ("https://www.google.com/amp/s/a.example/x", "Google's AMP viewer"),
        ("https://a-example.cdn.ampproject.org/v/s/a.example/x", "a copy on the Google AMP Cache"),
        *((url, None) for url in ("https://archive.ph/faq", "https://perma.cc/about", "https://outline.com/about")),
        *(
            (url, None)
            for url in ("https://ghostarchive.org/about", "https://urldefense.com/about", "https://www.google.com/url")
        ),
        *(
            (url, None)
            for url in ("https://www.google.com/amp/", "https://cdn.ampproject.org/v0.js", "https://ezproxy.oclc.org/docs")
        ),
        *((url, None) for url in ("https://tinyurl.com/app/pricing", "https://bitly.com/blog/a", "https://is.gd/faq.php")),
        ("https://feeds.feedburner.com/gazette", None),
        ("https://www.bing.com/amp/s/a.example/x", "Bing's AMP viewer"),
        ("https://www.bing.com/amp/", None),
        ("https://getpocket.com/read/123", "a reading app's copy"),
        ("https://getpocket.com/explore/item/x", None),
        ("https://gazette.us1.list-manage.com/track/click?u=1&id=2", "a newsletter's redirect"),
        ("https://gazette.us1.list-manage.com/subscribe?u=1", None),
        ("https://u1.ct.sendgrid.net/ls/click?upn=x", "a newsletter's redirect"),
        ("https://www.youtube.com/redirect?q=https://a.example", "a redirect"),
        ("https://www.youtube.com/redirecting", None),
        ("https://link.medium.com/AbCdEfGh", "a short link"),
    ],
)
def test_a_copy_is_known_by_its_path_too(url: str, what: str | None) -> None:
    assert copy_of(url) == what


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://urldefense.com/?u=https://a.example", "a redirect"),
        ("https://urldefense.com/", None),
        ("https://ezproxy.library.example/login?url=https://a.example", "a proxy's copy"),
        ("https://ezproxy.library.example/login?u=https://a.example", None),
        ("https://web.archive.org/web/2019/https://a.example/", "a copy in a web archive"),
        ("https://web.archive.org/about", None),
        ("https://youtu.be/aaaaaaaaaaa", None),
        ("http://[x", None),
    ],
)
def test_what_a_url_is_in_place_of_a_page(url: str, what: str | None) -> None:
    assert copy_of(url) == what


@pytest.mark.parametrize(
    "host",
    [
        *("archive.ph", "12ft.io", "feedproxy.google.com", "urldefense.com", "bit.ly", "www.bit.ly", "web.archive.org"),
        *("a-example.cdn.ampproject.org", "www.ezproxy.library.example", "ezproxy.library.example"),
        *("www.youtube.com", "www.google.com", "gazette.us1.list-manage.com"),
    ],
)
def test_a_host_of_copies_is_known(host: str) -> None:
    assert may_hold_copies(host)


@pytest.mark.parametrize("host", ["a.example", "archive.org.example", "myezproxy.example", "google.example"])
def test_another_host_holds_no_copies(host: str) -> None:
    assert not may_hold_copies(host)
