"""The page writes its canonical URL a little differently.

What it means: the URL that the page names differs from the article's only in https, `www.`, a slash at the end, an index
file (`index.html`), percent-encoding, the order of parameters or tracking parameters; or it is the article's without its
query, and the path names the article by itself (its last segment has three words or an identifier). Where an article has
no canonical URL, its original URL is looked at.

Why it matters: little; two spellings look like two pages to whoever compares them as text.

How to fix it: write it as the page does; `linkcheck fix` does it, unless the URL was redirected through another domain
or the page's spelling adds parameters.

When to leave it: whenever you like.

For example:

    webUrl: https://example.com/a                # names https://example.com/a/
"""

from collections.abc import Iterator

from linkcheck.judge.canonicals import other_canonicals
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.fixes import fix_of_move
from linkcheck.judge.options import Options
from linkcheck.judge.redirects import replacement
from linkcheck.model import Evidence, Severity

CODE = "LC303"
NAME = "canonical-spelt-otherwise"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for other in other_canonicals(evidence):
        if other.difference.trivial:
            yield fault_of(
                other.link,
                f"the page writes its canonical URL {other.url} ({other.difference})",
                "Write it as the page does.",
                fix=fix_of_move(evidence, other.link, other.outcome, other.url, options),
                expected=replacement(other.link, other.url),
                difference=other.difference.kinds,
            )
