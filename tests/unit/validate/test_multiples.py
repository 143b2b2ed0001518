"""`multipleOf` means the decimals that people write, for numbers of every size."""

from fractions import Fraction
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkcheck.validate.multiples import is_multiple


@pytest.mark.parametrize("written", ["{}", "-{}"])
def test_every_price_is_a_multiple_of_a_cent(written: str) -> None:
    prices = [float(written.format(f"{cents // 100}.{cents % 100:02}")) for cents in range(2_000)]
    assert [price for price in prices if not is_multiple(price, 0.01)] == []


@pytest.mark.parametrize(
    ("number", "of"),
    [
        (0, 0.01),
        (0.0, 5),
        (-0.0, 0.1),
        (92.6, 0.1),
        (0.95, 0.001),
        (4.5, 0.5),
        (3, 1.5),
        (7.0, 7),
        (1e300, 1e-7),
        (1e308, 5e-324),
        (0.0075, 1e-4),
        (1e-7, 1e-7),
        (3e-7, 1e-7),
        (10**30, 10),
        (10**400, 0.01),
        (9007199254740993, 1),
        (1e22, 10**22),
        (1e16, 0.1),
    ],
)
def test_a_multiple_is_found(number: float, of: float) -> None:
    assert is_multiple(number, of)
    assert is_multiple(-number, of)


@pytest.mark.parametrize(
    ("number", "of"),
    [
        (19.995, 0.01),
        (0.0001, 0.001),
        (9007199254740993, 2),
        (9007199254740993, 2.0),
        (10**30 + 1, 10.0),
        (1e-300, 1),
        (5e-324, 1e308),
        (2.5, 2),
        (0.1, 0.3),
        (1e-7, 2e-7),
        (19.99, 0.02),
    ],
)
def test_what_is_no_multiple_is_found(number: float, of: float) -> None:
    assert not is_multiple(number, of)
    assert not is_multiple(-number, of)


NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.decimals(-1_000, 1_000, places=3).map(float)


@given(NUMBERS, NUMBERS.filter(bool).map(abs))
@example(0.07, 0.01)
def test_the_arithmetic_is_that_of_fractions(number: float, of: float) -> None:
    assert is_multiple(number, of) == (Fraction(str(number)) % Fraction(str(of)) == 0)


@pytest.mark.parametrize(("number", "of"), [(1.7e308, 5e-324), (5e-324, 1.7e308), (10**400 + 1, 5e-324), (-1e308, 1e-300)])
def test_no_number_takes_long(number: float, of: float) -> None:
    began = process_time()
    for _ in range(100):
        is_multiple(number, of)
    assert process_time() - began < 1
