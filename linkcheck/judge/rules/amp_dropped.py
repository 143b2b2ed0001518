"""A host no longer serves AMP pages.

What it means: at least three AMP pages of the host are gone (404, 410, a redirect to the regular page, or a page
without the AMP marker that is evidently the article, by its canonical URL, title or date) and none is left; fewer are
enough when each canonical page, known to be the article's, declares no AMP page either. One finding per host replaces
not-amp, dead, amphtml-missing, amp-cache-retired, amp-cache-dead, amp-cache-address, not-on-amp-cache and
amp-cache-without-amp for its AMP pages and their copies. Pages that refuse the request, do not respond or are suspect
are not counted, nor are walls that do not mention the article, nor pages of articles whose own page is gone. A redirect
to the home page counts when the canonical page declares no AMP page.

Why it matters: the AMP URLs no longer lead to a page of their own, and their copies on AMP caches will disappear.
Google's guide for publishers is to remove rel=amphtml and to redirect AMP pages to their canonical pages.

How to fix it: remove the AMP URL and its AMP-cache address from each article with an AMP page of the host. `linkcheck
fix` can do this when at least three pages confirm it and the article's canonical page has no rel=amphtml; with less
evidence, `linkcheck fix --unsafe` can do this. A key that the schema requires is never removed.

When to ignore it: if an article should keep its AMP URL as a record, add an ignore comment on the line of the AMP URL,
with the reason. The rule stays quiet when phones or AMP caches may still get AMP pages: a response that depends on the
device (`Vary: User-Agent`; RFC 9110, 12.5.5), a temporary one while the canonical page declares the AMP URL, or a copy
that a cache still serves.

Source: Google Search Central, "Remove AMP content from Google Search".

Topics: amp

Example:
    posts/a.md:5:12: LC321 warning: www.example.com no longer serves AMP pages (18 of 18)
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import DroppedAmp, RunFacts
from linkcheck.model import CorrectionKind, RuleMetadata, Severity

META = RuleMetadata("LC321", "amp-dropped", Severity.WARNING, transient=True, correction=CorrectionKind.REMOVAL)

_NAMED = 4
"""Maximum number of keys in a hint."""


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    for dropped in run.dropped_amp:
        what = "no longer serves" if dropped.count.gone > 1 else "may no longer serve"
        yield Issue(
            dropped.places[0],
            f"{dropped.host} {what} AMP pages ({dropped.count.gone} of {dropped.count.pages})",
            hint=_hint(dropped),
            facts={
                "host": dropped.host,
                "gone": dropped.count.gone,
                "pages": dropped.count.pages,
                "articles": dropped.articles,
                "untouched": dropped.untouched,
                "keys": dropped.keys,
                "places": tuple(f"{place.path}:{place.span.line}" for place in dropped.places),
            },
            fix=dropped.fix,
            subject=dropped.host,
        )


def _hint(dropped: DroppedAmp) -> str:
    keys = " and ".join(f"`{key}`" for key in dropped.keys[:_NAMED])
    articles = f"{dropped.articles} articles" if dropped.articles > 1 else "the article"
    if dropped.required:
        return (
            f"Make {keys} optional in the schema, and remove {'it' if len(dropped.keys) == 1 else 'them'} from {articles}."
        )
    return f"Remove {keys} from {articles}."
