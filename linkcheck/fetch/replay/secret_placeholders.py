"""Keeps secrets out of a recording, and puts them back for whoever replays it with the same links.

A secret of a URL is written as `***1`, `***2` ...: equal ones alike and different ones not, since a redirect to itself with
another token is no loop. The random path that a host is tested with for soft 404 is written as one that never changes.
"""

import re
from collections.abc import Iterable

from linkcheck.fetch.attempt.soft_404 import ALWAYS_THE_SAME, random_name
from linkcheck.urls import MASK, replace_secrets

SHORTEST_ECHO = 8
"""Characters of a link's secret from which on it is looked for everywhere, and not only in URLs."""
_NUMBERED = re.compile(r"\*\*\*[1-9][0-9]*")


class SecretPlaceholders:
    """The secrets of one recording and what is written in their place."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        self._secrets: dict[str, str] = {}

    def learn(self, secret: str, written: str | None = None) -> str:
        """What is written for a secret: `written` where that is known, else the next number."""
        if secret.startswith(MASK):
            return secret
        known = self._written.get(secret)
        if known is None:
            known = self._written[secret] = written or f"{MASK}{len(self._written) + 1}"
            self._secrets[known] = secret
        return known

    def hide(self, text: str, link: str, *, learning: bool = False, real: bool = False) -> str:
        """`text`, which was met while checking `link`, without secrets.

        A secret that is new is given a number where `learning`, else it is `***`. `real` links are no test for soft 404.
        """
        text = replace_secrets(text, self.learn if learning else self._known)
        for secret in secrets_of(link):
            if len(secret) >= SHORTEST_ECHO and secret in self._written:
                text = text.replace(secret, self._written[secret])
        name = None if real else random_name(link)
        return text.replace(name, ALWAYS_THE_SAME) if name else text

    def reveal(self, text: str, link: str, *, real: bool = False) -> str:
        """`text` as it was when it was met, as far as the secrets are known."""
        if MASK in text and self._secrets:
            text = _NUMBERED.sub(lambda match: self._secrets.get(match[0], match[0]), text)
        name = None if real else random_name(link)
        return text.replace(ALWAYS_THE_SAME, name) if name else text

    def pair(self, links: Iterable[str], recorded: Iterable[str]) -> None:
        """Learn the secrets of `links` from how they are recorded; both in the same order."""
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
