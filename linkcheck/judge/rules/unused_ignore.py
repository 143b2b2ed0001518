"""An ignore comment has no effect.

What it means: there is no finding on its line, or none with its codes; or the comment is misspelled (`# linkcheck
ignore[LC202]` lacks its colon) and has no effect.

Why it matters: forgotten ignore comments hide new problems.

How to fix it: remove the comment, or put it on the line of the value, or directly above it, in the form below. If another
finding is on its line, the hint names its code.

When to ignore it: never. The rule stays quiet for comments on rules whose findings come and go (unreachable, blocked,
TLS), and for those whose links were not requested in this run.

Source: linkcheck's own judgment, as in Ruff's `unused-noqa` (RUF100).

Topics: run

Example:
    webUrl: https://example.com/a  # linkcheck: ignore[LC202] moved, we keep the old one
"""

from linkcheck.model import RuleMetadata, Severity

META = RuleMetadata("LC005", "unused-ignore", Severity.WARNING, acceptable=False)
