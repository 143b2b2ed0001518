"""Where a page declares its facts, and how much of it is read."""

import pytest

from linkcheck.model import PageFacts
from linkcheck.pages import read_page
from linkcheck.pages.reading import refresh_target

URL = "https://a.example/b/c"
TEXT = "<p>" + "many words " * 9


def read(head: str = "", body: str = TEXT, *, url: str = URL, content_type: str | None = None, root: str = "") -> PageFacts:
    page = f"<!doctype html><html{root}><head>{head}</head><body>{body}"
    return read_page(page.encode(), url=url, content_type=content_type)


@pytest.mark.parametrize(
    ("head", "image"),
    [
        ('<meta property="og:image" content="/a.png">', "og"),
        ('<meta property="og:image:url" content="/a.png">', "og"),
        ('<meta property="og:image:url" content="/b.png"><meta property="og:image" content="/a.png">', "og"),
        ('<meta name="twitter:image" content="/a.png">', "twitter"),
        ('<meta name="twitter:image:src" content="/a.png">', "twitter"),
        ('<meta name="twitter:image:src" content="/b.png"><meta name="twitter:image" content="/a.png">', "twitter"),
        ('<meta name=" OG:Image " content="/a.png">', "og"),
        ('<meta itemprop="og:image" content="/a.png">', "og"),
        ('<meta property="og:image" content="/a.png"><meta property="og:image" content="/b.png">', "og"),
        ('<meta property="og:image" name="x" content="/a.png">', "og"),
        ('<meta property="og:image" content=""><meta property="og:image" content="/a.png">', "og"),
    ],
)
def test_the_image_of_a_page(head: str, image: str) -> None:
    found = read(head)
    assert found.og_image == ("https://a.example/a.png" if image == "og" else None)
    assert found.twitter_image == ("https://a.example/a.png" if image == "twitter" else None)


@pytest.mark.parametrize(
    ("width", "pixels"),
    [
        ("1", 1),
        (" 630px ", 630),
        ("999999", 999999),
        ("1000000", None),
        ("\u0663", None),
        ("\u00b2", None),
        ("-1", None),
        ("px", None),
    ],
)
def test_a_width_in_pixels(width: str, pixels: int | None) -> None:
    head = f'<meta property="og:image:width" content="{width}"><meta property="og:image:height" content="{width}">'
    assert (read(head).og_image_width, read(head).og_image_height) == (pixels, pixels)


@pytest.mark.parametrize(
    "media_type",
    [
        *("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "text/xml", "application/xml", ""),
        *("Text/HTML; charset=utf-8", " text/html ;a=b"),
    ],
)
def test_media_types_of_pages(media_type: str) -> None:
    assert read("<title>A</title>", content_type=media_type).title == "A"
    assert read("<title>A</title>").title == "A"


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "text/htmlx"])
def test_other_media_types_are_not_read(media_type: str) -> None:
    assert read("<title>A</title>", content_type=media_type).title is None


@pytest.mark.parametrize("root", [" amp", " AMP", " \u26a1", " \u26a1\ufe0f", ' lang="x" amp=""'])
def test_marks_of_amp_pages(root: str) -> None:
    assert read(root=root).is_amp
    assert not read(root=' class="amp"').is_amp


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/a", "/a"),
        ("10; url=/a", "/a"),
        ("11; url=/a", None),
        ("0.5;url='/a'", "/a"),
        ('0, URL = "/a"', "/a"),
        ("0 /a ", "/a"),
        ("5", None),
        ("5; ", None),
        ("x; url=/a", None),
        ("1234567; url=/a", None),
        ("0;" + " " * 1996 + "/a", "/a"),
        ("0;" + " " * 1998 + "/a", None),
    ],
)
def test_a_refresh_leads_elsewhere_within_seconds(content: str, target: str | None) -> None:
    assert refresh_target(content) == target


def test_the_first_refresh_counts() -> None:
    def refresh(content: str) -> str:
        return f'<meta http-equiv="Refresh" name="robots" content="{content}">'

    found = read(refresh("3; url=a") + refresh("0; url=/d"))
    assert (found.refresh, found.refresh_seconds) == ("https://a.example/b/a", 3)
    assert read(refresh("99; url=a") + refresh("0; url=/d")).refresh == "https://a.example/d"
    assert read('<meta http-equiv="refreshed" content="0; url=/a">').refresh is None
    assert read(refresh("0; url=https://a:b:c/")).refresh is None
    header = read_page(b"<title>A</title>", url=URL, refresh_header="99; url=/a")
    assert (header.refresh, header.refresh_seconds) == (None, None)


def test_urls_are_relative_to_the_base_of_the_page() -> None:
    found = read('<base href="/x/"><link rel=canonical href="a"><meta property="og:url" content="b">')
    assert (found.canonicals, found.raw_canonicals, found.og_url) == (
        ("https://a.example/x/a",),
        ("a",),
        "https://a.example/x/b",
    )
    assert (
        read('<base href=""><base href="https://a:b:c/"><meta property="og:url" content="b">').og_url
        == "https://a.example/b/b"
    )


def test_a_limited_number_of_canonicals_is_kept() -> None:
    found = read("".join(f"<link rel=canonical href=/{number}>" for number in range(21)))
    assert len(found.canonicals) == len(found.raw_canonicals) == 20
    assert read("<link rel=canonical href=/a><link rel=canonical href=/a>").canonicals == ("https://a.example/a",)
    assert read("<link rel=canonical href>").raw_canonicals == ("",)
    assert read("<link rel=amphtml href><link rel='x AMPHTML' href=' /a '>").amphtml == ("https://a.example/a",)


