"""Which program builds the site, and what its configuration says of where the site is.

What is known of each is a row of `GENERATORS`: the files that give it away, where articles and static files lie, and which
of its settings hold the site's address. Keys of front matter need no row: `roles` knows those of all of them.
"""

import re
from collections.abc import Collection, Mapping

from msgspec import Struct

from linkcheck.model import Json

_ADDRESS = re.compile(r"https?://[^\s/?#\"'`]++[^\s?#\"'`]*")
_LOCAL = re.compile(r"https?://(?:localhost|127\.|0\.0\.0\.0|\[|example\.(?:com|org|net)\b|your-)", re.IGNORECASE)

_OBJECT = r"(?:defineConfig\(|export default|module\.exports =|[cC]onfig =)\s*\{"
"""Where the settings of a program begin that may have them on one line."""
_COMMENT_LINE = re.compile(r"(?m)^[ \t]*//.*$")


class Generator(Struct, frozen=True):
    """`marks` are files any of which gives it away; `settings` files that may hold the site's address, likeliest first.

    `content` are folders whose folders are collections; `static` those whose files the site serves at its root. `address`
    and `path` are the names of settings: the site's address, and the path it lies under.
    """

    name: str
    marks: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    address: str = ""
    path: str = ""


_HUGO = tuple(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json"))
_HUGO_FOLDERS = tuple(f"config/_default/{name}" for name in _HUGO)
_ASTRO = tuple(f"astro.config.{end}" for end in ("mjs", "ts", "js", "cjs", "mts"))
_DOCUSAURUS = tuple(f"docusaurus.config.{end}" for end in ("js", "ts", "mjs", "cjs"))

GENERATORS = (
    Generator(
        "Docusaurus", _DOCUSAURUS, _DOCUSAURUS, content=("",), static=("static",), address="url", path="baseUrl"
    ),
    Generator(
        "Astro", _ASTRO, _ASTRO, content=("src/content", "src/pages"), static=("public",), address="site", path="base"
    ),
    Generator(
        "Hugo",
        (*_HUGO[:4], *_HUGO_FOLDERS, "archetypes/default.md"),
        (*_HUGO, *_HUGO_FOLDERS),
        content=("content",),
        static=("static",),
        address="baseURL",
    ),
    Generator(
        "Jekyll", ("_config.yml", "_config.yaml"), ("_config.yml", "_config.yaml"), content=("",), static=("",),
        address="url", path="baseurl",
    ),
)  # fmt: skip
PLAIN = Generator("plain", static=("static", "public", ""))


class SiteInfo(Struct, frozen=True):
    """Where the site is published, as far as its configuration says."""

    base_url: str | None = None


def detect(files: Collection[str], folders: Collection[str] = ()) -> Generator:
    """The generator, detected from the files of a repository. Paths are relative to its root, which contains `folders`.

    `config.toml` indicates Hugo only together with a folder `content` or `archetypes`; `_posts` and the like, Jekyll.
    """
    for generator in GENERATORS:
        if any(mark in files for mark in generator.marks):
            return generator
    hugo, jekyll = GENERATORS[2], GENERATORS[3]
    if any(name in files for name in _HUGO) and {"content", "archetypes", "themes"} & set(folders):
        return hugo
    return jekyll if {"_posts", "_layouts", "_includes"} & set(folders) else PLAIN


def site_of(generator: Generator, settings: Mapping[str, Json] | str) -> SiteInfo:
    """What a settings file says: its data, or its text where it is a program."""
    address, path = (_setting(settings, name) for name in (generator.address, generator.path))
    if address is None or _ADDRESS.fullmatch(address) is None or _LOCAL.match(address):
        return SiteInfo()
    below = (path or "").strip("/")
    return SiteInfo(f"{address.rstrip('/')}/{below}".rstrip("/") + "/" if below else address.rstrip("/") + "/")


def _setting(settings: Mapping[str, Json] | str, name: str) -> str | None:
    if not name:
        return None
    if isinstance(settings, str):
        # A program is not run: what it says in so many words is taken, anything else is left to the user.
        says = rf"[ \t]*{name}:[ \t]*([\"'`])([^\"'`\n]*)\1"
        found = re.search(f"(?m)^{says}", settings) or re.search(
            rf"{_OBJECT}(?:[^{{}}]*,)?{says}", _COMMENT_LINE.sub("", settings)
        )
        return found[2] if found else None
    wanted = name.casefold()
    return next((value for key, value in settings.items() if key.casefold() == wanted and isinstance(value, str)), None)
