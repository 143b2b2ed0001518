"""Removes configured secrets from outcomes, because a host can echo what it was sent.

A secret is found verbatim, in each of its longer parts, in HTML, URL and base64 encodings with any of its characters
escaped, and when it is cut off.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape, unescape
from typing import TypeVar
from urllib.parse import quote, quote_plus, unquote, urlsplit

import msgspec

from linkcheck.fetch.http.proxies import proxies_of
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Outcome

MASK = "***"
SHORTEST = 6
"""Characters of a part that is masked on its own; a shorter one would match ordinary words."""
_SEPARATORS = re.compile(r"[\s,;=:\"']+")
_SCHEMES = frozenset({"apikey", "basic", "bearer", "digest", "negotiate", "password", "session", "sessionid", "token"})
"""Words in a header that are not secret (RFC 9110, section 11.1, and other common ones)."""
_HEAD = 8
"""Characters by which a secret that is cut off is recognized."""
_ESCAPES = "%&\\"
"""Characters of escapes other than the precomputed forms."""
_WORD = re.compile(r"[^\s\"'<>]+")
_VIEWS: tuple[Callable[[str], str], ...] = (
    unquote,
    lambda text: unquote(unquote(text)),
    unescape,
    lambda text: text.replace("\\/", "/"),
)

_T = TypeVar("_T")


class Redactor:
    """Masks the given secrets wherever they occur in a text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        parts = {part for secret in secrets for part in _parts(secret)}
        forms = {form for part in parts for form in _forms(part)}
        self._forms = tuple(sorted(forms))
        self._by_head: dict[str, list[str]] = {}
        for form in self._forms:
            self._by_head.setdefault(form[:_HEAD].lower(), []).append(form.lower())
        heads = sorted(self._by_head, key=lambda head: (-len(head), head))
        self._heads = re.compile("|".join(map(re.escape, heads)), re.IGNORECASE) if heads else None

    def __bool__(self) -> bool:
        return self._heads is not None

    def text(self, text: str) -> str:
        if self._heads is None:
            return text
        if any(sign in text for sign in _ESCAPES):
            text = _WORD.sub(lambda match: self._unescaped(match[0]), text)
        return self._masked(text)

    def _unescaped(self, word: str) -> str:
        """The word, or its unescaped and masked form if unescaping reveals more of a secret."""
        if not any(sign in word for sign in _ESCAPES):
            return word
        seen = [word, *(view(word) for view in _VIEWS)]
        masked = [hidden.replace(" ", "%20") for text in seen if (hidden := self._masked(text)) != text]
        return min(masked, key=len, default=word)

    def _masked(self, text: str) -> str:
        if self._heads is None:
            return text
        shown: list[str] = []
        done, lower = 0, text.lower()
        for match in self._heads.finditer(text):
            start = match.start()
            if start >= done:
                length = max(_shared(lower, start, form) for form in self._by_head[match[0].lower()])
                shown += (text[done:start], MASK)
                done = start + length
        text = "".join(shown) + text[done:]
        cut = max(_cut_off(text, form) for form in self._forms)
        return text[:-cut] + MASK if cut else text

    def outcome(self, outcome: Outcome) -> Outcome:
        """The outcome without secrets. Its `url` is the article's and unchanged."""
        if self._heads is None:
            return outcome
        fields = msgspec.to_builtins(outcome)
        masked = {key: value if key == "url" else self.within(value) for key, value in fields.items()}
        return outcome if masked == fields else msgspec.convert(masked, Outcome)

    def within(self, value: _T) -> _T:
        """A value of texts, lists and mappings without secrets."""
        if isinstance(value, str):
            return self.text(value)  # type: ignore[return-value]  # str to str, the caller's type
        if isinstance(value, list | tuple):
            return type(value)(self.within(item) for item in value)
        if isinstance(value, dict):
            return {key: self.within(item) for key, item in value.items()}  # type: ignore[return-value]  # likewise
        return value


def redacted(outcome: Outcome, options: FetchOptions) -> Outcome:
    """The outcome without the secrets that were sent with its requests."""
    if options.proxy is None and not options.hosts:
        return outcome
    return redactor_of(options).outcome(outcome)


@lru_cache(maxsize=8)
def redactor_of(options: FetchOptions) -> Redactor:
    """A redactor for the configured headers and the proxy's password."""
    secrets = [value for rules in options.hosts for _, value in rules.headers]
    proxies = proxies_of(options)
    for proxy in () if proxies is None else filter(None, (proxies.http, proxies.https)):
        userinfo, at, _ = urlsplit(proxy).netloc.rpartition("@")
        if at:
            secrets += [unquote(userinfo.partition(":")[2]), base64.b64encode(unquote(userinfo).encode()).decode()]
    return Redactor(secrets)


def _parts(secret: str) -> set[str]:
    """The whole secret, its longer words, and its decoded base64 (`Basic ...`, RFC 7617)."""
    words = {word for word in (*_SEPARATORS.split(secret), *secret.split()) if _is_long_enough(word)}
    for word in tuple(words):
        words |= {part for part in (_decoded(word), *_decoded(word).split(":")) if _is_long_enough(part)}
    return words | ({secret} if len(secret) >= 4 else set())


def _is_long_enough(word: str) -> bool:
    return len(word) >= SHORTEST and word.lower() not in _SCHEMES


def _decoded(word: str) -> str:
    try:
        text = base64.b64decode(word + "=" * (-len(word) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
    return text if text.isprintable() else ""


def _forms(part: str) -> set[str]:
    # Base64 that starts one or two bytes later has different letters, except for the first and the last few.
    shifted = {base64.b64encode(b"\0" * shift + part.encode()).decode()[4 if shift else 0 : -4] for shift in range(3)}
    whole = {base64.b64encode(part.encode()).decode().rstrip("=")}
    encoded = {form for form in shifted | whole if len(form) >= SHORTEST}
    urlsafe = {form.translate(str.maketrans("+/", "-_")) for form in encoded}
    return {part, quote(part, safe=""), quote(part), quote_plus(part), escape(part), _spelled(part), *encoded, *urlsafe}


def _spelled(part: str) -> str:
    """The text as a JSON string without quotes."""
    return msgspec.json.encode(part).decode()[1:-1]


def _shared(text: str, start: int, form: str) -> int:
    """How many characters of `form` match at a position of a text."""
    length = 0
    while length < len(form) and text.startswith(form[length], start + length):
        length += 1
    return length


def _cut_off(text: str, form: str) -> int:
    """How many characters at the end of `text` are the beginning of `form`; 0 if too few to be sure."""
    for length in range(min(len(form) - 1, len(text)), SHORTEST - 1, -1):
        if text.endswith(form[:length]):
            return length
    return 0
