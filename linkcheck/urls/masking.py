"""Secrets in URLs, hidden for showing.

Only what is secret is replaced, the rest of the text stays as it was: a masked URL must still be found in the article.
The replacement is the same for every secret, and masking a masked text changes nothing.
"""

import re
from collections.abc import Callable
from math import log2

MASK = "***"
_NUMBERED = re.compile(r"\*\*\*[0-9]+")
"""What stands for a secret in a recording, where different ones must not look alike."""

# Up to the last '@' of the authority; and past it where what follows the colon is no port, so that `u:p/w@h` and
# `u:p?w@h`, which are no valid URLs, do not show the password either.
_USERINFO = re.compile(
    r"""
    ( (?<![a-z0-9+.-]) (?: https?: [/\\]*+ | [a-z][a-z0-9+.-]{0,30}+: [/\\]{2,}+ )   # scheme
    | (?: (?<=["'\s(<]) | ^ ) [/\\]{2}+ )                                         # or a reference without one
    (?: [^/?\#\s\[@:]{0,200}+ : (?! [0-9]*+ (?: [/?\#\s] | $) ) [^\s]{0,400}
      | [^/?\#\s]{0,800}
    ) @
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ENCODED_USERINFO = re.compile(r"((?:%3a|:)%2f%2f)(?:(?!%2f|%3f|%23)[^/?#&\s]){1,2000}?%40", re.IGNORECASE)
_PARAMETER = re.compile(r"([?&;#](?:amp;)?)([^=&;#?\s]{1,200})=([^&;#\s\"'<>]+)")

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
    if "@" in text or "%40" in text:
        text = _ENCODED_USERINFO.sub(
            lambda match: f"{match[1]}{put(match[0][len(match[1]) : -len('%40')])}%40",
            _USERINFO.sub(lambda match: f"{match[1]}{put(match[0][len(match[1]) : -1])}@", text),
        )
    if "=" in text:
        text = _PARAMETER.sub(lambda match: _replaced_parameter(match, put), text)
    return text


def _replaced_parameter(match: re.Match[str], put: Callable[[str], str]) -> str:
    mark, name, value = match.groups()
    secret = _names_a_secret(name) or _looks_random(value) or _NUMBERED.fullmatch(value)
    return f"{mark}{name}={put(value)}" if secret else match[0]


def _names_a_secret(name: str) -> bool:
    return name.lower() in _SECRET_NAMES or bool(_SECRET_WORDS.search(name))


def _looks_random(value: str) -> bool:
    """Whether a run of letters and digits is too mixed to be words or a number.

    UUIDs, slugs and sizes, which are made of shorter runs, are left to be read.
    """
    return any(_is_random(run[0]) for run in _RUN.finditer(value))


def _is_random(run: str) -> bool:
    has_digit = any(character.isdigit() for character in run)
    if run.isdigit():
        return False
    counts = [run.count(character) for character in set(run)]
    entropy = -sum(count / len(run) * log2(count / len(run)) for count in counts)
    # Words of one case and the odd digit stay below the first; camel case without digits below the second.
    return entropy >= (3.0 if has_digit else 4.2)
