"""Nothing that was found is lost, whatever ends a run: signals, kills, disks, networks, faults of our own."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from command import PATIENCE, Done, article, linkcheck, start, surroundings
from dnslib.server import DNSServer

from linkcheck.model import Json

if TYPE_CHECKING:
    from loopback import Asked, Loopback, Reader, Writer

URLS = 24
HASTY = ("--interval", "0", "--retries", "0", "--allow-address", "127.0.0.0/8", "--timeout", "60")
IMPATIENT = """
import msgspec, linkcheck.fetch.scheduling.crawler as c, linkcheck.pipeline.options as a
c.PATIENCE_AT_START = 0.2
a.fetch_options = lambda config, _f=a.fetch_options: msgspec.structs.replace(_f(config), patience=0.2)
"""


class Slow:
    """Pages that are held back until they are let go, and how many were asked for."""

    def __init__(self, web: "Loopback") -> None:
        self.web = web
        self.asked = threading.Semaphore(0)
        self._let_go = asyncio.Event()
        web.behaviours["/held"] = self._hold

    async def _hold(self, asked: "Asked", reader: "Reader", writer: "Writer") -> None:
        self.asked.release()
        await self._let_go.wait()
        await self.web.behaviours["/ok"](asked, reader, writer)

    def let_go(self) -> None:
        self.web._loop.call_soon_threadsafe(self._let_go.set)

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            assert self.asked.acquire(timeout=PATIENCE)


@pytest.fixture
def slow(loopback: "Loopback") -> Iterator[Slow]:
    slow = Slow(loopback)
    yield slow
    slow.let_go()


def web_of(loopback: "Loopback") -> tuple[str, ...]:
    return *HASTY, "--resolve", f"*:80=127.0.0.1:{loopback.ports['http']}"


def write(folder: Path, *urls: str) -> None:
    related = [{"title": "A title", "webUrl": url} for url in urls]
    (folder / "a.md").write_text(article(webUrl=urls[0], related=related[1:]))


def many(count: int = URLS) -> list[str]:
    return [f"http://h{number % 6}.example/ok?{number}" for number in range(count)]


def report_of(out: str | bytes) -> dict[str, Json]:
    report: dict[str, Json] = msgspec.json.decode(out)
    return report


def verdicts(report: dict[str, Json]) -> dict[str, int]:
    found: dict[str, int] = msgspec.convert(report["summary"], dict[str, object])["verdicts"]  # type: ignore[assignment]
    return {kind: count for kind, count in found.items() if count}


def begin(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*start(), "check", *arguments], cwd=folder, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


# Signals


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_ends_it_with_a_report_of_what_is_known(
    tmp_path: Path, slow: Slow, number: signal.Signals, code: int
) -> None:
    write(tmp_path, *(f"http://a.example/held?{n}" for n in range(9)))
    options = (*web_of(slow.web), "--per-host", "3", "--concurrency", "3", "--report", "json", "--history", "h.sqlite3")
    with begin(tmp_path, *options) as process:
        slow.wait_for(3)
        process.send_signal(number)
        slow.let_go()
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code, err
    report = report_of(out)
    assert msgspec.convert(report["summary"], dict[str, object])["complete"] is False
    assert verdicts(report).get("ok", 0) + verdicts(report).get("moved", 0) >= 3
    assert len(msgspec.convert(report["targets"], list[object])) == 9
    # And what was known then need not be asked again.
    asked = len(slow.web.asked)
    again = linkcheck("check", *options, "--resume", cwd=tmp_path)
    assert again.code == 0
    assert len(slow.web.asked) - asked <= 9 - 3
    assert verdicts(report_of(again.out)) == {"ok": 9}


def test_a_second_ctrl_c_ends_it_at_once(tmp_path: Path, slow: Slow) -> None:
    write(tmp_path, *(f"http://a.example/held?{n}" for n in range(3)))
    told = "import os, linkcheck.fetch.scheduling.crawler as c\ndef interrupt(self, n, _f=c.Crawler.interrupt):\n"
    told += "    _f(self, n)\n    os.write(1, b'heard\\n')\nc.Crawler.interrupt = interrupt"
    with subprocess.Popen(
        [*start(told), "check", *web_of(slow.web), "--per-host", "3", "--report", "json:report.json"],
        cwd=tmp_path,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        slow.wait_for(3)
        for _ in range(2):
            process.send_signal(signal.SIGINT)
            assert process.stdout.readline() == b"heard\n"
        _, err = process.communicate(timeout=PATIENCE)
    # The pages are held back to this moment: it did not wait for them.
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert verdicts(report_of((tmp_path / "report.json").read_bytes())) == {"skipped": 3}


SIGNALLED = """
import os, linkcheck.ledger as l, linkcheck.report as r, linkcheck.pipeline.read_article as reading, linkcheck.judge as j
def signalled(place, name, count, number):
    calls = []
    def call(*a, _f=getattr(place, name), **k):
        calls.append(1)
        if len(calls) == count:
            os.kill(os.getpid(), number)
        return _f(*a, **k)
    setattr(place, name, call)
