"""What triage goes by: what the user set, and the day of the run."""

from collections.abc import Mapping

from msgspec import Struct

from linkcheck.model import RuleMetadata, Severity


class Strike(Struct, frozen=True):
    """The nights in a row, tonight included, on which a target or host gave no answer, and the first of them (RFC 3339)."""

    nights: int
    since: str


class TriageOptions(Struct, frozen=True):
    """Selectors are codes (`LC202`), prefixes of codes (`LC2`) or names (`permanent-redirect`); the narrowest decides.

    `select` empty means every rule; where a selector of `select` and one of `ignore` are equally long, `ignore` wins.
    `severities` maps a selector to a severity, or to None for off. `today` is a date, `2026-11-22`. `rules` are
    all rules by code. They may load when they are looked up or listed, so they are listed only where there is a selector or
    an unused comment.
    A target without an answer becomes an error after `strikes` nights over at least `strike_days` days.
    """

    today: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity | None], ...] = ()
    rules: Mapping[str, RuleMetadata] = {}
    strikes: int = 3
    strike_days: float = 2.0

    def rule(self, code: str) -> RuleMetadata:
        """What a rule is. One that no longer exists, which an old baseline may name, is like most."""
        return self.rules.get(code) or RuleMetadata(code, "", Severity.WARNING)
