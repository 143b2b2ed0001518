"""When a Dask scheduler is considered lost, by the status of its client and by how long it says nothing."""

import logging
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from linkcheck.fetch.workers.scheduler_watch import SchedulerWatch, closing

LOST = "the Dask scheduler at a.example:8786 was lost; the results received before that are kept"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def watched(status: str) -> tuple[SchedulerWatch, SimpleNamespace, Clock]:
    client, clock = SimpleNamespace(status=status), Clock()
    return SchedulerWatch(client, "a.example:8786", clock=clock), client, clock


@pytest.mark.parametrize("status", ["closing", "closed"])
def test_a_client_that_is_closed_has_lost_its_scheduler_for_good(status: str) -> None:
    watch, client, _ = watched(status)
    assert watch.lost() == LOST
    client.status = "running"
    assert watch.lost() == LOST
    assert watch.apart


def test_a_client_may_reconnect_within_some_seconds() -> None:
    watch, client, clock = watched("connecting")
    assert (watch.lost(), watch.apart) == (None, True)
    clock.now = 104.9
    assert watch.lost() is None
    client.status = "running"
    assert (watch.lost(), watch.apart) == (None, False)
    client.status = "connecting"
    clock.now = 109.8
    assert watch.lost() is None
    clock.now = 114.8
    assert watch.lost() == LOST


def test_a_scheduler_that_does_not_respond_to_a_request_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Future[object]] = []

    def send(coroutine: Any, loop: object) -> Future[object]:
        coroutine.close()
        assert loop == "the loop"
        sent.append(Future())
        return sent[-1]

    monkeypatch.setattr("asyncio.run_coroutine_threadsafe", send)
    watch, client, clock = watched("running")
    client.loop = SimpleNamespace(asyncio_loop="the loop")
    clock.now = 104.9
    assert (watch.lost(), len(sent)) == (None, 0)
    clock.now = 105.0
    assert (watch.lost(), len(sent)) == (None, 1)
    sent[0].set_result(None)
    clock.now = 110.0
    assert (watch.lost(), len(sent)) == (None, 2)
    clock.now = 139.9
    assert (watch.lost(), len(sent)) == (None, 2)
    clock.now = 140.0
    assert watch.lost() == LOST


@pytest.mark.parametrize("error", [None, TimeoutError, OSError, RuntimeError])
def test_a_client_is_closed_within_limits_and_logs_nothing_without_a_connection(error: type[Exception] | None) -> None:
    watch, client, _ = watched("running")
    closed: list[float] = []

    def close(timeout: float) -> None:
        closed.append(timeout)
        if error is not None:
            raise error

    client.close = close
    loggers = [logging.getLogger(name) for name in ("distributed", "tornado.application", "asyncio")]
    before = [list(logger.filters) for logger in loggers]
    handlers = {handler: list(handler.filters) for handler in logging.getLogger().handlers}
    record = logging.LogRecord("distributed", logging.ERROR, "", 0, "lost", None, None)
    try:
        with closing(client, watch):
            assert all(logger.filter(record) for logger in loggers)
            client.status = "connecting"
            assert not any(logger.filter(record) for logger in loggers)
    finally:
        for logger, filters in zip(loggers, before, strict=True):
            logger.filters = filters
        for handler, filters in handlers.items():
            handler.filters = filters
    assert closed == [5.0]
