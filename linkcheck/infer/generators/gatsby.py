"""Gatsby: `gatsby-config.js`. Articles are in the folders that `gatsby-source-filesystem` reads."""

from collections.abc import Iterator
from posixpath import normpath

from linkcheck.infer.generators.site import (
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find_text,
    first_program,
    settings_names,
    stated_address,
)
from linkcheck.model import Json

MARKS = settings_names("gatsby-config")
_USUAL = ("content", "src/content", "src/pages", "blog", "posts")


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    return SiteInfo(
        address(find_text(settings, "siteMetadata", "siteUrl") or stated_address(files), settings.get("pathPrefix")),
        content=existing(files, (*_USUAL, *_sources(settings.get("plugins")))),
        static=("static",),
        page_urls={"src/pages": "/:path/"},
        # A plugin makes pages of articles, if any does.
        hidden=("src/pages/**/*.md", "src/pages/**/*.mdx"),
    )


def _sources(plugins: Json) -> Iterator[str]:
    for plugin in plugins if isinstance(plugins, list) else []:
        path = find_text(plugin, "options", "path")
        if find_text(plugin, "resolve") == "gatsby-source-filesystem" and path:
            folder = normpath(path)
            if not any(folder == usual or folder.startswith(f"{usual}/") for usual in _USUAL):
                yield folder
