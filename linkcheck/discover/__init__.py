"""Paths and globs -> Sources: the files of a run, sorted by path, each once.

- A file that was given, or that matches a glob or a collection, is read whatever its extension is. A README that only
  matches is treated like one in a folder, because it does not have to have front matter. In a folder, a file is
  read if it has one of the extensions and starts with front matter, which can be the metadata of MultiMarkdown if the
  generator of the site reads it; other files are counted. A file whose first line is
  damaged is read too, so that the damage is reported.
- In a folder, hidden files and folders are skipped, and so is everything that the `.gitignore` files of the repository
  match. Folders of templates, vendored packages and output (`template_folders`), and parts and templates of articles
  (`partials`) are skipped and reported. Given paths are always read, unless an exclude in the configuration matches them.
- Symbolic links in folders are counted and not followed: their target is either found at its own path or outside the root.
  A given symbolic link is followed unless it leads outside the root.
- Only regular files are opened; others are counted. A file or folder that cannot be read becomes a source with the reason.
- If there are collections, articles that belong to none are counted by folder.
"""

import heapq
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.discover.partials import is_named, is_partial, is_partial_folder
from linkcheck.discover.readmes import is_readme, names_readme
from linkcheck.discover.restructuredtext import EXTENSION as RST
from linkcheck.discover.restructuredtext import is_article as is_rst_article
from linkcheck.discover.roots import Root, find_roots, slashed
from linkcheck.discover.sources import HEAD_BYTES, has_metadata, read_source, shown, source_of
from linkcheck.discover.template_folders import TEMPLATE_FOLDERS, folders_named, is_template_folder
from linkcheck.discover.walk import FoundPath, walk
from linkcheck.front_matter_start import damage, data_format, is_blank, is_thematic_break, starts_with_front_matter
from linkcheck.globs import fits, has_magic, matcher, names_extension
from linkcheck.model import Source

if TYPE_CHECKING:
    from linkcheck.discover.other_extensions import OtherExtensions

__all__ = [
    "HEAD_BYTES",
    "DiscoverOptions",
    "FileCounts",
    "discover",
    "has_metadata",
    "is_template_folder",
    "read_source",
    "selected",
    "shown",
    "source_of",
    "starts_with_front_matter",
]

_MOST_FOLDERS = 1_000
"""Maximum number of folders, or files, that are counted or reported by name."""


class DiscoverOptions(Struct, frozen=True):
    """`paths` are files, folders and globs, as the user wrote them; `root` is the absolute working directory.

    `extensions` include the dot and are compared without case. `named_globs` are those of the collections: files that match
    should have front matter. `exclude_files` are globs of files and folders to leave out; one without `/` matches at any
    depth. All globs are relative to the root, with `/` between parts. With `require_front_matter`, a given file must start
    with front matter, like one found in a folder, unless it matches a collection, and a missing path is counted and not an
    error. With `optional`, a missing path counts like a folder without files. `survey` is a folder whose articles outside
    the paths are counted. With `skip_templates`, folders of templates, vendored packages and output are skipped, and so are
    parts and templates of articles.
    """

    paths: tuple[str, ...]
    root: str
    extensions: tuple[str, ...] = (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".rmarkdown", ".html")
    named_globs: tuple[str, ...] = ()
    exclude_files: tuple[str, ...] = ()
    gitignore: bool = True
    require_front_matter: bool = False
    optional: bool = False
    survey: str | None = None
    skip_templates: bool = True


class FileCounts(Struct):
    """The files that are not sources, by reason, and the sources that belong to no collection.

    `skipped_files` have no front matter; `empty_files` have only an empty block. `symbolic_links` and `special_files`
    (pipes, sockets, devices) are those whose name matches, and links to folders. `excluded` counts the files and folders
    that `exclude_files` left out; `unused_excludes` are its globs that matched nothing. `skipped_folders` are folders of
    templates, vendored packages and output, `skipped_partials` files that are parts or templates of articles. `outside`
    counts articles that belong to no collection, by folder, and `rst_files` those in reStructuredText, which cannot be read.
    `unmatched` are paths and globs without a file, and `missing` those that do not exist.
    """

    skipped_files: int = 0
    empty_files: int = 0
    symbolic_links: int = 0
    special_files: int = 0
    excluded: int = 0
    unused_excludes: list[str] = []
    skipped_folders: set[str] = set()
    skipped_partials: set[str] = set()
    outside: dict[str, int] = {}
    rst_files: int = 0
    unmatched: list[str] = []
    missing: list[str] = []

    def skip_folder(self, path: str) -> None:
        if len(self.skipped_folders) < _MOST_FOLDERS:
            self.skipped_folders.add(shown(path))

    def skip_partial(self, path: str) -> None:
        if len(self.skipped_partials) < _MOST_FOLDERS:
            self.skipped_partials.add(shown(path))

    def count_outside(self, path: str) -> None:
        folder = os.path.dirname(path) or "."
        known = folder in self.outside or len(self.outside) < _MOST_FOLDERS
        self.outside[folder if known else "..."] = self.outside.get(folder if known else "...", 0) + 1


