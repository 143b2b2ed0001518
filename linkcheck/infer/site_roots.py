"""Finds the folders that a site serves at its root, from the locations of the files that articles refer to."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from msgspec import Struct

MOST_ROOTS = 8
_LEAST_SHARE = 0.2
"""Minimum share of the files that are not found otherwise that a root contains."""
_LEAST_FURTHER = 3
"""Minimum number of files in a further root if the settings are correct, since a single file may be a copy."""
_BUILT = frozenset(("_site", "public", "dist", "build", "out", "site", "docs"))
"""Default output folders of generators. Files in them are copies."""
_QUERY = re.compile(r"[?#].*", re.DOTALL)


class LocalReference(Struct, frozen=True):
    """A link without a host, as written, and its article."""

    article: str
    url: str


def find_site_roots(
    references: Iterable[LocalReference],
    declared: Sequence[str],
    *,
    is_file: Callable[[str], bool],
    ending_with: Callable[[str], tuple[str, ...]],
    base_path: str = "/",
) -> tuple[str, ...]:
    """The roots of a site, the likeliest first; empty if no reference needs one.

    `declared` are the existing folders that the generator's settings specify. They are returned even if they contain none of
    the files, because then the files are missing. For references that are not found, the files of the repository whose paths
    have the same end are searched (`/img/a.png` and `themes/x/static/img/a.png` give the root `themes/x/static`).
    `base_path` is the path of the site's URL.
    """
    paths = {path for each in references if (path := _wanted(each, is_file)) is not None}
    spellings = {path: _spellings(path, base_path) for path in sorted(paths)}
    missing = {
        path: written
        for path, written in spellings.items()
        if not any(is_file(join(root, each)) for root in declared for each in written)
    }
    is_right = len(missing) < len(spellings)
    further = _by_suffix(missing, ending_with, least=_LEAST_FURTHER if is_right else 1, most=MOST_ROOTS - len(declared))
    return (*declared, *(root for root in further if root not in declared)) if paths else ()


def _wanted(reference: LocalReference, is_file: Callable[[str], bool]) -> str | None:
    """The path to look up below a root; None if the file is next to its article, or if no file can have this path."""
    path = unquote(_QUERY.sub("", reference.url.strip()))
    if "\0" in path or "\\" in path or not path.strip("/"):
        return None
    if not path.startswith("/"):
        beside = normpath(join(dirname(reference.article), path))
        if path.startswith("..") or (not beside.startswith("..") and is_file(beside)):
            return None
    return normpath("/" + path).lstrip("/")


def _spellings(path: str, base_path: str) -> tuple[str, ...]:
    base = base_path.strip("/")
    return (path, path[len(base) + 1 :]) if base and path.startswith(f"{base}/") else (path,)


def _by_suffix(
    missing: dict[str, tuple[str, ...]], ending_with: Callable[[str], tuple[str, ...]], *, least: int, most: int
) -> list[str]:
    """At most `most` roots, those with the most missing files first. Each contains at least `least` of them."""
    below = {path: _roots_of(written, ending_with) for path, written in missing.items()}
    roots: list[str] = []
    while len(roots) < most:
        counts = Counter(root for found in below.values() for root in found)
        best = min(counts, key=lambda root: (-counts[root], is_built(root), root.count("/"), root), default=None)
        if best is None or counts[best] < max(least, _LEAST_SHARE * len(missing)):
            break
        roots.append(best)
        below = {path: found for path, found in below.items() if best not in found}
    return roots


def _roots_of(written: tuple[str, ...], ending_with: Callable[[str], tuple[str, ...]]) -> frozenset[str]:
    return frozenset(file[: -len(path)].rstrip("/") for path in written for file in ending_with(path))


def is_built(root: str) -> bool:
    """Whether a folder is one that, or is below one that, generators write into."""
    return not _BUILT.isdisjoint(root.split("/"))
