"""The host name does not exist.

What it means: DNS returns NXDOMAIN: there is no such name.

Why it matters: nothing on that host works. Anyone can register an expired domain, and your link then leads to their
page. A host for AMP pages only is a warning: the article loses only a variant of its page.

How to fix it: check the host name for a typo; otherwise use the new URL of the page or a copy in a web archive.

When to ignore it: never; exclude names that exist only in your own network. The rule stays quiet when the DNS server
fails or does not respond, which is unreachable, and for AMP caches (amp-cache-dead). Every link to the host has its own
finding, so that each article can ignore or accept it.

Source: RFC 8020 (NXDOMAIN: there are no names below it).

Topics: availability, security

Example:
    originalUrl: https://www.exmaple.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, FailureKind, Role, RuleMetadata, Severity

META = RuleMetadata("LC204", "domain-not-found", Severity.ERROR, per_host=True, awaits_publication=True)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, _, failure in failed(evidence, FailureKind.DNS):
        if failure.detail != "nxdomain" or link.role is Role.AMP_CACHE:
            continue
        hint = "Check the host name for a typo, or use the page's new URL."
        if link.role is Role.AMP:
            hint = "Check the host name for a typo, or remove the AMP URL and its AMP-cache address."
        issue = issue_of(link, failure.message, hint)
        yield milder(issue, Severity.WARNING) if link.role is Role.AMP else issue
