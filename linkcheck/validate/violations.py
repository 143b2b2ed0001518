"""Turns problems into violations, each with its line and column."""

from typing import TYPE_CHECKING

from linkcheck.model import FILE_START, Article, Location, Span, Violation
from linkcheck.validate.schema_checker import Checker

if TYPE_CHECKING:
    from linkcheck.validate.problems import SchemaProblem

_ROOT = "the front matter"


def find_violations(article: Article, checker: Checker) -> list[Violation]:
    """All violations of the schema in the article."""
    return [
        Violation(
            keyword=problem.keyword,
            location=Location(article.path, _span(article, problem), problem.pointer),
            message=problem.message,
            hint=problem.hint,
            schema=checker.name,
            schema_pointer=problem.schema_pointer,
            suggestion=problem.suggestion,
            is_custom=problem.is_custom,
        )
        for problem in checker.problems(article.data, _ROOT)
    ]


def _span(article: Article, problem: "SchemaProblem") -> Span:
    from linkcheck.validate.problems import ProblemPlace

    match problem.where:
        case ProblemPlace.OWNER:
            return key_span(article, problem.pointer.rpartition("/")[0])
        case ProblemPlace.KEY:
            return key_span(article, problem.pointer)
        case ProblemPlace.VALUE:
            return value_span(article, problem.pointer)


def key_span(article: Article, pointer: str) -> Span:
    """The property's name; an item's first line; the opening fence for the front matter as a whole."""
    if not pointer:
        return Span(1, 1, 1, len(article.lines[0]) + 1) if article.lines else FILE_START
    place = article.places.get(pointer)
    if place is None:
        return FILE_START
    return first_line(article, place.value) if place.key is None else place.key


def value_span(article: Article, pointer: str) -> Span:
    """The value; of one over several lines the first line, of an empty one its key."""
    if not pointer:
        return key_span(article, pointer)
    place = article.places.get(pointer)
    if place is None:
        return FILE_START
    span = place.value
    if place.key is not None and (span.line, span.column) == (span.end_line, span.end_column):
        return place.key
    return first_line(article, span)


def first_line(article: Article, span: Span) -> Span:
    """The part of the span that is on its first line."""
    if span.line == span.end_line or span.line > len(article.lines):
        return span
    return Span(span.line, span.column, span.line, len(article.lines[span.line - 1]) + 1)
