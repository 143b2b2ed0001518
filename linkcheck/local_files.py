"""Looks up the file of a link in the repository, and measures images. No file outside the root is opened."""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, BinaryIO

from linkcheck.files import open_file
from linkcheck.model import ImageFacts, LocalFile, NearbyFiles
from linkcheck.post_folders import ARTICLE_ENDINGS

if TYPE_CHECKING:
    from linkcheck.repository_files import RepositoryFiles

_INDEX = re.compile(r"_?index\.")
_REMEMBERED = 4096  # articles share images such as logos; memory must not grow with the archive
_MOST_NEARBY = 20
"""Maximum number of suggested files of each kind: folders of themes or languages can contain the same path."""
_MOST_FOLDERS = 8
"""Maximum number of folders of a path that are searched for the first missing one."""
_MOST_NAMES = 2_000
"""Maximum number of names in a folder that are compared with the missing one."""
_LARGEST_POINTER = 1024
_POINTERS = (b"version https://git-lfs.github.com/spec/", b"/annex/objects/")
"""How pointer files begin (the specification of Git LFS; git-annex, "unlocked files")."""
_MOST_LETTERS = 4
"""Maximum difference in length of a similar name, in characters."""
_MOST_COMPARISONS = 3_000_000
"""Maximum number of character pairs compared in a run, which takes about a second. Then no more names are suggested."""


