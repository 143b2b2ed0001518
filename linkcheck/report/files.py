"""Where reports go: a file, replaced as a whole or not at all, or standard output."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from linkcheck.atomic_write import atomic_file, check_place
from linkcheck.errors import IncompleteError


def check(path: str) -> None:
    """Refuse, before any work is done, a place where no report can or should be written. Raises `UsageError`."""
    check_place(path, "a report", instead="Omit the file to write to stdout.")


@contextmanager
def atomic(path: str) -> Iterator[TextIO]:
    """A UTF-8 text stream whose content takes the place of `path` when the block ends well.

    Raises `UsageError` as `check` does, and `IncompleteError` if the disk is full; the old file is then unchanged.
    """
    check(path)
    try:
        with atomic_file(Path(path)) as raw:
            stream = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="")
            yield stream
            stream.detach()  # flushed, and left for `atomic_file` to close
    except OSError as error:
        raise IncompleteError(
            f"The report could not be written to {path}: {_why(error)}. The previous file is kept."
        ) from error


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output as UTF-8 with line ends kept; a closed pipe (`| head`) is not an error.

    Raises `IncompleteError` where the output could not be written for another reason (a full disk).
    """
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield stream
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError as error:
        _silence(stream)
        raise IncompleteError(f"The report could not be written to standard output: {_why(error)}.") from error


def _silence(stream: TextIO) -> None:
    """What is still buffered would raise once more when the interpreter ends; let it go to the null device."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def _why(error: OSError) -> str:
    return f"{error.strerror or error} (errno {error.errno})" if error.errno else str(error)
