"""A host's certificate is for another name.

What it means: the server shows a certificate that does not name the host in the URL.

Why it matters: browsers show a full-page warning. Often only one of `example.com` and `www.example.com` is in the
certificate.

How to fix it: write the host as the certificate names it, or have it added to the certificate.

When to leave it: never.

Source: RFC 9110, section 4.3.4; RFC 9525.

Topics: tls, availability

For example:

    webUrl: https://example.com/a                # the certificate is for www.example.com
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.options import Options
from linkcheck.judge.tls import tls_faults
from linkcheck.model import Evidence, Severity

CODE = "LC218"
NAME = "tls-wrong-host"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    return tls_faults(evidence, ("wrong-host",), "Try the host with or without www.", options)
