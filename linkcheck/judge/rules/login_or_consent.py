"""The link leads to a page to log in or to consent on.

What it means: the site redirects whoever comes without a cookie to a page that asks for a password, or for consent.
What is behind it was not seen.

Why it matters: some readers cannot see the page at all; others will, so this says nothing against it.

How to fix it: open it in a private window. If readers need an account, name a page that is open.

When to leave it: where readers are expected to have an account, or only robots are asked: exclude it, or ignore it,
with the reason.

For example:

    originalUrl: https://example.com/a           # 302 to https://login.example.com/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import doubted
from linkcheck.judge.doubts import DoubtKind
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity

CODE = "LC210"
NAME = "login-or-consent"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, answer, seen in doubted(evidence, DoubtKind.GATE):
        if link.role is not Role.AMP_CACHE:
            hint = "Open it in a private window; if readers need an account, name a page that is open."
            yield fault_of(link, seen.clause, hint, final_url=answer.url)
