"""A host's certificate expires soon.

What it means: it expires in fewer than 14 days, or has less than a quarter of its lifetime left if that is shorter.

Why it matters: after that day browsers show a warning for the host. ACME clients renew certificates when a third of the
lifetime is left, so the renewal has probably failed.

How to fix it: check the renewal. Each host is reported once, at the first link to it.

When to ignore it: if you renew it manually and have scheduled that. The rule stays quiet for hosts that are not yours
(`own-hosts`, by default the host of `base-url`).

Source: RFC 5280, section 4.1.2.5; RFC 9773 (when ACME clients renew). The limit is linkcheck's own judgment.

Topics: tls

Example:
    posts/a.md:4:9: LC221 warning: the certificate of example.com expires in 5 days (2026-12-05)
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.ownership import is_own_host
from linkcheck.judge.run_facts import EndingCertificate, RunFacts
from linkcheck.model import OwnerOnly, RuleMetadata, Severity

META = RuleMetadata("LC221", "certificate-expires-soon", Severity.WARNING, transient=True, owner_only=OwnerOnly(None))

_DAYS = 14


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    for certificate in run.certificates:
        days = certificate.days_left
        if days < _threshold(certificate) and is_own_host(certificate.host, options):
            left = "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"
            yield Issue(
                certificate.place,
                f"the certificate of {certificate.host} expires {left} ({certificate.not_after[:10]})",
                hint="Check the renewal of the certificate.",
                facts={
                    "host": certificate.host,
                    "days_left": days,
                    "certificate_ends": certificate.not_after,
                    "untouched": certificate.untouched,
                },
                subject=certificate.host,
            )


def _threshold(certificate: EndingCertificate) -> float:
    """Days left below which a renewal is late: certificates of a few days are renewed in their last ones."""
    lifetime = certificate.lifetime_days
    return _DAYS if lifetime is None else min(_DAYS, lifetime / 4)
