"""Damaged records of a history: what is recognized, told, removed and refused."""

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from linkcheck.errors import UsageError
from linkcheck.judge import verdict
from linkcheck.ledger import JudgedOutcome, Notes, PlannedLink, RecordedRun, open_ledger, open_recorded
from linkcheck.ledger.damage import Damage, decode, decode_outcome, is_corrupt, is_time, is_verdict, set_aside
from linkcheck.ledger.store import DATABASE_SUFFIXES
from linkcheck.model import (
    Answer,
    Article,
    Cause,
    CauseKind,
    Finding,
    Hop,
    Link,
    Location,
    Outcome,
    Probe,
    Role,
    Severity,
    Span,
    Summary,
    Target,
    VerdictKind,
)

DAY = "2026-11-01T06:00:00Z"
URL, BROKEN = "https://a.example/a", "https://[/"
OUTCOME = Outcome(URL, Probe.STATUS, Answer(200, URL), checked_at=DAY)


@pytest.mark.parametrize(
    ("outcome", "url", "kind", "readable"),
    [
        (OUTCOME, URL, "ok", True),
        (OUTCOME, "https://a.example/b", "ok", False),
        (OUTCOME, URL, "unheard-of", False),
        (OUTCOME, URL, None, False),
        (replace(OUTCOME, checked_at=""), URL, "ok", True),
        (replace(OUTCOME, checked_at="yesterday"), URL, "ok", False),
        (replace(OUTCOME, answer=None), URL, "ok", True),
        (replace(OUTCOME, answer=Answer(200, "https://b.example/")), URL, "ok", True),
        (replace(OUTCOME, answer=Answer(200, BROKEN)), URL, "ok", False),
        (replace(OUTCOME, hops=(Hop(URL, 301, "/b"), Hop("https://b.example/", 301, "/c"))), URL, "ok", True),
        (replace(OUTCOME, hops=(Hop(URL, 301, "/b"), Hop(BROKEN, 301, "/c"))), URL, "ok", False),
        (replace(OUTCOME, url=BROKEN, answer=Answer(200, BROKEN), hops=(Hop(BROKEN, 301, "/b"),)), BROKEN, "ok", True),
    ],
)
def test_an_outcome_is_read_if_it_is_of_its_url_and_all_in_it_is_valid(
    outcome: Outcome,
    url: str,
    kind: object,
    readable: bool,  # noqa: FBT001
) -> None:
    assert decode_outcome(url, kind, msgspec.msgpack.encode(outcome)) == (outcome if readable else None)


@pytest.mark.parametrize("blob", [b"", b"\xc1", b"\x91", "text", None, 1, b"\xa1\xff"])
def test_bytes_that_are_no_record_are_none(blob: object) -> None:
    assert decode(msgspec.msgpack.Decoder(str).decode, blob) is None
    assert decode(msgspec.msgpack.Decoder(str).decode, b"\xa1x") == "x"


def test_verdicts_and_times_are_recognized() -> None:
    assert all(is_verdict(kind.value) for kind in VerdictKind)
    assert not any(map(is_verdict, ("unheard-of", b"ok", None, 1)))
    assert is_time(DAY)
    assert is_time("2026-11-01T06:00:00+02:00")
    assert not any(map(is_time, ("2026-11-01T06:00:00", "x", "", None, 1, b"x")))


def test_a_record_is_counted_and_removed_once() -> None:
    damage = Damage()
    for key in (1, 2, 1):
        damage.add("target", key)
    assert (len(damage), damage.take(), damage.take()) == (2, [("target", 1), ("target", 2)], [])
    damage.add("target", 1)
    damage.add("finding", 1)
    assert (len(damage), damage.take()) == (3, [("finding", 1)])


@pytest.mark.parametrize(
    ("code", "corrupt"),
    [
        (sqlite3.SQLITE_CORRUPT, True),
        (sqlite3.SQLITE_CORRUPT | 1 << 8, True),
        (sqlite3.SQLITE_NOTADB, True),
        (sqlite3.SQLITE_BUSY, False),
        (sqlite3.SQLITE_FULL, False),
    ],
)
def test_the_code_of_an_error_tells_whether_the_file_is_damaged(code: int, corrupt: bool) -> None:  # noqa: FBT001
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    assert is_corrupt(error) is corrupt


