"""Detects the generator of a site and reads its settings, as data, without running them.

Each generator is a module with a function `read`. Its front matter keys are in `roles`, which contains those of all of them.
"""

from msgspec.structs import replace

from linkcheck.infer.generators import (
    astro,
    docusaurus,
    eleventy,
    gatsby,
    hexo,
    hugo,
    jekyll,
    mkdocs,
    next_js,
    nuxt,
    obsidian,
    pelican,
    quarto,
    vitepress,
    vuepress,
    zola,
)
from linkcheck.infer.generators.hugo import cascade_of
from linkcheck.infer.generators.site import FrontMatterDefault, Generator, SettingsFiles, SiteInfo, address_of_pages, placed

__all__ = [
    "GENERATORS",
    "PLAIN",
    "FrontMatterDefault",
    "Generator",
    "SettingsFiles",
    "SiteInfo",
    "cascade_of",
    "detect",
    "marks",
]

JEKYLL = Generator("Jekyll", jekyll.SETTINGS, jekyll.read)
GENERATORS = (
    Generator("Docusaurus", docusaurus.MARKS, docusaurus.read),
    Generator("Astro", astro.MARKS, astro.read),
    Generator("Eleventy", eleventy.MARKS, eleventy.read),
    Generator("VitePress", vitepress.MARKS, vitepress.read),
    Generator("VuePress", vuepress.MARKS, vuepress.read),
    Generator("Gatsby", gatsby.MARKS, gatsby.read),
    Generator("Nuxt", nuxt.MARKS, nuxt.read),
    Generator("Quarto", quarto.MARKS, quarto.read),
    Generator("Pelican", pelican.MARKS, pelican.read),
    Generator("Zola", zola.MARKS, zola.read, has_section_pages=True),
    Generator("Hugo", (*hugo.MARKS, *hugo.MAYBE_MARKS), hugo.read, has_section_pages=True),
    Generator("Hexo", hexo.SETTINGS, hexo.read),
    JEKYLL,
    Generator("MkDocs", mkdocs.MARKS, mkdocs.read),
    Generator("Next.js", next_js.MARKS, next_js.read),
    Generator("Obsidian", obsidian.MARKS, obsidian.read),
)
"""The first that recognizes a folder is its generator. Generators whose settings files have a unique name come first."""
PLAIN = Generator("plain", (), lambda _files: SiteInfo())


def detect(files: SettingsFiles, folder: str = "") -> tuple[Generator, SiteInfo] | None:
    """The generator whose settings are in a folder of the repository, and the site they describe; None if there are none.

    At the root of the repository (`folder` is empty), folders such as `_posts` indicate Jekyll even without settings.
    """
    for generator in GENERATORS:
        site = generator.read(files)
        if site is not None:
            return generator, placed(_with_address(site, files), folder)
    if not folder and any(files.is_folder(name) for name in jekyll.FOLDERS):
        return JEKYLL, _with_address(jekyll.site_of({}), files)
    return None


def _with_address(site: SiteInfo, files: SettingsFiles) -> SiteInfo:
    return site if site.base_url is not None else replace(site, base_url=address_of_pages(files, site.static))


def marks() -> frozenset[str]:
    """The first parts of all marks. A folder that contains none of these names is not a site."""
    return frozenset(mark.partition("/")[0] for generator in GENERATORS for mark in generator.marks)
