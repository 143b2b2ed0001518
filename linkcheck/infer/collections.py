"""Groups articles into collections, by the folders of the site's content."""

import re
from collections.abc import Sequence
from posixpath import commonpath, dirname

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.infer.collection_names import distinct_names, plain_name
from linkcheck.languages import is_language

PAGES = "pages"
"""The name of the collection of articles outside the folders."""
MOST_FOLDERS = 40
_NUMBER = re.compile(r"[0-9][0-9._-]*")
SMALL = 3
"""A folder with fewer articles is small."""
MOST_SMALL = 5


class InferredCollection(Struct, frozen=True):
    """A named group of articles. `folder` is empty if the collection consists of these files only.

    `is_data` is true for data files, whose globs name their extensions.
    """

    name: str
    folder: str
    paths: tuple[str, ...]
    is_data: bool = False


def collect(paths: Sequence[str], *, roots: Sequence[str] = ()) -> tuple[InferredCollection, ...]:
    """Articles by their folder below the content root. `paths` and `roots` are relative, with `/` between parts.

    Without a matching root, the root is the deepest folder that contains all of them. Folders by date, folders of languages,
    numerous small folders, and folders that mostly contain a single article (a page with its images) are not separate
    collections.
    """
    roots = sorted(roots, key=lambda root: -root.count("/") - bool(root))
    byroot: dict[str, list[str]] = {}
    rest: list[str] = []
    for path in sorted(paths):
        root = next((root for root in roots if _below(path, root)), None)
        if root is None:
            rest.append(path)
        else:
            byroot.setdefault(root, []).append(path)
    found: list[InferredCollection] = []
    for root, inside in byroot.items():
        found += _divided(inside, root)
    if rest:
        found += _divided(rest, "" if byroot or len(rest) == 1 else commonpath([dirname(path) for path in rest]))
    return _with_own_names(found)


def _below(path: str, root: str) -> bool:
    return not root or path.startswith(f"{root}/")


def _divided(paths: list[str], root: str) -> list[InferredCollection]:
    folders: dict[str, list[str]] = {}
    for path in paths:
        folder, below, _ = path.removeprefix(f"{root}/" if root else "").partition("/")
        folders.setdefault(folder if below else "", []).append(path)
    alone = folders.pop("", [])
    languages = [name for name in folders if is_language(name)]
    small = [name for name in folders if len(folders[name]) < SMALL]
    if root and len(languages) > 1 and len(languages) == len(folders):
        return [InferredCollection(plain_name(root.rpartition("/")[2]), root, tuple(paths))]
    if not (root and _is_one(folders)):
        for name in (*(languages if len(languages) > 1 else ()), *(small if len(small) > MOST_SMALL else ())):
            alone += folders.pop(name, [])
    if root and (not folders or _is_one(folders)):
        return [InferredCollection(plain_name(root.rpartition("/")[2]), root, tuple(paths))]
    found = [
        InferredCollection(plain_name(name), f"{root}/{name}" if root else name, tuple(inside))
        for name, inside in folders.items()
    ]
    return found + ([InferredCollection(PAGES, "", tuple(sorted(alone)))] if alone else [])


def _is_one(folders: dict[str, list[str]]) -> bool:
    """Whether the folders only organize the articles of one collection."""
    single = sum(len(inside) == 1 for inside in folders.values())
    dated = all(_NUMBER.fullmatch(name) for name in folders)
    return dated or len(folders) > MOST_FOLDERS or (len(folders) > 2 and single * 2 > len(folders))


def _with_own_names(collections: list[InferredCollection]) -> tuple[InferredCollection, ...]:
    """The collections in the order of their folders, pages last. A repeated name gets a number."""
    ordered = sorted(collections, key=lambda each: (not each.folder, each.folder))
    names = distinct_names([each.name for each in ordered])
    return tuple(replace(each, name=name) for each, name in zip(ordered, names, strict=True))
