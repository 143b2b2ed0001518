"""Records a run, and resumes an unfinished one."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from linkcheck.errors import IncompleteError
from linkcheck.ledger import problems
from linkcheck.ledger.archived_copies import forget_old_copies, keep_copy, recall_copy
from linkcheck.ledger.damage import KEYS, Damage, decode_outcome, is_corrupt, is_time, readable_text, set_aside
from linkcheck.ledger.encoded_evidence import EncodedEvidence, Notes
from linkcheck.ledger.encoding import EncodedArticle, encode, encode_article
from linkcheck.ledger.evidence import (
    day_of_notes,
    hash_of,
    read_evidence,
    read_evidence_of,
    unpublished_of_notes,
)
from linkcheck.ledger.lock import Lock
from linkcheck.ledger.open_targets import OpenTargets, validators_of
from linkcheck.ledger.outcomes import OUTCOME, join, split
from linkcheck.ledger.shared_rows import address_of, share, share_article, share_result
from linkcheck.ledger.tables import LINKS_TO, OF_PATH, ROWS_OF_RUN, migrate
from linkcheck.ledger.thinning import (
    delete_results,
    forget_run,
    give_back,
    runs_before,
    shrink,
    surplus_runs,
    thin,
    thin_by_age,
)
from linkcheck.model import (
    CLOSENESS,
    ArchivedCopy,
    Article,
    Comparison,
    Evidence,
    FailureKind,
    Finding,
    FixKind,
    Link,
    LocalFile,
    Location,
    Outcome,
    Probe,
    Role,
    Skip,
    Status,
    Summary,
    Target,
    UniqueValue,
    Verdict,
    VerdictKind,
    Violation,
    as_page,
)
from linkcheck.urls import chain_of, host_of

BATCH = 512
"""Rows per read or write: enough to be fast, few enough for memory."""
FEW = 32
"""Articles per write: the processes that read them wait meanwhile."""
ENOUGH_ERRORS = 3
"""Failed targets of a host, all with errors, before the host counts as failed."""
MOST_LINKING = 20
"""Articles listed per target."""
REUSABLE = (VerdictKind.OK, VerdictKind.MOVED)

_LAST_HOST = "CASE WHEN landing IS NULL THEN host ELSE host_of(landing, host) END"
"""The host that responded or failed to, which differs from the target's after a redirect."""
_FAILED_HOSTS = (
    f"SELECT {_LAST_HOST} AS last_host FROM target WHERE run = :run AND outcome IS NOT NULL GROUP BY last_host "
    "HAVING min(verdict = 'unreachable') AND count(*) >= CASE WHEN max(answered) THEN :errors ELSE 2 END "
    f"AND last_host NOT IN (SELECT host FROM target WHERE run = :run AND {_LAST_HOST} != host)"
)
_GIVEN_UP_HOSTS = (
    f"SELECT {_LAST_HOST} AS last_host FROM target WHERE run = :run AND verdict = 'unreachable' AND NOT answered "
    "GROUP BY last_host HAVING sum(is_not_sent(outcome)) > 1"
)
_CLOSENESS = {probe: number for number, probe in enumerate(CLOSENESS)}
_outcomes = msgspec.msgpack.Decoder(Outcome)
_articles = msgspec.msgpack.Decoder(Article)
_links = msgspec.msgpack.Decoder(Link)
_unique = msgspec.msgpack.Decoder(UniqueValue)
_T = TypeVar("_T")


class PlannedLink(Struct, frozen=True):
    """A link with its target; if it is not checked, the reason and the verdict to use instead of its target's."""

    link: Link
    target: Target
    skip: Skip | None = None
    local: LocalFile | None = None
    verdict: Verdict | None = None


Row = tuple[Article | EncodedArticle, tuple[Violation, ...], Sequence[PlannedLink], Notes]
"""What `Ledger.add` takes."""


class JudgedOutcome(Struct, frozen=True):
    """A target's outcome and verdict, to be recorded."""

    outcome: Outcome
    verdict: Verdict


class Strikes(Struct, frozen=True):
    """Failed runs in a row, at most one per day, for a URL, and when the first was (RFC 3339)."""

    strikes: int
    first_at: str


