"""The site spells the URL a little differently.

What it means: the server redirects permanently to a URL that differs only in https, `www.`, a slash at the end,
repeated slashes, an index file (`index.html`), percent-encoding, the order of parameters of different names, tracking
parameters, a session ID, or other parameters that the site does without (where the last path segment has three words
or an identifier, or the parameter has the name of a tracker).

Why it matters: little: each visit costs one more request, and search engines may treat two spellings of a page as two
pages.

How to fix it: write it as the site does; `linkcheck fix` does it, unless a redirect on the way leads through another
domain, adds parameters, or drops any that is not known to be a tracker, for it may choose the page.

When to leave it: whenever you like. The rule stays quiet for a redirect from https to http and for a temporary one; for
a parameter that is personal or of a session, which secret-or-staging-url reports and `linkcheck fix` corrects; and
where the page's canonical URL is your spelling: the two contradict each other, and signals-disagree reports it.

Source: RFC 9110, sections 15.4.2 and 15.4.9; RFC 3986, section 6.2 (URLs that are equivalent).

Topics: redirects, urls

For example:

    webUrl: http://example.com/a                 # 301 to https://example.com/a/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import moved
from linkcheck.judge.comparison.replacements import fix_of_move
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.redirect_chain import replacement
from linkcheck.model import CorrectionKind, Evidence, Fact, RuleMetadata, Severity

META = RuleMetadata("LC203", "trivial-redirect", Severity.INFO, correction=CorrectionKind.REDIRECT, safe_as_info=True)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, move in moved(evidence):
        if move.trivial is None:
            continue
        facts: dict[str, Fact] = {
            "status": outcome.hops[0].status,
            "difference": move.trivial.kinds,
            "expected": replacement(link, move.url, outcome.hops),
        }
        fix = fix_of_move(evidence, link, outcome, move.url, options)
        message = f"the site writes it {move.url} ({move.trivial})"
        yield Issue(link.location, message, link.url, "Write it as the site does.", facts, fix)
