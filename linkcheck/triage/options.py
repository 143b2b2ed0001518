"""Options of triage: the user's settings, and the date of the run."""

from collections.abc import Mapping

from msgspec import Struct

from linkcheck.model import RuleMetadata, Severity


class FailureStreak(Struct, frozen=True):
    """The number of consecutive runs, this one included, in which a target or host did not respond, and the time of the
    first (RFC 3339).
    """

    runs: int
    since: str


class TriageOptions(Struct, frozen=True):
    """Selectors are codes (`LC202`), prefixes of codes (`LC2`) or names (`permanent-redirect`); the most specific
    applies.

    `select` empty means every rule; if selectors of `select` and `ignore` are equally specific, `ignore` applies.
    `severities` maps a selector to a severity, or to None for off. `today` is a date, `2026-11-22`. `rules` are all
    rules by code. Looking one up or listing them may import modules, so they are listed only if there is a selector or
    an unused comment. An unreachable target becomes an error after `strikes` failed runs that span at least
    `strike_days` days.
    """

    today: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity | None], ...] = ()
    rules: Mapping[str, RuleMetadata] = {}
    strikes: int = 3
    strike_days: float = 2.0

    def rule(self, code: str) -> RuleMetadata:
        """The attributes of a rule. A rule that no longer exists, as in an old baseline, has the defaults."""
        return self.rules.get(code) or RuleMetadata(code, "", Severity.WARNING)
