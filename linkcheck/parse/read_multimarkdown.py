"""Reads the metadata of MultiMarkdown (`linkcheck.multimarkdown`), as Pelican and MkDocs do.

- Keys do not depend on case, and are read in lower case.
- All values are texts, dates and numbers too. So are the lists that only Pelican knows (`Tags: a, b`).
- A repeated key is a list with an item for each time. The lines of a value are items too if none of them contains a space,
  like paths and URLs; otherwise they are the lines of one text, which is how MkDocs reads them, and Pelican a summary.

Pelican reads what is between fences in this way too, unless a plug-in reads it as YAML. So YAML counts, with keys in lower
case, and what is not YAML is read as metadata.
"""

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import Json, ParseError, ParseErrorKind, ValuePlace
from linkcheck.multimarkdown import metadata_lines
from linkcheck.parse.limits import MAX_NODES
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import ParseErrors, ReaderResult, UnreadableError
from linkcheck.pointers import escape


class _Text(Struct):
    """A text, or one of its lines, and its offsets."""

    text: str
    start: int
    end: int


class _Property(Struct):
    """A key as it is written first, and the lines of its value, separately for each time that the key is written."""

    start: int
    end: int
    values: list[list[_Text]]

    def texts(self) -> list[_Text]:
        return [text for lines in self.values for text in _joined(lines)]


def read_multimarkdown(text: str, *, path: str, line: int) -> ReaderResult:
    """Reads metadata that starts on the given line of its file."""
    lines = Lines(text, line)
    properties = _properties(text)
    if sum(len(each) for found in properties.values() for each in found.values) > MAX_NODES:
        parse_errors = ParseErrors(path)
        message = f"more than {MAX_NODES:,} values"
        parse_errors.stop(UnreadableError(ParseErrorKind.UNSAFE, message, lines.span(0, 0)))
        return ReaderResult(parse_errors=parse_errors.found)
    data: dict[str, Json] = {}
    places = {"": ValuePlace(lines.span(0, len(text.rstrip())))}
    for name, found in properties.items():
        pointer, texts = f"/{escape(name)}", found.texts()
        data[name] = texts[0].text if len(texts) == 1 else [each.text for each in texts]
        places[pointer] = ValuePlace(lines.span(texts[0].start, texts[-1].end), lines.span(found.start, found.end))
        if len(texts) > 1:
            places |= {f"{pointer}/{i}": ValuePlace(lines.span(each.start, each.end)) for i, each in enumerate(texts)}
    return ReaderResult(data, places)


def is_metadata(text: str) -> bool:
    """Whether all lines of a text are metadata."""
    end = max((line.end() for line in metadata_lines(text)), default=0)
    return end > 0 and not text[end:].strip()


def with_lower_keys(reading: ReaderResult) -> ReaderResult:
    """The result of another reader with its keys in lower case, unless two of them would become equal."""
    names = {name: name.lower() for name in reading.data}
    if len(set(names.values())) < len(names) or all(name == lower for name, lower in names.items()):
        return reading
    data = {names[name]: value for name, value in reading.data.items()}
    places = {_with_lower_key(pointer): place for pointer, place in reading.places.items()}
    errors = [_with_lower_place(error) for error in reading.parse_errors]
    return ReaderResult(data, places, errors, reading.scalars)


def _with_lower_place(error: ParseError) -> ParseError:
    return replace(error, location=replace(error.location, pointer=_with_lower_key(error.location.pointer)))


def _with_lower_key(pointer: str) -> str:
    first, slash, rest = pointer[1:].partition("/")
    return f"{pointer[:1]}{first.lower()}{slash}{rest}"


def _properties(text: str) -> dict[str, _Property]:
    """The properties by their name in lower case."""
    properties: dict[str, _Property] = {}
    last: list[_Text] = []
    for line in metadata_lines(text):
        if line["key"] is None:
            last.append(_stripped(line["more"], line.start("more")))
            continue
        last = [_stripped(line["value"], line.start("value"))]
        found = properties.setdefault(line["key"].lower(), _Property(*line.span("key"), []))
        found.values.append(last)
    return properties


def _stripped(text: str, start: int) -> _Text:
    text = text.rstrip()
    return _Text(text, start, start + len(text))


def _joined(lines: list[_Text]) -> list[_Text]:
    """The lines of a value if they are the items of a list, or else all of them as one text."""
    written = [line for line in lines if line.text] or lines[:1]
    if not any(any(map(str.isspace, line.text)) for line in written):
        return written
    return [_Text("\n".join(line.text for line in written), written[0].start, written[-1].end)]
