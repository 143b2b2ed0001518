"""The front matter is larger than any article needs.

What it means: it exceeds the limit in bytes, so it was not read.

Why it matters: nearly always, a fence was never closed, or the data belongs in a separate file.

How to fix it: close the fence, or move the data to another file.

When to ignore it: never; the limit protects you when you check an untrusted change. The rule stays quiet for a long
text below the front matter.

Source: CWE-400 (Uncontrolled Resource Consumption). The limit is linkcheck's own judgment.

Topics: front-matter, security

Example:
    ---
    ten megabytes of text
"""

from collections.abc import Iterator

from linkcheck.front_matter_start import data_format
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC109", "front-matter-too-large", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    is_data = data_format(evidence.article.path) is not None
    hint = "Close the front matter where it ends, or move the data to a separate file."
    return parse_errors(evidence, ParseErrorKind.TOO_LARGE, hint="Use several files." if is_data else hint)
