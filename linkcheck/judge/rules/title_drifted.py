"""The page's title is no longer the article's.

What it means: neither the page's title nor its `og:title` holds the article's title, or is held by it. Case,
punctuation and the site's name are looked past.

Why it matters: the page may have been rewritten, or taken over by something else. It is a hint and no more.

How to fix it: open the page; take over its title, or name another page.

When to leave it: where the article has a title of its own on purpose.

For example:

    title: "Council rejects plan"                # the page: "Council approves plan after all"
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import owner_of
from linkcheck.judge.options import Options
from linkcheck.judge.titles import letters, may_be_alike
from linkcheck.model import Evidence, Role, Severity

CODE = "LC317"
NAME = "title-drifted"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, _, page in pages(evidence, Role.CANONICAL):
        owner = owner_of(evidence, link)
        ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
        theirs = [title for title in (page.og_title, page.title) if title]
        if letters(ours) and theirs and not any(may_be_alike(ours, title) for title in theirs):
            yield fault_of(
                link,
                f"the page is titled {theirs[0][:200]!r}",
                "Look whether it is still the page that is meant.",
                title=theirs[0][:200],
            )
