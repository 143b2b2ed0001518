"""What is at the URL of a page and is no page, by its type, its bytes and its status."""

import pytest
from msgspec.structs import replace

from linkcheck.judge.page_signs.other_content import no_article
from linkcheck.model import Answer, ImageFacts, Link, Location, PageFacts, Role, Span

URL = "https://a.example/x"
KINDS = {
    "JSON, which is data for programs": """
        application/json text/json application/ld+json application/vnd.api+json application/x-ndjson application/jsonlines
    """,
    "a feed (RSS or Atom)": "application/rss+xml application/atom+xml text/rss application/rdf+xml text/atom+xml",
    "a script or a style sheet": """
        application/javascript text/javascript application/x-javascript text/ecmascript application/typescript text/css
        text/jscript text/livescript
    """,
    "an image": "image/png image/x-unknown",
    "a file to download": """
        application/octet-stream binary/octet-stream application/x-binary application/zip application/x-zip
        application/x-zip-compressed application/gzip application/x-gzip application/x-tar application/x-bzip
        application/x-bzip2 application/x-7z-compressed application/vnd.rar application/x-rar application/x-rar-compressed
        application/x-msdownload application/x-msdos-program application/x-executable
        application/vnd.microsoft.portable-executable application/java-archive application/vnd.android.package-archive
        application/x-apple-diskimage application/x-debian-package application/wasm
    """,
    "": """
        text/html application/xhtml+xml text/plain application/pdf audio/mpeg video/mp4 application/xml text/xml
        application/jsonx text/cssx application/zipx application/msword
    """,
}
READABLE = "pdf htm html xhtml txt md epub doc docx odt rtf ps mp3 mp4 m4a m4v ogg ogv webm PDF"


def told(answer: Answer, role: Role = Role.ORIGINAL) -> str | None:
    return no_article(Link(Location("a.md", Span(2, 1, 2, 9), "/url"), role, URL), answer)


@pytest.mark.parametrize("kind", KINDS)
def test_a_type_tells_what_is_no_page(kind: str) -> None:
    for media_type in KINDS[kind].split():
        assert told(Answer(200, URL, media_type)) == (kind or None), media_type


def test_a_file_that_can_be_read_may_be_called_binary() -> None:
    for extension in READABLE.split():
        for url in (f"{URL}.{extension}", f"{URL}.{extension}?a", f"{URL}.{extension}#a"):
            assert told(Answer(200, url, "application/octet-stream")) is None, url
            assert told(Answer(200, url, "application/json")) is not None
    for url in (f"{URL}.exe", f"{URL}?a.pdf", f"{URL}#a.pdf", f"{URL}.pdf.zip", f"{URL}pdf"):
        assert told(Answer(200, url, "application/octet-stream")) == "a file to download", url


PAGE = Answer(200, URL, "text/html")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (PAGE, None),
        (Answer(200, URL), None),
        (replace(PAGE, length=0), "empty"),
        (replace(PAGE, length=1), None),
        (replace(PAGE, length=0, status=206), None),
        (replace(PAGE, status=204), "empty (status 204)"),
        (replace(PAGE, status=205), "empty (status 205)"),
        (replace(PAGE, status=206), None),
        (replace(PAGE, page=PageFacts()), None),
        (replace(PAGE, page=PageFacts(content="empty")), "empty"),
        (replace(PAGE, page=PageFacts(content="empty"), status=206), None),
        (replace(PAGE, page=PageFacts(content="json"), status=206), "JSON, which is data for programs"),
        (replace(PAGE, page=PageFacts(content="feed")), "a feed (RSS or Atom)"),
        (replace(PAGE, page=PageFacts(content="sitemap")), "a sitemap, which is for search engines"),
        (replace(PAGE, page=PageFacts(content="error")), "an error message of a storage service"),
        (replace(PAGE, page=PageFacts(content="something else")), None),
        (replace(PAGE, page=PageFacts(content="code"), length=0), "a script or a style sheet"),
        (replace(PAGE, image=ImageFacts("png", 1, 1), length=0), "an image"),
        (replace(PAGE, image=ImageFacts(None, not_image="html")), None),
    ],
)
def test_what_was_read_counts_before_the_type(answer: Answer, kind: str | None) -> None:
    assert told(answer) == kind


@pytest.mark.parametrize("role", list(Role))
def test_only_a_link_that_means_a_page_is_told(role: Role) -> None:
    means_page = role in (Role.CANONICAL, Role.ORIGINAL, Role.AMP)
    assert (told(replace(PAGE, status=204), role) is not None) is means_page
