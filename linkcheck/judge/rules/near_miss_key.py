"""A key is nearly, but not quite, one that the schema knows.

What it means: `webURL` or `publishDateTime` is no property of the schema, and another of almost that name is.

Why it matters: unknown keys are allowed and ignored, so a slip of the finger makes a value vanish without a word: its
URL is not checked, and the site does not show it.

How to fix it: write the key as the message says; `linkcheck fix` does it, unless there is a key of that name already.

When to leave it: where both keys are meant: add the other one to the schema.

Source: linkcheck's own judgement. JSON Schema allows properties that a schema does not name, unless `additionalProperties`
forbids them.

Topics: front-matter

For example:

    webURL: https://example.com/a      # webUrl
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, safe
from linkcheck.judge.look import value_at
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
            meant = violation.suggestion
            facts = {"expected": meant} if meant else {}
            owner = value_at(evidence, violation.location.pointer.rpartition("/")[0])
            fix, hint = safe("the schema knows this key") if meant else None, violation.hint
            if isinstance(owner, dict) and meant in owner:
                fix, hint = None, f"{meant} is there as well: remove one of the two."
            yield Fault(violation.location, violation.message, hint=hint, facts={**facts}, fix=fix)
