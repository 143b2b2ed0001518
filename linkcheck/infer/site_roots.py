"""Finds the folders that a site serves at its root, from the locations of the files that articles refer to."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from msgspec import Struct

from linkcheck.post_folders import ARTICLE_ENDINGS, post_folder
from linkcheck.urls import intrasite_path

MOST_ROOTS = 8
_LEAST_SHARE = 0.2
"""Minimum share of the files that are not found otherwise that a root contains."""
_LEAST_IN_ADDITION = 2
_LEAST_FURTHER = 3
"""Minimum number of files in a root in addition to those of the settings, if these contain none or some of the files: a
single file may be a copy."""
_LEAST_AT_TOP = 3
"""Minimum number of files for the repository itself, with which every file of it would be served."""
_BUILT = frozenset(("_site", "public", "dist", "build", "out", "site", "docs"))
"""Default output folders of generators. Files in them are copies."""
_STATIC = frozenset(("static", "public", "assets", "source", "src", "www", "htdocs"))
"""Usual names of folders that are served as the root."""
_DIGITS = re.compile(r"[0-9]+")
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
    maybe: Sequence[str] = (),
) -> tuple[str, ...]:
    """The roots of a site, the likeliest first; empty if all files are next to their articles.

    `declared` are the existing folders that the generator's settings specify. They are returned even if they contain none of
    the files, because then the files are missing, and if there is no reference yet. For references that are not found, the
    files of the repository whose paths have the same end are searched (`/img/a.png` and `themes/x/static/img/a.png` give the
    root `themes/x/static`). `base_path` is the path of the site's URL. A folder in `maybe` is a root if it contains one of
    the files that are not found in those before it.
    """
    references = tuple(references)
    paths = {path for each in references if (path := _wanted(each, is_file)) is not None}
    spellings = {path: _spellings(path, base_path) for path in sorted(paths)}

    def is_below(root: str, path: str) -> bool:
        return any(is_file(join(root, each)) for each in spellings[path])

    missing = [path for path in spellings if not any(is_below(root, path) for root in declared)]
    for root in maybe:
        if root not in declared and any(is_below(root, path) for path in missing):
            declared = (*declared, root)
            missing = [path for path in missing if not is_below(root, path)]
    is_right = len(missing) < len(spellings)

    def roots_of(path: str) -> frozenset[str]:
        """The folders that can be the root of a path, without those of a single article."""
        found = (file[: -len(each)].rstrip("/") for each in spellings[path] for file in ending_with(each))
        return frozenset(
            root for root in found if not (_is_of_one_article(root, path, is_file) or _is_added(root, path, declared))
        )

    least = 1 if not declared else _LEAST_FURTHER if is_right else _LEAST_IN_ADDITION
    further = _by_suffix({path: roots_of(path) for path in missing}, least=least, most=MOST_ROOTS - len(declared))
    roots = (*declared, *(root for root in further if root not in declared))
    return roots if paths or not references else ()


def _wanted(reference: LocalReference, is_file: Callable[[str], bool]) -> str | None:
    """The path to look up below a root; None if the file is next to its article, or if no file can have this path."""
    url = reference.url.strip()
    path = unquote(_QUERY.sub("", intrasite_path(url) or url))
    if "\0" in path or "\\" in path or not path.strip("/"):
        return None
    if not path.startswith("/"):
        beside = normpath(join(dirname(reference.article), path))
        if path.startswith("..") or (not beside.startswith("..") and is_file(beside)):
            return None
        own = post_folder(reference.article)
        if own is not None and is_file(normpath(join(own, path))):
            return None
    return normpath("/" + path).lstrip("/")


def _spellings(path: str, base_path: str) -> tuple[str, ...]:
    base = base_path.strip("/")
    return (path, path[len(base) + 1 :]) if path.startswith(f"{base}/") else (path,)


def _by_suffix(below: dict[str, frozenset[str]], *, least: int, most: int) -> list[str]:
    """At most `most` roots, those with the most missing files first. Each contains at least `least` of them.

    `below` has the folders that can be the root of each missing file. The name of one file is not enough, unless the root is
    named like those of generators; numbered names count as one.
    """
    fewest = max(least, _LEAST_SHARE * len(below))
    roots: list[str] = []
    while len(roots) < most:
        counts = Counter(root for found in below.values() for root in found)
        if counts[""] < _LEAST_AT_TOP:
            del counts[""]
        evidence: dict[str, set[str]] = {}
        for path, found in below.items():
            for root in found:
                evidence.setdefault(root, set()).add(path if "/" in path else _DIGITS.sub("0", path))
        likely = (root for root in counts if len(evidence[root]) >= _least_evidence(root, evidence[root], least))
        best = min(likely, key=lambda root: (-counts[root], is_built(root), root.count("/"), root), default=None)
        if best is None or counts[best] < fewest:
            break
        roots.append(best)
        below = {path: found for path, found in below.items() if best not in found}
    return roots


def _least_evidence(root: str, paths: set[str], least: int) -> int:
    is_usual = root.rpartition("/")[2] in _STATIC
    return max(least, 1 if is_usual or any("/" in path for path in paths) else 2)


def _is_of_one_article(folder: str, path: str, is_file: Callable[[str], bool]) -> bool:
    """Whether a folder is named like an article next to it, or has its own page and the path is only a name."""
    if folder and any(is_file(folder + ending) for ending in ARTICLE_ENDINGS):
        return True
    return "/" in folder and "/" not in path and any(is_file(f"{folder}/index{ending}") for ending in ARTICLE_ENDINGS)


def _is_added(folder: str, path: str, declared: Sequence[str]) -> bool:
    """Whether a path is only a name, and a template adds the folder, which is below one that is served as the root."""
    return "/" not in path and any(not root or folder.startswith(f"{root}/") for root in declared)


def is_built(root: str) -> bool:
    """Whether a folder is one that, or is below one that, generators write into."""
    return not _BUILT.isdisjoint(root.split("/"))
