"""The page seems to be another one: its title has nothing in common with the article's.

What it means: the words of the page's title, `og:title`, main heading and JSON-LD headline are others than those of the
article's title (less than a quarter in common), and a second sign says the same: the page is on another domain, names
another canonical URL, or was published more than 30 days from the article's date. The page is that of the canonical
URL, or of the original URL where there is no canonical.

Why it matters: pages are replaced under their URL, and domains change hands. Readers then find something else, and Google
takes such a page for a soft 404 (Google Search Central, "HTTP status codes, network and DNS errors").

How to fix it: open the page. If it is another one, replace the URL with the page's new address or an archived copy.

When to leave it: where the page is right and only its title has changed. Nothing is reported where one sign stands alone,
as with a new headline, a translation or an SEO title; where a title is too short to tell ("AI") or is nothing but the
site's name; and where another rule says already that the page is not what it was (LC208 to LC210, LC226 to LC228).

For example:

    title: "Council rejects plan"                # the page: "Best online casinos", of another year
"""

from collections.abc import Iterator

from linkcheck.judge.drift import strangers
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC317"
NAME = "title-drifted"
SEVERITY = Severity.WARNING

_HINT = "Open it. If it is another page, replace the URL with the page's new address or an archived copy."


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, title, signs in ((each.link, each.title[:200], each.signs) for each in strangers(evidence, options)):
        message = f"the page's title {title!r} has nothing in common with the article's, and {', and '.join(signs)}"
        yield fault_of(link, message, _HINT, title=title, signs=signs)
