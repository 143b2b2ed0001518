"""Records to JSON text, one at a time, so that arrays of any length can be written by hand."""

from collections.abc import Iterable
from typing import TextIO

from linkcheck.report.escape import json_text, without_surrogates


def encode(record: object) -> str:
    """Compact JSON. NaN and infinities become null; lone surrogates, which UTF-8 cannot hold, become U+FFFD."""
    import msgspec

    try:
        encoded = msgspec.json.encode(record)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_scrubbed(msgspec.to_builtins(record)))
    return json_text(encoded.decode())


def write_array(stream: TextIO, records: Iterable[object], *, indent: str = "") -> None:
    """A JSON array, one record per line."""
    stream.write("[")
    separator = "\n"
    for record in records:
        stream.write(f"{separator}{indent}{encode(record)}")
        separator = ",\n"
    stream.write("]" if separator == "\n" else f"\n{indent[:-2]}]")


def _scrubbed(value: object) -> object:
    match value:
        case str():
            return without_surrogates(value)
        case list() | tuple():
            return [_scrubbed(item) for item in value]
        case dict():
            return {_scrubbed(key): _scrubbed(item) for key, item in value.items()}
        case _:
            return value
