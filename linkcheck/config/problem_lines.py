"""Shows the errors in a configuration file with their lines, in the form of findings in articles."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from linkcheck.model import Article, ParseErrorKind, Source, Span, ValuePlace
from linkcheck.parse import parse
from linkcheck.report.caret import window
from linkcheck.report.escape import clip
from linkcheck.report.terminal import Glyphs, wrap
from linkcheck.urls import mask
from linkcheck.validate import ConfigProblem, ProblemPlace

_INDENT = "    "
_WIDTH = 78


def syntax_error_lines(text: bytes, path: Path) -> list[str] | None:
    """The lines about what makes the file invalid TOML; None if that cannot be located."""
    article = _read(text)
    if not article.parse_errors or article.parse_errors[-1].kind is ParseErrorKind.TOO_LARGE:
        return None
    error = article.parse_errors[-1]
    message = error.message.removeprefix("not TOML: ")
    return list(_described(message, None, article, error.location.span, path))


def problem_lines(text: bytes, path: Path, problems: Iterable[ConfigProblem], *, section: str = "") -> list[str]:
    """The lines about each problem, in the order of the file. `section` is the pointer of the table with the settings."""
    article = _read(text)
    placed: list[tuple[int, int, list[str]]] = []
    for problem in problems:
        place = article.places.get(_pointer(problem, section))
        if place is None:
            placed.append((0, 0, [f"  {problem.pointer}: {problem}"]))
            continue
        span = _span(problem, place)
        quoted = "/headers/" not in problem.pointer  # whose values may be secrets
        lines = list(_described(problem.message, problem.hint, article, span, path, quoted=quoted))
        placed.append((span.line, span.column, lines))
    return [line for *_, lines in sorted(placed, key=lambda each: each[:2]) for line in lines]


def _read(text: bytes) -> Article:
    return parse(Source("linkcheck.toml", "", head=text, size=len(text)))


def _pointer(problem: ConfigProblem, section: str) -> str:
    pointer = problem.pointer if problem.at is not ProblemPlace.OWNER else problem.pointer.rpartition("/")[0]
    return section + pointer


def _span(problem: ConfigProblem, place: ValuePlace) -> Span:
    if problem.at is ProblemPlace.VALUE or place.key is None:
        return place.value
    return place.key


def _described(
    message: str, hint: str | None, article: Article, span: Span, path: Path, *, quoted: bool = True
) -> Iterator[str]:
    glyphs = Glyphs()
    yield f"{_shown(path)}:{span.line}:{span.column}: error: {message}"
    line = article.lines[span.line - 1] if span.line <= len(article.lines) else ""
    if quoted and line.strip():
        quote, masked = _masked(clip(line, span.column + 1000), span)
        shown, start, length = window(quote, masked, _WIDTH - len(_INDENT) - 2)
        yield f"{_INDENT}{glyphs.bar} {shown}".rstrip()
        if length:
            yield f"{_INDENT}{glyphs.bar} {' ' * start}{'^' * length}"
    if hint:
        first, *rest = wrap(hint, _WIDTH - len(_INDENT) - 2)
        yield f"{_INDENT}{glyphs.arrow} {first}"
        yield from (f"{_INDENT}  {line}" for line in rest)


def _masked(line: str, span: Span) -> tuple[str, Span]:
    """The line with its secrets masked, and the place of the value in it."""
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    before, value, after = mask(line[:start]), mask(line[start:end]), mask(line[end:])
    place = replace(span, column=len(before) + 1, end_line=span.line, end_column=len(before) + len(value) + 1)
    return before + value + after, place


def _shown(path: Path) -> str:
    """The path, relative to the working directory if it is below."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else os.fspath(path)
