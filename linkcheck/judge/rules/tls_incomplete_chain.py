"""A host does not send its complete certificate chain.

What it means: the server sends its own certificate without the one that links it to a trusted authority. Many browsers
fetch or remember the missing one, so the page may work for readers.

Why it matters: phones, feed readers and other programs fail.

How to fix it: on your own host, configure the full chain (`fullchain.pem`).

When to ignore it: on hosts that are not yours. The rule stays quiet when the handshake fails for another reason
(unreachable). Every link to the host has its own finding, so that each article can ignore or accept it.

Source: RFC 8446, section 4.4.2 (the server sends its chain).

Topics: tls, availability

Example:
    webUrl: https://example.com/a                # the chain lacks an intermediate certificate
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.tls_issues import tls_issues
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, OwnerOnly, RuleMetadata, Severity

META = RuleMetadata(
    "LC220", "tls-incomplete-chain", Severity.WARNING, per_host=True, transient=True, owner_only=OwnerOnly(Severity.INFO)
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return tls_issues(evidence, ("incomplete-chain",), "On your own host, configure the full chain.")
