"""A date does not exist.

What it means: the value has the form of a date, but does not exist in the calendar or on the clock: month 13, February
30, hour 25, an offset of 30 hours. Dates are recognized in the usual notations: `2024-06-31`, `2024-06-31 10:00:00 +0100`,
`2024/06/31`, `31.06.2024`, `06/31/2024`, `June 31, 2024`, `31. Juni 2024`, `2024年6月31日`, with month names in more than
twenty languages. A date that exists but lacks its time zone or another part that the schema requires is a
schema-violation.

Why it matters: generators sort by it, feeds publish it, and some generators fail to build the whole site.

How to fix it: correct the day, the month or the time.

When to ignore it: never. The rule looks at properties whose schema requires a date, and at those whose name says that
they contain one (`date`, `lastmod`, `published_at`, `eventDate`, `datum`, `fecha`), whatever their schema. It stays quiet
for leap days, fractions of seconds and offsets; where only the order of day and month is unknown, for a date that exists
in either order; and for text that is not a date as a whole: sentences, ranges, years, months, version numbers, templates.

Source: RFC 3339, sections 5.6 and 5.7; ISO 8601; JSON Schema Validation 2020-12, section 7.3.1.

Topics: front-matter, dates

Example:
    publishedDateTime: 2021-02-30T10:57:00Z
"""

import re
from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import value_at
from linkcheck.model import Basis, Evidence, Json, Location, RuleMetadata, Severity, Violation
from linkcheck.pointers import escape, unescape
from linkcheck.timestamps import moment_of

META = RuleMetadata("LC112", "impossible-date", Severity.ERROR, basis=Basis.TEXT)

_MAY_BE_DATE = re.compile(r"[0-9]{4}|[0-9]:[0-9]{2}:")
_LONGEST = 80
_ZERO = "0000-"
"""How zero dates begin, which date-implausible reports for the date of publication."""
_CLOCKLESS = frozenset(("time", "since", "from", "to", "data"))
"""Names under which a time alone can be a duration."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    reported: set[str] = set()
    for violation in evidence.violations:
        error = _error_of(evidence, violation)
        if error is not None and violation.location.pointer not in reported:
            reported.add(violation.location.pointer)
            yield _issue(violation.location, value_at(evidence, violation.location.pointer), error)
    for pointer, name, text in _texts(evidence.article.data):
        if pointer not in reported and (error := _error_in(name, text, options)) is not None:
            place = evidence.article.places.get(pointer)
            if place is not None:
                yield _issue(Location(evidence.article.path, place.value, pointer), text, error)


def is_impossible_date(evidence: Evidence, violation: Violation) -> bool:
    """Whether a violation of the schema is reported by this rule."""
    return _error_of(evidence, violation) is not None


def _issue(location: Location, text: Json, error: tuple[str, str]) -> Issue:
    message, hint = error
    return Issue(location, f'`{_name_of(location.pointer)}` {message}: "{text}"', hint=hint)


def _error_of(evidence: Evidence, violation: Violation) -> tuple[str, str] | None:
    """Why the value that violates a schema does not exist as a date; None if it exists, or is not a date."""
    if violation.keyword not in {"format", "pattern", "anyOf", "oneOf"}:
        return None
    value = value_at(evidence, violation.location.pointer)
    if not isinstance(value, str) or not _may_be_impossible(value):
        return None
    from linkcheck.calendar_dates import is_date_name, read_date

    name = _name_of(violation.location.pointer)
    date = read_date(value) if violation.keyword == "format" or is_date_name(name) else None
    return None if date is None or date.error is None or date.hint is None else (date.error, date.hint)


def _error_in(name: str, text: str, options: JudgeOptions) -> tuple[str, str] | None:
    from linkcheck.calendar_dates import is_date_name, read_date, time_error

    is_publication = name in options.date_keys
    if not (is_publication or is_date_name(name)) or (is_publication and text.startswith(_ZERO)):
        return None
    date = read_date(text)
    if date is not None:
        return None if date.error is None or date.hint is None else (date.error, date.hint)
    return None if name.casefold() in _CLOCKLESS else time_error(text)


def _may_be_impossible(text: str) -> bool:
    """Whether it is worth a closer look, which takes time to load: most dates are in the form of ISO 8601, and exist."""
    if len(text) > _LONGEST or _MAY_BE_DATE.search(text) is None:
        return False
    return moment_of(text.replace(" +", "+").replace(" -", "-")) is None


def _name_of(pointer: str) -> str:
    return next((unescape(part) for part in reversed(pointer.split("/")) if not part.isdecimal()), "")


def _texts(data: Json) -> Iterator[tuple[str, str, str]]:
    """The texts that may be impossible dates, in the order of the article: pointer, name of the property, text."""
    waiting: list[tuple[str, str, Json]] = [("", "", data)]
    while waiting:
        pointer, name, value = waiting.pop()
        match value:
            case dict():
                waiting += [(f"{pointer}/{escape(key)}", key, child) for key, child in reversed(value.items())]
            case list():
                waiting += [(f"{pointer}/{index}", name, value[index]) for index in reversed(range(len(value)))]
            case str() if _may_be_impossible(value):
                yield pointer, name, value
