"""A recorded run for reporters: row by row, in order."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec.structs import replace

from linkcheck.errors import UsageError
from linkcheck.ledger.damage import Damage
from linkcheck.model import (
    CLOSENESS,
    SEVERITIES,
    Article,
    Cause,
    CauseKind,
    Finding,
    HostRecord,
    Link,
    LinkRecord,
    Outcome,
    Problem,
    ProblemChange,
    RunRecord,
    Severity,
    Skip,
    Status,
    Summary,
    Target,
    TargetRecord,
    Verdict,
    VerdictKind,
    digest,
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

    def problems(self) -> Iterator[Problem]:
        order = "path, line, column, code, id"
        columns = ", ".join(f"problem.{name}" for name in order.split(", "))
        after: tuple[str | int, ...] = ("", 0, 0, "", 0)
        while rows := self._rows(
            f"SELECT {columns}, problem.problem, problem.status, problem.severity, places, articles, new_articles, "
            "problem.fixable, change, before, is_back, first_seen, last_ok, runs, coalesce(problem.record, finding.record) "
            "FROM problem LEFT JOIN finding ON finding.id = first "
            f"WHERE problem.run = ? AND ({columns}) > (?, ?, ?, ?, ?) ORDER BY {columns} LIMIT ?",
            (self._run, *after, PAGE),
        ):
            after = rows[-1][:5]
            for row in rows:
                problem = None
                with self._whole("problem", row[4]):
                    problem = _problem(row[5:])
                if problem is not None:
                    yield problem

    def places(self, problem: Problem) -> Iterator[Finding]:
        order = "path, line, column, id"
        after: tuple[str | int, ...] = ("", 0, 0, 0)
        if problem.change is ProblemChange.FIXED:
            return
        while rows := self._rows(
            f"SELECT {order}, record FROM finding WHERE run = ? AND problem = ? AND status = ? AND ({order}) > (?, ?, ?, ?) "
            f"ORDER BY {order} LIMIT ?",
            (self._run, problem.identity, problem.status.value, *after, PAGE),
        ):
            after = rows[-1][:4]
            for row in rows:
                finding = None
                with self._whole("finding", row[3]):
                    finding = _findings.decode(row[4])
                if finding is not None:
                    yield finding

    def runs(self) -> Iterator[RunRecord]:
        rows = self._rows(
            "SELECT run.id, run.started, run.summary FROM run JOIN run AS own ON own.scope = run.scope "
            "WHERE own.id = ? AND run.id <= own.id AND run.summary IS NOT NULL ORDER BY run.id",
            (self._run,),
        )
        for number, started, blob in rows:
            record = None
            with self._whole("run", number):
                found = _summaries.decode(blob)
                problems = found.problems or found.findings
                record = RunRecord(number, _text(started), found.complete, problems, found.comparison)
            if record is not None:
                yield record

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


def count_problems(database: sqlite3.Connection, run: int) -> dict[Severity, int]:
    """Open problems by severity, zeros included."""
    counts = dict.fromkeys(SEVERITIES, 0)
    rows = database.execute(
        "SELECT severity, count(*) FROM problem WHERE run = ? AND status = ? AND first IS NOT NULL GROUP BY severity",
        (run, Status.OPEN.value),
    )
    counts.update({Severity(severity): number for severity, number in rows})
    return counts


def _problem(row: Sequence[Any]) -> Problem:
    problem, status, severity, places, articles, new_articles, fixable, change, before, is_back, *times, runs, record = row
    first_seen, last_ok = times
    first = _findings.decode(record)
    is_open = status == Status.OPEN
    return Problem(
        id=problem if is_open else digest(problem, status),
        first=first if first.severity == severity else replace(first, severity=Severity(severity)),
        cause=_cause(first, problem),
        places=places,
        articles=articles,
        new_articles=new_articles,
        fixable=fixable,
        change=None if change is None else ProblemChange(change),
        before=None if before is None else Severity(before),
        is_back=bool(is_back),
        first_seen=first_seen,
        last_ok=last_ok,
        runs=runs,
    )


def _cause(first: Finding, problem: str) -> Cause:
    common = first.common_cause
    if common is not None and common.problem(first.code) == problem:
        return common
    return first.cause or Cause(CauseKind.ARTICLE, first.location.path)


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
