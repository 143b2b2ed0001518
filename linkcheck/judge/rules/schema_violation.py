"""The front matter violates its schema.

What it means: a value is missing, or does not have the type, form or range that the schema requires. The message says
which. A value whose match with a pattern would take too long was not checked, and is reported as well.

Why it matters: templates and feeds rely on these properties. Values that they cannot read are omitted or shown
incorrectly.

How to fix it: change the value as the message says. Where a key stands for a required one (`author` for `authors`), rename
it; `linkcheck fix` can do this. The schema comes from `--schema`, the article's own `$schema` or comment for editors, the
collection, or linkcheck's default, in this order.

When to ignore it: if the article is correct and the schema is too strict, extend the schema. The rule stays quiet for
properties that the schema does not define, for dates without quotes, and for values with their own rule
(impossible-date, unfilled-placeholder).

Source: the schema itself, by JSON Schema Validation 2020-12, sections 6 and 7.

Topics: front-matter

Example:
    title: 2021          # the schema requires text: "2021"
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, safe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.rules import impossible_date, near_miss_key, value_cut_by_comment
from linkcheck.model import Basis, CorrectionKind, Evidence, RuleMetadata, Severity, Violation

META = RuleMetadata("LC110", "schema-violation", Severity.ERROR, basis=Basis.TEXT, correction=CorrectionKind.KEY)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for violation in evidence.violations:
        if violation.keyword == near_miss_key.KEYWORD or impossible_date.is_impossible_date(evidence, violation):
            continue
        is_misnamed = violation.keyword == "required" and violation.suggestion is not None
        message, hint = _with_cause(evidence, violation)
        yield Issue(
            violation.location,
            message,
            hint=hint,
            facts={
                "keyword": violation.keyword,
                "schema": violation.schema,
                "schema_pointer": violation.schema_pointer,
                **({"suggestion": violation.suggestion} if violation.suggestion else {}),
                **({"expected": violation.suggestion} if is_misnamed else {}),
            },
            fix=safe("the schema requires this key") if is_misnamed else None,
        )


def _with_cause(evidence: Evidence, violation: Violation) -> tuple[str, str | None]:
    """The message and the hint; for a value that is empty because of a comment, with this cause."""
    name, is_empty, needed = violation.message.partition(" is empty: ")
    if violation.keyword != "type" or not is_empty or violation.is_custom:
        return violation.message, violation.hint
    lost = value_cut_by_comment.lost_value(evidence, violation.location.pointer)
    if not lost:
        return violation.message, violation.hint
    hint = "Put what starts with # in quotes or, if it is a comment, add a value before it."
    return f"{name} is empty, because `{lost}` is a comment: {needed}", hint
