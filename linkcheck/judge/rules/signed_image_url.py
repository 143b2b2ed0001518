"""An image's URL is signed for a time, and stops working when that is over.

What it means: the URL contains a signature with a time limit: `X-Amz-Expires`, `X-Goog-Expires`, `Expires` beside
`Signature`, `se` beside `sig` (Azure), or `oe` (the image hosts of Facebook and Instagram). When it expires follows
from the URL; the message names the day. It is an error once that day is over, and a warning before.

Why it matters: afterwards the host refuses the image to everybody (AWS, "Authenticating Requests: Using Query
Parameters"; Google Cloud Storage, "Signed URLs"; Azure, "Create a service SAS"), and no other URL can be guessed from
it.

How to fix it: store the image on your own site, or write a URL that is not signed.

When to leave it: never. The rule stays quiet for signatures that last longer than five years, and for images that are
dead by their answer. An expired image that the host still serves is a warning.

For example:

    images:
      - url: https://bucket.s3.amazonaws.com/a.jpg?X-Amz-Date=20210618T100000Z&X-Amz-Expires=3600&X-Amz-Signature=0f3a
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from linkcheck.judge.fault import Fault
from linkcheck.judge.look import LIVING
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Fact, Role, Severity, Sighting
from linkcheck.timestamps import moment_of
from linkcheck.urls import signed

CODE = "LC121"
NAME = "signed-image-url"
SEVERITY = Severity.WARNING

_LASTING = timedelta(days=5 * 365)


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting in evidence.sightings:
        link = sighting.link
        if link.role is not Role.IMAGE or "=" not in link.url:
            continue
        if sighting.skip is not None and sighting.skip.kind == "excluded":
            continue
        found = signed(sighting.target.url)
        told = None if found is None else _told(found.expires, options, is_served=_is_served(sighting))
        if told is not None:
            message, severity, facts = told
            yield Fault(link.location, message, link.url, "Store the image on your own site.", facts, severity=severity)


def _told(expires: datetime | None, options: Options, *, is_served: bool) -> tuple[str, Severity, dict[str, Fact]] | None:
    """What to say of a signature; None where it lasts."""
    if expires is None:
        return "the URL is signed for a time", Severity.WARNING, {}
    now = moment_of(options.now)
    if now is not None and expires > now + _LASTING:
        return None
    day = f"{expires:%Y-%m-%d}"
    facts: dict[str, Fact] = {"expires": f"{expires:%Y-%m-%dT%H:%M:%SZ}"}
    if now is None or expires > now:
        return f"the signed URL expires on {day}", Severity.WARNING, facts
    facts["expired"] = day
    if is_served:
        return f"the signed URL expired on {day}, and the host still serves it", Severity.WARNING, facts
    return f"the signed URL expired on {day}", Severity.ERROR, facts


def _is_served(sighting: Sighting) -> bool:
    return sighting.outcome is not None and sighting.verdict.kind in LIVING
