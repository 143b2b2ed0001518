"""The page has moved permanently.

What it means: the server returns 301 or 308 with a different URL, and that one works. Redirects after a temporary one
in the chain do not count, because they are not promised to last.

Why it matters: redirects are often removed after a while, and each one costs readers time.

How to fix it: update the URL. `linkcheck fix` can do this when it is safe: the new URL is on the same host, and the new
page has the article's title and a second sign, such as its date or the number in the old URL, or it declares the
article's canonical URL; an image keeps its path, or its name of three words or with an identifier in other folders, and
has the declared size. Otherwise open the new page first, because a domain may have a new owner, or the new URL may be a
section page, a translation or a print version; then `linkcheck fix --unsafe` can do this, except when the new page
looks like advertising or a domain for sale. A canonical URL that has moved is canonical-redirects.

When to ignore it: for short links, which are info and never replaced by linkcheck, because they may be intentional. The
rule stays quiet for identifiers whose purpose is to redirect: DOIs, handles, ARKs, PURLs and the like. If the new page
declares the old URL as canonical, the two contradict each other, and the URL is not changed (signals-disagree).

Source: RFC 9110, sections 15.4.2 (301) and 15.4.9 (308).

Topics: redirects

Example:
    originalUrl: https://example.com/old         # 301 to https://example.com/new
"""

from collections.abc import Iterator

from linkcheck.judge.answers import moved
from linkcheck.judge.comparison.replacements import issue_of_move
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.persistent_ids import is_short_link
from linkcheck.model import CorrectionKind, Evidence, RefusalReason, Role, RuleMetadata, Severity

META = RuleMetadata(
    "LC202",
    "permanent-redirect",
    Severity.WARNING,
    correction=CorrectionKind.REDIRECT,
    refusal=RefusalReason.MESSAGE,
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, move in moved(evidence):
        if move.trivial is None and link.role is not Role.CANONICAL:
            if is_short_link(link.url, move.url):
                message = f"the short link redirects permanently to {move.url}"
                hint = "Unless you want the short link itself, use the URL that it leads to: such services get shut down."
                yield milder(issue_of(link, message, hint, leads_to=move.url), Severity.INFO)
                continue
            message = f"moved permanently to {move.url}"
            yield issue_of_move(evidence, link, outcome, move, options=options, message=message)
