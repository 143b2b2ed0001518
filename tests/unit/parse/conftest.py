from collections.abc import Callable

import pytest

from linkcheck.model import Article, Source, Span, ValuePlace
from linkcheck.parse import parse

Read = Callable[[str | bytes], Article]


@pytest.fixture
def read() -> Read:
    def read(text: str | bytes) -> Article:
        head = text if isinstance(text, bytes) else text.encode()
        return parse(Source("a.md", "/a.md", head, len(head)))

    return read


@pytest.fixture
def quoted() -> Callable[[Article, Span], str]:
    """What stands at a span, cut out of the article's lines as an editor counts them."""

    def quoted(article: Article, span: Span) -> str:
        lines = article.lines[span.line - 1 : span.end_line]
        if len(lines) == 1:
            return lines[0][span.column - 1 : span.end_column - 1]
        return "\n".join((lines[0][span.column - 1 :], *lines[1:-1], lines[-1][: span.end_column - 1]))

    return quoted


@pytest.fixture
def values(quoted: Callable[[Article, Span], str]) -> Callable[[Article], dict[str, tuple[str | None, str]]]:
    """Of every pointer, its key and its value as they stand in the file."""

    def values(article: Article) -> dict[str, tuple[str | None, str]]:
        def pair(place: ValuePlace) -> tuple[str | None, str]:
            return (quoted(article, place.key) if place.key else None, quoted(article, place.value))

        return {pointer: pair(place) for pointer, place in article.places.items()}

    return values
