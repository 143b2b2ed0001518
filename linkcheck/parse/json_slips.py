"""Tables of common slips in JSON: how the text shows them, what is wrong, and what to do."""

from linkcheck.lookalikes import COLONS, QUOTES, SPACES
from linkcheck.parse.slips import Slip

_DOUBLE = "Use double quotes."
_ORDINARY = "Replace it with an ordinary space."
_COMMENT = Slip(r"(?P<at>//|/\*|#)", "JSON has no comments", "Remove the comment.")
_SPACE = Slip(rf"(?P<at>[{SPACES}])", "there is {it} here, which is not a space in JSON", _ORDINARY)
_SINGLE = Slip(r"(?P<at>')", "JSON has no single quotes", _DOUBLE)
_QUOTE = Slip(rf"(?P<at>[{QUOTES}`])", "{it} is not a quote in JSON", _DOUBLE)

KEYS = (
    _COMMENT,
    _SPACE,
    _SINGLE,
    _QUOTE,
    Slip(r"(?P<at>,)", "there is nothing before this comma", "Remove it."),
    Slip(r"(?P<at>\d{3})(?!\d)", "a number cannot contain a comma", "Remove the comma."),
    Slip(r"(?P<at>[^\s:,=\"{}\[\]]++)", "the key `{at}` must be in double quotes", "Put the key in double quotes."),
    Slip(r"(?P<at>\S)", "a key must be text in double quotes", 'Write "key": value.'),
)
"""What stands where a key should."""

AFTER_KEYS = (
    _COMMENT,
    _SPACE,
    Slip(r"(?P<at>=>?)", "the key is followed by `{at}`; JSON needs a colon there", "Replace it with a colon."),
    Slip(rf"(?P<at>[{COLONS}])", "the key is followed by {it}, not by an ordinary colon", "Use an ordinary colon."),
)
"""What stands where a colon should."""

VALUES = (
    _COMMENT,
    _SPACE,
    _SINGLE,
    _QUOTE,
    Slip(
        r"(?P<at>(?i:true|false|null))\b",
        "`{at}` must be in lowercase",
        "Write it in lowercase. If it is text, put it in double quotes.",
    ),
    Slip(
        r"(?P<at>(?i:none|nil|undefined|nan|infinity))\b", "`{at}` is not a value in JSON", "Write null, or remove the key."
    ),
    Slip(r"(?P<at>,)", "there is no value before this comma", "Remove the comma."),
    Slip(r"(?P<at>0\d++)", "a number cannot start with 0", "Remove the 0. If it is text, put it in double quotes."),
    Slip(r"(?P<at>[.+])\d", "a number cannot start with `{at}`", "Start it with a digit."),
    Slip(r"(?P<at>[^\s,\]}]++)", "`{at}` is not a value in JSON", "If it is text, put it in double quotes."),
)
"""What stands where a value should."""

AFTER_VALUES = (
    _COMMENT,
    _SPACE,
    Slip(r"(?P<at>;)", "there is a `;` after the value; JSON needs a comma there", "Replace it with a comma."),
    Slip(r"(?P<at>[\uff0c\u3001])", "the value is followed by {it}, not by an ordinary comma", "Use an ordinary comma."),
)
"""What stands where a comma or closing bracket should."""
