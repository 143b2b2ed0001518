"""Processes that read and judge articles: killed, interrupted, out of time, beside a Dask cluster."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from command import PATIENCE, Done, article, linkcheck, start, surroundings
from systems import linux_only

from linkcheck.forks import ALONE

if TYPE_CHECKING:
    from loopback import Loopback

pytestmark = linux_only
Report = dict[str, Any]

ARTICLES = 2 * ALONE + 40
"""Enough for other processes to work on most of them, more than once each."""
WITH_ERROR = set(range(0, ARTICLES, 7))
"""The numbers of the articles with an impossible date."""
URLS = 30
HELD = f"a{ALONE:03}.md"
"""The first article that another process works on."""

HOLD = f"""
import os, linkcheck.judge as judging, linkcheck.pipeline.read_article as reading
here, let_go = os.getpid(), os.dup(0)  # multiprocessing closes standard input
def hold(place, name, path_of):
    def held(given, *a, _f=getattr(place, name), **k):
        if os.getpid() != here and path_of(given) == "{HELD}":
            os.write(1, b"%d\\n" % os.getpid())
            os.read(let_go, 1)
        return _f(given, *a, **k)
    setattr(place, name, held)
"""
MOMENTS = {
    "reading": HOLD + "hold(reading, 'parse', lambda source: source.path)",
    "judging": HOLD + "hold(judging, 'judge_article', lambda evidence: evidence.article.path)",
}
"""A process prints its id when it should work on an article, and then waits for the end of standard input."""
HEARD = """
import linkcheck.signals as signals
def heard(number, frame, _f=signals._handle_signal):
    os.write(1, b"heard\\n")
    _f(number, frame)
signals._handle_signal = heard
"""
FORKS = """
import os
os.register_at_fork(after_in_parent=lambda: os.write(1, b"forked\\n"))
"""
READ_IN_TIME = ALONE + 36
LATE = f"""
import linkcheck.pipeline.read_step as reading
times = iter([0.0] * {READ_IN_TIME})
reading.monotonic = lambda: next(times, 1000.0)
"""
at_each_moment = pytest.mark.parametrize("moment", MOMENTS)


class Held:
    """A run in which a process is held at an article. It is in a process group of its own."""

    def __init__(self, run: "subprocess.Popen[bytes]") -> None:
        self._run = run
        self.main = run.pid
        self.process = int(self.line())
        """The process that is held."""
        assert self.process in self.processes()

    @property
    def code(self) -> int | None:
        return self._run.returncode

    def processes(self) -> list[int]:
        """Those that the main process started."""
        children = Path(f"/proc/{self.main}/task/{self.main}/children").read_text("ascii")
        return list(map(int, children.split()))

    def line(self) -> bytes:
        assert self._run.stdout is not None
        return self._run.stdout.readline().rstrip()

    def wait(self) -> int:
        """Wait for the end of the main process alone."""
        return self._run.wait(timeout=PATIENCE)

    def end(self) -> str:
        """Let the process go, and wait for the end of all, because each has the outputs open; returns the errors."""
        _, err = self._run.communicate(timeout=PATIENCE)
        assert b"Traceback" not in err
        return err.decode().strip()


@contextmanager
def held(moment: str, folder: Path, options: tuple[str, ...], *, before: str = "") -> Iterator[Held]:
    """A run that is held at a moment. What is left of it in the end is killed."""
    with subprocess.Popen(
        [*start(MOMENTS[moment] + before), "check", "--jobs", "4", *options],
        cwd=folder,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as run:
        try:
            yield Held(run)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for number in range(ARTICLES):
        page = "notfound" if number % 10 == 0 else "ok"
        url = f"http://h{number % 6}.example/{page}?{number % URLS}"
        date = "2021-06-31" if number in WITH_ERROR else "2021-06-18"
        text = article(title=f"Article {number % 50}", webUrl=url, publishedDateTime=f"{date}T10:57:00Z")
        (folder / f"a{number:03}.md").write_text(text, encoding="utf-8")
    return folder


class Runs:
    """Runs over the archive, with a history and a report in a folder."""

    def __init__(self, archive: Path, web: "Loopback", folder: Path) -> None:
        self.archive = archive
        self.options = (
            *("--resolve", f"*:80=127.0.0.1:{web.ports['http']}", "--allow-address", "127.0.0.0/8"),
            *("--interval", "0", "--retries", "0", "--timeout", "60", "--max-age", "0"),
            *("--history", str(folder / "h.sqlite3"), "--report", f"json:{folder / 'report.json'}"),
        )
        self.is_reported = (folder / "report.json").exists
        self._folder = folder

    def run(self, *options: str, before: str = "") -> Done:
        return linkcheck("check", *options, *self.options, cwd=self.archive, before=before)

    def report(self) -> Report:
        """The last report without its times."""
        report: Report = msgspec.json.decode((self._folder / "report.json").read_bytes())
        for each in (report, *report["targets"]):
            for key in ("started", "seconds", "checked_at"):
                each.pop(key, None)
        return report

    def recorded(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self._folder / "h.sqlite3")) as database:
            return [value for (value,) in database.execute(query)]


@pytest.fixture
def runs(archive: Path, loopback: "Loopback", tmp_path: Path) -> Runs:
    return Runs(archive, loopback, tmp_path)


@pytest.fixture(scope="module")
def undisturbed(archive: Path, loopback_session: "Loopback", tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of one process."""
    runs = Runs(archive, loopback_session, tmp_path_factory.mktemp("undisturbed"))
    done = runs.run("--jobs", "1")
    assert done.code == 1, done
    report = runs.report()
    assert (len(report["targets"]), with_error(report)) == (URLS, WITH_ERROR)
    return report


