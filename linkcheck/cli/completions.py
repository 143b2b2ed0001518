"""What a shell completes: report formats, and the codes and names of rules."""

from collections.abc import Iterator

from click.shell_completion import CompletionItem

from linkcheck.report import FORMATS


def formats(incomplete: str) -> list[CompletionItem]:
    """The report formats that begin like this."""
    return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]


def rules(incomplete: str) -> list[CompletionItem]:
    """The codes of rules that begin like this, in lists too (`LC201,LC3`); the names if it is the beginning of no code."""
    before, comma, last = incomplete.rpartition(",")
    return [CompletionItem(f"{before}{comma}{name}", help=other) for name, other in _rules(last)]


def _rules(begun: str) -> Iterator[tuple[str, str]]:
    from linkcheck.judge import RULES

    codes = [(rule.code, rule.name) for rule in RULES.values() if rule.code.startswith(begun.upper())]
    yield from codes or ((rule.name, rule.code) for rule in RULES.values() if rule.name.startswith(begun.lower()))
