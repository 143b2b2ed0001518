"""Every option of every command sets the setting of its name."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from settings import meant, written

from linkcheck import cli
from linkcheck.cli.group import COMMANDS, Commands
from linkcheck.cli.options import configured
from linkcheck.config import SETTINGS, Settings

NO_OPTION = {"paths"}
"""Settings that are arguments."""


def options() -> Iterator[tuple[str, click.Option]]:
    assert isinstance(cli.linkcheck, Commands)
    for name in COMMANDS:
        command = cli.linkcheck.get_command(click.Context(cli.linkcheck), name)
        assert command is not None
        yield from (
            (name, each)
            for each in command.params
            if isinstance(each, click.Option) and (each.name or "").replace("_", "-") in SETTINGS
        )


def values(command: str, *arguments: str) -> Settings:
    """The settings that a command line makes."""
    assert isinstance(cli.linkcheck, Commands)
    found = cli.linkcheck.get_command(click.Context(cli.linkcheck), command)
    assert found is not None
    above = click.Context(cli.linkcheck, **cli.linkcheck.context_settings)
    parameters = found.make_context(command, list(arguments), parent=above).params
    return configured({name: value for name, value in parameters.items() if name.replace("_", "-") in SETTINGS}).settings


@pytest.mark.parametrize(
    ("command", "option"), [pytest.param(*each, id=f"{each[0]} {each[1].opts[0]}") for each in options()]
)
def test_an_option_sets_its_setting(
    command: str, option: click.Option, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    field = f"{option.name}"
    name = field.replace("_", "-")
    value = meant(name)
    for written_as in option.opts if value is not False else option.secondary_opts:
        arguments = [written_as] if option.is_flag else [written_as, written(name)]
        assert getattr(values(command, *arguments), field) == value
    for written_as in option.secondary_opts:
        assert getattr(values(command, written_as), field) is False


def test_every_setting_has_an_option() -> None:
    assert {f"{option.name}".replace("_", "-") for _, option in options()} | NO_OPTION == set(SETTINGS)


def test_an_option_tells_the_default_of_its_setting() -> None:
    told = {option.name: option.help or "" for command, option in options() if command == "check"}
    assert "(default: 32)." in told["concurrency"]
    assert "(default: 0.25)." in told["interval"]
    assert "(default: .md .markdown .mdx .qmd .rmd .rmarkdown .html)." in told["extensions"]
    assert "(default: error)." in told["fail_on"]
    assert "(default: yes)." in told["gitignore"]
    assert "default" not in told["offline"]
    assert told["baseline"] == f"{SETTINGS['baseline'].key.help}."
    assert "(default: no limit)." in told["max_time"]


def test_an_option_has_the_short_name_of_its_setting() -> None:
    for _, option in options():
        short = SETTINGS[(option.name or "").replace("_", "-")].key.short
        assert [name for name in option.opts if not name.startswith("--")] == ([] if short is None else [short])
    assert {each.key.short for each in SETTINGS.values()} == {"-q", "-v", None}
