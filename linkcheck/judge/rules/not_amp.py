"""The AMP URL does not lead to an AMP page.

What it means: the page lacks the AMP marker, `<html amp>`. Often the site has abandoned AMP and redirects to the
regular page.

Why it matters: AMP caches and other programs that rely on AMP reject it.

How to fix it: remove the AMP URL and its AMP-cache address from the article, or correct the AMP URL.

When to ignore it: if phones get an AMP page. It is info when the response depends on the device (`Vary: User-Agent`;
RFC 9110, 12.5.5), when a redirect is temporary and the canonical page still declares the AMP URL, and when the page has
no canonical URL and neither the article's title nor its date, so that it may be a wall. The rule stays quiet when an
AMP cache serves a copy. If the whole host has abandoned AMP, amp-dropped reports it once; if the canonical page
declares a different AMP page, amphtml-differs reports that.

Source: AMP HTML specification (the AMP marker, `<html amp>`).

Topics: amp

Example:
    ampWebUrl: https://example.com/a?amp         # redirects to https://example.com/a
"""

from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.judge.answers import requested
from linkcheck.judge.comparison.amp_pairs import (
    end_without_amp,
    has_copy,
    is_article,
    is_same,
    may_be_amp_for_others,
    regular_pages,
)
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.page_signs.missing_page import moved_permanently
from linkcheck.judge.url_traits.redirect_chain import is_surely_one_page
from linkcheck.model import Evidence, Link, Outcome, Role, RuleMetadata, Severity
from linkcheck.urls import same_page

META = RuleMetadata("LC309", "not-amp", Severity.WARNING)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result, outcome in requested(evidence):
        link, answer = result.link, outcome.answer
        if link.role is not Role.AMP or answer is None or answer.page is None:
            continue
        end = end_without_amp(evidence, result)
        if end is None or _is_only_ours(evidence, link, end):
            continue
        stays = same_page(link.url, end) is None
        issue = issue_of(
            link,
            "the page is not an AMP page" if stays else f"leads to {end}, which is not an AMP page",
            "Remove the AMP URL and its AMP-cache address, or correct the AMP URL.",
            final_url=end,
            has_amp_runtime=answer.page.has_amp_runtime,
        )
        if _may_be_wall(evidence, link, outcome, end, options):
            hint = "Open it: the returned page does not mention the article, and may be a wall."
            issue = milder(replace(issue, hint=hint), Severity.INFO)
        elif may_be_amp_for_others(evidence, result):
            hint = "Open it on a phone: the response may depend on the device."
            issue = milder(replace(issue, hint=hint), Severity.INFO)
        yield issue


def _may_be_wall(evidence: Evidence, amp: Link, outcome: Outcome, end: str, options: JudgeOptions) -> bool:
    """Whether the page does not describe itself, and is at the AMP URL or behind a temporary redirect."""
    answer = outcome.answer
    page = answer.page if answer is not None else None
    if answer is None or page is None or page.canonicals or page.has_amp_runtime or end != answer.url:
        return False  # what it refreshes to was not requested
    stays = is_surely_one_page(end, amp.url)
    return (stays or not moved_permanently(outcome)) and not is_article(evidence, amp, page, options)


def _is_only_ours(evidence: Evidence, amp: Link, end: str) -> bool:
    """Whether an AMP cache was led to an AMP page where we were led to the regular page, or were shown it."""
    return has_copy(evidence, amp) and any(is_same(end, url) for url in (amp.url, *regular_pages(evidence, amp)))
