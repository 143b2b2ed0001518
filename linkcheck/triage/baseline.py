"""The file of accepted findings: reading, updating and writing it.

JSON with one entry per finding, sorted by place, so that a change of one finding is a change of one entry:

    {
      "version": 1,
      "accepted": [
        {
          "rule": "LC201",
          "path": "posts/a.md",
          "pointer": "/webUrl",
          "url": "https://example.com/a",
          "fingerprint": "0f3a...",
          "added": "2026-11-22",
          "reason": "the publisher closed in 2019",
          "until": "2027-03-01"
        }
      ]
    }

The fingerprint identifies the finding. If the file of an entry is gone, or if the file has no finding with its fingerprint,
rule, field and URL, or the hash `value` of the value, identify it in another file or at another index of a list
(`moved_entries`). `reason` and `until` are optional: the entry is valid up to and including that day.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from linkcheck.atomic_write import atomic_file
from linkcheck.errors import IncompleteError, UsageError
from linkcheck.files import read_file
from linkcheck.model import Finding

VERSION = 1
LARGEST = 64 << 20
"""Bytes of a baseline that are read."""


class BaselineEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An accepted finding. Dates are `2026-11-22`. `subject` as in `Finding`: what the fingerprint is computed from, if
    present.
    """

    rule: str
    path: str
    pointer: str = ""
    url: str | None = None
    value: str | None = None
    subject: str | None = None
    fingerprint: str
    added: str
    reason: str | None = None
    until: str | None = None


class Baseline(Struct, frozen=True):
    """The accepted findings of a file."""

    path: str
    entries: tuple[BaselineEntry, ...] = ()


class Update(Struct, frozen=True):
    """An updated baseline, with the number of entries added and removed."""

    baseline: Baseline
    accepted: int
    removed: int


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    accepted: tuple[BaselineEntry, ...]


def read_baseline(path: str, *, missing_is_empty: bool = False, text: bytes | None = None) -> Baseline:
    """The baseline in a file, or in `text` if that is given instead.

    Raises UsageError if it is missing, unreadable or not a baseline.
    """
    if text is not None:
        return _decoded(text, path)
    try:
        data = read_file(path, most=LARGEST)
    except FileNotFoundError:
        if missing_is_empty:
            return Baseline(path)
        raise UsageError(f"{path}: no such baseline; create one with --update-baseline") from None
    except OSError as error:
        raise UsageError(f"{path}: the baseline cannot be read: {error.strerror}") from error
    if len(data) > LARGEST:
        raise UsageError(f"{path}: the baseline is larger than {LARGEST >> 20} MiB")
    return _decoded(data, path)


def _decoded(data: bytes, path: str) -> Baseline:
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not a baseline: {error}") from error
    if file.version != VERSION:
        raise UsageError(f"{path}: baseline version {file.version} is not supported; this linkcheck reads version {VERSION}")
    for entry in file.accepted:
        _refuse_bad_date(path, entry)
    return Baseline(path, file.accepted)


def write_baseline(baseline: Baseline) -> None:
    """Write the file atomically. Raises IncompleteError if that fails."""
    entries = sorted(
        baseline.entries, key=lambda entry: (entry.path, entry.pointer, entry.rule, entry.url or "", entry.fingerprint)
    )
    text = msgspec.json.format(msgspec.json.encode(_File(VERSION, tuple(entries))), indent=2) + b"\n"
    try:
        with atomic_file(Path(baseline.path)) as stream:
            stream.write(text)
    except OSError as error:
        raise IncompleteError(
            f"{baseline.path}: the baseline cannot be written: {error.strerror or error}. The previous file was kept."
        ) from error


def entry_of(
    finding: Finding,
    *,
    added: str,
    value: str | None = None,
    before: BaselineEntry | None = None,
    expired: bool = False,
) -> BaselineEntry:
    """An entry that accepts a finding. Keeps the reason and date of the previous entry, except an expired date."""
    return BaselineEntry(
        rule=finding.code,
        path=finding.location.path,
        pointer=finding.location.pointer,
        url=finding.url,
        value=value,
        subject=finding.subject,
        fingerprint=finding.fingerprint,
        added=before.added if before is not None else added,
        reason=before.reason if before is not None else None,
        until=before.until if before is not None and not expired else None,
    )


def by_fingerprint(entries: Iterable[BaselineEntry]) -> dict[str, BaselineEntry]:
    return {entry.fingerprint: entry for entry in entries}


def _refuse_bad_date(path: str, entry: BaselineEntry) -> None:
    from datetime import date

    if entry.until is None:
        return
    try:
        date.fromisoformat(entry.until)
    except ValueError:
        where = f"{entry.rule} at {entry.path} {entry.pointer}"
        raise UsageError(f"{path}: {where}: `until` is {entry.until!r}; use a date such as 2027-03-01") from None
