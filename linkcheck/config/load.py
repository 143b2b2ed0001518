"""Merges the layers of the configuration: defaults < configuration file < environment < command line.

In an untrusted checkout, the file is read from the commit that `--since` specifies. Without such a file, the one in the
checkout can only make checks stricter (`trust`). A file that the user specifies is trusted.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from linkcheck.changes import Commit, find_commit
from linkcheck.config.overrides import PREFIX, given_by
from linkcheck.config.settings import (
    PATH_SETTINGS,
    SETTINGS,
    ArchivesTable,
    CollectionTable,
    Config,
    ExcludeTable,
    HostTable,
    Settings,
)
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.report.posted import is_posted, is_url
from linkcheck.repository import find_top, git_folder

FILE_NAMES = ("linkcheck.toml", ".linkcheck.toml", "pyproject.toml")
LARGEST_FILE = 1 << 20
"""Maximum size of a configuration file, in bytes; a larger one is a mistake."""

_SHOWN = 40
"""Maximum number of keys listed in a notice."""
_NOT_FILES = {"schema": "default", "files-from": "-"}
"""Values of path settings that are not paths."""

_SECTION = re.compile(rb"^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*linkcheck\b", re.MULTILINE)
"""How a section for linkcheck begins in a pyproject.toml."""

_T = TypeVar("_T")


class _FoundFile(Struct, frozen=True):
    """A configuration file: its path, its settings, notices about it, whether it was read from the base commit, and its
    text.
    """

    path: Path
    table: Mapping[str, object]
    notices: tuple[str, ...] = ()
    of_base: bool = False
    text: bytes = b""


def working_directory() -> str:
    """The path of the working directory. Raises UsageError if it was deleted."""
    try:
        return str(Path.cwd())
    except OSError as error:
        raise UsageError(f"the working directory does not exist ({error.strerror}); change to one that does") from None


def load(
    *,
    flags: Mapping[str, object],
    environment: Mapping[str, str],
    directory: str,
    file: str | None = None,
    text: bytes | None = None,
    written: Callable[[str], str] = "--{}".format,
) -> Config:
    """Merge the layers. `flags` are the settings on the command line, by their names in the file; `written` returns such a
    name as the user writes it.

    `file` is the configuration file that the user specified; without it, the nearest one from `directory` up to the root of
    the repository is used. `text` is the content of `file`, which is then not read. Raises UsageError for a file that
    cannot be read, and for unknown or invalid settings.
    """
    given = _lists(given_by(flags, environment, written=written))
    trusted = _convert(given, Settings)
    named = file or environment.get(f"{PREFIX}CONFIG") or None
    base: Commit | None = None
    if trusted.untrusted and trusted.since is not None:
        # The specified commit, not the merge base, because the author of the change has chosen the merge base.
        base = find_commit(trusted.since, root=directory)
    if file is not None and text is not None:
        path = Path(directory, file)
        found: _FoundFile | None = _FoundFile(path, _parsed(text, path, named=True), text=text)
    else:
        found = _find(Path(directory), named=named, base=base)
    if found is not None and found.table:
        _check(found)
        # The file in the checkout can also declare the checkout untrusted.
        unnamed = named is None and base is None and (trusted.untrusted or found.table.get("untrusted") is True)
        # A file that the user specifies may have been added by the change.
        from_change = (
            named is not None and base is not None and not found.of_base and _is_in_checkout(found.path, Path(directory))
        )
        if unnamed or from_change:
            found = _restricted(found, trusted, base)
    elif base is not None and named is None:
        own = _find(Path(directory), named=None, base=None)
        if own is not None and own.table:
            _check(own)
            found = _restricted(own, trusted, base)
    table: Mapping[str, object] = {} if found is None else found.table
    root = directory if found is None else _folder_of(found)
    layers = {**_from_file(table, root=root, directory=directory), **given}
    settings = _convert(layers, Settings)
    if settings.untrusted and "gitignore" not in layers:
        # An untrusted contributor could list articles in .gitignore, and they would not be checked.
        settings = msgspec.structs.replace(settings, gitignore=False)
    return Config(
        settings=settings,
        root=root,
        file=None if found is None or not table else str(found.path),
        **_tables(table),
        environment=environment,
        base=base,
        given=frozenset(given),
        notices=() if found is None else found.notices,
    )


def load_former(config: Config, commit: Commit, *, file: str | None = None) -> Config:
    """The configuration with its file as it is in a commit, and the same command line and environment.

    `file` is the path of this file in the commit if it has been moved. Schemas are then read from the commit too. Raises
    UsageError if the file is invalid there.
    """
    directory, named = working_directory(), file or config.file
    place = None if named is None else Path(directory, named)
    text = None if place is None else _former(commit, place)
    table = {} if place is None or text is None else _parsed(text, place, named=False)
    if place is not None and table:
        found: _FoundFile | None = _FoundFile(place, table, of_base=True, text=text or b"")
    elif place is not None and commit.repository.inside(str(place)) is None:
        return msgspec.structs.replace(config, base=commit)
    else:
        found = _find(Path(directory), named=None, base=commit)
    if found is not None:
        _check(found, of_now=False)
    table = {} if found is None else {**found.table}
    root = directory if found is None else _folder_of(found)
    settings = _convert(_from_file(table, root=root, directory=directory), Settings)
    attributes = (name.replace("-", "_") for name in config.given)
    return Config(
        settings=msgspec.structs.replace(settings, **{name: getattr(config.settings, name) for name in attributes}),
        root=root,
        file=None if found is None or not table else str(found.path),
        **_tables(table),
        environment=config.environment,
        base=commit,
        given=config.given,
    )


def _tables(table: Mapping[str, object]) -> dict[str, Any]:
    """The tables of a configuration file, by the fields of `Config`."""
    return {
        "collections": _convert(table.get("collections", ()), tuple[CollectionTable, ...]),
        "excludes": _convert(table.get("exclude", ()), tuple[ExcludeTable, ...]),
        "hosts": _convert(table.get("hosts", {}), dict[str, HostTable]),
        "severity": _convert(table.get("severity", {}), dict[str, str]),
        "aliases": _convert(table.get("aliases", {}), dict[str, str]),
        "archives": _convert(table.get("archives", {}), ArchivesTable),
    }


def has_settings(path: Path) -> bool:
    """Whether the file configures linkcheck without being specified by the user.

    Raises UsageError for a pyproject.toml with a section for linkcheck that is invalid TOML.
    """
    text = _present(path)
    return text is not None and (path.name != "pyproject.toml" or bool(_parsed(text, path, named=False)))


def _find(directory: Path, *, named: str | None, base: Commit | None) -> _FoundFile | None:
    """The specified file, or else the nearest; read from the commit `base` if that contains it."""
    if named is not None:
        path = Path(directory, named)
        former = None if base is None else _former(base, path)
        if base is not None and former is not None:
            notices = _differs(path, former, base)
            return _FoundFile(path, _parsed(former, path, named=True), notices, of_base=True, text=former)
        text = _read(path)
        return _FoundFile(path, _parsed(text, path, named=True), text=text)
    for folder in (directory, *directory.parents):
        for name in FILE_NAMES:
            path = folder / name
            present = _present(path) if base is None else _former(base, path)
            table = {} if present is None else _parsed(present, path, named=False)
            if present is not None and (table or name != "pyproject.toml"):
                notices = () if base is None else _differs(path, present, base)
                return _FoundFile(path, table, notices, of_base=base is not None, text=present)
        if git_folder(folder) is not None:
            return None
    return None


def _folder_of(found: _FoundFile) -> str:
    # A file of a commit is at its path in the commit, whatever the links of the checkout lead to.
    return os.path.abspath(found.path.parent) if found.of_base else str(found.path.parent.resolve())


def _is_in_checkout(path: Path, directory: Path) -> bool:
    here = directory.resolve()
    return path.resolve().is_relative_to(find_top(here) or here)


def _restricted(found: _FoundFile, trusted: Settings, base: Commit | None) -> _FoundFile:
    from linkcheck.config.trust import restricted

    kept, refused = restricted(found.table, trusted)
    if not refused:
        return _FoundFile(found.path, kept)
    listed = ", ".join(refused[:_SHOWN]) + (f" and {len(refused) - _SHOWN} more" if len(refused) > _SHOWN else "")
    advice = (
        "Use --config to trust it, or --since REF to use the configuration of REF"
        if base is None
        else f"{base} has no configuration there; use --config with a file outside the checkout"
    )
    notice = (
        f"{found.path.name} comes from an untrusted checkout and can only make checks stricter; ignored: {listed}. {advice}"
    )
    return _FoundFile(found.path, kept, (notice,))


def _former(base: Commit, path: Path) -> bytes | None:
    text = base.read(str(path))
    return None if text is None else _bounded(text, path)


def _differs(path: Path, former: bytes, base: Commit) -> tuple[str, ...]:
    """The notice that the file in the checkout differs."""
    try:
        same = _present(path) == former
    except UsageError:
        same = False
    if same:
        return ()
    return (f"{path.name} is read from {base}; changes to it in the checkout are ignored",)


def _present(path: Path) -> bytes | None:
    return _read(path) if path.exists() else None


def _read(path: Path) -> bytes:
    try:
        return _bounded(read_file(path, most=LARGEST_FILE), path)
    except OSError as error:
        raise UsageError(f"{path}: the configuration cannot be read: {error.strerror}") from None


def _bounded(text: bytes, path: Path) -> bytes:
    if len(text) > LARGEST_FILE:
        raise UsageError(f"{path}: larger than 1 MiB; is this the right file?")
    return text


def _parsed(text: bytes, path: Path, *, named: bool) -> dict[str, object]:
    try:
        table = tomllib.loads(text.decode("utf-8"), parse_float=_number)
    except (ValueError, RecursionError) as error:  # not only of TOML: a number of thousands of digits
        if path.name == "pyproject.toml" and not named and _SECTION.search(text) is None:
            return {}  # other tools report this
        from linkcheck.config.problem_lines import syntax_error_lines

        located = syntax_error_lines(text, path)
        if located is None:
            raise UsageError(f"{path}: invalid TOML: {error}") from None
        raise UsageError(f"{path}: invalid TOML:", *located) from None
    return table if path.name != "pyproject.toml" else _section(table, path)


def _number(text: str) -> float:
    """The number that a text is; `4.0` is a whole one, as in JSON Schema."""
    number = float(text)
    return int(number) if number.is_integer() else number


def section_of(pyproject: bytes) -> dict[str, object]:
    """The settings for linkcheck in a pyproject.toml; empty if it has none or cannot be read."""
    try:
        return _section(tomllib.loads(pyproject.decode("utf-8")), Path("pyproject.toml"))
    except (ValueError, RecursionError, UsageError):
        return {}


def _section(table: Mapping[str, object], path: Path) -> dict[str, object]:
    tool = table.get("tool", {})
    section = tool.get("linkcheck", {}) if isinstance(tool, dict) else {}
    if not isinstance(section, dict):
        raise UsageError(f"{path}: [tool.linkcheck] must be a table")
    return section


def _check(found: _FoundFile, *, of_now: bool = True) -> None:
    """Raises UsageError for a file that is invalid. Names of rules and formats are those `of_now`; a former file may have
    others.
    """
    from linkcheck.config.named_values import unknown_names
    from linkcheck.validate import check_config

    table, path = found.table, found.path

    if isinstance(tool := table.get("tool"), dict) and "linkcheck" in tool:
        raise UsageError(f"{path}: the header [tool.linkcheck] belongs in pyproject.toml only; remove it and keep the keys")
    problems = check_config(table) or (tuple(unknown_names(table)) if of_now else ())
    if problems:
        from linkcheck.config.problem_lines import problem_lines

        section = "/tool/linkcheck" if path.name == "pyproject.toml" else ""
        raise UsageError(f"{path}: invalid configuration:", *problem_lines(found.text, path, problems, section=section))


def _from_file(table: Mapping[str, object], *, root: str, directory: str) -> dict[str, object]:
    found: dict[str, object] = {}
    written = _lists(table)
    for name in SETTINGS:
        match name, written.get(name):
            case _, None:
                continue
            case _, str(value) if name in PATH_SETTINGS and value != _NOT_FILES.get(name):
                found[name] = str(Path(root, value))
            case _, list(values) if name in PATH_SETTINGS:
                found[name] = [str(Path(root, str(item))) for item in values]
            case "paths", list(values) if root != directory:
                found[name] = [os.path.relpath(Path(root, str(item)), directory) for item in values]
            case "exclude-files", list(values) if root != directory:
                found[name] = [_glob_from(str(item), root, directory) for item in values]
            case "report", list(values):
                found[name] = [_report(str(item), root) for item in values]
            case _, value:
                found[name] = value
    return found


def _lists(table: Mapping[str, object]) -> dict[str, object]:
    """A table in which a list that was written as its only item is a list."""
    ones = {name: [value] for name, value in table.items() if isinstance(value, str) and SETTINGS[name].key.can_be_one}
    return {**table, **ones}


def _glob_from(glob: str, root: str, directory: str) -> str:
    """A glob of the file as the working directory sees it. One without a slash applies at any depth, so it stays."""
    if "/" not in glob.rstrip("/"):
        return glob
    path = os.path.relpath(Path(root, glob.lstrip("/")), directory)
    return path if "/" in path else f"/{path}"


def _report(text: str, root: str) -> str:
    name, colon, path = text.partition(":")
    return text if not colon or is_posted(name, path) or is_url(path) else f"{name}:{Path(root, path)}"


def _convert(value: object, kind: type[_T]) -> _T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise UsageError("invalid configuration: " + str(error).replace("`", '"').replace("$", "")) from None
