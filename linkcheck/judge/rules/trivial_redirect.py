"""The URL is written a little differently from how the site writes it.

What it means: the server redirects for good to a URL that differs only in https, `www.`, a slash at the end, upper
and lower case, percent-encoding or tracking parameters.

Why it matters: little; each visit costs one more request, and two spellings of a page look like two pages to a search
engine.

How to fix it: write it as the site does; `linkcheck fix` does it, unless a redirect on the way leads through another
domain or adds parameters.

When to leave it: whenever you like.

For example:

    webUrl: http://example.com/a                 # 301 to https://example.com/a/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import moved
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.fixes import fix_of_move
from linkcheck.judge.options import Options
from linkcheck.judge.redirects import replacement
from linkcheck.model import Evidence, Severity

CODE = "LC203"
NAME = "trivial-redirect"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, outcome, move in moved(evidence):
        if move.trivial is not None:
            yield fault_of(
                link,
                f"the site writes it {move.url} ({move.trivial})",
                "Write it as the site does.",
                fix=fix_of_move(evidence, link, outcome, move.url, options),
                expected=replacement(link, move.url),
                status=outcome.hops[0].status,
                difference=move.trivial.kinds,
            )
