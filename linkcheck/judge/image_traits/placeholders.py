"""Signs that an image is a placeholder: what hosts show after they removed the intended one, or withhold it.

No sign is sufficient on its own: logos are small, an archive may have a `default.png` of its own, and a tracking pixel is
a pixel. Two signs together are.
"""

import re
from urllib.parse import unquote

from msgspec import Struct

from linkcheck.judge.image_traits.declared_size import Declared, declared_of
from linkcheck.judge.image_traits.placeholder_names import Name, is_iiif, name_of, stem
from linkcheck.judge.select import MeasuredImage, measured_image_of
from linkcheck.judge.url_traits.redirect_chain import strays
from linkcheck.model import Evidence, ImageFacts, Link, Outcome, Role
from linkcheck.urls import InvalidUrl, parse_url

_FAR_SMALLER = 4
"""How many times smaller than declared an image is, on both sides, that may be shown instead of another."""

_SLACK = 0.03
"""How far the ratios of an image and its thumbnail may be apart: sides are rounded to whole pixels."""

_PIXEL = 3
"""Pixels. An image that is at most this large on each side is a tracking pixel or a spacer."""
_COUNTS = re.compile(r"pixel|spacer|blank|track|count|beacon|stat|transparent|\b1x1\b", re.IGNORECASE)
"""In a URL: it was never a photograph's."""

_THUMBNAIL = re.compile(
    r"thumb|icon|logo|avatar|(?<![a-z])(?:small|square|compact|mini|tiny|tn|xs|sm|normal)(?![a-z])|_[sqtm]\.[a-z]{3,4}(?:$|\?)",
    re.IGNORECASE,
)
"""In a URL: that a small image was requested. The single letters are Flickr's."""

_VIDEO_HOST = re.compile(r"i\d?\.ytimg\.com|img\.youtube\.com")
_VIDEO_PATH = re.compile(r"/vi(?:_webp)?/[^/]+/\w+\.(?:jpg|webp)")
_VIDEO_SMALLEST = ("default", "1", "2", "3")
"""The thumbnails of a video that are as small as the stand-in."""
_VIDEO_STAND_IN = (120, 90)
"""What YouTube serves instead of thumbnails that a video does not have."""


class Placeholder(Struct, frozen=True):
    """`clause` describes what was seen. `video` means that it is YouTube's, which has other sizes to try."""

    clause: str
    video: bool = False


def placeholder(picture: MeasuredImage) -> Placeholder | None:
    """Why an image is a placeholder for the intended one; None if there are fewer than two signs."""
    declared, image = declared_of(picture.link), picture.image
    size = f"the image is {image.width}x{image.height}"
    is_declared = declared != Declared(None, None)
    is_video = _is_of_video(picture.link.url)
    if is_video and _is_video_stand_in(picture) and not is_as_declared(declared, image):
        return Placeholder(f"{size}, which YouTube serves for thumbnails that a video does not have", video=True)
    if is_declared:
        size = f"{size}, declared {declared}"
    far_smaller = is_far_smaller(declared, image)
    outcome = picture.outcome
    led_elsewhere = outcome is not None and outcome.answer is not None and strays(outcome, outcome.answer)
    is_redirected = led_elsewhere and stem(picture.link.url) != stem(picture.name)
    led = f"the URL redirects to {picture.name}"
    if is_redirected and _is_stand_ins(picture, declared):
        return Placeholder(led)
    if far_smaller and name_of(picture.name, picture.subject) is Name.PLAIN:
        return Placeholder(f"its name is typical of one, and {size}")
    if _is_pixel(image) and (far_smaller or (not is_declared and _was_picture(picture))):
        return Placeholder(size)
    if far_smaller and not _is_of_shape(declared, image) and not _requests_thumbnail(picture):
        return Placeholder(f"{led}, and {size}" if is_redirected else size, video=is_video)
    return None


