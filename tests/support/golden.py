"""Golden files: what a test expects, kept in a file that `pytest --accept` rewrites."""

from pathlib import Path
from typing import Protocol

import pytest


class Golden(Protocol):
    """The fixture `golden`."""

    def __call__(self, path: Path, produced: str) -> str:
        """The text a file contains, as UTF-8 and with its line ends; with `--accept`, `produced` is written to it first."""


def kept(path: Path) -> str:
    if not path.exists():
        pytest.fail(f"{path} does not exist; to write it, run this test with --accept", pytrace=False)
    return path.read_bytes().decode()


def rewrite(path: Path, produced: str) -> bool:
    """Write a golden file; whether that changed it."""
    if path.exists() and path.read_bytes() == produced.encode():
        return False
    path.write_bytes(produced.encode())
    return True
