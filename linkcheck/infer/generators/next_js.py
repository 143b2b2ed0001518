"""Next.js: `next.config.js`. It has no fixed folder for articles, so the usual ones are tried."""

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
)

MARKS = settings_names("next.config")
_SITEMAP = settings_names("next-sitemap.config", "next-sitemap")
_NAMES = ("content", "contents", "posts", "_posts", "articles", "blog", "data", "docs", "pages", "app")
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
    )
