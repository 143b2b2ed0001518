"""The front matter is empty.

What it means: there are two fences with nothing or only comments between them, in a file that was specified on the
command line or that a glob of a collection matches.

Why it matters: the article has neither a title nor a URL. Sometimes a merge failed or a template was never completed.

How to fix it: add the front matter.

When to ignore it: if empty front matter only tells the generator to process the file, as Jekyll documents and Hugo and
Eleventy accept. To leave such files out, list them in `exclude-files`. The rule stays quiet for files that are found in
a folder; they are counted.

Source: Jekyll, "Front Matter". That it is info is linkcheck's own judgment.

Topics: front-matter

Example:
    ---
    ---
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC103", "front-matter-empty", Severity.INFO, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return parse_errors(evidence, ParseErrorKind.EMPTY, hint="Add the front matter, or list the file in exclude-files.")
