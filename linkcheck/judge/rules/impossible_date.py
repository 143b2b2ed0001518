"""A date that cannot be.

What it means: the value looks like a date and is none: a thirteenth month, a 30 February, an hour 25, or a zone that
is missing.

Why it matters: generators sort by it, feeds publish it, and some fail to build the whole site over it.

How to fix it: write it as the schema asks: `2021-06-18`, or `2021-06-18T10:57:00Z` with its zone.

When to leave it: never.

For example:

    publishedDateTime: 2021-02-30T10:57:00Z
"""

import re
from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.look import value_at
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity, Violation

CODE = "LC112"
NAME = "impossible-date"
SEVERITY = Severity.ERROR

_LIKE_A_DATE = re.compile(r"\s*\d{4}-\d{1,2}-\d{1,2}([Tt ].{0,40})?", re.ASCII)


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for violation in evidence.violations:
        if is_impossible_date(evidence, violation):
            facts = {"expected": violation.suggestion} if violation.suggestion else {}
            yield Fault(violation.location, violation.message, hint=violation.hint, facts={**facts})


def is_impossible_date(evidence: Evidence, violation: Violation) -> bool:
    if violation.keyword != "format":
        return False
    value = value_at(evidence, violation.location.pointer)
    return isinstance(value, str) and _LIKE_A_DATE.fullmatch(value) is not None
