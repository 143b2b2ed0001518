"""Runs the command in a separate process, as users and CI systems do."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import warm_start

PROJECT = Path(__file__).parents[2]
SEEDS = PROJECT / "seeds"
PATIENCE = 200
"""Seconds after which a process is considered to hang."""


class Done(NamedTuple):
    """The exit code and both outputs of a process, with their original line ends."""

    code: int
    out: str
    err: str


def surroundings(**more: str) -> dict[str, str]:
    """An environment without settings, in which Python finds the project."""
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
    """Run the command until it ends. `before` is Python code that runs first in its process, to cause or observe faults.

    Without it, and with a usual environment, the process starts with its imports done. A traceback in the output is always a
    failure.
    """
    words = [os.fsdecode(each) for each in arguments]
    variables = surroundings() if environment is None else environment
    if before or program or not warm_start.is_possible(variables):
        done = subprocess.run(
            [*(program or start(before)), *words],
            cwd=cwd,
            input=stdin,
            env=variables,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    else:
        done = warm_start.run(words, cwd=cwd, stdin=stdin, environment=variables, timeout=PATIENCE)
    out, err = done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode("utf-8", "surrogateescape")
    assert "Traceback (most recent call last)" not in out + err, err
    return Done(done.returncode, out, err)


def start(before: str = "") -> tuple[str, ...]:
    """The command line that starts linkcheck after the code in `before`."""
    if not before:
        return sys.executable, "-m", "linkcheck"
    return sys.executable, "-c", f"{before}\nfrom linkcheck.__main__ import main\nmain()"


def article(**keys: object) -> str:
    """An article with these keys in its front matter; without keys, a valid one with one link."""
    import json

    values = {"title": "A title", "publishedDateTime": "2021-06-18T10:57:00Z", "webUrl": "https://a.example/ok", **keys}
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---\nWords.\n"
