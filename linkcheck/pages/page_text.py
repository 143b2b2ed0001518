"""The text of a small page that is in its markup."""

import html
import re

from linkcheck.pages.bounding import without
from linkcheck.pages.extent import COMMENT, NOSCRIPT, SCRIPT, STYLE, Block

_TITLE: Block = (b"<title", b"</title")
_TAG = re.compile(rb"<[^<>]{0,2000}>")


def words_of(data: bytes, *, title: bool = True) -> str:
    """The text outside of scripts, styles and comments, without tags; with or without the page's title."""
    blocks = (COMMENT, SCRIPT, STYLE, NOSCRIPT) if title else (COMMENT, SCRIPT, STYLE, NOSCRIPT, _TITLE)
    text = _TAG.sub(b" ", without(data, blocks, keep=()))
    return " ".join(html.unescape(text.decode("utf-8", "replace")).split())
