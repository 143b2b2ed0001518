"""A Dask scheduler as a process of its own: prints its address, and runs until it is killed or its stdin ends."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any

from distributed import Scheduler

Start: Callable[..., Any] = Scheduler


async def main() -> None:
    async with Start(host="127.0.0.1", port=0, dashboard=False, dashboard_address=":0") as scheduler:
        sys.stdout.write(scheduler.address + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
