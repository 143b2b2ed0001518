# ruff: noqa: INP001 - a script, in no package
"""Writes the pages of docs/reference that are made from the program itself.

python scripts/write_reference.py

    command-line.md    from the commands and their options
    configuration.md   from schemas/config.schema.json, the defaults, and what a stranger may set
    rules.md           from the rules' docstrings

tests/test_docs.py compares them with what is written here.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from linkcheck.cli import linkcheck
from linkcheck.cli.group import COMMANDS, Commands, Grouped
from linkcheck.config.settings import PATH_SETTINGS, Settings
from linkcheck.config.trust import HOST_TRUST, TRUST
from linkcheck.judge.reference import markdown as rules

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made by `python scripts/write_reference.py`; change {source} instead. -->"

Schema = Mapping[str, Any]

COMMAND_LINE = f"""# Command line

{MADE.format(source="the commands in linkcheck/cli")}

    linkcheck COMMAND [OPTIONS] [PATHS]...

Every option that is listed with a variable has a key of the same name in the [configuration](configuration.md). The command
line goes before the variable, the variable before the file. Options that may be repeated are lists: in a variable, commas
or line breaks separate their items. Standard output is only the report; progress and notices go to standard error. How a
command ends is told in [exit codes](exit-codes.md).
"""

CONFIGURATION = f"""# Configuration

{MADE.format(source="schemas/config.schema.json or linkcheck/config")}

linkcheck looks for `linkcheck.toml`, `.linkcheck.toml`, or `[tool.linkcheck]` in `pyproject.toml`, from the working
directory up to the root of the repository, and takes the nearest; `--config FILE` and `LINKCHECK_CONFIG` name another.
Without a file the defaults hold. A key that does not exist is an error, with the likely name.

- What is said on the command line goes before environment variables, these before the file, the file before the defaults.
- Files and folders in the file are relative to it; on the command line and in variables, to the working directory.
- The file is held against `schemas/config.schema.json`, which editors understand as well. So are variables and flags: what
  is wrong in the file is wrong everywhere. A variable `LINKCHECK_...` that sets nothing is told.
- *A stranger's file* says what a key may do with `--untrusted`, where the file came with a stranger's change: `as written`,
  `not at all`, or only what makes the check stricter. What does not apply is told.

## An example

