"""What was asked for: defaults < configuration file < environment < command line.

The keys of the file are those of `schemas/config.schema.json`. Every plain setting has a flag (`--per-host`), a key
(`per-host`) and a variable (`LINKCHECK_PER_HOST`; lists separated by commas or line breaks). Tables (`[[collections]]`,
`[[exclude]]`, `[hosts."..."]`, `[severity]`) live in the file alone.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from linkcheck.errors import UsageError

FILE_NAMES = ("linkcheck.toml", ".linkcheck.toml", "pyproject.toml")
PREFIX = "LINKCHECK_"
LARGEST_FILE = 1 << 20
"""Bytes of a configuration file that are read; a larger one is a mistake."""

_T = TypeVar("_T")


class Settings(Struct, frozen=True, kw_only=True, rename="kebab"):
    """The plain settings, with their defaults. Times in seconds unless the name says otherwise."""

    # What is looked at
    paths: tuple[str, ...] = ()
    files_from: str | None = None
    extensions: tuple[str, ...] = (".md", ".markdown", ".mdx", ".html")
    gitignore: bool = True
    schema: str | None = None
    base_url: str | None = None
    site_root: str | None = None
    since: str | None = None
    # What is asked of the web
    offline: bool = False
    concurrency: int = 32
    per_host: int = 2
    interval: float = 0.25
    connect_timeout: float = 10.0
    timeout: float = 30.0
    retries: int = 3
    max_redirects: int = 10
    max_time: float | None = None
    user_agent: str = ""
    ca_bundle: str | None = None
    allow_address: tuple[str, ...] = ()
    allow_port: tuple[int, ...] = ()
    proxy: str | None = None
    nameserver: str | None = None
    resolve: tuple[str, ...] = ()
    jobs: int | None = None
    executor: str | None = None
    replay: str | None = None
    record: str | None = None
    # What is remembered
    history: str | None = None
    resume: bool = False
    max_age: float = 7.0
    """Days for which a good outcome in the history is taken for granted; 0 asks everything again."""
    # What is said
    report: tuple[str, ...] = ()
    baseline: str | None = None
    update_baseline: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    exit_zero: bool = False
    grace_days: float = 1.0
    strikes: int = 3
    strike_days: float = 2.0
    repository_url: str | None = None
    progress: bool = True
    quiet: bool = False
    verbose: bool = False
    untrusted: bool = False


class CollectionTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[collections]]`: which files belong together, and which schema governs them."""

    paths: tuple[str, ...]
    name: str = ""
    schema: str = "default"


class ExcludeTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[exclude]]`: links not to ask, and why."""

    reason: str
    pattern: str | None = None
    roles: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    until: str | None = None


class EnvironmentValue(Struct, frozen=True, forbid_unknown_fields=True):
    """`{env = "NAME"}`: a secret is named in the file and lives in the environment."""

    env: str


class HostTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[hosts."*.example.com"]`: how some hosts are asked."""

    interval: float | None = None
    concurrency: int | None = None
    timeout: float | None = None
    headers: dict[str, EnvironmentValue] = {}
    accept: tuple[int, ...] = ()


class Config(Struct, frozen=True, kw_only=True):
    """Everything asked for. `root` is the folder paths in the configuration are relative to; `file` where it was found."""

    settings: Settings
    root: str
    file: str | None = None
    collections: tuple[CollectionTable, ...] = ()
    excludes: tuple[ExcludeTable, ...] = ()
    hosts: dict[str, HostTable] = {}
    severity: dict[str, str] = {}
    environment: Mapping[str, str] = {}


SETTINGS = tuple(field.encode_name for field in msgspec.structs.fields(Settings))
"""The names of the plain settings, as in the file."""
PATH_SETTINGS = ("schema", "site-root", "ca-bundle", "replay", "record", "history", "baseline")
"""Settings that name a file: in a configuration file they are relative to it, elsewhere to the working directory."""


def load(
    *,
    flags: Mapping[str, object],
    environment: Mapping[str, str],
    directory: str,
    file: str | None = None,
) -> Config:
    """Bring the layers together. `flags` are settings given on the command line, by their names in the file.

    `file` is a configuration file named by the user; without it the nearest one from `directory` up to the repository's
    root counts. Raises UsageError for what cannot be read, is unknown, or is of the wrong kind.
    """
    named = file or environment.get(f"{PREFIX}CONFIG")
    found = Path(directory, named) if named else _nearest(Path(directory))
    table = {} if found is None else _read(found, named=named is not None)
    if table:
        _check(table, found)
    root = directory if found is None else str(found.parent.resolve())
    layers = dict(_from_file(table, root=root, directory=directory))
    layers.update(_from_environment(environment))
    layers.update(flags)
    return Config(
        settings=_convert(layers, Settings, "settings"),
        root=root,
        file=None if found is None or not table else str(found),
        collections=_convert(table.get("collections", ()), tuple[CollectionTable, ...], "collections"),
        excludes=_convert(table.get("exclude", ()), tuple[ExcludeTable, ...], "exclude"),
        hosts=_convert(table.get("hosts", {}), dict[str, HostTable], "hosts"),
        severity=_convert(table.get("severity", {}), dict[str, str], "severity"),
        environment=environment,
    )


def _nearest(directory: Path) -> Path | None:
    for folder in (directory, *directory.parents):
        for name in FILE_NAMES:
            candidate = folder / name
            if candidate.is_file() and (name != "pyproject.toml" or _read(candidate, named=False)):
                return candidate
        if (folder / ".git").exists():
            return None
    return None


def _read(path: Path, *, named: bool) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            text = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError(f"{path}: the configuration cannot be read: {error.strerror}") from None
    if len(text) > LARGEST_FILE:
        raise UsageError(f"{path}: a configuration of more than 1 MiB; is this the right file?")
    try:
        table = tomllib.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        if path.name == "pyproject.toml" and not named:
            return {}  # its owner's other tools will say so
        raise UsageError(f"{path}: not TOML: {error}") from None
    if path.name != "pyproject.toml":
        return table
    tool = table.get("tool", {})
    section = tool.get("linkcheck", {}) if isinstance(tool, dict) else {}
    if not isinstance(section, dict):
        raise UsageError(f"{path}: [tool.linkcheck] must be a table")
    return section


def _check(table: Mapping[str, object], path: Path | None) -> None:
    from linkcheck.validate import check_config

    faults = check_config(table)
    if faults:
        lines = [
            f"  {fault.pointer or '/'}: {fault.message}" + (f" ({fault.hint})" if fault.hint else "") for fault in faults
        ]
        raise UsageError(f"{path}: the configuration is wrong:\n" + "\n".join(lines))


def _from_file(table: Mapping[str, object], *, root: str, directory: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in SETTINGS:
        if name in table:
            value = table[name]
            if name in PATH_SETTINGS and isinstance(value, str) and value != "default":
                value = str(Path(root, value))
            elif name == "paths" and isinstance(value, list) and root != directory:
                value = [os.path.relpath(Path(root, str(item)), directory) for item in value]
            found[name] = value
    return found


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        name = PREFIX + field.name.upper()
        text = environment.get(name, "").strip()
        if not text:
            continue
        value: object = text
        if isinstance(field.default, tuple):
            value = [item.strip() for item in text.replace("\n", ",").split(",") if item.strip()]
        try:
            found[field.encode_name] = msgspec.convert(value, field.type, strict=False)
        except msgspec.ValidationError as error:
            raise UsageError(f"{name}={text}: {_plain(error)}") from None
    return found


def _convert(value: object, kind: type[_T], where: str) -> _T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise UsageError(f"{where}: {_plain(error)}") from None


def _plain(error: msgspec.ValidationError) -> str:
    return str(error).replace("`", '"').replace("$", "")
