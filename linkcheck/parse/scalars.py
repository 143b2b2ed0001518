"""The type of a plain YAML scalar, by the core schema of YAML 1.2.2, section 10.3.2.

Dates stay strings, as do `no`, `on` and `12:30`, which YAML 1.1 interprets differently. A number that JSON cannot
represent (`.nan`, `.inf`, `1e999`, thousands of digits) cannot be validated: `NotJsonError`.
"""

import re
from math import isinf

from linkcheck.parse.limits import MAX_DIGITS

CORE = "tag:yaml.org,2002:"

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_FIRST = frozenset("0123456789+-.")
"""The first characters of numbers."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o([0-7]+)|0x([0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NotJsonError(ValueError):
    """A number that JSON cannot represent."""


def is_certainly_text(text: str) -> bool:
    """Whether a plain scalar is text, as its first character and a look-up show for nearly all that are."""
    return text not in _WORDS and text[0] not in _FIRST


def resolve(text: str) -> bool | int | float | str | None:
    """The value of a plain scalar. Raises `NotJsonError`."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST:
        return text
    if _INTEGER.fullmatch(text):
        return _integer(text, 10)
    if _FLOAT.fullmatch(text):
        return finite(text)
    if text[0] == "0" and (based := _BASED.fullmatch(text)):
        octal, hexadecimal = based.groups()
        return _integer(octal, 8) if octal else _integer(hexadecimal, 16)
    if "." in text and _NOT_FINITE.fullmatch(text):
        raise NotJsonError("is a number that JSON cannot represent")
    return text


def _integer(digits: str, base: int) -> int:
    if len(digits) > MAX_DIGITS:
        raise NotJsonError(f"is a number of {len(digits):,} digits, more than the {MAX_DIGITS} that are read")
    return int(digits, base)


def finite(text: str) -> float:
    """A decimal number. Raises `NotJsonError` if it is too large for a float, or far too long."""
    if len(text) > MAX_DIGITS:
        raise NotJsonError(f"is a number of {len(text):,} characters, more than the {MAX_DIGITS} that are read")
    value = float(text)
    if isinf(value):
        raise NotJsonError("is too large for a number")
    return value


def is_text(value: str) -> bool:
    """False if the string contains half a surrogate pair, which UTF-8 cannot represent."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
