"""Schema files: where linkcheck's own are, and reading one within limits."""

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import DecodeError, json

from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.model import Json

LARGEST = 1_048_576
"""Bytes of a schema file."""
DEEPEST = 200
"""Nesting depth of brackets."""

Read = Callable[[Path], bytes | None]
"""Reads a file at the base of a change instead of from the disk; None reads the disk."""


def shipped(name: str) -> Path:
    """One of linkcheck's own schemas: inside the package in a wheel, next to the package in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "schemas" / name
    return inside if inside.exists() else package.parent / "schemas" / name


def read_document(path: Path, *, read: Read | None = None) -> Json:
    """The JSON in a schema file. Raises UsageError if there is none, with its place."""
    shown = show_path(path)
    try:
        text = None if read is None else read(path)
        if text is None:
            text = read_file(path, most=LARGEST)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{shown}: cannot read the schema: {reason}. Check the path.") from None
    if len(text) > LARGEST:
        raise UsageError(f"{shown}: the schema is larger than {LARGEST:,} bytes. Make it smaller or split it.")
    text = text.removeprefix(b"\xef\xbb\xbf")
    try:
        document: Json = json.decode(text)
    except DecodeError as error:
        message, _, place = str(error).partition(" (byte ")
        raise UsageError(f"{shown}{_line_of(text, place)}: the schema is not JSON: {message}.") from None
    except (RecursionError, UnicodeDecodeError):
        raise UsageError(f"{shown}: the schema cannot be read as JSON: it is nested too deeply, or not UTF-8.") from None
    if _depth(document) > DEEPEST:
        raise UsageError(f"{shown}: the schema is nested more than {DEEPEST} levels deep. Use $defs and $ref.")
    return document


def show_path(path: Path) -> str:
    """The path as messages show it: relative to the working directory if it is inside."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return os.fspath(path)


def _line_of(text: bytes, place: str) -> str:
    digits = place.rstrip(")")
    if not digits.isdigit():
        return ""
    before = text[: int(digits)].split(b"\n")
    return f":{len(before)}:{len(before[-1]) + 1}"


def _depth(document: Json) -> int:
    depth, level = 0, [document]
    while level:
        depth += 1
        level = [child for value in level for child in children(value)]
    return depth


def children(value: Json) -> list[Json]:
    """The values directly inside."""
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return []