class Ledger:
    """The database of one run, in a history or unnamed.

    After a disk error the run continues in memory: `notices` and `write_error` report it, and the report is complete. Every
    writing method commits before it returns.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        *,
        stamp: Callable[[], str],
        path: Path | None = None,
        lock: Lock | None = None,
        notices: tuple[str, ...] = (),
        memory: str = "main",
        write_error: str | None = None,
    ) -> None:
        self.database = database
        self.run = 0
        self._articles = 0
        self._findings = 0
        self._means: Callable[[str], str] = lambda _host: ""
        self.damage = Damage()
        self._notices = notices
        self.write_error = write_error
        """Why the history cannot be written, None while it can."""
        self._in_memory = False
        self._identity = None if path is None else _identity(path)
        self._stamp = stamp
        self._path = path
        self._lock = lock
        self.memory = memory  # the schema of the `memory` and `strike` tables to read

    @property
    def is_recorded(self) -> bool:
        """Whether the run is added to a history."""
        return self._path is not None

    @property
    def notices(self) -> tuple[str, ...]:
        """Notices about the history for the user."""
        if not len(self.damage):
            return self._notices
        number = f"{len(self.damage):,} records" if len(self.damage) > 1 else "1 record"
        verb = "were" if len(self.damage) > 1 else "was"
        done = "ignored" if self._path is None else "removed"
        sentence = f"{number} of the history could not be read and {verb} {done}; the URLs concerned are requested again"
        return (*self._notices, sentence)

    # Run lifecycle

    def begin(self, *, scope: str, means: Callable[[str], str] = lambda _host: "") -> None:
        """Start a run; `scope` identifies what is checked, so that only equal scopes are compared.

        `means` returns how a host is accessed, '' if there is nothing special. Memory from another access is neither reused
        nor changed.
        """
        self._means = means

        def write() -> None:
            cursor = self.database.execute(
                "INSERT INTO run (started, state, scope) VALUES (?, 'running', ?)", (self._stamp(), scope)
            )
            self.run = cursor.lastrowid or 0

        self._write(write)

    def add(
        self,
        article: Article | EncodedArticle,
        violations: tuple[Violation, ...],
        links: Sequence[PlannedLink],
        notes: Notes,
    ) -> None:
        """Record one article with its links; existing targets keep the most detailed probe. Within `_write`.

        An article that is encoded already has its violations with it.
        """
        if isinstance(article, Article):
            article = encode_article(article, violations)
        found = []
        for planned in links:
            link, verdict = planned.link, planned.verdict
            width, height = _declared_size(link)
            found.append(
                (
                    planned.target.url,
                    planned.target.host,
                    link.role.value,
                    link.location.pointer,
                    width,
                    height,
                    None if verdict is None else verdict.kind.value,
                    None if verdict is None else verdict.reason,
                    encode(link),
                    None if planned.skip is None else encode(planned.skip),
                    None if planned.local is None else encode(planned.local),
                )
            )
        values = (article.path, article.record, article.violations, encode(notes))
        row, addresses = share_article(self.database, values, found)
        self._articles += 1
        self.database.execute("INSERT INTO run_article VALUES (?, ?, ?)", (self.run, self._articles, row))
        self.database.executemany("INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?, ?)", map(self._claim, notes.unique))
        self.database.executemany(
            "INSERT INTO run_target (run, address, closeness, asked, means) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (run, address) DO UPDATE SET closeness = max(closeness, excluded.closeness), "
            "asked = max(asked, excluded.asked)",
            [
                (self.run, address, _CLOSENESS[target.probe], skip is None and local is None, self._means(target.host))
                for address, (target, skip, local) in zip(
                    addresses, ((each.target, each.skip, each.local) for each in links), strict=True
                )
            ],
        )

    def add_all(self, rows: Iterable[Row]) -> None:
        """Record articles, one transaction per batch."""
        for batch in _batches(rows, FEW):

            def write(batch: Sequence[Row] = batch) -> None:
                for row in batch:
                    self.add(*row)

            self._write(write)
        self._write(self._settle_unrequested)

    def _claim(self, unique: UniqueValue) -> tuple[int, bytes, str, str, bytes]:
        place = unique.location
        return self.run, hash_of(unique), place.path, place.pointer, encode(unique)

    def claims(self) -> Iterator[UniqueValue]:
        """The unique values of the run."""
        rows = self.database.execute("SELECT record FROM claim WHERE run = ?", (self.run,))
        return (_unique.decode(record) for (record,) in rows)

    def has_article(self, path: str) -> bool:
        """Whether the run has an article with a path."""
        query = f"SELECT EXISTS (SELECT 1 FROM {OF_PATH} WHERE run = ? AND path = ?)"
        return bool(self.database.execute(query, (self.run, path)).fetchone()[0])

    def add_claims(self, values: Iterable[UniqueValue]) -> None:
        """Record the unique values of an article that is not in the run, if the run has equal ones."""
        rows = [(*claim, *claim[:2]) for claim in map(self._claim, values)]

        def write() -> None:
            self.database.executemany(
                "INSERT OR IGNORE INTO claim SELECT ?, ?, ?, ?, ? "
                "WHERE EXISTS (SELECT 1 FROM claim WHERE run = ? AND hash = ?)",
                rows,
            )

        if rows:
            self._write(write)

    def _settle_unrequested(self) -> None:
        """A target that no link requests gets the verdict of its first link."""
        rows = self.database.execute(
            "SELECT target, verdict, reason, min(number * 4294967296 + id) FROM link WHERE run = :run AND target IN "
            "(SELECT address FROM run_target WHERE run = :run AND NOT asked AND result IS NULL) GROUP BY target",
            {"run": self.run},
        ).fetchall()
        settled = [(verdict, reason, address) for address, verdict, reason, _ in rows if verdict is not None]
        # Few reasons, many targets.
        results = {
            each: share_result(self.database, (*each, 0, None, None, None, None))
            for each in dict.fromkeys((verdict, reason) for verdict, reason, _ in settled)
        }
        self.database.executemany(
            "UPDATE run_target SET result = ?, reused = 0 WHERE run = ? AND address = ?",
            ((results[verdict, reason], self.run, address) for verdict, reason, address in settled),
        )

    def check_place(self) -> None:
        """Detect a history that was deleted or replaced during the run: anything written to it is lost."""
        if self._path is not None and not self._in_memory and _identity(self._path) != self._identity:
            self._not_kept(f"{self._path} was deleted or replaced during the run")

    def finish(self, summary: Summary) -> None:
        """Finish the run, and thin the older runs."""

        def write() -> None:
            self.database.execute(
                "UPDATE run SET state = ?, summary = ? WHERE id = ?",
                ("done" if summary.complete else "partial", encode(summary), self.run),
            )
            self.database.execute("DELETE FROM claim WHERE run = ?", (self.run,))
            self._remove_damaged()
            thin_by_age(self.database, now=self._stamp())
            forget_old_copies(self.database, now=self._stamp())

        self._write(write)
        if not self._in_memory:
            give_back(self.database)

    def prune(self, keep: int | None = None) -> int:
        """Keep only the summaries of all runs but the last `keep`, or else of surplus ones; returns how many were thinned.

        The file gives back all free pages.
        """

        def write() -> int:
            by_age = surplus_runs(self.database, now=self._stamp())
            runs = by_age if keep is None else runs_before(self.database, keep)
            thin(self.database, runs)
            return len(runs)

        number = self._write(write)
        if self._in_memory:
            raise IncompleteError(self.write_error or "the history cannot be written")
        shrink(self.database)
        return number

    def close(self) -> None:
        self.database.close()
        if self._lock is not None:
            self._lock.release()

    # Copies in web archives

    def recall_copy(self, key: str) -> tuple[ArchivedCopy | None] | None:
        """What a look-up (`archived_copies.key_of`) found, if it is recent enough; None if there was no such look-up."""
        return self.read(lambda: recall_copy(self.database, key, now=self._stamp()))

    def keep_copy(self, key: str, copy: ArchivedCopy | None) -> None:
        """Remember what a look-up found; None if there is no copy."""
        self._write(lambda: keep_copy(self.database, key, copy, now=self._stamp()))

    # Targets

    def adopt_unfinished(self, *, scope: str, failures_since: str = "") -> int:
        """Adopt the outcomes of unfinished runs of this scope, and delete those runs; returns the number of outcomes.

        Only of runs after the last finished one, which requested everything from before again. Of runs started before
        `failures_since` (RFC 3339), only successes.
        """
        rows = self._fetch(
            "SELECT id FROM run WHERE state != 'done' AND scope = :scope AND id < :run AND id > "
            "coalesce((SELECT max(id) FROM run WHERE state = 'done' AND scope = :scope), 0) ORDER BY id DESC",
            {"scope": scope, "run": self.run},
        )
        return sum(self._adopt(run, failures_since) for (run,) in rows)

    def _adopt(self, run: int, failures_since: str) -> int:
        def write() -> int:
            unreadable = [
                row
                for row, url, verdict, reason, requests, seconds, answered, landing, *blobs in self.database.execute(
                    f"SELECT id, url, verdict, reason, requests, seconds, answered, landing, {OUTCOME} FROM target "
                    "WHERE run = ? AND outcome IS NOT NULL",
                    (run,),
                )
                if decode_outcome(url, verdict, *blobs) is None
                or not _are_columns((reason, requests, seconds, answered, landing))
            ]
            for row in unreadable:
                self.damage.add("target", (run, row))
                self.database.execute("DELETE FROM run_target WHERE run = ? AND address = ?", (run, row))
            cursor = self.database.execute(
                "UPDATE run_target SET (result, reused) = (SELECT result, reused FROM run_target AS old "
                "WHERE old.run = :old AND old.address = run_target.address) "
                "WHERE run = :run AND asked AND result IS NULL AND EXISTS (SELECT 1 FROM run_target AS old "
                "JOIN result ON result.id = old.result WHERE old.run = :old AND old.address = run_target.address "
                "AND result.outcome IS NOT NULL AND result.verdict != 'skipped' AND old.closeness >= run_target.closeness "
                "AND (result.verdict IN ('ok', 'moved') OR (SELECT started FROM run WHERE id = old.run) >= :since))",
                {"old": run, "run": self.run, "since": failures_since},
            )
            forget_run(self.database, run)
            return cursor.rowcount

        return self._write(write)

    def recall(self, *, fresh: Callable[[Outcome], bool], judge: Callable[[Outcome], Verdict]) -> int:
        """Reuse remembered outcomes that are `fresh` and that `judge` still considers ok or moved; returns their number."""
        reused = 0
        after: int | None = -1
        while after is not None:
            number, after = self._recall(after, fresh, judge)
            reused += number
        return reused

    def _recall(
        self, after: int, fresh: Callable[[Outcome], bool], judge: Callable[[Outcome], Verdict]
    ) -> tuple[int, int | None]:
        """Reuse a batch of outcomes; returns their number and the address after which the next batch begins, if any."""
        rows = self._fetch(
            "SELECT target.id, target.url, memory.verdict, memory.outcome FROM target JOIN {memory}.memory AS memory "
            "ON memory.url = target.url AND memory.means = target.means AND memory.closeness >= target.closeness "
            "WHERE target.run = ? AND target.asked AND target.outcome IS NULL AND target.id > ? ORDER BY target.id LIMIT ?",
            (self.run, after, BATCH),
        )
        reused = []
        for row, url, stored, blob in rows:
            outcome = decode_outcome(url, stored, blob)
            if outcome is None or not is_time(outcome.checked_at):
                self.damage.add("memory", url)
            elif fresh(outcome) and (kind := judge(outcome).kind) in REUSABLE:
                kept = msgspec.structs.replace(outcome, reused=True, requests=0)
                reused.append((row, kind, _reason_of(kind, outcome), kept))

        def write() -> None:
            for each in reused:
                self._set_result(*each)

        self._write(write)
        return len(reused), rows[-1][0] if len(rows) == BATCH else None

    def remembered(self, url: str) -> Outcome | None:
        """The last good outcome of a target of this run, whatever its age, whose validators were sent with the request."""
        rows = self._fetch(
            "SELECT memory.verdict, memory.outcome FROM target JOIN {memory}.memory AS memory ON memory.url = target.url "
            "AND memory.means = target.means AND memory.closeness >= target.closeness WHERE run = ? AND target.id = ?",
            (self.run, self._address(url)),
        )
        for verdict, blob in rows:
            outcome = decode_outcome(url, verdict, blob)
            if outcome is None:
                self.damage.add("memory", url)
            elif validators_of(outcome) is not None:
                return outcome
        return None

    def _address(self, url: str) -> int | None:
        return self.read(lambda: address_of(self.database, self.run, url))

    def landings(self, *, at_least: int) -> list[tuple[str, str]]:
        """Final URLs shared by the redirects of at least so many targets of one host, each with that host."""
        return self.database.execute(
            "SELECT landing, host FROM target WHERE run = ? AND answered AND landing IS NOT NULL "
            "GROUP BY landing, host HAVING count(*) >= ? ORDER BY landing, host",
            (self.run, at_least),
        ).fetchall()

    def outcomes_at(self, landing: str, host: str) -> Iterator[Outcome]:
        """The outcomes of a host's targets whose redirects ended at `landing`."""
        rows = self.database.execute(
            f"SELECT {OUTCOME} FROM target WHERE run = ? AND answered AND landing = ? AND host = ? ORDER BY id",
            (self.run, landing, host),
        ).fetchall()
        return (join(*blobs) for blobs in rows)

    def suspects(self) -> Iterator[Outcome]:
        """The outcomes of this run's targets that are suspect."""
        rows = self.database.execute(
            f"SELECT {OUTCOME} FROM target WHERE run = ? AND verdict = ? AND outcome IS NOT NULL ORDER BY id",
            (self.run, VerdictKind.SUSPECT.value),
        ).fetchall()
        return (join(*blobs) for blobs in rows)

    def linking(self, url: str) -> Iterator[tuple[Article, Link]]:
        """The articles that link to a target, each with its link."""
        rows = self.database.execute(
            "SELECT shared_article.record, link.record "
            f"FROM {LINKS_TO} JOIN shared_article ON shared_article.id = link.article "
            "WHERE run = ? AND link.address = ? ORDER BY number, link.id LIMIT ?",
            (self.run, self._address(url), MOST_LINKING),
        ).fetchall()
        return ((_articles.decode(article), _links.decode(link)) for article, link in rows)

    def shared_images(self, *, at_least: int) -> list[tuple[str, int, Location, str | None, str | None]]:
        """Images at one place of at least so many articles' front matter.

        For each its URL, the number of articles, the first link, and the first and last known day. Only at places that can
        be the article's own; deeper ones belong to a provider or a related article.
        """
        self.database.create_function("day", 1, day_of_notes, deterministic=True)
        rows = self.database.execute(
            f"SELECT url, articles, (SELECT record FROM {LINKS_TO} WHERE run = :run AND link.address = shared.target "
            "AND role = :role AND pointer = shared.pointer ORDER BY number, link.id LIMIT 1), first_day, last_day FROM ("
            "SELECT target, pointer, count(DISTINCT number) AS articles, min(day(notes)) AS first_day, "
            "max(day(notes)) AS last_day FROM link JOIN shared_article ON shared_article.id = link.article "
            "WHERE run = :run AND role = :role AND pointer NOT LIKE '/%/%/%/%' "
            "GROUP BY target, pointer HAVING articles >= :least) AS shared JOIN address ON address.id = shared.target "
            "ORDER BY url, pointer",
            {"run": self.run, "role": Role.IMAGE.value, "least": at_least},
        ).fetchall()
        return [(url, articles, _links.decode(record).location, *days) for url, articles, record, *days in rows]

    def reliable_hosts(self, *, most: int = 100) -> tuple[str, ...]:
        """A sample of this run's hosts that answered in an earlier one and have no strike, spread over the archive."""
        rows = self._fetch(
            "SELECT host FROM target JOIN {memory}.memory AS memory ON memory.url = target.url "
            "AND memory.means = target.means "
            "LEFT JOIN {memory}.strike AS strike ON strike.url = target.url AND strike.means = target.means "
            "WHERE run = ? AND asked GROUP BY host HAVING count(strike.url) = 0 "
            "ORDER BY min(target.id) * 2654435761 % 4294967296 LIMIT ?",
            (self.run, most),
        )
        return tuple(host for (host,) in rows)

    def unpublished_pages(self) -> Iterator[tuple[str, str, str, bool, bool]]:
        """The canonicals without a page whose articles are not published yet.

        Each with its URL, the path of the article, why it is not published, whether the change under check added it, and
        whether it is also the article's original.
        """
        rows = self._fetch(
            "SELECT target.url, article.path, article.notes, EXISTS (SELECT 1 FROM shared_link AS beside "
            "WHERE beside.article = article.id AND beside.address = target.id AND beside.role = ?) "
            "FROM link JOIN shared_article AS article ON article.id = link.article "
            "JOIN target ON target.run = link.run AND target.id = link.target WHERE link.run = ? "
            "AND link.pointer NOT LIKE '/%/%' AND link.role = ? AND target.outcome IS NOT NULL "
            "AND target.verdict NOT IN (?, ?) ORDER BY article.path DESC",
            (Role.ORIGINAL.value, self.run, Role.CANONICAL.value, VerdictKind.OK.value, VerdictKind.MOVED.value),
        )
        for url, path, notes, is_original in rows:
            why, is_new = unpublished_of_notes(notes)
            if why is not None:
                yield url, path, why, is_new, bool(is_original)

    def failed_hosts(self) -> frozenset[str]:
        """Hosts that failed as a whole: several targets are unreachable, or were not requested because of the host.

        Two without a response are enough; with error responses it takes `ENOUGH_ERRORS`. A missing name and a redirect to
        another host count as responses.
        """
        self._prepare_hosts()
        values = {"run": self.run, "errors": ENOUGH_ERRORS}
        return frozenset(host for (host,) in self.database.execute(f"{_FAILED_HOSTS} UNION {_GIVEN_UP_HOSTS}", values))

    def _prepare_hosts(self) -> None:
        self.database.create_function("host_of", 2, host_of, deterministic=True)
        self.database.create_function("is_not_sent", 1, _is_not_sent, deterministic=True)

    def settle_pages(self, judge: Callable[[Outcome], Verdict]) -> None:
        """Record a separate verdict for links to pages if links to images have the same URL and it is not an image."""
        rows = self._fetch(
            f"SELECT id, {OUTCOME} FROM target WHERE run = ? AND closeness = ? AND verdict = ? AND outcome IS NOT NULL "
            f"AND EXISTS (SELECT 1 FROM {LINKS_TO} WHERE run = target.run AND link.address = target.id AND role != ?)",
            (self.run, _CLOSENESS[Probe.IMAGE], VerdictKind.SUSPECT.value, Role.IMAGE.value),
        )
        values = []
        for number, *blobs in rows:
            verdict = judge(as_page(join(*blobs)))
            values.append((verdict.kind.value, verdict.reason, self.run, number))
        update = "UPDATE run_target SET page_verdict = ?, page_reason = ? WHERE run = ? AND address = ?"
        self._write(lambda: self.database.executemany(update, values))

    def settle_failed_hosts(self, decide: Callable[[Iterable[tuple[Outcome, Verdict]]], Verdict | None]) -> None:
        """Record one verdict for all targets of each host that failed as a whole, if `decide` returns one."""
        self._prepare_hosts()
        rows = self.database.execute(
            f"SELECT {_LAST_HOST} AS ended, id FROM target WHERE run = :run AND outcome IS NOT NULL "
            f"AND ended IN ({_FAILED_HOSTS}) ORDER BY ended, id",
            {"run": self.run, "errors": ENOUGH_ERRORS},
        ).fetchall()
        for _, of_host in groupby(rows, key=itemgetter(0)):
            numbers = [number for _, number in of_host]
            verdict = decide(map(self._settled, numbers))
            if verdict is not None:
                self._write(partial(self._judge_again, numbers, verdict))

    def _judge_again(self, numbers: Sequence[int], verdict: Verdict) -> None:
        for number in numbers:
            outcome, _ = self._settled(number)
            self._set_result(number, verdict.kind, verdict.reason, outcome)

    def _settled(self, number: int) -> tuple[Outcome, Verdict]:
        kind, reason, *blobs = self.database.execute(
            f"SELECT verdict, reason, {OUTCOME} FROM target WHERE run = ? AND id = ?", (self.run, number)
        ).fetchone()
        return join(*blobs), Verdict(VerdictKind(kind), reason)

    def unsettled(self) -> OpenTargets:
        """The unfinished targets, to be taken host by host."""
        return OpenTargets(self)

    def settle(self, settled: Iterable[JudgedOutcome]) -> None:
        """Record outcomes with their verdicts."""
        items = tuple(settled)

        def write() -> None:
            for item in items:
                address = address_of(self.database, self.run, item.outcome.url)
                if address is not None:
                    self._set_result(address, item.verdict.kind, item.verdict.reason, item.outcome)

        self._write(write)

    def _set_result(self, address: int, kind: VerdictKind, reason: str | None, outcome: Outcome | None) -> None:
        """Must be called within `_write`."""
        database, key = self.database, (self.run, address)
        row, visit, reused = None, None, 0
        values: tuple[object, ...] = (0, None, None)
        if outcome is not None:
            record, visit = split(outcome)
            row = share(database, "outcome", (int(outcome.answer is not None), _landing(outcome), record))
            values = (outcome.requests, outcome.seconds, outcome.checked_at)
            if outcome.reused:
                reused = 1 if reason == _reason_of(kind, outcome) else 2
        result = share_result(database, (kind.value, reason, *values, row, visit), with_reason=reused != 1)
        update = "UPDATE run_target SET result = ?, reused = ? WHERE run = ? AND address = ?"
        if database.execute(f"{update} AND result IS NULL", (result, reused, *key)).rowcount:
            return
        (before,) = database.execute("SELECT result FROM run_target WHERE run = ? AND address = ?", key).fetchone()
        database.execute(update, (result, reused, *key))
        if before != result and not database.execute("SELECT 1 FROM run_target WHERE result = ?", (before,)).fetchone():
            delete_results(database, (before,))

    def remember(
        self,
        *,
        good: Callable[[Outcome, VerdictKind], bool],
        strike: Callable[[Outcome], bool] = lambda _outcome: True,
        lacking: Callable[[Outcome, VerdictKind], bool] = lambda _outcome, _kind: False,
    ) -> None:
        """Update the data kept across runs: good outcomes, and strikes of unreachable targets.

        `strike` decides whether an unreachable outcome counts; if not, the strikes are unchanged. `lacking` decides whether
        a reached one is a strike as well and not a good outcome. An unnamed ledger has no later run.
        """
        if self._path is None:
            return
        now = self._stamp()

        def write() -> None:
            execute = self.database.execute
            self._remove_damaged()
            rows = execute(
                f"SELECT url, means, closeness, verdict, {OUTCOME} FROM target WHERE run = ? AND outcome IS NOT NULL",
                (self.run,),
            )
            for url, means, closeness, verdict, *blobs in rows:
                outcome = join(*blobs)
                if outcome.reused:
                    continue
                lacks = lacking(outcome, VerdictKind(verdict))
                if good(outcome, VerdictKind(verdict)) and not lacks:
                    execute(
                        "INSERT OR REPLACE INTO memory (url, means, closeness, verdict, checked_at, outcome) "
                        "VALUES (?, ?, ?, ?, ?, ?)",
                        (url, means, closeness, verdict, outcome.checked_at or now, encode(outcome)),
                    )
                if verdict == VerdictKind.UNREACHABLE and not strike(outcome):
                    continue
                if verdict == VerdictKind.UNREACHABLE or lacks:
                    self._remove_damaged_strike(url)
                    execute(
                        "INSERT INTO strike (url, means, strikes, first_at, last_at) VALUES (:url, :means, 1, :now, :now) "
                        "ON CONFLICT (url, means) DO UPDATE SET "
                        "strikes = strikes + (substr(last_at, 1, 10) < substr(:now, 1, 10)), last_at = max(last_at, :now)",
                        {"url": url, "means": means, "now": now},
                    )
                elif verdict != VerdictKind.SKIPPED:
                    execute("DELETE FROM strike WHERE url = ? AND means = ?", (url, means))

        self._write(write)

    def strikes(self, url: str) -> Strikes | None:
        """The failed runs in a row for a URL, None if it was reached. Includes this run after `remember`."""
        rows = self._fetch(
            "SELECT strike.url, strikes, first_at, last_at FROM target JOIN {memory}.strike AS strike "
            "ON strike.url = target.url AND strike.means = target.means WHERE run = ? AND target.id = ?",
            (self.run, self._address(url)),
        )
        return self._first_readable(rows)

    def host_strikes(self, host: str) -> Strikes | None:
        """The most strikes among this run's targets that a host did not respond to."""
        self._prepare_hosts()
        rows = self._fetch(
            "SELECT strike.url, strikes, first_at, last_at FROM target "
            "JOIN {memory}.strike AS strike ON strike.url = target.url AND strike.means = target.means "
            f"WHERE run = ? AND {_LAST_HOST} = ? ORDER BY strikes DESC, first_at",
            (self.run, host),
        )
        return self._first_readable(rows)

    def _first_readable(self, rows: Iterable[tuple[str, object, object, object]]) -> Strikes | None:
        for url, strikes, first_at, last_at in rows:
            if isinstance(strikes, int) and isinstance(first_at, str) and is_time(first_at) and is_time(last_at):
                return Strikes(strikes=strikes, first_at=first_at)
            self.damage.add("strike", url)
        return None

    # Evidence and findings

    def evidence(self) -> Iterator[Evidence]:
        """All facts, article by article in the order of their paths."""
        return (each.decode() for each in self.encoded_evidence())

    def encoded_evidence(self) -> Iterator[EncodedEvidence]:
        """The same, to be decoded where it is needed."""
        return read_evidence(self.database, self.run)

    def evidence_with(self, *roles: Role, kinds: Sequence[VerdictKind] = ()) -> Iterator[Evidence]:
        """All facts of articles with a requested link of one of these roles, and with one of these verdicts, if any."""
        return (each.decode() for each in read_evidence(self.database, self.run, roles=roles, kinds=kinds))

    def outcomes_of(self, role: Role) -> Iterator[Outcome]:
        """The outcomes of a role's targets."""
        rows = self.database.execute(
            f"SELECT {OUTCOME} FROM target WHERE run = ? AND outcome IS NOT NULL "
            "AND id IN (SELECT target FROM link WHERE run = ? AND role = ?)",
            (self.run, self.run, role.value),
        ).fetchall()
        return (join(*blobs) for blobs in rows)

    def evidence_of(self, path: str) -> Evidence | None:
        """All facts about one article except duplicates; None if the run has no such article."""
        return read_evidence_of(self.database, self.run, path)

    def line(self, path: str, number: int) -> str | None:
        """A line of an article's front matter, counted from 1; None if the run has no such line."""
        row = self.database.execute(
            f"SELECT record FROM {OF_PATH} WHERE run = ? AND path = ? ORDER BY id LIMIT 1", (self.run, path)
        ).fetchone()
        lines = () if row is None else _articles.decode(row[0]).lines
        return lines[number - 1] if 0 < number <= len(lines) else None

    def add_findings(self, findings: Iterable[Finding]) -> None:
        for batch in _batches(findings):
            self._write(partial(self._add_findings, batch))

    def _add_findings(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            place = finding.location
            row = share(
                self.database,
                "shared_finding",
                (
                    place.path,
                    place.span.line,
                    place.span.column,
                    finding.code,
                    finding.severity.value,
                    finding.status.value,
                    finding.fingerprint,
                    None if finding.common_cause is None else finding.common_cause.problem(finding.code),
                    int(_is_fixable(finding)),
                    encode(finding),
                ),
            )
            self._findings += 1
            self.database.execute(
                "INSERT INTO run_finding VALUES (?, ?, ?, ?)", (self.run, self._findings, row, finding.problem)
            )

    def group_problems(self) -> None:
        """Record the problems of the findings, once all of them are recorded."""
        self._write(lambda: problems.group(self.database, self.run))

    def compare(self, *, scope: str, is_fixed: Callable[[Finding], bool], is_complete: bool) -> Comparison | None:
        """Compare the problems with those of earlier runs, see `problems.compare`. An unnamed ledger has no earlier runs."""
        if self._path is None:
            return None
        return problems.compare(
            self.database,
            self.run,
            scope,
            write=self._write,
            is_fixed=is_fixed,
            is_complete=is_complete,
            damage=self.damage,
        )

    # Transactions and recovery

    def _remove_damaged(self) -> None:
        """Must be called within `_write`."""
        for table, key in self.damage.take():
            if table == "run" and isinstance(key, int):
                forget_run(self.database, key)
            elif table == "finding":
                self.database.execute("DELETE FROM run_finding WHERE finding = ?", (key,))
                self.database.execute("DELETE FROM shared_finding WHERE id = ?", (key,))
            elif table in KEYS:
                self.database.execute(f"DELETE FROM {table} WHERE {KEYS[table]} = ?", (key,))

    def _remove_damaged_strike(self, url: str) -> None:
        rows = self.database.execute("SELECT url, strikes, first_at, last_at FROM strike WHERE url = ?", (url,)).fetchall()
        if rows and self._first_readable(rows) is None:
            self.database.execute("DELETE FROM strike WHERE url = ?", (url,))

    def _fetch(self, query: str, parameters: Sequence[object] | dict[str, object]) -> list[Any]:
        """Rows of a query in which `{memory}` is the schema of the memory tables."""
        return self.read(lambda: self.database.execute(query.format(memory=self.memory), parameters).fetchall())

    def read(self, read: Callable[[], _T]) -> _T:
        """Run a query, again if the history had to be abandoned."""
        try:
            return read()
        except sqlite3.DatabaseError as error:
            if self._in_memory or not is_corrupt(error):
                raise
            self._give_up(error)
            return read()

    def _write(self, write: Callable[[], _T]) -> _T:
        """Run `write` in a transaction; after a disk error, continue in memory and run it there."""
        try:
            return self._transaction(write)
        except sqlite3.DatabaseError as error:
            damaged = is_corrupt(error) or (isinstance(error, sqlite3.IntegrityError) and self._path is not None)
            if self._in_memory or not (damaged or isinstance(error, sqlite3.OperationalError)):
                raise
            if isinstance(error, sqlite3.OperationalError) and not damaged:
                self._continue_in_memory(error)
            else:
                self._give_up(error)
            return self._transaction(write)

    def _transaction(self, write: Callable[[], _T]) -> _T:
        execute = self.database.execute
        execute("BEGIN IMMEDIATE")
        try:
            result = write()
            execute("COMMIT")
        except BaseException:
            if self.database.in_transaction:
                execute("ROLLBACK")
            raise
        return result

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        """Continue in memory with the rows of this run, without the damaged history, which is renamed.

        Raises IncompleteError if this run's own rows are lost as well.
        """
        if self._path is None:
            if self.memory == "main":
                raise error
            self.memory = "main"
            self._notices = (*self._notices, f"the history is damaged ({error}) and is no longer read")
            return
        replacement = _memory_database()
        try:
            migrate(replacement)
            for table, of_run in ROWS_OF_RUN.items():
                for row in self.database.execute(f"SELECT DISTINCT {table}.* FROM {table} {of_run}", (self.run,)):
                    replacement.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
        except sqlite3.DatabaseError:
            replacement.close()
            self.abandon(error)
            raise error from None
        self._damaged(error)
        self._move_to(replacement)

    def abandon(self, error: BaseException) -> None:
        """Close the ledger after an error.

        Raises IncompleteError if the history is damaged: the next run creates a new one.
        """
        damaged = isinstance(error, sqlite3.DatabaseError) and is_corrupt(error)
        if damaged and self._path is not None and not self._in_memory:
            where = self._damaged(error)
            self.close()
            raise IncompleteError(f"{where}; run the check again")
        self.close()

    def _damaged(self, error: BaseException) -> str:
        """Close the damaged history and rename it; returns a sentence for the user."""
        assert self._path is not None
        self.database.close()
        where = f"{self._path} is damaged ({error})"
        try:
            where = f"{where} and was moved to {set_aside(self._path, self._stamp()).name}"
        except OSError:
            where = f"{where} and cannot be moved; delete it"
        self._not_kept(where)
        return where

    def _move_to(self, replacement: sqlite3.Connection) -> None:
        self.database.close()
        self.database = replacement
        self._in_memory = True
        self.memory = "main"

    def _continue_in_memory(self, error: sqlite3.OperationalError) -> None:
        replacement = _memory_database()
        try:
            self.database.backup(replacement)
        except sqlite3.Error:
            replacement.close()
            raise error from None
        self._move_to(replacement)  # a history attached for reading is lost with the old connection
        where = "the temporary folder" if self._path is None else str(self._path)
        self._not_kept(f"{where} could not be written ({error})")

    def _not_kept(self, because: str) -> None:
        self.write_error = self.write_error or because
        self._notices = (*self._notices, f"{because}: the results of this run are in its reports but not in the history")


def _memory_database() -> sqlite3.Connection:
    replacement = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, uri=True)
    replacement.text_factory = readable_text
    replacement.execute("PRAGMA temp_store=MEMORY")
    return replacement


