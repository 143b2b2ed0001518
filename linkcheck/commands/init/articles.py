"""The articles of a repository, parsed once: their values are kept in compact form, up to a limit.

The places of values in their files are not kept, because they are needed for few articles, which are parsed again.
"""

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial

from linkcheck import discover
from linkcheck.model import Article, Json, ParseErrorKind, Source, ValuePlace
from linkcheck.parse import parse

MOST_KEPT = 1 << 26
"""Maximum number of bytes of values that are kept. The articles beyond it (usually some 80,000) are parsed each time."""


class ArticleStore:
    """The articles among files. `files` are the paths to read them from, by the paths that are shown.

    `unread` are the places of errors in files that cannot be read, or have no values, by their paths. `programs` are the
    paths of those whose front matter is a program.
    """

    def __init__(self, sources: Iterable[Source], *, most_kept: int = MOST_KEPT) -> None:
        self.files: dict[str, str] = {}
        self.unread: dict[str, str] = {}
        self.programs: set[str] = set()
        self._kept: dict[str, bytes] = {}
        self._room = most_kept
        for source in sources:
            self._add(source)

    def _add(self, source: Source) -> None:
        article = parse(source)
        self.files[source.path] = source.file
        if not article.data:
            self.unread[source.path] = _place_of_error(article)
            if any(each.kind is ParseErrorKind.CODE for each in article.parse_errors):
                self.programs.add(source.path)
            return
        values = marshal.dumps(article.data)
        self._room -= len(values)
        if self._room >= 0:
            self._kept[source.path] = values

    @property
    def readable(self) -> tuple[str, ...]:
        return tuple(path for path in self.files if path not in self.unread)

    def values(self, paths: Iterable[str]) -> Iterator[dict[str, Json]]:
        """The values of articles one by one."""
        for path in paths:
            kept = self._kept.get(path)
            yield self._read(path).data if kept is None else marshal.loads(kept)  # noqa: S302 - written here

    def articles(self, paths: Iterable[str], *, with_places: bool = False) -> Iterator[Article]:
        """Articles one by one, with their values; their places are read when they are looked up."""
        paths = tuple(paths)
        for path, data in zip(paths, self.values(paths), strict=True):
            yield Article(path, data=data, places=_LazyPlaces(partial(self._read, path)) if with_places else {})

    def _read(self, path: str) -> Article:
        return parse(discover.read_source(self.files[path], path=path))


class _LazyPlaces(Mapping[str, ValuePlace]):
    """The places of the values of an article, which is read when the first one is looked up."""

    def __init__(self, read: Callable[[], Article]) -> None:
        self._read = read

    @cached_property
    def _places(self) -> Mapping[str, ValuePlace]:
        return self._read().places

    def __getitem__(self, pointer: str) -> ValuePlace:
        return self._places[pointer]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _place_of_error(article: Article) -> str:
    """The path of an article that cannot be read, with the line of the first error."""
    line = article.parse_errors[0].location.span.line if article.parse_errors else 1
    return f"{article.path}:{line}"
