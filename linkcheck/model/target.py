"""One thing to ask the web for."""

from enum import StrEnum

from msgspec import Struct


class Probe(StrEnum):
    """How closely to look at a target."""

    STATUS = "status"
    """Does it answer."""
    PAGE = "page"
    """And what does its head say."""
    IMAGE = "image"
    """And what format and size is it."""


CLOSENESS = (Probe.STATUS, Probe.PAGE, Probe.IMAGE)
"""Probes from the most distant to the closest; where links of one URL want several, the closest is taken."""


class Target(Struct, frozen=True):
    """A normalised URL without fragment, how closely to look at it, and the key of its host.

    `host` is the canonical host name (IP literals in brackets where IPv6); hosts are what pace and shards go by.
    `known` are the ETag and Last-Modified of an earlier good answer, so that a target that has not changed can say 304.
    """

    url: str
    probe: Probe
    host: str
    known: tuple[str | None, str | None] | None = None


class Skip(Struct, frozen=True):
    """Why a link leads to no target: nothing will be asked for it.

    `reason` is for people and complete (`excluded by pattern "^https://x": bot wall`). `kind` is one of `SKIP_KINDS`.
    `url` is the normalised URL where there is one, else the URL as written.
    """

    kind: str
    reason: str
    url: str


SKIP_KINDS = ("excluded", "offline", "scheme", "invalid-url", "no-base-url", "template", "local")
"""`invalid-url` and `no-base-url` are faults of the link, `template` holds a placeholder that the site's generator fills
in, `local` was looked up in the repository."""
