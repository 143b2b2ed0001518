"""What a server sends means the same however it is cut into packets."""

import asyncio
from collections.abc import Callable
from typing import cast

import pytest
from loopback import BEHAVIOURS, Asked, Behaviour, Loopback, Reader, Writer, raw

from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]

_PATHS = """
    /ok /notfound /gzip /gzip-garbage /not-gzip /truncated-gzip /brotli /nested /folded /nul /no-colon /space-before-colon
    /high-bytes /two-types /length-long /length-short /length-negative /length-two /length-plus /length-and-chunked /chunk-zz
    /chunk-huge /te-unknown /te-double /http-0.9 /http-2.0 /status-99999 /status-600 /status-999 /lf-only /no-reason
    /204-with-body /no-length /interim-5 /switching /close /location-missing /location-empty /300 /304 /429
"""
PATHS = _PATHS.split()
MALFORMED_LATE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\nILLEGAL\r\n" + b"b" * 60
)


class _Kept:
    """Stands in for a writer where all that is written is wanted."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        self.data += data


def _byte_by_byte(behaviour: Behaviour) -> Behaviour:
    async def send(asked: Asked, reader: Reader, writer: Writer) -> None:
        kept = _Kept()
        await behaviour(asked, reader, cast("Writer", kept))
        for byte in kept.data:
            writer.write(bytes([byte]))
            await writer.drain()
            # The client has a thread of its own: it may look between any two.
            await asyncio.sleep(0)

    return send


def _seen(outcome: Outcome) -> tuple[object, ...]:
    if outcome.failure is not None:
        return outcome.failure.kind, outcome.failure.detail
    assert outcome.answer is not None
    page = outcome.answer.page
    return outcome.answer.status, outcome.answer.body, outcome.answer.media_type, page and page.title


@pytest.mark.parametrize("path", [*PATHS, "/malformed-late"])
def test_a_reply_means_the_same_in_one_packet_and_in_many(ask: Ask, loopback: Loopback, path: str) -> None:
    behaviour = raw(MALFORMED_LATE) if path == "/malformed-late" else BEHAVIOURS[path]
    for probe in (Probe.STATUS, Probe.PAGE):
        loopback.behaviours[path] = behaviour
        whole = _seen(ask(f"http://a.example{path}", probe=probe))
        loopback.behaviours[path] = _byte_by_byte(behaviour)
        assert _seen(ask(f"http://a.example{path}", probe=probe)) == whole
