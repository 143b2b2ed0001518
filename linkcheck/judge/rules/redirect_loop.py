"""The redirects go round in circles.

What it means: the URL redirects to one that was already visited, also when the cookies set on the way are sent, for as
many hops as `max-redirects` allows. It is an error where all the redirects are permanent (301, 308), a second look at
the end of the run still finds the circle after the 20 redirects that browsers follow, and nothing suggests that a
browser gets out of it. It is a warning where a redirect is temporary (302, 303, 307), where the redirects set cookies
or depend on what a browser sends (`Vary: User-Agent`, for example), and where the URL was checked only once.

Why it matters: no browser can show the page, unless the site treats browsers differently.

How to fix it: open the URL in a browser. If it fails there too, replace it with the page's new URL. If the page appears,
the site treats programs differently: exclude the URL with that reason.

When to leave it: where a browser shows the page. A circle of permanent redirects that a server shows only to programs,
without a `Vary` header, looks the same as a real one.

Source: RFC 9110, section 15.4 (clients detect cyclical redirections); Fetch Standard, HTTP-redirect fetch (20 redirects).

Topics: redirects, availability

For example:

    webUrl: https://example.com/a                # to /b, which redirects to /a
"""

from collections.abc import Iterator

from linkcheck.judge.answers import asked
from linkcheck.judge.fault import Fault, fault_of, milder
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, FailureKind, Role, Severity, VerdictKind

CODE = "LC205"
NAME = "redirect-loop"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting, outcome in asked(evidence):
        failure, link = outcome.failure, sighting.link
        if failure is None or failure.kind is not FailureKind.TOO_MANY_HOPS or failure.detail == "long":
            continue
        hops = len(outcome.hops)
        if sighting.verdict.kind is not VerdictKind.DEAD:
            hint = "Open it in a browser; if the page appears there, exclude the URL with that reason."
            yield milder(fault_of(link, sighting.verdict.reason, hint, hops=hops), Severity.WARNING)
        elif link.role is not Role.AMP_CACHE:  # amp-cache-dead
            hint = "Open it in a browser; if it fails there too, replace the URL with the page's new address."
            yield fault_of(link, sighting.verdict.reason, hint, hops=hops)