def test_an_error_without_a_code_is_damage_only_if_it_is_our_own() -> None:
    assert is_corrupt(sqlite3.DatabaseError("x"))
    assert not is_corrupt(sqlite3.OperationalError("x"))


def test_a_damaged_history_is_renamed_without_its_auxiliary_files(tmp_path: Path) -> None:
    for name in ("h.db", "h.db-wal", "h.db-shm", "h.db-other"):
        (tmp_path / name).write_text(name)
    assert set_aside(tmp_path / "h.db", DAY) == tmp_path / "h.db.corrupt-2026-11-01T060000Z"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["h.db-other", "h.db.corrupt-2026-11-01T060000Z"]


def night(path: Path, day: str, *urls: str) -> tuple[int, tuple[str, ...]]:
    """A run over some URLs, all of which answer: how many outcomes it reused, and its notices."""
    ledger = open_ledger(path, stamp=lambda: day)
    ledger.begin(scope="check .")
    span = Span(3, 9, 3, 30)
    links = [
        PlannedLink(Link(Location("a.md", span, f"/{url}"), Role.LINK, url), Target(url, Probe.STATUS, "a.example"))
        for url in urls
    ]
    ledger.add_all([(Article("a.md"), (), links, Notes())])
    reused = ledger.recall(fresh=lambda _: True, judge=verdict)
    answers = (Outcome(url, Probe.STATUS, Answer(200, url), checked_at=day) for url in urls)
    ledger.settle([JudgedOutcome(outcome, verdict(outcome)) for outcome in answers])
    ledger.remember(good=lambda _outcome, kind: kind is VerdictKind.OK)
    ledger.finish(
        Summary(
            started=day,
            seconds=1.0,
            complete=True,
            articles=1,
            links=len(urls),
            targets=len(urls),
            requests=len(urls),
            verdicts=dict.fromkeys(VerdictKind, 0),
            findings=dict.fromkeys(Severity, 0),
        )
    )
    notices = ledger.notices
    ledger.close()
    return reused, notices


def change(path: Path, sql: str) -> None:
    """As damage or another program would."""
    database = sqlite3.connect(path)
    database.execute(sql)
    database.commit()
    database.close()


@pytest.mark.parametrize(
    ("where", "reused", "told"),
    [
        ("1 = 0", 2, ()),
        (
            f"url = '{URL}'",
            1,
            ("1 record of the history could not be read and was removed; the URLs concerned are requested again",),
        ),
        ("1", 0, ("2 records of the history could not be read and were removed; the URLs concerned are requested again",)),
    ],
    ids=["none", "one", "two"],
)
def test_outcomes_that_cannot_be_read_are_requested_again(
    tmp_path: Path, where: str, reused: int, told: tuple[str, ...]
) -> None:
    path, urls = tmp_path / "h.db", (URL, "https://a.example/b")
    assert night(path, DAY, *urls) == (0, ())
    change(path, f"UPDATE memory SET outcome = x'c1' WHERE {where}")
    assert night(path, "2026-11-02T06:00:00Z", *urls) == (reused, told)
    assert night(path, "2026-11-03T06:00:00Z", *urls) == (2, ())


