import errno
from io import BytesIO
from typing import Any

import pytest
from virtual_web import many

from linkcheck.fetch.scheduling.deferred_queue import Deferred, DeferredQueue
from linkcheck.model import Outcome, Probe, Target


def test_a_shelf_gives_back_everything_in_order_with_little_in_memory() -> None:
    deferred_queue = DeferredQueue()
    for number, target in enumerate(many(1, 5000)):
        deferred_queue.add(Deferred(target, Outcome(target.url, target.probe), float(number)))
    assert len(deferred_queue) == 5000
    late = deferred_queue.since(4990.0, alike=lambda item: item.at != 4995.0)
    assert [item.at for item in late] == [4990, 4991, 4992, 4993, 4994, 4996, 4997, 4998, 4999]
    assert [item.at for item in deferred_queue.drain()] == [*map(float, range(4990)), 4995.0]
    assert len(deferred_queue) == 0


@pytest.mark.parametrize("fault", ["it cannot be opened", "it is full"])
def test_a_shelf_without_a_file_keeps_everything_in_memory(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        def write(self, data: Any) -> int:
            return super().write(data[:10])

    def open_(**_: object) -> Full:
        if fault == "it is full":
            return Full()
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("linkcheck.fetch.scheduling.deferred_queue.tempfile.TemporaryFile", open_)
    deferred_queue = DeferredQueue()
    for number in range(3000):
        deferred_queue.add(Deferred(Target(str(number), Probe.STATUS, "h"), Outcome(str(number), Probe.STATUS), 0.0))
    assert [item.target.url for item in deferred_queue.drain()] == [str(number) for number in range(3000)]
