"""Signs that an image stands in for another: what hosts show where they removed or withhold the one that is meant.

No sign says so by itself: logos are small, an archive may have a `default.png` of its own, and a tracking pixel is a pixel.
Two signs together do.
"""

import re

from msgspec import Struct

from linkcheck.judge.declared import Declared, declared_of
from linkcheck.judge.look import Picture, picture_of
from linkcheck.judge.redirects import strays
from linkcheck.model import ImageFacts, Link, Outcome, Role
from linkcheck.urls import InvalidUrl, parse_url

_FAR_SMALLER = 4
"""How many times smaller than declared an image is, on both sides, that may stand in the place of another."""

_SLACK = 0.03
"""How far the ratios of an image and its thumbnail may be apart: sides are rounded to whole pixels."""

_PICTURE = r"(?:image|img|photo|picture|pic|thumb|thumbnail|cover|poster|preview|artwork|video)s?"
_SAYS = re.compile(
    rf"\b(?:no|missing) ?{_PICTURE}\b|\bcoming soon\b|placeholder|hot ?link"
    rf"|\b{_PICTURE} ?(?:is )?(?:not (?:available|found)|missing|unavailable|removed|deleted)\b"
)
"""In the words of a name: that it is a stand-in's."""
_IS = re.compile(
    r"(?:(?:default|fallback|dummy|blank|spacer|transparent|empty|missing|removed|deleted|unavailable|not found"
    r"|not available|error|access denied|forbidden|404|403|1 x 1)"
    rf"(?: {_PICTURE}| og| social| share| featured)*|{_PICTURE} default)(?: \d+| x)*"
)
"""All words of a name: that it is a stand-in's, where it says nothing else. `default-logo` may be what an archive shows."""
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_FOLDERS = frozenset(("placeholder", "placeholders", "no-image", "noimage"))

_VIDEO_HOST = re.compile(r"i\d?\.ytimg\.com|img\.youtube\.com")
_VIDEO_PATH = re.compile(r"/vi(?:_webp)?/[^/]+/(?!(?:default|[123])\.)\w+\.(?:jpg|webp)")
"""A thumbnail of a video, but for those that are as small as the stand-in."""
_VIDEO_STAND_IN = (120, 90)
"""What YouTube serves in place of the thumbnails that a video does not have."""


class StandIn(Struct, frozen=True):
    """`clause` says what was seen. `video` says that it is YouTube's, which has other sizes to try."""

    clause: str
    video: bool = False


def stand_in(picture: Picture) -> StandIn | None:
    """Whether an image stands in for the one that is meant; None where less than two signs say so."""
    declared, image = declared_of(picture.link), picture.image
    size = f"the image is {image.width}x{image.height}"
    if _is_video_stand_in(picture):
        return StandIn(f"{size}, which YouTube serves for thumbnails that a video does not have", video=True)
    if declared.width is not None or declared.height is not None:
        size = f"{size}, declared {declared}"
    outcome = picture.outcome
    led = outcome is not None and outcome.answer is not None and strays(outcome, outcome.answer)
    redirected = led and _stem(picture.link.url) != _stem(picture.name)
    named = _is_named(picture.name) and not (redirected and _is_named(picture.link.url))
    small = is_far_smaller(declared, image)
    if redirected and named:
        return StandIn(f"the URL redirects to {picture.name}")
    if redirected and small and not _is_of_shape(declared, image):
        return StandIn(f"the URL redirects to {picture.name}, and {size}")
    if named and small:
        return StandIn(f"its name says so, and {size}")
    if _is_pixel(image) and (small or (declared == Declared(None, None) and is_of_other_format(picture))):
        return StandIn(size)
    return None


def is_stand_in(link: Link, outcome: Outcome) -> bool:
    """Whether a link to an image led to one that stands in for it."""
    picture = picture_of(link, outcome) if link.role is Role.IMAGE else None
    return picture is not None and stand_in(picture) is not None


def is_far_smaller(declared: Declared, image: ImageFacts) -> bool:
    """Whether both sides, as far as declared, are a fraction of what they should be; an SVG is as large as it is shown."""
    if not image.width or not image.height or image.format == "svg" or declared == Declared(None, None):
        return False
    sides = ((declared.width, image.width), (declared.height, image.height))
    return all(side is None or measured * _FAR_SMALLER <= side for side, measured in sides)


def _is_of_shape(declared: Declared, image: ImageFacts) -> bool:
    """Whether it may be a thumbnail of what is meant."""
    if not declared.width or not declared.height or not image.width or not image.height:
        return True
    return abs(image.width * declared.height / (image.height * declared.width) - 1) < _SLACK


def _is_pixel(image: ImageFacts) -> bool:
    return image.width == image.height == 1


def is_of_other_format(picture: Picture) -> bool:
    """Whether the extension of the URL is that of another image format."""
    from linkcheck.images import EXTENSIONS, IMAGE_EXTENSIONS  # only here: the readers of all formats come along

    extension = _last(picture.link.url).rpartition(".")[2].lower()
    return extension in IMAGE_EXTENSIONS and extension not in EXTENSIONS.get(picture.image.format or "", ())


def _is_video_stand_in(picture: Picture) -> bool:
    if (picture.image.width, picture.image.height) != _VIDEO_STAND_IN:
        return False
    try:
        url = parse_url(picture.link.url)
    except InvalidUrl:
        return False
    return _VIDEO_HOST.fullmatch(url.host) is not None and _VIDEO_PATH.fullmatch(url.path) is not None


def _is_named(url: str) -> bool:
    """Whether the name of an image says that it is a stand-in."""
    path = url.partition("#")[0].partition("?")[0].removesuffix("/")
    words = " ".join(_WORDS.findall(_stem(url).lower()))
    folder = path.rpartition("/")[0].rpartition("/")[2].lower()
    return folder in _FOLDERS or _SAYS.search(words) is not None or _IS.fullmatch(words) is not None


def _stem(url: str) -> str:
    """The last part of a path without its extension."""
    last = _last(url)
    return last.rpartition(".")[0] or last


def _last(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].removesuffix("/").rpartition("/")[2]
