"""Finds the folder that a site's template puts in front of the values of a property, from where the named files are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from linkcheck.infer.roles import SHARE
from linkcheck.infer.site_roots import is_built

_LEAST = 3
"""Different names that only this folder has. One file of the same name is often a coincidence. That three names are in one
folder and nowhere else in the repository, and nearly all other values of the property are in it too, is not."""
_MOST_VALUES = 1_000
"""Distinct values that are searched for."""
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,3}\Z")
"""The number in a series, which counts as one name: unrelated folders have an `image1.png` and an `image2.png` too."""
_TELLING = re.compile(r"[^\W\d_]{3}|[0-9]{4}")
"""What a name contains at least: letters of a word, or a long number."""


def find_added_folder(values: Iterable[str], ending_with: Callable[[str], tuple[str, ...]]) -> str | None:
    """The folder that has nearly all of the distinct values, which are paths without a slash in front; None if none does.

    `ending_with` returns the files of the repository whose path ends with a value.
    """
    distinct = sorted(set(values))[:_MOST_VALUES]
    having: Counter[str] = Counter()
    only: dict[str, set[str]] = {}
    for value in distinct:
        files = ending_with(value)
        folders = {file.removesuffix(value).rstrip("/") for file in files if file.endswith(value)}
        # What a generator writes is a copy, unless nothing else is there.
        sources = {folder for folder in folders if not is_built(folder)} or folders
        having.update(sources)
        name = _NUMBER.sub("", value.rpartition("/")[2].partition(".")[0]).rstrip("-_ ")
        if len(sources) == 1 and _TELLING.search(name):
            only.setdefault(sources.pop(), set()).add(name)
    best = max(only, key=lambda folder: (len(only[folder]), having[folder], folder), default="")
    # No template adds the top of the repository: files there are at a root of the site.
    is_certain = best and len(only[best]) >= _LEAST and having[best] >= SHARE * len(distinct)
    return best if is_certain else None
