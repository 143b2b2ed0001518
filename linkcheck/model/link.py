"""One occurrence of a URL in an article."""

from enum import StrEnum

from msgspec import Struct

from linkcheck.model.span import Location


class Role(StrEnum):
    """What a link is to its article."""

    CANONICAL = "canonical"
    ORIGINAL = "original"
    AMP = "amp"
    AMP_CACHE = "amp-cache"
    IMAGE = "image"
    LINK = "link"
    ARCHIVE = "archive"
    """A copy of another link's page in a web archive."""


class Claim(Struct, frozen=True):
    """A declared width or height: the value as written (None where the property is missing) and its location."""

    value: int | float | str | bool | None
    location: Location


class Expectations(Struct, frozen=True):
    """What the article or its schema requires of a link's target (the `x-link` keyword, docs/reference/x-link.md).

    `of` is the partner URL as written, None if there is none. `width` and `height` are None where the schema
    relates no such property to the URL. `media` are media types (`image/jpeg`, `image/*`); sizes are CSS pixels.
    `domain` is the value of the property that must contain the host's registrable domain (`"domain": "provider.domain"`).
    `preset` names the requirements of a service that an image here is for (`"preset": "discover"`).
    """

    of: str | None = None
    width: Claim | None = None
    height: Claim | None = None
    min_width: int | None = None
    min_height: int | None = None
    media: tuple[str, ...] = ()
    domain: Claim | None = None
    preset: str | None = None


class Link(Struct, frozen=True):
    """One occurrence of a URL, as written behind its `prefix`: what the schema puts in front of the value, if anything."""

    location: Location
    role: Role
    url: str
    wants: Expectations = Expectations()
    prefix: str = ""

    @property
    def owner(self) -> str:
        """The pointer of the object that holds the URL: `/related/3` for `/related/3/webUrl`."""
        return self.location.pointer.rpartition("/")[0]
