"""Reads the facts of a run, article by article, as rules need them."""

import hashlib
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.ledger.encoded_evidence import EncodedEvidence, Notes, verdict_of
from linkcheck.ledger.outcomes import OUTCOME
from linkcheck.ledger.shared_rows import address_of
from linkcheck.ledger.shared_targets import SharedTargets
from linkcheck.ledger.tables import LINK_VERDICT, OF_PATH
from linkcheck.model import (
    Article,
    DeclaredCanonical,
    DuplicateLink,
    Evidence,
    Link,
    LocalFile,
    Namesake,
    Role,
    SharedValue,
    Skip,
    UniqueValue,
    Verdict,
    VerdictKind,
    Violation,
)
from linkcheck.urls import InvalidUrl, page_key, parse_url, route_of

BATCH = 256
"""Articles per query."""
NAMESAKES_SHOWN = 11
"""Namesakes listed per article."""

CLAIMS_SHOWN = 20
"""Other places listed per unique value."""

_ENOUGH_PAGES = 3
"""Pages of a host that declare one canonical URL before that is evidence."""


class _ArchiveFacts(Struct, frozen=True):
    """Facts that require all articles.

    `named` counts the pages of a host that declare a canonical URL, by both; `silent` are hosts none of whose pages
    answered. `claims` counts the places of values that are marked as unique, but occur several times.
    """

    shared: SharedTargets | None = None
    named: Mapping[tuple[str, str], int] = {}
    silent: frozenset[str] = frozenset()
    claims: Mapping[bytes, int] = {}


_articles = msgspec.msgpack.Decoder(Article)
_violations = msgspec.msgpack.Decoder(tuple[Violation, ...])
_links = msgspec.msgpack.Decoder(Link)
_skips = msgspec.msgpack.Decoder(Skip)
_unique = msgspec.msgpack.Decoder(UniqueValue)
_locals = msgspec.msgpack.Decoder(LocalFile)


_notes = msgspec.msgpack.Decoder(Notes)


_LINKS = (
    f"SELECT target.id, link.record, link.skip, link.local, url, host, closeness, {LINK_VERDICT}, {OUTCOME} "
    "FROM shared_link AS link JOIN target ON target.run = ? AND target.id = link.address WHERE link.article = ? "
    "ORDER BY link.id"
)
_OWN_COLUMNS = 1
"""Of `_LINKS`, before those of `EncodedEvidence`."""


class _DeclaringPage(Struct):
    canonicals: tuple[str, ...] = ()


class _DeclaringAnswer(Struct):
    url: str
    page: _DeclaringPage | None = None


class _Declaring(Struct):
    """The part of an outcome that says which page it declares to be."""

    url: str
    answer: _DeclaringAnswer | None = None


class _UniqueValues(Struct):
    """The part of `Notes` that is compared with other articles."""

    unique: tuple[UniqueValue, ...] = ()


_declaring = msgspec.msgpack.Decoder(_Declaring)
_unique_values = msgspec.msgpack.Decoder(_UniqueValues)


def read_evidence(
    database: sqlite3.Connection, run: int, *, roles: Sequence[Role] = (), kinds: Sequence[VerdictKind] = ()
) -> Iterator[EncodedEvidence]:
    """All facts of a run, article by article in the order of their paths.

    With `roles`, only of articles with a link of one of these roles that was requested; with `kinds`, whose target has one
    of these verdicts.
    """
    some = "" if not roles else f"AND EXISTS ({_requested(roles, kinds)}) "
    across = _ArchiveFacts(SharedTargets(database, run), _named_by_many(database, run), _silent_hosts(database, run))
    across = replace(across, claims=_shared_claims(database, run))
    namesakes = _namesakes_by_article(database, run)
    # Numbers instead of a cursor, because findings are written while articles are read.
    numbers = array(
        "q",
        (
            row
            for (row,) in database.execute(f"SELECT number FROM article WHERE run = ? {some}ORDER BY path, number", (run,))
        ),
    )
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        several = ",".join("?" * len(batch))
        rows = database.execute(
            f"SELECT number, id, record, violations, notes FROM article WHERE run = ? AND number IN ({several})",
            (run, *batch),
        )
        found = {number: columns for number, *columns in rows}
        for number in batch:
            row, *records = found[number]
            known = _namesakes(database, run, namesakes[number], number) if number in namesakes else ()
            yield _evidence(database, run, row, records, across, namesakes=known)


