"""Two articles have a value that the schema marks as unique.

What it means: the schema marks a property with `x-unique`, such as the slug, the permalink, the aliases or the title, and
another article has the same value, or the article has it twice. Values that are URLs or paths of the site are equal if they
lead to the same page: a slash at the end, `index.html`, and percent-encoding do not matter.

Why it matters: of two pages with one address, the site generator publishes one and loses the other, usually without an
error. Readers and programs that look up an entry by its slug or ID find the wrong one.

How to fix it: change one of the values.

When to ignore it: if both are intended, and then remove the mark from the schema. The rule stays quiet for articles in
different languages, by their paths (`en/team.md` and `de/mannschaft.md`) or as they state it (`lang`), because generators
put the language before the URL; for versions of a page (`v1.0/a.md` and `v1.1/a.md`); for empty values; and for patterns
that the generator fills in (`/:year/:title/`).

Source: linkcheck's keyword `x-unique` (docs/reference/identity.md).

Topics: front-matter, archive

Example:
    posts/a.md: slug: night-trains
    posts/b.md: slug: night-trains
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.languages import languages_of
from linkcheck.model import Basis, Evidence, Fact, RuleMetadata, Severity, SharedValue, UniqueValue
from linkcheck.pointers import field_of, unescape
from linkcheck.urls import mask
from linkcheck.versions import is_other_version

META = RuleMetadata("LC507", "duplicate-value", Severity.ERROR, basis=Basis.ARTICLES)

_MOST_SHOWN = 3
_LONGEST = 80


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for shared in evidence.shared_values:
        others = [each for each in shared.places if not _may_share(shared.unique, each)]
        if others:
            yield _issue(shared, others)


def _may_share(one: UniqueValue, other: UniqueValue) -> bool:
    """Whether two articles are in different languages or for other versions. Sites leave the usual language unmarked."""
    path, there = one.location.path, other.location.path
    has_other_language = path != there and one.language.casefold() != other.language.casefold()
    return has_other_language or languages_of(path) != languages_of(there) or is_other_version(path, there)


def _issue(shared: SharedValue, others: list[UniqueValue]) -> Issue:
    unique = shared.unique
    named = ", ".join(_named(each, unique) for each in others[:_MOST_SHOWN])
    number = shared.number - (len(shared.places) - len(others)) - _MOST_SHOWN
    more = f" and {number:,} more" if number > 0 else ""
    message = f'`{_name(unique)}` is not unique: "{_shown(unique.value)}" is also at {named}{more}'
    places = tuple(_place(each) for each in others)
    facts: dict[str, Fact] = {"value": mask(unique.value), "places": places, "identity": mask(unique.identity)}
    return Issue(unique.location, message, None, "Change one of the values.", facts)


def _named(other: UniqueValue, unique: UniqueValue) -> str:
    details = [
        *([f"`{_name(other)}`"] if _field(other) != _field(unique) else []),
        *([f'"{_shown(other.value)}"'] if other.value != unique.value else []),
    ]
    return f"{_place(other)} ({' '.join(details)})" if details else _place(other)


def _field(unique: UniqueValue) -> str:
    return field_of(unique.location.pointer)


def _name(unique: UniqueValue) -> str:
    """The property that contains a value."""
    parts = [part for part in unique.location.pointer.split("/")[1:] if not part.isdecimal()]
    return unescape(parts[-1])[:_LONGEST] if parts else "the value"


def _shown(value: str) -> str:
    return mask(value if len(value) <= _LONGEST else f"{value[:_LONGEST]}...")


def _place(unique: UniqueValue) -> str:
    return f"{unique.location.path}:{unique.location.span.line}"