def with_error(report: Report) -> set[int]:
    """The numbers of the articles with an impossible date."""
    return {int(each["path"][1:4]) for each in report["findings"] if each["name"] == "impossible-date"}


# Kills


@at_each_moment
@pytest.mark.parametrize("kill", [os.kill, os.killpg], ids=["alone", "with all its processes"])
def test_a_killed_run_is_resumed_without_loss(
    runs: Runs, loopback: "Loopback", undisturbed: Report, moment: str, kill: Any
) -> None:
    with held(moment, runs.archive, runs.options) as run:
        kill(run.main, signal.SIGKILL)
        run.end()
    assert run.code == -signal.SIGKILL
    assert not runs.is_reported()
    articles = runs.recorded("SELECT count(*) FROM run_article")
    outcomes = runs.recorded("SELECT count(*) FROM target WHERE outcome IS NOT NULL")
    assert (articles, outcomes) == (([ALONE], [0]) if moment == "reading" else ([ARTICLES], [URLS]))
    again = runs.run("--jobs", "4", "--resume")
    assert again.code == 1, again
    assert runs.report() == undisturbed
    assert len(loopback.asked) == URLS
    assert runs.recorded("SELECT state FROM run") == ["done"]


@at_each_moment
@pytest.mark.parametrize("killed", ["one", "all"])
def test_the_work_of_killed_processes_is_done_by_the_run(runs: Runs, undisturbed: Report, moment: str, killed: str) -> None:
    with held(moment, runs.archive, runs.options) as run:
        for process in run.processes() if killed == "all" else [run.process]:
            os.kill(process, signal.SIGKILL)
        assert run.end() == ""
    assert run.code == 1
    assert runs.report() == undisturbed


# Signals


@at_each_moment
@pytest.mark.parametrize(
    ("kill", "number"),
    [(os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM), (os.killpg, signal.SIGTERM)],
    ids=["Ctrl-C in a terminal", "SIGTERM", "SIGTERM to all processes"],
)
def test_a_signal_ends_it_with_a_report_of_what_is_known(
    runs: Runs, loopback: "Loopback", undisturbed: Report, moment: str, *, kill: Any, number: int
) -> None:
    with held(moment, runs.archive, runs.options) as run:
        kill(run.main, number)
        run.end()
    assert run.code == 128 + number
    report = runs.report()
    summary = report["summary"]
    assert summary["incomplete_because"] == "interrupted; results cover only what was checked"
    known = {each for each in WITH_ERROR if each <= ALONE}
    if moment == "reading":
        assert (summary["articles"], with_error(report), loopback.asked) == (ALONE + 1, known, [])
    else:
        assert (report["targets"], report["links"]) == (undisturbed["targets"], undisturbed["links"])
        assert known <= with_error(report) < WITH_ERROR
    again = runs.run("--jobs", "4", "--resume")
    assert again.code == 1, again
    assert runs.report() == undisturbed
    assert len(loopback.asked) == URLS


@at_each_moment
def test_a_second_ctrl_c_does_not_wait_for_a_process(runs: Runs, moment: str) -> None:
    with held(moment, runs.archive, runs.options, before=HEARD) as run:
        for _ in range(2):
            os.killpg(run.main, signal.SIGINT)
            assert run.line() == b"heard"
        # The process is held to this moment.
        assert run.wait() == 130
        assert run.end() == "linkcheck: interrupted"
    assert not runs.is_reported()


# Time


def test_the_time_limit_ends_the_reading_of_several_processes(runs: Runs, loopback: "Loopback") -> None:
    ended = []
    for jobs in ("1", "4"):
        done = runs.run("--max-time", "5", "--jobs", jobs, before=FORKS + LATE)
        assert done.code == 4, done
        ended.append((done.out.count("forked"), runs.report()))
    (no_forks, alone), (forks, together) = ended
    assert (no_forks, forks) == (0, 4)
    assert together == alone
    assert alone["summary"]["articles"] == READ_IN_TIME
    assert alone["summary"]["incomplete_because"].startswith("time limit reached (--max-time 5)")
    assert loopback.asked == []


# Other machines


def test_processes_read_and_judge_what_a_dask_cluster_requests(
    runs: Runs, loopback: "Loopback", undisturbed: Report, cluster: tuple[str, list[int]]
) -> None:
    done = runs.run("--jobs", "4", "--executor", cluster[0], before=FORKS)
    assert (done.code, done.err) == (1, ""), done
    assert done.out.count("forked") == 4 + 4
    assert runs.report() == undisturbed
    assert len(loopback.asked) == URLS
