"""How much one article may cost: references followed, and time for patterns. No schema and no text can keep us busy."""

from collections.abc import Iterable

from linkcheck.patterns import Allowance, Pattern, Unfinished

STEPS = 100_000
"""References followed. An article of a hundred related articles takes some hundreds."""
SECONDS = 0.5
"""Of the processor, for all patterns that are not quick by their making."""


class OutOfBudget(Exception):  # noqa: N818 - reads better where it is raised
    """The schema asks for more steps than an article is worth."""


class Budget:
    """Counts what an article costs; `begin` before each, `renew` before each time it is held against its schema."""

    __slots__ = ("_allowance", "_left", "_patterns", "names", "unfinished")

    def __init__(self) -> None:
        self._left = STEPS
        self._patterns: dict[str, Pattern] = {}
        self._allowance = Allowance(SECONDS)
        self.names: set[str] = set()
        """Patterns of names of properties (`patternProperties`), wherever in the schema."""
        self.unfinished: dict[tuple[str, str], None] = {}
        """Patterns and texts of which is not known whether they match, in order."""

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
        """Whether a text fits a pattern; None where there is no time to find out, which is noted. Raises `re.error`."""
        if not self.unfinished or (pattern, text) not in self.unfinished:
            try:
                return self._pattern(pattern).search(text, self._allowance)
            except Unfinished:
                self.unfinished[pattern, text] = None
        return None

    def are_quick(self, patterns: Iterable[str], texts: Iterable[str]) -> bool:
        """Whether others may search for the patterns as they like; what is too slow for that is noted."""
        slow = {(each, text): None for text in texts for each in patterns if not self._pattern(each).is_quick(text)}
        self.unfinished.update(slow)
        return not slow

    def _pattern(self, source: str) -> Pattern:
        known = self._patterns.get(source)
        if known is None:
            known = self._patterns[source] = Pattern(source)
        return known
