"""Finds the sites of a repository by the settings of their generators. Nothing is run, and nothing outside is read."""

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from linkcheck import infer
from linkcheck.files import read_file
from linkcheck.infer import Generator, SiteInfo
from linkcheck.infer.literals import read_json_with_comments
from linkcheck.model import Json, Source
from linkcheck.parse import parse

_LARGEST = 1 << 18
"""Maximum number of bytes of a settings file that are read."""
_DEEPEST = 3
"""Folders above the settings of a site: `packages/web/docs`."""
_MOST_FOLDERS = 3_000
_MOST_SITES = 50
_MOST_NAMES = 10_000
_NO_SITES = frozenset(
    (
        *("node_modules", "vendor", "_vendor", "themes", "archetypes", "scaffolds", "templates"),
        *("test", "tests", "__tests__", "fixtures", "spec", "specs", "testdata"),
        *("_site", "dist", "build", "target", "venv", "config"),
    )
)
"""Folders whose settings are those of others, of tests, copies, or of the folder around them."""
_PREAMBLE = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*+|%[^\n]*+)?\r?\n)*+---[ \t]*\r?\n")
"""Comments and directives before the start marker of a YAML file, and the marker."""
_TOP_LEVEL_TEXT = re.compile(
    rb"""(?m)^([A-Za-z_][A-Za-z0-9_-]*+):[ \t]++(?:"([^"\\\r\n]*+)"|'([^'\r\n]*+)'|([^\s#&*!|>{}\[\]%@`"'][^\r\n]*+))"""
)


class FoundSite(Struct, frozen=True):
    generator: Generator
    info: SiteInfo


class RepositoryFolder:
    """The files of a folder, for the readers of settings. Symbolic links that lead out of the root are not followed."""

    def __init__(self, root: str, folder: str = "") -> None:
        self._root = os.path.realpath(root)
        self._folder = folder
        self.data = lru_cache(maxsize=64)(self._data)

    def is_file(self, path: str) -> bool:
        found = self._inside(path)
        return found is not None and os.path.isfile(found)

    def is_folder(self, path: str) -> bool:
        found = self._inside(path)
        return found is not None and os.path.isdir(found)

    def names(self, folder: str) -> tuple[str, ...]:
        """The names in a folder; of a link to a folder, none."""
        found = self._inside(folder)
        if found is None or os.path.islink(found):
            return ()
        try:
            return tuple(sorted(os.listdir(found)[:_MOST_NAMES]))
        except OSError:
            return ()

    def text(self, path: str) -> str:
        return self._bytes(path).decode("utf-8-sig", "replace")

    def _data(self, path: str) -> dict[str, Json]:
        text = self._bytes(path)
        match os.path.splitext(path)[1]:
            case ".yml" | ".yaml":
                return read_yaml(text)
            case ".toml":
                return _front_matter(b"+++\n" + text + b"\n+++\n")
            case _:
                data = read_json_with_comments(text.decode("utf-8-sig", "replace"))
                return data if isinstance(data, dict) else {}

    def _bytes(self, path: str) -> bytes:
        found = self._inside(path)
        try:
            return b"" if found is None else read_file(found, most=_LARGEST)[:_LARGEST]
        except OSError:
            return b""

    def _inside(self, path: str) -> str | None:
        if "\0" in path:
            return None
        found = os.path.realpath(os.path.join(self._root, self._folder, path))
        return found if found == self._root or found.startswith(os.path.join(self._root, "")) else None


def find_sites(root: str) -> tuple[FoundSite, ...]:
    """The sites of a repository, that at its root first. Folders of tests, themes and installed packages are skipped."""
    marks = infer.marks()
    found: list[FoundSite] = []
    folders = [""]
    for at, folder in enumerate(folders):
        if at >= _MOST_FOLDERS or len(found) >= _MOST_SITES:
            break
        names = RepositoryFolder(root, folder).names("")
        if not folder or not marks.isdisjoint(names):
            found += _detected(root, folder)
        if folder.count("/") + bool(folder) < _DEEPEST:
            below = (f"{folder}/{name}".lstrip("/") for name in names if _can_contain_site(name))
            folders += [each for each in below if _is_real_folder(root, each)]
    return tuple(found)


def sites_among(root: str, paths: Iterable[str]) -> tuple[FoundSite, ...]:
    """The same, from the paths of the files, without listing the folders again."""
    marks = infer.marks()
    folders = {""}
    for path in paths:
        parts = path.split("/")
        for depth, name in enumerate(parts[: _DEEPEST + 1]):
            if name in marks:
                folders.add("/".join(parts[:depth]))
            if not _can_contain_site(name):
                break
    likely = sorted(folders, key=lambda each: (each.count("/") + bool(each), each))[:_MOST_SITES]
    return tuple(site for folder in likely for site in _detected(root, folder))


def _detected(root: str, folder: str) -> tuple[FoundSite, ...]:
    detected = infer.detect(RepositoryFolder(root, folder), folder)
    return () if detected is None else (FoundSite(*detected),)


def _can_contain_site(name: str) -> bool:
    return name not in _NO_SITES and not name.startswith(".")


def _is_real_folder(root: str, folder: str) -> bool:
    path = Path(root, folder)
    return path.is_dir() and not path.is_symlink()


def site_around(path: str, sites: Iterable[FoundSite]) -> FoundSite | None:
    """The site that a file belongs to: that with the deepest folder around the file."""
    around = [site for site in sites if _is_in(path, site)]
    return max(around, key=lambda site: len(site.info.folder), default=None)


def _is_in(path: str, site: FoundSite) -> bool:
    """Whether a file is in the site's folder, or in one of its folders of content elsewhere."""
    return any(not folder or path.startswith(f"{folder}/") for folder in (site.info.folder, *site.info.content))


def read_yaml(text: bytes) -> dict[str, Json]:
    """The data of a YAML file. Where it cannot be parsed, the strings at its top level that take one line."""
    preamble = _PREAMBLE.match(text)
    body = text[preamble.end() :] if preamble is not None else text.removeprefix(b"\xef\xbb\xbf")
    if data := _front_matter(b"---\n" + body + b"\n---\n"):
        return data
    return {
        found[1].decode(): (found[2] or found[3] or (found[4] or b"").split(b" #")[0].rstrip()).decode("utf-8", "replace")
        for found in _TOP_LEVEL_TEXT.finditer(body)
    }


def _front_matter(raw: bytes) -> dict[str, Json]:
    return parse(Source("settings", "settings", raw, len(raw), named=True)).data
