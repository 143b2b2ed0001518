"""What is at the URL of an article's page and is not a page to read: an image, data, a feed, code, a download, or nothing.

By the declared media type (RFC 9110, 8.3), and by the bytes where they were read. PDF, plain text, audio and video can be
what an article stands for, so they are not reported.
"""

import re

from linkcheck.model import Answer, Link, Role

PAGES = frozenset((Role.CANONICAL, Role.ORIGINAL, Role.AMP))
"""Roles of links that mean a page; a plain link may mean a file."""

_EMPTY = frozenset((204, 205))
_KINDS = {
    "json": "JSON, which is data for programs",
    "feed": "a feed (RSS or Atom)",
    "code": "a script or a style sheet",
    "sitemap": "a sitemap, which is for search engines",
    "error": "an error message of a storage service",
    "image": "an image",
    "binary": "a file to download",
    "empty": "empty",
}
_JSON = re.compile(r"(?:application|text)/(?:[\w.-]+\+)?json|application/(?:x-ndjson|jsonlines)")
_FEED = re.compile(r"(?:application|text)/(?:rss|atom|rdf)(?:\+xml)?")
_CODE = re.compile(r"(?:application|text)/(?:x-)?(?:javascript|ecmascript|typescript)|text/(?:css|jscript|livescript)")
_BINARY = re.compile(
    r"(?:application|binary)/(?:octet-stream|x-binary|zip|x-zip(?:-compressed)?|gzip|x-gzip|x-tar|x-bzip2?|x-7z-compressed|vnd\.rar"
    r"|x-rar(?:-compressed)?|x-msdownload|x-msdos-program|x-executable|vnd\.microsoft\.portable-executable|java-archive"
    r"|vnd\.android\.package-archive|x-apple-diskimage|x-debian-package|wasm)"
)
_READABLE = re.compile(r"\.(?:pdf|html?|xhtml|txt|md|epub|docx?|odt|rtf|ps|mp[34]|m4[av]|og[gv]|webm)$", re.IGNORECASE)
"""Endings of files to read, see or hear, which servers often declare as `application/octet-stream`."""


def no_article(link: Link, answer: Answer) -> str | None:
    """What was returned instead of a page, in words; None for a page, for what may stand for one, and for a plain link."""
    if link.role not in PAGES:
        return None
    if answer.status in _EMPTY:
        return f"empty (status {answer.status})"
    kind = _kind_of(answer)
    if kind is None or (kind == "empty" and answer.status == 206):  # of a part that no one asked for, nothing may come
        return None
    return _KINDS.get(kind)


def _kind_of(answer: Answer) -> str | None:
    if answer.page is not None and answer.page.content is not None:
        return answer.page.content
    if answer.image is not None and answer.image.format is not None:
        return "image"
    if answer.length == 0:
        return "empty"
    declared = answer.media_type or ""
    if _JSON.fullmatch(declared):
        return "json"
    if _FEED.fullmatch(declared):
        return "feed"
    if _CODE.fullmatch(declared):
        return "code"
    if declared.startswith("image/"):
        return "image"
    path = answer.url.partition("?")[0].partition("#")[0]
    return "binary" if _BINARY.fullmatch(declared) and not _READABLE.search(path) else None
