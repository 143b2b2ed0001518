"""One cause with its places: what reports for people list."""

from enum import StrEnum

from msgspec import Struct

from linkcheck.model.finding import Cause, Finding, Severity, Status


class ProblemChange(StrEnum):
    """A problem of severity error or warning, compared with the earlier runs of its scope."""

    NEW = "new"
    WORSE = "worse"
    """Its severity rose."""
    STILL = "still"
    FIXED = "fixed"
    """An earlier run had it, and this one would have found it."""


class Problem(Struct, frozen=True, kw_only=True):
    """The findings of one rule, cause and status.

    `first` is the finding that stands for the others: the first of the most severe. `places` counts the findings and
    `articles` the articles they are in; both are 0 if the problem is fixed, and `first` is then where it was. `new_articles`
    are those that did not have it in the last run. `fixable` findings are fixed by default. Without earlier runs to compare
    with, `change` is None, and so is what follows it.
    """

    id: str
    first: Finding
    cause: Cause
    places: int = 1
    articles: int = 1
    new_articles: int = 0
    fixable: int = 0
    change: ProblemChange | None = None
    before: Severity | None = None
    """Its severity in the last run, if it rose."""
    is_back: bool = False
    """It is new, but was there within the last weeks and was fixed in between."""
    first_seen: str | None = None
    """When the first run that had it started (RFC 3339)."""
    last_ok: str | None = None
    """When the last run started in which the URL worked, or the article did not have the problem."""
    runs: int | None = None
    """Runs in a row that had it, this one included."""

    @property
    def identity(self) -> str:
        """Its identity across runs, whatever its status: the `id` if it is open. 32 hex digits."""
        return self.cause.problem(self.first.code) if self.first.cause is not None else self.first.fingerprint

    @property
    def severity(self) -> Severity:
        return self.first.severity

    @property
    def status(self) -> Status:
        return self.first.status
