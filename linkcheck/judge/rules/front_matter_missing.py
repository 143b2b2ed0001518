"""A file that should be an article has no front matter.

What it means: the file was specified on the command line or belongs to a collection, and does not start with a line of
`---` (YAML), `+++` (TOML) or `{` (JSON).

Why it matters: without front matter nothing in it can be checked. Often a blank line or a comment slipped in above the
fence.

How to fix it: put the front matter at the very beginning of the file.

When to ignore it: if the file is not an article, narrow the paths of the collection. The rule stays quiet for other
files in a folder, such as a README.

Source: Jekyll, "Front Matter": it "must be the first thing in the file"; Hugo, "Front matter" (TOML and JSON).

Topics: front-matter

Example:
    (blank line)
    ---
    title: A headline
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC101", "front-matter-missing", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return parse_errors(
        evidence, ParseErrorKind.MISSING, hint="Begin the file with the line ---, the front matter, and another ---."
    )
