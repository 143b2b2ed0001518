"""The front matter asks for more than plain data.

What it means: it holds a tag such as `!!python/object`, an alias or merge that multiplies, or nesting past the
limits.

Why it matters: such constructs run code in careless parsers, or eat all memory; linkcheck builds none of them.

How to fix it: write the values out as plain text, numbers, lists and mappings.

When to leave it: never in files that strangers may change.

Source: CWE-502 (Deserialization of Untrusted Data) and CWE-400 (Uncontrolled Resource Consumption).

Topics: front-matter, security

For example:

    title: !!python/object/apply:os.system [date]
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.look import problems
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, ProblemKind, Severity

CODE = "LC108"
NAME = "unsafe-front-matter"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    return problems(evidence, ProblemKind.UNSAFE, hint="Write the value out as plain data.")
