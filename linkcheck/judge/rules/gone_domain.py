"""The host's name does not exist.

What it means: the domain name system says for certain that there is no such name (NXDOMAIN). A name server that fails
or does not answer is unreachable and not this.

Why it matters: nothing below that host works. A domain that has run out may be bought by anyone, and your link with
it.

How to fix it: look for a slip in the host's name; else find where the page went, or a copy in a web archive.

When to leave it: never; a name that only your own network knows belongs to the excludes.

For example:

    originalUrl: https://www.exmaple.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, FailureKind, Role, Severity

CODE = "LC204"
NAME = "gone-domain"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, _, failure in failed(evidence, FailureKind.DNS):
        if failure.detail == "nxdomain" and link.role is not Role.AMP_CACHE:
            yield fault_of(link, failure.message, "Look for a slip in the host's name, or name the page's new URL.")
