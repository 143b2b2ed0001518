"""What makes two runs comparable, and which responses say nothing about a host as everyone sees it."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.config import Settings
from linkcheck.judge import Accept, JudgeOptions
from linkcheck.pipeline.scope import means_of, scope_of, words_of

ONLINE: dict[str, dict[str, Any]] = {
    "a replay": {"replay": "web.toml"},
    "a resolved name": {"resolve": ("a.example=1.2.3.4",)},
    "a name server": {"nameserver": "1.1.1.1"},
}
ALWAYS: dict[str, dict[str, Any]] = {
    "a path": {"paths": ("a.md",)},
    "a list of files": {"files_from": "list.txt"},
    "a commit": {"since": "main"},
    "a schema": {"schema": "s.json"},
}


@pytest.mark.parametrize("changed", [*ALWAYS.values(), *ONLINE.values()], ids=[*ALWAYS, *ONLINE])
def test_a_run_of_something_else_is_not_compared(changed: dict[str, Any]) -> None:
    assert scope_of(Settings(**changed), ()) != scope_of(Settings(), ())


@pytest.mark.parametrize("changed", ALWAYS.values(), ids=ALWAYS)
def test_an_offline_run_of_something_else_is_not_compared(changed: dict[str, Any]) -> None:
    assert scope_of(Settings(**changed, offline=True), ()) != scope_of(Settings(offline=True), ())


def test_an_offline_run_is_not_compared_with_one_that_requests() -> None:
    assert scope_of(Settings(offline=True), ()) != scope_of(Settings(), ())


@pytest.mark.parametrize("changed", ONLINE.values(), ids=ONLINE)
def test_how_responses_are_obtained_does_not_matter_offline(changed: dict[str, Any]) -> None:
    accept = (Accept("a.example", (403,)),)
    assert scope_of(Settings(**changed, offline=True), accept) == scope_of(Settings(offline=True), ())


def test_which_file_is_replayed_does_not_matter() -> None:
    assert scope_of(Settings(replay="a.toml"), ()) == scope_of(Settings(replay="b.toml"), ())


def test_runs_that_accept_other_statuses_are_not_compared() -> None:
    scopes = {
        scope_of(Settings(), accept)
        for accept in (
            *((), (Accept("a.example", (403,)),)),
            *((Accept("a.example", (404,)),), (Accept("b.example", (403,)),), (Accept("a.example", (403, 404)),)),
        )
    }
    assert len(scopes) == 5


def test_the_order_of_accepted_hosts_does_not_matter() -> None:
    one, other = Accept("a.example", (403,)), Accept("b.example", (404,))
    assert scope_of(Settings(), (one, other)) == scope_of(Settings(), (other, one))


def test_a_scope_is_readable() -> None:
    found = scope_of(Settings(paths=("a.md",), nameserver="1.1.1.1"), (Accept("a.example", (403,)),))
    assert json.loads(found) == [["a.md"], None, None, False, None, False, [], "1.1.1.1", [["a.example", [403]]]]


@pytest.mark.parametrize(
    ("changed", "accept", "expected"),
    [
        pytest.param({}, (), "", id="ordinary requests"),
        pytest.param({"replay": "web.toml"}, (), "replay", id="a replay"),
        pytest.param({"nameserver": "1.1.1.1"}, (), "nameserver=1.1.1.1", id="a name server"),
        pytest.param({"resolve": ("b=1", "a=2")}, (), "resolve=a=2 resolve=b=1", id="resolved names, in order"),
        pytest.param(
            {"remap": ("https://a.example/blog https://b.example/",)},
            (),
            "remap=https://a.example/blog https://b.example/",
            id="remapped URLs",
        ),
        pytest.param({"remap": ("https://b.example/ https://a.example/",)}, (), "", id="remapped URLs of another host"),
        pytest.param({}, (Accept("*.example", (404, 403)),), "accept=403,404", id="accepted statuses, in order"),
        pytest.param({}, (Accept("b.example", (404,)),), "", id="statuses accepted for another host"),
        pytest.param(
            {"replay": "web.toml", "resolve": ("a=2",), "nameserver": "1.1.1.1"},
            (Accept("a.example", (403,)),),
            "replay resolve=a=2 nameserver=1.1.1.1 accept=403",
            id="all",
        ),
        pytest.param(
            {"remap": ("https://a.example/z https://c.example/", "https://a.example/b https://d.example/")},
            (Accept("a.example", (404, 403)),),
            "remap=https://a.example/b https://d.example/ remap=https://a.example/z https://c.example/ accept=403,404",
            id="previews of two parts of the site, in order",
        ),
        pytest.param({"remap": ("https://b.example/ https://a.example/",)}, (), "", id="the preview of another site"),
        pytest.param({"resolve": ("b=2", "a=1")}, (), "resolve=a=1 resolve=b=2", id="resolved names, in order"),
    ],
)
def test_how_the_responses_of_a_host_are_obtained(
    changed: dict[str, Any], accept: tuple[Accept, ...], expected: str
) -> None:
    assert means_of(Settings(**changed), replace(JudgeOptions(), accept=accept))("a.example") == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ""),
        ({"paths": ("a.md", "posts")}, "a.md, posts"),
        ({"since": "origin/main", "schema": "s.json"}, "since origin/main, schema s.json"),
        ({"offline": True, "files_from": "-"}, "files from -, offline"),
        ({"replay": "web.toml", "nameserver": "1.1.1.1"}, "replayed, other addresses"),
        ({"remap": ("https://a.example/ https://b.example/",)}, "preview"),
    ],
)
def test_a_scope_is_told_in_words(changed: dict[str, Any], expected: str) -> None:
    assert words_of(scope_of(Settings(**changed), ())) == expected


@pytest.mark.parametrize("scope", ["", "check .", "{", "[]", "3", "[1, 2, 3, 4, 5]"])
def test_a_scope_that_cannot_be_read_has_no_words(scope: str) -> None:
    assert words_of(scope) == ""
