"""Repositories created by git, independent of the machine's git configuration."""

import os
import subprocess
from pathlib import Path

from command import surroundings

GIT = surroundings(
    GIT_CONFIG_GLOBAL=os.devnull,
    GIT_CONFIG_NOSYSTEM="1",
    GIT_ALLOW_PROTOCOL="file",
    **{f"GIT_{who}_{what}": "nobody@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
)


def git(folder: Path, *arguments: str | Path) -> str:
    done = subprocess.run(
        ["git", *map(str, arguments)], cwd=folder, env=GIT, check=False, capture_output=True, text=True, errors="replace"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit(folder: Path, **files: str) -> None:
    """Write files, whose names have `__` for a dot and `___` for a slash, and commit everything."""
    for name, text in files.items():
        file = folder / name.replace("___", "/").replace("__", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "A step")


def new(folder: Path, *options: str) -> Path:
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main", *options)
    return folder
