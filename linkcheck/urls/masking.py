"""Secrets in URLs, hidden for showing.

Only what is secret is replaced, the rest of the text stays as it was: a masked URL must still be found in the article.
The replacement is the same for every secret, and masking a masked text changes nothing. A URL may stand in the query of
another one, percent-encoded, and encoded again. Texts come from articles, so no part is looked at more than a few times.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from math import log2

MASK = "***"
_NUMBERED = re.compile(r"\*\*\*[0-9]+")
"""What stands for a secret in a recording, where different ones must not look alike."""
_ENCODINGS = 3
"""How often a name may be percent-encoded."""

_SCHEME = re.compile(
    r"""(?<![a-z0-9+.-]) (?: https?: [/\\]*+ | [a-z][a-z0-9+.-]{0,30}+: [/\\]{2,}+ )
    | (?: (?<=["'\s(<]) | ^ ) [/\\]{2}+                                             # a reference without one""",
    re.IGNORECASE | re.VERBOSE,
)
_AUTHORITY_ENDS = re.compile(r"[/?#\s]")
_WORD_ENDS = re.compile(r"\s")
_AT = re.compile("@")
# Up to the last '@' of the authority; and past it where what follows the colon is no port, so that `u:p/w@h` and
# `u:p?w@h`, which are no valid URLs, do not show the password either.
_PASSWORD = re.compile(r"[^/?#\s\[@:]*+:(?![0-9]*+(?:[/?#\s]|$))")
# The same percent-encoded, once or more: %3A, %253A.
_ENCODED_SCHEME = re.compile(r"(?:%(?:25)*+3a|:)(?:%(?:25)*+2f){2}", re.IGNORECASE)
_ENCODED_ENDS = re.compile(r"%(?:25)*+(?:2f|3f|23)|[/?#&\s]", re.IGNORECASE)
_ENCODED_AT = re.compile(r"%(?:25)*+40|@", re.IGNORECASE)

_PARAMETER = re.compile(
    r"(?:[?&;#]|%(?:25)*+(?:3f|26|3b|23)) ((?:(?!%(?:25)*+(?:3f|26|3b|23|3d))[^=&;\#?\s])++) (=|%(?:25)*+3d)",
    re.IGNORECASE | re.VERBOSE,
)
_VALUE_ENDS = re.compile(r"[&;#\s\"'<>]")
_ENCODED_VALUE_ENDS = re.compile(r"%(?:25)*+(?:26|3b|23)|[&;#\s\"'<>]", re.IGNORECASE)

_SECRET_WORDS = re.compile(
    r"token|secret|passw|passphrase|pwd|api_?-?key|access_?-?key|private_?-?key|subscription_?-?key|client_?-?key"
    r"|signature|credential|authorization|jwt|session",
    re.IGNORECASE,
)
_SECRET_NAMES = frozenset(
    {
        "sig",
        "auth",
        "key",
        "pass",
        "pw",
        "sid",
        "sessid",
        "phpsessid",
        "jsessionid",
        "hmac",
        "code",
        "ticket",
        "otp",
        "awsaccesskeyid",
    }
)
_RUN = re.compile(r"[A-Za-z0-9]{20,}")


def mask(text: str) -> str:
    """`text` (a URL, or prose that quotes some) with user names, passwords and secret-looking query values as `***`."""
    return replace_secrets(text, lambda _secret: MASK)


def replace_secrets(text: str, put: Callable[[str], str]) -> str:
    """`text` with `put(secret)` in the place of every secret that `mask` would hide, from left to right by kind."""
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
    values, encoded, runs = _starts(_VALUE_ENDS, text), _starts(_ENCODED_VALUE_ENDS, text), _random_runs(text)
    shown: list[str] = []
    done = 0
    for match in parameters:
        start = match.end()
        if start <= done:
            continue  # it is in a value that is hidden
        end = _next(values if match[2] == "=" else encoded, start, len(text))
        secret = _names_a_secret(match[1]) or _meets(runs, start, end) or _NUMBERED.fullmatch(text, start, end)
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
        from urllib.parse import unquote  # most runs load it for nothing else

        for _ in range(_ENCODINGS):
            name = unquote(name)
    return name.lower() in _SECRET_NAMES or bool(_SECRET_WORDS.search(name))


def _random_runs(text: str) -> list[tuple[int, int]]:
    """Where runs of letters and digits are too mixed to be words or a number.

    UUIDs, slugs and sizes, which are made of shorter runs, are left to be read.
    """
    return [match.span() for match in _RUN.finditer(text) if _is_random(match[0])]


def _meets(runs: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_right(runs, start, key=lambda run: run[1])
    return index < len(runs) and runs[index][0] < end


def _is_random(run: str) -> bool:
    has_digit = any(character.isdigit() for character in run)
    if run.isdigit():
        return False
    counts = [run.count(character) for character in set(run)]
    entropy = -sum(count / len(run) * log2(count / len(run)) for count in counts)
    # Words of one case and the odd digit stay below the first; camel case without digits below the second.
    return entropy >= (3.0 if has_digit else 4.2)
