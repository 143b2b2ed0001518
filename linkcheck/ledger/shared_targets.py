"""Targets that several articles have, and the links to them: the same page twice, an image with different sizes."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from linkcheck.ledger.tables import LINKS_TO
from linkcheck.model import DuplicateLink, Link, Role, VerdictKind
from linkcheck.urls import InvalidUrl, names_article, page_key, parse_url, route_of

DUPLICATES_SHOWN = 10
"""Duplicate links listed per URL: a provider's lead image may be in every article."""
_GROUPS_KEPT = 1024
"""Groups of targets whose first links are kept for the next article that has one of them."""
_OWN_PAGE = (
    "pointer NOT LIKE '/%/%' AND (role = 'canonical' OR (role = 'original' AND NOT EXISTS "
    "(SELECT 1 FROM shared_link AS beside WHERE beside.article = link.article AND beside.role = 'canonical' "
    "AND beside.pointer NOT LIKE '/%/%')))"
)
"""Role of a link: the article's own page, not an entry of `related`."""

_links = msgspec.msgpack.Decoder(Link)


class SharedTargets:
    """The targets of a run that several articles have and that rules need; most are not, and cost nothing later."""

    def __init__(self, database: sqlite3.Connection, run: int) -> None:
        database.create_function("page", 4, _page, deterministic=True)
        database.create_function("route", 1, _route, deterministic=True)
        self._database = database
        self._run = run
        self._groups = dict(self._find())
        self._shared = frozenset(target for target, _ in self._groups)
        self._first = lru_cache(_GROUPS_KEPT)(self._read)

    def __contains__(self, target: int) -> bool:
        """Whether several articles may have a target, by one route or another."""
        return target in self._shared

    def links_elsewhere(self, target: int, link: Link, article: int) -> tuple[DuplicateLink, ...] | None:
        """The first links of other articles to the target of a link; None unless several articles have it."""
        route = route_of(link.url)
        targets = self._groups.get((target, route))
        if targets is None:
            return None
        others = (each for owner, each in self._first(targets, route) if owner != article)
        return tuple(each for each, _ in zip(others, range(DUPLICATES_SHOWN), strict=False))

    def _find(self) -> Iterator[tuple[tuple[int, str], tuple[int, ...]]]:
        """A target and a route (`urls.route_of`), with all targets, itself included, that are the same image or page."""
        images = self._database.execute(
            "SELECT target FROM link WHERE run = ? AND role = ? AND width IS NOT NULL AND height IS NOT NULL "
            "GROUP BY target HAVING count(DISTINCT number) > 1 AND count(DISTINCT width || 'x' || height) > 1",
            (self._run, Role.IMAGE.value),
        )
        for (target,) in images:
            yield (target, ""), (target,)
        pages = self._database.execute(
            "SELECT group_concat(DISTINCT target), page(url, target.verdict, landing, link.record) AS key "
            "FROM link JOIN target ON target.run = link.run AND target.id = link.target "
            f"WHERE link.run = ? AND {_OWN_PAGE} "
            "GROUP BY key HAVING key IS NOT NULL AND count(DISTINCT number) > 1",
            (self._run,),
        )
        for joined, key in pages:
            targets = tuple(map(int, str(joined).split(",")))
            for target in targets:
                yield (target, route_of(key)), targets

    def _read(self, targets: tuple[int, ...], route: str) -> tuple[tuple[int, DuplicateLink], ...]:
        """The first links to targets, each with its article: enough of them without those of any one article."""
        rows = self._database.execute(
            "SELECT link.article, link.record, link.width, link.height "
            f"FROM {LINKS_TO} JOIN shared_article ON shared_article.id = link.article "
            f"WHERE run = ? AND link.address IN ({', '.join(map(str, targets))}) "
            f"AND (role = ? OR ({_OWN_PAGE} AND route(link.record) = ?)) ORDER BY path, link.id",
            (self._run, Role.IMAGE.value, route),
        )
        found: list[tuple[int, DuplicateLink]] = []
        of_article: Counter[int] = Counter()
        for article, record, width, height in rows:
            if of_article[article] == DUPLICATES_SHOWN:
                continue
            link = _links.decode(record)
            found.append((article, DuplicateLink(link.location, link.role, width, height, link.url)))
            of_article[article] += 1
            if len(found) - max(of_article.values()) == DUPLICATES_SHOWN:
                break
        return tuple(found)


def _route(link: bytes) -> str:
    return route_of(_links.decode(link).url)


def _page(url: str, verdict: str | None, landing: str | None, link: bytes) -> str | None:
    """The key for grouping links: the page, or the one it has moved to if that URL identifies an article.

    None if it is not a page on the web: a placeholder, a relative URL, another scheme.
    """
    if verdict == VerdictKind.MOVED and landing is not None and _is_article(landing):
        return page_key(landing + _route(link))
    return page_key(url + _route(link))


def _is_article(url: str) -> bool:
    try:
        return names_article(parse_url(url).path)
    except InvalidUrl:
        return False
