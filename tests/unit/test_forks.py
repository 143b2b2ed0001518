"""Work in forked processes: what comes back, in which order, and what happens if a process fails."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count, islice

import msgspec
import pytest
from systems import forking, linux_only

from linkcheck import forks
from linkcheck.forks import ALONE, Work, cores, in_order, processes_for

pytestmark = forking
ENOUGH = 2 * ALONE
HERE = os.getpid()

_encode, _numbers = msgspec.msgpack.encode, msgspec.msgpack.Decoder(list[int])
_results = msgspec.msgpack.Decoder(list[tuple[int, int]])


def squares(fault: Callable[[int], object] = lambda _: None, **other: object) -> Work[int, tuple[int, int]]:
    """Numbers to their squares, each with the process that multiplied. `fault` happens in other processes only."""

    def there(encoded: bytes) -> bytes:
        for number in _numbers.decode(encoded):
            fault(number)
        return _encode([square(number) for number in _numbers.decode(encoded)])

    return Work(here=square, encode=_encode, there=there, decode=_results.decode, **other)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that receives what tests a worker of pytest runs does not count."""
    monkeypatch.setattr("threading.active_count", lambda: 1)


def square(number: int) -> tuple[int, int]:
    return number**2, os.getpid()


@pytest.fixture(autouse=True)
def _others() -> None:
    """Processes of other tests that go on."""
    OTHERS[:] = all_children()


OTHERS: list[int] = []


def all_children() -> list[int]:
    if sys.platform != "linux":
        return []
    with open(f"/proc/{HERE}/task/{HERE}/children", encoding="ascii") as file:
        return list(map(int, file.read().split()))


def children() -> list[int]:
    return [each for each in all_children() if each not in OTHERS]


@linux_only
@pytest.mark.parametrize("number", [ENOUGH, ENOUGH + 1, ENOUGH + 500])
def test_results_are_in_the_order_of_the_items(number: int) -> None:
    found = list(in_order(iter(range(number)), squares(), jobs=3))
    assert [item for item, _ in found] == list(range(number))
    assert [result for _, (result, _) in found] == [item**2 for item in range(number)]
    assert {process for _, (_, process) in found[:ALONE]} == {HERE}
    assert len({process for _, (_, process) in found[ALONE:]} - {HERE}) == min(3, -(-(number - ALONE) // 16))
    assert children() == []


@pytest.mark.parametrize(
    ("number", "jobs"),
    [(0, 2), (1, 2), (ALONE, 2), (ENOUGH - 1, 2), (ENOUGH + 50, 1)],
    ids=["nothing", "one item", "the first items", "one less than enough", "one job"],
)
def test_little_work_is_done_here(number: int, jobs: int) -> None:
    found = list(in_order(iter(range(number)), squares(), jobs=jobs))
    assert found == [(item, (item**2, HERE)) for item in range(number)]


def test_work_is_done_here_where_no_process_can_be_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert {process for _, (_, process) in in_order(iter(range(300)), squares(), jobs=2)} == {HERE}
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert processes_for(2) == 1


@linux_only
@pytest.mark.parametrize(("jobs", "processes"), [(1, 1), (2, 2), (4, 4), (5, 4), (200, 4)])
def test_jobs_limit_the_processes(jobs: int, processes: int) -> None:
    assert processes_for(jobs) == processes


@linux_only
@pytest.mark.parametrize(("number", "processes"), [(1, 1), (2, 2), (64, 4)])
def test_without_jobs_there_is_a_process_for_each_core(number: int, processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(number)))
    assert (cores(), processes_for(None)) == (number, processes)
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: number)
    assert cores() == number
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


def fail(number: int) -> None:
    if number % 40 == 0:
        raise ValueError(number)


def die(number: int) -> None:
    if number > ALONE:
        os.kill(os.getpid(), signal.SIGKILL)


def leave(number: int) -> None:
    if number % 100 == 0:
        sys.exit(3)