def _requested(roles: Sequence[Role], kinds: Sequence[VerdictKind]) -> str:
    """The query for the requested links of an article, by role and verdict."""
    named = ", ".join(f"'{role.value}'" for role in roles)
    judged = f"AND target.verdict IN ({', '.join(repr(kind.value) for kind in kinds)}) " if kinds else ""
    return (
        "SELECT 1 FROM shared_link AS link JOIN target ON target.id = link.address "
        f"WHERE link.article = article.id AND link.role IN ({named}) AND target.run = article.run {judged}"
        "AND target.outcome IS NOT NULL"
    )


def read_evidence_of(database: sqlite3.Connection, run: int, path: str) -> Evidence | None:
    """All facts about one article except duplicates; None if the run has no such article."""
    row = database.execute(
        f"SELECT id, record, violations, notes FROM {OF_PATH} WHERE run = ? AND path = ? ORDER BY number LIMIT 1",
        (run, path),
    ).fetchone()
    return None if row is None else _evidence(database, run, row[0], row[1:], _ArchiveFacts()).decode()


def _evidence(
    database: sqlite3.Connection,
    run: int,
    article: int,
    records: Sequence[bytes],
    across: _ArchiveFacts,
    *,
    namesakes: tuple[Namesake, ...] = (),
) -> EncodedEvidence:
    """`records` are the article, its violations and the facts from outside it, encoded."""
    record, violations, notes = records
    links = database.execute(_LINKS, (run, article)).fetchall()
    unique = _unique_values.decode(notes).unique if across.claims else ()
    return EncodedEvidence(
        record,
        violations,
        notes,
        [row[_OWN_COLUMNS:] for row in links],
        _duplicates(links, article, across.shared) if across.shared is not None else {},
        _named(database, run, links, across),
        tuple(_shared_values(database, run, unique, across.claims)),
        namesakes,
    )


def _duplicates(
    links: Sequence[tuple[Any, ...]], article: int, shared: SharedTargets
) -> dict[str, tuple[DuplicateLink, ...]]:
    found: dict[str, tuple[DuplicateLink, ...]] = {}
    for target, record, _, _, url, *_ in links:
        if target in shared:
            link = _links.decode(record)
            if (elsewhere := shared.links_elsewhere(target, link, article)) is not None:
                found.setdefault(url + route_of(link.url), elsewhere)
    return found


def _named(
    database: sqlite3.Connection, run: int, links: Sequence[tuple[Any, ...]], across: _ArchiveFacts
) -> dict[str, DeclaredCanonical]:
    found = {}
    for _, _, skip, _, _, of_link, _, _, _, outcome, *_ in links:
        for named in () if outcome is None or skip is not None else _others_named(outcome):
            url, host = _address(named)
            row = database.execute(
                "SELECT verdict, reason FROM target WHERE run = ? AND id = ? AND asked",
                (run, address_of(database, run, url)),
            ).fetchone()
            verdict = None if row is None or row[0] is None else verdict_of(*row)
            if verdict is None and host in across.silent:
                verdict = Verdict(VerdictKind.UNREACHABLE, f"no page of {host} answered")
            found[named] = DeclaredCanonical(verdict, across.named.get((of_link, named), 1))
    return found


def _others_named(outcome: bytes) -> tuple[str, ...]:
    """The canonical URLs that a page declares other than its own address."""
    found = _declaring.decode(outcome)
    if found.answer is None or found.answer.page is None:
        return ()
    return tuple(url for url in found.answer.page.canonicals if url not in (found.url, found.answer.url))


def _address(url: str) -> tuple[str, str]:
    """A URL in its normalized form, and its host."""
    try:
        parsed = parse_url(url)
    except InvalidUrl:
        return url, ""
    return parsed.href, parsed.host


