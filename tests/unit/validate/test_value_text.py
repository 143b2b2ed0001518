"""How messages name values, properties and types."""

import pytest

from linkcheck.model import Json
from linkcheck.validate.value_text import choices, count, cut, describe, join, show, subject, types

LARGE = 10**60


@pytest.mark.parametrize(
    ("value", "shown", "described"),
    [
        (None, "nothing", "empty"),
        (True, "true", "true"),
        (False, "false", "false"),
        ("", '""', "empty text"),
        ("12px", '"12px"', 'the text "12px"'),
        (" a ", '" a "', 'the text " a "'),
        (
            "\u00a0 a\u00a0\u3000\u3000",
            '"<U+00A0> a<U+00A0><U+3000><U+3000>"',
            'the text "<U+00A0> a<U+00A0><U+3000><U+3000>"',
        ),
        ("\u00a0\u00a0", '"<U+00A0><U+00A0>"', 'the text "<U+00A0><U+00A0>"'),
        pytest.param(f"a{' ' * 300_000}b", f'"a{" " * 198}…"', f'the text "a{" " * 198}…"', id="many spaces"),
        ("a" * 200, f'"{"a" * 200}"', f'the text "{"a" * 200}"'),
        ("a" * 201, f'"{"a" * 199}…"', f'the text "{"a" * 199}…"'),
        ("\ud800", '"?"', 'the text "?"'),
        (0, "0", "the number 0"),
        (-1.5, "-1.5", "the number -1.5"),
        (1e300, "1e300", "the number 1e300"),
        (LARGE - 1, "9" * 60, f"the number {'9' * 60}"),
        (LARGE, "a very long number", "the number a very long number"),
        (1 - LARGE, f"-{'9' * 60}", f"the number -{'9' * 60}"),
        (-LARGE, "a very long number", "the number a very long number"),
        ([], "a list of 0 items", "a list of 0 items"),
        ([1], "a list of 1 item", "a list of 1 item"),
        ([1] * 1000, "a list of 1,000 items", "a list of 1,000 items"),
        ({"a": 1}, "a mapping of 1 property", "a mapping of 1 property"),
        ({"a": 1, "b": 2}, "a mapping of 2 properties", "a mapping of 2 properties"),
    ],
)
def test_a_value_is_shown_and_described(value: Json, shown: str, described: str) -> None:
    assert (show(value), describe(value)) == (shown, described)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), "the front matter"),
        (("a",), "`a`"),
        (("a", "b"), "`b`"),
        (("a", 0), "item 1 of `a`"),
        (("a", "b", 2, 9), "item 10 of `b`"),
        ((0,), "item 1"),
        ((0, 1), "item 2"),
        (("a" * 80,), f"`{'a' * 80}`"),
        (("a" * 81,), f"`{'a' * 79}…`"),
        (("a" * 81, 0), f"item 1 of `{'a' * 79}…`"),
    ],
)
def test_a_place_is_named(path: tuple[str | int, ...], name: str) -> None:
    assert subject(path, "the front matter") == name


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("string",), "text"),
        (("string", "array"), "text or a list"),
        (
            ("integer", "number", "boolean", "object", "null", "other"),
            "a whole number, a number, true or false, a mapping, empty or other",
        ),
    ],
)
def test_types_are_named_in_words(names: tuple[str, ...], text: str) -> None:
    assert types(names) == text


def test_words_are_joined() -> None:
    assert [join("abc"[:number]) for number in range(4)] == ["", "a", "a or b", "a, b or c"]
    assert join("ab", "and") == "a and b"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", None, True], '"a", empty or true'),
        (["a", " "], '"a" or " "'),
        ([*range(10)], "0, 1, 2, 3, 4, 5, 6, 7, 8 or 9"),
        ([*range(11)], "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, or one of 1 more"),
        ([*range(22)], "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, or one of 12 more"),
    ],
)
def test_a_limited_number_of_choices_is_listed(values: list[Json], text: str) -> None:
    assert choices(values) == text


def test_things_are_counted() -> None:
    assert [count(number, "item") for number in (0, 1, 2, 1234)] == ["0 items", "1 item", "2 items", "1,234 items"]
    assert [count(number, "property", "properties") for number in (1, 2)] == ["1 property", "2 properties"]


def test_a_text_is_cut_to_its_length() -> None:
    assert [cut("abcd", longest) for longest in (3, 4, 5)] == ["ab…", "abcd", "abcd"]
