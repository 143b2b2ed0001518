"""The collection for everything else: `linkcheck init --add` adds one for the folders of its articles."""

import os
import re
from collections.abc import Iterable
from posixpath import basename

from linkcheck import infer
from linkcheck.config import Config
from linkcheck.config.settings import CollectionTable
from linkcheck.globs import fits, matcher

SCHEMAS = ".linkcheck"
"""The folder of the schemas that init writes. It is hidden, because generators do not publish hidden folders."""
_NAME = re.compile(rf"{infer.PAGES}(?:-[0-9]+)?")


class RestCollection:
    """The last collection, if init wrote it for the articles that are in no folder before it; its `table` is None if not."""

    def __init__(self, config: Config) -> None:
        self.table = _rest_of(config.collections)
        self._root = config.root
        self._others = _patterns(config.collections if self.table is None else config.collections[:-1])
        self._own = () if self.table is None else _patterns((self.table,))

    def is_claimed(self, path: str) -> bool:
        """Whether another collection has an article. `path` is relative to the configuration, as in `takes`."""
        return fits(self._others, path)

    def takes(self, path: str) -> bool:
        """Whether the paths of the collection fit an article, which can be claimed by another one."""
        return fits(self._own, path)

    def has(self, path: str, schema: str) -> bool:
        """Whether an article is in this collection and has its schema. The paths are relative to the working directory."""
        if self.table is None or os.path.abspath(schema) != os.path.abspath(os.path.join(self._root, self.table.schema)):
            return False
        from_root = os.path.relpath(path, self._root).replace(os.sep, "/")
        return self.takes(from_root) and not self.is_claimed(from_root)


def _rest_of(collections: tuple[CollectionTable, ...]) -> CollectionTable | None:
    last = collections[-1] if collections else None
    if last is None or not last.schema.startswith(f"{SCHEMAS}/"):
        return None
    return last if "." in last.paths or (_NAME.fullmatch(last.name) and not all(map(_is_of_pages, last.paths))) else None


def _is_of_pages(path: str) -> bool:
    """Whether a path is the glob of a folder `pages`, whose collection has this name too."""
    folder, _, rest = path.rpartition("/")
    return rest == "**" and infer.plain_name(basename(folder)) == infer.PAGES


def _patterns(tables: Iterable[CollectionTable]) -> tuple[re.Pattern[str], ...]:
    return tuple(matcher(glob, below=True) for table in tables for glob in table.paths)
