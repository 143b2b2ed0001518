import io
import subprocess
import sys

import pytest
from systems import posix_only

from linkcheck import progress
from linkcheck.model import VerdictKind


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_lines_come_now_and_then_and_rarer_with_time() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = progress.bar(2000, stream=stream, enabled=True, clock=clock)
    for second in range(1, 41):
        clock.now = 100.0 + second
        counts = {VerdictKind.OK: second * 9, VerdictKind.DEAD: second, VerdictKind.MOVED: 0}
        bar.update(progress.Progress(second * 10, counts, ("a.example", "b.example", "c.example"), 200.0 - second))
    bar.close()
    waiting = "waiting for a.example, b.example and 1 more"
    assert stream.getvalue() == (
        f"linkcheck: 100 of 2,000 URLs in 0:10, 10.0/s, at least 3 min left, 90 ok, 10 dead, {waiting}\n"
        f"linkcheck: 250 of 2,000 URLs in 0:25, 10.0/s, at least 2 min left, 225 ok, 25 dead, {waiting}\n"
    )


def test_an_unknown_total_is_left_out() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = progress.bar(None, stream=stream, enabled=True, clock=clock)
    clock.now += 20
    bar.update(progress.Progress(40))
    assert stream.getvalue() == "linkcheck: 40 URLs in 0:20, 2.0/s\n"


def test_a_hostile_host_cannot_drive_the_terminal() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = progress.bar(1, stream=stream, enabled=True, clock=clock)
    clock.now += 20
    bar.update(progress.Progress(1, waiting_hosts=("\x1b]0;x\x07\u202e" + "y" * 100,)))
    assert stream.getvalue() == "linkcheck: 1 of 1 URLs in 0:20, 0.1/s, waiting for ?]0;x??" + "y" * 52 + "\u2026\n"


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "log"])
def test_nothing_is_shown_on_request(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 - a table's column
    stream, clock = io.StringIO(), Clock()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    bar = progress.bar(10, stream=stream, enabled=False, clock=clock)
    clock.now += 1000
    bar.update(progress.Progress(10, {VerdictKind.OK: 10}))
    bar.clear()
    bar.close()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "elapsed", "left"),
    [
        (0.9, "0:00", ""),
        (61.0, "1:01", ", at least 61 s left"),
        (95.0, "1:35", ", at least 1 min left"),
        (7_500.0, "2:05:00", ", at least 2 h 05 min left"),
    ],
)
def test_elapsed_and_remaining_time_are_told(seconds: float, elapsed: str, left: str) -> None:
    stream, clock = io.StringIO(), Clock()
    bar = progress.bar(None, stream=stream, enabled=True, clock=clock)
    bar._next = clock.now  # type: ignore[attr-defined]  # a line at once
    clock.now += seconds
    bar.update(progress.Progress(0, least_seconds=seconds))
    assert stream.getvalue() == f"linkcheck: 0 URLs in {elapsed}{left}\n"


ON_A_TERMINAL = """
import fcntl, os, pty, struct, sys, termios, threading
master, slave = pty.openpty()
if sys.argv[1] != "0":
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, int(sys.argv[1]), 0, 0))
sys.stderr = stream = os.fdopen(slave, "w")
from linkcheck import progress
from linkcheck.cli import console
from linkcheck.config import Settings
from linkcheck.model import VerdictKind
now = iter(range(0, 100_000, 20))
console.monotonic = lambda: float(next(now))
observer = console.ConsoleObserver(Settings())
bar = observer.start_crawl(200)
for done in range(0, 201, 10):
    counts = {VerdictKind.OK: done // 2, VerdictKind.DEAD: done // 4, VerdictKind.BLOCKED: done // 4}
    bar.update(done, counts, sys.argv[2:], 900.0 - 4 * done)
    getattr(bar._bar, "_bar", None) and bar._bar._bar.refresh()
    done == 100 and observer.notice("waiting: no network")
bar.close()
observer.notice("the end")
stream.close()
try:
    while shown := os.read(master, 65536):  # what a pseudo-terminal has comes in pieces
        sys.stdout.buffer.write(shown)
except OSError:
    pass  # how Linux says that nobody writes any more
print("tqdm" in sys.modules, threading.active_count())
"""


def on_a_terminal(columns: int, *hosts: str) -> str:
    command = [sys.executable, "-c", ON_A_TERMINAL, str(columns), *hosts]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    return done.stdout.decode()


HOST = "powerapps.microsoft.example"
BAR = "\u2588" * 6 + " " * 6


@posix_only
@pytest.mark.parametrize(
    ("columns", "hosts", "frame"),
    [
        (100, [], f" 50% {BAR} 100 of 200 URLs in 4:00, 0.4/s, at least 8 min left, 50 ok, 25 dead, 25 blocked"),
        (80, [], f"{BAR} 100 of 200 URLs in 4:00, at least 8 min left, 25 dead, 25 blocked"),
        (100, [HOST, "b.example"], "100 of 200 URLs in 4:00, at least 8 min left, waiting for HOST and 1 more"),
        (80, [HOST, "b.example"], "100 of 200 URLs, at least 8 min left, waiting for HOST"),
        (80, ["a.example", "b.example"], "100 of 200 URLs in 4:00, at least 8 min left, waiting for a.example and 1 more"),
        (45, [HOST], "waiting for HOST"),
        (35, [HOST], "waiting for powerapps.microsoft.e\u2026"),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else len(value) if isinstance(value, list) else "",
)
def test_a_terminal_gets_a_line_that_fits_and_names_the_host_waited_for(columns: int, hosts: list[str], frame: str) -> None:
    shown = on_a_terminal(columns, *hosts)
    frames = [each.rstrip() for line in shown.split("\r\n") for each in line.split("\r")]
    assert frame.replace("HOST", HOST) in frames
    assert max(map(len, frames)) < columns
    assert shown.endswith("True 1\n")


@posix_only
@pytest.mark.parametrize("columns", [80, 100])
def test_a_notice_is_on_a_line_of_its_own(columns: int) -> None:
    lines = on_a_terminal(columns, HOST).split("\r\n")
    for number, notice in ((0, "linkcheck: waiting: no network"), (1, "linkcheck: the end")):
        *_, cleared, end = lines[number].split("\r")
        assert (cleared.strip(), end) == ("", notice)


@posix_only
def test_a_terminal_of_no_size_gets_lines() -> None:
    shown = on_a_terminal(0)
    assert shown.startswith("linkcheck: ")
    assert shown.endswith("False 1\n")