def test_what_is_damaged_of_a_run_is_skipped_and_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    night(path, DAY, URL)
    ledger = open_ledger(path, stamp=lambda: DAY)
    ledger.begin(scope="check .")
    place = Location("b.md", Span(3, 9, 3, 30), "/url")
    target = Target(URL, Probe.STATUS, "a.example")
    ledger.add_all([(Article("b.md"), (), [PlannedLink(Link(place, Role.LINK, URL), target)], Notes())])
    ledger.settle([JudgedOutcome(OUTCOME, verdict(OUTCOME))])
    cause = Cause(CauseKind.TARGET, URL)
    ledger.add_findings([Finding("LC201", "dead", Severity.ERROR, place, "404", url=URL, cause=cause)])
    ledger.group_problems()
    database, damage = ledger.database, Damage()
    recorded = RecordedRun(database, ledger.run, damage=damage)
    (problem,) = recorded.problems()
    for table in ("article", "link", "finding"):
        database.execute(f"UPDATE shared_{table} SET record = x'c1'")
    database.execute("UPDATE result SET verdict = 'unheard-of'")
    database.execute("UPDATE run SET summary = x'c1'")
    with pytest.raises(UsageError, match="run 2 of the history is damaged; choose another one with --run"):
        recorded.summary()
    for _ in range(2):
        assert [*recorded.articles(), *recorded.links(), *recorded.findings(), *recorded.problems()] == []
        assert [*recorded.targets(), *recorded.hosts(), *recorded.runs()] == []
        assert list(recorded.places(problem)) == []
    assert damage.take() == [
        ("run", 2),
        ("article", 2),
        ("link", 2),
        ("finding", 1),
        ("problem", 1),
        ("target", 1),
        ("host", "a.example"),
        ("run", 1),
    ]
    ledger.close()


def refusal(path: Path, run: int | None = None) -> str:
    with pytest.raises(UsageError) as refused, open_recorded(path, run):
        pass
    return str(refused.value).replace(str(path), "PATH")


def test_a_recorded_run_is_the_last_or_the_one_with_the_number(tmp_path: Path) -> None:
    path, second = tmp_path / "h.db", "2026-11-02T06:00:00Z"
    night(path, DAY, URL)
    night(path, second, URL)
    for number, started in ((None, second), (1, DAY), (2, second)):
        with open_recorded(path, number) as recorded:
            assert recorded.summary().started == started
    assert refusal(path, 3) == f"PATH: there is no run 3; runs: 2 ({second}, complete), 1 ({DAY}, complete)"


def test_a_recorded_run_is_closed_after_it_was_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, opened = tmp_path / "h.db", list[sqlite3.Connection]()
    night(path, DAY, URL)
    connect = sqlite3.connect

    def remembered(*arguments: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", remembered)
    with open_recorded(path, 1) as recorded:
        assert [record.target.url for record in recorded.targets()] == [URL]
    assert refusal(path, 3).startswith("PATH: there is no run 3;")
    assert len(opened) > 1
    for each in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
            each.execute("SELECT 1")


def test_what_is_no_history_with_a_finished_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    assert refusal(path) == "the history PATH does not exist; create one with `linkcheck check --history PATH`"
    ledger = open_ledger(path, stamp=lambda: DAY)
    ledger.begin(scope="check .")
    ledger.close()
    assert refusal(path) == "PATH: there is no finished run; runs: no finished run"
    change(path, "CREATE TABLE other (x)")
    assert refusal(path) == "PATH: damaged or changed by another program; use another file, or delete this one"
    older = "PATH: not a history of this version of linkcheck; `linkcheck check --history PATH` updates an older one"
    change(path, "PRAGMA user_version = 1")
    assert refusal(path) == older
    other = tmp_path / "other.db"
    change(other, "CREATE TABLE run (id)")
    assert refusal(other).replace(str(other), "PATH") == older
    text = tmp_path / "text.db"
    text.write_text("This is no database, whatever its name says, and it never was." * 20)
    assert refusal(text).replace(str(text), "PATH") == "PATH: the history cannot be read: file is not a database"


@pytest.mark.parametrize("suffix", DATABASE_SUFFIXES)
def test_only_a_file_that_is_named_like_a_database_is_renamed(tmp_path: Path, suffix: str) -> None:
    text = "This is no database, whatever its name says, and it never was." * 20
    path, other = tmp_path / f"h{suffix}", tmp_path / "h.txt"
    path.write_text(text)
    other.write_text(text)
    _, (notice,) = night(path, DAY, URL)
    aside = f"h{suffix}.corrupt-2026-11-01T060000Z"
    assert notice == (f"{path} was damaged (file is not a database): it was moved to {aside}, and a new history was started")
    assert (tmp_path / aside).read_text() == text
    with pytest.raises(UsageError, match="this is not a database; use another file"):
        night(other, DAY, URL)
    assert other.read_text() == text
