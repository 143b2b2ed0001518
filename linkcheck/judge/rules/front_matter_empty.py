"""The front matter is empty.

What it means: there are two fences with nothing or only comments between them, in a file that was specified on the
command line or belongs to a collection.

Why it matters: the article has neither a title nor a URL. Usually a merge failed or a template was never completed.

How to fix it: add the front matter, or remove the fences if the file is not an article.

When to ignore it: if empty front matter only tells the generator to process the file, as Jekyll documents and Hugo and
Eleventy accept, exclude the file. The rule stays quiet for such files outside collections; they are counted as files
that are not articles.

Source: Jekyll, "Front Matter". That it is a warning in a collection is linkcheck's own judgment.

Topics: front-matter

Example:
-------
    ---
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC103", "front-matter-empty", Severity.WARNING, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return parse_errors(evidence, ParseErrorKind.EMPTY, hint="Add the front matter, or remove the two fences.")
