"""The command in a process of its own, as people and machines run it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]
SEEDS = PROJECT / "seeds"
PATIENCE = 200
"""Seconds after which a process hangs, for all we know."""


class Done(NamedTuple):
    """How it ended. Both outputs are as written, their line ends kept."""

    code: int
    out: str
    err: str


def surroundings(**more: str) -> dict[str, str]:
    """An environment with nothing in it that decides anything, and the project where Python finds it."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(PROJECT),
        "HOME": os.devnull,
        "LANG": "C.UTF-8",
        **more,
    }


def linkcheck(
    *arguments: str | Path,
    cwd: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    before: str = "",
    program: tuple[str, ...] = (),
) -> Done:
    """Run it to its end. `before` is Python that runs first in the same process: a fault, or a witness.

    A traceback is a failure whatever the test is about.
    """
    done = subprocess.run(
        [*(program or start(before)), *map(os.fsdecode, arguments)],
        cwd=cwd,
        input=stdin,
        env=surroundings() if environment is None else environment,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    out, err = done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode("utf-8", "surrogateescape")
    assert "Traceback (most recent call last)" not in out + err, err
    return Done(done.returncode, out, err)


def start(before: str = "") -> tuple[str, ...]:
    """The command line that starts it, `before` first."""
    if not before:
        return sys.executable, "-m", "linkcheck"
    return sys.executable, "-c", f"{before}\nfrom linkcheck.__main__ import main\nmain()"


def article(**keys: object) -> str:
    """An article with these keys in its front matter; with none, one that is fine and names one page."""
    import json

    values = {"title": "A title", "publishedDateTime": "2021-06-18T10:57:00Z", "webUrl": "https://a.example/ok", **keys}
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---\nWords.\n"
