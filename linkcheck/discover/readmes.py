"""Files that describe a folder to its authors, by their names: `README.md`, `readme.de.md`, `README-zh-CN.md`.

A generator may make a page of one, so it is an article if it has front matter. It does not have to have any.
"""

from posixpath import basename, splitext

from linkcheck.languages import is_language

_NAME = "readme"


def is_readme(path: str) -> bool:
    stem = splitext(basename(path))[0].lower()
    rest = stem.removeprefix(_NAME)
    return stem.startswith(_NAME) and (not rest or (rest[0] in "._-" and is_language(rest[1:])))


def names_readme(glob: str) -> bool:
    """Whether a glob is about such files: `docs/**/README.md`."""
    return _NAME in basename(glob).lower()
