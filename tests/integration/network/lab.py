"""A network of its own with a name server and a web, and the command run inside it.

Started as `unshare --net --mount python lab.py`; reads Plans as JSON from stdin, one a line, and for each writes
`happened.json` and says so. Names are `www.domN.com`; everything that lives is on 127.0.0.1:80, a black hole is an address
whose packets are lost, and of a rejected one a router says that there is no such host.

The servers of a plan, and each run of the command, are processes of their own, forked from one without threads.
"""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

import httpx  # noqa: F401 - so that no run has to import it
import msgspec
from dnslib import QTYPE, RCODE, RR, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer

BLACK_HOLE = "10.66.7.7"
REJECTED = "10.77.7.7"
ADDRESSES = {
    "black hole": BLACK_HOLE,
    "rejected": REJECTED,
    "no route": "10.88.8.8",
    "ipv6": "2600::1",
    "private": "192.168.1.1",
    "nowhere": "0.0.0.0",
}
PATCHED = ("fetch.scheduling.crawler", "fetch.http.resolver", "pipeline.options", "pipeline")
"""What `before` imports. Other modules must not be imported before it: they may keep what it replaces."""
PAGE = b"<!doctype html><title>A page</title>"


class Plan(msgspec.Struct):
    """`before` is Python code that runs first in the process of a run of the command, one text for each run.

    `names` maps a name to what the name server says (`servfail`, `silent`, `nxdomain`, `nodata`), to a place
    (`ADDRESSES`), or to a status that it answers; all others live. `denied` are top-level domains that the name server
    denies as a whole, `moved` maps hosts to the URL that they redirect to.

    `server` is how the name server, or with a status the web, begins: the same of all names. After `turns` requests
    `turn` becomes of it, or of the whole network (`off`), and `back` seconds later everything is well again. The web
    is a proxy, too.
    """

    folder: str
    before: list[str]
    arguments: list[str]
    names: dict[str, str] = {}
    denied: list[str] = []
    moved: dict[str, str] = {}
    server: str = "well"
    turn: str = "well"
    turns: int = 0
    back: float | None = None


class Happened(msgspec.Struct):
    codes: list[int] = []
    reports: list[str] = []
    errors: list[str] = []
    lookups: dict[str, int] = {}


class Lab(BaseResolver):  # type: ignore[misc]  # dnslib publishes no types
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.server = plan.server
        self.requests = 0
        self.lookups: Counter[str] = Counter()

    def state_of(self, host: str) -> str:
        if host.rpartition(".")[2] in self.plan.denied:
            return "nxdomain"
        return self.server if self.server != "well" else self.plan.names.get(host, "well")

    def resolve(self, request: DNSRecord, _handler: DNSHandler) -> DNSRecord:
        name = str(request.q.qname).rstrip(".").lower()
        kind = QTYPE[request.q.qtype]
        if kind == "A":
            self.lookups[name] += 1
        reply = request.reply()
        state = self.state_of(".".join(name.split(".")[-3:]))
        match state:
            case "nodata":
                pass
            case "silent":
                raise TimeoutError  # no reply
            case "servfail":
                reply.header.rcode = RCODE.SERVFAIL
            case "refused":
                reply.header.rcode = RCODE.REFUSED
            case "nxdomain":
                reply.header.rcode = RCODE.NXDOMAIN
            case _ if (address := ADDRESSES.get(state, "127.0.0.1")) and kind in ("A", "AAAA") and name:
                if (kind == "AAAA") == (":" in address):
                    reply.add_answer(*RR.fromZone(f"{request.q.qname} 0 {kind} {address}"))
            case _ if kind == "NS":
                reply.add_answer(*RR.fromZone(f"{request.q.qname} 60 NS a.root-servers.net."))
        return reply

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while words := await reader.readuntil(b"\r\n\r\n"):
                self.requests += 1
                if self.requests == self.plan.turns:
                    self.turn()
                await asyncio.sleep(0.05)
                host = words.lower().partition(b"\r\nhost: ")[2].partition(b"\r\n")[0].decode()
                what = self.state_of(host)
                status = what if what.isdigit() else "200"
                if to := self.plan.moved.get(host, ""):
                    status, to = "301", f"Location: {to}\r\n"
                head = f"HTTP/1.1 {status} Words\r\n{to}Content-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n\r\n"
                writer.write(head.encode() + PAGE)
        writer.close()

    def turn(self) -> None:
        if self.plan.turn == "off":
            loopback("down")
        else:
            self.server = self.plan.turn
        if self.plan.back is not None:
            threading.Timer(self.plan.back, self.recover).start()

    def recover(self) -> None:
        if self.plan.turn == "off":
            loopback("up")
        self.server = "well"


