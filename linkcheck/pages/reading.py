"""Parses a page's head as browsers do, and extracts the facts that rules use."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from linkcheck.model import JsonLd, PageFacts
from linkcheck.pages.bounding import bounded, without
from linkcheck.pages.charset import decode
from linkcheck.pages.content import content_of
from linkcheck.pages.extent import COMMENT, HEAD_LIMIT, SCRIPT, head_end
from linkcheck.pages.heading import find_heading, text_of
from linkcheck.pages.json_ld import MARK, read_json_ld
from linkcheck.pages.link_header import parse_link_header
from linkcheck.pages.page_text import words_of
from linkcheck.pages.parking import parking_marker
from linkcheck.pages.robots import ROBOTS, hides_from_search, unavailable_after
from linkcheck.urls import InvalidUrl, parse_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MOST_URLS = 20
_LONGEST_TEXT = 500
_LONGEST_URL = 2000
READ_TYPES = frozenset(
    {"", "text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "text/xml", "application/xml"}
)
"""Media types that pages can have: XHTML is also served as XML."""

_AMP_MARKS = frozenset({"amp", "\u26a1", "\u26a1\ufe0f"})
_AMP_RUNTIME = re.compile(r"https://(?:cdn\.ampproject\.org|ampjs\.org)/(?:lts/|rtv/\d+/)?v0\.m?js")
_REFRESH = re.compile(r"\s*(\d{1,6})(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_AT_ONCE = 10  # seconds: an earlier refresh is a redirect, a later one reloads an ordinary page
_LINK_TAG = re.compile(rb"<link\s[^<>]{0,3000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"\srel\s*=\s*[\"']?[^\"'=]{0,100}\bcanonical\b", re.IGNORECASE)
_HREF = re.compile(rb"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input\s[^<>]{0,2000}?\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_HEADING = re.compile(rb"<h1[\s>][^<>]{0,2000}</h1", re.IGNORECASE)
_LONGEST_WORDLESS = 8 * 1024
_FEW_LETTERS = 40
_BODY_LIMIT = 256 * 1024
_HEADING_LIMIT = 64 * 1024
_DECLARED_WITHIN = 1024  # where a page declares its character set (WHATWG HTML, 13.2.3.2)
_FLOOR = 64 * 1024
"""Minimum that is read of every page (`fetch.probe_page`); bytes beyond it are not searched for JSON-LD."""


class _FoundTags:
    """The tags found so far in a head."""

    def __init__(self, url: str) -> None:
        self.base = url
        self.canonicals: list[str] = []
        self.amphtml: list[str] = []
        self.meta: dict[str, str] = {}
        self.title: str | None = None
        self.refresh: str | None = None
        self.refresh_seconds: int | None = None
        self.noindex = False
        self.unavailable_after: str | None = None
        self.runtime = False


def read_page(
    head: bytes,
    *,
    url: str,
    content_type: str | None = None,
    link_headers: Iterable[str] = (),
    robots_headers: Iterable[str] = (),
    refresh_header: str | None = None,
    complete: bool = True,
) -> PageFacts:
    """What the page at `url` declares about itself. Never raises, whatever the bytes.

    `head` contains the page's first bytes, up to `head_end` or beyond; the part of the body that came with it is searched
    for a misplaced canonical, a password field and the main heading. `link_headers` and `robots_headers` are the values of
    `Link` and `X-Robots-Tag`. `refresh_header` is the value of `Refresh`, which takes precedence over one in the page (HTML
    standard, "shared declarative refresh steps"). `complete` is true if `head` is the whole page.
    """
    found = _FoundTags(url)
    if refresh_header:
        _read_refresh(refresh_header, found)
        found.refresh = found.refresh and _resolve(found.refresh, url)
    canonicals, amphtml = _header_links(link_headers, url)
    robots = tuple(robots_headers)
    noindex = any(map(hides_from_search, robots))
    unavailable = next(filter(None, map(unavailable_after, robots)), None)
    media_type = (content_type or "").partition(";")[0].strip().lower()
    content = content_of(head, complete=complete)
    if media_type not in READ_TYPES or content is not None or not head:
        raw = tuple(dict.fromkeys(canonicals))
        return PageFacts(
            canonicals=_resolved(raw, url),
            raw_canonicals=raw,
            amphtml=_resolved(amphtml, url),
            noindex=noindex,
            unavailable_after=unavailable,
            content=content,
        )

    end = head_end(head)
    cut = len(head) if end is None else end
    marks, lang = _read_head(decode(bounded(head[:cut]), content_type), found)
    rest = head[cut : cut + _BODY_LIMIT] if end is not None else b""
    body = cut if end is not None else 0
    heading = find_heading(head[body:][:_HEADING_LIMIT], head[:body])
    raw = tuple(dict.fromkeys([*canonicals, *found.canonicals]))[:_MOST_URLS]
    meta = found.meta
    return PageFacts(
        title=found.title,
        heading=None if heading is None else _heading(heading, head, content_type),
        canonicals=_resolved(canonicals, url, found.canonicals, found.base),
        raw_canonicals=raw,
        canonical_in_body=None if raw else _canonical_in_body(head, found.base),
        amphtml=_resolved(amphtml, url, found.amphtml, found.base),
        is_amp=bool(marks & _AMP_MARKS),
        has_amp_runtime=found.runtime,
        noindex=noindex or found.noindex,
        unavailable_after=unavailable or found.unavailable_after,
        og_title=_line(meta.get("og:title") or "") or None,
        og_url=_resolve(meta.get("og:url"), found.base),
        og_image=_resolve(meta.get("og:image") or meta.get("og:image:url"), found.base),
        og_image_width=_pixels(meta.get("og:image:width")),
        og_image_height=_pixels(meta.get("og:image:height")),
        twitter_image=_resolve(meta.get("twitter:image") or meta.get("twitter:image:src"), found.base),
        json_ld=_json_ld(head[: max(cut, _FLOOR)], url, found),
        published=_line(meta.get("article:published_time") or meta.get("datepublished") or "") or None,
        refresh=found.refresh and _resolve(found.refresh, found.base),
        refresh_seconds=found.refresh_seconds,
        lang=lang,
        site_name=_line(meta.get("og:site_name") or "") or None,
        parking=parking_marker(head, url) if not raw and not meta.get("og:title") else None,
        is_wordless=complete and not raw and _is_wordless(head),
        has_password_field=b"password" in rest and _PASSWORD.search(rest) is not None,
        truncated=end == HEAD_LIMIT or (end is None and not complete),
    )


def _is_wordless(data: bytes) -> bool:
    return len(data) <= _LONGEST_WORDLESS and len(words_of(_HEADING.sub(b"", data), title=False)) <= _FEW_LETTERS


def _heading(found: bytes, head: bytes, content_type: str | None) -> str | None:
    """The text of a heading, in the character set that the start of the page declares."""
    text = decode(head[:_DECLARED_WITHIN] + b"\n<" + found, content_type)
    return _line(text_of(text.rpartition("<")[2])) or None


def _json_ld(data: bytes, url: str, found: _FoundTags) -> JsonLd | None:
    if MARK not in data:
        return None
    own = (url, *_resolved((), "", found.canonicals, found.base))
    return read_json_ld(data, base=found.base, addresses=frozenset(own))


def _read_head(text: str, found: _FoundTags) -> tuple[frozenset[str], str | None]:
    """Walk the children of the head; returns the names of the root's attributes and its language."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    node = tree.head.child if tree.head is not None else None
    while node is not None:
        tag = node.tag
        if tag == "meta":
            _read_meta(node.attributes, found)
        elif tag == "link":
            _read_link(node.attributes, found)
        elif tag == "title":
            if found.title is None:
                found.title = _line(node.text())
        elif tag == "script":
            found.runtime = found.runtime or _AMP_RUNTIME.fullmatch(node.attributes.get("src") or "") is not None
        elif tag == "base":
            _read_base(node, found)
        node = node.next
    root = tree.root.attributes if tree.root is not None else {}
    return frozenset(root), _line(root.get("lang") or "") or None


