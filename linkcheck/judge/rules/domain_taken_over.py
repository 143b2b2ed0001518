"""The domain has a new owner: the page is not the one that was linked.

What it means: the title of the page is nothing but advertising for gambling, pornography or pirated streams, which
neither the URL nor the article mentions; or a permanent redirect leads the canonical URL of the article to another
site, in another language and script, with a title that has no word in common with the article's.

Why it matters: expired domains are bought for the links to them. Readers get spam, and search engines count the link as
a recommendation.

How to fix it: replace the URL with an archived copy, or remove the link. `linkcheck fix` never writes such a URL.

When to ignore it: if the article is about that page, add an ignore comment with the reason. The rule stays quiet for a
page with a publication date or one that describes itself as an article, unless the link leads to another site and the
title is unmistakable. A host's name, a single word, a translation, a link shortener or a new name of a site is never
enough.

Source: Google Search Central, "Spam policies for Google web search" (expired domain abuse). The signs are linkcheck's
own judgment.

Topics: page-content, security

Example:
    webUrl: https://example.com/2016/bridge      # 301 to https://slots.example.net/, "Slot Gacor Resmi"
"""

from collections.abc import Iterator

from linkcheck.judge.answers import requested, suspected
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import SuspicionKind, suspicion
from linkcheck.judge.vouching import why_taken_over
from linkcheck.model import Answer, Evidence, Link, RuleMetadata, Severity, VerdictKind

META = RuleMetadata("LC227", "domain-taken-over", Severity.WARNING, per_host=True)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, clause in (*_by_outcome(evidence), *_by_article(evidence, options)):
        yield issue_of(
            link,
            f"the page is not the one that was linked: {clause}",
            "Replace the URL with an archived copy of the page, or remove the link.",
            status=answer.status,
            final_url=answer.url,
        )


def _by_outcome(evidence: Evidence) -> Iterator[tuple[Link, Answer, str]]:
    for link, answer, seen in suspected(evidence, SuspicionKind.TAKEN_OVER):
        yield link, answer, seen.clause


def _by_article(evidence: Evidence, options: JudgeOptions) -> Iterator[tuple[Link, Answer, str]]:
    """Pages that only look wrong compared with the article (`vouching.reassess` marks them as suspect)."""
    for result, outcome in requested(evidence):
        answer = outcome.answer
        if answer is None or result.verdict.kind is not VerdictKind.SUSPECT or suspicion(outcome, answer) is not None:
            continue
        clause = why_taken_over(evidence.article, result.link, outcome, options)
        if clause is not None:
            yield result.link, answer, clause
