"""Replaces secrets in a recording by placeholders, and restores them when it is replayed with the same links.

A secret in a URL becomes `***1`, `***2` ...: equal secrets have equal placeholders and different ones do not, since a
redirect to the same URL with another token is not a loop. The random path of a soft 404 test becomes a constant one.
"""

import re
from collections.abc import Iterable

from linkcheck.fetch.attempt.soft_404 import ALWAYS_THE_SAME, random_name
from linkcheck.urls import MASK, replace_secrets

SHORTEST_ECHO = 8
"""Minimum characters of a link's secret that is replaced everywhere, not only in URLs."""
_NUMBERED = re.compile(r"\*\*\*[1-9][0-9]*")


class SecretPlaceholders:
    """The secrets of one recording and their placeholders."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        self._secrets: dict[str, str] = {}

    def learn(self, secret: str, written: str | None = None) -> str:
        """The placeholder of a secret: `written` if it is known, else the next number."""
        if secret.startswith(MASK):
            return secret
        known = self._written.get(secret)
        if known is None:
            known = self._written[secret] = written or f"{MASK}{len(self._written) + 1}"
            self._secrets[known] = secret
        return known

    def hide(self, text: str, link: str, *, learning: bool = False, real: bool = False) -> str:
        """`text`, received while checking `link`, without secrets.

        A new secret gets a number if `learning`, else `***`. `real` links are not tests for soft 404.
        """
        text = replace_secrets(text, self.learn if learning else self._known)
        for secret in secrets_of(link):
            if len(secret) >= SHORTEST_ECHO and secret in self._written:
                text = text.replace(secret, self._written[secret])
        name = None if real else random_name(link)
        return text.replace(name, ALWAYS_THE_SAME) if name else text

    def reveal(self, text: str, link: str, *, real: bool = False) -> str:
        """`text` with the known secrets restored."""
        if MASK in text and self._secrets:
            text = _NUMBERED.sub(lambda match: self._secrets.get(match[0], match[0]), text)
        name = None if real else random_name(link)
        return text.replace(ALWAYS_THE_SAME, name) if name else text

    def pair(self, links: Iterable[str], recorded: Iterable[str]) -> None:
        """Learn the secrets of `links` from their recorded forms; both in the same order."""
        for link, written in zip(links, recorded, strict=True):
            for secret, number in zip(secrets_of(link), secrets_of(written), strict=False):
                self.learn(secret, number)

    def _known(self, secret: str) -> str:
        return secret if secret.startswith(MASK) else self._written.get(secret, MASK)


def secrets_of(url: str) -> list[str]:
    """The secrets of a URL in the order in which they are replaced."""
    found: list[str] = []

    def note(secret: str) -> str:
        found.append(secret)
        return secret

    replace_secrets(url, note)
    return found
