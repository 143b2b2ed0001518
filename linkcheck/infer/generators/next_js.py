"""Next.js: `next.config.js`. It has no fixed folder for articles, so the usual ones are tried."""

from collections.abc import Iterator

from linkcheck.infer.generators.aliases import compiler_paths
from linkcheck.infer.generators.site import (
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find_text,
    first_program,
    settings_names,
    stated_address,
    texts,
)
from linkcheck.infer.literals import Program

MARKS = settings_names("next.config")
_SITEMAP = settings_names("next-sitemap.config", "next-sitemap")
_NAMES = ("content", "contents", "posts", "_posts", "articles", "blog", "data", "docs", "pages", "app")
_PAGES = ("pages", "src/pages")
_USUAL = (*_NAMES, *(f"src/{name}" for name in _NAMES))


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    sitemap = first_program(files, _SITEMAP)
    url = find_text(sitemap.exported, "siteUrl") if sitemap is not None else None
    return SiteInfo(
        address(url or stated_address(files), program.exported.get("basePath")),
        content=existing(files, _USUAL),
        static=("public",),
        aliases=compiler_paths(files),
        page_urls=dict.fromkeys(_PAGES, "/:path/"),
        hidden=tuple(glob for folder in _PAGES for glob in (f"{folder}/api/**", *_articles(program, folder))),
    )


def _articles(program: Program, folder: str) -> Iterator[str]:
    """Articles in the folder of the pages, which are pages only with a setting."""
    extensions = texts(program.exported.get("pageExtensions"))
    yield from (f"{folder}/**/*.{each}" for each in ("md", "mdx") if each not in extensions)
