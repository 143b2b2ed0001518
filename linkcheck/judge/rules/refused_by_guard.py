"""A link leads to where linkcheck must not go.

What it means: the URL, or a redirect, names an address or a name inside a network, such as 127.0.0.1, 10.0.0.5 or the
metadata service of a cloud, or a port that is not the web's. Nothing was sent there.

Why it matters: readers cannot reach it. In a change by a stranger it is an attempt to make the checker ask your own
network.

How to fix it: name a public page. For a site inside your own network allow its addresses: `--allow-address
10.0.0.0/8`.

When to leave it: never in a change by a stranger.

For example:

    originalUrl: http://169.254.169.254/latest/meta-data/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, FailureKind, Severity

CODE = "LC215"
NAME = "refused-by-guard"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, outcome, failure in failed(evidence, FailureKind.REFUSED_BY_GUARD):
        where = f" (redirect {len(outcome.hops)} of the chain)" if outcome.hops else ""
        hint = {
            "address": "Name a public page; for your own network use --allow-address.",
            "port": "Name a page on port 80 or 443; for others use --allow-port.",
        }.get(failure.detail, "Name a public page.")
        yield fault_of(link, f"{failure.message}{where}", hint, detail=failure.detail, hops=len(outcome.hops))
