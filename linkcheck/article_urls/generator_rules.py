"""How site generators publish articles, as far as it does not depend on the settings of a site."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace


class GeneratorRules(Struct, frozen=True):
    """How a generator publishes articles.

    `lowers` and `strips_numbers` tell whether it changes upper case to lower case and removes order numbers; None if
    that is not known. `strips_dates` is about the dates that file names start with; if it `has_dated_names`, they are
    the dates of the articles; if it also `prefers_own_dates`, the property `date` replaces them. If it `has_slugs`, a
    slug in the front matter replaces the file name, and if it `has_ids`, so does an ID. A file `README` is the page of
    its folder if it `has_readme_pages`, and a file with the name of its folder if it `has_folder_pages`. If it
    `has_bundles`, the other articles next to an `index` file and below are parts of its page. If it `has_languages`,
    file names can end with a language; if it `has_translations`, articles with a language in their front matter can have
    other URLs. If it `has_plain_names`, it replaces letters outside ASCII and signs. If it `serves_html`, HTML files
    without front matter are published as they are. If it `serves_without_html`, its server and the usual host of its
    sites serve `/a.html` at `/a` too. If it `hides_underscores`, no file that is published and no URL has a part that
    begins with one.
    `names` are the names that patterns contain in place of a slug, each with the sources of the value, best first: `slug`,
    `title`, `stem`, the name of the file, and `undated`, the same without a date.
    """

    needs_front_matter: bool = False
    has_readme_pages: bool = False
    has_folder_pages: bool = False
    has_bundles: bool = False
    has_languages: bool = False
    has_translations: bool = False
    has_slugs: bool = False
    has_ids: bool = False
    serves_sources: bool = False
    serves_html: bool = False
    serves_without_html: bool = False
    has_plain_names: bool = False
    lowers: bool | None = False
    strips_numbers: bool | None = False
    strips_dates: bool = False
    has_dated_names: bool = False
    prefers_own_dates: bool = False
    hides_future: bool = True
    hides_underscores: bool = True
    names: Mapping[str, tuple[str, ...]] = {}


UNKNOWN = GeneratorRules(needs_front_matter=True, lowers=None, strips_numbers=None, has_slugs=True)
"""The rules without a generator: an article has the URLs that all generators would give it."""
_EVERY_FILE = GeneratorRules(hides_future=False, hides_underscores=False)
RULES = {
    "Astro": GeneratorRules(lowers=None, has_slugs=True),
    "Docusaurus": GeneratorRules(
        has_dated_names=True,
        has_readme_pages=True,
        has_folder_pages=True,
        has_slugs=True,
        has_ids=True,
        strips_numbers=True,
        hides_future=False,
    ),
    "Eleventy": GeneratorRules(has_folder_pages=True, strips_dates=True, names={"file_slug": ("undated",)}),
    "Gatsby": GeneratorRules(),
    "Hexo": GeneratorRules(needs_front_matter=True, names={"title": ("stem",), "name": ("stem",)}),
    "Hugo": GeneratorRules(
        lowers=True,
        has_slugs=True,
        has_bundles=True,
        has_languages=True,
        hides_underscores=False,
        names={
            "slug": ("slug", "title"),
            "title": ("title",),
            **dict.fromkeys(("filename", "contentbasename"), ("stem",)),
            **dict.fromkeys(("slugorfilename", "slugorcontentbasename"), ("slug", "stem")),
        },
    ),
    "Jekyll": GeneratorRules(
        needs_front_matter=True,
        has_dated_names=True,
        prefers_own_dates=True,
        serves_html=True,
        serves_without_html=True,
        names={"title": ("slug", "undated"), "slug": ("slug", "undated"), "name": ("stem",)},
    ),
    "MkDocs": replace(_EVERY_FILE, has_readme_pages=True),
    "Next.js": GeneratorRules(),
    "Nuxt": GeneratorRules(lowers=True, strips_numbers=True),
    "Pelican": GeneratorRules(
        needs_front_matter=True, has_translations=True, lowers=True, names={"slug": ("slug", "title"), "title": ("title",)}
    ),
    "Quarto": replace(_EVERY_FILE, hides_underscores=True),
    "VitePress": replace(_EVERY_FILE, serves_sources=True),
    "VuePress": replace(_EVERY_FILE, has_readme_pages=True, serves_sources=True),
    "Zola": replace(
        _EVERY_FILE,
        needs_front_matter=True,
        has_slugs=True,
        has_languages=True,
        has_plain_names=True,
        lowers=True,
        strips_dates=True,
    ),
}
"""The rules by the name of the generator."""
