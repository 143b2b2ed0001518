"""Source -> Article: the front matter's values, their locations, and the parse errors."""

from msgspec.structs import replace

from linkcheck.front_matter_start import other_encoding
from linkcheck.model import Article, CutValue, IgnoreComment, ParseError, ParseErrorKind, Source, Span
from linkcheck.parse.fences import Block, find_block
from linkcheck.parse.limits import MAX_BYTES
from linkcheck.parse.lines import split_lines
from linkcheck.parse.reader_result import ParseErrors, ReaderResult, UnreadableError

__all__ = ["parse"]


def parse(source: Source) -> Article:
    """Reads a source's front matter. Never raises: errors become parse errors of the article."""
    try:
        block = find_block(source)
    except UnreadableError as wrong:
        parse_errors = ParseErrors(source.path)
        parse_errors.stop(wrong)
        is_below = wrong.kind is ParseErrorKind.UNTERMINATED and wrong.span.line > 1
        head = source.head[: MAX_BYTES if is_below else 1000]
        lines = split_lines(head.decode(other_encoding(source.head) or "utf-8-sig", "replace"))
        lines = lines[: wrong.span.line if is_below else 1]
        return Article(source.path, parse_errors=tuple(parse_errors.found), lines=lines)
    reading, lines = _read(block, source.path)
    if source.multimarkdown_fences and block.format == "yaml":
        block, reading = _without_case(block, reading, source.path)
    ignores, misspelled = _ignores(block, reading)
    return Article(
        source.path,
        block.format,
        reading.data,
        reading.places,
        tuple(sorted(reading.parse_errors, key=_position)) if len(reading.parse_errors) > 1 else tuple(reading.parse_errors),
        ignores,
        lines,
        misspelled,
        _cut_values(block, reading),
    )


def _read(block: Block, path: str) -> tuple[ReaderResult, tuple[str, ...]]:
    match block.format:
        case "json":
            from linkcheck.parse.read_json import read_json

            reading, end = read_json(block.text, path=path, line=block.line, cut_off=block.cut_off)
            return reading, block.lines or split_lines(block.text[:end])
        case "toml":
            from linkcheck.parse.read_toml import read_toml

            return read_toml(block.text, path=path, line=block.line), block.lines
        case "multimarkdown":
            from linkcheck.parse.read_multimarkdown import read_multimarkdown

            return read_multimarkdown(block.text, path=path, line=block.line), block.lines
        case _:
            from linkcheck.parse.read_yaml import read_yaml

            wanted = _may_ignore(block.text)
            return read_yaml(block.text, path=path, line=block.line, want_scalars=wanted), block.lines


def _without_case(block: Block, reading: ReaderResult, path: str) -> tuple[Block, ReaderResult]:
    """The result with keys in lower case. What is not YAML may be metadata all the same."""
    from linkcheck.parse.read_multimarkdown import is_metadata, read_multimarkdown, with_lower_keys

    if reading.parse_errors and is_metadata(block.text):
        return replace(block, format="multimarkdown"), read_multimarkdown(block.text, path=path, line=block.line)
    return block, with_lower_keys(reading)


def _may_ignore(text: str) -> bool:
    """Whether a text may contain an ignore comment, perhaps misspelled; most texts have none and need no scan."""
    return "#" in text and ("ignore" in text or "linkcheck" in text)


def _ignores(block: Block, reading: ReaderResult) -> tuple[tuple[IgnoreComment, ...], tuple[Span, ...]]:
    # JSON and MultiMarkdown have no comments.
    if block.format in ("json", "multimarkdown") or not _may_ignore(block.text):
        return (), ()
    from linkcheck.parse.comments import find_ignores

    return find_ignores(block.text, block.line, reading.scalars)


def _cut_values(block: Block, reading: ReaderResult) -> tuple[CutValue, ...]:
    if block.format != "yaml" or not (" #" in block.text or "\t#" in block.text):
        return ()
    from linkcheck.parse.comments import find_cut_values

    return find_cut_values(block.text, block.line, reading.data, reading.places)


def _position(problem: ParseError) -> tuple[int, int]:
    return problem.location.span.line, problem.location.span.column
