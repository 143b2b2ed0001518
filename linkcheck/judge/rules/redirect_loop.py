"""The redirects go round in circles.

What it means: the URL redirects to one that was already visited, and so on for ever, also when the cookies set on the
way are sent.

Why it matters: no browser can show the page.

How to fix it: open the URL in a browser. If it fails there too, find the page's new URL; if not, the site treats
robots otherwise, and the link can be excluded with that reason.

When to leave it: where a browser shows the page.

For example:

    webUrl: https://example.com/a                # to /b, which redirects to /a
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, FailureKind, Role, Severity

CODE = "LC205"
NAME = "redirect-loop"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, outcome, failure in failed(evidence, FailureKind.TOO_MANY_HOPS):
        if failure.detail == "loop" and link.role is not Role.AMP_CACHE:
            hint = "Open it in a browser; if it fails there too, name the page's new URL."
            yield fault_of(link, failure.message, hint, hops=len(outcome.hops))
