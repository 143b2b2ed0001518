"""The AMP page's canonical URL is not the article's.

What it means: the `rel=canonical` of the AMP page is missing, or is not the article's canonical URL. If it differs only
in http instead of https, the finding is info on your own site and not reported on others.

Why it matters: an AMP page and its canonical page are a pair only if each links to the other; otherwise caches and
search engines ignore the AMP page.

How to fix it: on your own site, correct the AMP template; otherwise check whether the article's canonical URL or its
AMP URL is wrong.

When to ignore it: on sites that are not yours, once you have verified that both show the same article. The rule stays
quiet when the AMP page declares the URL that the article's canonical URL redirects to.

Source: amp.dev, "Make your pages discoverable".

Topics: amp, canonical

Example:
    ampWebUrl: https://example.com/a?amp         # its canonical is https://example.com/b
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.ownership import is_own_host
from linkcheck.judge.url_traits.redirect_chain import is_one_page
from linkcheck.model import Evidence, Link, OwnerOnly, Role, RuleMetadata, Severity
from linkcheck.urls import parse_url, same_page

META = RuleMetadata("LC310", "amp-canonical-mismatch", Severity.WARNING, about=("of",), owner_only=OwnerOnly(Severity.INFO))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, page in pages(evidence, Role.AMP):
        if not page.is_amp or link.wants.of is None or (page.truncated and not page.canonicals):
            continue
        accepted = _addresses(evidence, link, link.wants.of)
        if not page.canonicals:
            message, hint = "the AMP page declares no canonical URL", "On your own site, add rel=canonical to it."
        elif any(_same(one, url) for one in accepted for url in page.canonicals):
            continue
        elif any(is_one_page(one, url) for one in accepted for url in page.canonicals):
            if is_own_host(parse_url(answer.url).host, options):
                message = f"the AMP page declares its canonical URL as {page.canonicals[0]}"
                issue = issue_of(link, message, "On your own site, declare the https URL.", canonicals=page.canonicals[:20])
                yield milder(issue, Severity.INFO)
            continue
        else:
            message = f"the AMP page's canonical URL is {page.canonicals[0]}, not {link.wants.of}"
            hint = "Check which of the two URLs is wrong."
        yield issue_of(link, message, hint, canonicals=page.canonicals[:20])


def _addresses(evidence: Evidence, amp: Link, canonical: str) -> tuple[str, ...]:
    """The article's canonical URL and where it leads; problems with that are reported there."""
    for result in evidence.results:
        link, outcome = result.link, result.outcome
        if link.role is Role.CANONICAL and link.owner == amp.owner and outcome is not None and outcome.answer is not None:
            page = outcome.answer.page
            return canonical, outcome.answer.url, *(page.canonicals if page is not None else ())
    return (canonical,)


def _same(one: str, other: str) -> bool:
    difference = same_page(one, other)
    return difference is None or difference.trivial
