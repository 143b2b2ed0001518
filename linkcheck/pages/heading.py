"""The main heading of a page: the text of its first visible `<h1>`."""

import html
import re
from collections.abc import Iterator

from linkcheck.pages.bounding import bounded, without
from linkcheck.pages.extent import COMMENT, NOSCRIPT, SCRIPT, STYLE, Block, spans
from linkcheck.pages.notices import is_notice, mentions_missing

_TEMPLATE: Block = (b"<template", b"</template")
_TEXTAREA: Block = (b"<textarea", b"</textarea")
_UNSEEN = (COMMENT, SCRIPT, STYLE, NOSCRIPT, _TEMPLATE, _TEXTAREA)
_OPENER = re.compile(rb"<h1(?=[\s>/])[^<>]{0,2000}>", re.IGNORECASE)
_END = re.compile(rb"</h1|<h[2-6][\s>]|</body", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING_WORDS = frozenset(
    (
        *(
            "hidden",
            "hide",
            "none",
            "invisible",
            "cloak",
            "collapse",
            "offscreen",
            "sr",
            "modal",
            "overlay",
            "popup",
            "dialog",
        ),
        *("offcanvas", "lightbox", "drawer", "toast", "template"),
    )
)
"""Words in class names of hidden elements: `d-none`, `is-hidden`, `modal-body`, `sr-only`."""
_HIDING_ATTRIBUTES = frozenset(
    (
        *("hidden", "inert", "aria-modal", "v-cloak", "v-if", "v-else", "v-else-if", "v-show", "x-cloak", "x-show", "x-if"),
        *("ng-cloak", "ng-if", "ng-show", "ng-hide", "*ngif", "data-ng-if", "data-ng-show", "popover"),
    )
)
_EMPTY_ROOT = re.compile(
    rb"<div\s[^<>]{0,200}?\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|app-root|main-app)\b[^<>]{0,200}>\s{0,200}</div",
    re.IGNORECASE,
)
"""Elements in which a script renders the page: the script decides whether the rest of the body is visible."""
_LONG_TEXT = 600
"""Bytes of text in paragraphs: a "not found" page has a sentence or two."""
_LONGEST_PARAGRAPH = 16 * 1024
_WORD = re.compile(r"[a-z]+")
_SELECTOR = re.compile(r"[.#][\w-]{1,100}")
_MARKUP = re.compile(rb"<!--.{0,500}?-->|<[^<>]{0,2000}>", re.DOTALL)
_MOST_BYTES = 8 * 1024
_MOST_HEADINGS = 20


def find_heading(data: bytes, head: bytes = b"") -> bytes | None:
    """The bytes of the first visible heading without tags; None if there is none. `head` contains the bytes before `data`.

    Headings in comments, scripts and templates do not count. A heading with a "not found" notice counts only if it is the
    only one, nothing may hide it, and no text as in articles follows: pages with scripts contain such notices for later
    use, and only a browser can determine whether an element is visible.
    """
    notice = None
    for found, at in _headings(data):
        if not _reads_like_a_notice(found):
            return found
        notice = (found, at) if notice is None else notice
    if notice is None or _EMPTY_ROOT.search(data) or _has_long_text(data) or not _is_shown(data[: notice[1]], head):
        return None
    return notice[0]


def _headings(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The headings outside of code, with the offset of the text of each."""
    # Upper case is searched for only if the previous tag uses it: each search takes as long as all the rest.
    at = data.find(b"<H1" if data[:6].isupper() else b"<h1")
    for _ in range(_MOST_HEADINGS):
        opener = _OPENER.search(data, at) if at >= 0 else None
        if opener is None:
            return
        at = opener.end()
        closed = _end_of_unseen(data, opener.start())
        if closed is not None:
            at = closed
            continue
        stop = min(at + _MOST_BYTES, len(data))
        end = _END.search(data, at, stop)
        found = _MARKUP.sub(b" ", data[at : stop if end is None else end.start()])
        if found.strip():
            yield found, at


def _end_of_unseen(data: bytes, at: int) -> int | None:
    """The end of the comment, script or template that contains `at`; None if there is none."""
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
    """A heading's text, with character references decoded."""
    return html.unescape(heading)


def _has_long_text(data: bytes) -> bool:
    size = 0
    for paragraph in without(data, (COMMENT, SCRIPT, STYLE), keep=()).split(b"<p")[1:]:
        if paragraph[:1] in b" >\n":
            text = paragraph[:_LONGEST_PARAGRAPH].partition(b"</p")[0].partition(b">")[2]
            size += len(_MARKUP.sub(b"", text).strip())
    return size > _LONG_TEXT


def _is_shown(markup: bytes, head: bytes) -> bool:
    """Whether no element around the heading at the end of `markup` may be hidden, by its attributes or a style."""
    from selectolax.lexbor import LexborHTMLParser

    mark = b'<i data-here=""></i>'
    node = LexborHTMLParser((bounded(markup) + mark).decode("utf-8", "replace")).css_first("i[data-here]")
    hiding = _hiding_selectors(head + markup)
    while node is not None:
        if node.tag == "dialog" or _may_be_hidden(node.attributes, hiding):
            return False
        node = node.parent
    return True


def _may_be_hidden(attributes: dict[str, str | None], hiding: frozenset[str]) -> bool:
    if not _HIDING_ATTRIBUTES.isdisjoint(attributes) or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("role") in ("dialog", "alertdialog", "search") or _HIDDEN.search(attributes.get("style") or ""):
        return True
    classes = (attributes.get("class") or "").lower().split()
    names = {f".{each}" for each in classes} | {f"#{(attributes.get('id') or '').lower()}"}
    words = {word for each in classes if not each.startswith("overflow-") for word in _WORD.findall(each)}
    return not _HIDING_WORDS.isdisjoint(words) or not hiding.isdisjoint(names)


def _hiding_selectors(markup: bytes) -> frozenset[str]:
    """The classes and ids, as `.name` and `#name`, that a `<style>` of the page hides."""
    found: set[str] = set()
    for start, stop in spans(markup, (COMMENT, STYLE), 0, len(markup)):
        if markup.startswith(STYLE[0], start):
            for rule in markup[start:stop].decode("utf-8", "replace").lower().split("}"):
                selectors, _, declared = rule.rpartition("{")
                if _HIDDEN.search(declared):
                    found.update(_SELECTOR.findall(selectors))
    return frozenset(found)
