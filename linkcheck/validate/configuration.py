"""The configuration held against `schemas/config.schema.json`."""

from collections.abc import Mapping

from msgspec import Struct

from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate.checker import Checker
from linkcheck.validate.documents import shipped


class ConfigFault(Struct, frozen=True):
    """One fault: where (`/hosts/*.example.com/timeot`), what is wrong, and what to do."""

    pointer: str
    message: str
    hint: str | None = None


def check_config(data: Mapping[str, object]) -> tuple[ConfigFault, ...]:
    """Everything wrong with a configuration, as read from `[tool.linkcheck]` or `linkcheck.toml`."""
    faults: list[ConfigFault] = []
    plain = _json(dict(data), "", faults)
    checker = Checker(shipped("config.schema.json"), ours=True)
    faults += (ConfigFault(fault.pointer, fault.message, fault.hint) for fault in checker.faults(plain, "the configuration"))
    return tuple(faults)


def _json(value: object, pointer: str, faults: list[ConfigFault]) -> Json:
    """TOML as JSON: dates, which JSON has not, are faults and become text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_json(item, f"{pointer}/{index}", faults) for index, item in enumerate(value)]
        case dict():
            return {str(name): _json(item, f"{pointer}/{escape(str(name))}", faults) for name, item in value.items()}
        case _:
            faults.append(ConfigFault(pointer, f"a bare date or time: {value}", f'Put it in quotes: "{value}".'))
            return str(value)