def test_a_long_canonical_is_cut() -> None:
    assert len(read(f"<link rel=canonical href=/{'x' * 3000}>").raw_canonicals[0]) == 2000


def test_the_first_title_counts() -> None:
    assert read("<title> A  b </title><title>C</title>").title == "A b"
    assert read("<title></title><title>C</title>").title == ""


def test_texts_are_on_one_line_and_cut() -> None:
    assert read(f"<title>{'x' * 501}</title>").title == "x" * 500
    assert read(f'<meta property="og:title" content="{"x" * 501}">').og_title == "x" * 500
    assert read('<meta property="og:title" content=" a\n b "><meta property="og:site_name" content=" ">') == read(
        '<meta property="og:title" content="a b">'
    )


@pytest.mark.parametrize("name", ["article:published_time", "datePublished"])
def test_the_date_of_publication(name: str) -> None:
    assert read(f'<meta itemprop="{name}" content=" 2026-11-01 ">').published == "2026-11-01"


def test_rules_for_search_engines_of_page_and_header_are_joined() -> None:
    head = '<meta name="robots" content="noindex"><meta name="googlebot" content="unavailable_after: 2027-01-01">'
    found = read(head + '<meta name="robots" content="index"><meta name="otherbot" content="unavailable_after: 2028-01-01">')
    assert (found.noindex, found.unavailable_after) == (True, "2027-01-01")
    page = head.encode()
    headers = ("index", "unavailable_after: 2026-01-01", "unavailable_after: 2025-01-01")
    assert read_page(page, url=URL, robots_headers=headers).unavailable_after == "2026-01-01"
    image = read_page(b"x", url=URL, content_type="image/png", robots_headers=("noindex", *headers))
    assert (image.noindex, image.unavailable_after) == (True, "2026-01-01")


@pytest.mark.parametrize(
    ("source", "is_runtime"),
    [
        ("https://cdn.ampproject.org/v0.js", True),
        ("https://cdn.ampproject.org/v0.mjs", True),
        ("https://cdn.ampproject.org/lts/v0.js", True),
        ("https://cdn.ampproject.org/rtv/012345/v0.js", True),
        ("https://ampjs.org/v0.js", True),
        ("https://cdn.ampproject.org/v0/amp-ad.js", False),
        ("https://cdn.ampproject.org/v0.jsx", False),
        ("/v0.js", False),
    ],
)
def test_the_runtime_of_amp(source: str, *, is_runtime: bool) -> None:
    assert (
        read(f"<script src='{source}'></script><script src=/a.js></script><script></script>").has_amp_runtime is is_runtime
    )


@pytest.mark.parametrize(
    ("body", "has_field"),
    [
        ("<input type=password>", True),
        ("<INPUT name='a' TYPE = 'password'>", True),
        ("<input type=passwords>", False),
        ("<input name=password>", False),
        ("password", False),
    ],
)
def test_a_password_field(body: str, *, has_field: bool) -> None:
    assert read(body=body).has_password_field is has_field


@pytest.mark.parametrize(("letters", "is_wordless"), [(40, True), (41, False)])
def test_a_page_with_few_letters_is_wordless(letters: int, *, is_wordless: bool) -> None:
    page = f"<p>{'x' * letters}".encode()
    assert read_page(page, url=URL).is_wordless is is_wordless
    assert not read_page(page, url=URL, complete=False).is_wordless
    assert not read_page(b"<link rel=canonical href=/a>" + page, url=URL).is_wordless


@pytest.mark.parametrize(("length", "is_wordless"), [(8 * 1024, True), (8 * 1024 + 1, False)])
def test_a_long_page_is_not_wordless(length: int, *, is_wordless: bool) -> None:
    assert read_page(b"<p>x".ljust(length), url=URL).is_wordless is is_wordless


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("<link rel=canonical href=/a>", "https://a.example/a"),
        ('<LINK href="/a?b&amp;c" REL = "nofollow canonical">', "https://a.example/a?b&c"),
        ("<link rel='canonical' href=' /a '>", "https://a.example/a"),
        ("<link rel=alternate href=/x><link rel=canonical href=/a>", "https://a.example/a"),
        ("<link rel=canonical><link rel=canonical href=/a>", "https://a.example/a"),
        ("<link rel=canonicals href=/a>", None),
        ("<link title=canonical href=/a>", None),
        ("<!-- <link rel=canonical href=/a> -->", None),
        ("<script>'<link rel=canonical href=/a>'</script>", None),
        ("<link rel=canonical href=https://a:b:c/>", None),
    ],
)
def test_a_canonical_in_the_body(tag: str, canonical: str | None) -> None:
    found = read(body=tag + TEXT)
    assert (found.canonicals, found.canonical_in_body) == ((), canonical)


def test_a_page_with_a_canonical_or_a_title_to_share_is_not_parked() -> None:
    body = "<img src=//bodis.com>"
    assert read(body=body).parking == "Bodis"
    assert read("<link rel=canonical href=/a>", body=body).parking is None
    assert read('<meta property="og:title" content="A">', body=body).parking is None


def test_a_page_that_ends_within_its_head_is_cut() -> None:
    for complete, truncated in ((True, False), (False, True)):
        found = read_page(b"<head><title>A</title>", url=URL, complete=complete)
        assert (found.title, found.truncated) == ("A", truncated)
    assert not read_page(b"<head></head><body>", url=URL, complete=False).truncated
