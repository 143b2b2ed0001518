"""What the way of a text into an article left in it: HTML character references, and UTF-8 that was read as Windows-1252."""

import re

_REFERENCE = re.compile(r"&(?:amp;){0,8}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,500}>|&(?:amp;){0,8}(?:lt|gt|#0*6[02]|#[xX]0*3[cCeE]);|`", re.IGNORECASE)
"""What shows that a text is markup, or about markup: a tag, an escaped angle bracket, code."""
_DEPTH = 3
"""How often an ampersand may have been escaped again."""
_MOJIBAKE = re.compile(
    r"\u00e2\u20ac[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    r"|\u00f0\u0178[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2}"
    r"|(?<=[a-z])\u00c3[\u00a0-\u00aa\u00ac-\u00ba\u00bc-\u00bf]|\u00c3[\u00a0-\u00aa\u00ac-\u00ba\u00bc-\u00bf](?=[a-z])"
    r"|(?<![^\W\d_])\u00c2[\u00a0\u00a1\u00a3\u00a7\u00a9\u00ae\u00b0-\u00b3\u00b7\u00bc-\u00bf]"
)
"""Quotation marks and dashes, emoji, letters within a word, and signs, each as Windows-1252 shows its bytes in UTF-8.

A capital A with a tilde or circumflex is a letter of its own, so the last two count only where no language puts it.
"""
_INVISIBLE = "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f"
"""Characters that show nothing and may be written into an article all the same."""


def leftovers(text: str) -> tuple[str, ...]:
    """The references and garbled characters of a text that are not meant to be there, in order, each once.

    A text with tags, code or escaped angle brackets is markup, or speaks of it: nothing of it is a leftover.
    """
    if ("&" not in text and _MOJIBAKE.search(text) is None) or _MARKUP.search(text) is not None:
        return ()
    found = [(match.start(), match[0]) for match in _REFERENCE.finditer(text) if _is_left(text, match)]
    found += [(match.start(), match[0]) for match in _MOJIBAKE.finditer(text) if _ungarbled(match) != match[0]]
    return tuple(dict.fromkeys(part for _, part in sorted(found)))


def without_leftovers(text: str) -> str:
    """The text with each leftover as the character it stands for; those that stand for control characters stay."""
    plain = _REFERENCE.sub(lambda match: _decoded(match[0]) if _is_left(text, match) else match[0], text)
    return _MOJIBAKE.sub(_ungarbled, plain)


def is_certain(leftover: str) -> bool:
    """Whether there is only one way to read a leftover: a reference that was escaped once."""
    return leftover.startswith("&") and not (leftover.startswith("&amp;") and leftover != "&amp;")


def _is_left(text: str, match: re.Match[str]) -> bool:
    """Whether a reference stands for a character, and is not itself what the text speaks of: `"&nbsp;"`."""
    quoted = text[match.start() - 1 : match.start()] in ("'", '"', "\u201c", "\u2018") and text[
        match.end() : match.end() + 1
    ] in ("'", '"', "\u201d", "\u2019")
    return not quoted and _decoded(match[0]) != match[0]


def _decoded(reference: str) -> str:
    from html import unescape  # most articles need none of its tables

    plain = reference
    for _ in range(_DEPTH):
        plain = unescape(plain)
    # Of a name that HTML does not know, only a beginning may have been replaced: `&notice;`.
    shown = len(plain) <= 2 and not plain.startswith("&#") and (plain == "&" or "&" not in plain)
    fit = plain != "\ufffd" and all(each.isprintable() or each in _INVISIBLE for each in plain)
    return plain if plain and shown and fit else reference


def _ungarbled(match: re.Match[str]) -> str:
    # Windows-1252 has no character for five bytes; they were kept as control characters.
    raw = b"".join(each.encode("cp1252", "ignore") or each.encode("latin-1", "ignore") for each in match[0])
    plain = raw.decode("utf-8", "ignore")
    return plain if len(plain) == 1 else match[0]
