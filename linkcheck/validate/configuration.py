"""Validates the configuration against `schemas/config.schema.json`."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from ipaddress import ip_address
from math import isfinite
from urllib.parse import urlsplit

from msgspec import Struct

from linkcheck.model import Json
from linkcheck.patterns import compile_pattern
from linkcheck.pointers import escape, value_at
from linkcheck.urls import InvalidRemap, Remap, mask, networks
from linkcheck.validate.problems import ProblemPlace, SchemaProblem
from linkcheck.validate.schema_checker import our_checker
from linkcheck.validate.value_text import show

_NAME = re.compile(r"(?:item \d+ of |the name )?`[^`]+`")
"""What a problem is about, at the start of its message."""
_ADVICE = "Correct the value."
_PLACE = re.compile(r"(?:\[(?P<v6>.+)\]|(?P<v4>[0-9.]+))(?::(?P<port>[0-9]{1,5}))?|(?P<bare>[0-9A-Fa-f:.]+)", re.ASCII)


class ConfigProblem(Struct, frozen=True):
    """A problem: where it is (`/hosts/*.example.com/timeot`), what is wrong, and what to do.

    `at` is the part of the file at which it is reported: the value, its key, or the table that lacks a key.
    """

    pointer: str
    message: str
    hint: str | None = None
    at: ProblemPlace = ProblemPlace.VALUE

    def __str__(self) -> str:
        return self.message + (f" ({self.hint})" if self.hint else "")


def check_config(data: Mapping[str, object]) -> tuple[ConfigProblem, ...]:
    """All problems of a configuration, from a file or from other sources of settings."""
    problems: list[ConfigProblem] = []
    plain = _json(dict(data), "", problems)
    checker = our_checker("config.schema.json")
    checker.begin()
    reported = {problem.pointer for problem in problems}
    found = checker.problems(plain, "the configuration")
    problems += dict.fromkeys(
        _described(problem, value_at(plain, problem.pointer)) for problem in found if problem.pointer not in reported
    )
    reported |= {problem.pointer for problem in problems}
    problems += (problem for problem in (*_addresses(data), *_patterns(plain)) if problem.pointer not in reported)
    return tuple(problems)


def _described(problem: SchemaProblem, value: Json) -> ConfigProblem:
    """A problem without its pattern, which is not for users. Where a value is empty, one is to be specified."""
    message, hint = problem.message, problem.hint
    name = _NAME.match(message)
    if name is not None and value == "":
        message = f"{name[0]} is empty"
    elif name is not None and problem.keyword == "pattern":
        message = f"{name[0]} is not valid: {show(value)}"
    elif name is not None and problem.keyword == "propertyNames":
        message = f"{name[0]} is not allowed here"
    about = (hint or "").partition(f"{_ADVICE} ")[2]
    if about.startswith("Use "):
        hint = about
    elif value == "":
        hint = "Specify a value, or leave it out."
    return ConfigProblem(problem.pointer, mask(message), hint, problem.where)


def _addresses(data: Mapping[str, object]) -> Iterator[ConfigProblem]:
    """Invalid addresses and URLs, which a pattern cannot detect."""
    for pointer, text in _texts(data, "nameserver"):
        if not _is_place(text):
            yield ConfigProblem(
                pointer, f"not an address of a DNS server: {show(text)}", "Use the form 127.0.0.1:53 or [::1]:53."
            )
    for pointer, text in _texts(data, "resolve"):
        if not _is_place(text.partition("=")[2]):
            hint = "Use the form HOST=ADDRESS or HOST=ADDRESS:PORT, for example *.example=127.0.0.1:8080."
            yield ConfigProblem(pointer, f"contains no valid address: {show(text)}", hint)
    known: list[str] = []
    for pointer, text in _texts(data, "remap"):
        try:
            Remap((*known, text))
        except InvalidRemap as error:
            yield ConfigProblem(pointer, f"{error}: {mask(show(text))}", error.hint)
        else:
            known.append(text)
    for pointer, text in _texts(data, "proxy"):
        if text != "env" and not _is_proxy(text):
            yield ConfigProblem(pointer, f"not the URL of a proxy: {mask(show(text))}", "Use the form http://HOST:PORT.")
    for pointer, text in _texts(data, "allow-address"):
        try:
            networks((text,))
        except ValueError as error:
            yield ConfigProblem(pointer, str(error))


def _patterns(plain: Json) -> Iterator[ConfigProblem]:
    """Patterns of excludes that only JavaScript knows: these are Python's."""
    excludes = plain.get("exclude") if isinstance(plain, dict) else None
    for index, exclude in enumerate(excludes if isinstance(excludes, list) else ()):
        pattern = exclude.get("pattern") if isinstance(exclude, dict) else None
        try:
            compile_pattern(pattern if isinstance(pattern, str) else "")
        except re.error as error:
            message = f"`pattern` is not a regular expression of Python: {error}: {show(pattern)}"
            yield ConfigProblem(f"/exclude/{index}/pattern", message)


def _texts(data: Mapping[str, object], name: str) -> Iterator[tuple[str, str]]:
    match data.get(name):
        case str() as text:
            yield f"/{name}", text
        case list() | tuple() as texts:
            yield from ((f"/{name}/{index}", text) for index, text in enumerate(texts) if isinstance(text, str))


def _is_place(text: str) -> bool:
    """`127.0.0.1:53`, `127.0.0.1`, `[::1]:53`, `::1`."""
    found = _PLACE.fullmatch(text)
    if found is None or not 1 <= int(found["port"] or 53) <= 65_535:
        return False
    try:
        ip_address(found["v6"] or found["v4"] or found["bare"])
    except ValueError:
        return False
    return True


def _is_proxy(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0 and parts.path in ("", "/") and not parts.query
    except ValueError:
        return False


def _json(value: object, pointer: str, problems: list[ConfigProblem]) -> Json:
    """A value as JSON. What JSON cannot represent (dates, NaN and infinity) is a problem and becomes text."""
    match value:
        case float() if not isfinite(value):
            problems.append(ConfigProblem(pointer, f"must be a finite number, not {value}"))
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_json(item, f"{pointer}/{index}", problems) for index, item in enumerate(value)]
        case dict():
            return {str(name): _json(item, f"{pointer}/{escape(str(name))}", problems) for name, item in value.items()}
        case date() | time():
            problems.append(ConfigProblem(pointer, f"a bare date or time: {value}", f'Put it in quotes: "{value}".'))
        case _:
            problems.append(ConfigProblem(pointer, f"a value of type {type(value).__name__}, which no setting accepts"))
    return str(value)
