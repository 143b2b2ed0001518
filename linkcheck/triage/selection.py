"""Which rules apply, and their severities."""

from collections.abc import Iterable, Mapping

from linkcheck.did_you_mean import closest_value
from linkcheck.errors import UsageError
from linkcheck.model import Finding, RuleMetadata, Severity
from linkcheck.triage.options import TriageOptions

_DIGITS = str.maketrans("lIoO", "1100")
"""Letters that look like digits."""


def fits(selector: str, code: str, name: str) -> bool:
    """Whether a selector (a code, a prefix of one, or a name) matches this rule."""
    wanted = selector.strip()
    return code.startswith(wanted.upper()) or wanted.lower() == name


def is_selected(options: TriageOptions, code: str, name: str) -> bool:
    """Whether a rule is selected."""
    if not (options.select or options.ignore) or not options.rule(code).deselectable:
        return True
    ignored = _closest(options.ignore, code, name)
    if not options.select:
        return ignored is None
    selected = _closest(options.select, code, name)
    return selected is not None and (ignored is None or selected > ignored)


def severity_of(options: TriageOptions, finding: Finding) -> Severity | None:
    """The severity that the user configured for a finding's rule, or its own; None if the rule is turned off, if it can
    be.
    """
    if not options.severities:
        return finding.severity
    fitting = [
        (_closeness(selector, finding.name), severity)
        for selector, severity in options.severities
        if fits(selector, finding.code, finding.name)
    ]
    if not fitting:
        return finding.severity
    chosen = max(fitting, key=lambda each: each[0])[1]
    if chosen is None and not options.rule(finding.code).deselectable:
        return finding.severity
    # A finding that waits for its article to be published is not an error yet, whatever the rule.
    return finding.severity if chosen is not None and "unpublished" in finding.facts else chosen


def refuse_unknown(selectors: Iterable[str], rules: Mapping[str, RuleMetadata]) -> None:
    """Raises UsageError for a selector that matches no rule."""
    for selector in selectors:
        if is_unknown(selector, rules):
            raise UsageError(f"unknown rule `{selector}` ({advice(selector, rules)})")


def is_unknown(selector: str, rules: Mapping[str, RuleMetadata]) -> bool:
    """Whether a selector matches no rule."""
    return not any(fits(selector, rule.code, rule.name) for rule in rules.values())


def advice(selector: str, rules: Mapping[str, RuleMetadata]) -> str:
    """What to do about a selector that matches no rule."""
    if meant := likely(selector, rules):
        return f"Did you mean {meant}?"
    family = selector.strip().upper()[:3]
    if family[2:].isdigit() and any(code.startswith(family) for code in rules):
        return f"`linkcheck explain {family}` lists the rules {family}xx."
    return "`linkcheck explain` lists all rules."


def likely(selector: str, rules: Mapping[str, RuleMetadata]) -> str | None:
    """The code or name that was probably meant. An unknown number is not treated as a typo of another."""
    wanted = selector.strip()
    if f"LC{wanted}" in rules:
        return f"LC{wanted}"
    if (code := f"LC{wanted[2:].translate(_DIGITS)}") in rules:
        return code
    if wanted.upper().startswith("LC") and wanted[2:].isdigit():
        return None
    return closest_value(wanted, (*(rule.name for rule in rules.values()), *rules))


def _closest(selectors: tuple[str, ...], code: str, name: str) -> int | None:
    fitting = [_closeness(selector, name) for selector in selectors if fits(selector, code, name)]
    return max(fitting, default=None)


def _closeness(selector: str, name: str) -> int:
    """How specific a matching selector is; a name is as specific as a full code."""
    return len("LC000") if selector.strip().lower() == name else len(selector.strip())