def _are_columns(values: Sequence[object]) -> bool:
    """Whether reason, requests, seconds, answered and landing of a target have valid types."""
    reason, requests, seconds, answered, landing = values
    return (
        all(text is None or isinstance(text, str) for text in (reason, landing))
        and isinstance(requests, int)
        and (seconds is None or isinstance(seconds, int | float))
        and isinstance(answered, int)
    )


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of the file at a path, None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_not_sent(blob: bytes) -> bool:
    failure = _outcomes.decode(blob).failure
    return failure is not None and failure.kind is FailureKind.HOST_DOWN


def _is_fixable(finding: Finding) -> bool:
    """Whether `linkcheck fix` corrects it by default."""
    return finding.status is Status.OPEN and finding.fix is not None and finding.fix.kind is FixKind.SAFE


def _landing(outcome: Outcome) -> str | None:
    return chain_of(outcome)[-1] if outcome.hops else None


def _declared_size(link: Link) -> tuple[int | None, int | None]:
    wants = link.wants
    width = wants.width.value if wants.width is not None else None
    height = wants.height.value if wants.height is not None else None
    return _small_integer(width), _small_integer(height)


def _small_integer(value: object) -> int | None:
    # SQLite stores 64 bits; an invalid size is not a key.
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 32 else None


def _reason_of(verdict: VerdictKind, outcome: Outcome) -> str:
    return f"{verdict.value} on {outcome.checked_at[:10]}, reused"


def _batches(items: Iterable[_T], size: int = BATCH) -> Iterator[tuple[_T, ...]]:
    iterator = iter(items)
    while batch := tuple(islice(iterator, size)):
        yield batch
