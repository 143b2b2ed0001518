"""How many references may be followed for one article, so that no schema can keep us busy."""

STEPS = 100_000
"""An article of a hundred related articles takes some hundreds."""


class OutOfBudget(Exception):  # noqa: N818 - reads better where it is raised
    """The schema asks for more steps than an article is worth."""


class Budget:
    """Counts references followed; `renew` before each article."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = STEPS

    def renew(self) -> None:
        self._left = STEPS

    def spend(self) -> None:
        """Follow one reference. Raises OutOfBudget."""
        self._left -= 1
        if self._left < 0:
            raise OutOfBudget
