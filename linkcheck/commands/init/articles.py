"""Reads the articles of a repository, again for each iteration, so that memory does not grow with the archive."""

from collections.abc import Iterator

from linkcheck import discover
from linkcheck.model import Article, Json
from linkcheck.parse import parse


class Articles:
    """Articles by the files that they are read from. `always` are the properties of all, once `data` was iterated over."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files
        self.always: frozenset[str] = frozenset()

    def data(self) -> Iterator[dict[str, Json]]:
        always: frozenset[str] | None = None
        for article in self:
            names = frozenset(article.data)
            always = names if always is None else always & names
            yield article.data
        self.always = always or frozenset()

    def __iter__(self) -> Iterator[Article]:
        return (read_article(path, file) for path, file in self._files.items())


def read_article(path: str, file: str) -> Article:
    return parse(discover.read_source(file, path=path))


def place_of_error(article: Article) -> str:
    """The path of an article that cannot be read, with the line of the first error."""
    line = article.parse_errors[0].location.span.line if article.parse_errors else 1
    return f"{article.path}:{line}"
