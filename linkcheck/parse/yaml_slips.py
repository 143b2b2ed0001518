"""Tables of common slips in YAML: how the text shows them, what is wrong, and what to do.

Every pattern runs in linear time.
"""

import re

from linkcheck.lookalikes import BULLETS, COLONS, DASHES, QUOTES, SPACES
from linkcheck.parse.slips import FENCE_END, QUOTE_IT, Slip

_COLON_AFTER_KEY = "Put a colon and a space after the key."
_ORDINARY_SPACE = "Replace it with an ordinary space."
_INDENT_HINT = "Remove it. Use only ordinary spaces for indentation."
_NO_FENCE = "this line does not close the front matter"
_FENCE_HINT = "Close it with a line of exactly three hyphens: ---"
_WORD = rf"(?P<key>[^\s{COLONS}:=\"'{{}}\[\],&*#?|<>!%@`-][^\s{COLONS}:=\"'{{}}\[\],]*+)"

LOOKALIKES = (
    Slip(
        rf"{_WORD}[ \t]*+(?P<at>[{COLONS}])",
        "`{key}` is followed by {it}, not by an ordinary colon",
        "Replace it with an ordinary colon and a space.",
    ),
    Slip(
        rf"{_WORD}:(?P<at>[{SPACES}])",
        "the colon of `{key}` is followed by {it}, not by an ordinary space",
        _ORDINARY_SPACE,
    ),
    Slip(
        rf"-(?P<at>[{SPACES}])",
        "the `-` of a list entry is followed by {it}, not by an ordinary space",
        _ORDINARY_SPACE,
    ),
    Slip(
        rf"(?P<at>[{DASHES}{BULLETS}])[ \t{SPACES}]*+[^\s{DASHES}:]",
        "the line starts with {it}, which does not start a list entry in YAML",
        "Start the entry with a hyphen and a space.",
    ),
)
"""Lines that are read as a text, or with another key, because of a character that only looks like YAML."""

LINES = (
    *LOOKALIKES,
    Slip(
        rf"(?P<at>[{SPACES}]++)",
        "the line starts with {it}, which is not indentation in YAML",
        _INDENT_HINT,
    ),
    Slip(
        rf"(?P<at>(?:--|-{{4,}}+|[{DASHES}]++)){FENCE_END}",
        _NO_FENCE,
        _FENCE_HINT,
    ),
    Slip(
        r"(?P<at>-)[^\s-]",
        "there is no space after the `-` of a list entry",
        "Put a space after the hyphen.",
    ),
    Slip(
        r"(?P<at>//|/\*|<!--|;)",
        "`{at}` does not start a comment in YAML",
        "Start the comment with # instead.",
    ),
    Slip(
        rf"{_WORD}(?P<at>:)[^\s:]",
        "there is no space after the colon of `{key}`",
        "Put a space after the colon.",
    ),
    Slip(
        rf"{_WORD}[ \t]*+(?P<at>=)",
        "`{key}` is followed by `=`; YAML needs a colon there",
        "Replace the = with a colon and a space.",
    ),
    Slip(
        r"(?P<key>[\w.-]++)(?P<at>[ \t]++)[\"'\[{]",
        "there is no colon after `{key}`",
        _COLON_AFTER_KEY,
    ),
    Slip(
        r"(?P<key>\"[^\"\r\n]*+\"|'[^'\r\n]*+')(?P<at>[ \t]++)[^\s:]",
        "there is no colon after `{key}`",
        _COLON_AFTER_KEY,
    ),
)
"""Lines in which the parser finds no key."""

TAB = ("this is a tab, but YAML allows only spaces here", "Replace the tab with spaces.")

VALUES = (
    Slip(rf"(?P<at>[*`]{{3,}}+){FENCE_END}", _NO_FENCE, _FENCE_HINT),
    Slip(
        r"(?P<at>\*)[ \t]",
        "no list entry and no value can start with `* `",
        "Start list entries with a hyphen and a space. Put text in quotes.",
    ),
    Slip(r"(?P<at>`)", "{part} cannot start with a backtick", QUOTE_IT),
    Slip(r"(?P<at>[@%])", "{part} cannot start with `{at}`", QUOTE_IT),
    Slip(r"(?P<at>\*)", "{part} that starts with `*` is an alias in YAML, not text", QUOTE_IT),
    Slip(r"(?P<at>&)", "{part} that starts with `&` is an anchor in YAML, not text", QUOTE_IT),
    Slip(r"(?P<at>!)", "{part} that starts with `!` is a tag in YAML, not text", QUOTE_IT),
    Slip(
        r"(?P<at>[|>])",
        "`{at}` announces text on the lines below, so no text can follow it on this line",
        "Put the value in quotes, or move the text to the next line and indent it.",
    ),
    Slip(r"(?P<at>\?)", "{part} cannot start with `? `", QUOTE_IT),
    Slip(
        r"(?P<at>-)",
        "a list entry (`- `) must be on a line of its own",
        "Move it to the next line. If it is text, put it in quotes.",
    ),
    Slip(r"(?P<at>[,\]}])", "{part} cannot start with `{at}`", QUOTE_IT),
    Slip(r"(?P<at>\t)", *TAB),
)
"""Values, or lines, that cannot start as they do."""

KEYS = (
    Slip(
        rf"(?P<at>[{SPACES}])",
        "the key starts with {it}, which is not indentation in YAML",
        _INDENT_HINT,
    ),
    Slip(
        rf"(?s:.*)(?P<at>[{SPACES}])\Z",
        "the key ends with {it}, which is part of the key in YAML",
        "Remove it.",
    ),
    Slip(
        rf"-(?P<at>[{SPACES}])",
        "the `-` of a list entry is followed by {it}, not by an ordinary space",
        _ORDINARY_SPACE,
    ),
    Slip(
        rf"(?P<at>[{DASHES}{BULLETS}])[ \t{SPACES}]",
        "the key starts with {it}, which does not start a list entry in YAML",
        "Start the entry with a hyphen and a space.",
    ),
    Slip(
        rf"(?P<at>[{QUOTES}])(?s:.*)[{QUOTES}]\Z",
        "the key is in typographic quotes, which are part of the key in YAML",
        "Remove them.",
    ),
)
"""Keys that are valid, but not meant."""


ENTRIES = (LOOKALIKES[2],)
"""Texts on lines of their own that are valid, but not meant."""

INDENTED_FENCE = "an indented `---` does not close the front matter"
INDENTED_FENCE_HINT = "Remove the spaces before it."


def indented_fence(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of an indented `---` on a line of its own."""
    found = re.compile(rf"[\r\n][ \t]++(---){FENCE_END}").search(text, start, end)
    return None if found is None else found.span(1)
