"""A related article is the article itself.

What it means: an entry of a list, such as `related`, names the article's own canonical URL. Differences in https,
`www.` and a slash at the end are looked past.

Why it matters: readers who follow it stay where they are.

How to fix it: remove the entry.

When to leave it: never.

For example:

    webUrl: https://example.com/a
    related:
      - webUrl: https://example.com/a/
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import is_own
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity

CODE = "LC503"
NAME = "related-to-itself"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    canonicals = [sighting for sighting in evidence.sightings if sighting.link.role is Role.CANONICAL]
    own = {_page(sighting.target.url) for sighting in canonicals if is_own(sighting.link.location.pointer)}
    for sighting in canonicals:
        if _page(sighting.target.url) in own and not is_own(sighting.link.location.pointer):
            yield fault_of(sighting.link, "the related article is this article itself", "Remove the entry.")


def _page(url: str) -> str:
    """The URL without what people write in different ways; cheaper than a comparison of each pair."""
    return url.partition("://")[2].removeprefix("www.").removesuffix("/")
