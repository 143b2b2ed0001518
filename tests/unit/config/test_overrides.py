"""Settings from options and variables: which they are, and what is wrong with them."""

import pytest

from linkcheck.config.overrides import given_by, unknown_variables
from linkcheck.errors import UsageError


def given(flags: dict[str, object] | None = None, **environment: str) -> dict[str, object]:
    return given_by(flags or {}, environment, written="--{}".format)


def refusal(flags: dict[str, object] | None = None, **environment: str) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refused:
        given(flags, **environment)
    return tuple(map(str, refused.value.args))


def test_options_take_precedence_and_an_empty_variable_is_left_out() -> None:
    found = given({"strikes": 4, "history": None}, LINKCHECK_STRIKES="5", LINKCHECK_RETRIES=" 6 ", LINKCHECK_JOBS=" ")
    assert found == {"strikes": 4, "history": None, "retries": 6}
    assert given() == {}


def test_the_items_of_a_list_are_separated_by_commas_or_lines() -> None:
    assert given(LINKCHECK_SELECT="LC1, LC2,\nLC301,,") == {"select": ["LC1", "LC2", "LC301"]}
    assert given(LINKCHECK_ALLOW_PORT="8080,81") == {"allow-port": [8080, 81]}


def test_what_is_wrong_is_told_by_the_name_that_was_written() -> None:
    assert refusal({"strikse": 4}) == ("--strikse: unknown setting (Did you mean --strikes?)",)
    assert refusal({"unheard-of": 4}) == ("--unheard-of: unknown setting",)
    for table in ("collections", "exclude", "hosts", "severity", "aliases"):
        assert refusal({table: {}}) == (f"--{table}: a table can be set only in a configuration file",)
    first, second = refusal({"strikes": 0}, LINKCHECK_MAX_AGE="x")
    assert sorted((first.split(":")[0], second.split(":")[0])) == ["  --strikes", "LINKCHECK_MAX_AGE"]


def test_an_unknown_variable_is_told() -> None:
    environment = dict.fromkeys(
        ("LINKCHECK_ZZZZZZ", "LINKCHECK_STRIKSE", "LINKCHECK_CONFIG", "LINKCHECK_DEBUG_FILE", "LINKCHECK_MAX_AGE", "OTHER"),
        "1",
    )
    assert list(unknown_variables(environment)) == [
        "unknown environment variable `LINKCHECK_STRIKSE` (Did you mean LINKCHECK_STRIKES?)",
        "unknown environment variable `LINKCHECK_ZZZZZZ`",
    ]
