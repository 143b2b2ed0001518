"""The properties that the settings of a generator give to articles: Jekyll's defaults and Hugo's cascades."""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from posixpath import basename, dirname, splitext

from linkcheck import infer
from linkcheck.commands.init.articles import ArticleStore
from linkcheck.errors import UsageError
from linkcheck.globs import fits, is_quick, matcher
from linkcheck.infer import FrontMatterDefault
from linkcheck.model import Json
from linkcheck.pipeline.sites import FoundSite

_OWN_URL = frozenset(("permalink", "path", "slug", "url"))
"""Properties that replace the URL that the settings give to an article."""


def find_defaults(sites: Iterable[FoundSite], store: ArticleStore) -> tuple[FrontMatterDefault, ...]:
    """What the settings of sites, and the `_index` pages of Hugo, give to articles."""
    sites = tuple(sites)
    return (*(default for site in sites for default in site.info.defaults), *_cascades(sites, store))


def _cascades(sites: Iterable[FoundSite], store: ArticleStore) -> Iterator[FrontMatterDefault]:
    """What the `_index` pages of Hugo give to the articles below them."""
    if any(site.generator.name == "Hugo" for site in sites):
        pages = [path for path in store.readable if splitext(basename(path))[0] == "_index"]
        for path, data in zip(pages, store.values(pages), strict=True):
            yield from infer.cascade_of(data, dirname(path), own=True)


def drop_defaulted(schema: dict[str, Json], paths: Collection[str], defaults: Iterable[FrontMatterDefault]) -> None:
    """Require nothing that the settings give to an article that lacks it."""
    required = schema.get("required")
    if not isinstance(required, list):
        return
    given: set[str] = set()
    for default in defaults:
        if not default.values.keys().isdisjoint(required) and _is_for_any(default, paths):
            given |= default.values.keys()
    schema["required"] = [name for name in required if name not in given]
    if not schema["required"]:
        del schema["required"]


def replace_urls(defaults: Iterable[FrontMatterDefault], paths: Collection[str]) -> bool:
    """Whether a default gives some of the articles another URL than that of their collection."""
    return any(not _OWN_URL.isdisjoint(default.values) and _is_for_any(default, paths) for default in defaults)


def _is_for_any(default: FrontMatterDefault, paths: Iterable[str]) -> bool:
    globs = tuple(_matchers(default.globs))
    return any(fits(globs, path) for path in paths)


def _matchers(globs: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """The patterns of globs from the settings of a generator, without those that are invalid or would take long."""
    for glob in globs:
        if is_quick(glob):
            with suppress(UsageError):
                yield matcher(glob)
