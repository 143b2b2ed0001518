"""Infers which properties are links and the role of each, first from the values and then from the name.

A property is a link if nearly all its strings are URLs, or were meant as URLs. If it mixes URLs with names, only the URLs
are links. The tables contain the keys of Jekyll's jekyll-seo-tag and jekyll-redirect-from, Hugo, Docusaurus, Astro's
templates, Hexo, DEV.to, Hashnode and Gatsby's themes.
"""

from collections.abc import Container

from msgspec import Struct

from linkcheck.infer.shape import ODD_FORMS, Shape
from linkcheck.model import Role

SHARE = 0.9
"""Minimum share of a link's strings that are URLs. Validation of the articles reports the others."""

MOST_ODD = 1 / 3
"""Maximum share of a link's strings that are Markdown links, or contain several URLs: more are intended."""

CANONICAL = frozenset(("canonical", "canonicalurl", "canonicallink", "canonicaluri", "weburl", "relcanonical"))
ORIGINAL = frozenset(
    (
        *("original", "originalurl", "originallink", "originalsource", "source", "sourceurl", "sourcelink"),
        *("externalurl", "syndicatedfrom", "crosspostof", "originurl", "viaurl"),
    )
)
_PLAIN_ORIGINAL = frozenset(("source", "sourceurl", "sourcelink"))
_ABOUT_ARTICLE = frozenset(("meta", "metadata", "seo", "params", "extra", "custom", "article", "post", "original"))
"""Objects in which `source` is still that of the article, and not an option of a program."""
AMP = frozenset(("amp", "ampurl", "ampweburl", "amphtml", "amplink", "amppage", "ampcanonical"))
IMAGE_ENDS = (
    *("image", "images", "img", "imgs", "imageurl", "imgurl", "photo", "photos", "picture", "pictures", "thumbnail"),
    *("thumbnails", "thumb", "banner", "cover", "coverimage", "coverphoto", "hero", "heroimage", "avatar", "avatarurl"),
    *("logo", "logourl", "icon", "favicon", "screenshot", "screenshots", "poster", "ogimage", "headerimage", "teaser"),
    *("featuredimage", "featureimage", "socialimage", "shareimage", "gallery", "illustration", "backgroundimage"),
)
"""Ends of folded names: `author_image_url` ends in `imageurl`."""
_NO_IMAGES = ("video", "videos", "map", "maps", "embed", "embeds", "iframe", "player", "audio")
"""Ends of folded names of objects that are not images but have a width and a height as well."""
_IMAGE_PARTS = frozenset(("url", "src", "path", "href", "file", "filename", "uri", "source", "large", "small", "relative"))
"""Names of the URL of an image, within an object whose name is that of an image."""
OWN_ADDRESS = frozenset(("slug", "permalink", "alias", "aliases", "redirectfrom", "layout", "id"))
"""Properties with the page's own URL, or an earlier one. They are never links."""
_REDIRECT_SOURCES = frozenset(("from", "source", "old"))
LEAST_URLS = 3
"""Minimum number of URLs among other texts for the URLs to be links, and of texts with links in a form that is intended."""
_ANY = frozenset(("[]", "*"))
_LINK_ENDS = ("url", "link", "href", "uri")
_LINK_LISTS = ("urls", "links", "hrefs", "uris")
_OWN_STEMS = frozenset(
    (
        *("perma", "self", "own", "this", "page", "post", "article", "entry", "site", "base", "home", "root", "short"),
        *("old", "legacy", "former", "previous", "alias", "original", "source", "slug", "custom", "rel", "relative"),
        *("seo", "pretty", "disqus", "comment", "comments", "wordpress"),
    )
)
"""What precedes `url` or `link` in the name of a property that may have the page's own URL."""
_OWN_PATHS = frozenset(("path", "pathname", "route", "url", "urls", "uri", "uris"))
"""Properties at the root of the front matter that may have the page's own URL, also if some values are other URLs."""
Field = tuple[str, ...]
"""The last two folded names in the path of a property, without `[]` and `*`."""


class Inference(Struct, frozen=True):
    """The inferred role of a property. With `absolute_only`, strings that are not absolute URLs are names.

    `urls` is the number of strings that are URLs or paths, with `has_folders` also paths such as `guides/start.md`.
    """

    role: Role
    urls: int
    absolute_only: bool = False
    has_folders: bool = False


