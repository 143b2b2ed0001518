"""What `linkcheck fix` does about a finding, once its severity and status are known, and the hint that describes it."""

from msgspec.structs import replace

from linkcheck.model import Finding, Fix, FixKind, RuleMetadata, Severity, Status


def settled_fix(finding: Finding, rule: RuleMetadata) -> Finding:
    """The finding with the fix that `linkcheck fix` will make, and a hint that matches.

    A finding that a comment ignores is never fixed. One with severity info may be intended: fixing it needs `--unsafe`
    or a higher severity for the rule.
    """
    fix = finding.fix
    if fix is None:
        return finding
    if finding.status is Status.IGNORED:
        return replace(finding, fix=None)
    if fix.kind is FixKind.SAFE and finding.severity is Severity.INFO and not rule.safe_as_info:
        fix = Fix(FixKind.UNSAFE, "the value may be intended")
    return replace(finding, fix=fix, hint=_hint(finding.hint or "Fix it.", fix))


def _hint(hint: str, fix: Fix) -> str:
    if fix.kind is FixKind.SAFE:
        return _with_command(hint, "linkcheck fix")
    return f"Review first: {fix.reason}. Then {_with_command(hint[:1].lower() + hint[1:], 'linkcheck fix --unsafe')}"


def _with_command(hint: str, command: str) -> str:
    if hint.endswith("."):
        return f"{hint[:-1]} (`{command}` can do this)."
    if hint.endswith("?"):
        return f"{hint} `{command}` can correct it."
    return f"{hint} (`{command}` can do this)"  # it ends with a URL, which no punctuation may touch
