"""Whether an article is published yet: until it is, its own pages need not answer."""

from linkcheck.judge.look import is_own
from linkcheck.judge.options import Options
from linkcheck.model import Article, Evidence, Role

AWAITING = frozenset(
    (
        "dead",
        "gone-domain",
        "soft-404",
        "redirect-to-home",
        "login-or-consent",
        "unreachable",
        "amp-cache-dead",
        "amp-cache-retired",
    )
)
"""Names of the rules that an article's own pages may break before it is published."""

_PAGES = (Role.CANONICAL, Role.AMP, Role.AMP_CACHE)


def unpublished(article: Article, options: Options, *, is_new: bool = False) -> str | None:
    """Why an article is not published yet, in one clause, or None where it is.

    `is_new` says that the change under check brought it. An article counts as published `options.grace_days` after its
    date; without a date, or with one that cannot be read, only `published: false`, `draft: true` and `is_new` count.
    """
    if article.data.get("published") is False:
        return "it is marked `published: false`"
    if article.data.get("draft") is True:
        return "it is marked `draft: true`"
    if is_new:
        return "it is new in this change"
    return _by_date(article, options)


def pages_awaited(evidence: Evidence) -> frozenset[str]:
    """The pointers of an unpublished article's own pages, which need not answer yet."""
    if evidence.unpublished is None:
        return frozenset()
    links = (sighting.link for sighting in evidence.sightings)
    return frozenset(link.location.pointer for link in links if link.role in _PAGES and is_own(link.location.pointer))


def _by_date(article: Article, options: Options) -> str | None:
    from datetime import timedelta

    from linkcheck.judge.dates import moment

    now = moment(options.now)
    if now is None:
        return None
    for key in options.date_keys:
        date = moment(article.data.get(key))
        if date is None:
            continue
        if date > now:
            return f"it is dated in the future ({article.data[key]})"
        if date + timedelta(days=options.grace_days) > now:
            return f"it is dated {article.data[key]}, less than {options.grace_days:g} days ago"
        return None
    return None
