"""A recorded run for reporters: row by row, in order."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from linkcheck.errors import UsageError
from linkcheck.ledger.damage import Damage, decode, is_time
from linkcheck.model import (
    CLOSENESS,
    SEVERITIES,
    Article,
    Comparison,
    Finding,
    HostRecord,
    Link,
    LinkRecord,
    Outcome,
    Severity,
    Skip,
    Status,
    Summary,
    Target,
    TargetRecord,
    Verdict,
    VerdictKind,
)

PAGE = 512
"""Rows per query, so that a writer never waits and memory stays flat."""

_outcomes = msgspec.msgpack.Decoder(Outcome)
_articles = msgspec.msgpack.Decoder(Article)
_findings = msgspec.msgpack.Decoder(Finding)
_links = msgspec.msgpack.Decoder(Link)
_skips = msgspec.msgpack.Decoder(Skip)
_summaries = msgspec.msgpack.Decoder(Summary)

_LINK_VERDICT = (
    "coalesce(link.verdict, target.verdict), CASE WHEN link.verdict IS NULL THEN target.reason ELSE link.reason END"
)


class RecordedRun:
    """A `model.Run` over a ledger's database. `summary` is in the run's row once the run is over.

    Unreadable records are skipped and added to `damage` if that is given.
    """

    def __init__(
        self, database: sqlite3.Connection, run: int, summary: Summary | None = None, *, damage: Damage | None = None
    ) -> None:
        self._damage = damage
        self._database = database
        self._run = run
        self._summary = summary

    def summary(self) -> Summary:
        if self._summary is None:
            ((blob,),) = self._rows("SELECT summary FROM run WHERE id = ?", (self._run,))
            with self._whole("run", self._run):
                self._summary = _summaries.decode(blob)
            if self._summary is None:
                raise UsageError(f"run {self._run} of the history is damaged; choose another one with --run")
        return self._summary

    def targets(self) -> Iterator[TargetRecord]:
        for _, url, closeness, host, verdict, reason, outcome in self._pages(
            "SELECT url, url, closeness, host, verdict, reason, outcome FROM target WHERE run = ? AND url > ? ORDER BY url",
            "",
        ):
            record = None
            with self._whole("target", url):
                record = TargetRecord(
                    target=Target(url=_text(url), probe=CLOSENESS[closeness], host=_text(host)),
                    verdict=_verdict(verdict, reason),
                    outcome=None if outcome is None else _outcomes.decode(outcome),
                )
            if record is not None:
                yield record

    def links(self) -> Iterator[LinkRecord]:
        for path, article in self._articles_in_order():
            del path
            rows = self._rows(
                f"SELECT link.id, link.record, link.skip, url, closeness, host, {_LINK_VERDICT}, "
                # Only outcomes that can have followed redirects are decoded.
                "CASE WHEN link.skip IS NULL AND (landing IS NOT NULL OR NOT answered) THEN outcome END FROM link "
                "JOIN target ON target.id = link.target WHERE link.article = ? ORDER BY link.id",
                (article,),
            )
            for row, record, skip, url, closeness, host, verdict, reason, outcome in rows:
                link = None
                with self._whole("link", row):
                    link = LinkRecord(
                        link=_links.decode(record),
                        target=Target(url=_text(url), probe=CLOSENESS[closeness], host=_text(host)),
                        verdict=_verdict(verdict, reason),
                        skip=None if skip is None else _skips.decode(skip),
                        chain=() if outcome is None else _outcomes.decode(outcome).chain,
                    )
                if link is not None:
                    yield link

    def findings(self) -> Iterator[Finding]:
        order = "path, line, column, code, id"
        after: tuple[str | int, ...] = ("", 0, 0, "", 0)
        while rows := self._rows(
            f"SELECT {order}, record FROM finding WHERE run = ? AND ({order}) > (?, ?, ?, ?, ?) ORDER BY {order} LIMIT ?",
            (self._run, *after, PAGE),
        ):
            after = rows[-1][:5]
            for row in rows:
                finding = None
                with self._whole("finding", row[4]):
                    finding = _findings.decode(row[5])
                if finding is not None:
                    yield finding

    def hosts(self) -> Iterator[HostRecord]:
        rows = self._rows(
            "SELECT host, verdict, count(*), sum(requests), total(seconds), max(seconds) FROM target "
            "WHERE run = ? AND outcome IS NOT NULL AND host != '' GROUP BY host, verdict ORDER BY host",
            (self._run,),
        )
        host = ""
        group: list[tuple[str, int, int, float, float]] = []
        for row in rows:
            if row[0] != host:
                yield from self._host(host, group)
                host, group = row[0], []
            group.append(row[1:])
        yield from self._host(host, group)

    def _host(self, host: str, group: Sequence[tuple[str, int, int, float, float]]) -> Iterator[HostRecord]:
        record = None
        with self._whole("host", host):
            record = _host(_text(host), group) if group else None
        if record is not None:
            yield record

    def articles(self) -> Iterator[Article]:
        for _, article in self._articles_in_order():
            ((record,),) = self._rows("SELECT record FROM article WHERE id = ?", (article,))
            found = None
            with self._whole("article", article):
                found = _articles.decode(record)
            if found is not None:
                yield found

    @contextmanager
    def _whole(self, table: str, key: object) -> Iterator[None]:
        """Skip a record that does not decode, if damage is expected."""
        try:
            yield
        except (msgspec.DecodeError, ValueError, TypeError, IndexError):
            if self._damage is None:
                raise
            self._damage.add(table, key)

    @property
    def unreadable(self) -> int:
        """Records skipped so far."""
        return 0 if self._damage is None else len(self._damage)

    def _articles_in_order(self) -> Iterator[tuple[str, int]]:
        after: tuple[str, int] = ("", 0)
        while rows := self._rows(
            "SELECT path, id FROM article WHERE run = ? AND (path, id) > (?, ?) ORDER BY path, id LIMIT ?",
            (self._run, *after, PAGE),
        ):
            after = rows[-1]
            yield from rows

    def _pages(self, query: str, after: str) -> Iterator[tuple[str, str, int, str, str | None, str | None, bytes | None]]:
        while rows := self._rows(f"{query} LIMIT ?", (self._run, after, PAGE)):
            after = rows[-1][0]
            yield from rows

    def _rows(self, query: str, parameters: Sequence[object]) -> list[Any]:
        """Raises UsageError if damage is expected and SQLite cannot continue."""
        try:
            return self._database.execute(query, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if self._damage is None:
                raise
            raise UsageError(f"the history is damaged ({error}); choose another run with --run") from None


def count(database: sqlite3.Connection, run: int) -> dict[str, int]:
    """The counts of a run: articles, links, targets, requests, reused outcomes, and findings that are not open."""

    def one(query: str) -> int:
        (number,) = database.execute(query, (run,)).fetchone()
        return int(number or 0)

    return {
        "articles": one("SELECT count(*) FROM article WHERE run = ?"),
        "links": one("SELECT count(*) FROM link WHERE run = ?"),
        "targets": one("SELECT count(*) FROM target WHERE run = ?"),
        "requests": one("SELECT sum(requests) FROM target WHERE run = ?"),
        **{
            status.value: one(f"SELECT count(*) FROM finding WHERE run = ? AND status = '{status.value}'")
            for status in (Status.ACCEPTED, Status.UNCHANGED, Status.IGNORED)
        },
    }


def count_verdicts(database: sqlite3.Connection, run: int) -> dict[VerdictKind, int]:
    """Targets by verdict, zeros included; an unfinished one counts as skipped."""
    counts = dict.fromkeys(VerdictKind, 0)
    for verdict, number in database.execute("SELECT verdict, count(*) FROM target WHERE run = ? GROUP BY verdict", (run,)):
        counts[VerdictKind.SKIPPED if verdict is None else VerdictKind(verdict)] += number
    return counts


def count_findings(database: sqlite3.Connection, run: int) -> dict[Severity, int]:
    """Open findings by severity, zeros included."""
    counts = dict.fromkeys(SEVERITIES, 0)
    rows = database.execute(
        "SELECT severity, count(*) FROM finding WHERE run = ? AND status = ? GROUP BY severity", (run, Status.OPEN.value)
    )
    counts.update({Severity(severity): number for severity, number in rows})
    return counts


def count_not_checked(database: sqlite3.Connection, run: int) -> dict[str, int]:
    """Links that were not checked, by reason, the most frequent first."""
    rows = database.execute(
        f"SELECT {_LINK_VERDICT}, count(*) FROM link JOIN target ON target.id = link.target WHERE link.run = ? "
        "GROUP BY 1, 2 HAVING coalesce(link.verdict, target.verdict, 'skipped') = 'skipped'",
        (run,),
    )
    counted: Counter[str] = Counter()
    for _, reason, number in rows:
        counted[reason or "not requested"] += number
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def compare(
    database: sqlite3.Connection, run: int, scope: str, *, is_fixed: Callable[[Finding], bool], damage: Damage | None = None
) -> Comparison | None:
    """Compare the errors and warnings of a run with those of the last complete one of its scope; None if there is none.

    `is_fixed` is called for each finding that the run no longer has, in the order of their paths: whether the run checked
    it, so that it would have found it. Unreadable records of the earlier run are added to `damage`.
    """
    damage = Damage() if damage is None else damage
    before = database.execute(
        "SELECT id, started FROM run WHERE scope = ? AND state = 'done' AND id < ? ORDER BY id DESC LIMIT 1", (scope, run)
    ).fetchone()
    if before is None:
        return None
    if not is_time(before[1]):
        damage.add("run", before[0])
        return None
    fingerprints = "SELECT fingerprint FROM finding WHERE run = ? AND severity != 'info' AND status = 'open'"

    def number(query: str, *runs: int) -> int:
        (found,) = database.execute(f"SELECT count(*) FROM ({query})", runs).fetchone()
        return int(found)

    # A finding that was accepted or is now an info still exists.
    gone = database.execute(
        "SELECT id, record FROM finding WHERE run = ? AND severity != 'info' AND status = 'open' "
        "AND fingerprint NOT IN (SELECT fingerprint FROM finding WHERE run = ?) GROUP BY fingerprint ORDER BY path",
        (before[0], run),
    )
    fixed = 0
    for row, record in gone:
        finding = decode(_findings.decode, record)
        if finding is None:
            damage.add("finding", row)
        else:
            fixed += is_fixed(finding)
    return Comparison(
        since=before[1],
        new=number(f"{fingerprints} EXCEPT {fingerprints}", run, before[0]),
        fixed=fixed,
        still=number(f"{fingerprints} INTERSECT {fingerprints}", run, before[0]),
    )


def _host(host: str, rows: Sequence[tuple[str, int, int, float, float]]) -> HostRecord:
    answered = sum(number for _, number, _, _, _ in rows)
    return HostRecord(
        host=host,
        verdicts={VerdictKind(verdict): number for verdict, number, _, _, _ in rows},
        requests=sum(requests or 0 for _, _, requests, _, _ in rows),
        mean_seconds=sum(total for _, _, _, total, _ in rows) / answered,
        slowest_seconds=max(slowest or 0.0 for _, _, _, _, slowest in rows),
    )


def _text(value: object) -> str:
    """Raises TypeError for any other type, in a damaged row."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _verdict(kind: str | None, reason: str | None) -> Verdict:
    if kind is None:
        return Verdict(VerdictKind.SKIPPED, "not requested")
    return Verdict(VerdictKind(kind), _text(reason or ""))