def _named_by_many(database: sqlite3.Connection, run: int) -> dict[tuple[str, str], int]:
    """Canonical URLs that several other pages of a host declare: its template is broken."""
    database.create_function("named", 1, _first_named, deterministic=True)
    database.create_function("key", 1, page_key, deterministic=True)
    rows = database.execute(
        "SELECT host, named, count(DISTINCT key(url)) AS pages FROM "
        "(SELECT host, url, named(outcome) AS named FROM target WHERE run = ? AND outcome IS NOT NULL "
        "AND id IN (SELECT target FROM link WHERE run = ? AND role = ?)) "
        "WHERE named IS NOT NULL AND key(named) IS NOT key(url) GROUP BY host, named HAVING pages >= ?",
        (run, run, Role.CANONICAL.value, _ENOUGH_PAGES),
    )
    return {(host, named): pages for host, named, pages in rows}


def _first_named(blob: bytes) -> str | None:
    return next(iter(_others_named(blob)), None)


def _silent_hosts(database: sqlite3.Connection, run: int) -> frozenset[str]:
    rows = database.execute(
        "SELECT host FROM target WHERE run = ? AND asked AND verdict IS NOT NULL GROUP BY host "
        "HAVING max(answered) = 0 AND min(verdict IN (?, ?))",
        (run, VerdictKind.DEAD.value, VerdictKind.UNREACHABLE.value),
    )
    return frozenset(host for (host,) in rows)


def hash_of(unique: UniqueValue) -> bytes:
    """The same for unique values that are equal."""
    return hashlib.blake2b(unique.identity.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _shared_claims(database: sqlite3.Connection, run: int) -> dict[bytes, int]:
    rows = database.execute("SELECT hash, count(*) FROM claim WHERE run = ? GROUP BY hash HAVING count(*) > 1", (run,))
    return dict(rows.fetchall())


def _shared_values(
    database: sqlite3.Connection, run: int, values: tuple[UniqueValue, ...], shared: Mapping[bytes, int]
) -> Iterator[SharedValue]:
    for unique in values if shared else ():
        if (identity := hash_of(unique)) in shared:
            rows = database.execute(
                "SELECT record FROM claim WHERE run = ? AND hash = ? ORDER BY path, pointer LIMIT ?",
                (run, identity, CLAIMS_SHOWN + 1),
            ).fetchall()
            found = [_unique.decode(record) for (record,) in rows]
            others = tuple(each for each in found if each.location != unique.location)[:CLAIMS_SHOWN]
            yield SharedValue(unique, others, shared[identity] - 1)


def unpublished_of_notes(notes: bytes) -> tuple[str | None, bool]:
    """Why an article is not published yet, and whether the change under check added it."""
    found = _notes.decode(notes)
    return found.unpublished, found.is_new


def day_of_notes(notes: bytes) -> str | None:
    """The known day of an article, for SQL."""
    return _notes.decode(notes).day


def _namesakes_by_article(database: sqlite3.Connection, run: int) -> dict[int, tuple[int, ...]]:
    """Articles with those, themselves included, that have the same title and day; most have none."""
    database.create_function("headline", 1, lambda notes: _notes.decode(notes).headline, deterministic=True)
    groups = database.execute(
        "SELECT group_concat(number) FROM (SELECT number, headline(notes) AS headline FROM article WHERE run = ? "
        "ORDER BY path, number) "
        "WHERE headline IS NOT NULL GROUP BY headline HAVING count(*) > 1",
        (run,),
    )
    alike = [tuple(map(int, str(joined).split(","))) for (joined,) in groups]
    return {row: rows for rows in alike for row in rows}


def _namesakes(database: sqlite3.Connection, run: int, rows: tuple[int, ...], own: int) -> tuple[Namesake, ...]:
    """The first of those before an article; `rows` are in the order of their paths."""
    found = []
    for row in takewhile(lambda each: each != own, rows[:NAMESAKES_SHOWN]):
        article, record = database.execute(
            "SELECT id, record FROM article WHERE run = ? AND number = ?", (run, row)
        ).fetchone()
        pages = database.execute(
            "SELECT url, link.record FROM shared_link AS link JOIN address ON address.id = link.address WHERE article = ? "
            "AND role IN (?, ?) AND pointer NOT LIKE '/%/%' ORDER BY link.id",
            (article, Role.CANONICAL.value, Role.ORIGINAL.value),
        ).fetchall()
        found.append(
            Namesake(_articles.decode(record), tuple(url + route_of(_links.decode(link).url) for url, link in pages))
        )
    return tuple(found)
