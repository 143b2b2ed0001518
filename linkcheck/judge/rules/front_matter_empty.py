"""The front matter is empty.

What it means: there are two fences, and nothing or only comments between them, in a file that is named or belongs to a
collection. Other files like that are counted as files that are no articles, and not reported.

Why it matters: the article has neither title nor URL; usually a merge went wrong or a template was never filled in.

How to fix it: fill it in, or remove the fences where the file is no article.

When to leave it: where empty front matter only tells the generator to process the file (Jekyll documents it so in "Front
Matter"; Hugo and Eleventy take it as well): exclude the file.

Source: Jekyll, "Front Matter". That it is a warning in a collection is linkcheck's own judgement.

Topics: front-matter

For example:

    ---
    ---
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.look import problems
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, ProblemKind, Severity

CODE = "LC103"
NAME = "front-matter-empty"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    return problems(evidence, ProblemKind.EMPTY, hint="Fill the front matter in, or remove the two fences.")
