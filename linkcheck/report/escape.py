r"""Escapes untrusted text so that it cannot control a terminal or a CI log, or mislead a reader.

Control characters, bidirectional overrides, invisible characters and lone surrogates become `\x1b`-style text
(Trojan Source, CVE-2021-42574; ECMA-48 for C0 and C1). Zero-width joiners stay: emoji and several scripts need them.
"""

import re
import unicodedata
from urllib.parse import quote

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# CI runners look for commands in plain output. GitHub and Azure accept "##[...]" and "##vso[...]" anywhere in a line
# (actions/runner ActionCommand.TryParse, azure-pipelines-agent CommandParser), GitHub accepts "::...::" at the start of one
# (TryParseV2), after any white space.
_LOG_COMMAND = re.compile(r"##(?=\w*\[)")
_LEADING_COMMAND = re.compile(r"^((?:[^\S\n]|\x1b\[[0-9;]*m)*+)::", re.MULTILINE)
_LINE_END = re.compile(r"[\r\n]")
_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")

LONGEST = 500
"""Characters of one message or URL that a report for people shows."""


def visible(text: str) -> str:
    """One line that shows what is in `text` and does nothing else."""
    if text.isascii() and text.isprintable():
        return _LOG_COMMAND.sub("#\\#", text) if "##" in text else text
    return _LOG_COMMAND.sub("#\\#", _UNSAFE.sub(_escaped, text))


def log_line(line: str) -> str:
    """A finished line that no CI runner reads as a command; colors are kept.

    It runs over the whole line: two parts that are harmless alone may form a command where they meet.
    """
    if "\n" in line or "\r" in line:
        line = _LINE_END.sub(_escaped, line)
    if "::" in line:
        line = _LEADING_COMMAND.sub(r"\1\\::", line)
    return _LOG_COMMAND.sub("#\\#", line) if "##" in line else line


def clip(text: str, longest: int = LONGEST) -> str:
    """At most `longest` characters; a cut shows as an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + "\u2026"


def shown(text: str, longest: int = LONGEST) -> str:
    """`visible` and `clip` at once; the cut comes first, so a hostile megabyte costs nothing."""
    return visible(clip(text, longest))


def without_surrogates(text: str) -> str:
    """Text that has a UTF-8 form: each lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    r"""Text that XML 1.0 can hold (section 2.2): what it cannot is shown as `\x1b`; markup is still to be escaped."""
    return _XML_ILLEGAL.sub(_escaped, text)


def xml_escape(text: str) -> str:
    """Text for an element or a quoted attribute; `xml.sax.saxutils` would load an HTTP client first."""
    escaped = xml_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LEADING_COMMAND.sub(r"\1&#58;:", _LOG_COMMAND.sub("#&#35;", escaped.replace('"', "&quot;")))


def json_text(encoded: str) -> str:
    """JSON with the same meaning and without commands of a CI runner."""
    return _LOG_COMMAND.sub(r"#\\u0023", encoded) if "##" in encoded else encoded


def ascii_url(url: str) -> str:
    """A URL of printable ASCII only, for where the medium ends at a control character or a space."""
    return quote(without_surrogates(url), safe="!#$%&'()*+,/:;=?@[]~-._")


def is_web(url: str) -> bool:
    """Whether a URL may become something to click: `javascript:` and its like never do."""
    return url[:8].lower().startswith(("http://", "https://"))


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide characters take two, combining ones none (UAX 11)."""
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def crop(text: str, most: int) -> str:
    """The beginning of `text` that fits into `most` cells, with an ellipsis where it was cut."""
    if cells(text) <= most:
        return text
    kept, used = [], 1
    for character in text:
        used += _cell(character)
        if used > most:
            break
        kept.append(character)
    return "".join(kept) + "\u2026"


def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
