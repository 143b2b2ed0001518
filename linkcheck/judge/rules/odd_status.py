"""The server answers with a status that settles nothing.

What it means: a redirect that does not say where to, a 4xx that is about the request or comes from some proxy (409,
423, 496), or a number that is no HTTP status.

Why it matters: readers may see a page, or nothing.

How to fix it: open it in a browser; if there is nothing, name another URL.

When to leave it: where a browser shows the page; `accept` in the host's configuration takes the status for fine.

For example:

    webUrl: https://example.com/a                # 302 Found, without Location
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity, VerdictKind

CODE = "LC223"
NAME = "odd-status"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting in evidence.sightings:
        if sighting.verdict.kind is not VerdictKind.SUSPECT or sighting.outcome is None or sighting.outcome.answer is None:
            continue
        status = sighting.outcome.answer.status
        if not 200 <= status < 300:
            yield fault_of(sighting.link, sighting.verdict.reason, "Open it in a browser.", status=status)
