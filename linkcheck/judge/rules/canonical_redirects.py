"""The canonical URL redirects permanently.

What it means: the article's canonical URL returns 301 or 308 and leads to a different URL, or its page forwards readers
immediately by a meta refresh of 0 seconds, which Google treats as a permanent redirect.

Why it matters: a canonical URL should not redirect. Search engines use the other URL, and links and counts are split
between the two.

How to fix it: update the URL. `linkcheck fix` can do this when it is safe: the new URL is on the same host, and the new
page has the article's title and a second sign, such as its date or the number in the old URL. Otherwise open the new
page first, because a domain may have a new owner, or the new URL may be a section page, a translation, a print version
or another issue; then `linkcheck fix --unsafe` can do this. A search page is never written.

When to ignore it: never on your own site; on other sites, until you revise the article. The rule stays quiet for
identifiers such as DOIs. If the new page declares the old URL as canonical, the two contradict each other and
signals-disagree is reported instead. A refresh to an address that does not identify an article, such as `/app`, is
info, because it may lead to a wall; a refresh to a known wall is login-or-consent.

Source: Google Search Central, "Redirects and Google Search"; RFC 9110, sections 15.4.2 and 15.4.9.

Topics: canonical, redirects

Example:
    webUrl: https://example.com/old              # 301 to https://example.com/new
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered, moved
from linkcheck.judge.comparison.replacements import issue_of_move
from linkcheck.judge.issue import Issue, milder, unsafe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import owner_of
from linkcheck.judge.titles.compare_titles import may_be_alike
from linkcheck.judge.url_traits.redirect_chain import instant_refresh, move_of, replacement
from linkcheck.model import CorrectionKind, Evidence, Fact, Link, Outcome, RefusalReason, Role, RuleMetadata, Severity
from linkcheck.urls import InvalidUrl, names_article, parse_url

META = RuleMetadata(
    "LC301",
    "canonical-redirects",
    Severity.WARNING,
    correction=CorrectionKind.REDIRECT,
    refusal=RefusalReason.MESSAGE,
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, move in moved(evidence):
        if move.trivial is None and link.role is Role.CANONICAL:
            message = f"the canonical URL has moved permanently to {move.url}{_titled(evidence, link, outcome, options)}"
            yield issue_of_move(evidence, link, outcome, move, options=options, message=message)
    yield from _refreshes(evidence)


def _titled(evidence: Evidence, link: Link, outcome: Outcome, options: JudgeOptions) -> str:
    """The new page's title, unless it may be the article's: what shows whether it is another page."""
    page = None if outcome.answer is None else outcome.answer.page
    owner = owner_of(evidence, link)
    ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
    theirs = [] if page is None else [title for title in (page.title, page.og_title) if title]
    if not ours or not theirs or any(may_be_alike(ours, title) for title in theirs):
        return ""
    return f", a page titled {theirs[0][:200]!r}"


def _refreshes(evidence: Evidence) -> Iterator[Issue]:
    """Pages that refresh immediately. The new page was not requested, so the change needs a review."""
    for link, outcome, answer in answered(evidence):
        to = instant_refresh(answer)
        if to is None or link.role is not Role.CANONICAL or move_of(outcome) is not None:
            continue
        facts: dict[str, Fact] = {"refresh": to}
        fix, hint = None, "Open it. If the page is gone, replace the URL with its new address or an archived copy."
        is_article = _is_article(outcome.url, to)
        if is_article and not (outcome.url.startswith("https:") and to.startswith("http:")):
            facts["expected"] = replacement(link, to)
            fix, hint = unsafe("the page behind the refresh was not requested"), "Update the URL."
        message = f"the canonical URL forwards immediately to {to}, which counts as a permanent redirect"
        issue = Issue(link.location, message, link.url, hint, facts, fix)
        yield issue if is_article else milder(issue, Severity.INFO)


def _is_article(old: str, new: str) -> bool:
    """Whether a URL identifies an article, or keeps the name in the old one, and cannot be that of a wall."""
    try:
        before, after = parse_url(old).path, parse_url(new).path
    except InvalidUrl:
        return False
    return names_article(after) or _last(before) == _last(after) != ""


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
