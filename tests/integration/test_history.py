"""A history survives its surroundings: damage, other kinds of files, and files that change during a run."""

import json
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import article, linkcheck

from linkcheck.ledger.tables import NEWEST

if TYPE_CHECKING:
    from loopback import Loopback

WEB = '["http://a.example/*"]\n'
OPTIONS = ("--replay", "web.toml", "--history", "h.sqlite3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(article(webUrl="http://a.example/ok"), "utf-8")
    (tmp_path / "web.toml").write_text(WEB, "utf-8")
    return tmp_path


def test_a_pipe_is_refused_and_left_alone(folder: Path) -> None:
    os.mkfifo(folder / "h.sqlite3")
    done = linkcheck("check", *OPTIONS, cwd=folder)
    assert done.code == 2, done
    assert "not a regular file" in done.err
    assert (folder / "h.sqlite3").is_fifo()


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_a_pipe_beside_a_history_is_refused(folder: Path, suffix: str) -> None:
    assert linkcheck("check", *OPTIONS, cwd=folder).code == 0
    for name in folder.glob("h.sqlite3-*"):
        name.unlink()
    os.mkfifo(folder / f"h.sqlite3{suffix}")
    for words in (("check", *OPTIONS), ("report", "--history", "h.sqlite3")):
        done = linkcheck(*words, cwd=folder)
        assert (done.code, "not a regular file" in done.err) == (2, True), done


def test_a_symbolic_link_to_a_history_is_followed(folder: Path) -> None:
    assert linkcheck("check", "--replay", "web.toml", "--history", "real.sqlite3", cwd=folder).code == 0
    (folder / "h.sqlite3").symlink_to("real.sqlite3")
    assert "1 from earlier runs" in linkcheck("check", *OPTIONS, cwd=folder).out


@pytest.mark.parametrize("then", ["", "Path('h.sqlite3').write_bytes(b'another')"], ids=["deleted", "replaced"])
def test_a_history_that_goes_away_during_the_run_is_told(folder: Path, then: str) -> None:
    assert linkcheck("check", *OPTIONS, cwd=folder).code == 0
    away = "from pathlib import Path\nfrom linkcheck.ledger import Ledger\n"
    away += "def facts(self, _f=Ledger.encoded_evidence):\n    Path('h.sqlite3').rename('away')\n"
    away += f"    {then or 'pass'}\n    return _f(self)\nLedger.encoded_evidence = facts"
    done = linkcheck("check", *OPTIONS, "--max-age", "0", cwd=folder, before=away)
    assert done.code == 4, done
    told = " ".join(done.out.split())
    assert "deleted or replaced during the run" in told
    assert "not judged" not in told


def verdicts(folder: Path, *options: str) -> list[tuple[str, bool]]:
    """The verdict of each target, and whether it was reused."""
    done = linkcheck("check", "--history", "h.sqlite3", "--report", "json", *options, cwd=folder)
    return [(target["verdict"], target["reused"]) for target in json.loads(done.out)["targets"]]


def through(loopback: "Loopback", resolve: str = "*:443") -> tuple[str, ...]:
    port = loopback.serve("a.example")
    loopback_web = ("--ca-bundle", str(loopback.ca_file), "--allow-address", "127.0.0.0/8")
    return (*loopback_web, "--resolve", f"{resolve}=127.0.0.1:{port}")


def test_what_was_replayed_is_never_taken_for_the_web(folder: Path, loopback: "Loopback") -> None:
    (folder / "a.md").write_text(article(webUrl="https://a.example/404"), "utf-8")
    (folder / "web.toml").write_text('["https://a.example/*"]\n', "utf-8")
    assert verdicts(folder, "--replay", "web.toml") == [("ok", False)]
    assert verdicts(folder, *through(loopback)) == [("dead", False)]
    assert verdicts(folder, "--replay", "web.toml") == [("ok", True)], "the replayed nights keep their own memory"


def test_a_night_with_other_addresses_is_no_news_of_the_web(folder: Path, loopback: "Loopback") -> None:
    (folder / "a.md").write_text(article(webUrl="https://a.example/ok"), "utf-8")
    here = through(loopback)
    assert verdicts(folder, *here) == [("ok", False)]
    assert verdicts(folder, *here) == [("ok", True)]
    assert verdicts(folder, *here[:-1], here[-1].replace("*:443", "a.example:443")) == [("ok", False)]


def test_a_status_that_is_no_longer_accepted_is_not_reused(folder: Path) -> None:
    (folder / "web.toml").write_text('["http://a.example/*"]\nstatus = 404\n', "utf-8")
    config = folder / "linkcheck.toml"
    config.write_text('[hosts."a.example"]\naccept = [404]\n', "utf-8")
    assert verdicts(folder, "--replay", "web.toml") == [("ok", False)]
    assert verdicts(folder, "--replay", "web.toml") == [("ok", True)]
    config.write_text("", "utf-8")
    assert verdicts(folder, "--replay", "web.toml") == [("dead", False)]


PLANTED = {
    "a view in place of the runs": "DROP TABLE run; CREATE VIEW run AS {endless}",
    "a view in place of what is remembered": "DROP TABLE memory; CREATE VIEW memory AS {endless}",
    "a trigger": "CREATE TRIGGER t AFTER UPDATE ON run_target BEGIN UPDATE result SET verdict = 'ok'; END",
    "a table more": "CREATE TABLE more (x)",
    "an index that computes": "CREATE INDEX sqlitezone ON run(abs(id) + 1)",
    "a check that computes": "DROP TABLE run; CREATE TABLE run (id INTEGER CHECK (zeroblob(1) != id))",
    "a computed column": "ALTER TABLE run_target ADD COLUMN more AS (hex(zeroblob(5)))",
}
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n"


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("layout", [1, NEWEST], ids=["an older layout", "this layout"])
def test_a_history_with_tables_of_somebody_else_is_never_read(folder: Path, planted: str, layout: int) -> None:
    assert linkcheck("check", *OPTIONS, cwd=folder).code == 0
    database = sqlite3.connect(folder / "h.sqlite3", isolation_level=None)
    database.executescript(f"{PLANTED[planted].format(endless=ENDLESS)}; PRAGMA user_version={layout}")
    database.close()
    rendered = linkcheck("report", "--history", "h.sqlite3", cwd=folder)
    assert rendered.code == 2
    assert "h.sqlite3" in rendered.err
    checked = linkcheck("check", *OPTIONS, cwd=folder)
    assert checked.code == 0
    assert "its tables are not those of a linkcheck history" in " ".join(checked.out.split())
    assert len(list(folder.glob("h.sqlite3.corrupt-*"))) == 1


def test_a_history_in_use_is_only_read_where_its_tables_are_ours(folder: Path) -> None:
    assert linkcheck("check", *OPTIONS, cwd=folder).code == 0
    database = sqlite3.connect(folder / "h.sqlite3", isolation_level=None)
    database.executescript(PLANTED["a view in place of what is remembered"].format(endless=ENDLESS))
    database.close()
    hold = "from pathlib import Path\nfrom linkcheck.ledger.lock import Lock\nheld = Lock(Path('h.sqlite3.lock'))\n"
    done = linkcheck("check", *OPTIONS, cwd=folder, before=f"{hold}held.acquire()")
    assert done.code == 0
    assert "not read either" in " ".join(done.out.split())


def test_what_a_page_says_of_itself_is_kept(folder: Path) -> None:
    page = """page = {title = "Another", og-url = "/b", refresh = "0; /b", json-ld = '{"@type": "Article", "url": "/c"}'}"""
    (folder / "web.toml").write_text(
        f"""["http://a.example/ok"]\n{page}\n["http://a.example/card"]\n{page.replace('refresh = "0; /b", ', "")}\n""",
        "utf-8",
    )
    (folder / "b.md").write_text(article(webUrl="http://a.example/card", title="A title"), "utf-8")
    found = []
    for _ in range(2):
        done = linkcheck("check", *OPTIONS, "--report", "json", cwd=folder)
        found.append({(row["code"], row["message"]) for row in json.loads(done.out)["findings"]})
    assert '"reused":true' in done.out
    assert found[0] == found[1]
    assert {code for code, _ in found[0]} >= {"LC301", "LC322"}


def test_what_an_article_vouched_for_is_judged_anew_by_other_articles(folder: Path) -> None:
    (folder / "web.toml").write_text('["http://a.example/*"]\npage.title = "404"\n', "utf-8")
    (folder / "a.md").write_text(article(title="404", webUrl="http://a.example/ok"), "utf-8")
    for _ in range(2):
        assert verdicts(folder, "--replay", "web.toml") == [("ok", False)]
    (folder / "a.md").write_text(article(title="Bridge", webUrl="http://a.example/ok"), "utf-8")
    assert verdicts(folder, "--replay", "web.toml") == [("suspect", False)]


@pytest.mark.parametrize("layout", [1, 99], ids=["an older version", "a later version"])
def test_a_history_of_another_version_is_not_rendered(folder: Path, layout: int) -> None:
    assert linkcheck("check", *OPTIONS, cwd=folder).code == 0
    database = sqlite3.connect(folder / "h.sqlite3", isolation_level=None)
    database.execute(f"PRAGMA user_version={layout}")
    database.close()
    done = linkcheck("report", "--history", "h.sqlite3", cwd=folder)
    assert done.code == 2
    assert "not a history of this version of linkcheck" in " ".join(done.err.split())
