"""Handles network outages: collects what failed meanwhile and waits until the network is back."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeVar

import anyio

from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.politeness.network_health import NetworkState
from linkcheck.model import Outcome, Probe, Target
from linkcheck.timestamps import current_timestamp

MOST = 10
"""Outages per run; a network that fails more often is too unreliable for checking links."""
LONGEST_PAUSE = 60.0
"""Seconds between two connectivity checks."""
CONTROLS = 5
CONTROL_DELAY = 2.0
"""Seconds before the next control is requested in parallel; usually the first responds."""
NetworkCheck = Callable[[Target], Awaitable[bool]]
"""Whether the network lets any part of a chain through."""


class Failed(Protocol):
    """A failure during a suspected outage; the owner can store more in it."""

    @property
    def target(self) -> Target: ...


FailedT = TypeVar("FailedT", bound=Failed)


class Outage(Generic[FailedT]):
    """The outages of one run, one at a time.

    `network` is the suspected state, None if there is none. `window` are the targets that failed meanwhile with their
    outcomes, `last` is the message of the most recent failure. `answered` means that there was a response since the
    suspicion.
    """

    def __init__(self, states: HostStates, controls: Sequence[str], *, at_once: int, clock: Callable[[], float]) -> None:
        """`controls` are hosts that answered in earlier runs; `at_once` is the maximum of concurrent check requests."""
        self._at_once = max(1, at_once)
        self.network: NetworkState | None = None
        self.window: list[tuple[FailedT, Outcome]] = []
        self.answered = False
        self.last = ""
        self.waiting = False
        """Whether the suspicion was confirmed and the run waits for the network."""
        self._states = states
        self._controls = controls
        self._clock = clock
        self._since = ""
        self._count = 0

    def begin(self, network: NetworkState) -> None:
        self.network = network
        self.answered = False
        self._since = current_timestamp()

    async def is_false_alarm(self, controls: Sequence[Target] | None, look: NetworkCheck) -> bool:
        """Whether something still responds, so that the hosts are the cause.

        `controls` answered in this run; None if only the failed targets can prove anything.
        """
        if controls is None or not (self._controls or controls):
            return self.answered
        return await self._find(controls, (), look)

    async def wait_for_network(
        self,
        patience: float,
        controls: Sequence[Target] | None,
        failed: Sequence[Target],
        look: NetworkCheck,
        *,
        names: Callable[[], Awaitable[bool]] | None,
        ending: Callable[[], bool],
    ) -> bool:
        """Wait for the network, at most `patience` seconds or until the run is `ending`; whether it is back.

        If no control proves anything, `names` tests the DNS server; without it, the `failed` targets are requested.
        """
        self._count += 1
        self.waiting = True
        ends = self._clock() + patience
        pause = 1.0
        while self._count <= MOST and self._clock() < ends and not ending():
            await anyio.sleep(min(pause, ends - self._clock()))
            pause = min(LONGEST_PAUSE, 2 * pause)
            self._states.reset_breakers()
            if self.answered or (controls is None and names is not None and await names()):
                return True
            if (controls is not None or names is None) and await self._find(controls or (), failed, look):
                return True
        return False

    async def _find(self, controls: Sequence[Target], failed: Sequence[Target], look: NetworkCheck) -> bool:
        """Request a few hosts: those that answered in this run, those of earlier runs, then some of those that failed."""
        targets = {target.host: target for target in controls}
        silent = {pending.target.host for pending, _ in self.window}
        known = (Target(f"https://{host}/", Probe.STATUS, host) for host in self._controls if host not in silent)
        for target in (*known, *(pending.target for pending, _ in reversed(self.window)), *failed):
            if len(targets) >= CONTROLS:
                break
            targets.setdefault(target.host, target)
        back = False
        places = anyio.Semaphore(self._at_once)

        async def request(target: Target, number: int, turn: anyio.Event, over: anyio.Event) -> None:
            nonlocal back
            with anyio.move_on_after(number * CONTROL_DELAY):
                await turn.wait()
            async with places:
                back = await look(target) or back
            over.set()
            if back:
                group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            turn = anyio.Event()
            turn.set()
            for number, target in enumerate(targets.values()):
                over = anyio.Event()
                group.start_soon(request, target, number, turn, over)
                turn = over
        return back or self.answered

    def end(self) -> list[tuple[FailedT, Outcome]]:
        """End the outage and return what failed meanwhile."""
        self.network = None
        self.waiting = False
        window, self.window = self.window, []
        return window

    def describe(self) -> str:
        """A clause with the failure, its beginning, and the most recent message."""
        last = f"; last failure: {self.last}" if self.last else ""
        return f"{self.network.value if self.network else 'no network connection'} (since {self._since}{last})"
