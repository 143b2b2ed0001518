"""Data files (JSON, TOML, YAML) that settings declare as entries of a site, and the globs that match only such files."""

import re
from collections.abc import Iterable
from posixpath import join

from msgspec import Struct

from linkcheck.globs import is_quick
from linkcheck.model import Json

EXTENSIONS = ("json", "toml", "yaml", "yml")
_ENDING = re.compile(r"\w+|\{[\w,]+\}|@?\([\w|]+\)")
_UNSUPPORTED = frozenset("()|\\!\0")
"""Characters of globs that have no equivalent here, after `[^` was replaced."""


class DataEntries(Struct, frozen=True):
    """Data files with the schema of an entry, which is empty if it is not known. `source` is the file that declares them; it
    is empty if no settings do.

    Files that match `globs` are entries unless they match `excluded`. A file is one entry, unless `map_in` is not
    None: then it has a mapping of entries by their names, in the property `map_in` or, if it is empty, at the top level.
    """

    name: str
    globs: tuple[str, ...]
    source: str = ""
    schema: dict[str, Json] = {}
    excluded: tuple[str, ...] = ()
    map_in: str | None = None


def split_patterns(patterns: Iterable[str], base: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Globs of data files for the patterns of a generator in the folder `base`, and those of the files they exclude."""
    written = tuple(patterns)
    wanted = (data_glob(join(base, each)) for each in written if not each.startswith("!"))
    excluded = (data_glob(join(base, each[1:])) for each in written if each.startswith("!"))
    return tuple(glob for glob in wanted if glob), tuple(glob for glob in excluded if glob)


def data_glob(pattern: str) -> str | None:
    """The glob that matches the data files among those that a pattern matches; None if there are none, or if it is unusual.

    `**/*.{md,json}` becomes `**/*.json`, and `authors/*` becomes `authors/*.{json,toml,yaml,yml}`.
    """
    stem, dot, ending = pattern.rpartition(".")
    if dot and _ENDING.fullmatch(ending):
        named = re.findall(r"\w+", ending)
    elif pattern.endswith("*"):
        stem = f"{pattern}/*" if f"/{pattern}".endswith("/**") else pattern
        named = [*EXTENSIONS]
    else:
        return None
    kept = [extension for extension in EXTENSIONS if extension in named]
    stem = stem.replace("[^", "[!")
    if not kept or not _UNSUPPORTED.isdisjoint(stem.replace("[!", "[")):
        return None
    glob = f"{stem}.{kept[0]}" if len(kept) == 1 else f"{stem}.{{{','.join(kept)}}}"
    return glob if is_quick(glob) else None
