"""Links the user asks us to leave alone, each for a stated reason."""

import re
from datetime import date

from msgspec import Struct

from linkcheck.errors import UsageError
from linkcheck.globs import fits, matcher
from linkcheck.model import Link, Role
from linkcheck.patterns import Allowance, Pattern, Unfinished

_LONGEST_PATTERN = 1000
_SECONDS = 0.5
"""Of the processor, for one pattern in a run, beyond what is quick by its making."""


class Exclude(Struct, frozen=True):
    """Which links not to ask for, and why. What is given must hold all together; at least one of three must be.

    `pattern` is a regular expression searched in the URL, as written and as resolved. `paths` are globs over the article's
    path; one that names a folder covers what lies in it. `until` is the last day
    (YYYY-MM-DD) on which it holds.
    """

    reason: str
    pattern: str | None = None
    roles: tuple[Role, ...] = ()
    paths: tuple[str, ...] = ()
    until: str | None = None


class Compiled:
    """An exclude ready to be asked, which counts what it has excluded."""

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
        """The part of the answer that depends on the URL alone (so the planner keeps it)."""
        return not self._expired and (self._pattern is None or any(map(self._is_found, dict.fromkeys(urls))))

    def _is_found(self, url: str) -> bool:
        assert self._pattern is not None
        try:
            return self._pattern.search(url, self._allowance)
        except Unfinished:
            # A link that is not known to be excluded is looked at.
            self._unfinished += 1
            return False

    def takes(self, link: Link) -> bool:
        """Whether role and path fit as well; to be asked where the URL does."""
        if self._roles and link.role not in self._roles:
            return False
        if self._paths and not fits(self._paths, link.location.path):
            return False
        self._used += 1
        return True

    def unfinished(self) -> str | None:
        """What the user should know of it where some URLs could not be matched in time."""
        if not self._unfinished:
            return None
        urls = "one URL, which is" if self._unfinished == 1 else f"{self._unfinished:,} URLs, which are"
        return (
            f"{self._name}: matching its pattern takes too long for {urls} not excluded; rewrite the pattern so that "
            "no repeated group contains a repetition or a choice"
        )

    def notice(self) -> str | None:
        """What the user should know of it at the end of a run."""
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