def discover(
    options: DiscoverOptions,
    tally: FileCounts | None = None,
    *,
    counts: Callable[[str], bool] = lambda _: True,
    others: "OtherExtensions | None" = None,
) -> Iterator[Source]:
    """The sources, sorted by path. Raises `UsageError` immediately for a path that does not exist or an invalid glob.

    `counts` returns whether the file at an absolute path can count as an article outside the collections. `others` counts
    the files with front matter and other extensions in folders.
    """
    tally = FileCounts() if tally is None else tally
    absent = tally.unmatched if options.optional else tally.missing if options.require_front_matter else None
    starts = find_roots(options.paths, options.root, absent=absent)
    return _Discovery(options, tally, counts, others).sources(starts)


def selected(options: DiscoverOptions) -> Callable[[str], bool]:
    """A function that says whether globs and names alone let a run read the file at a relative path, if it is an article."""
    paths = tuple(matcher(path, below=True) for path in options.paths)
    excludes = tuple(matcher(glob, anywhere=True) for glob in options.exclude_files)
    named = tuple(matcher(glob) for glob in options.named_globs if names_extension(glob))
    extensions = tuple(map(str.lower, options.extensions))

    def is_selected(path: str) -> bool:
        if not fits(paths, path) or fits(excludes, path):
            return False
        return path.lower().endswith(extensions) or fits(named, path)

    return is_selected