```toml
base-url = "https://example.com/"
own-hosts = ["example.com", "*.example.com"]
site-root = "static"
history = ".linkcheck.sqlite3"
user-agent = "ExampleNews/1.0 (+https://example.com/contact)"

[[collections]]
name = "news"
paths = ["content/news/**/*.md"]
schema = "schemas/news.schema.json"

[[exclude]]
pattern = '^https://intranet\\.example\\.com/'
reason = "answers in the office only"

[hosts."*.slow.example"]
interval = 2.0
timeout = 60
headers = {{ Authorization = {{ env = "SLOW_TOKEN" }} }}

[severity]
LC202 = "info"
LC305 = "off"
```
"""

CHAPTERS = {
    "paths": "What is looked at",
    "offline": "What is asked of the web",
    "history": "What is remembered",
    "report": "What is said",
}
"""Headings, each by the first of its keys in the order of `Settings`."""

TABLES = {"collections": "[[collections]]", "exclude": "[[exclude]]", "hosts": '[hosts."HOST"]'}


def pages() -> dict[str, str]:
    """Every page by its name."""
    return {"command-line.md": command_line(), "configuration.md": configuration(), "rules.md": rules()}


def command_line() -> str:
    assert isinstance(linkcheck, Commands)
    context = click.Context(linkcheck, info_name="linkcheck")
    commands = {name: found for name in COMMANDS if (found := linkcheck.get_command(context, name)) is not None}
    parts = [COMMAND_LINE]
    parts.append(
        _table(
            ("command", "does"),
            [(f"[`{name}`](#{name})", found.get_short_help_str(200)) for name, found in commands.items()],
        )
    )
    parts += [
        _command(name, found, click.Context(found, info_name=name, parent=context)) for name, found in commands.items()
    ]
    parts += _shared(commands)
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _command(name: str, command: click.Command, context: click.Context) -> str:
    headings = dict.fromkeys(each.heading for each in _shared_options(command))
    linked = ", ".join(f"[{heading[0].lower()}{heading[1:]}](#{_anchor(heading)})" for heading in headings)
    parts = [f"## {name}", f"    {command.get_usage(context).removeprefix('Usage: ')}", inspect.cleandoc(command.help or "")]
    own = [each for each in command.params if isinstance(each, click.Option) and each not in _shared_options(command)]
    if own:
        parts.append(_table(("option", "does"), [(_names(each), each.help or "") for each in own]))
    if linked:
        parts.append(f"{'Also options' if own else 'Options'} on {linked}.")
    examples = inspect.cleandoc((command.epilog or "").replace("\b", ""))
    if examples:
        parts.append(_indented(examples))
    return "\n\n".join(parts)


def _indented(epilog: str) -> str:
    """An epilog whose examples are set as code."""
    return epilog.replace("Examples:\n", "Examples:\n\n").replace("\n  ", "\n    ")


def _shared_options(command: click.Command) -> list[Grouped]:
    settings = msgspec.structs.fields(Settings)
    names = {field.name for field in settings} | {"config"}
    return [each for each in command.params if isinstance(each, Grouped) and each.name in names]


def _shared(commands: Mapping[str, click.Command]) -> Iterator[str]:
    """The options that are settings, by heading, each with the commands that take it."""
    rows: dict[str, dict[tuple[str, str, str], list[str]]] = {}
    for name, command in commands.items():
        for option in _shared_options(command):
            key = (_names(option), option.help or "", f"LINKCHECK_{(option.name or '').upper()}")
            rows.setdefault(option.heading, {}).setdefault(key, []).append(name)
    for heading, options in rows.items():
        lines = [
            (names, f"{text} *({', '.join(takers)})*", f"`{variable}`")
            for (names, text, variable), takers in options.items()
        ]
        yield f"## {heading}"
        yield _table(("option", "does *(for)*", "variable"), lines)


def _names(option: click.Option) -> str:
    value = "" if option.is_flag else f" {_metavar(option)}"
    both = [*sorted(option.opts, key=len, reverse=True), *option.secondary_opts]
    repeated = " ..." if option.multiple else ""
    return ", ".join(f"`{name}{value}`" for name in both) + repeated


def _metavar(option: click.Option) -> str:
    context = click.Context(linkcheck)
    if isinstance(option.type, click.Choice) and option.metavar is None:
        return "|".join(option.type.choices)
    return option.metavar or option.make_metavar(context)


def configuration() -> str:
    schema: Schema = json.loads((ROOT / "schemas" / "config.schema.json").read_text("utf-8"))
    keys: Schema = schema["properties"]
    parts = [CONFIGURATION]
    rows: list[tuple[str, ...]] = []
    for field in msgspec.structs.fields(Settings):
        name = field.encode_name
        if name in CHAPTERS:
            if rows:
                parts.append(_table(_HEADS, rows))
            parts.append(f"## {CHAPTERS[name]}")
            rows = []
        files = " A path." if name in PATH_SETTINGS else ""
        rows.append((f"`{name}`", _kind(keys[name], schema), f"{keys[name]['description']}{files}", str(TRUST[name])))
    parts.append(_table(_HEADS, rows))
    parts += [_subtable(name, heading, keys[name], schema) for name, heading in TABLES.items()]
    parts.append("## [severity]")
    parts.append(f"{keys['severity']['description']} The values are `error`, `warning`, `info` and `off`.")
    parts.append(f"A stranger's file may set one {TRUST['severity']}.")
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


_HEADS = ("key", "value", "means", "a stranger's file")


def _subtable(name: str, heading: str, table: Schema, schema: Schema) -> str:
    inner: Schema = table.get("items") or table["additionalProperties"]
    required = inner.get("required", ())
    by_host = name == "hosts"
    rows = [
        (
            f"`{key}`" + (" (required)" if key in required else ""),
            _kind(each, schema),
            each["description"],
            str(HOST_TRUST[key] if by_host else TRUST[name]),
        )
        for key, each in inner["properties"].items()
    ]
    return "\n\n".join((f"## {heading}", table["description"], _table(_HEADS, rows)))


def _kind(value: Schema, schema: Schema) -> str:
    """What may be written, in words."""
    if "$ref" in value:
        return "rules"
    if "enum" in value:
        return ", ".join(f"`{each}`" for each in value["enum"])
    lowest, highest = value.get("minimum"), value.get("maximum")
    bounds = f" {lowest} to {highest}" if highest is not None else f" from {lowest}" if lowest is not None else ""
    words: dict[str, Callable[[], str]] = {
        "boolean": lambda: "true or false",
        "integer": lambda: f"whole number{bounds}",
        "number": lambda: f"number{bounds}",
        "string": lambda: "day" if value.get("format") == "date" else "text",
        "array": lambda: f"list of {_plural(_kind(value['items'], schema))}",
        "object": lambda: "table",
    }
    return words[value["type"]]()


def _plural(kind: str) -> str:
    return re.sub(r"^(text|whole number|number|table)", r"\1s", kind)


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def _anchor(heading: str) -> str:
    return heading.lower().replace(" ", "-")


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
