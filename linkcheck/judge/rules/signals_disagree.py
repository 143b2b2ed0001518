"""The page declares different URLs for itself.

What it means: `rel=canonical`, `og:url` and the `url` (or `mainEntityOfPage`) of the article in JSON-LD are different
pages; or a permanent redirect leads to a page of the same domain whose canonical URL is the one that redirects, even if
only the trailing slash differs. If there is no canonical URL, the others are compared with the page's own address.

Why it matters: Google asks site owners not to declare different canonical URLs by different techniques, and otherwise
chooses one itself. `og:url` is the permanent address under which shares are counted.

How to fix it: use the same URL in all of them; remove either the redirect or the canonical URL that points back.
`linkcheck fix` writes neither URL of such a redirect.

When to ignore it: on sites that are not yours. The rule stays quiet for URLs that differ in https, `www.`, a trailing
slash or tracking parameters, for the http URL of a page and the https URL that it redirects to, and for several
canonical URLs (canonicals-conflict).

Source: Google Search Central, "How to specify a canonical URL"; Open Graph protocol (`og:url`).

Topics: canonical, redirects

Example:
    webUrl: https://example.com/a                # rel=canonical /a, og:url /a-new-title
"""

from collections.abc import Iterator

from linkcheck.judge.answers import article_pages
from linkcheck.judge.comparison.canonicals import distinct
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.redirect_chain import is_contradicted, is_one_page, move_of
from linkcheck.model import Answer, Evidence, OwnerOnly, PageFacts, RefusalReason, RuleMetadata, Severity

META = RuleMetadata(
    "LC322",
    "signals-disagree",
    Severity.WARNING,
    owner_only=OwnerOnly(Severity.INFO),
    refusal=RefusalReason.MESSAGE,
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, answer, page in article_pages(evidence):
        move = move_of(outcome)
        if move is not None and is_contradicted(outcome, move):
            yield issue_of(
                link,
                f"redirects permanently to {move.url}, which declares the old URL as its canonical URL",
                "On your own site, remove the redirect, or declare the new URL as canonical.",
                final_url=move.url,
            )
            continue
        names = _names(answer, page)
        own = next(iter(names.values()), answer.url)
        unknown = page.truncated and not page.canonicals  # if the head was cut off, the rest is not known
        if not unknown and not all(is_one_page(own, url) for url in names.values()):
            listed = ", ".join(f"{name} {url}" for name, url in names.items())
            yield issue_of(
                link,
                f"the page declares different URLs for itself: {listed}",
                "On your own site, declare the same URL everywhere.",
                canonical=names.get("rel=canonical"),
                og_url=page.og_url,
                json_ld_url=names.get("JSON-LD"),
            )


def _names(answer: Answer, page: PageFacts) -> dict[str, str]:
    """What the page declares as its URL, by source; nothing if its canonical URLs contradict each other already."""
    canonicals = distinct(page.canonicals)
    if len(canonicals) > 1:
        return {}
    first = {"rel=canonical": canonicals[0]} if canonicals else {"its address": answer.url}
    others = {"og:url": page.og_url, "JSON-LD": page.json_ld.url if page.json_ld is not None else None}
    return {**first, **{name: url for name, url in others.items() if url is not None}}
