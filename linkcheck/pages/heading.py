"""The main heading of a page: the text of its first `<h1>`, as far as readers see it."""

import html
import re

from linkcheck.pages.bounding import bounded
from linkcheck.pages.extent import COMMENT, NOSCRIPT, SCRIPT, STYLE, Block
from linkcheck.pages.notices import is_notice, mentions_missing

_TEMPLATE: Block = (b"<template", b"</template")
_TEXTAREA: Block = (b"<textarea", b"</textarea")
_UNSEEN = (COMMENT, SCRIPT, STYLE, NOSCRIPT, _TEMPLATE, _TEXTAREA)
_OPENER = re.compile(rb"<h1(?=[\s>/])[^<>]{0,2000}>", re.IGNORECASE)
_END = re.compile(rb"</h1|<h[2-6][\s>]|</body", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MARKUP = re.compile(rb"<!--.{0,500}?-->|<[^<>]{0,2000}>", re.DOTALL)
_MOST_BYTES = 8 * 1024
_MOST_HEADINGS = 20


def find_heading(data: bytes) -> bytes | None:
    """The bytes of the first heading that is seen, tags aside; None where there is none.

    What stands in comments, scripts and templates is none. Whether an element around it is hidden takes a parser, so only
    one that reads like a notice is held to that: pages of scripts keep such notices until they are needed.
    """
    # Upper case is looked for where the tag before is in it: each search costs as much as all the rest.
    at = data.find(b"<H1" if data[:6].isupper() else b"<h1")
    for _ in range(_MOST_HEADINGS):
        opener = _OPENER.search(data, at) if at >= 0 else None
        if opener is None:
            return None
        at = opener.end()
        closed = _end_of_unseen(data, opener.start())
        if closed is not None:
            at = closed
            continue
        stop = min(at + _MOST_BYTES, len(data))
        end = _END.search(data, at, stop)
        found = _MARKUP.sub(b" ", data[at : stop if end is None else end.start()])
        if found.strip() and (not _reads_like_a_notice(found) or _is_shown(data[:at])):
            return found
    return None


def _end_of_unseen(data: bytes, at: int) -> int | None:
    """Where the comment, script or template ends that `at` lies in; None where it lies in none."""
    for opener, closer in _UNSEEN:
        start = data.rfind(opener, 0, at)
        if start >= 0 and data.find(closer, start + 2, at) < 0:
            end = data.find(closer, at)
            return len(data) if end < 0 else end
    return None


def _reads_like_a_notice(found: bytes) -> bool:
    text = text_of(found.decode("utf-8", "replace"))
    return mentions_missing(text) or is_notice(text)


def text_of(heading: str) -> str:
    """A heading's text, character references read."""
    return html.unescape(heading)


def _is_shown(markup: bytes) -> bool:
    """Whether no element around the heading with which `markup` ends is hidden."""
    from selectolax.lexbor import LexborHTMLParser

    mark = b'<i data-here=""></i>'
    node = LexborHTMLParser((bounded(markup) + mark).decode("utf-8", "replace")).css_first("i[data-here]")
    while node is not None:
        attributes = node.attributes
        if (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or _HIDDEN.search(attributes.get("style") or "")
        ):
            return False
        node = node.parent
    return True
