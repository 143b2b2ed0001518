"""The canonical URL is the URL of a copy, or redirects to the page.

What it means: the URL leads to an AMP cache or viewer, a web archive, a reading app, a translation, a proxy, a short
link, or a redirect of a feed, a newsletter, a mail program or a search engine, and not to the page itself. It is info
for a web archive, whose copy may be all that is left, and when the URL is the page's own, with tracking parameters or a
fragment.

Why it matters: the canonical URL represents the original, which a copy cannot do. Short links and caches are shut down,
and Google advises against fragments in canonical URLs.

How to fix it: use the URL of the original page; remove tracking parameters and the fragment.

When to ignore it: if the original is gone and the copy is all that is left. The rule stays quiet for the services' own
pages; for AMP and mobile pages on the publisher's own host, which canonical-differs recognizes by what the page
declares; for fragments that a script reads as a path (`#/a`, `#!/a`); for tracking parameters when the page declares
its canonical URL (canonical-variant), when the site redirects to the URL without them (trivial-redirect), or when they
identify a reader (secret-or-staging-url); and for a short link that redirects permanently (canonical-redirects).

Source: Google Search Central, "How to specify a canonical URL". The list of services is linkcheck's own judgment.

Topics: canonical, urls, amp

Example:
    webUrl: https://www.google.com/amp/s/example.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import is_own
from linkcheck.judge.url_traits.copy_hosts import ARCHIVED, copy_of, may_hold_copies
from linkcheck.judge.url_traits.secrets import personal_parameter
from linkcheck.model import Evidence, Link, LinkResult, Role, RuleMetadata, Severity, VerdictKind
from linkcheck.urls import is_below, route_of, same_page

META = RuleMetadata("LC320", "canonical-is-copy", Severity.WARNING)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        link = result.link
        excluded = result.skip is not None and result.skip.kind != "offline"
        if link.role is not Role.CANONICAL or excluded or result.local is not None:
            continue
        what = copy_of(link.url) if may_hold_copies(result.target.host) else None
        if what is None:
            yield from _additions(result)
        elif not (options.base_url and is_below(link.url, options.base_url)) and not _moves(result):
            named = _named(result)
            hint = "Use the URL of the original page."
            if named is not None and not _is_broken(evidence, link, named, options):
                hint = f"If it is the original page, use {named}"
            elif what == ARCHIVED:
                hint = "If the original page still exists, use its URL."
            issue = issue_of(link, f"the canonical URL is {what}, not the page itself", hint, canonical=named, copy=what)
            yield milder(issue, Severity.INFO) if what == ARCHIVED else issue


def _additions(result: LinkResult) -> Iterator[Issue]:
    """Parts of an article's own canonical URL that do not belong to the page's address."""
    link = result.link
    if not ("?" in link.url or "#" in link.url) or not is_own(link.location.pointer):
        return
    address, _, fragment = link.url.partition("#")
    plain = address.partition("?")[0]
    added = same_page(address, plain) if plain != address else None
    is_tracked = added is not None and "tracking" in added.kinds
    is_reported = _moves(result) or _named(result) is not None or personal_parameter(link.url) is not None
    if is_tracked and not is_reported:
        yield _addition(result, "tracking parameters", "Remove the tracking parameters.")
    elif fragment and not route_of(link.url):
        yield _addition(result, f"a fragment, `#{fragment[:40]}`", "Remove the fragment.")


def _addition(result: LinkResult, what: str, hint: str) -> Issue:
    link = result.link
    return Issue(link.location, f"the canonical URL has {what}", link.url, hint, severity=Severity.INFO)


def _is_broken(evidence: Evidence, link: Link, canonical: str, options: JudgeOptions) -> bool:
    from linkcheck.judge.comparison.canonicals import why_broken  # imported here: it loads the modules about answers

    return why_broken(evidence, link, canonical, options) is not None


def _moves(result: LinkResult) -> bool:
    return result.outcome is not None and result.verdict.kind is VerdictKind.MOVED


def _named(result: LinkResult) -> str | None:
    """The canonical URL that the page declares, if it is not on a host of copies."""
    answer = None if result.outcome is None else result.outcome.answer
    page = None if answer is None else answer.page
    if page is None or not page.canonicals or copy_of(page.canonicals[0]) is not None:
        return None
    return page.canonicals[0]
