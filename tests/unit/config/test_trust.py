"""What remains of a configuration file that came with the articles: values that make checks stricter."""

import pytest

from linkcheck.config import Settings
from linkcheck.config.trust import restricted

TRUSTED = Settings(
    concurrency=8, per_host=2, max_age=7.0, max_time=None, grace_days=1.0, strikes=3, interval=0.5, fail_on="warning"
)


@pytest.mark.parametrize(
    ("name", "value", "applies"),
    [
        ("progress", True, True),
        ("verbose", False, True),
        ("untrusted", True, True),
        ("untrusted", False, False),
        ("gitignore", False, True),
        ("gitignore", True, False),
        ("quiet", True, False),
        ("concurrency", 8, True),
        ("concurrency", 9, False),
        ("max-age", 7.0, True),
        ("max-age", 7.5, False),
        ("max-time", 3600, True),
        ("interval", 0.5, True),
        ("interval", 0.4, False),
        ("interval", 1, True),
        ("fail-on", "never", False),
        ("fail-on", "error", False),
        ("fail-on", "warning", True),
        ("fail-on", "info", True),
        ("schema", "s.json", False),
        ("exclude", [], False),
        ("collections", [], False),
        ("aliases", {}, False),
        ("unheard-of", True, False),
        ("hosts", [], False),
        ("severity", "error", False),
    ],
)
def test_a_value_applies_if_it_is_at_least_as_strict(name: str, value: object, applies: bool) -> None:  # noqa: FBT001
    assert restricted({name: value}, TRUSTED) == (({name: value}, ()) if applies else ({}, (name,)))


def test_a_severity_can_only_become_an_error() -> None:
    table = {"severity": {"LC201": "error", "LC202": "warning", "LC203": "off"}}
    assert restricted(table, TRUSTED) == ({"severity": {"LC201": "error"}}, ("severity.LC202", "severity.LC203"))


def test_a_host_can_only_be_asked_less() -> None:
    hosts = {
        "a.example": {"interval": 0.5, "concurrency": 2, "timeout": 1},
        "b.example": {"interval": 0.4, "concurrency": 3, "unheard-of": 1, "headers": {}},
        "c.example": "x",
    }
    assert restricted({"hosts": hosts}, TRUSTED) == (
        {"hosts": {"a.example": {"interval": 0.5, "concurrency": 2}, "b.example": {}, "c.example": {}}},
        (
            "hosts.'a.example'.timeout",
            "hosts.'b.example'.interval",
            "hosts.'b.example'.concurrency",
            "hosts.'b.example'.unheard-of",
            "hosts.'b.example'.headers",
        ),
    )


def test_the_keys_that_do_not_apply_are_named_in_order_beside_those_that_do() -> None:
    table = {"schema": "s.json", "verbose": True, "paths": ["a"], "gitignore": False}
    assert restricted(table, TRUSTED) == ({"verbose": True, "gitignore": False}, ("schema", "paths"))
