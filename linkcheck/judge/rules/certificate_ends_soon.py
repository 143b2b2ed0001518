"""A host's certificate ends soon.

What it means: it has fewer than 14 days left.

Why it matters: on that day every browser will warn of the host. Certificates are renewed weeks before their end, so
the renewal has probably failed.

How to fix it: on your own host look at the renewal. Each host is reported once, at the first link to it.

When to leave it: on hosts that are not yours.

For example:

    posts/a.md:4:9: LC221 warning: the certificate of example.com ends in 5 days
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.options import Options
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import Severity

CODE = "LC221"
NAME = "certificate-ends-soon"
SEVERITY = Severity.WARNING


def check_run(run: RunFacts, options: Options) -> Iterator[Fault]:
    for certificate in run.certificates:
        days = certificate.days_left
        if days < options.certificate_days:
            left = "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"
            yield Fault(
                certificate.place,
                f"the certificate of {certificate.host} ends {left} ({certificate.not_after[:10]})",
                hint="On your own host look at the renewal.",
                facts={"host": certificate.host, "days_left": days, "certificate_ends": certificate.not_after},
            )
