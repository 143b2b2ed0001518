"""How front matter can start in the generator of a site, other than with a fence on the first line.

Hugo, Zola, Astro and Quarto accept blank lines before the fence. Hexo accepts longer fences, and front matter without an
opening fence. Pelican and MkDocs read the metadata of MultiMarkdown, Pelican also between fences. The generator is
recognized by its settings in the folders above an article.
"""

import os
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.repository import git_folder

_BLANK_LINES = (
    *(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")),
    "config/_default",
    *(f"astro.config.{end}" for end in ("mjs", "ts", "js", "cjs", "mts")),
    "_quarto.yml",
)
_HEXO = "_config.yml"
_HEXO_FOLDERS = ("scaffolds", "source/_posts")
_PELICAN = "pelicanconf.py"
_MULTIMARKDOWN = (_PELICAN, "mkdocs.yml", "mkdocs.yaml")


class AcceptedStarts(Struct, frozen=True):
    """What a generator accepts, by the names of the fields of `Source`."""

    blank_lines_first: bool = False
    other_fences: bool = False
    multimarkdown: bool = False
    multimarkdown_fences: bool = False


def accepted_starts(file: str) -> AcceptedStarts:
    """What the generator accepts in an article at this path."""
    return _accepted_in(os.path.dirname(os.path.abspath(file)))


def accepted_between_fences(file: str) -> AcceptedStarts:
    """The same for an article that starts with a fence, for which only Pelican matters."""
    return accepted_starts(file) if _is_below_pelican(os.path.dirname(file)) else AcceptedStarts()


@lru_cache(maxsize=1024)
def _is_below_pelican(folder: str) -> bool:
    folder = os.path.abspath(folder)
    parent = os.path.dirname(folder)
    if _has(folder, (_PELICAN,)):
        return True
    return parent != folder and git_folder(folder) is None and _is_below_pelican(parent)


@lru_cache(maxsize=1024)
def _accepted_in(folder: str) -> AcceptedStarts:
    accepted = AcceptedStarts(
        blank_lines_first=_has(folder, _BLANK_LINES),
        other_fences=_has(folder, (_HEXO,)) and _has(folder, _HEXO_FOLDERS),
        multimarkdown=_has(folder, _MULTIMARKDOWN),
        multimarkdown_fences=_has(folder, (_PELICAN,)),
    )
    parent = os.path.dirname(folder)
    if parent == folder or git_folder(folder) is not None:
        return accepted
    above = _accepted_in(parent)
    if accepted == AcceptedStarts():
        return above
    # A file that was added to a folder must not hide the articles in it.
    return replace(accepted, multimarkdown=accepted.multimarkdown or above.multimarkdown)


def _has(folder: str, names: tuple[str, ...]) -> bool:
    return any(os.path.lexists(os.path.join(folder, name)) for name in names)
