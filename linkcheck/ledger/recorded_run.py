"""A recorded run for reporters: row by row, in order."""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from linkcheck.errors import UsageError
from linkcheck.ledger.damage import Damage
from linkcheck.ledger.outcomes import OUTCOME, join
from linkcheck.ledger.tables import LINK_VERDICT, OF_PROBLEM
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

PAGE = 256
"""Rows per query."""
_FINDINGS = "SELECT id, record FROM shared_finding WHERE id IN ({rows})"
_ARTICLES = "SELECT id FROM article WHERE run = ? ORDER BY path, number"

_T = TypeVar("_T")
_outcomes = msgspec.msgpack.Decoder(Outcome)
_articles = msgspec.msgpack.Decoder(Article)
_findings = msgspec.msgpack.Decoder(Finding)
_links = msgspec.msgpack.Decoder(Link)
_skips = msgspec.msgpack.Decoder(Skip)
_summaries = msgspec.msgpack.Decoder(Summary)


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
            self._summary = next(self._whole("run", [(self._run, blob)], lambda row: _summaries.decode(row[1])), None)
            if self._summary is None:
                raise UsageError(f"run {self._run} of the history is damaged; choose another one with --run")
        return self._summary

    def targets(self) -> Iterator[TargetRecord]:
        rows = self._in_order(
            "SELECT address.id FROM run_target JOIN address ON address.id = run_target.address WHERE run = ? ORDER BY url",
            f"SELECT id, url, closeness, host, verdict, reason, {OUTCOME} FROM target WHERE run = ? AND id IN ({{rows}})",
        )
        return self._whole("target", rows, _target)

    def links(self) -> Iterator[LinkRecord]:
        for article in self._numbers(_ARTICLES):
            rows = self._rows(
                f"SELECT link.id, link.record, link.skip, url, closeness, host, {LINK_VERDICT}, "
                # Only outcomes that can have followed redirects are decoded.
                "CASE WHEN link.skip IS NULL AND (landing IS NOT NULL OR NOT answered) THEN outcome END "
                "FROM shared_link AS link JOIN target ON target.run = ? AND target.id = link.address "
                "WHERE link.article = ? ORDER BY link.id",
                (self._run, article),
            )
            yield from self._whole("link", rows, _link)

    def findings(self) -> Iterator[Finding]:
        rows = self._in_order(
            "SELECT id FROM finding WHERE run = ? ORDER BY path, line, column, code, number",
            _FINDINGS,
        )
        return self._whole("finding", rows, lambda row: _findings.decode(row[1]))

    def problems(self) -> Iterator[Problem]:
        rows = self._in_order(
            "SELECT id FROM problem WHERE run = ? ORDER BY path, line, column, code, id",
            "SELECT problem.id, problem.problem, problem.status, problem.severity, places, articles, new_articles, "
            "problem.fixable, change, before, is_back, first_seen, last_ok, runs, coalesce(problem.record, finding.record) "
            "FROM problem LEFT JOIN shared_finding AS finding ON finding.id = first WHERE problem.id IN ({rows})",
        )
        return self._whole("problem", rows, lambda row: _problem(row[1:]))

    def places(self, problem: Problem) -> Iterator[Finding]:
        if problem.change is ProblemChange.FIXED:
            return iter(())
        rows = self._in_order(
            f"SELECT finding.id FROM {OF_PROBLEM.format('finding')} "
            "WHERE run = ? AND problem = ? AND status = ? ORDER BY path, line, column, number",
            _FINDINGS,
            problem.identity,
            problem.status.value,
        )
        return self._whole("finding", rows, lambda row: _findings.decode(row[1]))

    def runs(self) -> Iterator[RunRecord]:
        rows = self._rows(
            "SELECT run.id, run.started, run.summary FROM run JOIN run AS own ON own.scope = run.scope "
            "WHERE own.id = ? AND run.id <= own.id AND run.summary IS NOT NULL ORDER BY run.id",
            (self._run,),
        )
        return self._whole("run", rows, _run)

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
        return self._whole("host", [(host, group)] if group else [], lambda row: _host(_text(row[0]), row[1]))

    def articles(self) -> Iterator[Article]:
        rows = self._in_order(_ARTICLES, "SELECT id, record FROM shared_article WHERE id IN ({rows})")
        return self._whole("article", rows, lambda row: _articles.decode(row[1]))

    def _whole(self, table: str, rows: Iterable[Any], read: Callable[[Any], _T]) -> Iterator[_T]:
        """What `read` makes of the rows, without those that do not decode, if damage is expected."""
        for row in rows:
            try:
                record = read(row)
            except (msgspec.DecodeError, ValueError, TypeError, IndexError):
                if self._damage is None:
                    raise
                self._damage.add(table, row[0])
            else:
                yield record

    @property
    def unreadable(self) -> int:
        """Records skipped so far."""
        return 0 if self._damage is None else len(self._damage)

    def _in_order(self, order: str, query: str, *more: object) -> Iterator[Any]:
        """The row of `query` for each of the numbers that `order` returns, the number first."""
        numbers = self._numbers(order, *more)
        for start in range(0, len(numbers), PAGE):
            page = numbers[start : start + PAGE]
            # One text for all pages, which SQLite has to parse only once.
            several = ",".join("?" * len(page))
            rows = self._rows(query.format(rows=several), (*((self._run,) if "run = ?" in query else ()), *page))
            found = {row[0]: row for row in rows}
            yield from (found[number] for number in page if number in found)

    def _numbers(self, query: str, *more: object) -> Sequence[int]:
        """Row numbers instead of a cursor: a writer never waits, and memory stays flat."""
        with self._readable():
            return array("q", (row for (row,) in self._database.execute(query, (self._run, *more))))

    def _rows(self, query: str, parameters: Sequence[object]) -> list[Any]:
        with self._readable():
            return self._database.execute(query, parameters).fetchall()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Raises UsageError if damage is expected and SQLite cannot continue."""
        try:
            yield
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
        "articles": one("SELECT count(*) FROM run_article WHERE run = ?"),
        "links": one("SELECT count(*) FROM link WHERE run = ?"),
        "targets": one("SELECT count(*) FROM run_target WHERE run = ?"),
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
        f"SELECT {LINK_VERDICT}, count(*) "
        "FROM link JOIN target ON target.run = link.run AND target.id = link.target WHERE link.run = ? "
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


def _run(row: Sequence[Any]) -> RunRecord:
    number, started, blob = row
    found = _summaries.decode(blob)
    return RunRecord(number, _text(started), found.complete, found.problems or found.findings, found.comparison)


def _target(row: Sequence[Any]) -> TargetRecord:
    _, url, closeness, host, verdict, reason, *outcome = row
    return TargetRecord(
        target=Target(url=_text(url), probe=CLOSENESS[closeness], host=_text(host)),
        verdict=_verdict(verdict, reason),
        outcome=None if outcome[0] is None else join(*outcome),
    )


def _link(row: Sequence[Any]) -> LinkRecord:
    _, record, skip, url, closeness, host, verdict, reason, outcome = row
    return LinkRecord(
        link=_links.decode(record),
        target=Target(url=_text(url), probe=CLOSENESS[closeness], host=_text(host)),
        verdict=_verdict(verdict, reason),
        skip=None if skip is None else _skips.decode(skip),
        chain=() if outcome is None else _outcomes.decode(outcome).chain,
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
