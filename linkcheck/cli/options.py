"""The options that several commands share, each a setting of the configuration under the same name."""

import os
from collections.abc import Callable, Mapping
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from linkcheck.cli import completions
from linkcheck.cli.console import say
from linkcheck.cli.group import Grouped
from linkcheck.config import PREFIX, SETTINGS, Config, load, unknown_variables, working_directory
from linkcheck.config.declaration import DeclaredKey, OptionGroup, Trust

_F = TypeVar("_F", bound=Callable[..., object])

INPUT, NETWORK, HISTORY, OUTPUT = "Input", "Network", "History", "Output"
_HEADINGS = {
    OptionGroup.INPUT: INPUT,
    OptionGroup.REQUEST: NETWORK,
    OptionGroup.CRAWL: NETWORK,
    OptionGroup.HISTORY: HISTORY,
    OptionGroup.BASELINE: HISTORY,
    OptionGroup.REPORT: OUTPUT,
    OptionGroup.COUNT: OUTPUT,
    OptionGroup.SCHEDULE: OUTPUT,
}


COMMON = (
    *("base-url", "since", "offline", "history", "baseline", "update-baseline"),
    *("report", "quiet", "verbose", "select", "ignore", "fail-on"),
)
"""Settings whose options `-h` lists."""


class SettingValue(click.ParamType):  # type: ignore[type-arg]  # not generic in older versions of click
    """A value of a setting. Wrong ones pass: the configuration reports them, with the same message for every source."""

    name = "value"

    def __init__(self, setting: DeclaredKey) -> None:
        self.setting = setting

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> object:
        del param, ctx
        try:
            return self.setting.kind(value)
        except ValueError:
            return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        del ctx, param
        match self.setting.name:
            case "report":
                return completions.formats(incomplete)
            case "select" | "ignore":
                return completions.rules(incomplete)
            case _:
                return [CompletionItem(choice) for choice in self.setting.key.choices if choice.startswith(incomplete)]


def option(name: str, *, heading: str | None = None, text: str | None = None) -> Callable[[_F], _F]:
    """The option of a setting; `heading` and `text` where help does not say what is declared."""
    setting = SETTINGS[name]
    key, default = setting.key, setting.default
    attributes: dict[str, object] = {"help": text or key.help + (f" (default: {default})." if default else ".")}
    names = [f"--{name}"]
    if setting.kind is bool:
        # What an untrusted checkout can only turn on has no option that turns it off.
        names = names if key.trust is Trust.ON else [f"--{name}/--no-{name}"]
        attributes["is_flag"] = True
        attributes["help"] = text or f"{key.help}{' (default: yes)' if setting.value else ''}."
    else:
        attributes["type"] = _PATHS.get(f"{key.placeholder}") or SettingValue(setting)
        attributes["metavar"] = "|".join(key.choices) if key.choices else key.placeholder
        attributes["multiple"] = setting.is_list
    return click.option(
        *names,
        *((key.short,) if key.short else ()),
        cls=Grouped,
        heading=heading or _HEADINGS[key.group or OptionGroup.INPUT],
        is_common=name in COMMON,
        default=None,
        **attributes,
    )


def _options(
    group: OptionGroup, texts: Mapping[str, str] | None = None, *, but: tuple[str, ...] = ()
) -> tuple[Callable[[_F], _F], ...]:
    """The options of a group, without those in `but`; `texts` as in `option`, by name."""
    return tuple(
        option(name, text=(texts or {}).get(name))
        for name, setting in SETTINGS.items()
        if setting.key.group is group and name not in but
    )


_PATHS = {"FILE": click.Path(dir_okay=False, allow_dash=True), "DIR": click.Path()}
_CONFIG = click.option(
    "--config",
    cls=Grouped,
    heading=INPUT,
    type=_PATHS["FILE"],
    help="Configuration file (default: linkcheck.toml or pyproject.toml).",
)
paths = click.argument("paths", nargs=-1, type=click.Path())

INPUT_OPTIONS = (_CONFIG, *_options(OptionGroup.INPUT))
READ_OPTIONS = (
    option("max-time", heading=INPUT, text="Time limit for reading articles."),
    option("jobs", heading=INPUT),
)
"""For commands that only read."""
REMAP_OPTIONS = (option("remap"),)
"""For commands that show what would be requested."""
REQUEST_OPTIONS = _options(OptionGroup.REQUEST)
"""What applies to every request."""
NETWORK_OPTIONS = (*_options(OptionGroup.CRAWL), *REQUEST_OPTIONS)
"""What applies to a run with many requests."""
FIX_OPTIONS = (
    *_options(
        OptionGroup.CRAWL,
        {"archive": "Also write the URLs of archived copies of dead pages, in properties with the role archive."},
    ),
    *REQUEST_OPTIONS,
)
"""For `fix`, which does more with copies."""
ARCHIVE_OPTIONS = (*_options(OptionGroup.CRAWL, but=("archive",)), *REQUEST_OPTIONS)
"""For `archive`, which always looks up copies."""
TRACE_OPTIONS = (
    *_options(OptionGroup.CRAWL, {"max-time": "Time limit for the requests (default: no limit)."}),
    *REQUEST_OPTIONS,
)
"""For `explain`, which accepts the options of a run, so that those of a check work for one URL."""
BASELINE_OPTIONS = _options(OptionGroup.BASELINE)
OUTCOME_OPTIONS = _options(OptionGroup.HISTORY)
"""For commands that reuse outcomes, but report no findings that a baseline could accept."""
HISTORY_OPTIONS = (*OUTCOME_OPTIONS, *BASELINE_OPTIONS)
REPORT_OPTIONS = _options(OptionGroup.REPORT)
COUNT_OPTIONS = _options(OptionGroup.COUNT)
PROGRESS_OPTIONS = _options(OptionGroup.SCHEDULE)
"""What applies only to a run with requests. `validate` accepts it too, so that one line of options works for both."""


def takes(*groups: tuple[Callable[[_F], _F], ...]) -> Callable[[_F], _F]:
    """The options of these groups, in order."""

    def decorate(function: _F) -> _F:
        for option in reversed([option for group in groups for option in group]):
            function = option(function)
        return function

    return decorate


def given_extensions(flag: tuple[str, ...] | None) -> tuple[str, ...]:
    """The extensions of articles that the option or its variable specifies; empty if neither does. No file is read."""
    flags = {"extensions": _separated(flag)} if flag else {}
    name = f"{PREFIX}EXTENSIONS"
    variables = {name: os.environ[name]} if name in os.environ else {}
    config = load(flags=flags, environment=variables, directory=".", file="linkcheck.toml", text=b"", written="--{}".format)
    if "extensions" not in config.given:
        return ()
    return tuple(f".{extension.removeprefix('.')}" for extension in config.settings.extensions)


def _separated(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for text in texts for part in text.split(","))


def configured(flags: Mapping[str, object]) -> Config:
    """The configuration that these options (by click's names) and the surroundings make."""
    given = {name.replace("_", "-"): value for name, value in flags.items() if value is not None and value != ()}
    file = given.pop("config", None)
    for name in ("extensions", "select", "ignore"):
        codes = given.get(name)
        if isinstance(codes, tuple):
            given[name] = _separated(codes)
    config = load(
        flags=given,
        environment=os.environ,
        directory=working_directory(),
        file=file if isinstance(file, str) else None,
        written=lambda name: "PATHS" if name == "paths" else f"--{name}",
    )
    if not config.settings.quiet:
        for sentence in unknown_variables(os.environ):
            say(sentence)
    return config
