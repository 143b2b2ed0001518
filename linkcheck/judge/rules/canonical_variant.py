"""The page declares a variant of the canonical URL.

What it means: the URL that the page declares differs from the article's only in https, `www.`, a trailing slash,
repeated slashes, an index file (`index.html`, `/index.php/a`), percent-encoding, the order of parameters with different
names, tracking parameters or a session ID (`;jsessionid=`); or it lacks other parameters (when the last path segment
has three words or an identifier, or the parameter has the name of a tracker). If an article has no canonical URL, its
original URL is compared.

Why it matters: it rarely does: programs that compare URLs as text treat the two variants as two pages.

How to fix it: use the URL that the page declares; `linkcheck fix` can do this, unless the URL was redirected through
another domain, or the page's variant adds parameters or lacks one that is not a known tracker, because it may select
the page.

When to ignore it: whenever you like. The rule stays quiet for variants that are equivalent by RFC 3986 (escapes and
upper case in the host), for a query that selects the page (canonical-differs), and when the parameter that the page
omits identifies a person or session, which secret-or-staging-url reports and `linkcheck fix` corrects. If the page's
variant is the worse one (http, tracking or session parameters, a URL that was dead or suspect in this run), the page
must be corrected; on sites that are not yours this is not reported.

Source: RFC 3986, section 6.2; Google Search Central, "How to specify a canonical URL".

Topics: canonical, urls

Example:
    webUrl: https://example.com/a                # declares https://example.com/a/
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.canonicals import is_spelling, other_canonicals, why_broken
from linkcheck.judge.comparison.replacements import fix_of_move
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.ownership import is_own_host
from linkcheck.judge.url_traits.redirect_chain import replacement
from linkcheck.model import CorrectionKind, Evidence, RuleMetadata, Severity
from linkcheck.urls import parse_url

META = RuleMetadata(
    "LC303",
    "canonical-variant",
    Severity.INFO,
    correction=CorrectionKind.DECLARED,
    safe_as_info=True,
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for other in other_canonicals(evidence):
        if not is_spelling(other.difference):
            continue
        message = f"the page declares its canonical URL as {other.url} ({other.difference})"
        broken = why_broken(evidence, other.link, other.url, options)
        if broken is None:
            yield issue_of(
                other.link,
                message,
                "Use the URL that the page declares.",
                fix=fix_of_move(evidence, other.link, other.outcome, other.url, options),
                expected=replacement(other.link, other.url),
                difference=other.difference.kinds,
            )
        elif is_own_host(parse_url(other.outcome.url).host, options):
            hint = f"Keep your URL, and correct the page: {broken}."
            yield issue_of(other.link, message, hint, difference=other.difference.kinds)
