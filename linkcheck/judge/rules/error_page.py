"""The page is an error message or a server's default page.

What it means: the status is a success, but the page comes from a server, program or hosting company that failed, was
never configured, or no longer hosts the site: its title, or its main heading if it has no title, is "Account
Suspended", "500 Internal Server Error", "Welcome to nginx!", "No such app", "Site under construction" or another of a
closed list, in common languages, and contains nothing else but the site's name; or the link leads to the site's error
page, or to one of cPanel's.

Why it matters: readers find no content. The server returns 200, so other checkers report nothing, and search engines
treat such a page as a soft 404.

How to fix it: open it in a few days. If the page does not return, replace the URL with the page's new address or an
archived copy, or remove the link.

When to ignore it: if an article is about such a page, add an ignore comment with the reason. The rule stays quiet when
the page has a date, a preview (`og:title`) of its own, or a canonical URL and another main heading; when the article's
title or excerpt, or the URL, has the words of the page's title; and for a list of files ("Index of /pub") at the folder
of that name. It is info if the page reports that the request was refused ("Access Denied", "403 Forbidden"): a firewall
may refuse programs only. Login and maintenance pages are login-or-consent, a parked domain is parked-domain, and a
platform's page without its content is content-removed.

Source: Google Search Central, "HTTP status codes, network and DNS errors" (soft 404). The list of titles is linkcheck's
own judgment.

Topics: page-content

Example:
    originalUrl: https://example.com/2014/a      # 200 OK, titled "Account Suspended"
"""

from collections.abc import Iterator

from linkcheck.judge.answers import suspected
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.page_signs.server_errors import is_refusal
from linkcheck.judge.suspicion import SuspicionKind
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC230", "error-page", Severity.WARNING, awaits_publication=True)

_FAILED = "Open it; if the page does not come back, replace the URL with its new address or an archived copy."
_REFUSED = "Open it in a browser: the server may refuse programs only."


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, seen in suspected(evidence, SuspicionKind.ERROR):
        refuses = is_refusal(answer)
        issue = issue_of(
            link,
            f"returns {answer.status}, but it is an error page: {seen.clause}",
            _REFUSED if refuses else _FAILED,
            status=answer.status,
            final_url=answer.url,
        )
        yield milder(issue, Severity.INFO) if refuses else issue
