"""Whether a number is a multiple of another, for `multipleOf`: as people write them, 19.99 is a multiple of 0.01.

As floats, which are fractions of a power of two, neither is what is written, and 19.99 / 0.01 is 1998.9999999999998.
"""


def is_multiple(number: float, of: float) -> bool:
    """Exact for both numbers as the shortest decimals that are read as them. Finite numbers only; `of` is positive."""
    if isinstance(number, int) and isinstance(of, int):
        return number % of == 0
    (digits, exponent), (divisor, other) = _decimal(number), _decimal(of)
    # Between the largest and the smallest float are 632 decimal places.
    least = min(exponent, other)
    remainder: int = digits * 10 ** (exponent - least) % (divisor * 10 ** (other - least))
    return remainder == 0


def _decimal(number: float) -> tuple[int, int]:
    """`(1999, -2)` for 19.99."""
    if isinstance(number, int):
        return number, 0
    digits, _, exponent = repr(number).partition("e")
    whole, _, places = digits.partition(".")
    return int(whole + places), int(exponent or 0) - len(places)
