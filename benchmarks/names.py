"""Names for the loopback web: a network of its own, and the name server that is the only one there.

What runs in that network looks names up as everywhere: `/etc/resolv.conf` names the server. Outside nothing changes, and
port 53 and port 80 are free whoever has them outside. Linux only; as root, or where users may have namespaces.
"""

import asyncio
import fcntl
import os
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import cast

from hosts import address_of, number_of

INSIDE = "--inside"
_FILES = (("/etc/resolv.conf", "nameserver 127.0.0.1\n"), ("/etc/nsswitch.conf", "hosts: files dns\n"))
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1
_A, _IN = 1, 1
_ANSWER, _REFUSED = 0x8580, 0x8585  # a response with authority, which offers recursion since it was wanted


class NameServer(asyncio.DatagramProtocol):
    """Knows the addresses of the web's hosts, says that they have nothing else, and refuses every other question."""

    asked = 0

    transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are asyncio's by behaviour only.
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        NameServer.asked += 1
        self.transport.sendto(reply(data), addr)


def reply(query: bytes) -> bytes:
    """The answer to a query with one question, as RFC 1035 (4.1) packs them."""
    labels, at = [], 12
    while length := query[at]:
        labels.append(query[at + 1 : at + 1 + length].decode("ascii", "replace"))
        at += 1 + length
    question = query[12 : at + 5]
    host = number_of(".".join(labels))
    answer = b""
    if host is not None and struct.unpack(">HH", question[-4:]) == (_A, _IN):
        # 0xC00C points at the name in the question; a minute to live, four bytes of address.
        answer = struct.pack(">HHHIH4s", 0xC00C, _A, _IN, 60, 4, socket.inet_aton(address_of(host)))
    flags = _REFUSED if host is None else _ANSWER
    return query[:2] + struct.pack(">5H", flags, 1, bool(answer), 0, 0) + question + answer


def move_in() -> None:
    """Start this program again in a network of its own; does not return. `arrange` does the rest there."""
    command = ["unshare", "--mount", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",))]
    run_or_end(*command, "true")
    os.execvp(command[0], [*command, sys.executable, *sys.orig_argv[1:], INSIDE])


def arrange() -> None:
    """Inside: take the loopback up, and lead every lookup to our name server."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_:
        fcntl.ioctl(any_, _SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", _IFF_UP))
    with tempfile.TemporaryDirectory() as folder:
        for place, text in _FILES:
            if Path(place).exists():
                ours = Path(folder, Path(place).name)
                ours.write_text(text, encoding="ascii")
                run_or_end("mount", "--bind", str(ours), place)


def run_or_end(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        why = done.stderr.strip() or f"exit {done.returncode}" if done.returncode else ""
    except OSError as error:
        why = str(error)
    if why:
        sys.exit(f"No network of its own for the names ({why}). It takes root or user namespaces; --addresses does without.")
