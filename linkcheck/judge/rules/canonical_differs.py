"""The page declares a different canonical URL.

What it means: the page at the article's canonical URL declares a different page as canonical, by `rel=canonical` in its
head or its `Link` header.

Why it matters: search engines follow the page. Either the article contains the URL of a copy, or the page is configured
incorrectly.

How to fix it: open the URL that the page declares. If it shows the article, use it; `linkcheck fix` never writes it,
because pages often declare the wrong canonical URL. Keep your URL when the page must be corrected: when it declares a
home page or a section, a staging or private host, a copy in an archive or on an AMP cache, a placeholder such as
`undefined`, an http URL, one with tracking or session parameters, one that was dead, suspect or unreachable in this
run, or one that several pages of the site declare. The hint says which, and on sites that are not yours the finding is
info.

When to ignore it: if the other URL is the original that was syndicated, and you mean the copy. It is info when the page
declares the URL without its query: the query may be unnecessary, or the template omits the part that selects the
article. The rule stays quiet for an original URL, which does not claim to be canonical, and for a URL with a fragment
that a script reads as a path (`#/a`, `#!/a`), because the server never receives it. Paths and queries are
case-sensitive (RFC 3986, 6.2.2.1): `/A` and `/a` are different pages.

Source: RFC 6596, section 3; Google Search Central, "How to specify a canonical URL".

Topics: canonical

Example:
    webUrl: https://msn.example/a                # declares https://example.com/original
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.canonicals import OtherCanonical, is_spelling, other_canonicals, why_broken
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.ownership import is_own_host
from linkcheck.judge.select import LIVING
from linkcheck.judge.url_traits.copy_hosts import ARCHIVED, copy_of
from linkcheck.model import DeclaredCanonical, Evidence, RuleMetadata, Severity, VerdictKind
from linkcheck.urls import InvalidUrl, parse_url

META = RuleMetadata("LC302", "canonical-differs", Severity.WARNING)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for other in other_canonicals(evidence):
        if is_spelling(other.difference):
            continue
        broken = why_broken(evidence, other.link, other.url, options)
        issue = issue_of(
            other.link,
            f"the page declares a different canonical URL: {other.url} ({other.difference})",
            _hint(evidence, other) if broken is None else f"Keep your URL: {broken}. On your own site, correct the page.",
            canonical=other.url,
            difference=other.difference.kinds,
        )
        is_of_others = broken is not None and not _is_on_own_host(other.outcome.url, options)
        is_archived = copy_of(other.link.url) == ARCHIVED  # which declares the original, and may be all that is left
        yield milder(issue, Severity.INFO) if is_of_others or is_archived or other.difference.drops_query else issue


def _is_on_own_host(url: str, options: JudgeOptions) -> bool:
    try:
        return is_own_host(parse_url(url).host, options)
    except InvalidUrl:
        return False


def _hint(evidence: Evidence, other: OtherCanonical) -> str:
    if other.difference.drops_query:
        return "Compare both in a browser. If the query selects the article, keep your URL."
    verdict = evidence.declared_canonicals.get(other.url, DeclaredCanonical()).verdict
    if verdict is not None and verdict.kind in LIVING:
        return "Open the URL that it declares. If it shows this article, use it."
    if verdict is not None and verdict.kind is VerdictKind.BLOCKED:
        unseen = f"which linkcheck could not check ({verdict.reason})"
        return f"Open the URL that it declares, {unseen}. If it shows this article, use it."
    return "Open the URL that it declares, which was not requested. If it shows this article, use it."
