"""The page does not link to the AMP page in the article.

What it means: the canonical page has no `rel=amphtml`.

Why it matters: AMP pages are found through that link. Without it, the site has probably abandoned AMP, and its AMP
pages will disappear.

How to fix it: on your own site, add the link; otherwise remove the AMP URL and its AMP-cache address from the article.

When to ignore it: while the AMP page still works and you want to keep it. The rule stays quiet for a canonical page
that is AMP itself, one that refuses the request, and when the AMP URL is not an AMP page (not-amp).

Source: amp.dev, "Make your pages discoverable".

Topics: amp

Example:
    ampWebUrl: https://example.com/a?amp         # the page has no rel=amphtml
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered
from linkcheck.judge.comparison.canonicals import partner_page
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, OwnerOnly, Role, RuleMetadata, Severity

META = RuleMetadata("LC308", "amphtml-missing", Severity.INFO, owner_only=OwnerOnly(Severity.INFO))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, _, answer in answered(evidence):
        if link.role is not Role.AMP or answer.page is None or not answer.page.is_amp:  # else not-amp reports it
            continue
        partner = partner_page(evidence, link)
        # A page that is AMP itself needs no separate AMP page.
        if partner is not None and not partner[2].amphtml and not partner[2].is_amp and not partner[2].truncated:
            yield issue_of(
                link,
                f"the page {partner[1].url} has no rel=amphtml",
                "On your own site, add rel=amphtml; otherwise remove the AMP URL and its AMP-cache address.",
            )
