"""Detects a lost Dask scheduler: its client would wait forever and log tracebacks."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any

GRACE = 5.0
"""Seconds that the client gets to reconnect."""
SILENCE = 30.0
"""Seconds that a scheduler can take to respond on an open connection."""
BETWEEN = 5.0
"""Seconds between two such requests."""
CLOSING = 5.0
"""Seconds that closing the client can take."""


class SchedulerWatch:
    """Watches one `distributed.Client`. A lost scheduler is never considered available again."""

    def __init__(self, client: Any, address: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._address = address
        self._clock = clock
        self._apart_since: float | None = None
        self._requested_at = clock()
        self._request: Future[object] | None = None
        self._because: str | None = None

    def lost(self) -> str | None:
        """Why the scheduler is considered lost; None while it is not. Never blocks."""
        if self._because is None and (self._is_disconnected() or self._is_silent()):
            self._because = f"the Dask scheduler at {self._address} was lost; the results received before that are kept"
        return self._because

    @property
    def apart(self) -> bool:
        """Whether there is currently no connection."""
        return self._because is not None or self._client.status != "running"

    def _is_disconnected(self) -> bool:
        status = self._client.status
        if status == "running":
            self._apart_since = None
            return False
        now = self._clock()
        self._apart_since = now if self._apart_since is None else self._apart_since
        return status in {"closing", "closed"} or now - self._apart_since >= GRACE

    def _is_silent(self) -> bool:
        """A machine that is gone closes no connection, so the scheduler is sent a request from time to time."""
        now = self._clock()
        if self._request is None or self._request.done() or self._apart_since is not None:
            if now - self._requested_at >= BETWEEN and self._apart_since is None:
                self._requested_at = now
                loop: asyncio.AbstractEventLoop = self._client.loop.asyncio_loop
                self._request = asyncio.run_coroutine_threadsafe(self._identify(), loop)
            return False
        return now - self._requested_at >= SILENCE

    async def _identify(self) -> object:
        try:
            return await self._client.scheduler.identity(n_workers=0)
        except Exception:  # noqa: BLE001 - the status of the client is sufficient in any case
            return None


@contextmanager
def closing(client: Any, watch: SchedulerWatch) -> Iterator[None]:
    """Close the client within limits, and without its log if the scheduler was lost."""
    quiet = _Quiet(watch)
    loggers = [logging.getLogger(name) for name in ("distributed", "tornado.application", "asyncio")]
    handlers = [handler for logger in (*loggers, logging.getLogger()) for handler in logger.handlers]
    try:
        for handler in handlers:
            handler.addFilter(quiet)
        for logger in loggers:
            logger.addFilter(quiet)
        yield
    finally:
        with suppress(TimeoutError, OSError, RuntimeError):  # the process ends soon, and its threads are daemons
            client.close(timeout=CLOSING)


class _Quiet(logging.Filter):
    """Suppresses the client's log about a lost connection: the run reports it in one sentence."""

    def __init__(self, watch: SchedulerWatch) -> None:
        super().__init__()
        self._watch = watch

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - logging passes it by position
        return not self._watch.apart
