"""The front matter contains more than plain data.

What it means: it contains a tag such as `!!python/object`, aliases or merges that multiply, nesting beyond the
limits, or keys of thousands of characters. As info: it is a program, such as JavaScript below `---js`, and was not read.

Why it matters: such constructs run code in careless parsers or exhaust memory. linkcheck does not run or expand them.

How to fix it: use plain text, numbers, lists and mappings.

When to ignore it: never in files that untrusted people can change. The rule stays quiet for the tags of YAML itself
(`!!str`, `!!int`), and for anchors and merge keys (`<<: *defaults`) that are used a few times.

Source: CWE-502 (Deserialization of Untrusted Data) and CWE-400 (Uncontrolled Resource Consumption).

Topics: front-matter, security

Example:
    title: !!python/object/apply:os.system [date]
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC108", "unsafe-front-matter", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    yield from parse_errors(evidence, ParseErrorKind.UNSAFE, hint="Use plain data: text, numbers, lists and mappings.")
    for issue in parse_errors(
        evidence, ParseErrorKind.CODE, hint="To have it checked, write it as YAML between `---` lines."
    ):
        yield milder(issue, Severity.INFO)