"""
MOMENTS = {
    "reading": "signalled(reading, 'parse', 2, {0})",
    "between reading and requesting": "signalled(l.Ledger, 'unsettled', 1, {0})",
    "after requesting": "signalled(l.Ledger, 'remember', 1, {0})",
    "judging": "signalled(j, 'judge_article', 2, {0})",
}
NOTHING_REQUESTED = ("reading", "between reading and requesting")


def write_three(folder: Path) -> None:
    for name in "abc":
        (folder / f"{name}.md").write_text(article(webUrl=f"http://{name}.example/ok"))


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_signal_at_any_step_ends_it_with_a_report(
    tmp_path: Path, loopback: "Loopback", moment: str, number: signal.Signals, jobs: str
) -> None:
    articles, known = (2 if moment == "reading" else 3), (0 if moment in NOTHING_REQUESTED else 3)
    write_three(tmp_path)
    options = (*web_of(loopback), "--jobs", jobs, "--report", "json", "--history", "h.sqlite3")
    before = SIGNALLED + MOMENTS[moment].format(int(number))
    done = linkcheck("check", *options, cwd=tmp_path, before=before)
    assert done.code == 128 + number, done
    summary = msgspec.convert(report_of(done.out)["summary"], dict[str, object])
    assert (summary["complete"], summary["incomplete_because"]) == (
        False,
        "interrupted; results cover only what was checked",
    )
    assert (summary["articles"], verdicts(report_of(done.out)).get("ok", 0)) == (articles, known)
    again = linkcheck("check", *options, "--resume", cwd=tmp_path)
    assert (again.code, verdicts(report_of(again.out))) == (0, {"ok": 3})
    assert len(loopback.asked) == 3


def test_an_interrupted_run_takes_nothing_for_fixed(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(article(webUrl="not a URL"))
    options = ("--offline", "--report", "json", "--history", "h.sqlite3", "--baseline", "b.json", "--update-baseline")
    linkcheck("check", *options, cwd=tmp_path)
    accepted = (tmp_path / "b.json").read_bytes()
    for moment in ("reading", "judging"):
        done = linkcheck("check", *options, cwd=tmp_path, before=SIGNALLED + MOMENTS[moment].format(2))
        assert done.code == 130, done
        assert (tmp_path / "b.json").read_bytes() == accepted
        assert msgspec.convert(report_of(done.out)["summary"], dict[str, object])["complete"] is False


def test_a_signal_during_the_reports_lets_them_be_written(tmp_path: Path, loopback: "Loopback") -> None:
    write_three(tmp_path)
    options = ("--report", "json:report.json", "--report", "text")
    during = SIGNALLED + "signalled(r, 'write', 1, 15)"
    done = linkcheck("check", *web_of(loopback), *options, cwd=tmp_path, before=during)
    assert done.code == 143, done
    assert verdicts(report_of((tmp_path / "report.json").read_bytes())) == {"ok": 3}
    assert "3 articles" in done.out


def test_a_second_signal_ends_it_without_a_report(tmp_path: Path, loopback: "Loopback") -> None:
    write_three(tmp_path)
    twice = SIGNALLED + MOMENTS["reading"].format(2) + "\nsignalled(r, 'write', 1, 2)"
    options = ("--report", "json:report.json", "--history", "h.sqlite3")
    done = linkcheck("check", *web_of(loopback), *options, cwd=tmp_path, before=twice)
    assert (done.code, done.out, done.err.strip()) == (130, "", "linkcheck: interrupted")
    assert not (tmp_path / "report.json").exists()
    assert [*tmp_path.glob(".linkcheck-*")] == []
    again = linkcheck("check", *web_of(loopback), *options, "--resume", cwd=tmp_path)
    assert again.code == 0, again


# Kills

KILL = """
import os, signal, linkcheck.fetch.scheduling.crawler as c
from linkcheck.ledger import Ledger
c.BATCH = 4
calls, settled = [], []
def counting(self, outcomes, _f=Ledger.settle):
    outcomes = list(outcomes)
    _f(self, outcomes)
    settled.extend(outcomes)
