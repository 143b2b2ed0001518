"""Which values of a history are columns of a target, and which are damage."""

import pytest

from linkcheck.ledger.ledger import _are_columns


@pytest.mark.parametrize(
    ("columns", "valid"),
    [
        ((None, 0, None, 0, None), True),
        (("x", 1, 1.5, 1, "https://a.example/"), True),
        (("x", 1, 2, 0, None), True),
        ((b"x", 1, 1.5, 1, None), False),
        ((None, "1", 1.5, 1, None), False),
        ((None, None, 1.5, 1, None), False),
        ((None, 1, "1.5", 1, None), False),
        ((None, 1, 1.5, "1", None), False),
        ((None, 1, 1.5, None, None), False),
        ((None, 1, 1.5, 1, b"x"), False),
        ((b"x", b"x", b"x", b"x", b"x"), False),
    ],
    ids=repr,
)
def test_columns_of_a_damaged_history_are_recognized(columns: tuple[object, ...], valid: bool) -> None:  # noqa: FBT001
    assert _are_columns(columns) is valid
