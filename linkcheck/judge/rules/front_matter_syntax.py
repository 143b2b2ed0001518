"""The front matter is not valid YAML, TOML or JSON.

What it means: the parser stopped at the location shown.

Why it matters: the generator fails too, or omits the page silently.

How to fix it: fix the line shown. Quote values that contain `: ` or `#`, or start with `@`, `*` or a bracket.

When to ignore it: never. The rule stays quiet for colons and hashes that YAML allows in plain text (`at 10:45`,
`issue#7`), and for lines of keys and texts in sites of Pelican, which does not read them as YAML.

Source: YAML 1.2.2, TOML 1.0.0, or RFC 8259 (JSON).

Topics: front-matter

Example:
    title: Breaking: what we know
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC106", "front-matter-syntax", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return parse_errors(
        evidence, ParseErrorKind.SYNTAX, hint="Fix the syntax error; the rest of the article was not checked."
    )
