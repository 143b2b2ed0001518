"""A loopback web of many hosts in a thread, and crawls as processes of their own."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from linkcheck.model import Probe, Target


@dataclass
class LoopbackWeb:
    """Answers on every 127.x.y.z. Paths: /slow waits a minute, /503 fails (/503/hour for an hour), /hop leads to another
    host's /door, else 200.

    `door_seconds` is how long a door takes, `most_at_doors` how many stood there at once.
    """

    port: int = 0
    asked: list[tuple[float, str, str]] = field(default_factory=list)
    door_seconds: float = 0.0
    most_at_doors: int = 0
    _at_doors: int = 0

    def target(self, host: int, path: str) -> Target:
        name = f"127.7.{host // 250}.{host % 250 + 1}"
        return Target(f"http://{name}:{self.port}{path}", Probe.STATUS, name)

    def counts(self) -> Counter[str]:
        return Counter(f"http://{host}{path}" for _, host, path in self.asked)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                host = head.lower().partition(b"\r\nhost: ")[2].partition(b"\r\n")[0].decode()
                self.asked.append((asyncio.get_running_loop().time(), host, path))
                if path.startswith("/slow"):
                    await asyncio.sleep(60)
                if path.startswith("/door") and self.door_seconds:
                    self._at_doors += 1
                    self.most_at_doors = max(self.most_at_doors, self._at_doors)
                    await asyncio.sleep(self.door_seconds)
                    self._at_doors -= 1
                status, more = b"200 OK", b""
                if path.startswith("/503"):
                    status = b"503 Service Unavailable"
                    more = b"Retry-After: 3600\r\n" if path == "/503/hour" else b""
                elif path.startswith("/hop"):
                    status, more = b"301 Moved Permanently", f"Location: http://127.7.9.9:{self.port}/door\r\n".encode()
                writer.write(b"HTTP/1.1 " + status + b"\r\n" + more + b"Content-Length: 0\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
def web() -> Iterator[LoopbackWeb]:
    web = LoopbackWeb()
    ready = threading.Event()
    stops: list[Callable[[], object]] = []

    async def serve() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        stops.append(lambda: loop.call_soon_threadsafe(stop.set))
        server = await asyncio.start_server(web.answer, "0.0.0.0", 0)
        web.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()  # not to be waited for: since Python 3.12 that takes as long as the slowest answer

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    yield web
    stops[0]()
    thread.join(10)
