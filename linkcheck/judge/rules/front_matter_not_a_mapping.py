"""The front matter is not a set of keys and values.

What it means: the text between the fences is a list or a single value.

Why it matters: there are no properties to validate. Most often the space after a colon is missing, or is a no-break
space.

How to fix it: write one `key: value` per line.

When to ignore it: never. The rule stays quiet for a mapping in braces (`{title: A headline}`).

Source: linkcheck's own judgment: a schema describes front matter by the names of its properties. YAML 1.2.2, section
3.2.1.1, defines mappings.

Topics: front-matter

Example:
    ---
    title:A headline
    ---
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC104", "front-matter-not-a-mapping", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    hint = "Write one 'key: value' per line, with a space after the colon."
    if evidence.article.format == "json":
        hint = 'Put the values in an object with names: {"key": "value"}.'
    return parse_errors(evidence, ParseErrorKind.NOT_A_MAPPING, hint=hint)
