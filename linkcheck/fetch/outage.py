"""While the network gives out: what failed meanwhile, and whether it is back."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

import anyio

from linkcheck.fetch.deferred import Deferred
from linkcheck.fetch.gate import Gates
from linkcheck.fetch.health import Weather
from linkcheck.fetch.moments import timestamp
from linkcheck.model import Probe, Target

MOST = 10
"""Outages of one run; a network that comes and goes more often is none to check links through."""
LONGEST_PAUSE = 60.0
"""Seconds between two looks outside."""
CONTROLS = 5


class Outage:
    """The outages of one run, one at a time.

    `weather` is what is wrong now, None while nothing is. `window` are the targets that failed meanwhile, `last` is what the
    last such failure said.
    """

    def __init__(self, gates: Gates, controls: Sequence[str], *, clock: Callable[[], float]) -> None:
        """`controls` are hosts that answered well in earlier runs."""
        self.weather: Weather | None = None
        self.window: list[Target] = []
        self.last = ""
        self._gates = gates
        self._controls = controls
        self._clock = clock
        self._since = ""
        self._count = 0

    def begin(self, weather: Weather, hit: Iterable[Deferred]) -> None:
        """`hit` are targets that were met by it before it was noticed."""
        self.weather = weather
        self.window.extend(item.target for item in hit)
        self._since = timestamp()
        self._count += 1

    async def sit_out(
        self, patience: float, look_outside: Callable[[Target], Awaitable[bool]], *, ending: Callable[[], bool]
    ) -> bool:
        """Wait for the network, at most `patience` seconds or until the run is `ending`; whether it is back."""
        ends = self._clock() + patience
        pause = 1.0
        while self._count <= MOST and self._clock() < ends and not ending():
            await asyncio.sleep(min(pause, ends - self._clock()))
            pause = min(LONGEST_PAUSE, 2 * pause)
            self._gates.forgive()
            if await self._is_back(look_outside):
                return True
        return False

    async def _is_back(self, look_outside: Callable[[Target], Awaitable[bool]]) -> bool:
        """Ask a few hosts: known good ones, else some of those that failed."""
        targets = {host: Target(f"https://{host}/", Probe.STATUS, host) for host in self._controls[:CONTROLS]}
        for target in reversed(self.window):
            if len(targets) >= CONTROLS:
                break
            targets.setdefault(target.host, target)
        back = False

        async def look(target: Target) -> None:
            nonlocal back
            back = await look_outside(target) or back

        async with anyio.create_task_group() as group:
            for target in targets.values():
                group.start_soon(look, target)
        return back

    def end(self) -> list[Target]:
        """It is over; the targets to ask again."""
        self.weather = None
        window, self.window = self.window, []
        return window

    def told(self) -> str:
        """What is wrong, since when, and what was met last, as a clause."""
        last = f" (the last that was met: {self.last})" if self.last else ""
        return f"{self.weather.value if self.weather else 'the network was away'}, since {self._since}{last}"