class _Discovery:
    """The state of one call of `discover`: compiled globs and counts."""

    def __init__(
        self,
        options: DiscoverOptions,
        tally: FileCounts,
        counts: Callable[[str], bool],
        others: "OtherExtensions | None",
    ) -> None:
        """Raises `UsageError` for an invalid glob."""
        self._options = options
        self._tally = tally
        self._counts = counts
        self._others = others
        self._extensions = tuple(extension.lower() for extension in options.extensions)
        named = [(matcher(glob), names_extension(glob)) for glob in options.named_globs]
        # `content/**` matches files with one of the extensions; `authors/*.yml` specifies another extension.
        self._claiming = tuple(pattern for pattern, with_extension in named if not with_extension)
        self._claiming_all = tuple(pattern for pattern, with_extension in named if with_extension)
        self._members = tuple(matcher(glob, below=True) for glob in options.named_globs)
        self._excludes = tuple((glob, matcher(glob, anywhere=True)) for glob in options.exclude_files)
        self._used_excludes: set[str] = set()
        self._excluded_folders: set[str] = set()
        globs = (*options.named_globs, *filter(has_magic, options.paths))
        self._named_folders = folders_named(globs)
        self._named_partials = tuple(matcher(glob) for glob in globs if is_named(glob))
        self._named_readmes = tuple(matcher(glob) for glob in globs if names_readme(glob))

    def sources(self, starts: tuple[Root, ...]) -> Iterator[Source]:
        alone = [FoundPath(start.path, start.file, named=True, error=start.error) for start in starts if not start.folder]
        walks = [self._below(start) for start in starts if start.folder]
        if self._options.survey is not None:
            walks += map(self._survey, find_roots((self._options.survey,), self._options.root))
        last: str | None = None
        for found in heapq.merge(sorted(alone, key=_order), *walks, key=_order):
            # Duplicates are adjacent; a given path comes first.
            if found.path == last:
                continue
            last = found.path
            if self._is_excluded(found.path):
                self._tally.excluded += not found.outside
            elif (source := self._source(found)) is not None:
                yield source
        self._tally.unused_excludes += (glob for glob, _ in self._excludes if glob not in self._used_excludes)

    def _source(self, found: FoundPath) -> Source | None:
        if found.error is not None:
            return Source(shown(found.path), found.file, named=found.named, unreadable=found.error)
        if not found.is_regular:
            if os.path.islink(found.file):
                self._tally.symbolic_links += 1
            else:
                self._tally.special_files += 1
            return None
        if found.named and self._options.require_front_matter:
            if (folder := self._template_folder(found.path)) is not None:
                self._tally.skip_folder(folder)
                return None
            if self._is_partial(found):
                return None
        is_named = (found.named and not self._options.require_front_matter) or self._claims(found.path)
        source = read_source(found.file, path=shown(found.path), named=is_named)
        if found.outside:
            head = source.head
            if self._is_rst(found):
                self._tally.rst_files += is_rst_article(head)
                return None
            if _has_front_matter(source):
                self._tally.count_outside(source.path)
            return None
        if not (source.named or source.unreadable is not None or self._is_article(source)):
            return None
        is_outside = self._members and not fits(self._members, found.path) and self._counts(found.file)
        if is_outside and (data_format(source.path) is not None or _has_front_matter(source)):
            self._tally.count_outside(source.path)
        return source

    def _is_article(self, source: Source) -> bool:
        """Whether a file that was found in a folder is an article; counts it if not."""
        if is_blank(source.head):
            self._tally.empty_files += 1
            return False
        if data_format(source.path) is not None:
            is_article = not self._options.require_front_matter
        elif starts_with_front_matter(source.head):
            is_article = not is_thematic_break(source.head)
        else:
            is_article = has_metadata(source) or damage(source.head) is not None
        self._tally.skipped_files += not is_article
        return is_article

    def _claims(self, path: str) -> bool:
        """Whether a file belongs to a collection, so that it should have front matter."""
        if self._is_readme(path):
            return False
        return fits(self._claiming_all, path) or (path.lower().endswith(self._extensions) and fits(self._claiming, path))

    def _is_readme(self, path: str) -> bool:
        """Whether a file is a README that no glob is about."""
        return is_readme(path) and not fits(self._named_readmes, path)

    def _below(self, start: Root) -> Iterator[FoundPath]:
        """The files in a folder whose name matches the glob, an extension or a collection, and links to folders."""
        glob = None if start.glob is None else matcher(start.glob)
        # `drafts/*.txt` specifies an extension; `drafts/*` matches only files with one of the extensions, not images.
        any_extension = start.glob is not None and names_extension(start.glob)
        matched = False
        for found in walk(start.file, start.path, skips=self._skips, gitignore=self._options.gitignore):
            if found.error is not None:
                yield found
            elif glob is not None:
                if glob.fullmatch(found.path) and (any_extension or found.path.lower().endswith(self._extensions)):
                    matched = True
                    if not self._is_partial(found):
                        is_named = not self._is_readme(found.path)
                        yield FoundPath(found.path, found.file, named=is_named, is_regular=found.is_regular)
            elif found.path.lower().endswith(self._extensions) or self._claims(found.path):
                matched = True
                if not self._is_partial(found):
                    yield found
            elif not found.is_regular:
                if os.path.isdir(found.file):
                    yield found
            elif not is_partial(found.file):
                if self._is_rst(found) and self._counts(found.file):
                    yield replace(found, outside=True)
                if self._others is not None:
                    self._others.add(found.file)
        if not matched:
            self._tally.unmatched.append(shown(start.written))

    def _survey(self, start: Root) -> Iterator[FoundPath]:
        """The files below a folder that may be articles. They are counted if no path of the run includes them."""
        if not start.path.startswith(".."):
            return self._outside(start)
        # The working directory is in this folder, so `../posts/a.md` is `a.md`, which changes the order.
        root = os.path.realpath(self._options.root)
        renamed = (replace(found, path=slashed(os.path.relpath(found.file, root))) for found in self._outside(start))
        return iter(sorted(renamed, key=_order))

    def _outside(self, start: Root) -> Iterator[FoundPath]:
        for found in walk(start.file, start.path, skips=self._skips, gitignore=self._options.gitignore):
            can_be_article = found.path.lower().endswith(self._extensions) or self._is_rst(found)
            is_article = found.error is None and found.is_regular and can_be_article
            if is_article and self._counts(found.file) and not self._is_partial(found, counted=False):
                yield replace(found, outside=True)

    def _is_rst(self, found: FoundPath) -> bool:
        """Whether a file is in reStructuredText, and its extension is not one of articles."""
        return found.path.lower().endswith(RST) and RST not in self._extensions

    def _skips(self, path: str, file: str) -> bool:
        """Whether to skip a folder that was found; counts or reports it if so."""
        if self._is_excluded(path):
            self._tally.excluded += path not in self._excluded_folders
            self._excluded_folders.add(path)
            return True
        if self._is_template_folder(path, file):
            self._tally.skip_folder(path)
            return True
        return False

    def _is_template_folder(self, path: str, file: str) -> bool:
        if not self._options.skip_templates:
            return False
        return (is_template_folder(file) and not fits(self._named_folders, path)) or is_partial_folder(file)

    def _is_partial(self, found: FoundPath, *, counted: bool = True) -> bool:
        """Whether to skip a file as a part or a template of articles, which is then reported."""
        if not (self._options.skip_templates and is_partial(found.file)) or fits(self._named_partials, found.path):
            return False
        if counted:
            self._tally.skip_partial(found.path)
        return True

    def _template_folder(self, path: str) -> str | None:
        """The outermost template folder that a file is in."""
        parts = path.split("/")[:-1]
        if all(part.lower() not in TEMPLATE_FOLDERS and not part.startswith("_") for part in parts):
            return None
        for index in range(1, len(parts) + 1):
            folder = "/".join(parts[:index])
            if self._is_template_folder(folder, os.path.join(self._options.root, folder)):
                return folder
        return None

    def _is_excluded(self, path: str) -> bool:
        found = next((glob for glob, pattern in self._excludes if pattern.fullmatch(path)), None)
        if found is None:
            return False
        self._used_excludes.add(found)
        return True


def _has_front_matter(source: Source) -> bool:
    head = source.head
    return has_metadata(source) or (starts_with_front_matter(head) and not (is_blank(head) or is_thematic_break(head)))


def _order(found: FoundPath) -> tuple[str, bool, bool]:
    return found.path, not found.named, found.outside
