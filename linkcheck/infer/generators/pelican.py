"""Pelican: `pelicanconf.py`, and `publishconf.py` with the address of the published site."""

import re
from collections.abc import Iterator

from linkcheck.infer.generators.site import (
    FrontMatterDefault,
    SettingsFiles,
    SiteInfo,
    address,
    find_text,
    first_program,
    folder_named,
    mapping,
)
from linkcheck.model import Json

MARKS = ("pelicanconf.py",)
_NAMES = {"{slug}": ":slug", "{date:%Y}": ":year", "{date:%m}": ":month", "{date:%d}": ":day"}
_OWN_URLS = re.compile(r"SLUG|(?:FILENAME|PATH)_METADATA|(?:ARTICLE|PAGE)_PATHS")
"""Settings that change the URLs in ways that are not read."""


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    published = first_program(files, ("publishconf.py",))
    settings: dict[str, Json] = {**program.names, **(published.names if published is not None else {})}
    content = folder_named(find_text(settings, "PATH") or "content")
    values = mapping(settings.get("DEFAULT_METADATA"))
    return SiteInfo(
        address(settings.get("SITEURL")),
        content=(content,),
        # STATIC_PATHS are folders in the folder of the articles, and are published under the same names.
        static=(content,),
        permalinks={"": _pattern(settings, "ARTICLE_URL", "")} if find_text(settings, "ARTICLE_URL") else {},
        page_urls={} if any(map(_OWN_URLS.search, settings)) else dict(_page_urls(settings, content)),
        defaults=(FrontMatterDefault((f"{content}/**".lstrip("/"),), values),) if values else (),
    )


def _page_urls(settings: dict[str, Json], content: str) -> Iterator[tuple[str, str]]:
    yield content, _pattern(settings, "ARTICLE_URL", "{slug}.html")
    yield f"{content}/pages".lstrip("/"), _pattern(settings, "PAGE_URL", "pages/{slug}.html")


def _pattern(settings: dict[str, Json], setting: str, usual: str) -> str:
    """The URLs that a setting specifies, with linkcheck's names where it has them."""
    pattern = find_text(settings, setting) or usual
    for theirs, ours in _NAMES.items():
        pattern = pattern.replace(theirs, ours)
    return f"/{pattern.lstrip('/')}"
