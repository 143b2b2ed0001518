"""A loopback web of many hosts: every address of 127.0.0.0/8 answers, from canned bytes, in a process of its own.

    python benchmarks/web.py --port 8900 --latency 0.02 --faults 0.05

With `--names` it is the name server of its hosts as well, on port 53 (see `names.py`). With `--news HOSTS` it answers with
the pages of `news.py`, without latency or faults.

What a path gets depends on nothing but the path, so that every checker asks the same web. Prints its CPU time when it
is told to stop (SIGTERM), as JSON.
"""

import argparse
import asyncio
import json
import random
import resource
import signal
import sys
import zlib
from typing import cast

import news
from names import NameServer

PAGE = b"<!doctype html><html><head><title>A page</title></head><body>" + b"<p>text</p>" * 20 + b"</body></html>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE)
FAULTS = (
    b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nnot found",
    b"HTTP/1.1 410 Gone\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ngone",
    b"HTTP/1.1 301 Moved Permanently\r\nLocation: /moved\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nno",
)


class Web(asyncio.Protocol):
    """One connection. `latency` is the median wait in seconds, log-normally spread; `faults` the share of paths with one."""

    requests = 0
    latency = 0.0
    spread = 0.5
    faults = 0.0
    news = 0
    """The number of hosts, if the pages of `news.py` are wanted."""

    transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are asyncio's by behaviour only.
        self.transport = cast("asyncio.WriteTransport", transport)
        self.waiting = b""
        peer = transport.get_extra_info("peername")
        if peer and not peer[0].startswith("127."):
            transport.close()

    def data_received(self, data: bytes) -> None:
        data = self.waiting + data
        while (end := data.find(b"\r\n\r\n")) >= 0:
            Web.requests += 1
            self.answer(data[: data.index(b" ", data.index(b" ") + 1)])
            data = data[end + 4 :]
        self.waiting = data

    def answer(self, start: bytes) -> None:
        answer = OK
        if self.news:
            self.transport.writelines(news.answer(start, self.news) or FAULTS[:1])
            return
        if self.faults or self.latency:
            number = zlib.crc32(start)
            if start[-6:] != b"/moved" and number % 10_000 < self.faults * 10_000:
                answer = FAULTS[number % len(FAULTS)]
            if self.latency:
                wait = self.latency * random.Random(number).lognormvariate(0, self.spread)
                asyncio.get_running_loop().call_later(wait, self.send, answer)
                return
        self.transport.write(answer)

    def send(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)


async def serve(port: int, *, names: bool) -> None:
    loop = asyncio.get_running_loop()
    if names:
        await loop.create_datagram_endpoint(NameServer, ("127.0.0.1", 53))
    server = await loop.create_server(Web, "0.0.0.0", port, backlog=4096)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    print("ready", flush=True)
    await stop.wait()
    server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8900)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--spread", type=float, default=0.5)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--news", type=int, default=0, metavar="HOSTS")
    options = parser.parse_args()
    Web.news = options.news
    Web.latency, Web.spread, Web.faults = options.latency, options.spread, options.faults
    import uvloop

    uvloop.run(serve(options.port, names=options.names))
    spent = resource.getrusage(resource.RUSAGE_SELF)
    cpu = spent.ru_utime + spent.ru_stime
    print(json.dumps({"requests": Web.requests, "lookups": NameServer.asked, "cpu": cpu}), file=sys.stdout)


if __name__ == "__main__":
    main()
