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
        bar.update(
            second * 10,
            {VerdictKind.OK: second * 9, VerdictKind.DEAD: second, VerdictKind.MOVED: 0},
            ("a.example", "b.example", "c.example"),
        )
    bar.close()
    assert stream.getvalue() == (
        "linkcheck: 100 of 2,000 URLs, 10.0/s, 90 ok, 10 dead, waiting for a.example, b.example and 1 more\n"
        "linkcheck: 250 of 2,000 URLs, 10.0/s, 225 ok, 25 dead, waiting for a.example, b.example and 1 more\n"
    )


def test_an_unknown_total_is_left_out() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = progress.bar(None, stream=stream, enabled=True, clock=clock)
    clock.now += 20
    bar.update(40, {})
    assert stream.getvalue() == "linkcheck: 40 URLs, 2.0/s\n"


def test_a_hostile_host_cannot_drive_the_terminal() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = progress.bar(1, stream=stream, enabled=True, clock=clock)
    clock.now += 20
    bar.update(1, {}, ("\x1b]0;x\x07\u202e" + "y" * 100,))
    assert stream.getvalue() == "linkcheck: 1 of 1 URLs, 0.1/s, waiting for ?]0;x??" + "y" * 22 + "\u2026\n"


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "log"])
def test_nothing_is_shown_on_request(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 - a table's column
    stream, clock = io.StringIO(), Clock()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    bar = progress.bar(10, stream=stream, enabled=False, clock=clock)
    clock.now += 1000
    bar.update(10, {VerdictKind.OK: 10})
    bar.close()
    assert stream.getvalue() == ""


ON_A_TERMINAL = """
import fcntl, os, pty, struct, sys, termios, threading
master, slave = pty.openpty()
if sys.argv[1] != "0":
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, int(sys.argv[1]), 0, 0))
from linkcheck import progress
from linkcheck.model import VerdictKind
stream = os.fdopen(slave, "w")
now = iter(range(0, 1000, 20))
bar = progress.bar(200, stream=stream, enabled=True, clock=lambda: float(next(now)))
for done in range(0, 201, 10):
    bar.update(done, {VerdictKind.OK: done}, ["slow.example"])
    getattr(bar, "_bar", None) and bar._bar.refresh()
bar.close()
stream.close()
try:
    while shown := os.read(master, 65536):  # what a pseudo-terminal has comes in pieces
        sys.stdout.buffer.write(shown)
except OSError:
    pass  # how Linux says that nobody writes any more
print("tqdm" in sys.modules, threading.active_count())
"""


def on_a_terminal(columns: int) -> str:
    done = subprocess.run([sys.executable, "-c", ON_A_TERMINAL, str(columns)], capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    return done.stdout.decode()


@posix_only
def test_a_terminal_gets_a_bar_that_fits_and_goes_away() -> None:
    shown = on_a_terminal(100)
    assert " 50%" in shown
    assert "100/200" in shown
    assert "100 ok, waiting for slow.example" in shown
    frames = shown.split("\n")[0].split("\r")
    assert max(map(len, frames)) <= 100
    assert frames[-2].strip() == ""
    assert shown.endswith("True 1\n")


@posix_only
def test_a_terminal_of_no_size_gets_lines() -> None:
    shown = on_a_terminal(0)
    assert shown.startswith("linkcheck: ")
    assert shown.endswith("False 1\n")
