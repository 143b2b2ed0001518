"""The canonical URL redirects for good.

What it means: the URL that is to stand for the article answers 301 or 308 and leads to another page's URL.

Why it matters: a canonical URL is the one address that does not redirect; search engines take the other one, and
links and counts are split over both.

How to fix it: write the new URL. `linkcheck fix` does it where that is safe: every redirect stays on the same domain,
and the last path segment is kept, or the new page has the article's title. Else look at the new page first, for a domain
may have a new owner; `linkcheck fix --unsafe` does it then.

When to leave it: never on your own site; on another's until the article is looked at again.

For example:

    webUrl: https://example.com/old              # 301 to https://example.com/new
"""

from collections.abc import Iterator

from linkcheck.judge.answers import moved
from linkcheck.judge.fault import Fault
from linkcheck.judge.fixes import UNWANTED_HINT, fix_of_move
from linkcheck.judge.options import Options
from linkcheck.judge.redirects import is_downgrade, replacement
from linkcheck.model import Evidence, Fact, Role, Severity

CODE = "LC301"
NAME = "canonical-redirects"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, outcome, move in moved(evidence):
        if move.trivial is None and link.role is Role.CANONICAL:
            facts: dict[str, Fact] = {"status": outcome.hops[0].status, "hops": len(outcome.hops)}
            hint, fix = "On your own host mend the redirect: it leads away from https.", None
            if not is_downgrade(outcome, move):
                hint, fix = UNWANTED_HINT, fix_of_move(evidence, link, outcome, move.url, options)
                if fix is not None:
                    hint, facts["expected"] = "Write the new URL.", replacement(link, move.url)
            yield Fault(link.location, f"the canonical URL has moved for good to {move.url}", link.url, hint, facts, fix)
