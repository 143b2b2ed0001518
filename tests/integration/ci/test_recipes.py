"""The shell in the how-tos, run or read as a reader would."""

import shlex
from collections.abc import Iterator
from itertools import pairwise

import pytest
import yaml
from ci.texts import blocks

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
