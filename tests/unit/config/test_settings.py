"""What is declared of each setting: its default, what an untrusted file can do with it, and its bounds."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from linkcheck.config import SETTINGS, Settings
from linkcheck.config.declaration import DeclaredKey, OptionGroup, Trust, declared
from linkcheck.config.settings import (
    PATH_SETTINGS,
    ArchivesTable,
    CollectionTable,
    EnvironmentValue,
    ExcludeTable,
    HostTable,
)
from linkcheck.config.trust import HOST_TRUST, TRUST
from linkcheck.validate import check_config

SCHEMA = json.loads((Path(__file__).parents[3] / "schemas" / "config.schema.json").read_text("utf-8"))
TABLES: dict[type[Struct], dict[str, Any]] = {
    CollectionTable: SCHEMA["properties"]["collections"]["items"],
    ExcludeTable: SCHEMA["properties"]["exclude"]["items"],
    HostTable: SCHEMA["properties"]["hosts"]["additionalProperties"],
    ArchivesTable: SCHEMA["properties"]["archives"],
    Settings: SCHEMA,
}


def test_the_defaults() -> None:
    unset = (None, (), "", False)
    assert {name: each.value for name, each in SETTINGS.items() if each.value not in unset or each.value == 0} == {
        **{name: False for name, each in SETTINGS.items() if each.value is False},
        "extensions": (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".rmarkdown", ".html"),
        "gitignore": True,
        "concurrency": 32,
        "per-host": 2,
        "interval": 0.25,
        "connect-timeout": 10.0,
        "timeout": 30.0,
        "retries": 3,
        "max-redirects": 10,
        "max-age": 7.0,
        "fail-on": "error",
        "max-problems": 0,
        "grace-days": 1.0,
        "strikes": 3,
        "strike-days": 2.0,
        "progress": True,
    }
    assert [name for name, each in SETTINGS.items() if each.value is False] == [
        *(
            "only-articles",
            "offline",
            "resume",
            "archive",
            "update-baseline",
            "exit-zero",
            "statistics",
            "quiet",
            "verbose",
            "untrusted",
        ),
    ]


TRUSTED_IN_PART = {
    Trust.YES: ["group-by", "progress", "statistics", "verbose"],
    Trust.LOWER: [
        *("concurrency", "grace-days", "max-age", "max-problems", "max-time", "per-host", "strike-days", "strikes"),
    ],
    Trust.HIGHER: ["interval"],
    Trust.ON: ["untrusted"],
    Trust.OFF: ["exit-zero", "gitignore", "only-articles", "quiet"],
    Trust.STRICTER: ["fail-on"],
    Trust.BY_HOST: ["hosts"],
    Trust.ERRORS: ["severity"],
}


@pytest.mark.parametrize("trust", [each for each in Trust if each is not Trust.NEVER])
def test_what_an_untrusted_file_can_do(trust: Trust) -> None:
    assert sorted(name for name, each in TRUST.items() if each is trust) == TRUSTED_IN_PART[trust]


def test_what_an_untrusted_file_can_do_with_a_host() -> None:
    assert HOST_TRUST == {
        "interval": Trust.HIGHER,
        "concurrency": Trust.LOWER,
        "timeout": Trust.NEVER,
        "headers": Trust.NEVER,
        "accept": Trust.NEVER,
    }


def test_the_settings_that_are_paths() -> None:
    assert [*PATH_SETTINGS] == [
        *("files-from", "schema", "site-root", "ca-bundle", "replay", "record", "history", "baseline"),
    ]


@pytest.mark.parametrize(
    ("group", "names"),
    [
        (OptionGroup.HISTORY, ["history", "resume", "max-age"]),
        (OptionGroup.BASELINE, ["baseline", "update-baseline"]),
        (OptionGroup.COUNT, ["select", "ignore", "fail-on", "max-problems", "exit-zero"]),
        (OptionGroup.SCHEDULE, ["grace-days", "strikes", "strike-days", "progress"]),
        (OptionGroup.REPORT, ["report", "statistics", "group-by", "repository-url", "quiet", "verbose"]),
        (
            OptionGroup.CRAWL,
            ["offline", "concurrency", "per-host", "interval", "retries", "max-time", "jobs", "executor", "archive"],
        ),
        (None, ["paths"]),
    ],
)
def test_the_options_of_a_group(group: OptionGroup | None, names: list[str]) -> None:
    assert [name for name, each in SETTINGS.items() if each.key.group is group] == names


@pytest.mark.parametrize(
    ("table", "each"), [pytest.param(table, each, id=each.name) for table in TABLES for each in declared(table)]
)
def test_the_shipped_schema_says_what_is_declared(table: type[Struct], each: DeclaredKey) -> None:
    written, key = TABLES[table]["properties"][each.name], each.key
    if each.kind is EnvironmentValue:
        return
    value = written["items"] if each.is_list else written
    given = {name: value[name] for name in value if name not in {"type", "minLength", "description"} or name in key.each}
    if not each.is_list and "description" not in key.each:
        given.pop("description", None)
    assert given == ({"enum": [*key.choices]} if key.choices else {**key.each})
    assert {name: written[name] for name in key.whole} == {**key.whole}
    assert (written.get("type") == ["string", "array"]) is key.can_be_one
    assert written["description"].startswith(key.help)
    assert key.more in written["description"]
    assert key.default is None or f"Default: {key.default}." in written["description"]
    assert each.is_required is (each.name in TABLES[table].get("required", ()))


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("concurrency", 1, 10_000),
        ("per-host", 1, 1_000),
        ("interval", 0, 3_600),
        ("connect-timeout", 0.01, 3_600),
        ("timeout", 0.01, 3_600),
        ("retries", 0, 20),
        ("max-redirects", 0, 50),
        ("max-time", 0, None),
        ("jobs", 1, 256),
        ("max-age", 0, None),
        ("max-problems", 0, None),
        ("grace-days", 0, None),
        ("strikes", 1, None),
        ("strike-days", 0, None),
    ],
)
def test_the_bounds_of_a_number(name: str, least: float, most: float | None) -> None:
    step = 1 if isinstance(least, int) else 0.001
    assert {**SETTINGS[name].key.each} == {"minimum": least} | ({} if most is None else {"maximum": most})
    assert not check_config({name: least})
    assert check_config({name: least - step})
    assert not check_config({name: most or 10**6})
    assert most is None or check_config({name: most + 1})
