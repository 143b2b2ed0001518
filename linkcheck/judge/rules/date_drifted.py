"""The page's date is no longer the article's.

What it means: the day on which the page says it was published is more than two days from the article's.

Why it matters: the page may have been rewritten or replaced under the same URL. It is a hint and no more.

How to fix it: open the page; take over its date, or name another page.

When to leave it: where the site gives its pages a new date with each change.

For example:

    publishedDateTime: 2021-06-18T10:57:00Z      # the page: 2024-01-09
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import owner_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity

CODE = "LC318"
NAME = "date-drifted"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, _, page in pages(evidence, Role.CANONICAL):
        if page.published is None:
            continue
        from linkcheck.timestamps import moment_of

        owner = owner_of(evidence, link)
        theirs = moment_of(page.published)
        ours = next((date for key in options.date_keys if (date := moment_of(owner.get(key))) is not None), None)
        if ours is not None and theirs is not None and abs(ours - theirs).days > options.drift_days:
            yield fault_of(
                link,
                f"the page says it was published on {theirs:%Y-%m-%d}, the article says {ours:%Y-%m-%d}",
                "Look whether it is still the page that is meant.",
                published=page.published[:64],
            )
