"""The site redirects to a variant of the URL.

What it means: the server redirects permanently to a URL that differs only in https, `www.`, a trailing slash, repeated
slashes, an index file (`index.html`), percent-encoding, the order of parameters with different names, tracking
parameters, a session ID, or other parameters that the site omits (when the last path segment has three words or an
identifier, or the parameter has the name of a tracker).

Why it matters: it rarely does: each visit costs one more request, and search engines may treat the two variants as two
pages.

How to fix it: update the URL; `linkcheck fix` can do this, unless a redirect on the way leads through another domain,
adds parameters, or removes one that is not a known tracker, because it may select the page.

When to ignore it: whenever you like. The rule stays quiet for a redirect from https to http and for a temporary one;
for a parameter that identifies a person or session, which secret-or-staging-url reports and `linkcheck fix` corrects;
and when the page's canonical URL is your variant: the two contradict each other, and signals-disagree reports it.

Source: RFC 9110, sections 15.4.2 and 15.4.9; RFC 3986, section 6.2 (equivalent URLs).

Topics: redirects, urls

Example:
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
        message = f"redirects to {move.url} ({move.trivial} only)"
        yield Issue(link.location, message, link.url, "Update the URL.", facts, fix)
