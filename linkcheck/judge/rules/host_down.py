"""A host does not respond, or responds to every URL with a server error.

What it means: all links to the host failed, or so many of them in a row that the others were not requested. One finding
lists them. A link that redirects counts for the host that it leads to, because that is the host that does not respond.

Why it matters: it is one failure, not hundreds, and it is probably temporary.

How to fix it: wait for the next runs, and check whether the host refuses connections from the machine that runs
linkcheck.

When to ignore it: if the host is known to block programs, exclude it, with the reason. The rule stays quiet for a host
with a single link (unreachable), for fewer than three links with server errors, for a host with a page that responds,
unless several others were not requested, and when the name does not exist or the certificate is wrong, which have their
own rules.

Source: linkcheck's own judgment: one cause is reported once.

Topics: availability

Example:
    posts/a.md:4:10: LC214 warning: www.example.com is unreachable: the connection timed out; affects 312 links
"""

from collections.abc import Iterator

from linkcheck.judge.issue import LIMIT_HINT, Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import Escalation, RuleMetadata, Severity

META = RuleMetadata("LC214", "host-down", Severity.WARNING, transient=True, escalation=Escalation.UNREACHABLE)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    for down in run.down_hosts:
        links = f"{down.links} links" if down.links > 1 else "one link"
        what = "was not checked" if down.limit_of_run else "returns server errors" if down.answers else "is unreachable"
        yield Issue(
            down.places[0],
            f"{down.host} {what}: {down.reason}; affects {links}",
            hint=LIMIT_HINT if down.limit_of_run else "Check again tomorrow. Its links are listed as unreachable.",
            facts={
                "host": down.host,
                "links": down.links,
                "limit_of_run": down.limit_of_run,
                "accessory": down.amp_only,
                "untouched": down.untouched,
                "places": tuple(f"{place.path}:{place.span.line}" for place in down.places),
            },
            subject=down.host,
        )
