"""A URL to request."""

from enum import StrEnum

from msgspec import Struct


class Probe(StrEnum):
    """How much of a response is read."""

    STATUS = "status"
    """The status."""
    PAGE = "page"
    """The status and the head of the page."""
    IMAGE = "image"
    """The status and the format and size of the image."""


CLOSENESS = (Probe.STATUS, Probe.PAGE, Probe.IMAGE)
"""Probes from the least to the most thorough. If links to one URL require several, the most thorough is used."""


class Target(Struct, frozen=True):
    """A normalized URL without fragment, its probe, and the key of its host.

    `host` is the canonical host name (IP literals in brackets where IPv6); hosts are what pace and shards go by.
    `known` are the ETag and Last-Modified of an earlier good answer, so that the server can return 304 for an
    unchanged target.
    """

    url: str
    probe: Probe
    host: str
    known: tuple[str | None, str | None] | None = None


class Skip(Struct, frozen=True):
    """Why a link leads to no target: nothing is requested for it.

    `reason` is for people and complete (`excluded by pattern "^https://x": bot wall`). `kind` is one of `SKIP_KINDS`.
    `url` is the normalized URL if there is one, else the URL as written.
    """

    kind: str
    reason: str
    url: str


SKIP_KINDS = (
    *("excluded", "offline", "scheme", "invalid-url", "no-base-url", "template", "alias", "wiki", "pattern"),
    *("local", "page"),
)
"""`invalid-url` and `no-base-url` are errors in the link, `template` contains a placeholder for the site generator, `alias`
starts with an unknown name for a folder, `wiki` names a file that is not found, `pattern` stands for
many files, `local` was looked up in the repository, `page` may be made by the generator."""
