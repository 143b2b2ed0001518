"""Limits for one article: references followed, and time for patterns. No schema or text can exceed them."""

from linkcheck.patterns import Allowance, Pattern, Unfinished

STEPS = 100_000
"""References followed. An article with a hundred related articles needs a few hundred."""
SECONDS = 0.5
"""CPU seconds for all patterns that are not known to be fast."""


class OutOfBudget(Exception):  # noqa: N818 - reads better where it is raised
    """Validation needs more steps than the limit for one article."""


class Budget:
    """Counts the cost of an article. Call `begin` before each article, `renew` before each validation of it."""

    __slots__ = ("_allowance", "_left", "_patterns", "undecided", "unfinished", "unsupported")

    def __init__(self) -> None:
        self._left = STEPS
        self._patterns: dict[str, Pattern | None] = {}
        self._allowance = Allowance(SECONDS)
        self.unsupported: dict[str, str] = {}
        """Patterns that cannot be searched for, and why."""
        self.undecided = 0
        """Searches without a result. What depends on one of them is neither valid nor invalid."""
        self.unfinished: dict[tuple[str, str], None] = {}
        """Patterns and texts whose match could not be determined in time, in order."""

    def begin(self) -> None:
        self._allowance = Allowance(SECONDS)
        self.unfinished.clear()

    def renew(self) -> None:
        self._left = STEPS

    def spend(self) -> None:
        """Follow one reference. Raises OutOfBudget."""
        self._left -= 1
        if self._left < 0:
            raise OutOfBudget

    def matches(self, pattern: str, text: str) -> bool | None:
        """Whether a text matches a pattern; None if the pattern is not supported, or if there is no time left, which is
        recorded. Raises `re.error`.
        """
        if not self.unfinished or (pattern, text) not in self.unfinished:
            known = self.compile(pattern)
            try:
                if known is not None:
                    return known.search(text, self._allowance)
            except Unfinished:
                self.unfinished[pattern, text] = None
        self.undecided += 1
        return None

    def compile(self, source: str) -> Pattern | None:
        """A pattern of the schema; None if it is not supported, which is recorded. Raises `re.error`."""
        # Imported here: many schemas have no patterns.
        from linkcheck.validate.ecma_patterns import UnsupportedPattern, ecma_pattern

        if source not in self._patterns:
            try:
                self._patterns[source] = ecma_pattern(source)
            except UnsupportedPattern as error:
                self.unsupported[source] = str(error)
                self._patterns[source] = None
        return self._patterns[source]
