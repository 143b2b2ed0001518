"""Which properties are links, and what their URLs are to the article: told by their values first, then by their names.

A property is a link where nearly all its texts are URLs, or were meant as URLs. In one that mixes URLs with names, only the
URLs are links. The tables have the keys that Jekyll's jekyll-seo-tag and jekyll-redirect-from, Hugo, Docusaurus, Astro's
templates, Hexo, DEV.to, Hashnode and Gatsby's themes use.
"""

from msgspec import Struct

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
OWN_ADDRESS = frozenset(("slug", "permalink", "alias", "aliases", "redirectfrom", "layout", "id"))
"""Where generators put the page itself, or where it was before: never a link."""
LEAST_URLS = 3
"""URLs among other texts that make links of all URLs at that place."""
_MAY_BE_OWN = "url"
_LINK_ENDS = ("url", "link", "href", "uri")


class Inference(Struct, frozen=True):
    """What the strings at a place are to the article. With `absolute_only`, texts other than absolute URLs are names.

    `urls` is the number of the strings that are URLs or paths.
    """

    role: Role
    urls: int
    absolute_only: bool = False


def role_of(path: tuple[str, ...], shape: Shape, *, sized: bool) -> Inference | None:
    """The role of the strings at a place, None if they are not URLs.

    `path` are the names of properties from the root, `[]` for the items of a list. `sized` is true if the object also has
    a width or a height.
    """
    names = [fold(name) for name in path if name != "[]"]
    name = names[-1] if names else ""
    texts = shape.kinds["string"] - shape.looks["empty"]
    if texts <= 0 or (len(names) == 1 and name in OWN_ADDRESS):
        return None
    absolute, on_site, meant = (shape.looks[look] for look in ("absolute", "on site", "meant"))
    is_target = any(map(is_redirect, names))
    if may_be_folders(path):
        on_site += shape.looks["folders"]
    urls = absolute + on_site
    if meant > urls or urls + meant < SHARE * texts:
        few = absolute < LEAST_URLS or meant > absolute
        return None if few else Inference(_role(names, shape, sized=sized), absolute, absolute_only=True)
    role = _role(names, shape, sized=sized)
    if not absolute and role in {Role.LINK, Role.ORIGINAL}:
        # A path such as `/about/` may be where the page itself goes, or a part of a menu.
        is_link_name = name.endswith(_LINK_ENDS) and len(names) > 1
        return Inference(Role.LINK, urls) if is_target or is_link_name else None
    if on_site > absolute and name == _MAY_BE_OWN and len(names) == 1:
        return None
    return Inference(role, urls)


def may_be_folders(path: tuple[str, ...]) -> bool:
    """Whether a text such as `guides/start` is a path at a place, and not a name such as `owner/project`."""
    names = [fold(name) for name in path if name != "[]"]
    return any(map(is_redirect, names)) or (bool(names) and names[-1].endswith(_LINK_ENDS))


def is_redirect(name: str) -> bool:
    """Whether a folded name is that of a property with the page that readers are sent to."""
    return name.startswith("redirect") and not name.startswith("redirectfrom")


def _role(names: list[str], shape: Shape, *, sized: bool) -> Role:
    """The role of URLs."""
    name = names[-1] if names else ""
    found = shape.looks["absolute"] + shape.looks["on site"]
    if (found and shape.looks["amp-cache"] >= SHARE * found) or ("amp" in name and ("cache" in name or "cdn" in name)):
        return Role.AMP_CACHE
    if name in CANONICAL:
        return Role.CANONICAL
    if name in AMP or (name.startswith("amp") and name.endswith(("url", "link"))):
        return Role.AMP
    if sized or _names_image(names) or (found and shape.looks["image"] >= SHARE * found):
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
