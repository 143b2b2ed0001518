"""Many redirects stand between the link and the page.

What it means: it takes more than three redirects to come to the page, or more than linkcheck follows.

Why it matters: every step is a request that can fail, and search engines give up after a few.

How to fix it: write the URL at the end of the chain, if all of its redirects are permanent.

When to leave it: where the chain is not yours, and counts visits or asks for consent.

For example:

    originalUrl: https://sho.rt/a                # 301, 302, 301, 302, 200
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered, failed
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, FailureKind, Role, Severity

CODE = "LC206"
NAME = "long-redirect-chain"
SEVERITY = Severity.WARNING

_HINT = "Write the URL at the end of the chain, if it is there to stay."


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, outcome, answer in answered(evidence):
        hops = len(outcome.hops)
        no_amp = link.role is Role.AMP and answer.page is not None and not answer.page.is_amp  # not-amp says more
        if hops > options.long_chain and not no_amp:
            yield fault_of(
                link, f"it takes {hops} redirects to come to {answer.url}", _HINT, hops=hops, final_url=answer.url
            )
    for link, outcome, failure in failed(evidence, FailureKind.TOO_MANY_HOPS):
        if failure.detail == "long":
            yield fault_of(link, failure.message, _HINT, hops=len(outcome.hops))
