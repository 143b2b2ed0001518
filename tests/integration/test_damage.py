"""Whatever bytes of a history are damaged, a run and a report end as they should."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import article

from linkcheck import pipeline
from linkcheck.cli import run

WEB = """
["http://a.example/*"]
headers.etag = '"1"'
["http://b.example/*"]
failure = "timeout"
["http://c.example/*"]
status = 404
["http://d.example/*"]
location = "http://a.example/elsewhere"
status = 301
"""
CHECK = ("check", "--replay", "web.toml", "--history", "h.sqlite3", "--retries", "0", "--quiet")
REPORT = ("report", "--history", "h.sqlite3", "--report", "json")


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The bytes of a history of three nights, the last of which did not end."""
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        related = [{"title": "A title", "webUrl": f"http://{host}.example/{name}"} for host in "bcd"]
        (tmp_path / f"{name}.md").write_text(article(webUrl=f"http://a.example/{name}", related=related), "utf-8")
    (tmp_path / "web.toml").write_text(WEB, "utf-8")
    begun = pipeline.RunContext
    for ago in (2, 1, 0):
        night = datetime.now(UTC) - timedelta(days=ago)
        with monkeypatch.context() as context:
            context.setattr(pipeline, "RunContext", lambda config, night=night: begun(config, now=lambda: night))
            assert run([*CHECK, "--max-age", "0"]) == 1
    with closing(sqlite3.connect("h.sqlite3")) as database:
        with database:
            database.execute("UPDATE run SET state = 'running', summary = NULL WHERE id = 3")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path("h.sqlite3").read_bytes()


def lay(content: bytes) -> Path:
    for old in Path().glob("h.sqlite3*"):
        old.unlink()
    path = Path("h.sqlite3")
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("seed", range(6))
def test_flipped_bytes_never_end_in_an_internal_error(history: bytes, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(seed)
    used = [place for place, byte in enumerate(history) if byte and place >= 100]
    for number in range(12):
        damaged = bytearray(history)
        places = chance.sample(used, chance.choice((1, 1, 4, 40)))
        for place in places:
            damaged[place] ^= chance.choice((0xFF, 0x80, 1 << chance.randrange(8)))
        lay(bytes(damaged))
        codes = [
            run(REPORT),
            run([*CHECK, *(("--resume",) if number % 2 else ()), "--max-age", str(number % 3)]),
            run(REPORT),
        ]
        told = capsys.readouterr().err
        assert set(codes) <= {0, 1, 2, 4}, (codes, places, told)
        assert "Traceback" not in told


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE memory SET outcome = x'ff00ff'",
        "UPDATE memory SET verdict = x'ff'",
        "UPDATE memory SET verdict = 'okay', outcome = 7",
        "UPDATE strike SET first_at = 'yesterday'",
        "UPDATE strike SET strikes = x'00', last_at = 5",
        "UPDATE known_problem SET first_seen = 'yesterday'",
        "UPDATE outcome SET record = x'81'",
        "UPDATE result SET visit = x'81' WHERE id IN (SELECT result FROM run_target WHERE run = 3)",
        "UPDATE result SET verdict = 'x' WHERE id IN (SELECT result FROM run_target WHERE run = 3)",
        "UPDATE run SET started = 3 WHERE id = 2",
    ],
)
def test_a_damaged_record_is_removed_with_one_notice(
    history: bytes, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lay(history)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(damage)
    told = []
    for options in (("--resume",) if damage.startswith(("UPDATE outcome", "UPDATE result")) else (), ()):
        assert run([*CHECK[:-1], *options]) == 1
        told.append(" ".join(capsys.readouterr().out.split()))
    assert told[0].count("could not be read and") == 1, told[0]
    assert "could not be read and" not in told[1], told[1]
