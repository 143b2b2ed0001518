"""The problems of a run: findings grouped by cause, and what changed since the last complete run of the same scope."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.ledger.damage import Damage, decode, is_time
from linkcheck.ledger.tables import LINK_KIND
from linkcheck.model import SEVERITIES, CauseKind, Comparison, Finding, ProblemChange, Severity, Status, VerdictKind

REMEMBERED_RUNS = 21
"""Runs in which a problem is remembered after it was fixed: it is back if it returns within them."""
MANY_ARTICLES = 10
"""Articles with a common cause that are one problem; fewer are if they are most of the articles."""
_FEW_ARTICLES = 4
_PAGE = 512
_PLACES_KEPT = 3
"""Places that are kept of a problem, to see later whether it is fixed."""
_PICK = 1 << 40
"""More than any row number, so that a severity's rank and a row number are one number."""

_findings = msgspec.msgpack.Decoder(Finding)
_places = msgspec.msgpack.Decoder(tuple[tuple[str, str], ...])
_encode = msgspec.msgpack.Encoder().encode
Writer = Callable[[Callable[[], object]], object]
"""Runs a function in a transaction."""


class _Known(Struct):
    """A row of `known_problem`."""

    id: int
    is_open: bool
    severity: Severity
    first_seen: str
    last_ok: str | None
    runs: int
    recent: str


