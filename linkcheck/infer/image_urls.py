"""Whether a URL or a path looks like that of an image, by its extension or by how services that serve images form URLs.

The page about an image (`https://photos.example/photos/Qx3`) has neither: it is what a credit links to.
"""

import re

from linkcheck.images import IMAGE_EXTENSIONS

_EXTENSION = re.compile(rf"\.(?:{'|'.join(sorted(IMAGE_EXTENSIONS))})(?![A-Za-z0-9]|\.x?html?)", re.IGNORECASE)
_PAGE_OF_FILE = re.compile(r"/wiki/[^/:]{1,40}:", re.IGNORECASE)
"""A wiki has a page about each of its files, with the name of the file: `/wiki/File:Harbor.jpg`."""
_HOST = re.compile(
    r"(?:\A|[.-])(?:(?:images?|imgs?|avatars?|media|cdn|static|assets|thumbs?|pics?|i|picsum|loremflickr|unavatar|robohash"
    r"|placehold[a-z]*|placekitten|dicebear|imagedelivery|imagekit|imgix)[0-9]*(?=[.:-]|\Z)"
    r"|(?:[a-z]*usercontent|cloudfront|amazonaws|fbcdn|twimg|ytimg|pinimg|licdn|ggpht|gravatar|cloudinary|ctfassets"
    r"|graphassets|ucarecdn|cdninstagram|ui-avatars|logo\.clearbit)\.)",
    re.IGNORECASE,
)
_FOLDER = re.compile(
    r"/(?:images?|imgs?|avatars?|thumbs?|thumbnails?|uploads?|assets|cdn-cgi|wp-content)/[^?#]*[^/?#]", re.IGNORECASE
)
_WORDS = re.compile(r"(?<![A-Za-z0-9])(?:[a-z]{1,30}-){2}[a-z]{2,30}(?![a-z])", re.IGNORECASE)
"""A title in a path: that of a page."""
_SIZE = re.compile(
    r"(?<![A-Za-z0-9])(?:[0-9]{2,4}x[0-9]{2,4}|[wh]_[0-9]{2,4})(?![A-Za-z0-9])"
    r"|[?&](?:(?:w|h|width|height|imwidth|imheight|sz|size|dpr)=[0-9]+|(?:fm|format)=(?:auto|avif|gif|jpe?g|png|webp)"
    r"|auto=(?:format|compress)|fit=(?:crop|clip|cover|max|min|scale))",
    re.IGNORECASE,
)


def has_image_extension(url: str) -> bool:
    """Whether a URL contains the name of an image, in its path or in its query."""
    return _EXTENSION.search(_path(url)) is not None and _PAGE_OF_FILE.search(url) is None


def may_serve_image(url: str) -> bool:
    """Whether a URL or a path looks like that of an image without the name of one."""
    path = _path(url)
    if _PAGE_OF_FILE.search(path):
        return False
    host = url.partition("//")[2].partition("/")[0] if "//" in url else ""
    if (host and _HOST.search(host)) or _SIZE.search(path):
        return True
    return _FOLDER.search(path) is not None and _WORDS.search(path) is None


def _path(url: str) -> str:
    """What follows the host of a URL; a path as a whole."""
    _, slashes, rest = url.partition("//")
    return f"/{rest.partition('/')[2]}" if slashes else url