def role_of(path: tuple[str, ...], shape: Shape, *, sized: bool, page_fields: Container[Field] = ()) -> Inference | None:
    """The role of the strings of a property; None if they are not URLs.

    `path` are the property names from the root, with `[]` for the items of a list and `*` for the values of a map. `sized`
    is true if the object also has a width or a height in pixels. `page_fields` are properties whose paths are known to
    lead to other pages of the site.
    """
    names = _names(path)
    name = names[-1] if names else ""
    texts = shape.kinds["string"] - shape.features["empty"]
    if texts <= 0 or (len(names) == 1 and name in OWN_ADDRESS):
        return None
    absolute, on_site, malformed = (shape.features[feature] for feature in ("absolute", "on site", "malformed URL"))
    is_address = len(names) == 1 and name in _OWN_PATHS
    by_name, is_page_field = _may_be_folders(names), not is_address and field_of(path) in page_fields
    has_folders = by_name or is_page_field
    if has_folders:
        on_site += shape.features["folders" if by_name else "page file"]
    urls = absolute + on_site
    odd = sum(shape.features[form] for form in ODD_FORMS)
    if shape.features["several files"] or (odd >= LEAST_URLS and odd > MOST_ODD * texts):
        return None
    if malformed > urls or urls + malformed < SHARE * texts:
        few = absolute < LEAST_URLS or malformed > absolute
        return None if few else Inference(_role(names, shape, absolute, sized=sized), absolute, absolute_only=True)
    role = _role(names, shape, urls, sized=sized)
    if role in {Role.LINK, Role.ORIGINAL} and on_site > absolute:
        if not absolute:
            role = Role.LINK
        # A link to a file below the content is never the URL of the page itself.
        certain = absolute + shape.features["intrasite"]
        may_be_own = urls - certain > certain and (not certain or is_address)
        if may_be_own and not is_page_field and not _leads_elsewhere(names, shape, texts):
            return None
    return Inference(role, urls, has_folders=has_folders)


def role_by_name(path: tuple[str, ...]) -> Role | None:
    """The role of a property that is declared to have a URL; None for the page's own URL."""
    names = _names(path)
    return None if len(names) == 1 and names[0] in OWN_ADDRESS else _role(names, Shape(), 0, sized=False)


def _leads_elsewhere(names: list[str], shape: Shape, texts: int) -> bool:
    """Whether the name of a property says that its paths lead to other pages.

    A path such as `/about/` may be the URL of the page itself, or belong to a menu.
    """
    name = names[-1] if names else ""
    if any(map(is_redirect, names)):
        return name not in _REDIRECT_SOURCES
    end = next((end for end in (*_LINK_ENDS, *_LINK_LISTS) if name.endswith(end)), None)
    if end is None or name in OWN_ADDRESS:
        return False
    if name.removesuffix(end) in _OWN_STEMS:
        return False
    if len(names) > 1 and end in _LINK_ENDS:
        return True
    paths = shape.features["page path"] + shape.features["page file"]
    return name not in _OWN_PATHS and paths >= SHARE * texts


def _may_be_folders(names: list[str]) -> bool:
    """Whether a text such as `guides/start` is a path in this property, and not a name such as `owner/project`."""
    return any(map(is_redirect, names)) or (bool(names) and names[-1].endswith(_LINK_ENDS))


def field_of(path: tuple[str, ...]) -> Field:
    return tuple(_names(path)[-2:])


def _names(path: tuple[str, ...]) -> list[str]:
    return [fold(name) for name in path if name not in _ANY]


def is_redirect(name: str) -> bool:
    """Whether a folded name is that of a property with the target of a redirect."""
    return name.startswith("redirect") and not name.startswith("redirectfrom")


def _role(names: list[str], shape: Shape, found: int, *, sized: bool) -> Role:
    """The role of a property of which so many strings are URLs or paths."""
    name = names[-1] if names else ""
    if (found and shape.features["amp-cache"] >= SHARE * found) or ("amp" in name and ("cache" in name or "cdn" in name)):
        return Role.AMP_CACHE
    if name in CANONICAL:
        return Role.CANONICAL
    if name in AMP or (name.startswith("amp") and name.endswith(("url", "link"))):
        return Role.AMP
    images = shape.features["image"]
    if found and images >= SHARE * found:
        return Role.IMAGE
    if _names_image(names) and images + shape.features["image service"] > (1 - SHARE) * found:
        return Role.IMAGE  # else it links to pages about images, as credits do
    if sized and _may_be_image(names) and not shape.features["media"]:
        return Role.IMAGE
    return Role.ORIGINAL if _names_original(names) else Role.LINK


def _may_be_image(names: list[str]) -> bool:
    """Whether a property next to a width or a height can be the image that has this size, and not the source of it."""
    if not names or any(each.endswith(_NO_IMAGES) for each in names):
        return False
    return names[-1].endswith(IMAGE_ENDS) or names[-1] in _IMAGE_PARTS - {"source", "href"}


def _names_original(names: list[str]) -> bool:
    if not names or names[-1] not in ORIGINAL:
        return False
    return len(names) == 1 or names[-1] not in _PLAIN_ORIGINAL or names[-2] in _ABOUT_ARTICLE


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
