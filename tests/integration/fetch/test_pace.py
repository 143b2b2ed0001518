"""The pace as a server sees it."""

import asyncio
import socket
import struct
import time
from contextlib import suppress

import msgspec
import pytest
from loopback import Loopback, Reader, Writer, reply

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.run import crawl
from linkcheck.model import Outcome, Probe, Target

INTERVAL = 0.3


@pytest.mark.parametrize("resets", [True, False], ids=["reset", "closed"])
def test_a_request_on_a_kept_connection_that_ends_is_sent_again_at_the_hosts_pace(
    options: FetchOptions, loopback: Loopback, *, resets: bool
) -> None:
    arrived: list[float] = []

    async def answer_once(reader: Reader, writer: Writer) -> None:
        """Answer the first request of a connection, and end it at the second."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await reader.readuntil(b"\r\n\r\n")
            arrived.append(time.monotonic())
            writer.write(reply())
            await reader.readuntil(b"\r\n\r\n")
            arrived.append(time.monotonic())
            if resets:
                connection = writer.get_extra_info("socket")
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort() if resets else writer.close()

    resolve = (("a.example:80", f"127.0.0.1:{loopback.listen(answer_once)}"),)
    chosen = msgspec.structs.replace(options, resolve=resolve, interval=INTERVAL, jobs=1)
    outcomes: list[Outcome] = []
    targets = [Target(f"http://a.example/{page}", Probe.PAGE, "a.example") for page in range(4)]
    crawl([targets], outcomes.extend, chosen)
    assert [outcome.answer is not None and outcome.answer.status for outcome in outcomes] == [200] * 4
    assert {outcome.attempts for outcome in outcomes} == {1}
    assert sum(outcome.requests for outcome in outcomes) == len(arrived) > 4
    # As a server hears it, one may be late; what is sent again at once would halve the span.
    assert arrived[-1] - arrived[0] > 0.75 * INTERVAL * (len(arrived) - 1)
