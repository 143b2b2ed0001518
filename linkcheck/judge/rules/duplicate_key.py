"""A mapping contains the same key twice.

What it means: the same property has two values. YAML forbids this, and parsers keep either the first or the last one.

Why it matters: the value that was checked may not be the one that is published.

How to fix it: keep one of the two.

When to ignore it: never. The rule stays quiet for the same key in two different mappings, such as two entries of a
list.

Source: YAML 1.2.2, section 3.2.1.1 (the keys of a mapping are unique); TOML 1.0.0; RFC 8259, section 4.

Topics: front-matter

Example:
    webUrl: https://example.com/a
    webUrl: https://example.com/b
"""

from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC107", "duplicate-key", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for issue in parse_errors(
        evidence, ParseErrorKind.DUPLICATE_KEY, hint="Parsers disagree on which of the two counts; remove the wrong one."
    ):
        is_merge_key = "key `<<`" in issue.message
        yield replace(issue, hint="To merge several mappings, write a list: `<<: [*a, *b]`.") if is_merge_key else issue
