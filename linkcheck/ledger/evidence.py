"""Reads the facts of a run, article by article, as rules need them."""

import hashlib
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.ledger.outcomes import OUTCOME, join
from linkcheck.ledger.shared_rows import address_of
from linkcheck.ledger.shared_targets import SharedTargets
from linkcheck.ledger.tables import LINK_VERDICT, OF_PATH
from linkcheck.model import (
    CLOSENESS,
    Article,
    DeclaredCanonical,
    DuplicateLink,
    Evidence,
    FormerFinding,
    Link,
    LinkResult,
    LocalFile,
    Namesake,
    Outcome,
    Role,
    SharedValue,
    Skip,
    Target,
    UniqueValue,
    UnknownReference,
    Verdict,
    VerdictKind,
    Violation,
    as_page,
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


_outcomes = msgspec.msgpack.Decoder(Outcome)
_articles = msgspec.msgpack.Decoder(Article)
_violations = msgspec.msgpack.Decoder(tuple[Violation, ...])
_links = msgspec.msgpack.Decoder(Link)
_skips = msgspec.msgpack.Decoder(Skip)
_unique = msgspec.msgpack.Decoder(UniqueValue)
_locals = msgspec.msgpack.Decoder(LocalFile)


class Notes(Struct, frozen=True):
    """Facts about an article from outside it: see the fields of the same names in `Evidence`."""

    changed: tuple[str, ...] | None = None
    required: tuple[tuple[str, str], ...] = ()
    former: tuple[FormerFinding, ...] = ()
    written_lines: tuple[tuple[int, int], ...] = ()
    unpublished: str | None = None
    is_new: bool = False
    """Whether the change under check added the article."""
    headline: str | None = None
    """Normalized title, equal for articles with the same title; None if too little is known."""
    day: str | None = None
    """The day of publication, as written."""
    unique: tuple[UniqueValue, ...] = ()
    """What the schema marks as unique, whether or not it is."""
    unknown_references: tuple[UnknownReference, ...] = ()


_notes = msgspec.msgpack.Decoder(Notes)


def read_evidence(database: sqlite3.Connection, run: int, *, role: Role | None = None) -> Iterator[Evidence]:
    """All facts of a run, article by article in the order of their paths.

    With `role`, only of articles with a link of this role that was requested.
    """
    some = (
        ""
        if role is None
        else (
            "AND EXISTS (SELECT 1 FROM shared_link AS link JOIN target ON target.id = link.address "
            f"WHERE link.article = article.id AND link.role = '{role.value}' AND target.run = article.run "
            "AND target.outcome IS NOT NULL) "
        )
    )
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
            evidence = _evidence(database, run, row, records, across)
            if number in namesakes:
                evidence = replace(evidence, namesakes=_namesakes(database, run, namesakes[number], number))
            yield evidence


def read_evidence_of(database: sqlite3.Connection, run: int, path: str) -> Evidence | None:
    """All facts about one article except duplicates; None if the run has no such article."""
    row = database.execute(
        f"SELECT id, record, violations, notes FROM {OF_PATH} WHERE run = ? AND path = ? ORDER BY number LIMIT 1",
        (run, path),
    ).fetchone()
    return None if row is None else _evidence(database, run, row[0], row[1:], _ArchiveFacts())


def _evidence(database: sqlite3.Connection, run: int, row: int, records: Sequence[bytes], across: _ArchiveFacts) -> Evidence:
    """`records` are the article, its violations and the facts from outside it, encoded."""
    record, violations, notes = records
    known = _notes.decode(notes)
    results, duplicates = _link_results(database, run, row, across.shared)
    return Evidence(
        article=_articles.decode(record),
        violations=_violations.decode(violations),
        results=results,
        duplicates=duplicates,
        declared_canonicals=_named(database, run, results, across),
        changed=None if known.changed is None else frozenset(known.changed),
        required=frozenset(known.required),
        former=known.former,
        written_lines=known.written_lines,
        unpublished=known.unpublished,
        shared_values=tuple(_shared_values(database, run, known.unique, across.claims)),
        unknown_references=known.unknown_references,
    )


def _named(
    database: sqlite3.Connection, run: int, results: tuple[LinkResult, ...], across: _ArchiveFacts
) -> dict[str, DeclaredCanonical]:
    found = {}
    for result in results:
        for named in _others_named(result.outcome):
            url, host = _address(named)
            row = database.execute(
                "SELECT verdict, reason FROM target WHERE run = ? AND id = ? AND asked",
                (run, address_of(database, run, url)),
            ).fetchone()
            verdict = None if row is None or row[0] is None else _verdict(*row)
            if verdict is None and host in across.silent:
                verdict = Verdict(VerdictKind.UNREACHABLE, f"no page of {host} answered")
            found[named] = DeclaredCanonical(verdict, across.named.get((result.target.host, named), 1))
    return found


def _others_named(outcome: Outcome | None) -> tuple[str, ...]:
    """The canonical URLs that a page declares other than its own address."""
    answer = None if outcome is None else outcome.answer
    if outcome is None or answer is None or answer.page is None:
        return ()
    return tuple(url for url in answer.page.canonicals if url not in (outcome.url, answer.url))


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
    return next(iter(_others_named(_outcomes.decode(blob))), None)


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


def _link_results(
    database: sqlite3.Connection, run: int, article: int, shared: SharedTargets | None
) -> tuple[tuple[LinkResult, ...], dict[str, tuple[DuplicateLink, ...]]]:
    results: list[LinkResult] = []
    duplicates: dict[str, tuple[DuplicateLink, ...]] = {}
    rows = database.execute(
        f"SELECT link.record, link.skip, link.local, url, closeness, host, {LINK_VERDICT}, target.id, {OUTCOME} "
        "FROM shared_link AS link JOIN target ON target.run = ? AND target.id = link.address WHERE link.article = ? "
        "ORDER BY link.id",
        (run, article),
    ).fetchall()
    for record, skip, local, url, closeness, host, verdict, reason, target, *outcome in rows:
        link = _links.decode(record)
        results.append(
            LinkResult(
                link=link,
                target=Target(url=url, probe=CLOSENESS[closeness], host=host),
                verdict=_verdict(verdict, reason),
                skip=None if skip is None else _skips.decode(skip),
                local=None if local is None else _locals.decode(local),
                # A link that was not checked has no outcome, even if its target has one.
                outcome=None if outcome[0] is None or skip is not None else _outcome_for(link, join(*outcome)),
            )
        )
        if shared is not None and (elsewhere := shared.links_elsewhere(target, link, article)) is not None:
            duplicates.setdefault(url + route_of(link.url), elsewhere)
    return tuple(results), duplicates


def _outcome_for(link: Link, outcome: Outcome) -> Outcome:
    return outcome if link.role is Role.IMAGE else as_page(outcome)


def _verdict(kind: str | None, reason: str | None) -> Verdict:
    if kind is None:
        return Verdict(VerdictKind.SKIPPED, "not requested")
    return Verdict(VerdictKind(kind), reason or "")
