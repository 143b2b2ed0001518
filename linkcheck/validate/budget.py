"""Limits for one article: references followed, and time for patterns. No schema or text can exceed them."""

from collections.abc import Iterable

from linkcheck.patterns import Allowance, Pattern, Unfinished

STEPS = 100_000
"""References followed. An article with a hundred related articles needs a few hundred."""
SECONDS = 0.5
"""CPU seconds for all patterns that are not known to be fast."""


class OutOfBudget(Exception):  # noqa: N818 - reads better where it is raised
    """Validation needs more steps than the limit for one article."""


class Budget:
    """Counts the cost of an article. Call `begin` before each article, `renew` before each validation of it."""

    __slots__ = ("_allowance", "_left", "_patterns", "names", "unfinished")

    def __init__(self) -> None:
        self._left = STEPS
        self._patterns: dict[str, Pattern] = {}
        self._allowance = Allowance(SECONDS)
        self.names: set[str] = set()
        """Patterns for property names (`patternProperties`) anywhere in the schema."""
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
        """Whether a text matches a pattern; None if there is no time left, which is recorded. Raises `re.error`."""
        if not self.unfinished or (pattern, text) not in self.unfinished:
            try:
                return self._pattern(pattern).search(text, self._allowance)
            except Unfinished:
                self.unfinished[pattern, text] = None
        return None

    def are_quick(self, patterns: Iterable[str], texts: Iterable[str]) -> bool:
        """Whether all patterns are safe to search for without a time limit; slow ones are recorded."""
        slow = {(each, text): None for text in texts for each in patterns if not self._pattern(each).is_quick(text)}
        self.unfinished.update(slow)
        return not slow

    def _pattern(self, source: str) -> Pattern:
        known = self._patterns.get(source)
        if known is None:
            known = self._patterns[source] = Pattern(source)
        return known
