"""How front matter can start in the generator of a site, other than with a fence on the first line.

Hugo, Zola, Astro and Quarto accept blank lines before the fence. Hexo accepts longer fences, and front matter without an
opening fence. Pelican and MkDocs read the metadata of MultiMarkdown. The generator is recognized by its settings in the
folders above an article.
"""

import os
from functools import lru_cache

from msgspec import Struct

from linkcheck.repository import git_folder

_BLANK_LINES = (
    *(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")),
    "config/_default",
    *(f"astro.config.{end}" for end in ("mjs", "ts", "js", "cjs", "mts")),
    "_quarto.yml",
)
_HEXO = "_config.yml"
_HEXO_FOLDERS = ("scaffolds", "source/_posts")
_MULTIMARKDOWN = ("pelicanconf.py", "mkdocs.yml", "mkdocs.yaml")


class AcceptedStarts(Struct, frozen=True):
    """What a generator accepts, by the names of the fields of `Source`."""

    blank_lines_first: bool = False
    other_fences: bool = False
    multimarkdown: bool = False


def accepted_starts(file: str) -> AcceptedStarts:
    """What the generator accepts in an article at this path."""
    return _accepted_in(os.path.dirname(os.path.abspath(file)))


@lru_cache(maxsize=1024)
def _accepted_in(folder: str) -> AcceptedStarts:
    accepted = AcceptedStarts(
        blank_lines_first=_has(folder, _BLANK_LINES),
        other_fences=_has(folder, (_HEXO,)) and _has(folder, _HEXO_FOLDERS),
        multimarkdown=_has(folder, _MULTIMARKDOWN),
    )
    parent = os.path.dirname(folder)
    if accepted != AcceptedStarts() or parent == folder or git_folder(folder) is not None:
        return accepted
    return _accepted_in(parent)


def _has(folder: str, names: tuple[str, ...]) -> bool:
    return any(os.path.lexists(os.path.join(folder, name)) for name in names)
