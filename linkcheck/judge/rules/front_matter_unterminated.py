"""The front matter has no end.

What it means: the fence that opens it is never closed on a line of its own.

Why it matters: generators then treat the whole file as text and publish the raw metadata, or omit the page.

How to fix it: close it with the same fence on a line of its own, with nothing before or after it.

When to ignore it: never. The rule stays quiet for YAML that ends with `...`, and for a fence at the very end of the
file.

Source: Jekyll, "Front Matter": YAML "set between triple-dashed lines"; Hugo, "Front matter".

Topics: front-matter

Example:
    ---
    title: A headline
    The text begins here.
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC102", "front-matter-unterminated", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return parse_errors(
        evidence,
        ParseErrorKind.UNTERMINATED,
        hint="Close the front matter with a line that contains only the fence, not indented.",
    )