def _read_base(node: "LexborNode", found: _FoundTags) -> None:
    href = node.attributes.get("href")
    if href:
        found.base = _resolve(href, found.base) or found.base


def _read_link(attributes: dict[str, str | None], found: _FoundTags) -> None:
    relations = (attributes.get("rel") or "").lower().split()
    href = (attributes.get("href") or "").strip()
    if "canonical" in relations:
        found.canonicals.append(href[:_LONGEST_URL])
    if "amphtml" in relations and href:
        found.amphtml.append(href)


def _read_meta(attributes: dict[str, str | None], found: _FoundTags) -> None:
    content = attributes.get("content")
    if not content:
        return
    if "http-equiv" in attributes:
        if (attributes["http-equiv"] or "").lower() == "refresh":
            _read_refresh(content, found)
        return
    name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").strip().lower()
    if name in ROBOTS:
        found.noindex = found.noindex or hides_from_search(content)
        found.unavailable_after = found.unavailable_after or unavailable_after(content)
    elif name:
        found.meta.setdefault(name, content if len(content) <= _LONGEST_TEXT else content[:_LONGEST_TEXT])


def _read_refresh(content: str, found: _FoundTags) -> None:
    if found.refresh is None:
        found.refresh, found.refresh_seconds = _refresh(content) or (None, None)


