"""A date does not exist.

What it means: the value has the form of a date, but does not exist in the calendar or on the clock: month 13, February
30, hour 25, an offset of 30 hours. A date that exists but lacks its time zone or another required part is a
schema-violation.

Why it matters: generators sort by it, feeds publish it, and some generators fail to build the whole site.

How to fix it: change it to what the schema requires: `2021-06-18`, or `2021-06-18T10:57:00Z` with its time zone.

When to ignore it: never. The rule stays quiet for leap days, fractions of seconds and offsets, and for text that does
not have the form of a date (schema-violation).

Source: RFC 3339, sections 5.6 and 5.7; JSON Schema Validation 2020-12, section 7.3.1.

Topics: front-matter, dates

Example:
    publishedDateTime: 2021-02-30T10:57:00Z
"""

import re
from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import value_at
from linkcheck.model import Basis, Evidence, RuleMetadata, Severity, Violation

META = RuleMetadata("LC112", "impossible-date", Severity.ERROR, basis=Basis.TEXT)

_LIKE_A_DATE = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[Tt ]\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?[.\d]{0,20}\s?(?:[+-](\d\d):?(\d\d))?.{0,20})?",
    re.ASCII,
)
_LEAP_YEAR = 4


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for violation in evidence.violations:
        if is_impossible_date(evidence, violation):
            facts = {"expected": violation.suggestion} if violation.suggestion else {}
            yield Issue(violation.location, violation.message, hint=violation.hint, facts={**facts})


def is_impossible_date(evidence: Evidence, violation: Violation) -> bool:
    if violation.keyword != "format":
        return False
    value = value_at(evidence, violation.location.pointer)
    read = _LIKE_A_DATE.fullmatch(value) if isinstance(value, str) else None
    return read is not None and not _can_be(*(int(part or 0) for part in read.groups()))


def _can_be(*parts: int) -> bool:
    """Whether there is such a day and time; a leap second is second 60."""
    from datetime import date  # imported here: slow to load

    year, month, day, hour, minute, second, zone_hour, zone_minute = parts
    try:
        date(year or _LEAP_YEAR, month, day)  # there is a year 0 in RFC 3339, and none in Python
    except ValueError:
        return False
    return hour <= 23 and minute <= 59 and second <= 60 and zone_hour <= 23 and zone_minute <= 59
