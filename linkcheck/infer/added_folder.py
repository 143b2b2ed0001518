"""Finds the folder that a site's template puts in front of the values of a property, from where the named files are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from linkcheck.infer.roles import SHARE
from linkcheck.infer.site_roots import is_built

_LEAST = 3
"""Different names that only this folder has, or only folders that have nearly all names. One file of the same name is often
a coincidence. That three names are in one folder and nowhere else in the repository, and nearly all other values of the
property are in it too, is not."""
_LEAST_TELLING = 2
"""Those among them that are words or long numbers: a short name such as `kv` may be the third."""
_MOST_VALUES = 1_000
"""Distinct values that are searched for."""
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,3}\Z")
"""The number in a series, which counts as one name: unrelated folders have an `image1.png` and an `image2.png` too."""
_TELLING = re.compile(r"[^\W\d_]{3}|[0-9]{4}")
"""What a telling name contains at least: letters of a word, or a long number."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
"""What any other name contains that counts after telling ones."""


def find_added_folder(values: Iterable[str], ending_with: Callable[[str], tuple[str, ...]]) -> str | None:
    """The folder that has nearly all of the distinct values, which are paths without a slash in front; None if none does.

    Of several folders with the same files, such as one for each size of an image, the one with most of them, or else the
    first one. `ending_with` returns the files of the repository whose path ends with a value.
    """
    distinct = sorted(set(values))[:_MOST_VALUES]
    sources = {value: _sources(value, ending_with(value)) for value in distinct}
    having = Counter(folder for folders in sources.values() for folder in folders)
    # No template adds the top of the repository: files there are at a root of the site.
    complete = {folder for folder, number in having.items() if folder and number >= SHARE * len(distinct)}
    names: dict[str, set[str]] = {}
    for value, folders in sources.items():
        if folders <= complete:
            name = _NUMBER.sub("", value.rpartition("/")[2].partition(".")[0]).rstrip("-_ ")
            for folder in folders:
                names.setdefault(folder, set()).add(name)
    certain = (folder for folder, found in names.items() if _is_certain(found))
    return min(certain, key=lambda folder: (-having[folder], folder), default=None)


def _sources(value: str, files: Iterable[str]) -> set[str]:
    """The folders that a value can start from. What a generator writes is a copy, unless nothing else is there."""
    folders = {file.removesuffix(value).rstrip("/") for file in files if file.endswith(value)}
    return {folder for folder in folders if not is_built(folder)} or folders


def _is_certain(names: set[str]) -> bool:
    telling = sum(_TELLING.search(name) is not None for name in names)
    others = sum(_TELLING.search(name) is None and _LETTERS.search(name) is not None for name in names)
    return telling >= _LEAST_TELLING and telling + others >= _LEAST
