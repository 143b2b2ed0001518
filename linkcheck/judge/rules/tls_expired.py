"""A host's certificate has expired or is not yet valid.

What it means: today is outside the certificate's validity period.

Why it matters: browsers show a full-page warning, and most readers leave.

How to fix it: renew the certificate. For a page on another site, wait a few days, or replace the link.

When to ignore it: for a few days, on hosts that are not yours. The rule stays quiet for a certificate that expires
today. Every link to the host has its own finding, so that each article can ignore or accept it.

Source: RFC 5280, section 4.1.2.5 (validity).

Topics: tls, availability

Example:
    webUrl: https://example.com/a                # the certificate expired on 2026-11-01
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.tls_issues import tls_issues
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, OwnerOnly, RuleMetadata, Severity

META = RuleMetadata(
    "LC217", "tls-expired", Severity.ERROR, per_host=True, transient=True, owner_only=OwnerOnly(Severity.INFO)
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return tls_issues(
        evidence,
        ("expired", "not-yet-valid"),
        "On your own host, renew the certificate. Otherwise check again in a few days.",
    )
