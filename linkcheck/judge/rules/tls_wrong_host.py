"""A host's certificate is for a different name.

What it means: the certificate that the server sends does not include the host in the URL.

Why it matters: browsers show a full-page warning. Often the certificate includes only one of `example.com` and
`www.example.com`.

How to fix it: use the host name in the certificate, or add the host to the certificate.

When to ignore it: never. The rule stays quiet for the copy of an AMP page that is gone, and for a redirect to a host
with a certificate of its own. On an AMP cache it is a warning. Every link to the host has its own finding, so that each
article can ignore or accept it.

Source: RFC 9110, section 4.3.4; RFC 9525.

Topics: tls, availability

Example:
    webUrl: https://example.com/a                # the certificate is for www.example.com
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.tls_issues import tls_issues
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC218", "tls-wrong-host", Severity.ERROR, per_host=True, transient=True)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return tls_issues(evidence, ("wrong-host",), "Try the host with or without www.")
