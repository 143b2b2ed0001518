"""The page seems to be a different one: its title has nothing in common with the article's.

What it means: the page's title, `og:title`, main heading and JSON-LD headline have nothing in common with the article's
title, neither words nor parts of words nor (in Chinese and Japanese) characters, and a second sign confirms it:
redirects lead to another owner's site, the page declares a different canonical URL on its site, or it was published
more than 30 days after the article, at a URL that describes the article, and its site has a different name than the
publisher. That name is in `og:site_name`, in `publisher` of its JSON-LD or at the end of its title. If the titles may
be translations, or one may be just a name, two of these signs are required; such a date and such a name count as two.
The page is that of the canonical URL, or of the original URL when there is no canonical.

Why it matters: pages are replaced at the same URL, and domains change hands. Readers then find something else, and
Google treats such a page as a soft 404 (Google Search Central, "HTTP status codes, network and DNS errors").

How to fix it: open the page. If it is a different one, replace the URL with the page's new address or an archived copy.

When to ignore it: if the page is correct and only its title has changed. The rule stays quiet for one sign alone, such
as a new headline, a translation or an SEO title, and for a page that is kept up to date and has a new headline and date
(date-mismatch reports the date). A name counts as another site's only if it shares no word or initials with the
publisher's name or host, is in the same script, and is not a section in the URL. A page that was published within 30
days of the article's date is never reported. A short link, a similar domain (`bbc.co.uk`, `bbc.com`), an unchanged
path, and a page title whose words are in the article's URL or excerpt are not signs. Neither is a title without
meaning: too short ("AI"), the site's name and slogan, "Loading...", "Watch live", the name of a file.

Source: Google Search Central, "HTTP status codes, network and DNS errors" (soft 404). The measure of similarity is
linkcheck's own judgment.

Topics: texts, page-content

Example:
    title: "Council rejects plan"                # the page: "Best online casinos", of another year
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.other_page import strangers, title_place
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC317", "title-mismatch", Severity.WARNING)

_HINT = "Open it. If it is another page, replace the URL with the page's new address or an archived copy."


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, title, signs in ((each.link, each.title[:200], each.signs) for each in strangers(evidence, options)):
        message = f"the page's title {title!r} has nothing in common with the article's, and {', and '.join(signs)}"
        yield issue_of(link, message, _HINT, title=title, signs=signs, compared_with=title_place(evidence, link, options))
