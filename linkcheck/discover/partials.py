"""Files and folders that are parts or templates of articles, by their names.

`TEMPLATE.md` is the template of an article. Several generators make no page of a file whose name starts with an underscore:
other articles include it. The generator is recognized by its settings in the folders above. An R Markdown file is the source
of an article if the page that was made from it is next to it, and is what the generator reads.
"""

import os
import re
from functools import lru_cache

from linkcheck.discover.template_folders import ELEVENTY, HUGO, JEKYLL
from linkcheck.files import read_file
from linkcheck.front_matter_start import starts_with_front_matter
from linkcheck.repository import git_folder

_TEMPLATE = re.compile(r"(?:[A-Z0-9_-]*[_-])?TEMPLATE|_template")
_R_MARKDOWN = (".rmd", ".rmarkdown")
_MADE_FROM_IT = (".md", ".markdown", ".html")
_START = 512
_SECTION_PAGE = "_index"
"""What Hugo and Zola make the page of a section from."""
_FILES_AND_FOLDERS = (
    *(f"docusaurus.config.{end}" for end in ("js", "ts", "mjs", "cjs", "mts")),
    "_quarto.yml",
    "_quarto.yaml",
)
_FILES = (*(f"astro.config.{end}" for end in ("mjs", "ts", "js", "cjs", "mts")), *JEKYLL)
_OTHERS = (*HUGO, *ELEVENTY, "mkdocs.yml", "mkdocs.yaml", "pelicanconf.py", ".vitepress")
"""Of generators that give no meaning to the underscore."""


def is_partial(file: str) -> bool:
    """Whether the file at this path is a part or the template of articles, and not an article."""
    folder, name = os.path.split(file)
    stem = name.partition(".")[0]
    if _TEMPLATE.fullmatch(stem) or (name.lower().endswith(_R_MARKDOWN) and _has_page(file)):
        return True
    return stem.startswith("_") and stem != _SECTION_PAGE and _left_out(os.path.abspath(folder))[0]


def is_partial_folder(folder: str) -> bool:
    """Whether the files of the folder at this path are parts of articles."""
    parent, name = os.path.split(folder)
    return name.startswith("_") and _left_out(os.path.abspath(parent))[1]


def is_named(glob: str) -> bool:
    """Whether a glob is about such files: `docs/_*.md`."""
    name = glob.rpartition("/")[2]
    return name.startswith("_") or "TEMPLATE" in name or name.lower().endswith(_R_MARKDOWN)


def _has_page(file: str) -> bool:
    """Whether there is an article next to an R Markdown file that was made from it."""
    stem = os.path.splitext(file)[0]
    for extension in _MADE_FROM_IT:
        try:
            start = read_file(stem + extension, most=_START, follow=False)
        except (OSError, ValueError):
            continue
        if starts_with_front_matter(start):
            return True
    return False


@lru_cache(maxsize=1024)
def _left_out(folder: str) -> tuple[bool, bool]:
    """Whether the generator of a folder leaves out files, and whether it leaves out folders, with an underscore in front."""
    both = _has(folder, _FILES_AND_FOLDERS)
    if both or _has(folder, _FILES):
        return True, both
    parent = os.path.dirname(folder)
    if _has(folder, _OTHERS) or parent == folder or git_folder(folder) is not None:
        return False, False
    return _left_out(parent)


def _has(folder: str, names: tuple[str, ...]) -> bool:
    return any(os.path.lexists(os.path.join(folder, name)) for name in names)