def group(database: sqlite3.Connection, run: int) -> None:
    """Record the problems of a run's findings. Must be called within a transaction."""
    ((articles,),) = database.execute("SELECT count(*) FROM run_article WHERE run = ?", (run,)).fetchall()
    database.execute(
        "UPDATE run_finding SET problem = (SELECT common FROM shared_finding WHERE id = finding) WHERE run = ? "
        "AND finding IN (SELECT id FROM finding WHERE run = ? AND common IN (SELECT common FROM finding WHERE run = ? AND "
        "common IS NOT NULL GROUP BY common HAVING count(DISTINCT path) >= ?))",
        (run, run, run, min(MANY_ARTICLES, max(_FEW_ARTICLES, (articles + 1) // 2))),
    )
    database.execute(
        "INSERT INTO problem (run, problem, status, severity, first, path, line, column, code, places, articles, fixable) "
        "SELECT run, grouped.problem, grouped.status, severity, id, path, line, column, code, places, articles, fixables "
        "FROM (SELECT problem, status, count(*) AS places, count(DISTINCT path) AS articles, sum(fixable) AS fixables, "
        f"min((CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END) * {_PICK} + number) % {_PICK} AS pick "
        "FROM finding WHERE run = ? GROUP BY problem, status) AS grouped "
        "JOIN finding ON finding.run = ? AND finding.number = pick "
        "ORDER BY path, line, column, code, number",
        (run, run),
    )


def compare(
    database: sqlite3.Connection,
    run: int,
    scope: str,
    *,
    write: Writer,
    is_fixed: Callable[[Finding], bool],
    is_complete: bool,
    damage: Damage | None = None,
) -> Comparison | None:
    """Compare the problems of a run with those of the last complete one of its scope; None if there is none.

    `is_fixed` is called for places of problems that the run no longer has: whether the run checked them, so that it would
    have found them. A problem that it could not check stays as it was. Unless the run `is_complete`, nothing is remembered.
    Unreadable records of earlier runs are added to `damage`.
    """
    damage = Damage() if damage is None else damage
    comparing = _Comparing(database, run, scope, damage)
    write(lambda: comparing.judge(is_fixed, is_complete=is_complete))
    return comparing.result()


class _Comparing:
    """One comparison."""

    def __init__(self, database: sqlite3.Connection, run: int, scope: str, damage: Damage) -> None:
        self._database = database
        self._run = run
        self._scope = scope
        self._damage = damage
        self._before, self._since = self._last_run()
        ((self._started,),) = database.execute("SELECT started FROM run WHERE id = ?", (run,)).fetchall()
        self._counts: dict[ProblemChange, dict[Severity, int]] = {}

    def result(self) -> Comparison | None:
        if self._since is None:
            return None
        counts = {change: sum(self._counts.get(change, {}).values()) for change in ProblemChange}
        return Comparison(
            since=self._since,
            new=counts[ProblemChange.NEW],
            worse=counts[ProblemChange.WORSE],
            still=counts[ProblemChange.STILL],
            fixed=counts[ProblemChange.FIXED],
            severities={change.value: found for change, found in self._counts.items()},
        )

    def judge(self, is_fixed: Callable[[Finding], bool], *, is_complete: bool) -> None:
        self._counts = {}
        for row in self._pages(
            "SELECT id, problem, severity, first FROM problem WHERE run = ? AND status = 'open' AND id > ? ORDER BY id",
            self._run,
        ):
            self._present(*row, is_complete=is_complete)
        self._absent(is_fixed, is_complete=is_complete)

    def _present(self, row: int, problem: str, severity_text: str, first: int, *, is_complete: bool) -> None:
        severity, known = Severity(severity_text), self._known(problem)
        # Articles that had it may have been too few, or too many, to be this problem.
        was_there = self._had_findings(problem) if known is None else known.is_open
        before = known.severity if known is not None and was_there and known.severity != severity else None
        change = ProblemChange.NEW
        if was_there:
            is_worse = before is not None and SEVERITIES.index(severity) < SEVERITIES.index(before)
            change = ProblemChange.WORSE if is_worse else ProblemChange.STILL
        is_back = known is not None and not known.is_open
        finding: Finding | None = None
        if known is None or not was_there:
            finding = self._finding(first)
        last_ok = known.last_ok if known is not None and was_there else None
        if not was_there and self._before is not None and (is_back or self._was_ok(finding)):
            last_ok = self._since
        first_seen = known.first_seen if known is not None else self._since if was_there else self._started
        runs = known.runs + 1 if known is not None and was_there else 1
        if self._since is not None and severity is not Severity.INFO:
            count = self._counts.setdefault(change, {})
            count[severity] = count.get(severity, 0) + 1
            self._database.execute(
                "UPDATE problem SET change = ?, before = ?, is_back = ?, first_seen = ?, last_ok = ?, runs = ?, "
                "new_articles = ? WHERE id = ?",
                (
                    change.value,
                    before.value if change is ProblemChange.WORSE and before is not None else None,
                    is_back,
                    first_seen,
                    last_ok,
                    runs,
                    self._new_articles(problem) if was_there else 0,
                    row,
                ),
            )
        if is_complete:
            recent = ((known.recent if known is not None else "") + "1")[-REMEMBERED_RUNS:]
            record, places = self._kept(problem, first)
            self._database.execute(
                "INSERT OR REPLACE INTO known_problem "
                "(scope, problem, is_open, severity, first_seen, last_ok, runs, recent, record, places) "
                "VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
                (self._scope, problem, severity.value, first_seen, last_ok, runs, recent, record, places),
            )

    def _absent(self, is_fixed: Callable[[Finding], bool], *, is_complete: bool) -> None:
        """Problems that earlier runs had and this one has not, in the order of their rows."""
        execute = self._database.execute
        if is_complete:
            execute(
                "UPDATE known_problem SET recent = substr(recent || '0', ?) WHERE scope = ? AND NOT is_open",
                (-REMEMBERED_RUNS, self._scope),
            )
            execute("DELETE FROM known_problem WHERE scope = ? AND NOT is_open AND recent NOT LIKE '%1%'", (self._scope,))
        gone = execute(
            "SELECT id, problem, severity, first_seen, runs, record, places FROM known_problem WHERE scope = ? AND is_open "
            "AND problem NOT IN (SELECT problem FROM problem WHERE run = ?)",
            (self._scope, self._run),
        ).fetchall()
        found: list[tuple[Finding, tuple[tuple[str, str], ...], Sequence[str]]] = []
        for row in gone:
            finding, places = decode(_findings.decode, row[5]), decode(_places.decode, row[6])
            if finding is None or not places or row[2] not in tuple(Severity) or not isinstance(row[4], int):
                self._damage.add("known_problem", row[0])
                continue
            found.append((finding, places, row))
        found.sort(key=lambda each: (each[1], each[2][1]))
        for finding, places, (row, problem, severity, first_seen, runs, record, _) in found:
            location = finding.location
            if self._has_finding(finding):
                if is_complete:
                    execute("DELETE FROM known_problem WHERE id = ?", (row,))
                continue
            former = (replace(location, path=path, pointer=pointer) for path, pointer in places)
            if not all(is_fixed(replace(finding, location=each)) for each in former):
                continue
            if self._since is not None and severity != Severity.INFO:
                count = self._counts.setdefault(ProblemChange.FIXED, {})
                count[Severity(severity)] = count.get(Severity(severity), 0) + 1
                execute(
                    "INSERT INTO problem (run, problem, status, severity, path, line, column, code, places, articles, "
                    "fixable, change, first_seen, runs, record) VALUES (?, ?, 'open', ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?)",
                    (
                        self._run,
                        problem,
                        severity,
                        location.path,
                        location.span.line,
                        location.span.column,
                        finding.code,
                        ProblemChange.FIXED.value,
                        first_seen,
                        runs,
                        record,
                    ),
                )
            if is_complete:
                execute(
                    "UPDATE known_problem SET is_open = 0, runs = 0, recent = substr(recent || '0', ?) WHERE id = ?",
                    (-REMEMBERED_RUNS, row),
                )
        if is_complete:
            # What is accepted, ignored or not under check now is not open, and not fixed either.
            execute(
                "DELETE FROM known_problem WHERE scope = ? AND is_open AND problem IN "
                "(SELECT problem FROM problem WHERE run = ? AND status != 'open') AND problem NOT IN "
                "(SELECT problem FROM problem WHERE run = ? AND status = 'open')",
                (self._scope, self._run, self._run),
            )

    def _last_run(self) -> tuple[int | None, str | None]:
        row = self._database.execute(
            "SELECT id, started FROM run WHERE scope = ? AND state = 'done' AND NOT is_thinned AND id < ? "
            "ORDER BY id DESC LIMIT 1",
            (self._scope, self._run),
        ).fetchone()
        if row is None:
            return None, None
        if not is_time(row[1]):
            self._damage.add("run", row[0])
            return None, None
        return row[0], row[1]

    def _known(self, problem: str) -> _Known | None:
        row = self._database.execute(
            "SELECT id, is_open, severity, first_seen, last_ok, runs, recent FROM known_problem "
            "WHERE scope = ? AND problem = ?",
            (self._scope, problem),
        ).fetchone()
        if row is None:
            return None
        number, is_open, severity, first_seen, last_ok, runs, recent = row
        is_right = (
            severity in tuple(Severity)
            and is_time(first_seen)
            and (last_ok is None or is_time(last_ok))
            and isinstance(runs, int)
            and isinstance(recent, str)
        )
        if not is_right:
            self._damage.add("known_problem", number)
            return None
        return _Known(number, bool(is_open), Severity(severity), first_seen, last_ok, runs, recent)

    def _had_findings(self, problem: str) -> bool:
        """Whether the last run had one of these findings, as another problem."""
        row = self._database.execute(
            "SELECT 1 FROM finding AS present JOIN finding AS former ON former.run = ? AND former.path = present.path "
            "AND former.fingerprint = present.fingerprint AND former.status = 'open' "
            "WHERE present.run = ? AND present.problem = ? AND present.status = 'open' LIMIT 1",
            (self._before, self._run, problem),
        ).fetchone()
        return row is not None

    def _new_articles(self, problem: str) -> int:
        """The articles that have a problem now and did not have it in the last run, if that had it."""
        ((number, had_it),) = self._database.execute(
            "SELECT count(DISTINCT path), EXISTS (SELECT 1 FROM finding WHERE run = :before AND problem = :problem) "
            "FROM finding WHERE run = :run AND problem = :problem AND status = 'open' AND path NOT IN "
            "(SELECT path FROM finding WHERE run = :before AND problem = :problem)",
            {"run": self._run, "before": self._before, "problem": problem},
        ).fetchall()
        return int(number) if had_it else 0

    def _was_ok(self, finding: Finding | None) -> bool:
        """Whether the last run checked the place of a finding; a URL must have worked."""
        if finding is None or finding.cause is None or finding.cause.kind is CauseKind.RUN:
            return False
        is_of_url = finding.cause.kind in (CauseKind.TARGET, CauseKind.HOST)
        row = self._database.execute(
            "SELECT 1 FROM article JOIN shared_link AS link ON link.article = article.id "
            "JOIN target ON target.run = article.run AND target.id = link.address "
            "WHERE article.run = ? AND article.path = ? AND link.pointer = ? AND "
            f"{LINK_KIND} IN (?, ?) LIMIT 1"
            if is_of_url
            else "SELECT 1 FROM article WHERE run = ? AND path = ? LIMIT 1",
            (
                self._before,
                finding.location.path,
                *((finding.location.pointer, VerdictKind.OK, VerdictKind.MOVED) if is_of_url else ()),
            ),
        ).fetchone()
        return row is not None

    def _has_finding(self, finding: Finding) -> bool:
        """Whether this run has a finding of the last one, as another problem."""
        row = self._database.execute(
            "SELECT 1 FROM finding WHERE run = ? AND path = ? AND fingerprint = ? AND status = 'open' LIMIT 1",
            (self._run, finding.location.path, finding.fingerprint),
        ).fetchone()
        return row is not None

    def _finding(self, row: int) -> Finding | None:
        (record,) = self._database.execute("SELECT record FROM shared_finding WHERE id = ?", (row,)).fetchone()
        return decode(_findings.decode, record)

    def _kept(self, problem: str, first: int) -> tuple[bytes, bytes]:
        """The finding that stands for a problem, and its first places."""
        (record,) = self._database.execute("SELECT record FROM shared_finding WHERE id = ?", (first,)).fetchone()
        rows = self._database.execute(
            "SELECT record FROM finding WHERE run = ? AND problem = ? AND status = ? ORDER BY number LIMIT ?",
            (self._run, problem, Status.OPEN.value, _PLACES_KEPT),
        )
        locations = [_findings.decode(found).location for (found,) in rows]
        return record, _encode(tuple((location.path, location.pointer) for location in locations))

    def _pages(self, query: str, *parameters: object) -> Iterator[tuple[int, str, str, int]]:
        after = 0
        while rows := self._database.execute(f"{query} LIMIT {_PAGE}", (*parameters, after)).fetchall():
            after = rows[-1][0]
            yield from rows
