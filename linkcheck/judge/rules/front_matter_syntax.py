"""The front matter is not valid YAML, TOML or JSON.

What it means: the parser stopped at the place shown.

Why it matters: the generator fails too, or drops the page without a word.

How to fix it: mend the line shown; quote values that hold `: `, `#` or start with `@`, `*` or a bracket.

When to leave it: never.

Source: YAML 1.2.2, TOML 1.0.0, or RFC 8259 (JSON).

Topics: front-matter

For example:

    title: Breaking: what we know
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.look import problems
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, ProblemKind, Severity

CODE = "LC106"
NAME = "front-matter-syntax"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    return problems(evidence, ProblemKind.SYNTAX, hint="Mend the place shown. Nothing of the article is checked until then.")
