"""The configuration held against `schemas/config.schema.json`."""

from collections.abc import Mapping
from datetime import date, time
from math import isfinite

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

    def __str__(self) -> str:
        return self.message + (f" ({self.hint})" if self.hint else "")


def check_config(data: Mapping[str, object]) -> tuple[ConfigFault, ...]:
    """Everything wrong with a configuration: of a file, or of settings that were given otherwise."""
    faults: list[ConfigFault] = []
    plain = _json(dict(data), "", faults)
    checker = Checker(shipped("config.schema.json"), ours=True)
    told = {fault.pointer for fault in faults}
    faults += (
        ConfigFault(fault.pointer, fault.message, fault.hint)
        for fault in checker.faults(plain, "the configuration")
        if fault.pointer not in told
    )
    return tuple(faults)


def _json(value: object, pointer: str, faults: list[ConfigFault]) -> Json:
    """A value as JSON. What JSON has not (dates, and numbers that are none) is a fault and becomes text."""
    match value:
        case float() if not isfinite(value):
            faults.append(ConfigFault(pointer, f"must be a number that is finite, not {value}"))
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_json(item, f"{pointer}/{index}", faults) for index, item in enumerate(value)]
        case dict():
            return {str(name): _json(item, f"{pointer}/{escape(str(name))}", faults) for name, item in value.items()}
        case date() | time():
            faults.append(ConfigFault(pointer, f"a bare date or time: {value}", f'Put it in quotes: "{value}".'))
        case _:
            faults.append(ConfigFault(pointer, f"a value of the type {type(value).__name__}, which no setting has"))
    return str(value)
