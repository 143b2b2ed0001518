"""An article's bytes with the edits that a report offers, made as the reader of that report makes them."""

import json
import re
from collections.abc import Iterable

from linkcheck.model import Edit

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)?")
_BOM = b"\xef\xbb\xbf"

Change = tuple[tuple[int, int], tuple[int, int], str]
"""The start and the end (line and column, 1-based, the end exclusive), and the new text."""


def with_suggestions(raw: bytes, rdjsonl: str) -> bytes:
    """Columns count bytes, as those of rdjsonl do."""
    suggestions = [each for line in rdjsonl.splitlines() for each in json.loads(line).get("suggestions", ())]
    changes = [(_position(each["range"]["start"]), _position(each["range"]["end"]), each["text"]) for each in suggestions]
    text = _made(
        raw.removeprefix(_BOM).decode("latin-1"), [(*ends, new.encode().decode("latin-1")) for *ends, new in changes]
    )
    return raw[: len(raw) - len(raw.removeprefix(_BOM))] + text.encode("latin-1")


def with_sarif_fixes(raw: bytes, sarif: str) -> bytes:
    """Columns count code points, as `columnKind` states."""
    [run] = json.loads(sarif)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    changes = []
    for result in run["results"]:
        for change in (change for fix in result.get("fixes", ()) for change in fix["artifactChanges"]):
            for each in change["replacements"]:
                region = each["deletedRegion"]
                start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
                changes.append((start, end, each["insertedContent"]["text"]))
    return _characters(raw, changes)


def with_edits(raw: bytes, edits: Iterable[Edit]) -> bytes:
    spans = [(each.span, each.text) for each in edits]
    return _characters(raw, [((span.line, span.column), (span.end_line, span.end_column), text) for span, text in spans])


def _characters(raw: bytes, changes: Iterable[Change]) -> bytes:
    text = _made(raw.removeprefix(_BOM).decode("utf-8", "surrogateescape"), changes)
    return raw[: len(raw) - len(raw.removeprefix(_BOM))] + text.encode("utf-8", "surrogateescape")


def _position(place: dict[str, int]) -> tuple[int, int]:
    return place["line"], place["column"]


def _made(text: str, changes: Iterable[Change]) -> str:
    lines = _LINE.findall(text)

    def offset(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + column - 1

    for start, end, new in sorted(changes, reverse=True):
        text = text[: offset(*start)] + new + text[offset(*end) :]
    return text
