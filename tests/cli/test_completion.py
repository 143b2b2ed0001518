"""Shell completion, as docs/how-to/shell-completion.md says to set it up."""

import os
import subprocess
import sys

import pytest


def complete(**variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "linkcheck"], env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str) -> None:
    assert f"{shell}_complete" in complete(_LINKCHECK_COMPLETE=f"{shell}_source")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("linkcheck val", "validate", id="a command"),
        pytest.param("linkcheck check --max-t", "--max-time", id="an option"),
        pytest.param("linkcheck check --fail-on warn", "warning", id="a value"),
        pytest.param("linkcheck explain --topic red", "redirects", id="a topic"),
    ],
)
def test_what_was_begun_is_completed(words: str, expected: str) -> None:
    said = complete(_LINKCHECK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(len(words.split()) - 1))
    assert said.split() == [f"plain,{expected}"]
