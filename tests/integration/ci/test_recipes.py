"""The shell in the how-tos, run or read as a reader would."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from ci.texts import blocks, scripts

from linkcheck import report
from linkcheck.cli.check import command as check_command


def commands() -> Iterator[list[str]]:
    """Every call of linkcheck in the pipelines and shell blocks, as words."""
    for _, text in blocks("yaml", titled=".gitlab-ci.yml"):
        for job in yaml.safe_load(text).values():
            yield from (shlex.split(line) for line in job["script"] if line.startswith("linkcheck "))
    for _, text in blocks("sh"):
        yield from (shlex.split(line) for line in text.splitlines() if line.startswith("linkcheck "))


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join(words)[:60]) for words in commands()])
def test_a_call_names_options_and_formats_there_are(words: list[str]) -> None:
    assert words[1] == "check"
    known = {option for parameter in check_command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    options = [word.split("=")[0] for word in words if word.startswith("--")]
    assert options
    assert set(options) - known == set()
    named = [after.split(":")[0] for word, after in pairwise(words) if word == "--report"]
    assert named
    assert set(named) - set(report.FORMATS) == set()


def test_the_how_tos_call_linkcheck() -> None:
    assert len(list(commands())) >= 3


GH = """#!/bin/sh
printf '%s|' "$@" >> "$CALLS"
echo >> "$CALLS"
case "$1 $2" in "issue list") printf '%s' "$OPEN" ;; esac
"""


@pytest.mark.parametrize(
    ("errors", "opened", "expected"),
    [
        pytest.param("2", "", ["issue list", "label create", "issue create"], id="first findings open one"),
        pytest.param("2", "7", ["issue list", "issue edit 7"], id="further findings keep it up to date"),
        pytest.param("0", "7", ["issue list", "issue close 7"], id="none left close it"),
        pytest.param("0", "", ["issue list"], id="nothing to say, nothing said"),
    ],
)
def test_the_rolling_issue_is_one(tmp_path: Path, errors: str, opened: str, expected: list[str]) -> None:
    (script,) = (text for name, text in scripts() if "gh issue" in text and name.startswith("github.md"))
    gh = tmp_path / "gh"
    gh.write_text(GH)
    gh.chmod(0o755)
    calls = tmp_path / "calls"
    subprocess.run(
        ["bash", "-e", "-c", script],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "ERRORS": errors, "OPEN": opened, "CALLS": str(calls)},
        check=True,
    )
    called = [line.replace("|", " ") for line in calls.read_text().splitlines()]
    assert len(called) == len(expected)
    assert all(re.match(rf"{start}\b", line) for start, line in zip(expected, called, strict=True))
