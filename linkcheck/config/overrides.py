"""Settings outside the file: environment variables, command-line options, and keyword arguments of `linkcheck.check`.

They are validated against the schema of the file, so that the same values are valid everywhere.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from linkcheck.config.settings import SETTINGS, Settings
from linkcheck.did_you_mean import closest
from linkcheck.errors import UsageError

PREFIX = "LINKCHECK_"
_TABLES = ("collections", "exclude", "hosts", "severity", "aliases")
_NOT_SETTINGS = ("CONFIG", "DEBUG_FILE")
"""Variables that are not settings."""


def given_by(
    flags: Mapping[str, object], environment: Mapping[str, str], *, written: Callable[[str], str]
) -> dict[str, object]:
    """The settings given; flags take precedence over variables. `written` returns the name of a flag as the user writes it.

    Raises UsageError for values that would be invalid in the file, with the name of each flag or variable.
    """
    for name in flags:
        if name not in SETTINGS:
            raise UsageError(f"{written(name)}: {_unknown(name, written)}")
    given = {**_from_environment(environment), **flags}
    # None is the default of optional settings, and TOML has no value for it.
    present = {name: value for name, value in given.items() if value is not None}
    if present:
        from linkcheck.config.named_values import unknown_names
        from linkcheck.validate import check_config

        found = check_config(present) or tuple(unknown_names(present))
        problems = [(problem.pointer.split("/")[1], str(problem)) for problem in found]
        if problems:
            first, *more = [f"{written(name) if name in flags else _variable(name)}: {text}" for name, text in problems]
            raise UsageError(first, *(f"  {line}" for line in more))
    return given


def unknown_variables(environment: Mapping[str, str]) -> Iterator[str]:
    """A sentence for every variable that starts with `LINKCHECK_` but is unknown."""
    known = [*map(_variable, SETTINGS), *(f"{PREFIX}{name}" for name in _NOT_SETTINGS)]
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = closest(name, known)
            yield f"unknown environment variable `{name}`" + (f" (Did you mean {near}?)" if near else "")


def _variable(name: str) -> str:
    return PREFIX + name.upper().replace("-", "_")


def _unknown(name: str, written: Callable[[str], str]) -> str:
    if name in _TABLES:
        return "a table can be set only in a configuration file"
    near = closest(name, SETTINGS, sure=True)
    return "unknown setting" + (f" (Did you mean {written(near)}?)" if near else "")


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        text = environment.get(_variable(field.encode_name), "").strip()
        if not text:
            continue
        if isinstance(field.default, tuple):
            items = [item.strip() for item in text.replace("\n", ",").split(",") if item.strip()]
            found[field.encode_name] = [_read([item], field.type)[0] for item in items]
        else:
            found[field.encode_name] = _read(text, field.type)
    return found


def _read(text: object, kind: Any) -> Any:
    """The text converted to the type of the setting; unchanged if that fails, because the schema then reports it."""
    try:
        return msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError:
        return text