def refresh_target(content: str) -> str | None:
    """The URL, as written, that a refresh leads to within seconds; None if it has none or happens later."""
    read = _refresh(content)
    return read and read[0]


def _refresh(content: str) -> tuple[str, int] | None:
    match = _REFRESH.match(content[:_LONGEST_URL])
    target = match[2].strip() if match else ""
    return (target, int(match[1])) if match and target and int(match[1]) <= _AT_ONCE else None


def _header_links(values: Iterable[str], url: str) -> tuple[list[str], list[str]]:
    canonicals: list[str] = []
    amphtml: list[str] = []
    for value in values:
        for link in parse_link_header(value):
            if link.anchor and _resolve(link.anchor, url) != _resolve(url, url):
                continue  # about another page
            if "canonical" in link.rel:
                canonicals.append(link.target[:_LONGEST_URL])
            if "amphtml" in link.rel:
                amphtml.append(link.target)
    return canonicals, amphtml


def _resolved(headers: Iterable[str], url: str, elements: Iterable[str] = (), base: str = "") -> tuple[str, ...]:
    """Distinct absolute URLs without empty ones. Headers are resolved against the page's URL, elements against `<base>`."""
    found = [_resolve(each, url) for each in headers if each]
    found += [_resolve(each, base) for each in elements if each]
    return tuple(dict.fromkeys(each for each in found if each))[:_MOST_URLS]


def _resolve(reference: str | None, base: str) -> str | None:
    if reference is None:
        return None
    try:
        return parse_url(reference, base).href
    except InvalidUrl:
        return None


def _line(text: str) -> str:
    """The text on one line, with a limited length."""
    return " ".join(text[: _LONGEST_TEXT * 4].split())[:_LONGEST_TEXT]


def _pixels(value: str | None) -> int | None:
    digits = (value or "").strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else None


def _canonical_in_body(data: bytes, base: str) -> str | None:
    """A canonical link in the body, where browsers and search engines ignore it."""
    if b"canonical" not in data:
        return None
    shown = without(data[:_BODY_LIMIT], (COMMENT, SCRIPT), keep=())
    for tag in _LINK_TAG.findall(shown):
        href = _HREF.search(tag)
        if href and _CANONICAL.search(tag):
            value = next(group for group in href.groups() if group is not None)
            return _resolve(value[:_LONGEST_URL].decode("utf-8", "replace").replace("&amp;", "&").strip(), base)
    return None
