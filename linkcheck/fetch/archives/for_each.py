"""Handles items one after another or several at a time, until the end, the time limit or a signal."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import anyio
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.fetch.http.messages import Transport
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.scheduling.run_loop import SIGNALS, run, signal_handlers, without_delays
from linkcheck.fetch.transports import build_transport

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class RequestsEnd(Struct, frozen=True):
    """How it ended: the number of items that were not handled in time, and the signal that interrupted it, if any."""

    left: int = 0
    interrupted: int | None = None


def for_each(
    items: Sequence[_Item],
    begin: Callable[[Transport, FetchOptions], Callable[[_Item], Awaitable[_Result]]],
    record: Callable[[_Result], None],
    options: FetchOptions,
    *,
    workers: int,
    on_progress: Callable[[int], None],
) -> RequestsEnd:
    """Handle each item, `workers` at a time, and pass each result to `record`.

    `begin` receives the transport and the options, and returns the function that handles an item. Nothing is recorded.
    """
    options = replace(options, record=None, remap=(), controls=())
    done = 0
    interrupted: int | None = None
    queue = iter(items)

    async def main() -> None:
        inner = build_transport(options)
        handle = begin(inner, without_delays(options))

        async def work() -> None:
            nonlocal done
            for each in queue:
                result = await handle(each)
                done += 1
                record(result)
                on_progress(done)

        def interrupt(number: int) -> None:
            nonlocal interrupted
            interrupted = number
            scope.cancel()

        try:
            with anyio.move_on_after(options.max_time) as scope, signal_handlers(SIGNALS, interrupt):
                async with anyio.create_task_group() as group:
                    for _ in range(min(len(items), workers)):
                        group.start_soon(work)
        finally:
            await inner.aclose()

    run(main())
    return RequestsEnd(len(items) - done, interrupted)
