import pytest

from linkcheck.model import Json
from linkcheck.pointers import escape, unescape, value_at

# RFC 6901, section 5, but for the empty key of the whole document.
DOCUMENT: Json = {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, " ": 7, "m~n": 8, "~1": 9}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DOCUMENT),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/m~0n", 8),
        ("/~01", 9),
        ("/foo/2", None),
        ("/foo/-", None),
        ("/bar", None),
        ("/a~1b/c", None),
    ],
)
def test_a_pointer_leads_to_a_value_or_nowhere(pointer: str, value: Json) -> None:
    assert value_at(DOCUMENT, pointer) == value


@pytest.mark.parametrize("key", ["", "a", "a/b", "~", "~1", "~0/~1", "/"])
def test_a_key_survives_being_a_part_of_a_pointer(key: str) -> None:
    assert "/" not in escape(key)
    assert unescape(escape(key)) == key
