"""The AMP cache sends readers on to the publisher.

What it means: the cache has no copy to show and redirects to the publisher's own page: the copy was dropped, the page
is no valid AMP, or the cache has been given up.

Why it matters: the address has no use of its own any more.

How to fix it: drop the AMP-cache address; if the AMP page is gone too, drop both.

When to leave it: never.

For example:

    cdnAmpWebUrl: https://example-com.cdn.ampproject.org/c/s/example.com/a?amp   # 302 to https://example.com/a
"""

from collections.abc import Iterator

from linkcheck.amp import cache_of
from linkcheck.judge.answers import asked
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Answer, Evidence, Outcome, Role, Severity
from linkcheck.urls import InvalidUrl, parse_url

CODE = "LC313"
NAME = "amp-cache-retired"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting, outcome in asked(evidence):
        answer = outcome.answer
        if sighting.link.role is not Role.AMP_CACHE or answer is None or not 200 <= answer.status < 300:
            continue
        if _left_the_cache(outcome, answer):
            yield fault_of(
                sighting.link,
                f"the AMP cache has no copy and sends readers to {answer.url}",
                "Drop the AMP-cache address.",
                final_url=answer.url,
            )


def _left_the_cache(outcome: Outcome, answer: Answer) -> bool:
    try:
        return cache_of(parse_url(outcome.url).host) is not None and cache_of(parse_url(answer.url).host) is None
    except InvalidUrl:
        return False