class Quiet(DNSHandler):  # type: ignore[misc]  # dnslib publishes no types
    def handle(self) -> None:
        with suppress(TimeoutError):
            super().handle()

    def get_reply(self, data: bytes) -> bytes:
        request = DNSRecord.parse(data)
        packed: bytes = self.server.resolver.resolve(request, self).pack()
        return packed


def loopback(state: str) -> None:
    subprocess.run(["ip", "link", "set", "lo", state], check=True)


def set_up() -> None:
    loopback("up")
    # A cable whose other end belongs to nobody: what is sent to this neighbor is lost.
    for command in (
        "link add hole type veth peer name end",
        "addr add 10.66.0.1/16 dev hole",
        "link set hole up",
        "link set end up",
        f"neigh add {BLACK_HOLE} lladdr 02:00:00:00:00:01 dev hole",
        f"route add unreachable {REJECTED}",
    ):
        subprocess.run(["ip", *command.split()], check=True)
    with tempfile.NamedTemporaryFile("w", delete=False) as resolv:
        resolv.write("nameserver 127.0.0.1\n")
    subprocess.run(["mount", "--bind", resolv.name, "/etc/resolv.conf"], check=True)


def serve(lab: Lab, ready: int) -> None:
    """Until SIGTERM."""
    quiet = DNSLogger(logf=lambda _: None)
    for tcp in (False, True):
        DNSServer(lab, address="127.0.0.1", port=53, tcp=tcp, handler=Quiet, logger=quiet).start_thread()

    async def web() -> None:
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        server = await asyncio.start_server(lab.talk, "127.0.0.1", 80)
        os.write(ready, b"\n")
        await ended.wait()
        server.close()

    asyncio.run(web())
    os.write(ready, msgspec.json.encode(dict(lab.lookups)))


class Servers:
    def __init__(self, plan: Plan) -> None:
        self._answers, ready = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            try:
                serve(Lab(plan), ready)
            finally:
                os._exit(0)
        os.close(ready)
        os.read(self._answers, 1)

    def end(self) -> dict[str, int]:
        """The number of look-ups by name."""
        os.kill(self._process, signal.SIGTERM)
        with open(self._answers, "rb") as answers:
            lookups = msgspec.json.decode(answers.read(), type=dict[str, int])
        os.waitpid(self._process, 0)
        loopback("up")
        return lookups


def runs() -> str:
    """Returns in the process of each run of the command, with what to do before it."""
    for line in sys.stdin.buffer:
        plan = msgspec.json.decode(line, type=Plan)
        servers = Servers(plan)
        happened = Happened()
        for before in plan.before:
            with TemporaryFile() as out, TemporaryFile() as err:
                process = os.fork()
                if process == 0:
                    begin(plan, out.fileno(), err.fileno())
                    return before
                _, status = os.waitpid(process, 0)
                happened.codes.append(os.waitstatus_to_exitcode(status))
                for file, texts in ((out, happened.reports), (err, happened.errors)):
                    file.seek(0)
                    texts.append(file.read().decode())
        happened.lookups = servers.end()
        Path(plan.folder, "happened.json").write_bytes(msgspec.json.encode(happened))
        os.write(1, b"happened\n")
    os._exit(0)


def begin(plan: Plan, out: int, err: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, stream in enumerate((nothing, out, err)):
        os.dup2(stream, number)
    os.chdir(plan.folder)
    sys.path[0] = plan.folder
    sys.argv = ["linkcheck", *plan.arguments]


def main() -> None:
    set_up()
    for module in PATCHED:
        import_module(f"linkcheck.{module}")
    gc.freeze()
    exec(runs(), {})
    from linkcheck.__main__ import main

    main()


if __name__ == "__main__":
    main()