class LocalResolver:
    """Looks up the links in one repository, with a cache of a few thousand results.

    `root` is an absolute folder; links that lead outside are not followed. Candidates are relative to `folder`, the working
    directory, by default the root itself. With `gitignore`, files that git ignores are not suggested.
    """

    def __init__(self, root: str, *, folder: str | None = None, gitignore: bool = True) -> None:
        self._root = os.path.realpath(root)
        self._folder = root if folder is None else folder
        self._gitignore = gitignore
        self._comparisons_left = _MOST_COMPARISONS
        self.look = lru_cache(maxsize=_REMEMBERED)(self._look)
        self.nearby = lru_cache(maxsize=_REMEMBERED)(self._nearby)

    @cached_property
    def _files(self) -> "RepositoryFiles":
        # Imported here because most runs have no link to a missing file.
        from linkcheck.repository_files import RepositoryFiles

        return RepositoryFiles(self._root, gitignore=self._gitignore)

    def _look(self, candidates: tuple[str, ...], *, image: bool) -> LocalFile:
        """The first candidate that is a regular file within the root. At most 1 MiB of an image is read to measure it."""
        for candidate in candidates:
            stream = self._open(candidate)
            if stream is not None:
                with stream:
                    return local_file(candidate, candidates, stream, os.fstat(stream.fileno()).st_size, image=image)
        return LocalFile(None, candidates)

    def _open(self, candidate: str) -> BinaryIO | None:
        """The open file; None if it does not exist or must not be read."""
        try:
            file = os.path.realpath(os.path.join(self._folder, candidate))
            if not self._is_inside(file):
                return None
            # A symbolic link that was created after the path was resolved is not followed.
            return open_file(file, follow=False)
        except (OSError, ValueError):
            return None

    def _is_inside(self, file: str) -> bool:
        return os.path.commonpath((file, self._root)) == self._root

    def _nearby(self, candidates: tuple[str, ...], path: str) -> NearbyFiles:
        """The files that a link with this path may refer to, if none of the candidates exists."""
        start = "" if path.startswith("/") else "../" * path.split("/").count("..") or "./"
        path = "/".join(part for part in path.split("/") if part not in ("", ".", ".."))
        other_case = tuple(
            dict.fromkeys(file for each in candidates for file in self._in_any_case(each, other_than=(each,)))
        )
        if other_case:
            return NearbyFiles(path, other_case)
        elsewhere = self._shown(self._files.ending_with(path), candidates)
        if elsewhere:
            are_shared = "/" not in path and not any(map(self._has_articles, {dirname(file) for file in elsewhere}))
            return NearbyFiles(path, elsewhere=elsewhere, are_shared=are_shared)
        missing = None if (folder := self._missing_folder(candidates, path)) is None else start + folder
        similar = tuple(dict.fromkeys(file for each in candidates for file in self._in_other_format(each)))
        similar = similar or tuple(dict.fromkeys(file for each in candidates[:2] for file in self._similar(each)))
        if similar:
            return NearbyFiles(path, similar=similar, missing_folder=missing)
        name = path.rpartition("/")[2]
        # Each page can have an `index.md` in its own folder.
        same_name = () if _INDEX.match(name) else self._shown(self._files.ending_with(name), candidates)
        return NearbyFiles(path, same_name=same_name, missing_folder=missing)

    def _missing_folder(self, candidates: tuple[str, ...], path: str) -> str | None:
        """The first folder of a path that is missing or empty wherever a candidate with this path expects it."""
        starts = [each.removesuffix(path) for each in candidates if f"/{each}".endswith(f"/{path}")]
        parts = path.split("/")[:-1][:_MOST_FOLDERS]
        for number in range(1, len(parts) + 1) if starts else ():
            folder = "/".join(parts[:number])
            if not any(self._has_entries(start + folder) for start in starts):
                return folder
        return None

    def _has_articles(self, folder: str) -> bool:
        """Whether articles are in a folder, or one next to it has its name."""
        whole = os.path.realpath(os.path.join(self._folder, folder))
        if any(os.path.isfile(whole + ending) for ending in ARTICLE_ENDINGS):
            return True
        try:
            with os.scandir(whole) as entries:
                names = (each.name for each in islice(entries, _MOST_NAMES))
                return any(name.endswith(ARTICLE_ENDINGS) and not name.startswith("README.") for name in names)
        except OSError:
            return False

    def _has_entries(self, path: str) -> bool:
        """Whether there is a folder that is not empty, as a submodule of git is that was not checked out."""
        whole = os.path.realpath(os.path.join(self._folder, path))
        try:
            with os.scandir(whole) as entries:
                return self._is_inside(whole) and next(entries, None) is not None
        except OSError:
            return False

    def in_any_case(self, candidate: str) -> str:
        """The file at this path, or one that differs in upper and lower case; the path itself if neither exists."""
        if os.path.isfile(os.path.join(self._folder, candidate)):
            return candidate
        return next(self._in_any_case(candidate), candidate)

    def ending_with(self, path: str) -> tuple[str, ...]:
        """The first few files of the repository whose path ends with the parts of `path`."""
        return self._shown(self._files.ending_with(path), ())

    def named(self, name: str, *, article: str) -> tuple[str, ...]:
        """The first few files that a wiki link in an article may name, without or with `.md`, in the order of Obsidian.

        Upper and lower case are equal. Files in the folder of the article or below come first, then the shortest path.
        """
        folder = self._from_root(article).rpartition("/")[0]
        is_relative = name.startswith(("./", "../"))
        path = normpath(f"{folder}/{name}").lstrip("/") if is_relative else name.lstrip("/")
        inside = f"{folder}/" if folder else ""

        def rank(file: str) -> tuple[bool, int, bool, str]:
            return (not file.startswith(inside), len(file), not file.endswith(path), file)

        found: list[str] = []
        for each in (path, f"{path}.md") if path else ():
            files = self._files.ending_with_in_any_case(each)
            found += sorted((file for file in files if not is_relative or file.count("/") == each.count("/")), key=rank)
        return self._shown(found, ())

    def _in_any_case(self, candidate: str, *, other_than: tuple[str, ...] = ()) -> Iterator[str]:
        path = self._from_root(candidate)
        parts = path.count("/")
        same = (file for file in self._files.ending_with_in_any_case(path) if file.count("/") == parts)
        yield from self._shown(same, other_than)

    def _in_other_format(self, candidate: str) -> Iterator[str]:
        """The images that differ from a candidate in their extension."""
        from linkcheck.images import IMAGE_EXTENSIONS

        stem, _, extension = candidate.rpartition(".")
        if extension.lower() in IMAGE_EXTENSIONS:
            for other in sorted(IMAGE_EXTENSIONS - {extension.lower()}):
                yield from self._in_any_case(f"{stem}.{other}")

    def _similar(self, candidate: str) -> Iterator[str]:
        """The file in the folder of a candidate with the most similar name."""
        folder, _, name = candidate.rpartition("/")
        whole = os.path.realpath(os.path.join(self._folder, folder))
        if self._comparisons_left <= 0 or not self._is_inside(whole):
            return
        try:
            with os.scandir(whole) as entries:
                listed = [each.name for each in islice(entries, _MOST_NAMES) if each.is_file(follow_symlinks=False)]
        except OSError:
            return
        stem, extension = os.path.splitext(name)
        same_kind = (os.path.splitext(each) for each in sorted(listed) if each.isprintable())
        # The extension and numbers must be equal: `photo-2.png` is not a misspelling of `photo-1.png`.
        others = [
            other
            for other, end in same_kind
            if end == extension and abs(len(other) - len(stem)) <= _MOST_LETTERS and _digits(other) == _digits(stem)
        ]
        self._comparisons_left -= len(stem) * sum(map(len, others))
        from linkcheck.did_you_mean import closest

        near = closest(stem, others) if self._comparisons_left > 0 else None
        if near is not None:
            yield f"{folder}/{near}{extension}" if folder else f"{near}{extension}"

    def _from_root(self, candidate: str) -> str:
        path = os.path.relpath(os.path.join(os.path.realpath(self._folder), candidate), self._root)
        return path.replace(os.sep, "/")

    def _shown(self, files: Iterable[str], other_than: tuple[str, ...]) -> tuple[str, ...]:
        """The first few of these files, relative to the working directory."""
        start = os.path.realpath(self._folder)
        seen = (os.path.relpath(os.path.join(self._root, file), start).replace(os.sep, "/") for file in files)
        return tuple(islice((file for file in seen if file not in other_than), _MOST_NEARBY))


def local_file(file: str, tried: tuple[str, ...], stream: BinaryIO, size: int, *, image: bool) -> LocalFile:
    """What a link is that leads to a file with this content."""
    if image and _is_pointer(stream, size):
        return LocalFile(file, tried, is_pointer=True)
    return LocalFile(file, tried, _measure(stream) if image else None, size)


def _is_pointer(stream: BinaryIO, size: int) -> bool:
    """Whether a file is a pointer to content that was not downloaded (Git LFS, git-annex)."""
    if not 0 < size < _LARGEST_POINTER:
        return False
    head = stream.read(len(_POINTERS[0]))
    stream.seek(0)
    return head.startswith(_POINTERS)


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _measure(stream: BinaryIO) -> ImageFacts | None:
    from linkcheck.images import measure_by

    def read(start: int, stop: int) -> bytes:
        stream.seek(start)
        return stream.read(stop - start)

    try:
        return measure_by(read)
    except OSError:
        return None
