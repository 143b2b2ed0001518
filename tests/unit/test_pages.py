"""What a page's head and its headers say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.model import PageFacts
from linkcheck.pages import HEAD_LIMIT, HeaderLink, head_end, parse_link_header, read_page
from linkcheck.pages.notices import is_notice_name

URL = "https://example.com/a/b?c"
ORIGIN = "https://example.com"


def read(head: str, *, body: str = "<body><p>text</p>", url: str = URL, **options: object) -> PageFacts:
    content_type = options.get("content_type", "text/html; charset=utf-8")
    assert content_type is None or isinstance(content_type, str)
    refresh = options.get("refresh_header")
    assert refresh is None or isinstance(refresh, str)
    page = f"<!doctype html><html lang=en><head>{head}</head>{body}"
    return read_page(page.encode(), url=url, content_type=content_type, refresh_header=refresh)


def test_a_page_says_what_it_is() -> None:
    page = read(
        """<meta charset="utf-8">
        <title> A  title
          &amp; more</title>
        <link rel="canonical" href="https://example.com/a">
        <link rel="amphtml" href="/a/amp">
        <meta property="og:title" content="Shown title">
        <meta property="og:url" content="/a">
        <meta property="og:image" content="//cdn.example.com/i.png">
        <meta property="og:image:width" content="1200">
        <meta property="og:image:height" content="630px">
        <meta property="og:site_name" content=" Harbour
          Daily ">
        <meta property="article:published_time" content="2026-11-22T10:00:00Z">"""
    )
    assert page == PageFacts(
        title="A title & more",
        canonicals=("https://example.com/a",),
        raw_canonicals=("https://example.com/a",),
        amphtml=("https://example.com/a/amp",),
        og_title="Shown title",
        og_url="https://example.com/a",
        og_image="https://cdn.example.com/i.png",
        og_image_width=1200,
        og_image_height=630,
        published="2026-11-22T10:00:00Z",
        lang="en",
        site_name="Harbour Daily",
    )


def test_a_page_that_says_nothing_has_no_facts() -> None:
    assert read_page(b"", url=URL, complete=False) == PageFacts()
    assert read_page(b"", url=URL) == PageFacts(content="empty")
    assert read_page(b"plain text", url=URL) == PageFacts(is_wordless=True)


@pytest.mark.parametrize(
    ("head", "canonicals", "raw"),
    [
        ("", (), ()),
        ("<link rel=canonical href=/x>", ("https://example.com/x",), ("/x",)),
        ("<link rel=canonical href=''>", (), ("",)),
        ("<link rel=canonical>", (), ("",)),
        ("<link rel=canonical href='https://'>", (), ("https://",)),
        ("<link rel='Shortlink CANONICAL' href=/x>", ("https://example.com/x",), ("/x",)),
        ("<link rel=alternate href=/x>", (), ()),
        ("<LINK REL=CANONICAL HREF=/x>", ("https://example.com/x",), ("/x",)),
        ("<link rel=canonical href=' /x?a=1&amp;b=2 '>", ("https://example.com/x?a=1&b=2",), ("/x?a=1&b=2",)),
        (
            "<link rel=canonical href=/x><link rel=canonical href=/y><link rel=canonical href=/x>",
            ("https://example.com/x", "https://example.com/y"),
            ("/x", "/y"),
        ),
        ("<base href='https://b.example/c/'><link rel=canonical href=x>", ("https://b.example/c/x",), ("x",)),
        ("<!-- <link rel=canonical href=/x> -->", (), ()),
        ("<script>'<link rel=canonical href=/x>'</script>", (), ()),
        ("<noscript><img src=/p.png></noscript><link rel=canonical href=/x>", ("https://example.com/x",), ("/x",)),
        ("<noscript><link rel=canonical href=/x></noscript>", (), ()),
        ("<script>'<noscript>'</script><link rel=canonical href=/x>", ("https://example.com/x",), ("/x",)),
        ("<style></head></style><link rel=canonical href=/x>", (), ()),
    ],
)
def test_canonicals_are_those_a_browser_sees_in_the_head(
    head: str, canonicals: tuple[str, ...], raw: tuple[str, ...]
) -> None:
    page = read(head)
    assert (page.canonicals, page.raw_canonicals) == (canonicals, raw)


@pytest.mark.parametrize(
    "page",
    [
        "<head></head><body><link rel=canonical href=/x>",
        "<head><div></div><link rel='canonical' href='/x'></head><body>",
        '<head></head><body><p><link href="/x" rel="canonical">',
        "<head></head><!-- <link rel=canonical href=/y> --><link rel=canonical href=/x>",
    ],
)
def test_a_canonical_in_the_body_is_told_and_not_believed(page: str) -> None:
    facts = read_page(page.encode(), url=URL)
    assert facts.canonicals == ()
    assert facts.canonical_in_body == "https://example.com/x"


def test_where_the_head_has_a_canonical_the_body_does_not_matter() -> None:
    assert read("<link rel=canonical href=/x>", body="<link rel=canonical href=/y>").canonical_in_body is None


@pytest.mark.parametrize(
    ("root", "is_amp"),
    [
        ("⚡", True),
        ("amp", True),
        ("AMP lang=en", True),
        ('amp=""', True),
        ("⚡4ads", False),
        ("lang=amp", False),
        ("", False),
    ],
)
def test_an_amp_page_is_known_by_its_mark(root: str, is_amp: bool) -> None:  # noqa: FBT001 - a table's column
    page = read_page(f"<!doctype html><html {root}><head></head>".encode(), url=URL, content_type="text/html;charset=utf-8")
    assert page.is_amp == is_amp


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("https://cdn.ampproject.org/v0.js", True),
        ("https://cdn.ampproject.org/v0.mjs", True),
        ("https://cdn.ampproject.org/lts/v0.js", True),
        ("https://cdn.ampproject.org/v0/amp-ad-0.1.js", False),
        ("https://example.com/v0.js", False),
    ],
)
def test_the_amp_runtime_is_known_by_its_address(source: str, known: bool) -> None:  # noqa: FBT001 - a table's column
    assert read(f'<script async src="{source}"></script>').has_amp_runtime == known


@pytest.mark.parametrize(
    ("content", "hidden"),
    [("noindex", True), ("NOINDEX, follow", True), ("none", True), ("index,follow", False), ("max-snippet:-1", False)],
)
def test_noindex_is_read_from_the_page(content: str, hidden: bool) -> None:  # noqa: FBT001 - a table's column
    assert read(f'<meta name="Robots" content="{content}">').noindex == hidden


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("unavailable_after: 25 Jun 2010 15:00:00 PST", "25 Jun 2010 15:00:00 PST"),
        ("noindex, unavailable_after: Fri, 25 Jun 2010 15:00:00 GMT, nofollow", "Fri, 25 Jun 2010 15:00:00 GMT"),
        ("googlebot: nofollow, UNAVAILABLE_AFTER:2010-09-21", "2010-09-21"),
        ("otherbot: nofollow, unavailable_after: 2010-09-21", None),
        ("unavailable_after:", None),
        ("index, follow", None),
    ],
    ids=["alone", "with the day of the week", "for Google", "for another robot", "without a date", "not at all"],
)
def test_the_date_after_which_a_page_is_left_out_is_read_from_page_and_header(value: str, date: str | None) -> None:
    assert read_page(b"<head></head>", url=URL, robots_headers=(value,)).unavailable_after == date
    if not value.startswith(("googlebot", "otherbot")):
        assert read(f'<meta name="robots" content="{value}">').unavailable_after == date


@pytest.mark.parametrize(
    ("header", "hidden"),
    [
        ("noindex", True),
        ("nofollow, noindex", True),
        ("googlebot: noindex", True),
        ("otherbot: noindex, nofollow", False),
        ("otherbot: nofollow, noindex", False),
        ("otherbot: nofollow, googlebot: noindex", True),
        ("googlebot: nofollow, otherbot: noindex", False),
        ("googlebot : noindex", True),
        ("NoIndex", True),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST, noindex", True),
        ("all", False),
    ],
)
def test_noindex_is_read_from_the_header(header: str, hidden: bool) -> None:  # noqa: FBT001 - a table's column
    assert read_page(b"<title>x</title>", url=URL, robots_headers=(header,)).noindex == hidden


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/x", "https://example.com/x"),
        ("0;URL='https://b.example/'", "https://b.example/"),
        ("5,/x", "https://example.com/x"),
        ("0.5; url=x", "https://example.com/a/x"),
        ("300; url=/x", None),
        ("5", None),
        ("nonsense", None),
        ("0; url=javascript:alert(1)", None),
    ],
)
def test_a_refresh_that_leaves_at_once_is_told(content: str, target: str | None) -> None:
    assert read(f'<meta http-equiv="Refresh" content="{content}">').refresh == target


def test_a_password_field_is_seen() -> None:
    assert read("", body='<body><form><input name=p type="password">').has_password_field
    assert not read("", body="<body>password <input type=text>").has_password_field


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ("<title>Grüße</title>".encode(), None),
        ("<title>Grüße</title>".encode("cp1252"), None),
        ("<title>Grüße</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<title>Grüße</title>".encode(), 'text/html; Charset="UTF-8"'),
        (b"<meta charset=windows-1252>" + "<title>Grüße</title>".encode("cp1252"), "text/html"),
        (b'<meta http-equiv=content-type content="text/html; charset=iso-8859-15"><title>Gr\xfc\xdfe</title>', "text/html"),
        ("<meta charset=utf-16><title>Grüße</title>".encode(), None),
        ("\ufeff<title>Grüße</title>".encode(), "text/html; charset=iso-8859-1"),
        ("\ufeff<title>Grüße</title>".encode("utf-16-le"), None),
        ("<title>Grüße</title>".encode(), "text/html; charset=rot13"),
        ("<title>Grüße</title>".encode(), "text/html; charset=no-such-thing"),
        ("<title>Grüße</title>".encode("cp1252"), "text/html; charset=unicode_escape"),
    ],
    ids=str,
)
def test_the_characters_are_those_that_were_meant(data: bytes, content_type: str | None) -> None:
    assert read_page(data, url=URL, content_type=content_type).title == "Grüße"


def test_a_page_cut_within_a_character_is_still_utf8() -> None:
    assert read_page("<title>Grüße</title>ü".encode()[:-1], url=URL).title == "Grüße"


@pytest.mark.parametrize("content_type", ["image/png", "application/pdf", "text/plain; charset=utf-8"])
def test_what_is_no_page_has_only_headers(content_type: str) -> None:
    page = read_page(
        b"<title>x</title>",
        url=URL,
        content_type=content_type,
        link_headers=('</c>; rel="canonical"',),
        robots_headers=("noindex",),
    )
    assert page == PageFacts(canonicals=("https://example.com/c",), raw_canonicals=("/c",), noindex=True)


def test_the_link_header_comes_first_and_goes_by_the_pages_own_url() -> None:
    page = read_page(
        b"<head><base href='https://b.example/'><link rel=canonical href=x><link rel=amphtml href=y></head>",
        url=URL,
        link_headers=('<z>; rel="next canonical", </amp>; rel=amphtml',),
    )
    assert page.canonicals == ("https://example.com/a/z", "https://b.example/x")
    assert page.raw_canonicals == ("z", "x")
    assert page.amphtml == ("https://example.com/amp", "https://b.example/y")


def test_a_header_about_another_page_is_not_about_this_one() -> None:
    other = '</z>; rel=canonical; anchor="/other"'
    own = f'</y>; rel=canonical; anchor="{URL}"'
    assert read_page(b"", url=URL, link_headers=(other, own)).canonicals == ("https://example.com/y",)


@pytest.mark.parametrize(
    ("value", "links"),
    [
        ('<https://a/b>; rel="canonical"', [HeaderLink("https://a/b", ("canonical",))]),
        ("<a>;rel=x, <b>; rel=y", [HeaderLink("a", ("x",)), HeaderLink("b", ("y",))]),
        ('<a,b;c>; title="x, y; <z>"; REL=X', [HeaderLink("a,b;c", ("x",))]),
        ('<a>; rel="one TWO"; rel=three', [HeaderLink("a", ("one", "two"))]),
        (r'<a>; rel="o\ne\"" ; anchor="#x"', [HeaderLink("a", ('one"',), "#x")]),
        (",, <a> ,", [HeaderLink("a", ())]),
        ("<a>; crossorigin; rel = x ; ;", [HeaderLink("a", ("x",))]),
        ("<>; rel=canonical", [HeaderLink("", ("canonical",))]),
        ("<a>; rel; anchor=", [HeaderLink("a", (), "")]),
        ("<a; rel=x", []),
        ("a; rel=x", []),
        ("", []),
    ],
)
def test_a_link_header_is_read_by_its_grammar(value: str, links: list[HeaderLink]) -> None:
    assert list(parse_link_header(value)) == links


def test_a_link_header_without_end_is_bounded() -> None:
    assert len(parse_link_header("<a>;rel=canonical," * 100_000)) == 50


@pytest.mark.parametrize(
    ("page", "end"),
    [
        (b"<head><title>x</title></head><body>", 22),
        (b"<title>x</title><body class=a>", 16),
        (b"<HEAD></HEAD>", 6),
        (b"<title>x</title>", None),
        (b"<!-- </head> --></head>", 16),
        (b"<!--</head>", None),
        (b"<!--></head>", 5),
        (b"<script>'</head>'</script ><body>", 27),
        (b"<script>'<!--'</script></head>", 23),
        (b"<!-- <script> --></head>", 17),
        (b"", None),
    ],
)
def test_the_head_ends_where_its_end_tag_or_the_body_begins(page: bytes, end: int | None) -> None:
    assert head_end(page) == end


def test_the_end_is_found_wherever_the_chunks_are_cut() -> None:
    page = b"<head><script>'</head>'</script><!--<body>--><title>x</title></head><body>text"
    end = page.rindex(b"</head>")
    for size in range(1, 30):
        buffer = bytearray()
        looked = 0
        found = None
        for at in range(0, len(page), size):
            buffer += page[at : at + size]
            found = head_end(buffer, looked)
            looked = len(buffer)
            if found is not None:
                break
        assert found == end, size


def test_a_head_without_end_ends_at_the_limit() -> None:
    page = b"<title>x</title>" + b" " * HEAD_LIMIT
    assert head_end(page) == HEAD_LIMIT
    facts = read_page(page, url=URL)
    assert facts.title == "x"
    assert facts.truncated


def test_what_was_cut_before_the_head_ended_is_told() -> None:
    assert read_page(b"<title>x</title>", url=URL, complete=False).truncated
    assert not read_page(b"<title>x</title>", url=URL).truncated
    assert not read_page(b"<head></head>", url=URL, complete=False).truncated


MEGABYTE = 1 << 20
HOSTILE = {
    "nested-divs": b"<div>" * 200_000,
    "title-without-end": b"<title>" + b"x" * MEGABYTE,
    "open-links": b"<link" * 200_000,
    "open-scripts": b"<script>" * 130_000,
    "open-noscripts": b"<noscript>" * 100_000,
    "templates": b"<head>" + b"<template>" * 100_000,
    "hidden-ends": b"<script></head></script>" * 43_000,
    "comments": b"<!--</head>-->" * 74_000,
    "attributes": b"<meta " + b"".join(b"a%d=b " % number for number in range(100_000)),
    "nuls": b"\0" * MEGABYTE,
    "angles": b"<" * MEGABYTE,
    "canonicals": b"<link rel=canonical href=/%d>" * 30_000,
    "body-links": b"</head>" + b"<link rel canonical " * 13_000,
    "body-input": b"</head><input type" + b" " * 250_000 + b"password",
    "not-text": bytes(range(256)) * 4096,
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_survived_and_what_is_kept_is_bounded(page: bytes) -> None:
    facts = read_page(page, url=URL, content_type="text/html")
    assert len(repr(facts)) < 60_000
    assert len(facts.canonicals) <= 20


def test_a_canonical_after_a_script_full_of_markup_is_found() -> None:
    script = "<script>" + "var a = '<p>';" * 20_000 + "</script>"
    runtime = '<script src="https://cdn.ampproject.org/v0.js"></script>'
    page = read(f"{script}{runtime}<link rel=canonical href=/x>")
    assert page.canonicals == ("https://example.com/x",)
    assert page.has_amp_runtime


@pytest.mark.parametrize("name", ["property=article:published_time", "name=datePublished", "itemprop=datePublished"])
def test_the_date_of_publication_is_read_from_the_head(name: str) -> None:
    assert read(f'<meta {name} content="2026-11-22">').published == "2026-11-22"


def test_long_texts_are_cut() -> None:
    page = read(f"<title>{'t' * 10_000}</title><meta property=og:title content={'o' * 10_000}>")
    assert len(page.title or "") == len(page.og_title or "") == 500


@pytest.mark.parametrize("width", ["-1", "1e3", "١٢", "99999999999999", "", "wide"])
def test_an_image_width_that_is_no_number_of_pixels_is_none(width: str) -> None:
    assert read(f'<meta property="og:image:width" content="{width}">').og_image_width is None


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("<h1>A headline</h1>", "A headline"),
        ('<h1 class="a"><a href="/">Caf\u00e9 &amp; <b>bar</b></a></h1>', "Caf\u00e9 & bar"),
        ("<h1></h1><h1>The second</h1>", "The second"),
        ("<!-- <h1>a</h1> --><h1>b</h1>", "b"),
        ("<script>'<h1>a</h1>'</script><h1>b</h1>", "b"),
        ("<template><h1>Page not found</h1></template><h1>b</h1>", "b"),
        ("<noscript><h1>a</h1></noscript><h1>b</h1>", "b"),
        ("<div hidden><p><h1>Page not found</h1></div><h1>b</h1>", "b"),
        ('<div style="display: none"><h1>404</h1></div><h1>b</h1>', "b"),
        ('<div aria-hidden="true"><h1>404</h1></div>', None),
        ("<h1>404</h1>", "404"),
        ("<h1>Open" + " words" * 200, "Open" + " words" * 82 + " wor"),
        ("<h1 never closed", None),
        ("<h10>no heading</h10>", None),
        ("<p>none</p>", None),
        ("<!-- <h1>a</h1>", None),
        ("<h1>Page not found</h1><h1>Prices</h1>", "Prices"),
        ('<section class="d-none"><h1>Page not found</h1></section>', None),
        ('<div class="error is-hidden"><h1>404</h1></div>', None),
        ('<div class="modal fade"><h1>Nothing found</h1></div>', None),
        ('<h1 class="visually-hidden">404</h1>', None),
        ("<dialog><h1>Nothing found</h1></dialog>", None),
        ("<div v-if=missing v-cloak><h1>404</h1></div>", None),
        ('<div role="dialog"><h1>No such page</h1></div>', None),
        ('<style>.gone, #e404 { color: red; display:none }</style><div id="e404"><h1>404</h1></div>', None),
        ("<style>.gone{display:none}</style><div class=gone><h1>404</h1></div>", None),
        ("<style>.other{display:none}.gone{color:red}</style><div class=gone><h1>404</h1></div>", "404"),
        ("<style>.gone{display:none}.other{color:red}</style><div class=gone><h1>404</h1></div>", None),
        ('<div id="root"></div><div class="fallback"><h1>Page not found</h1></div>', None),
        ('<div class="overflow-hidden wrapper"><h1>Page not found</h1></div>', "Page not found"),
        ("<h1>Not found</h1><p>" + "Ten years on, the ship is lost. " * 30, None),
        ("<h1>Page not found</h1><p>Try the search.</p><h1>404</h1>", "Page not found"),
    ],
)
def test_the_main_heading_is_the_first_that_readers_see(body: str, heading: str | None) -> None:
    assert read("<title>t</title>", body=f"<body>{body}").heading == heading


def test_a_heading_is_read_where_tags_are_in_upper_case_or_no_body_begins() -> None:
    assert read_page(b"<HTML><HEAD><TITLE>t</TITLE></HEAD><BODY><H1>404</H1>", url=URL).heading == "404"
    assert read_page(b"<title>My Site</title><h1>404 - Page not found</h1>", url=URL).heading == "404 - Page not found"


def test_a_heading_is_read_in_the_character_set_of_the_page() -> None:
    page = "<html><head><meta charset=windows-1251></head><body><h1>\u0421\u0442\u0440\u0430\u043d\u0438\u0446\u0430</h1>"
    assert read_page(page.encode("cp1251"), url=URL).heading == "\u0421\u0442\u0440\u0430\u043d\u0438\u0446\u0430"


def test_a_heading_far_down_is_not_looked_for() -> None:
    assert read("", body="<body>" + " " * 70_000 + "<h1>Late</h1>").heading is None


def test_a_refresh_header_is_a_refresh_and_goes_before_one_in_the_page() -> None:
    head = '<meta http-equiv="refresh" content="0; url=/b">'
    assert read("", refresh_header="0; url=/a").refresh == f"{ORIGIN}/a"
    assert read(head, refresh_header="5;/a").refresh == f"{ORIGIN}/a"
    assert read(head, refresh_header="300; url=/a").refresh == f"{ORIGIN}/b"
    assert read(head).refresh == f"{ORIGIN}/b"
    assert read('<base href="/x/">', refresh_header="0; url=a").refresh == f"{URL.rpartition('/')[0]}/a"


@pytest.mark.parametrize(
    ("body", "mark"),
    [
        ('<script>window.onload=function(){window.location.href="/lander"}</script>', "GoDaddy"),
        ('<script src="https://img.sedoparking.com/a.js"></script>', "Sedo"),
        ('<iframe src="//www.bodis.com/a"></iframe>', "Bodis"),
        ("<p>We wrote about sedoparking.com and bodis.com</p>", None),
        ('<a href="https://www.sedoparking.com/">Sedo</a>', None),
        ('<a href="/lander">The lander touches down</a>', None),
        ('<p>Loading</p><script>if(!ok){location.href="/lander"}</script>', None),
        ('<script>location.replace("https://www.hugedomains.com/domain_profile.cfm?d=example.com")</script>', "HugeDomains"),
        ('<script>location.replace("https://www.hugedomains.com/domain_profile.cfm?d=other.test")</script>', None),
        ('<p>a</p><script>location="https://dan.com/buy-domain/example.com"</script>', None),
        ('<pre>&lt;html data-adblockkey="MFww"&gt;</pre>', None),
        ('<script>var rules = ["<html data-adblockkey="];</script>', None),
        ('<pre>&lt;script src="//c.parkingcrew.net/a.js"&gt;</pre>', None),
        ('<!-- <script src="//c.parkingcrew.net/a.js"> -->', None),
        ("<p>news</p>", None),
    ],
)
def test_marks_of_parking_services_are_addresses_that_the_page_uses(body: str, mark: str | None) -> None:
    assert read("", body=f"<body>{body}").parking == mark
    assert read('<meta property="og:title" content="An article">', body=f"<body>{body}").parking is None


def test_the_key_of_parked_domains_is_an_attribute_of_the_document() -> None:
    assert read_page(b'<!doctype html><html data-adblockkey="MFww"><head>', url=URL).parking == "a key of parked domains"
    assert read_page(b'<html><body><div data-adblockkey="MFww">', url=URL).parking is None


@pytest.mark.parametrize(
    ("body", "is_wordless"),
    [
        ("", True),
        ("<h1>This domain is for sale</h1><script>var a = 'many words that nobody reads, and some more'</script>", True),
        ("<p>Contact us</p>", True),
        ("<p>Our editors have sold the domain of this paper, and tell how.</p>", False),
        ("<!--" + "x" * 9000 + "-->", False),
    ],
)
def test_a_small_page_with_hardly_a_word_is_known(body: str, *, is_wordless: bool) -> None:
    assert read("<title>This domain is for sale, as its owner says</title>", body=f"<body>{body}").is_wordless == is_wordless


def test_a_page_of_thousands_of_headings_and_openers_costs_little() -> None:
    for piece in ("<h1>", "<h1></h1>", "<!--<h1>", "<template><h1>404</h1>", "<h1 " * 3):
        assert read_page(f"<head></head><body>{piece * 9000}".encode(), url=URL) is not None


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b'{"a": 1}', "json"),
        (b"\xef\xbb\xbf[]", "json"),
        (b'{"a": 1} and more', None),
        (b"{{ title }}", None),
        (b"[Harbour] bridge", None),
        (b'<?xml version="1.0"?><rss version="2.0">', "feed"),
        (b'<rdf:RDF xmlns:rdf="x">', "feed"),
        (b"<urlset><url/></urlset>", "sitemap"),
        (b"<sitemapindex>", "sitemap"),
        (b"<!-- <rss> --><p>Bridge</p>", None),
        (b"<p>What <rss> is</p>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", None),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04", "binary"),
        ("<html><title>B</title>".encode("utf-16"), None),
        (b"Bridge", None),
    ],
)
def test_bytes_that_are_no_page_are_told(data: bytes, content: str | None) -> None:
    assert read_page(data, url=URL, content_type="text/html").content == content


def test_long_json_is_told_by_its_beginning() -> None:
    assert read_page(b'{"articles": [' + b'"a", ' * 9999, url=URL, complete=False).content == "json"
    assert read_page(b" " * 9999, url=URL, complete=False).content is None


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    for start in (b"", b"{", b"[", b"<", b"<?xml"):
        read_page(start + data, url=URL)


@pytest.mark.parametrize(
    ("name", "notice"),
    [
        pytest.param("seite-nicht-verfügbar", True, id="an umlaut"),
        pytest.param("seite-nicht-verfuegbar", True, id="an umlaut as two letters"),
        pytest.param("seite-nicht-verfugbar", True, id="an umlaut as one letter"),
        pytest.param("page-does-not-exist", True, id="two letters that are no umlaut"),
        pytest.param("seite-nicht-verfegbar", False, id="another word"),
    ],
)
def test_the_name_of_a_notice_may_have_its_umlauts_in_other_letters(name: str, *, notice: bool) -> None:
    assert is_notice_name(name) is notice
