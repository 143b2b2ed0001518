"""The AMP cache has no such page.

What it means: the cache answers 404 or the like, or its host's name does not exist. Caches answer 404 also where the
publisher's server failed or the page is too large.

Why it matters: readers who are sent there meet an error page.

How to fix it: see that the AMP page itself answers; if it does, the cache fetches it anew in time. Else drop both.

When to leave it: for a few days, while the AMP page itself answers.

For example:

    cdnAmpWebUrl: https://example-com.cdn.ampproject.org/c/s/example.com/a?amp   # 404 Not Found
"""

from collections.abc import Iterator

from linkcheck.judge.amp_caches import diagnosis_of
from linkcheck.judge.answers import asked
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, FailureKind, Role, Severity, VerdictKind

CODE = "LC314"
NAME = "amp-cache-dead"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting, outcome in asked(evidence):
        if sighting.link.role is not Role.AMP_CACHE or sighting.verdict.kind is not VerdictKind.DEAD:
            continue
        if outcome.failure is not None and outcome.failure.kind is FailureKind.INVALID_URL:  # bad-redirect
            continue
        if sighting.link.wants.of is not None and diagnosis_of(sighting.link.url, sighting.link.wants.of) is not None:
            continue  # it is the wrong address, and has a finding that says which is right
        yield fault_of(
            sighting.link,
            f"the AMP cache has no such page: {sighting.verdict.reason}",
            "See that the AMP page itself answers, else drop both.",
            status=None if outcome.answer is None else outcome.answer.status,
        )
