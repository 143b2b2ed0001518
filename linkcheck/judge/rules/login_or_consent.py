"""A wall is in front of the page: login, consent, subscription, age, region, browser or maintenance.

What it means: the site redirects requests without a cookie, an account or a supported browser to another page, or
returns such a wall itself. The page behind it was not checked. A temporary redirect is also a wall if a nonexistent URL
on the host redirects to the same place, or if that place shows the same page for any URL; a permanent one is a soft-404
or a redirect. A refresh of 0 seconds to the address of a wall counts as well.

Why it matters: some readers cannot see the page at all; others can. It is not evidence against the page (RFC 9110,
15.4.3: a 302 leads elsewhere "temporarily"), so it is info, like blocked. An image behind a wall is not shown in any
article, which is a warning: the default severity above applies to images only.

How to fix it: open it in a private window. If readers need an account, use the URL of a public page.

When to ignore it: if you expect readers to have an account, or only robots meet the wall. The rule stays quiet for a
page whose own URL is about logging in or subscribing, for a home page with a login form, for a page with the article's
title, and for an image behind the same wall as a page of the article.

Source: RFC 9110, section 15.4.3. Which pages count as walls is linkcheck's own judgment.

Topics: page-content, availability

Example:
    originalUrl: https://example.com/a           # 302 to https://login.example.com/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import suspected
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import SuspicionKind
from linkcheck.model import Evidence, RefusalReason, Role, RuleMetadata, Severity

META = RuleMetadata("LC210", "login-or-consent", Severity.WARNING, awaits_publication=True, refusal=RefusalReason.VERDICT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    found = tuple(suspected(evidence, SuspicionKind.GATE))
    walls = {answer.url.partition("?")[0] for link, answer, _ in found if link.role is not Role.IMAGE}
    for link, answer, seen in found:
        if link.role is Role.IMAGE and answer.url.partition("?")[0] in walls:
            continue  # one wall in front of both
        if link.role is Role.IMAGE:
            yield issue_of(link, seen.clause, "Use the URL of a public image, or remove the entry.", final_url=answer.url)
        elif link.role is not Role.AMP_CACHE:
            hint = "Open it in a private window. If readers need an account, use the URL of a public page."
            yield milder(issue_of(link, seen.clause, hint, final_url=answer.url), Severity.INFO)
