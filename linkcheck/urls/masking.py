"""Masks credentials in URLs for output: user names and passwords, and the values of parameters with names of credentials.

Nothing else is masked: users must be able to find a masked URL in the article, and random-looking parameters of image CDNs
are part of their URLs. The replacement is the same for every credential, and masking a masked text changes nothing. The
query of a URL can contain another URL, percent-encoded once or more. Texts are untrusted, so no part is scanned more than a
few times.
"""

import re
from bisect import bisect_left
from collections.abc import Callable

MASK = "***"
_NUMBERED = re.compile(r"\*\*\*[0-9]+")
"""The replacement of a secret in a recording, where different secrets must be distinguishable."""
_ENCODINGS = 3
"""Maximum number of times that a name is percent-encoded."""

_SCHEME = re.compile(
    r"""(?<![a-z0-9+.-]) (?: https?: [/\\]*+ | [a-z][a-z0-9+.-]{0,30}+: [/\\]{2,}+ )
    | (?: (?<=["'\s(<]) | ^ ) [/\\]{2}+                                             # a reference without one""",
    re.IGNORECASE | re.VERBOSE,
)
_AUTHORITY_ENDS = re.compile(r"[/?#\s]")
_WORD_ENDS = re.compile(r"\s")
_AT = re.compile("@")
# Up to the last '@' of the authority, or beyond it if the text after the colon is not a port, so that `u:p/w@h` and
# `u:p?w@h`, which are invalid URLs, do not show the password either.
_PASSWORD = re.compile(r"[^/?#\s\[@:]*+:(?![0-9]*+(?:[/?#\s]|$))")
# The same, percent-encoded once or more: %3A, %253A. Archives have the slashes of a page's URL also as they are.
_ENCODED_SCHEME = re.compile(r"%(?:25)*+3a(?:%(?:25)*+2f|/){2}|:(?:%(?:25)*+2f){2}", re.IGNORECASE)
_ENCODED_ENDS = re.compile(r"%(?:25)*+(?:2f|3f|23)|[/?#&\s]", re.IGNORECASE)
_ENCODED_AT = re.compile(r"%(?:25)*+40|@", re.IGNORECASE)

# The name is not possessive: Python before 3.11.5 fails if a possessive group contains a lookahead.
_PARAMETER = re.compile(
    r"(?:[?&;#]|%(?:25)*+(?:3f|26|3b|23)) ((?:(?!%(?:25)*+(?:3f|26|3b|23|3d))[^=&;\#?\s])+) (=|%(?:25)*+3d)",
    re.IGNORECASE | re.VERBOSE,
)
_VALUE_ENDS = re.compile(r"[&;#\s\"'<>]")
_ENCODED_VALUE_ENDS = re.compile(r"%(?:25)*+(?:26|3b|23)|[&;#\s\"'<>]", re.IGNORECASE)

_SECRET_WORDS = re.compile(
    r"token|secret|passw|passphrase|passcode|pwd|signature|credential|authori[sz]ation|bearer|oauth|jwt|session|csrf|xsrf|saml"
    r"|(?:api|app|access|auth|private|subscription|client|consumer|licen[cs]e|account|user|signing|encryption|master)[_.-]?key",
    re.IGNORECASE,
)
_SECRET_NAMES = frozenset(
    {
        "sig",
        "sas",
        "auth",
        "key",
        "pass",
        "pw",
        "sid",
        "sessid",
        "phpsessid",
        "jsessionid",
        "hmac",
        "hdnea",
        "hdnts",
        "hdntl",
        "code",
        "ticket",
        "otp",
        "awsaccesskeyid",
    }
)


def mask(text: str) -> str:
    """`text` (a URL, or prose that quotes some) with user names, passwords and credentials in its parameters as `***`."""
    return replace_secrets(text, lambda _secret: MASK)


def replace_secrets(text: str, put: Callable[[str], str]) -> str:
    """`text` with every secret that `mask` would mask replaced by `put(secret)`, from left to right for each kind."""
    if "@" in text:
        text = _without_users(text, _SCHEME, _AT, _AUTHORITY_ENDS, _WORD_ENDS, put=put)
    if "%" in text:
        text = _without_users(text, _ENCODED_SCHEME, _ENCODED_AT, _ENCODED_ENDS, _ENCODED_ENDS, put=put)
    return _without_values(text, put) if "=" in text or "%" in text else text


def _without_users(
    text: str,
    scheme: re.Pattern[str],
    at: re.Pattern[str],
    ends: re.Pattern[str],
    password_ends: re.Pattern[str],
    *,
    put: Callable[[str], str],
) -> str:
    signs = _starts(at, text)
    if not signs:
        return text
    users, passwords = _starts(ends, text), _starts(password_ends, text)
    shown: list[str] = []
    done = 0
    for match in scheme.finditer(text):
        start = match.end()
        limit = _next(passwords if _PASSWORD.match(text, start) else users, start, len(text))
        last = bisect_left(signs, limit) - 1
        if start >= done and last >= 0 and signs[last] >= start:
            shown += (text[done:start], put(text[start : signs[last]]))
            done = signs[last]
    return "".join(shown) + text[done:]


def _without_values(text: str, put: Callable[[str], str]) -> str:
    parameters = list(_PARAMETER.finditer(text))
    if not parameters:
        return text
    values, encoded = _starts(_VALUE_ENDS, text), _starts(_ENCODED_VALUE_ENDS, text)
    shown: list[str] = []
    done = 0
    for match in parameters:
        start = match.end()
        if start <= done:
            continue  # it is in a value that is masked
        end = _next(values if match[2] == "=" else encoded, start, len(text))
        secret = _names_a_secret(match[1]) or _NUMBERED.fullmatch(text, start, end)
        if start < end and secret:
            shown += (text[done:start], put(text[start:end]))
            done = end
    return "".join(shown) + text[done:]


def _starts(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.start() for match in pattern.finditer(text)]


def _next(places: list[int], start: int, otherwise: int) -> int:
    index = bisect_left(places, start)
    return places[index] if index < len(places) else otherwise


def _names_a_secret(name: str) -> bool:
    if "%" in name:
        from urllib.parse import unquote  # most runs do not need it

        for _ in range(_ENCODINGS):
            name = unquote(name)
    return name.lower() in _SECRET_NAMES or bool(_SECRET_WORDS.search(name))
