"""The lock that lets one run at a time write a history."""

import subprocess
import sys
import threading
from multiprocessing import get_context
from pathlib import Path

import pytest
from systems import forking, posix_only

from linkcheck.ledger.lock import Lock

HOLD = """
import sys
from pathlib import Path
from linkcheck.ledger.lock import Lock

lock = Lock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3.lock"


def test_a_lock_is_held_once_until_it_is_released(path: Path) -> None:
    first, second = Lock(path), Lock(path)
    assert first.acquire()
    assert second.acquire() is False
    first.release()
    assert second.acquire()
    second.release()


def test_a_lock_can_be_released_by_another_thread(path: Path) -> None:
    lock, second = Lock(path), Lock(path)
    assert lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    assert second.acquire()
    second.release()


def test_a_lock_ends_with_the_process_that_holds_it_however_it_ends(path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        lock = Lock(path)
        assert not lock.acquire()
        holder.kill()
        holder.wait()
        assert lock.acquire()
        lock.release()


@posix_only
@forking
def test_a_forked_worker_that_ends_does_not_release_the_lock(path: Path) -> None:
    lock = Lock(path)
    assert lock.acquire()
    worker = get_context("fork").Process(target=int)
    worker.start()
    worker.join()
    assert not Lock(path).acquire()
    lock.release()


@posix_only
def test_a_link_in_the_place_of_the_lock_is_not_followed(path: Path) -> None:
    outside = path.with_name("outside.txt")
    path.symlink_to(outside)
    lock = Lock(path)
    assert lock.acquire()  # the history itself is opened without a lock
    lock.release()
    assert not outside.exists()


def test_where_the_lock_cannot_be_made_the_history_is_opened_to_report_it(path: Path) -> None:
    path.mkdir()
    lock = Lock(path)
    assert lock.acquire()
    lock.release()
