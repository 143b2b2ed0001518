"""The link redirects temporarily to another site.

What it means: a temporary redirect (302, 303 or 307) leads to another domain; for a canonical URL, to any other page.

Why it matters: readers do not see the linked page, and tomorrow the redirect may lead elsewhere. Redirects that are
meant to be permanent are often temporary by mistake.

How to fix it: if the page has moved, use the final URL. linkcheck does not do this, because clients should keep the
original URL of a temporary redirect.

When to ignore it: if the redirect is the link's purpose, such as a download that is served from elsewhere. The rule
stays quiet for short links, for identifiers such as DOIs, and when the final page declares the link's URL as canonical:
a variant for a test, a country or a phone.

Source: RFC 9110, sections 15.4.3 (302), 15.4.4 (303) and 15.4.8 (307).

Topics: redirects

Example:
    originalUrl: https://example.com/a           # 302 to https://news.example.net/a
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered
from linkcheck.judge.image_traits.placeholders import is_placeholder
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.persistent_ids import is_identifier, is_short_link
from linkcheck.judge.url_traits.redirect_chain import move_of, names_target, strays
from linkcheck.model import Answer, Evidence, Link, Outcome, Role, RuleMetadata, Severity
from linkcheck.urls import InvalidUrl, parse_url, registrable_domain

META = RuleMetadata("LC207", "temporary-redirect", Severity.INFO)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, answer in answered(evidence):
        if outcome.hops and _leads_away(evidence, link, outcome, answer):
            yield issue_of(
                link,
                f"redirects temporarily to {answer.url}",
                "If the page has moved, use its new URL.",
                final_url=answer.url,
            )


def _leads_away(evidence: Evidence, link: Link, outcome: Outcome, answer: Answer) -> bool:
    # An AMP cache that redirects, an AMP URL that does not lead to an AMP page, a page that has moved permanently, and a
    # stand-in image have their own findings.
    if link.role is Role.AMP_CACHE or move_of(outcome) is not None or not strays(outcome, answer):
        return False
    if link.role is Role.AMP and answer.page is not None and not answer.page.is_amp:
        return False
    if is_identifier(link.url) or is_short_link(link.url, answer.url):
        return False  # their purpose is to redirect
    if names_target(outcome, answer) or is_placeholder(evidence, link, outcome):
        return False
    if link.role is Role.CANONICAL:
        return True
    try:
        requested, got = parse_url(outcome.url).host, parse_url(answer.url).host
    except InvalidUrl:
        return False
    return requested != got and (registrable_domain(requested) or requested) != (registrable_domain(got) or got)
