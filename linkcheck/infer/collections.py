"""Groups articles into collections, by the folders of the site's content."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from posixpath import basename, commonpath, dirname, join

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
MOST_SINGLE = 2
"""Folders with a single page."""


class InferredCollection(Struct, frozen=True):
    """A named group of articles. It has no `folders` if it consists of these files only; several are the same in languages.

    `is_data` is true for data files, whose globs name their extensions.
    """

    name: str
    folders: tuple[str, ...]
    paths: tuple[str, ...]
    is_data: bool = False


def collect(
    paths: Sequence[str], *, roots: Sequence[str] = (), languages: Collection[str] = (), declared: Collection[str] = ()
) -> tuple[InferredCollection, ...]:
    """Articles by their folder below the content root. All paths are relative, with `/` between parts.

    Without a matching root, the root is the deepest folder that contains all of them. Folders of languages, which have codes
    for names or are among `languages`, are one tree: `en/docs` and `de/docs` are one collection. Folders by date, numerous
    small folders, folders with a single page that are not `declared`, and folders that mostly contain a single page (one
    with its images) are not separate collections.
    """
    roots = sorted(join_languages(roots, languages), key=lambda root: -root.count("/") - bool(root))
    byroot: dict[str, list[str]] = {}
    rest: list[str] = []
    for path in sorted(paths):
        root = next((root for root in roots if _below(path, root)), None)
        if root is None:
            rest.append(path)
        else:
            byroot.setdefault(root, []).append(path)
    if rest:
        byroot["" if byroot or len(rest) == 1 else commonpath([dirname(path) for path in rest])] = rest
    found: list[InferredCollection] = []
    for root, inside in byroot.items():
        found += _divided(inside, root, languages, declared)
    return _with_own_names(found)


def join_languages(roots: Sequence[str], languages: Collection[str] = ()) -> tuple[str, ...]:
    """The roots, with the folder around those of several languages in place of them."""
    parents = Counter(dirname(root) for root in dict.fromkeys(roots) if root and _is_of_language(root, languages))
    return tuple(
        dict.fromkeys(
            dirname(root) if root and _is_of_language(root, languages) and parents[dirname(root)] > 1 else root
            for root in roots
        )
    )


def _is_of_language(folder: str, languages: Collection[str]) -> bool:
    return folder in languages or is_language(basename(folder))


def _below(path: str, root: str) -> bool:
    return not root or path.startswith(f"{root}/")


class _Section(Struct):
    """The articles of a folder in all languages. `pages` has the path of each, which is the same in all of them."""

    folders: set[str]
    paths: list[str]
    pages: set[str]


def _divided(paths: list[str], root: str, languages: Collection[str], declared: Collection[str]) -> list[InferredCollection]:
    sections = _sections(paths, root, languages)
    alone = sections.pop("").paths if "" in sections else []
    if not (root and _is_one(sections, declared)):
        small = [name for name, each in sections.items() if len(each.pages) < SMALL]
        single = [name for name in small if len(sections[name].pages) == 1]
        for name in small if len(small) > MOST_SMALL else single if len(single) > MOST_SINGLE else []:
            if sections[name].folders.isdisjoint(declared):
                alone += sections.pop(name).paths
    if root and _is_one(sections, declared):
        return [InferredCollection(plain_name(basename(root)), (root,), tuple(paths))]
    found = [
        InferredCollection(plain_name(name), tuple(sorted(each.folders)), tuple(sorted(each.paths)))
        for name, each in sections.items()
    ]
    return found + ([InferredCollection(PAGES, (), tuple(sorted(alone)))] if alone else [])


def _sections(paths: list[str], root: str, languages: Collection[str]) -> dict[str, _Section]:
    """The folders below the root, and below those of its languages if it has several; the name of none is empty.

    If the folders have other names in each language, there are too many, and each language is one.
    """
    parts = [path.removeprefix(f"{root}/" if root else "").split("/") for path in paths]
    names = {names[0] for names in parts if len(names) > 1}
    translated = {name for name in names if _is_of_language(join(root, name), languages)}
    if len(translated) > 1:
        found = _grouped(paths, parts, root, translated)
        if len(found) <= MOST_FOLDERS:
            return found
    return _grouped(paths, parts, root, set())


def _grouped(paths: list[str], parts: list[list[str]], root: str, languages: set[str]) -> dict[str, _Section]:
    """The articles by folder, or by the folder below one of a language."""
    found: dict[str, _Section] = {}
    for path, (*folders, name) in zip(paths, parts, strict=True):
        outer = folders[:1] if languages.issuperset(folders[:1]) else []
        inner = folders[len(outer) :]
        section = found.setdefault(inner[0] if inner else "", _Section(set(), [], set()))
        section.folders.add("/".join(filter(None, (root, *outer, *inner[:1]))))
        section.paths.append(path)
        section.pages.add("/".join((*inner, name)))
    return found


def _is_one(sections: dict[str, _Section], declared: Collection[str]) -> bool:
    """Whether the folders, if there are any, only organize the articles of one collection."""
    are_declared = any(not each.folders.isdisjoint(declared) for each in sections.values())
    single = 0 if are_declared else sum(len(each.pages) == 1 for each in sections.values())
    dated = all(_NUMBER.fullmatch(name) for name in sections)
    return dated or len(sections) > MOST_FOLDERS or (len(sections) > 2 and single * 2 > len(sections))


def _with_own_names(collections: list[InferredCollection]) -> tuple[InferredCollection, ...]:
    """The collections in the order of their folders, pages last.

    A repeated name gets those of the folders around it in front (`blog-pages`), or else a number.
    """
    ordered = sorted(collections, key=lambda each: (not each.folders, each.folders))
    counts = Counter(each.name for each in ordered)
    repeated = [each for each in ordered if counts[each.name] > 1]
    longer = {each.folders: name for each in repeated if (name := _longer_name(each, repeated)) is not None}
    names = distinct_names([longer.get(each.folders, each.name) for each in ordered])
    return tuple(replace(each, name=name) for each, name in zip(ordered, names, strict=True))


def _longer_name(collection: InferredCollection, others: Sequence[InferredCollection]) -> str | None:
    """The name with those of as many folders around as distinguish it from the others of this name; None if none do."""
    folders = {each.folders[0] for each in others if each.name == collection.name and len(each.folders) == 1}
    if len(collection.folders) != 1 or len(folders) < 2:
        return None
    (own,) = collection.folders
    for depth in range(2, max(folder.count("/") for folder in folders) + 2):
        ends = Counter(plain_name("-".join(folder.split("/")[-depth:])) for folder in folders)
        if len(ends) == len(folders):
            return plain_name("-".join(own.split("/")[-depth:]))
    return None
