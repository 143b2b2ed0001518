"""Which properties are links, and what their URLs are to the article: told by their values first, then by their names.

A property is a link where nearly all its texts are URLs: one that mixes names with URLs is not a link. The tables have the
keys that Jekyll's jekyll-seo-tag, Hugo, Docusaurus, Astro's templates, Hexo, DEV.to, Hashnode and Gatsby's themes use.
"""

from linkcheck.infer.shape import Shape
from linkcheck.model import Role

SHARE = 0.9
"""Of the texts of a link, the part that must be URLs; what is left is found when the articles are checked."""

CANONICAL = frozenset(("canonical", "canonicalurl", "canonicallink", "canonicaluri", "weburl", "relcanonical"))
ORIGINAL = frozenset(
    (
        *("original", "originalurl", "originallink", "originalsource", "source", "sourceurl", "sourcelink"),
        *("externalurl", "syndicatedfrom", "crosspostof", "originurl", "viaurl"),
    )
)
AMP = frozenset(("amp", "ampurl", "ampweburl", "amphtml", "amplink", "amppage", "ampcanonical"))
IMAGE_ENDS = (
    *("image", "images", "img", "imgs", "imageurl", "imgurl", "photo", "photos", "picture", "pictures", "thumbnail"),
    *("thumbnails", "thumb", "banner", "cover", "coverimage", "coverphoto", "hero", "heroimage", "avatar", "avatarurl"),
    *("logo", "logourl", "icon", "favicon", "screenshot", "screenshots", "poster", "ogimage", "headerimage", "teaser"),
    *("featuredimage", "featureimage", "socialimage", "shareimage", "gallery", "illustration", "backgroundimage"),
)
"""Ends of names, folded: `author_image_url` ends in `imageurl`."""
_IMAGE_PARTS = frozenset(("url", "src", "path", "href", "file", "filename", "uri", "source", "large", "small", "relative"))
"""What an image's address is called within an object that has an image's name."""
OWN_ADDRESS = frozenset(("url", "slug", "permalink", "aliases", "redirectfrom", "redirectto", "layout", "id"))
"""Where generators put the page itself: a path there is no link."""


def role_of(path: tuple[str, ...], shape: Shape, *, sized: bool) -> Role | None:
    """The role of the strings at a place, None if they are not URLs.

    `path` are the names of properties from the root, `[]` for the items of a list. `sized` is true if the object also has
    a width or a height.
    """
    texts = shape.kinds["string"] - shape.looks["empty"]
    absolute, on_site, images = (shape.looks[look] for look in ("absolute", "on site", "image"))
    if texts <= 0:
        return None
    names = [fold(name) for name in path if name != "[]"]
    name = names[-1] if names else ""
    if absolute + on_site < SHARE * texts:
        return None
    if shape.looks["amp-cache"] >= SHARE * texts or ("amp" in name and ("cache" in name or "cdn" in name)):
        return Role.AMP_CACHE
    if name in CANONICAL:
        return Role.CANONICAL
    if name in AMP or (name.startswith("amp") and name.endswith(("url", "link"))):
        return Role.AMP
    image = sized or _names_image(names) or images >= SHARE * texts
    if on_site and not absolute and not image:
        # A path such as `/about/` may be where the page itself goes, or a part of a menu.
        return Role.LINK if name.endswith(("url", "link", "href")) and len(names) > 1 else None
    if on_site > absolute and name in OWN_ADDRESS and len(names) == 1:
        return None
    if image:
        return Role.IMAGE
    return Role.ORIGINAL if name in ORIGINAL else Role.LINK


def fold(name: str) -> str:
    """The letters and digits of a name, without case."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _names_image(names: list[str]) -> bool:
    if not names:
        return False
    last = names[-1]
    if last.endswith(IMAGE_ENDS):
        return True
    return len(names) > 1 and last in _IMAGE_PARTS and names[-2].endswith(IMAGE_ENDS)
