"""How front matter can start in the generator of a site, other than with a fence on the first line.

Hugo, Zola, Astro and Quarto accept blank lines before the fence. Hexo accepts longer fences, and front matter without an
opening fence. The generator is recognized by its settings in the folders above an article.
"""

import os
from functools import lru_cache

from linkcheck.repository import git_folder

_BLANK_LINES = (
    *(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")),
    "config/_default",
    *(f"astro.config.{end}" for end in ("mjs", "ts", "js", "cjs", "mts")),
    "_quarto.yml",
)
_HEXO = "_config.yml"
_HEXO_FOLDERS = ("scaffolds", "source/_posts")


def accepted_starts(file: str) -> tuple[bool, bool]:
    """Whether an article at this path can have blank lines before the fence, and whether it can have other fences."""
    return _accepted_in(os.path.dirname(os.path.abspath(file)))


@lru_cache(maxsize=1024)
def _accepted_in(folder: str) -> tuple[bool, bool]:
    has_blank_lines = _has(folder, _BLANK_LINES)
    has_other_fences = _has(folder, (_HEXO,)) and _has(folder, _HEXO_FOLDERS)
    parent = os.path.dirname(folder)
    if has_blank_lines or has_other_fences or parent == folder or git_folder(folder) is not None:
        return has_blank_lines, has_other_fences
    return _accepted_in(parent)


def _has(folder: str, names: tuple[str, ...]) -> bool:
    return any(os.path.lexists(os.path.join(folder, name)) for name in names)
