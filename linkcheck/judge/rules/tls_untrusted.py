"""A host's certificate is not from a trusted authority.

What it means: it is self-signed, or signed by an authority that is not in the system's trust store.

Why it matters: browsers show a full-page warning, since anyone can create such a certificate.

How to fix it: on your own host, get a certificate from a public authority. For an authority of your own, use
`--ca-bundle`.

When to ignore it: never; for a network of your own use `--ca-bundle`. The rule stays quiet when only an intermediate
certificate is missing (tls-incomplete-chain). Every link to the host has its own finding, so that each article can
ignore or accept it.

Source: RFC 5280, section 6 (path validation).

Topics: tls, availability

Example:
    webUrl: https://example.com/a                # the certificate is self-signed
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.tls_issues import tls_issues
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, OwnerOnly, RuleMetadata, Severity

META = RuleMetadata(
    "LC219", "tls-untrusted", Severity.ERROR, per_host=True, transient=True, owner_only=OwnerOnly(Severity.INFO)
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return tls_issues(
        evidence,
        ("untrusted", "self-signed"),
        "On your own host, get a public certificate or use --ca-bundle. Otherwise check again in a few days.",
    )
