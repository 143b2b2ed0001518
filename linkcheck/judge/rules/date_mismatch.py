"""The page's date differs from the article's.

What it means: the publication date that the page declares is more than two days from the article's. Pages declare it in
`article:published_time` (Open Graph) or `datePublished` (schema.org, as a meta tag or in JSON-LD); of several dates the
one closest to the article's counts. A page that is older by a year or more gets a separate message.

Why it matters: the page may have been rewritten or replaced under the same URL. If it is years older, the article's
date may be the day on which a newsletter or an aggregator included it; a byline shows the publication date.

How to fix it: open the page; correct the article's date, or replace the URL if it is a different page.

When to ignore it: if the site changes the date with each edit. Time zones and dates without a time do not matter: the
two days allow for both. The rule stays quiet when title-mismatch reports the page.

Source: Google Search Central, "Influence your byline dates in Google Search"; Open Graph protocol; schema.org.

Topics: dates, page-content

Example:
    publishedDateTime: 2021-06-18T10:57:00Z      # the page: 2024-01-09
"""

from collections.abc import Iterator

from linkcheck.judge.answers import article_pages
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import DRIFT_DAYS, JudgeOptions
from linkcheck.judge.select import owner_of
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC318", "date-mismatch", Severity.INFO)

_YEAR = 365


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    dated = [found for found in article_pages(evidence) if found[3].published or found[3].json_ld is not None]
    if not dated:
        return
    from linkcheck.judge.comparison.other_page import date_of, date_place, published_of

    for link, _, _, page in dated:
        ours = date_of(owner_of(evidence, link), options)
        theirs = None if ours is None else published_of(page, ours)
        if ours is None or theirs is None or abs(ours - theirs).days <= DRIFT_DAYS:
            continue
        message, hint = (
            f"the page was published on {theirs:%Y-%m-%d}, but the article's date is {ours:%Y-%m-%d}",
            "Open the page. If it is another article, replace the URL.",
        )
        years = (ours - theirs).days // _YEAR
        if years > 0:
            span = "a year" if years == 1 else f"{years} years"
            message = f"the page was published on {theirs:%Y-%m-%d}, {span} before the article's date {ours:%Y-%m-%d}"
            hint = "If it is the same article, use the page's date; otherwise replace the URL."
        place = date_place(evidence, link, options)
        yield issue_of(link, message, hint, published=f"{theirs:%Y-%m-%dT%H:%M:%SZ}", compared_with=place)
