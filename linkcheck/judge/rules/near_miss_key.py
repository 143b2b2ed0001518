"""A key is nearly, but not quite, one that the schema knows.

What it means: `webURL` or `publishDateTime` is no property of the schema, and another of almost that name is.

Why it matters: unknown keys are allowed and ignored, so a slip of the finger makes a value vanish without a word: its
URL is not checked, and the site does not show it.

How to fix it: write the key as the message says; `linkcheck fix` does it.

When to leave it: where both keys are meant: add the other one to the schema.

For example:

    webURL: https://example.com/a      # webUrl
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC111"
NAME = "near-miss-key"
SEVERITY = Severity.WARNING

KEYWORD = "near-miss"
"""`Violation.keyword` of these."""


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for violation in evidence.violations:
        if violation.keyword == KEYWORD:
            facts = {"expected": violation.suggestion} if violation.suggestion else {}
            yield Fault(violation.location, violation.message, hint=violation.hint, facts={**facts})
