"""A URL begins with http: and not with https:.

What it means: whoever sits between reader and server can read and change what comes.

Why it matters: browsers warn of such pages, and leave such images out of pages that are served by https.

How to fix it: write `https:`, once you have seen that the host answers by it. Where the host redirects there by
itself, linkcheck says so in trivial-redirect, and `linkcheck fix` can do it.

When to leave it: where the host has no https.

Source: W3C, Mixed Content; RFC 9110, section 4.2.2.

Topics: urls, security

For example:

    originalUrl: http://example.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity, VerdictKind

CODE = "LC116"
NAME = "insecure-url"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting in evidence.sightings:
        if sighting.link.url[:5].lower() != "http:" or sighting.verdict.kind not in (VerdictKind.OK, VerdictKind.SKIPPED):
            continue
        if sighting.skip is not None and sighting.skip.kind == "invalid-url":
            continue
        if sighting.skip is None and sighting.outcome is not None and sighting.outcome.answer is None:
            continue  # what kept it from being asked has a finding of its own
        yield fault_of(
            sighting.link, "the URL begins with http: and not with https:", "Write https: if the host answers by it."
        )
