"""What the first bytes of a response are, whatever its media type says."""

import pytest

from linkcheck.pages import readable_content
from linkcheck.pages.content import content_of


@pytest.mark.parametrize(
    ("data", "content"),
    [
        *((start, "image") for start in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")),
        *((start, "binary") for start in (b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")),
        *((start, "binary") for start in (b"\x7fELF", b"BZh")),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", None),
        (b"RIFX\x10\x00\x00\x00WEBPVP8 ", None),
        (b"%PDF-1.7", "pdf"),
        *((b"<%s>" % name, "feed") for name in (b"rss", b"feed", b"atom:FEED", b"rdf:RDF")),
        *((b"<%s>" % name, "sitemap") for name in (b"urlset", b"sitemapindex")),
        (b"<Error><Code>NoSuchKey</Code>", "error"),
        (b"<error><code> AccessDenied </code>", "error"),
        (b"<Error><Message>NoSuchKey</Message>", None),
        (b"<Errors><Code>NoSuchKey</Code>", None),
        (b"<!-- a drawing --><svg:svg>", "image"),
        (b"<!DOCTYPE  HTML><rss>", None),
        (b"<title>A page</title>", None),
        (b"<1>", None),
        (b'{"a b\\"c" : 1}', "json"),
        (b"{ }", "json"),
        (b"[ ]", "json"),
        *((start + b"]", "json") for start in (b"[[]", b"[{}", b'["a"', b"[7")),
        (b"{a: 1}", None),
        (b"[a]", None),
        (b'{"a": 1', None),
        (b"[" * 2000, None),
        (b"", "empty"),
        (b" " * 2047, "empty"),
        (b" " * 2048, None),
        (b" " * 2047 + b"[]", None),
    ],
)
def test_the_bytes_of_a_whole_response_are_known_by_their_beginning(data: bytes, content: str | None) -> None:
    assert content_of(data, complete=True) == content
    assert content_of(b"\xef\xbb\xbf" + data, complete=True) == (content if len(data) < 2045 else None)


@pytest.mark.parametrize(
    ("data", "content"),
    [(b"", None), (b"  ", None), (b'{"a": 1', "json"), (b"[" * 2000, "json"), (b"{{ title }}", None)],
)
def test_the_end_of_a_part_of_a_response_is_unknown(data: bytes, content: str | None) -> None:
    assert content_of(data, complete=False) == content


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf\r\n %PDF-1.7", "pdf"),
        (b"<!doctype html>", "html"),
        (b"\xef\xbb\xbf\n<HTML lang='en'>", "html"),
        (b"<?xml version='1.0'?><!-- <rss> --><html>", "html"),
        (b"<rss>", None),
        (b"<svg/>", None),
        (b"<>", None),
        (b"see <html>", None),
        (b"", None),
    ],
)
def test_a_page_or_a_document_is_known_by_its_beginning(data: bytes, content: str | None) -> None:
    assert readable_content(data) == content
