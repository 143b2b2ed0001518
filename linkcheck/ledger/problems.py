"""The problems of a run: findings grouped by cause, and what changed since the last complete run of the same scope."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.ledger.damage import Damage, decode, is_time
from linkcheck.ledger.tables import LINK_KIND, OF_PATH, OF_PROBLEM
from linkcheck.model import SEVERITIES, CauseKind, Comparison, Finding, ProblemChange, Severity, Status, VerdictKind
from linkcheck.urls import host_of

REMEMBERED_RUNS = 21
"""Runs in which a problem is remembered after it was fixed: it is back if it returns within them."""
NOT_CHECKED, AGAIN, MORE_ARTICLES = "not-checked", "again", "more-articles"
"""In the numbers of a comparison: what was there and could not be checked, what could be checked again, and how many more
articles have problems that were there."""
_NOT_CHECKED = "?"
"""A run that could not check a problem, in `recent`."""
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

    is_open: bool
    severity: Severity
    first_seen: str
    last_ok: str | None
    runs: int
    recent: str


class _Present(Struct, frozen=True):
    """An open problem of the run, and what is known of it from earlier runs."""

    id: int
    problem: str
    severity: Severity
    first: int
    """The `shared_finding` that stands for it."""
    articles: int
    places: int
    articles_before: int
    """How many articles had it in the last run."""
    known: _Known | None


class _Gone(Struct, frozen=True):
    """A problem that was open in earlier runs, and that this one does not have."""

    id: int
    problem: str
    severity: Severity
    first_seen: str
    runs: int
    record: bytes
    finding: Finding
    places: tuple[tuple[str, str], ...]


class _Addresses:
    """Problems with whether a URL works, by what they are about: a problem can follow another one of its URL or host."""

    def __init__(self, problems: Iterable[tuple[Finding, Severity]]) -> None:
        self._of_target: dict[str, Severity] = {}
        self._of_host: dict[str, Severity] = {}
        self._of_targets_of_host: dict[str, Severity] = {}
        for finding, severity in problems:
            match _address(finding):
                case (CauseKind.TARGET, value, host):
                    _note(self._of_target, value, severity)
                    _note(self._of_targets_of_host, host, severity)
                case (CauseKind.HOST, value, _):
                    _note(self._of_host, value, severity)

    def related(self, finding: Finding) -> Severity | None:
        """The most severe of those with the URL of a finding, or with its host as a whole."""
        match _address(finding):
            case (CauseKind.TARGET, value, host):
                found = (self._of_target.get(value), self._of_host.get(host))
            case (CauseKind.HOST, value, _):
                found = (self._of_host.get(value), self._of_targets_of_host.get(value))
            case _:
                return None
        return min((each for each in found if each is not None), key=SEVERITIES.index, default=None)


def _address(finding: Finding) -> tuple[CauseKind, str, str] | None:
    """What a finding about whether a URL works (LC2xx) is about, and the host."""
    cause = finding.cause
    if cause is None or not finding.code.startswith("LC2"):
        return None
    return cause.kind, cause.value, host_of(cause.value, "") if cause.kind is CauseKind.TARGET else cause.value


def _note(severities: dict[str, Severity], key: str, severity: Severity) -> None:
    severities[key] = min(severities.get(key, severity), severity, key=SEVERITIES.index)


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
        self._counts: dict[str, dict[Severity, int]] = {}

    def result(self) -> Comparison | None:
        if self._since is None:
            return None
        counts = {change: sum(self._counts.get(change.value, {}).values()) for change in ProblemChange}
        return Comparison(
            since=self._since,
            new=counts[ProblemChange.NEW],
            worse=counts[ProblemChange.WORSE],
            still=counts[ProblemChange.STILL],
            fixed=counts[ProblemChange.FIXED],
            severities=self._counts,
        )

    def judge(self, is_fixed: Callable[[Finding], bool], *, is_complete: bool) -> None:
        self._counts = {}
        gone = list(self._gone())
        former = _Addresses((each.finding, each.severity) for each in gone)
        for rows in self._pages():
            self._present(rows, former, is_complete=is_complete)
        self._absent(gone, is_fixed, is_complete=is_complete)

    def _count(self, change: str, severity: Severity, number: int = 1) -> None:
        count = self._counts.setdefault(change, {})
        count[severity] = count.get(severity, 0) + number

    def _present(self, rows: Sequence[_Present], former: _Addresses, *, is_complete: bool) -> None:
        """Compare a page of the problems that the run has."""
        changes, remembered = [], []
        for row in rows:
            known = row.known
            finding = None if known is not None and known.is_open else self._finding(row.first)
            was_there, before = known is not None and known.is_open, None if known is None else known.severity
            if finding is not None and (before := former.related(finding)) is not None:
                was_there = True  # Its URL or its host had another problem.
            # Articles that had it may have been too few, or too many, to be this problem.
            had_it = self._articles_that_had(row.problem) if not was_there else 0
            was_there, before = was_there or had_it > 0, before if was_there else None
            change = ProblemChange.NEW
            if was_there:
                is_worse = before is not None and SEVERITIES.index(row.severity) < SEVERITIES.index(before)
                change = ProblemChange.WORSE if is_worse else ProblemChange.STILL
            is_back = not was_there and known is not None
            last_ok = known.last_ok if known is not None and was_there else None
            if not was_there and self._before is not None and self._was_ok(finding):
                last_ok = self._since
            first_seen = known.first_seen if known is not None else self._since if was_there else self._started
            runs = known.runs + 1 if known is not None and was_there else 1
            if self._since is not None and row.severity is not Severity.INFO:
                self._count(change.value, row.severity)
                if was_there and known is not None and known.recent.endswith(_NOT_CHECKED):
                    self._count(AGAIN, row.severity)
                articles = row.articles_before or had_it
                more = max(row.articles - articles, 0) if was_there and articles else 0
                if more:
                    self._count(MORE_ARTICLES, row.severity, more)
                raised = before.value if change is ProblemChange.WORSE and before is not None else None
                changes.append((change.value, raised, is_back, first_seen, last_ok, runs, more, row.id))
            if is_complete:
                recent = ((known.recent if known is not None else "") + "1")[-REMEMBERED_RUNS:]
                kept = self._kept(row)
                remembered.append((self._scope, row.problem, row.severity.value, first_seen, last_ok, runs, recent, *kept))
        self._database.executemany(
            "UPDATE problem SET change = ?, before = ?, is_back = ?, first_seen = ?, last_ok = ?, runs = ?, "
            "new_articles = ? WHERE id = ?",
            changes,
        )
        self._database.executemany(
            "INSERT OR REPLACE INTO known_problem "
            "(scope, problem, is_open, severity, first_seen, last_ok, runs, recent, record, places) "
            "VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
            remembered,
        )

    def _gone(self) -> Iterator[_Gone]:
        """The problems that were open and that this run does not have, in the order of their places."""
        rows = self._database.execute(
            "SELECT id, problem, severity, first_seen, runs, record, places FROM known_problem WHERE scope = ? AND is_open "
            "AND problem NOT IN (SELECT problem FROM problem WHERE run = ?)",
            (self._scope, self._run),
        ).fetchall()
        found: list[_Gone] = []
        for number, problem, severity, first_seen, runs, record, blob in rows:
            finding, places = decode(_findings.decode, record), decode(_places.decode, blob)
            if finding is None or not places or severity not in tuple(Severity) or not isinstance(runs, int):
                self._damage.add("known_problem", number)
                continue
            found.append(_Gone(number, problem, Severity(severity), first_seen, runs, record, finding, places))
        return iter(sorted(found, key=lambda each: (each.places, each.problem)))

    def _absent(self, gone: Sequence[_Gone], is_fixed: Callable[[Finding], bool], *, is_complete: bool) -> None:
        """Whether the problems that this run does not have are fixed."""
        execute = self._database.execute
        if is_complete:
            execute(
                "UPDATE known_problem SET recent = substr(recent || '0', ?) WHERE scope = ? AND NOT is_open",
                (-REMEMBERED_RUNS, self._scope),
            )
            execute("DELETE FROM known_problem WHERE scope = ? AND NOT is_open AND recent NOT LIKE '%1%'", (self._scope,))
        present = _Addresses(self._listed()) if gone else _Addresses(())
        for each in gone:
            location = each.finding.location
            places = (replace(location, path=path, pointer=pointer) for path, pointer in each.places)
            if self._has_finding(each.finding):
                end = "delete"
            elif not all(is_fixed(replace(each.finding, location=place)) for place in places):
                end = "keep"
            else:
                end = "delete" if present.related(each.finding) is not None else "close"
            if self._since is not None and each.severity is not Severity.INFO:
                if end == "keep":
                    self._count(NOT_CHECKED, each.severity)
                elif end == "close":
                    self._count(ProblemChange.FIXED.value, each.severity)
                    self._add_fixed(each)
            if not is_complete:
                continue
            if end == "delete":
                execute("DELETE FROM known_problem WHERE id = ?", (each.id,))
            elif end == "keep":
                recent = "UPDATE known_problem SET recent = substr(recent || ?, ?) WHERE id = ?"
                execute(recent, (_NOT_CHECKED, -REMEMBERED_RUNS, each.id))
            else:
                execute(
                    "UPDATE known_problem SET is_open = 0, runs = 0, recent = substr(recent || '0', ?) WHERE id = ?",
                    (-REMEMBERED_RUNS, each.id),
                )
        if is_complete:
            # What is accepted, ignored or not under check now is not open, and not fixed either.
            execute(
                "DELETE FROM known_problem WHERE scope = ? AND is_open AND problem IN "
                "(SELECT problem FROM problem WHERE run = ? AND status != 'open') AND problem NOT IN "
                "(SELECT problem FROM problem WHERE run = ? AND status = 'open')",
                (self._scope, self._run, self._run),
            )

    def _add_fixed(self, gone: _Gone) -> None:
        location = gone.finding.location
        self._database.execute(
            "INSERT INTO problem (run, problem, status, severity, path, line, column, code, places, articles, "
            "fixable, change, first_seen, runs, record) VALUES (?, ?, 'open', ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?)",
            (
                self._run,
                gone.problem,
                gone.severity.value,
                location.path,
                location.span.line,
                location.span.column,
                gone.finding.code,
                ProblemChange.FIXED.value,
                gone.first_seen,
                gone.runs,
                gone.record,
            ),
        )

    def _listed(self) -> Iterator[tuple[Finding, Severity]]:
        """The open problems about whether URLs work that reports list."""
        rows = self._database.execute(
            "SELECT severity, first FROM problem WHERE run = ? AND status = 'open' AND severity != 'info' "
            "AND code LIKE 'LC2%' AND first IS NOT NULL",
            (self._run,),
        ).fetchall()
        for severity, first in rows:
            finding = self._finding(first)
            if finding is not None:
                yield finding, Severity(severity)

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

    def _known(self, row: Sequence[Any]) -> _Known | None:
        """A row of `known_problem`; None if it cannot be read."""
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
        return _Known(bool(is_open), Severity(severity), first_seen, last_ok, runs, recent)

    def _articles_that_had(self, problem: str) -> int:
        """The articles in which the last run had one of these findings, as another problem."""
        if self._before is None:
            return 0
        ((number,),) = self._database.execute(
            f"SELECT count(DISTINCT present.path) FROM {OF_PROBLEM.format('present')} "
            "CROSS JOIN shared_finding AS former INDEXED BY shared_finding_by_path "
            "ON former.path = present.path AND former.fingerprint = present.fingerprint AND former.status = 'open' "
            "CROSS JOIN run_finding AS earlier INDEXED BY run_finding_by_finding "
            "ON earlier.finding = former.id AND earlier.run = ? "
            "WHERE run_finding.run = ? AND run_finding.problem = ? AND present.status = 'open'",
            (self._before, self._run, problem),
        ).fetchall()
        return int(number)

    def _was_ok(self, finding: Finding | None) -> bool:
        """Whether the last run checked the place of a finding; a URL must have worked."""
        if finding is None or finding.cause is None or finding.cause.kind is CauseKind.RUN:
            return False
        is_of_url = finding.cause.kind in (CauseKind.TARGET, CauseKind.HOST)
        row = self._database.execute(
            f"SELECT 1 FROM {OF_PATH} CROSS JOIN shared_link AS link ON link.article = article.id "
            "JOIN target ON target.run = run_article.run AND target.id = link.address "
            f"WHERE run_article.run = ? AND path = ? AND link.pointer = ? AND {LINK_KIND} IN (?, ?) LIMIT 1"
            if is_of_url
            else f"SELECT 1 FROM {OF_PATH} WHERE run = ? AND path = ? LIMIT 1",
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
            "SELECT 1 FROM shared_finding INDEXED BY shared_finding_by_path "
            "CROSS JOIN run_finding INDEXED BY run_finding_by_finding ON finding = id "
            "WHERE run = ? AND path = ? AND fingerprint = ? AND status = 'open' LIMIT 1",
            (self._run, finding.location.path, finding.fingerprint),
        ).fetchone()
        return row is not None

    def _finding(self, row: int) -> Finding | None:
        (record,) = self._database.execute("SELECT record FROM shared_finding WHERE id = ?", (row,)).fetchone()
        return decode(_findings.decode, record)

    def _kept(self, row: _Present) -> tuple[bytes, bytes]:
        """The finding that stands for a problem, and its first places."""
        (record,) = self._database.execute("SELECT record FROM shared_finding WHERE id = ?", (row.first,)).fetchone()
        records = [(record,)]
        if row.places > 1:
            records = self._database.execute(
                f"SELECT record FROM {OF_PROBLEM.format('finding')} "
                "WHERE run = ? AND problem = ? AND status = ? ORDER BY number LIMIT ?",
                (self._run, row.problem, Status.OPEN.value, _PLACES_KEPT),
            ).fetchall()
        locations = [_findings.decode(found).location for (found,) in records]
        return record, _encode(tuple((location.path, location.pointer) for location in locations))

    def _pages(self) -> Iterator[list[_Present]]:
        """The open problems of the run, with what is known of each from earlier runs."""
        after = 0
        while rows := self._database.execute(
            "SELECT present.id, present.problem, present.severity, first, present.articles, present.places, "
            "(SELECT articles FROM problem INDEXED BY problem_by_identity WHERE run = ? AND problem = present.problem "
            "AND status = 'open' AND first IS NOT NULL), "
            "known.id, is_open, known.severity, known.first_seen, known.last_ok, known.runs, recent "
            "FROM problem AS present LEFT JOIN known_problem AS known "
            "ON known.scope = ? AND known.problem = present.problem "
            "WHERE run = ? AND status = 'open' AND present.id > ? ORDER BY present.id LIMIT ?",
            (self._before, self._scope, self._run, after, _PAGE),
        ).fetchall():
            after = rows[-1][0]
            yield [
                _Present(
                    row,
                    problem,
                    Severity(severity),
                    first,
                    articles,
                    places,
                    articles_before or 0,
                    None if known[0] is None else self._known(known),
                )
                for row, problem, severity, first, articles, places, articles_before, *known in rows
            ]
