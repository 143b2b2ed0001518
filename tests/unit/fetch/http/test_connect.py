"""Which address a connection is tried with, and when: in virtual time, with a loop that connects to nothing."""

import asyncio
import socket
from typing import Any

from virtual_web import VirtualLoop

from linkcheck.fetch.http.address_guard import Policy
from linkcheck.fetch.http.connect import Connector
from linkcheck.fetch.http.resolver import Endpoint, Resolver
from linkcheck.fetch.options import FetchOptions

SILENT, LIVING = "192.0.2.1", "192.0.2.2"


class Dialing(VirtualLoop):
    """Notes each address with the time; all but `LIVING` never respond."""

    def __init__(self) -> None:
        super().__init__()
        self.dialed: list[tuple[str, float]] = []

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        self.dialed.append((address[0], round(self.time(), 6)))
        if address[0] != LIVING:
            await self.create_future()


def dialed(*addresses: str) -> list[tuple[str, float]]:
    """The addresses in the order in which they were tried, each with the seconds until then."""
    options = FetchOptions()
    places: list[Endpoint] = [(socket.AF_INET, (address, 443)) for address in addresses]

    async def main() -> list[tuple[str, float]]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Dialing)
        connector = Connector(options, Policy(options), Resolver(options, None))
        (await connector._connect(places, None, loop)).close()
        return loop.dialed

    with asyncio.Runner(loop_factory=Dialing) as runner:
        return runner.run(main())


def test_the_next_address_is_tried_after_a_quarter_of_a_second() -> None:
    """The delay that RFC 8305, section 5, recommends."""
    assert dialed(SILENT, SILENT, LIVING) == [(SILENT, 0.0), (SILENT, 0.25), (LIVING, 0.5)]


def test_an_address_that_responds_is_the_only_one() -> None:
    assert dialed(LIVING, SILENT) == [(LIVING, 0.0)]
