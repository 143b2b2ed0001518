"""What a shell completes after an option."""

import click
import pytest

from linkcheck import cli
from linkcheck.cli.completions import formats, rules
from linkcheck.cli.group import Commands
from linkcheck.judge import RULES
from linkcheck.report import FORMATS


@pytest.mark.parametrize(
    ("begun", "found"), [("", [*FORMATS]), ("c", ["concise", "csv", "comment", "codequality"]), ("C", []), ("x", [])]
)
def test_formats_that_begin_like_this(begun: str, found: list[str]) -> None:
    assert [each.value for each in formats(begun)] == found


@pytest.mark.parametrize(
    ("begun", "found"),
    [
        ("LC20", [("LC201", "dead"), ("LC202", "permanent-redirect"), ("LC203", "trivial-redirect")]),
        ("lc111", [("LC111", "near-miss-key")]),
        ("LC301,LC111", [("LC301,LC111", "near-miss-key")]),
        ("DEA", [("dead", "LC201")]),
        ("LC301,near", [("LC301,near-miss-key", "LC111")]),
        ("LC9", []),
        ("zzz", []),
    ],
)
def test_rules_by_their_codes_or_else_by_their_names(begun: str, found: list[tuple[str, str]]) -> None:
    completed = [(each.value, each.help) for each in rules(begun)]
    assert completed[: len(found)] == found
    assert bool(completed) is bool(found)


def test_all_codes_complete_nothing() -> None:
    assert [(each.value, each.help) for each in rules("")] == [(rule.code, rule.name) for rule in RULES.values()]


@pytest.mark.parametrize(
    ("option", "begun", "found"),
    [
        ("report", "json", ["json"]),
        ("select", "LC111", ["LC111"]),
        ("ignore", "LC301,LC111", ["LC301,LC111"]),
        ("fail_on", "w", ["warning"]),
        ("base_url", "", []),
    ],
)
def test_an_option_completes_its_values(option: str, begun: str, found: list[str]) -> None:
    assert isinstance(cli.linkcheck, Commands)
    context = click.Context(cli.linkcheck)
    check = cli.linkcheck.get_command(context, "check")
    assert check is not None
    (parameter,) = (each for each in check.params if each.name == option)
    assert [each.value for each in parameter.shell_complete(context, begun)] == found