def video_hint(url: str) -> str | None:
    """What to do about a thumbnail of a YouTube video that is not there; None for the URL of any other image."""
    if not _is_of_video(url):
        return None
    if "/hqdefault." in url:  # which every video has
        return "The video is gone: replace the image, or remove the entry."
    return "Try hqdefault.jpg of the same video; if it is no better, replace the image or remove the entry."


def is_placeholder(evidence: Evidence, link: Link, outcome: Outcome) -> bool:
    """Whether a link to an image led to one that stands in for it."""
    picture = measured_image_of(evidence, link, outcome) if link.role is Role.IMAGE else None
    return picture is not None and placeholder(picture) is not None


def is_as_declared(declared: Declared, image: ImageFacts) -> bool:
    """Whether both declared sides are correct: then the author has seen the image."""
    return (declared.width, declared.height) == (image.width, image.height)


def is_far_smaller(declared: Declared, image: ImageFacts) -> bool:
    """Whether both sides, as far as declared, are a fraction of what they should be; an SVG is as large as it is shown."""
    if not image.width or not image.height or image.format == "svg" or declared == Declared(None, None):
        return False
    sides = ((declared.width, image.width), (declared.height, image.height))
    return all(side is None or measured * _FAR_SMALLER <= side for side, measured in sides)


def _is_of_shape(declared: Declared, image: ImageFacts) -> bool:
    """Whether it may be a thumbnail of the intended image."""
    if not declared.width or not declared.height or not image.width or not image.height:
        return True
    return abs(image.width * declared.height / (image.height * declared.width) - 1) < _SLACK


def _is_stand_ins(picture: MeasuredImage, declared: Declared) -> bool:
    """Whether the name that a redirect led to is a stand-in's, and not that of an image that is called so all along."""
    name = name_of(picture.name, picture.subject)
    if name <= name_of(picture.link.url):
        return False
    return name is Name.PLAIN or declared == Declared(None, None) or not _is_of_shape(declared, picture.image)


def _is_pixel(image: ImageFacts) -> bool:
    return image.format != "svg" and 0 < max(image.width or 0, image.height or 0) <= _PIXEL


def _was_picture(picture: MeasuredImage) -> bool:
    """Whether a URL is that of a photograph, and not of an intentional pixel."""
    from linkcheck.images import IMAGE_EXTENSIONS  # imported here: it loads the readers of all formats

    extension = _last(picture.link.url).rpartition(".")[2].lower()
    return extension in IMAGE_EXTENSIONS and extension != "gif" and _COUNTS.search(picture.link.url) is None


def _requests_thumbnail(picture: MeasuredImage) -> bool:
    """Whether the URL requests a thumbnail: by a measured side, as `harbour-150x150.jpg` and `?w=150` do, or by a word."""
    width, height = picture.image.width, picture.image.height
    side = re.compile(rf"(?:(?<![0-9a-f])|(?<=size))(?:{width}|{height})(?![0-9a-f])", re.IGNORECASE)
    requested, served = unquote(picture.link.url), unquote(picture.name)
    return any(side.search(url) or is_iiif(url) for url in (requested, served)) or _THUMBNAIL.search(requested) is not None


def is_of_other_format(picture: MeasuredImage) -> bool:
    """Whether the extension of the URL is that of another image format."""
    from linkcheck.images import EXTENSIONS, IMAGE_EXTENSIONS  # imported here: it loads the readers of all formats

    extension = _last(picture.link.url).rpartition(".")[2].lower()
    return extension in IMAGE_EXTENSIONS and extension not in EXTENSIONS.get(picture.image.format or "", ())


def _is_video_stand_in(picture: MeasuredImage) -> bool:
    size = (picture.image.width, picture.image.height)
    return size == _VIDEO_STAND_IN and stem(picture.link.url) not in _VIDEO_SMALLEST


def _is_of_video(link: str) -> bool:
    try:
        url = parse_url(link)
    except InvalidUrl:
        return False
    return _VIDEO_HOST.fullmatch(url.host) is not None and _VIDEO_PATH.fullmatch(url.path) is not None


def _last(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].removesuffix("/").rpartition("/")[2]
