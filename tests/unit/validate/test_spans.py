"""Which part of an article a violation is shown at."""

import pytest

from linkcheck.model import FILE_START, Article, Span, ValuePlace
from linkcheck.validate.violations import first_line, key_span, value_span

LINES = ("---", "title: A", "images:", "  - url: a", "    alt: b", "---")
KEY = Span(2, 1, 2, 6)
ARTICLE = Article(
    "a.md",
    lines=LINES,
    places={
        "/title": ValuePlace(Span(2, 8, 2, 9), KEY),
        "/empty": ValuePlace(Span(2, 7, 2, 7), KEY),
        "/images": ValuePlace(Span(4, 3, 5, 11), Span(3, 1, 3, 7)),
        "/images/0": ValuePlace(Span(4, 5, 5, 11)),
        "/images/1": ValuePlace(Span(4, 5, 4, 5)),
    },
)


@pytest.mark.parametrize(
    ("pointer", "span"),
    [
        ("", Span(1, 1, 1, 4)),
        ("/title", KEY),
        ("/images", Span(3, 1, 3, 7)),
        ("/images/0", Span(4, 5, 4, 11)),
        ("/none", FILE_START),
    ],
)
def test_a_key_is_shown_or_else_the_first_line(pointer: str, span: Span) -> None:
    assert key_span(ARTICLE, pointer) == span


@pytest.mark.parametrize(
    ("pointer", "span"),
    [
        ("", Span(1, 1, 1, 4)),
        ("/title", Span(2, 8, 2, 9)),
        ("/empty", KEY),
        ("/images", Span(4, 3, 4, 11)),
        ("/images/0", Span(4, 5, 4, 11)),
        ("/images/1", Span(4, 5, 4, 5)),
        ("/none", FILE_START),
    ],
)
def test_the_first_line_of_a_value_is_shown_or_else_its_key(pointer: str, span: Span) -> None:
    assert value_span(ARTICLE, pointer) == span


def test_an_article_without_lines_is_shown_at_its_start() -> None:
    assert key_span(Article("a.md"), "") == value_span(Article("a.md"), "") == FILE_START


def test_a_span_after_the_last_line_stays_as_it_is() -> None:
    for line in (6, 7):
        span = Span(line, 2, line + 1, 3)
        assert first_line(ARTICLE, span) == (Span(6, 2, 6, 4) if line == 6 else span)
