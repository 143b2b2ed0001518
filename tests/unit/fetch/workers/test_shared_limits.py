import multiprocessing
from typing import ClassVar

from linkcheck.fetch.workers.shared_limits import SharedMemoryLimits


def test_two_processes_agree_on_the_starts_of_one_host() -> None:
    shared_limits = SharedMemoryLimits(multiprocessing.get_context("spawn"), rows=2)
    one, other = shared_limits.of(0), shared_limits.of(1)
    assert [each.start("a.example", 10.0, 0.25) for each in (one, other, one)] == [10.0, 10.25, 10.5]
    assert other.start("a.example", 20.0, 0.25) == 20.0


def test_two_processes_have_no_more_places_at_a_host_than_one() -> None:
    shared_limits = SharedMemoryLimits(multiprocessing.get_context("spawn"), rows=2)
    one, other = shared_limits.of(0), shared_limits.of(1)
    assert [each.enter("a.example", 2) for each in (one, other, one, other)] == [True, True, False, False]
    assert other.enter("b.example", 2)
    one.leave("a.example")
    assert other.enter("a.example", 2)
    other.forget()
    assert [one.enter("a.example", 2), one.enter("a.example", 2), one.enter("a.example", 2)] == [True, True, False]


def test_a_process_that_ended_gives_back_its_own_places_only() -> None:
    shared_limits = SharedMemoryLimits(multiprocessing.get_context("spawn"), rows=2)
    one, other = shared_limits.of(0), shared_limits.of(1)
    assert [one.enter("a.example", 2), other.enter("a.example", 2)] == [True, True]
    other.forget()
    assert [one.enter("a.example", 2), one.enter("a.example", 2)] == [True, False]


def test_each_process_counts_in_its_own_row() -> None:
    shared_limits = SharedMemoryLimits(multiprocessing.get_context("spawn"), rows=3)
    one, other = shared_limits.of(1), shared_limits.of(2)
    assert (shared_limits.row, one.row, other.row) == (0, 1, 2)
    assert [other.enter("a.example", 9) for _ in range(3)] == [True] * 3
    other.leave("a.example")
    one.enter("a.example", 9)
    other.forget()
    assert [other.enter("a.example", 2), other.enter("a.example", 2)] == [True, False]
    one.leave("a.example")
    assert other.enter("a.example", 2)


def test_a_lock_that_a_killed_process_holds_is_not_waited_for() -> None:
    class Held:
        timeouts: ClassVar[list[float]] = []

        def acquire(self, *, timeout: float) -> bool:
            self.timeouts.append(timeout)
            return False

    shared_limits = SharedMemoryLimits(multiprocessing.get_context("spawn"), rows=1)
    shared_limits._lock = Held()  # type: ignore[assignment]
    assert (shared_limits.start("a.example", 1.0, 2.0), shared_limits.start("a.example", 1.0, 2.0)) == (1.0, 3.0)
    assert (shared_limits.enter("a.example", 1), shared_limits.enter("a.example", 1)) == (True, False)
    assert Held.timeouts == [1.0] * 4
