"""The page has moved for good.

What it means: the server answers 301 or 308 and names another URL, and that one works. What comes after a temporary
redirect in the chain is not counted, since nobody promised it.

Why it matters: redirects are kept for a while and then dropped; each one costs readers time.

How to fix it: write the new URL. `linkcheck fix` does it where that is safe: every redirect stays on the same domain,
and the last path segment is kept, or the new page has the article's title or names its canonical URL. Else look at the
new page first, for a domain may have a new owner; `linkcheck fix --unsafe` does it then, except where the new
page looks like advertising or a domain for sale. A canonical URL that moves is
canonical-redirects.

When to leave it: where the old URL is an identifier that is meant to stay, such as a DOI or a short link: ignore it
with the reason.

For example:

    originalUrl: https://example.com/old         # 301 to https://example.com/new
"""

from collections.abc import Iterator

from linkcheck.judge.answers import moved
from linkcheck.judge.fault import Fault
from linkcheck.judge.fixes import UNWANTED_HINT, fix_of_move
from linkcheck.judge.options import Options
from linkcheck.judge.redirects import is_downgrade, replacement
from linkcheck.model import Evidence, Fact, Role, Severity

CODE = "LC202"
NAME = "permanent-redirect"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, outcome, move in moved(evidence):
        if move.trivial is None and link.role is not Role.CANONICAL:
            facts: dict[str, Fact] = {"status": outcome.hops[0].status, "hops": len(outcome.hops)}
            hint, fix = "On your own host mend the redirect: it leads away from https.", None
            if not is_downgrade(outcome, move):
                hint, fix = UNWANTED_HINT, fix_of_move(evidence, link, outcome, move.url, options)
                if fix is not None:
                    hint, facts["expected"] = "Write the new URL.", replacement(link, move.url)
            yield Fault(link.location, f"moved for good to {move.url}", link.url, hint, facts, fix)