Ledger.settle = counting
def dying(self, *a, _f=Ledger.{method}, **k):
    {before}
    result = _f(self, *a, **k)
    {after}
    return result
def die():
    calls.append(1)
    if len(calls) == {count}:
        with open("settled", "w") as file:
            file.write(str(len(settled)))
        os.kill(os.getpid(), signal.SIGKILL)
Ledger.{method} = dying
"""


def killed(moment: str) -> str:
    """Kills the process before or after it calls a method of the ledger, for the first time or the one said."""
    when, method, count = (*moment.split(), "1")[:3]
    before, after = ("die()", "") if when == "before" else ("", "die()")
    return KILL.format(method=method, count=count, before=before, after=after)


@pytest.mark.parametrize(
    ("moment", "least"),
    [
        ("after begin", 0),
        ("after add_all", 0),
        ("before settle", 0),
        ("after settle", 1),
        ("before settle 3", 2),
        ("after settle 4", 4),
        ("before remember", URLS),
        ("after remember", URLS),
        ("before add_findings", URLS),
        ("before finish", URLS),
    ],
)
def test_a_killed_run_resumes_and_loses_no_finished_outcome(
    tmp_path: Path, loopback: "Loopback", moment: str, least: int
) -> None:
    write(tmp_path, *many())
    options = (*web_of(loopback), "--report", "json", "--history", "h.sqlite3", "--max-age", "0")
    kill = killed(moment)
    assert linkcheck("check", *options, cwd=tmp_path, before=kill).code == -signal.SIGKILL
    with closing(sqlite3.connect(tmp_path / "h.sqlite3")) as database, database:
        finished = {url for (url,) in database.execute("SELECT url FROM target WHERE outcome IS NOT NULL")}
    assert len(finished) == int((tmp_path / "settled").read_text("utf-8")) >= least
    loopback.asked.clear()
    again = linkcheck("check", *options, "--resume", cwd=tmp_path)
    assert again.code == 0, again
    asked = {f"http://{each.host}{each.path}" for each in loopback.asked}
    assert asked & finished == set()
    assert verdicts(report_of(again.out)) == {"ok": URLS}
    with closing(sqlite3.connect(tmp_path / "h.sqlite3")) as database, database:
        assert database.execute("SELECT state FROM run").fetchall() == [("done",)]


def test_a_run_killed_again_and_again_gets_there(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, *many())
    options = (*web_of(loopback), "--report", "json", "--history", "h.sqlite3", "--max-age", "0", "--resume")
    for moment in ("after settle 2", "after begin", "after settle 2", "after unsettled"):
        assert linkcheck("check", *options, cwd=tmp_path, before=killed(moment)).code == -signal.SIGKILL
    last = linkcheck("check", *options, cwd=tmp_path)
    assert (last.code, verdicts(report_of(last.out))) == (0, {"ok": URLS})
    assert len({each.path for each in loopback.asked}) == URLS
    assert len(loopback.asked) < 2 * URLS


def test_an_unfinished_run_from_before_the_last_whole_one_is_not_taken_up(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, *many())
    options = (*web_of(loopback), "--report", "json", "--history", "h.sqlite3", "--max-age", "0")
    linkcheck("check", *options, cwd=tmp_path, before=killed("after settle 2"))
    assert linkcheck("check", *options, cwd=tmp_path).code == 0
    loopback.asked.clear()
    later = linkcheck("check", *options, "--resume", cwd=tmp_path)
    assert "nothing to resume" in later.err
    assert len(loopback.asked) == URLS


def test_failures_are_not_believed_until_the_next_night(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, *many(4), *(f"http://h{n}.example/notfound?{n}" for n in range(4)))
    options = (*web_of(loopback), "--report", "json", "--history", "h.sqlite3", "--max-age", "0")
    assert linkcheck("check", *options, cwd=tmp_path, before=killed("before finish")).code == -signal.SIGKILL
    loopback.asked.clear()
    later = "import linkcheck.pipeline as p, functools\nfrom datetime import UTC, datetime, timedelta\n"
    later += "p.RunContext = functools.partial(p.RunContext, now=lambda: datetime.now(UTC) + timedelta(days=1))"
    done = linkcheck("check", *options, "--resume", cwd=tmp_path, before=later)
    assert verdicts(report_of(done.out)) == {"ok": 4, "dead": 4}
    assert {each.path for each in loopback.asked if "notfound" in each.path} == {f"/notfound?{n}" for n in range(4)}
    assert [each for each in loopback.asked if each.path.startswith("/ok")] == []


# Histories


def test_two_runs_at_once_on_one_history(tmp_path: Path, slow: Slow) -> None:
    write(tmp_path, "http://a.example/held?1")
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", "http://b.example/ok")
    options = (*web_of(slow.web), "--report", "json", "--history", str(tmp_path / "h.sqlite3"))
    with begin(tmp_path, "a.md", *options) as first:
        slow.wait_for(1)
        second = linkcheck("check", *options, cwd=tmp_path / "other")
        assert second.code == 0
        text = linkcheck("check", *web_of(slow.web), "--history", str(tmp_path / "h.sqlite3"), cwd=tmp_path / "other")
        assert "in use by another run" in " ".join(text.out.split())
        slow.let_go()
        out, err = first.communicate(timeout=PATIENCE)
    assert first.returncode == 0, err
    assert verdicts(report_of(out)) == {"ok": 1}
    runs = linkcheck("report", "--history", "h.sqlite3", "--run", "99", cwd=tmp_path).err
    assert "runs: 1 (" in runs


def spoilt(folder: Path, kind: str) -> Path:
    file = folder / ("notes.txt" if kind == "somebody's text" else "h.sqlite3")
    match kind:
        case "garbage":
            file.write_bytes(os.urandom(9_000))
        case "somebody's text":
            file.write_text("Milk, eggs, bread.\n" * 100)
        case "empty":
            file.touch()
        case "foreign":
            with closing(sqlite3.connect(file)) as database, database:
                database.execute("CREATE TABLE accounts (secret TEXT)")
        case "a folder":
            file.mkdir()
        case _:
            (folder / "ok.toml").write_text('["http://a.example/*"]\n')
            assert linkcheck("check", "--replay", "ok.toml", "--history", file, cwd=folder).code == 0
            if kind == "newer":
                with closing(sqlite3.connect(file)) as database, database:
                    database.execute("PRAGMA user_version = 999")
            elif kind == "cut short":
                file.write_bytes(file.read_bytes()[:20_000])
            elif kind == "a page of garbage":
                content = bytearray(file.read_bytes())
                content[4096:20_480] = os.urandom(16_384)
                file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("empty", 0, None),
        ("garbage", 0, "was damaged"),
        ("cut short", 0, "was damaged"),
        ("a page of garbage", 0, "was damaged"),
        ("somebody's text", 2, "this is not a database"),
        ("foreign", 2, "not a linkcheck history"),
        ("newer", 2, "written by a newer version of linkcheck"),
        ("a folder", 2, "is a directory"),
    ],
)
def test_a_history_that_cannot_be_used(tmp_path: Path, kind: str, code: int, said: str | None) -> None:
    write(tmp_path, "http://a.example/ok")
    (tmp_path / "ok.toml").write_text('["http://a.example/*"]\n')
    file = spoilt(tmp_path, kind)
    before = file.read_bytes() if file.is_file() else b""
    done = linkcheck("check", "--replay", "ok.toml", "--history", file, cwd=tmp_path)
    assert done.code == code, done
    told = " ".join((done.out + done.err).split())
    if said is not None:
        assert said in told
    if code == 2:
        assert (file.read_bytes() if file.is_file() else b"") == before
    else:
        if said is not None:
            (aside,) = tmp_path.glob("h.sqlite3.corrupt-*")
            assert aside.read_bytes()[:4096] == before[:4096]
        again = linkcheck("check", "--replay", "ok.toml", "--history", file, cwd=tmp_path)
        assert "1 from earlier runs" in again.out


def test_a_history_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, "http://a.example/ok")
    (tmp_path / "ok.toml").write_text('["http://a.example/*"]\n')
    options = ("--replay", "ok.toml", "--history", "h.sqlite3")
    assert linkcheck("check", *options, cwd=tmp_path).code == 0
    before = (tmp_path / "h.sqlite3").read_bytes()
    # Not by its mode: root writes everywhere.
    locked = "import sqlite3, linkcheck.ledger.store as s\n"
    locked += "s._connect = lambda p: sqlite3.connect(f'{p.resolve().as_uri()}?mode=ro', uri=True, isolation_level=None)\n"
    locked += "s._check = lambda d, p, _f=s._check: (_f(d, p), d.execute('CREATE TABLE x (y)'))"
    done = linkcheck("check", *options, cwd=tmp_path, before=locked)
    assert done.code == 4, done
    assert "cannot be written" in done.out
    assert "not judged" not in done.out
    assert "1 from earlier runs" in done.out
    assert (tmp_path / "h.sqlite3").read_bytes() == before


# Disks


def limited(folder: Path, *arguments: str, most: int) -> Done:
    """Run it with no file longer than `most` bytes, which is how a full disk feels."""
    # Bytecode cut short by the limit would be left behind, for every later run to stumble over (CPython 3.11).
    environment = surroundings(PYTHONDONTWRITEBYTECODE="1")
    limit = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))"
    return linkcheck(*arguments, cwd=folder, environment=environment, before=limit)


@pytest.mark.parametrize("most", [1_000, 150_000, 300_000], ids=["at once", "while reading", "while asking"])
def test_a_disk_full_of_history_costs_the_history_and_no_report(tmp_path: Path, loopback: "Loopback", most: int) -> None:
    write(tmp_path, *many(200))
    done = limited(tmp_path, "check", *web_of(loopback), "--report", "json", "--history", "h.sqlite3", most=most)
    report = report_of(done.out)
    assert verdicts(report) == {"ok": 200}
    assert done.code in (0, 4)
    told = limited(tmp_path, "check", *web_of(loopback), "--history", "h2.sqlite3", most=most)
    assert "h2.sqlite3" in told.out


def test_a_disk_full_under_a_report_keeps_the_old_one(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, *many())
    (tmp_path / "report.json").write_text("the old one")
    done = limited(tmp_path, "check", *web_of(loopback), "--report", "json:report.json", "--report", "text", most=1_000)
    assert done.code == 4
    assert "report.json" in done.err
    assert (tmp_path / "report.json").read_text() == "the old one"
    assert "24 targets" in done.out
    assert {path.name for path in tmp_path.iterdir()} == {"a.md", "report.json"}


def test_a_disk_full_under_a_recording_keeps_the_report(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, *many())
    done = limited(tmp_path, "check", *web_of(loopback), "--record", "web.toml", "--report", "json", most=1_000)
    assert done.code == 4
    assert verdicts(report_of(done.out)) == {"ok": URLS}


# Networks


def test_a_network_that_is_down_from_the_start_is_one_message_and_4(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, *(f"http://host{n}.example/ok" for n in range(12)))
    options = (*HASTY, "--nameserver", f"127.0.0.1:{loopback.ports['closed']}", "--connect-timeout", "1")
    done = linkcheck("check", *options, "--report", "json", cwd=tmp_path, before=IMPATIENT)
    assert done.code == 4, done
    report = report_of(done.out)
    assert msgspec.convert(report["summary"], dict[str, object])["complete"] is False
    assert verdicts(report) == {"skipped": 12}
    assert "error" not in {finding["severity"] for finding in msgspec.convert(report["findings"], list[dict[str, object]])}
    text = linkcheck("check", *options, cwd=tmp_path, before=IMPATIENT)
    assert " ".join(text.out.split()).count("no network connection: no host responds") == 1


def test_a_dead_name_server_is_the_network_even_for_a_single_link(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, "http://a.example/ok")
    dead = ("--nameserver", f"127.0.0.1:{loopback.ports['closed']}")
    done = linkcheck("check", *HASTY, *dead, "--report", "json", cwd=tmp_path, before=IMPATIENT)
    assert done.code == 4, done.out
    assert verdicts(report_of(done.out)) == {"skipped": 1}


def test_connections_that_all_lead_nowhere_are_the_network(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, *(f"http://host{n}.example/ok" for n in range(12)))
    options = (*HASTY, "--resolve", f"*:80=127.0.0.1:{loopback.ports['black-hole']}", "--connect-timeout", "0.2")
    done = linkcheck("check", *options, "--report", "json", cwd=tmp_path, before=IMPATIENT)
    assert done.code == 4
    assert verdicts(report_of(done.out)) == {"skipped": 12}


def test_a_network_that_goes_down_in_the_middle_keeps_what_was_known(tmp_path: Path, loopback: "Loopback") -> None:
    names = DNSServer(loopback._dns.server.resolver, address="127.0.0.1", port=0, logger=loopback._dns.server.logger)
    names.start_thread()
    port = names.server.server_address[1]
    # Hosts are asked in the order of their names.
    hosts = [*(f"a{n}.example" for n in range(5)), "c.example", *(f"h{n}.example" for n in range(34))]
    loopback.names.update({host: ["127.0.0.1"] for host in hosts})

    async def cut(asked: "Asked", reader: "Reader", writer: "Writer") -> None:
        # From here on nobody answers questions for names.
        await asyncio.to_thread(lambda: (names.stop(), names.server.server_close()))
        await loopback.behaviours["/ok"](asked, reader, writer)

    loopback.behaviours["/cut"] = cut
    http = loopback.ports["http"]
    write(tmp_path, *(f"http://{host}:{http}/{'cut' if host == 'c.example' else 'ok'}" for host in hosts))
    options = (*HASTY, "--nameserver", f"127.0.0.1:{port}", "--allow-port", str(http), "--concurrency", "1")
    history = ("--history", "h.sqlite3", "--report", "json")
    done = linkcheck("check", *options, *history, cwd=tmp_path, before=IMPATIENT)
    assert done.code == 4, done
    found = verdicts(report_of(done.out))
    assert 1 <= found["ok"] <= 10
    assert found == {"ok": found["ok"], "skipped": 40 - found["ok"]}
    assert "error" not in {
        each["severity"] for each in msgspec.convert(report_of(done.out)["findings"], list[dict[str, object]])
    }
    # With the network back, only the rest is asked.
    loopback.behaviours["/cut"] = loopback.behaviours["/ok"]
    loopback.asked.clear()
    names = DNSServer(loopback._dns.server.resolver, address="127.0.0.1", port=port, logger=loopback._dns.server.logger)
    names.start_thread()
    again = linkcheck("check", *options, *history, "--resume", "--max-age", "0", cwd=tmp_path)
    names.stop()
    names.server.server_close()
    assert verdicts(report_of(again.out)) == {"ok": 40}
    assert len(loopback.asked) <= 40 - found["ok"]


# Time and faults


def test_the_time_given_is_kept_and_what_was_not_asked_is_listed(tmp_path: Path, slow: Slow) -> None:
    write(tmp_path, *many(6), *(f"http://a.example/held?{n}" for n in range(4)))
    options = (*web_of(slow.web), "--per-host", "1", "--max-time", "5", "--report", "json")
    hasty = "import linkcheck.fetch.scheduling.crawler as c\nc.DRAIN = 0.1"
    done = linkcheck("check", *options, cwd=tmp_path, before=hasty)
    assert done.code == 4
    report = report_of(done.out)
    assert verdicts(report) == {"ok": 6, "skipped": 4}
    targets = msgspec.convert(report["targets"], list[dict[str, object]])
    reasons = [str(each["reason"]) for each in targets if each["verdict"] == "skipped"]
    assert [reason for reason in reasons if "time" not in reason] == []
    assert len(reasons) == 4


def test_a_fault_of_ours_at_one_target_is_told_and_ends_nothing(tmp_path: Path, loopback: "Loopback") -> None:
    write(tmp_path, *many(9), "http://a.example/notfound")
    fault = """
import linkcheck.fetch.scheduling.crawler as c
def init(self, *a, follow, _f=c.Crawler.__init__, **k):
    async def broken(target, transport, *, before):
        if target.url.endswith("?7"):
            raise ZeroDivisionError("nobody thought of this")
        return await follow(target, transport, before=before)
    _f(self, *a, follow=broken, **k)
c.Crawler.__init__ = init
"""
    done = linkcheck("check", *web_of(loopback), "--report", "json", cwd=tmp_path, before=fault)
    report = report_of(done.out)
    assert verdicts(report)["ok"] == 8
    assert verdicts(report)["dead"] == 1
    findings = msgspec.convert(report["findings"], list[dict[str, object]])
    (ours,) = [finding for finding in findings if finding["name"] == "internal-error"]
    assert "ZeroDivisionError: nobody thought of this" in str(ours["message"])
    assert done.code == 3
