"""The provider's domain is not that of the URL.

What it means: the property that the schema relates to the URL (such as `provider.domain`) must hold the domain that
was registered for the URL's host, by the Public Suffix List: `itpro.co.uk` for `www.itpro.co.uk`. It holds another.

Why it matters: articles are listed under the wrong provider, with its name and logo.

How to fix it: write the domain from the message, or look whether the URL is the wrong one.

When to leave it: where the article was published on another's site, and the provider is right.

For example:

    webUrl: https://www.itpro.co.uk/a
    provider:
      domain: itpro.com
"""

from collections.abc import Iterator

from linkcheck.judge.copies import copy_of
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity
from linkcheck.urls import registrable_domain

CODE = "LC316"
NAME = "domain-differs"
SEVERITY = Severity.WARNING

_LONGEST_SUFFIX_LABEL = 3


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting in evidence.sightings:
        claim = sighting.link.wants.domain
        host = sighting.target.host
        if claim is None or not isinstance(claim.value, str) or not host or _plainly_right(claim.value, host):
            continue
        right = registrable_domain(host)
        if right is not None and right != claim.value.strip().lower() and copy_of(sighting.link.url) is None:
            yield fault_of(
                sighting.link,
                f"the domain of the URL's host {host} is {right}, not {claim.value[:200]!r}",
                f"Write {right}, or look whether the URL is the wrong one.",
                at=claim.location,
                domain=right,
            )


def _plainly_right(domain: str, host: str) -> bool:
    """Whether a glance is enough, as for nearly all: reading the Public Suffix List takes longer than all other rules.

    `com.au` and `co.uk` are told by their short first label; `example.com` cannot be a suffix.
    """
    if host not in (domain, f"www.{domain}") and not host.endswith(f".{domain}"):
        return False
    first, _, rest = domain.partition(".")
    return first != "www" and len(first) > _LONGEST_SUFFIX_LABEL and bool(rest)
