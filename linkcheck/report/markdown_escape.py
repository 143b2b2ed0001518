"""Sentences with untrusted text, as Markdown without links, mentions or HTML from that text.

Plain words stay prose. Every other word (a URL, `@team`, `#1`, `<b>`, `GH-1`, a long hexadecimal number) goes into a
code span, where GitHub and GitLab make no mention, reference, link, image or HTML of it.
"""

import re
from collections.abc import Iterable, Iterator

from linkcheck.report.escape import shown

# Letters with at most one inner apostrophe or hyphen, or a short number; then what may close a clause, and can also follow a
# code span.
_PLAIN = re.compile(r"\(?(?:[^\W\d_]+(?:['\u2019-][^\W\d_]+)?|\d{1,6}|[=\u00d7\u2192])\)?[,.;:?]?|\)?[,.;:?]")
# Where it begins a line, an item of a list (CommonMark 5.2), or what makes a heading of the line before (4.3).
_BLOCK_START = re.compile(r"\d+[.)]|=")
_REFERENCE = re.compile(r"[A-Z]{2,}-|\(?[0-9a-fA-F]{7,}\b")
_SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
# A title that a message quotes.
_QUOTED = re.compile(r"""(?<!\S)(\(?)('[^']*(?:'\w[^']*)*'|"[^"]*")([),.;:?]*)(?!\S)""")
_TICKS = re.compile("`+")


def code_span(text: str, longest: int = 500) -> str:
    """A code span that is closed correctly, whatever backticks the text has (CommonMark 6.1).

    There must be no backtick directly before or after it: the two runs would be one, and close nothing.
    """
    inner = shown(text, longest)
    fence = "`" * (max((len(ticks) for ticks in _TICKS.findall(inner)), default=0) + 1)
    padding = " " if inner.startswith("`") or inner.endswith("`") or not inner.strip() else ""
    return f"{fence}{padding}{inner or ' '}{padding}{fence}"


def fence_for(lines: Iterable[str]) -> str:
    """The fence of a code block that no line of its content can close (CommonMark 4.5)."""
    return "`" * max(3, 3, *(len(ticks) + 1 for line in lines for ticks in _TICKS.findall(line)))


def cell(text: str, longest: int = 80) -> str:
    """A code span for a table's cell, which a `|` would end even there (GFM 4.10)."""
    return code_span(text.replace("|", "%7C"), longest)


def prose(text: str) -> str:
    """A sentence, its unusual words in code spans; text between backticks or quotation marks stays one span."""
    joined = ""
    for index, part in enumerate(_SPAN.split(shown(text).strip(" "))):
        for piece in (code_span(part),) if index % 2 else _pieces(part):
            # Two adjacent code spans would not be closed: neither run of backticks has the length that closes the other.
            joined += f" {piece}" if joined.endswith("`") and piece.startswith("`") else piece
    return joined


def _pieces(text: str) -> Iterator[str]:
    end = 0
    for quoted in _QUOTED.finditer(text):
        yield _words(text[end : quoted.start()])
        yield f"{quoted[1]}{code_span(quoted[2])}{quoted[3]}"
        end = quoted.end()
    yield _words(text[end:])


def _words(text: str) -> str:
    parts: list[tuple[bool, str]] = []
    for word in text.split(" "):
        # What is within the parenthesis may be a span.
        plain = word in ("", "(") or (_PLAIN.fullmatch(word) is not None and _REFERENCE.match(word) is None)
        if parts and not plain and not parts[-1][0]:
            parts[-1] = (False, f"{parts[-1][1]} {word}")
        else:
            parts.append((plain, word))
    if parts[0][0] and _BLOCK_START.fullmatch(parts[0][1]):
        parts[0] = (False, parts[0][1])
    return " ".join(word if plain else _code_word(word) for plain, word in parts)


def _code_word(word: str) -> str:
    """The code span of a word, what closes the clause left outside."""
    closing = word[-1] if len(word) > 1 and word[-1] in ",;:." else ""
    return code_span(word.removesuffix(closing) if closing else word) + closing
