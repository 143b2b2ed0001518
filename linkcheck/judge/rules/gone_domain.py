"""The host's name does not exist.

What it means: the domain name system says for certain that there is no such name (NXDOMAIN). A name server that fails
or does not answer is unreachable and not this.

Why it matters: nothing below that host works. A domain that has run out may be bought by anyone, and your link with
it. A host for AMP pages alone that is gone is a warning: the article loses only a variant of its page.

How to fix it: look for a slip in the host's name; else find where the page went, or a copy in a web archive.

When to leave it: never; a name that only your own network knows belongs to the excludes.

Source: RFC 8020 (NXDOMAIN: there is nothing underneath).

Topics: availability, security

For example:

    originalUrl: https://www.exmaple.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.amp_pairs import is_dropped
from linkcheck.judge.answers import failed
from linkcheck.judge.fault import Fault, fault_of, milder
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, FailureKind, Role, Severity

CODE = "LC204"
NAME = "gone-domain"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, outcome, failure in failed(evidence, FailureKind.DNS):
        if failure.detail != "nxdomain" or link.role is Role.AMP_CACHE:
            continue
        if link.role is Role.AMP and is_dropped(outcome, options):
            continue
        hint = "Look for a slip in the host's name, or name the page's new URL."
        if link.role is Role.AMP:
            hint = "Look for a slip in the host's name, or remove the AMP URL and its AMP-cache address."
        fault = fault_of(link, failure.message, hint)
        yield milder(fault, Severity.WARNING) if link.role is Role.AMP else fault
