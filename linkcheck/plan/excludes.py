"""Links that are not requested because the configuration excludes them, each with a reason."""

import re
from datetime import date

from msgspec import Struct

from linkcheck.errors import UsageError
from linkcheck.globs import fits, matcher
from linkcheck.model import Link, Role
from linkcheck.patterns import Allowance, Pattern, Unfinished

_LONGEST_PATTERN = 1000
_SECONDS = 0.5
"""Processor time in seconds that one pattern can use in a run, not counting searches that are always quick."""


class Exclude(Struct, frozen=True):
    """Links not to request, and the reason. At least one of the three conditions must be set, and all set must match.

    `pattern` is a regular expression that is searched for in the URL, as written and as resolved. `paths` are globs for the
    article's path; one that matches a folder matches everything in it. `until` is the last day (YYYY-MM-DD) on which the
    exclude applies.
    """

    reason: str
    pattern: str | None = None
    roles: tuple[Role, ...] = ()
    paths: tuple[str, ...] = ()
    until: str | None = None


class ExcludeTally(Struct, frozen=True):
    """The links that an exclude excluded, and the URLs that its pattern could not be matched with in time."""

    used: int
    unfinished: int


class Compiled:
    """A compiled exclude, which counts the links that it excludes."""

    def __init__(self, exclude: Exclude, today: date) -> None:
        """Raises UsageError."""
        self._name = _name(exclude)
        if exclude.pattern is None and not exclude.roles and not exclude.paths:
            raise UsageError(f"{self._name} would exclude every link: give it a pattern, roles or paths")
        self._pattern = _regex(exclude.pattern, self._name) if exclude.pattern is not None else None
        self._roles = frozenset(exclude.roles)
        self._paths = tuple(matcher(each, below=True) for each in exclude.paths)
        self._until = exclude.until
        self._expired = exclude.until is not None and _day(exclude.until, self._name) < today
        self._used = 0
        self._allowance = Allowance(_SECONDS)
        self._unfinished = 0
        self.reason = f"excluded by {_what(exclude)}: {exclude.reason}"

    def matches_url(self, *urls: str) -> bool:
        """Whether the URL matches, which does not depend on the link, so that the planner can cache it."""
        return not self._expired and (self._pattern is None or any(map(self._is_found, dict.fromkeys(urls))))

    def _is_found(self, url: str) -> bool:
        assert self._pattern is not None
        try:
            return self._pattern.search(url, self._allowance)
        except Unfinished:
            # If the search does not finish, the link is checked.
            self._unfinished += 1
            return False

    def matches(self, link: Link) -> bool:
        """Whether role and path match too. Called only if the URL matches."""
        if self._roles and link.role not in self._roles:
            return False
        if self._paths and not fits(self._paths, link.location.path):
            return False
        self._used += 1
        return True

    def tally(self) -> ExcludeTally:
        return ExcludeTally(self._used, self._unfinished)

    def count(self, used: int) -> None:
        """Count links that were excluded elsewhere."""
        self._used += used

    def unfinished(self) -> str | None:
        """The notice if some URLs could not be matched within the time limit."""
        if not self._unfinished:
            return None
        urls = "one URL, which is" if self._unfinished == 1 else f"{self._unfinished:,} URLs, which are"
        return (
            f"{self._name}: matching its pattern takes too long for {urls} not excluded; rewrite the pattern so that "
            "no repeated group contains a repetition or a choice"
        )

    def notice(self) -> str | None:
        """The notice at the end of a run, if any."""
        if self._expired:
            return f"{self._name} ended on {self._until} and no longer excludes anything: renew or remove it"
        return None if self._used else f"{self._name} matched no link: correct or remove it"


def _name(exclude: Exclude) -> str:
    return f'the exclude "{exclude.reason}" ({_what(exclude)})'


def _what(exclude: Exclude) -> str:
    parts = []
    if exclude.pattern is not None:
        parts.append(f'pattern "{exclude.pattern[:200]}"')
    if exclude.roles:
        parts.append(f"role {', '.join(exclude.roles)}")
    if exclude.paths:
        parts.append(f"path {', '.join(exclude.paths)[:200]}")
    return " and ".join(parts) or "nothing"


def _regex(pattern: str, name: str) -> Pattern:
    if len(pattern) > _LONGEST_PATTERN:
        raise UsageError(f"{name}: the pattern is longer than {_LONGEST_PATTERN} characters")
    try:
        return Pattern(pattern)
    except re.error as error:
        raise UsageError(f"{name}: the pattern is not a regular expression: {error}") from None


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{name}: until must be a day such as 2027-01-31, not {text[:40]!r}") from None
