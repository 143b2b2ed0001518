"""Which files below the folders of `site-root` the settings of a site generator leave out of the site."""

import os
import re
from functools import lru_cache
from posixpath import dirname, join, normpath
from re import Pattern
from typing import TYPE_CHECKING

from linkcheck.files import read_file
from linkcheck.globs import fits, is_quick, matcher

if TYPE_CHECKING:
    from linkcheck.pipeline.sites import FoundSite

_SETTINGS = ("_config.", ".eleventy.", "eleventy.config.", "hugo.", "config")
"""How the names of settings start that may leave out files, and of those of Hugo."""
_HIDES_NAMES = ("Jekyll", "Hexo")
"""Generators that leave out what their settings exclude, and files in folders such as `_drafts` and `.git`."""
_PLUGINS_OF_JEKYLL = ("Gemfile", "_config.yml", "_config.yaml")
_PUBLISHES_FILES_OF_POSTS = re.compile(rb"jekyll-(?:post-?files?|assets?-path|[a-z-]{0,20}picture|responsive-image|assets)")
_LARGEST = 1 << 18
_HIDING = ("_", ".", "#")


class ServedFiles:
    """Files by the settings in the folders above them."""

    def __init__(self, top: str, folder: str) -> None:
        """`folder` is the working directory, relative to the repository, whose folder is `top`."""
        self._top = top
        self._folder = folder
        self._settings_above = lru_cache(maxsize=4096)(self._find_settings)
        self._sites = lru_cache(maxsize=64)(self._find_sites)
        self._publishes_files_of_posts = lru_cache(maxsize=64)(self._find_plugin)
        self._matchers = lru_cache(maxsize=64)(_matchers)

    def leaves_out(self, file: str, root: str) -> bool:
        """Whether a file below a folder is certainly not served at its path from there; both relative to `folder`."""
        file, root = self._in_repository(file), self._in_repository(root)
        site = self._site_around(file)
        if site is None or root not in (*site.info.static, *site.info.maybe_static):
            return False
        info = site.info
        if info.copied is not None:
            copied = self._matchers(tuple(glob for glob, start in info.copied.items() if start == root))
            return copied is not None and not fits(copied, file)
        if site.generator.name not in _HIDES_NAMES:
            return False
        parts = file[len(root) :].strip("/").split("/")
        if not set(info.collections).isdisjoint(parts):
            return False
        excluded = self._matchers(info.hidden)
        return any(each.startswith(_HIDING) for each in parts) or (excluded is not None and fits(excluded, file))

    def leaves_out_of_folder(self, file: str) -> bool:
        """Whether a file is in a folder such as `_posts`, of which Jekyll publishes only the articles."""
        file = self._in_repository(file)
        site = self._site_around(file)
        if site is None or site.generator.name != "Jekyll":
            return False
        folders = file[len(site.info.folder) :].strip("/").split("/")[:-1]
        is_hidden = any(each.startswith("_") for each in folders) and set(site.info.collections).isdisjoint(folders)
        return is_hidden and not self._publishes_files_of_posts(site.info.folder)

    def _find_plugin(self, folder: str) -> bool:
        """Whether a plugin of Jekyll that publishes the files next to posts is mentioned in the settings of a site."""
        for name in _PLUGINS_OF_JEKYLL:
            try:
                text = read_file(os.path.join(self._top, folder, name), most=_LARGEST, follow=False)
            except OSError:
                continue
            if _PUBLISHES_FILES_OF_POSTS.search(text):
                return True
        return False

    def is_of_hugo(self, file: str) -> bool:
        site = self._site_around(self._in_repository(file))
        return site is not None and site.generator.name == "Hugo"

    def _in_repository(self, path: str) -> str:
        found = normpath(join(self._folder, path))
        return "" if found == "." else found

    def _site_around(self, file: str) -> "FoundSite | None":
        settings = self._settings_above(dirname(file))
        if not settings:
            return None
        # Imported here because most sites have no such settings.
        from linkcheck.pipeline.sites import site_around

        return site_around(file, self._sites(settings))

    def _find_settings(self, folder: str) -> tuple[str, ...]:
        """The paths of the settings in a folder and in those above."""
        try:
            names = os.listdir(os.path.join(self._top, folder))
        except OSError:
            names = []
        here = tuple(sorted(f"{folder}/{name}".lstrip("/") for name in names if name.startswith(_SETTINGS)))
        return (*here, *self._settings_above(dirname(folder))) if folder else here

    def _find_sites(self, settings: tuple[str, ...]) -> "tuple[FoundSite, ...]":
        from linkcheck.pipeline.sites import sites_among

        return sites_among(self._top, settings)


def _matchers(globs: tuple[str, ...]) -> tuple[Pattern[str], ...] | None:
    """What matches the files of these globs and below; None if that would take long."""
    return tuple(matcher(glob, below=True) for glob in globs) if all(map(is_quick, globs)) else None
