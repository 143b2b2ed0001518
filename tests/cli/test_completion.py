"""Shell completion, as docs/how-to/shell-completion.md says to set it up."""

import os
import subprocess
import sys

import pytest

from linkcheck.judge import RULES


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
        pytest.param("linkcheck check --report j", "json junit", id="a format"),
        pytest.param("linkcheck report --report html", "html", id="a format of another command"),
        pytest.param(
            "linkcheck check --select LC20", " ".join(code for code in RULES if code.startswith("LC20")), id="codes"
        ),
        pytest.param("linkcheck fix --ignore lc2,lc201", "lc2,LC201", id="a code in a list"),
        pytest.param("linkcheck validate --ignore dea", "dead", id="a name"),
        pytest.param("linkcheck explain LC201", "LC201", id="a code to explain"),
        pytest.param("linkcheck explain permanent", "permanent-redirect", id="a name to explain"),
        pytest.param("linkcheck explain https://a", "", id="a URL to trace"),
    ],
)
def test_what_was_begun_is_completed(words: str, expected: str) -> None:
    said = complete(_LINKCHECK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(len(words.split()) - 1))
    assert said.split() == [f"plain,{each}" for each in expected.split()]


def test_what_was_not_begun_is_completed_with_all_codes_and_formats() -> None:
    for words, first, number in (("linkcheck explain ", "plain,LC001", 80), ("linkcheck check --report ", "plain,text", 12)):
        count = str(len(words.split()))
        said = complete(_LINKCHECK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=count).split()
        assert said[0] == first
        assert len(said) >= number


def test_shells_that_show_help_show_the_names_of_codes() -> None:
    said = complete(_LINKCHECK_COMPLETE="zsh_complete", COMP_WORDS="linkcheck explain LC201", COMP_CWORD="2")
    assert said.split() == ["plain", "LC201", "dead"]
