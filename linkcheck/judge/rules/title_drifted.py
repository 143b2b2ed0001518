"""The page's title is no longer the article's.

What it means: neither the page's title nor its `og:title` holds the article's title, or is held by it. Case,
punctuation and the site's name are looked past.

Why it matters: the page may have been rewritten, or taken over by something else. It is a hint and no more.

How to fix it: open the page; take over its title, or name another page.

When to leave it: where the article has a title of its own on purpose.

For example:

    title: "Council rejects plan"                # the page: "Council approves plan after all"
"""

import re
from collections.abc import Iterator
from unicodedata import normalize

from linkcheck.judge.answers import pages
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import owner_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity

CODE = "LC317"
NAME = "title-drifted"
SEVERITY = Severity.INFO

_LONGEST = 1000
_SHORTEST = 8
"""Letters a title must have to be recognised within another."""


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, _, page in pages(evidence, Role.CANONICAL):
        owner = owner_of(evidence, link)
        ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
        theirs = [title for title in (page.og_title, page.title) if title]
        if _letters(ours) and theirs and not any(_alike(ours, title) for title in theirs):
            yield fault_of(
                link,
                f"the page is titled {theirs[0][:200]!r}",
                "Look whether it is still the page that is meant.",
                title=theirs[0][:200],
            )


def _alike(ours: str, theirs: str) -> bool:
    a, b = _letters(ours), _letters(theirs)
    if a == b or not b:
        return True
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= _SHORTEST and shorter in longer


def _letters(title: str) -> str:
    # Accents may be written in two ways, and are dropped by some sites: they are looked past.
    return re.sub(r"[\W_]+", "", normalize("NFKD", title[:_LONGEST]).casefold())
