"""A key is almost the name of a property in the schema.

What it means: `webURL` or `publishDateTime` is not a property of the schema, but a property with almost that name is.

Why it matters: unknown keys are allowed and ignored, so a typo makes a value disappear silently: its URL is not
checked, and the site does not show it.

How to fix it: rename the key as the message says; `linkcheck fix` can do this, unless a key of that name exists
already.

When to ignore it: if both keys are correct, add the other one to the schema. The rule stays quiet for plurals and for
keys of generators and other programs that merely resemble the schema's.

Source: linkcheck's own judgment. JSON Schema allows properties that a schema does not define, unless
`additionalProperties` forbids them.

Topics: front-matter

Example:
    webURL: https://example.com/a      # webUrl
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, safe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import value_at
from linkcheck.model import Basis, CorrectionKind, Evidence, RuleMetadata, Severity

META = RuleMetadata("LC111", "near-miss-key", Severity.WARNING, basis=Basis.TEXT, correction=CorrectionKind.KEY)

KEYWORD = "near-miss"
"""`Violation.keyword` of these."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for violation in evidence.violations:
        if violation.keyword == KEYWORD:
            meant = violation.suggestion
            facts = {"expected": meant} if meant else {}
            owner = value_at(evidence, violation.location.pointer.rpartition("/")[0])
            fix, hint = safe("the schema has this key") if meant else None, violation.hint
            if isinstance(owner, dict) and meant in owner:
                fix, hint = None, f"{meant} exists as well; remove one of the two."
            yield Issue(violation.location, violation.message, hint=hint, facts={**facts}, fix=fix)
