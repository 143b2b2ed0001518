"""Every table and limit of the program, compared with a second copy: one that changes by accident shows.

A table is a constant of a module that contains only text, numbers, members of enumerations, classes, functions with a name,
and records of these: statuses, media types, names of headers and parameters, words of parked pages, which finding makes
another redundant. A limit is a constant that is a number. Their second copy is tests/tables, a file per package, one entry a
line; `pytest tests/unit/test_tables.py --accept` writes it. Read the difference: it is what users will see changed.
"""

import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from types import FunctionType, ModuleType

import msgspec
import pytest
from golden import Golden

import linkcheck

TABLES = Path(__file__).parents[1] / "tables"
ELSEWHERE = {"config.settings.SETTINGS", "judge.registry.RULES", "judge.registry._LOADED"}
"""Tables whose second copy is a page of docs/reference, and one that is filled when a rule is loaded."""
_NUMBER = r"[0-9][0-9_.e]*"
LIMIT = re.compile(
    rf"^([A-Z_][A-Z0-9_]*)(?:: [\w\[\]]+)? = {_NUMBER}(?: (?:<<|\*\*?|[-+/]) {_NUMBER})*(?:  #.*)?$", re.MULTILINE
)
"""The assignment of a limit, whose name is the group."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(linkcheck.__path__, "linkcheck."):
        if found.name != "linkcheck.__main__":
            yield importlib.import_module(found.name)


def is_plain(value: object) -> bool:
    match value:
        case str() | bytes() | int() | float() | None | Enum() | type():
            return True
        case FunctionType():
            return "<" not in value.__qualname__
        case msgspec.Struct():
            return all(map(is_plain, msgspec.structs.astuple(value)))
        case tuple() | list() | set() | frozenset():
            return all(map(is_plain, value))
        case Mapping():
            return all(map(is_plain, value.keys())) and all(map(is_plain, value.values()))
    return False


def shown(value: object) -> str:
    """The value in one line, the same in every run: sets are sorted, an enumeration's members are named with their value."""
    match value:
        case Enum():
            return f"{type(value).__name__}.{value.name}={value.value!r}"
        case type() | FunctionType():
            return value.__qualname__
        case msgspec.Struct():
            fields = {field.name: (getattr(value, field.name), field.default) for field in msgspec.structs.fields(value)}
            told = (f"{name}={shown(each)}" for name, (each, default) in fields.items() if each != default)
            return f"{type(value).__name__}({', '.join(told)})"
        case set() | frozenset():
            return f"{{{', '.join(sorted(map(shown, value)))}}}"
        case tuple() | list():
            return f"({', '.join(map(shown, value))})"
        case Mapping():
            return f"{{{', '.join(f'{shown(key)}: {shown(each)}' for key, each in value.items())}}}"
    return repr(value)


def entries(value: object) -> list[str]:
    """A line per entry; the order of sequences counts."""
    match value:
        case Mapping():
            return sorted(f"{shown(key)}: {shown(each)}" for key, each in value.items())
        case tuple() | list():
            return list(map(shown, value))
        case set() | frozenset():
            return sorted(map(shown, value))
    raise AssertionError(value)


def tables() -> dict[str, dict[str, list[str]]]:
    """package -> table -> its entries, each table with the module that assigns it."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for module in modules():
        inside = module.__name__.removeprefix("linkcheck.")
        for name in re.findall(r"^(\w+)\b[^=\n]* = ", inspect.getsource(module), re.MULTILINE):
            value = getattr(module, name, None)
            is_table = isinstance(value, tuple | list | set | frozenset | Mapping) and len(value) > 1 and is_plain(value)
            if is_table and not name.startswith("__") and f"{inside}.{name}" not in ELSEWHERE:
                found[inside.split(".")[0]][f"{inside}.{name}"] = entries(value)
        for name in LIMIT.findall(inspect.getsource(module)):
            found[inside.split(".")[0]][f"{inside}.{name} = {getattr(module, name)!r}"] = []
    return found


FOUND = tables()


def written(inside: dict[str, list[str]]) -> str:
    return "\n".join("\n".join([name, *(f"    {entry}" for entry in lines)]) for name, lines in inside.items()) + "\n"


@pytest.mark.parametrize("package", sorted(FOUND))
def test_every_table_of_the_package_is_as_its_second_copy_says(package: str, golden: Golden) -> None:
    now = written(FOUND[package])
    assert now.splitlines() == golden(TABLES / f"{package}.txt", now).splitlines()


def test_there_is_no_second_copy_of_a_package_that_is_gone() -> None:
    assert {path.stem for path in TABLES.iterdir()} == set(FOUND)
