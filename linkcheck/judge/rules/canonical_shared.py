"""Two articles claim the same canonical URL.

What it means: another article of the archive names the same URL as its own. Related articles, which stand in a list,
are not meant.

Why it matters: a canonical URL stands for one article; one of the two is a copy, or was copied and not changed.

How to fix it: remove the copy, or write its own URL.

When to leave it: where one article is the other's translation and has no page of its own.

For example:

    posts/a.md: webUrl: https://example.com/a
    posts/b.md: webUrl: https://example.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import is_own
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity

CODE = "LC501"
NAME = "canonical-shared"
SEVERITY = Severity.WARNING

_TOLD = 3


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    if not evidence.twins:
        return
    for sighting in evidence.sightings:
        link = sighting.link
        if link.role is not Role.CANONICAL or not is_own(link.location.pointer):
            continue
        twins = evidence.twins.get(sighting.target.url, ())
        places = [
            f"{twin.location.path}:{twin.location.span.line}"
            for twin in twins
            if twin.role is Role.CANONICAL and is_own(twin.location.pointer)
        ]
        if places:
            more = f" and {len(places) - _TOLD} more" if len(places) > _TOLD else ""
            message = f"also claimed as canonical by {', '.join(places[:_TOLD])}{more}"
            yield fault_of(link, message, "Remove the copy, or write its own URL.", places=tuple(places[:20]))