@linux_only
@pytest.mark.parametrize("fault", [fail, die, leave])
def test_what_a_process_does_not_return_is_done_here(fault: Callable[[int], None]) -> None:
    found = list(in_order(iter(range(ENOUGH + 200)), squares(fault), jobs=2))
    assert [(item, result) for item, (result, _) in found] == [(item, item**2) for item in range(ENOUGH + 200)]
    assert HERE in {process for _, (_, process) in found[ALONE:]}
    assert children() == []


@linux_only
@pytest.mark.parametrize("possible", [0, 1])
def test_work_is_done_with_the_processes_that_can_be_started(possible: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fork, left = os.fork, [None] * possible

    def limited() -> int:
        if not left:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        left.pop()
        return fork()

    monkeypatch.setattr("os.fork", limited)
    found = list(in_order(iter(range(ENOUGH + 100)), squares(), jobs=3))
    assert [(item, result) for item, (result, _) in found] == [(item, item**2) for item in range(ENOUGH + 100)]
    assert len({process for _, (_, process) in found} - {HERE}) == possible
    assert children() == []


@linux_only
def test_what_is_wrong_everywhere_is_raised_here() -> None:
    def refuse(number: int) -> tuple[int, int]:
        if number == 150:
            raise ValueError("150")
        return square(number)

    work = squares(refuse)
    found = in_order(iter(range(ENOUGH + 200)), Work(refuse, work.encode, work.there, work.decode), jobs=2)
    assert [item for item, _ in islice(found, 150)] == list(range(150))
    with pytest.raises(ValueError, match="150"):
        next(found)
    assert children() == []


@linux_only
def test_items_are_read_as_processes_become_free() -> None:
    read = []

    def items() -> Iterator[int]:
        for number in count():
            read.append(number)
            yield number

    found = in_order(items(), squares(), jobs=2)
    for _ in range(ALONE + 1):
        next(found)
    assert len(read) <= ENOUGH + 3 * 16
    found.close()  # type: ignore[attr-defined]
    assert children() == []


@linux_only
def test_large_items_travel_in_smaller_numbers() -> None:
    numbers: list[int] = []
    work = squares(size=lambda _: 600_000)

    def encode(items: object) -> bytes:
        numbers.append(len(items))  # type: ignore[arg-type]
        return _encode(items)

    found = list(in_order(iter(range(ENOUGH)), Work(work.here, encode, work.there, work.decode, work.size), jobs=2))
    assert [result for _, (result, _) in found] == [number**2 for number in range(ENOUGH)]
    assert numbers == [2] * (ALONE // 2)


@linux_only
def test_inputs_and_results_can_be_larger_than_a_pipe() -> None:
    work: Work[bytes, bytes] = Work(
        here=bytes.upper,
        encode=msgspec.msgpack.encode,
        there=lambda encoded: msgspec.msgpack.encode([each.upper() for each in msgspec.msgpack.decode(encoded)]),
        decode=msgspec.msgpack.decode,
    )
    items = [b"%d" % number * 100_000 for number in range(ENOUGH)]
    assert [found for _, found in in_order(iter(items), work, jobs=3)] == [item.upper() for item in items]


@linux_only
def test_a_process_ignores_ctrl_c_and_ends_with_its_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "ALONE", 0)
    found = in_order(iter(range(1000)), squares(), jobs=2)
    next(found)
    processes = children()
    for process in processes:
        os.kill(process, signal.SIGINT)
    assert [next(found)[1][0] for _ in range(100)] == [number**2 for number in range(1, 101)]
    assert sorted(children()) == sorted(processes)
    found.close()  # type: ignore[attr-defined]
    assert children() == []


@linux_only
def test_no_signal_is_handled_during_a_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, waiting = os.fork, []

    def observed() -> int:
        waiting.append(blocked())
        return fork()

    def refuse(_: int) -> None:
        assert blocked() == set()

    monkeypatch.setattr("os.fork", observed)
    found = list(in_order(iter(range(ENOUGH)), squares(refuse), jobs=2))
    assert waiting == [{signal.SIGINT, signal.SIGTERM}] * 2
    assert blocked() == set()
    assert HERE not in {process for _, (_, process) in found[ALONE:]}


def blocked() -> set[int]:
    return signal.pthread_sigmask(signal.SIG_BLOCK, ())
