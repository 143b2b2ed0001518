"""Looks names up, tells apart the ways it can fail, and denies a name that has any address the guard refuses."""

import asyncio
import math
import socket
from collections import OrderedDict
from fnmatch import fnmatchcase
from functools import partial
from typing import Literal

import aiodns
from aiodns import error as ares

from linkcheck.errors import UsageError
from linkcheck.fetch.exchange import Exchange
from linkcheck.fetch.failures import FetchError, failure
from linkcheck.fetch.guard import Policy
from linkcheck.fetch.options import Options
from linkcheck.model import FailureKind
from linkcheck.urls import address_of

MOST_ADDRESSES = 8
"""A name with 2,000 addresses costs seconds of dialling otherwise; happy eyeballs need two."""
SECONDS = 3.0
TRIES = 2
KEPT_SECONDS = 60.0
MOST_KEPT = 4096
"""Names whose addresses are kept; those looked up least lately are forgotten."""

CONTROLS = (("com", "NS"), (".", "NS"), ("a.root-servers.net", "A"))
"""Names that exist wherever names do. A name server that knows none of them is no witness that another does not exist: it
serves a closed network, and would make every link of an archive dead."""

_NO_SEARCH = 1 << 5  # ARES_FLAG_NOSEARCH: `example.com` is never `example.com.corp.example`
_DETAILS = {
    ares.ARES_ENOTFOUND: ("nxdomain", ""),
    ares.ARES_ENODATA: ("no-address", ""),
    ares.ARES_EBADNAME: ("nxdomain", "it is no name that can exist"),
    ares.ARES_ESERVFAIL: ("servfail", "its name servers fail"),
    ares.ARES_EREFUSED: ("servfail", "the name server refuses"),
    ares.ARES_ECONNREFUSED: ("timeout", "no name server can be reached"),
    ares.ARES_ETIMEOUT: ("timeout", ""),
}

_SAYS_OF_THE_SERVER = (ares.ARES_ENOTFOUND, ares.ARES_ESERVFAIL, ares.ARES_EREFUSED, ares.ARES_ETIMEOUT)
"""What may be the name's fault or the name server's."""

Standing = Literal["knows", "ignorant", "silent"]
"""What the controls showed of a name server: it knows names, it knows none, or it did not answer for all of them."""

Place = tuple[socket.AddressFamily, tuple[str, int]]
"""Where to dial: family, address and port."""


class Resolver:
    """A name's addresses, at most `MOST_ADDRESSES`, kept for a minute. Raises only FetchError."""

    def __init__(self, options: Options, policy: Policy | None) -> None:
        self._policy = policy
        self._mapped = tuple((pattern, *_endpoint(where)) for pattern, where in options.resolve)
        self._nameserver = _endpoint(options.nameserver) if options.nameserver else None
        self._resolver: aiodns.DNSResolver | None = None
        self._doubting: aiodns.DNSResolver | None = None
        """For names that were not found before: the first one would answer from its own memory (c-ares keeps what does not
        exist for as long as its zone says), and a second look would be none."""
        self._unfound: set[str] = set()
        self._knew_at = -math.inf
        """When the name server was last seen to know a name (event loop's clock)."""
        self._proving: asyncio.Task[Standing] | None = None
        self._proving_since = -math.inf
        self._known: OrderedDict[str, tuple[float, list[str]]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[list[str]]] = {}

    async def resolve(self, host: str, port: int, exchange: Exchange) -> list[Place]:
        """Where `host` is, an address in its place included. What is found is written into `exchange`."""
        exchange.phase = "looking up"
        literal = address_of(host)
        if literal is not None:
            found = [(str(literal), port)]
        elif mapped := self._map(host, port):
            found = [mapped]
        else:
            found = [(address, port) for address in await self._look_up(host)]
        if self._policy is not None:
            for address, _ in found:
                if why := self._policy.address(address):
                    raise FetchError(failure(FailureKind.REFUSED_BY_GUARD, "address", host, why))
        if literal is None:
            exchange.addresses = tuple(address for address, _ in found)
            exchange.looked_up = asyncio.get_running_loop().time()
        exchange.phase = "connecting to"
        return [_place(*place) for place in some_of_both(found)]

    async def _look_up(self, host: str) -> list[str]:
        """Several who ask for one name at once share one look-up, and who asks soon after takes what it found."""
        known = self._known.get(host)
        if known is not None and known[0] > asyncio.get_running_loop().time():
            return known[1]
        asking = self._asking.get(host)
        if asking is None:
            asking = self._asking[host] = asyncio.create_task(self._ask(host))
            asking.add_done_callback(partial(self._remember, host))
        # Shielded: the one whose deadline ends must not take the answer from the others.
        return await asyncio.shield(asking)

    def _remember(self, host: str, asked: asyncio.Task[list[str]]) -> None:
        self._asking.pop(host, None)
        if not asked.cancelled() and asked.exception() is None:
            self._known[host] = (asked.get_loop().time() + KEPT_SECONDS, asked.result())
            self._known.move_to_end(host)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)

    def _map(self, host: str, port: int) -> tuple[str, int] | None:
        for pattern, address, its_port in self._mapped:
            if fnmatchcase(host, pattern) or fnmatchcase(f"{host}:{port}", pattern):
                return address, its_port or port
        return None

    async def _ask(self, host: str) -> list[str]:
        if self._resolver is None:
            self._resolver = self._open()
        resolver = self._resolver
        if host in self._unfound:
            resolver = self._doubting = self._doubting or self._open()
        began = asyncio.get_running_loop().time()
        try:
            answer = await resolver.getaddrinfo(host, family=socket.AF_UNSPEC, type=socket.SOCK_STREAM)
        except aiodns.error.DNSError as error:
            code = error.args[0] if error.args else None
            detail, because = _DETAILS.get(code, ("servfail", str(error.args[-1])[:100] if error.args else ""))
            if code in (ares.ARES_ENOTFOUND, ares.ARES_ENODATA) and len(self._unfound) < 16 * MOST_KEPT:
                self._unfound.add(host)
            if code in _SAYS_OF_THE_SERVER:
                detail, because = await self._blame(code, detail, because, began=began)
            raise FetchError(failure(FailureKind.DNS, detail, host, because)) from None
        found = [_text(node.addr[0]) for node in answer.nodes]
        if not found:
            raise FetchError(failure(FailureKind.DNS, "no-address", host))
        self._knew_at = asyncio.get_running_loop().time()
        return list(dict.fromkeys(found))

    async def _blame(self, code: int, detail: str, because: str, *, began: float) -> tuple[str, str]:
        """Whether the name failed or the name server: detail and clause of the failure.

        A name server is believed only if it still finds another name afterwards: one that lost its uplink denies or fails
        every name. One that the user named may serve a closed network, so what it says of a name is believed; where it is
        silent, it is tested like any other.
        """
        silent = code == ares.ARES_ETIMEOUT
        if self._nameserver is not None and not silent:
            return detail, because
        standing = await self._stands(since=began if silent else asyncio.get_running_loop().time())
        if standing == "knows":
            return ("servfail", "its name servers do not answer") if silent else (detail, because)
        return ("no-names" if standing == "ignorant" and not silent else "timeout"), ""

    async def _stands(self, *, since: float) -> Standing:
        """What the name server has shown of itself since a moment (event loop's clock)."""
        while True:
            if self._knew_at > since:
                return "knows"
            if self._proving is None:
                self._proving_since = asyncio.get_running_loop().time()
                self._proving = asyncio.create_task(self._prove())
            proving, counts = self._proving, self._proving_since >= since
            # Shielded: the one whose deadline ends must not take the answer from the others.
            standing = await asyncio.shield(proving)
            if counts:
                return standing

    async def _prove(self) -> Standing:
        """Put the name server to the test: it may have lost its uplink since it knew something."""
        asked = self._open()  # one that was used before answers from its memory
        try:
            standing = await _standing(asked)
        finally:
            self._proving = None
            await _close(asked)
        if standing == "knows":
            self._knew_at = asyncio.get_running_loop().time()
        return standing

    async def finds_names(self) -> bool:
        """Whether the name server answers now: one that the user named may know none of the names that we know."""
        standing = await self._stands(since=asyncio.get_running_loop().time())
        return standing == "knows" or (standing == "ignorant" and self._nameserver is not None)

    def _open(self) -> aiodns.DNSResolver:
        if self._nameserver is None:
            return aiodns.DNSResolver(timeout=SECONDS, tries=TRIES, flags=_NO_SEARCH)
        address, port = self._nameserver
        return aiodns.DNSResolver(
            nameservers=[address],
            udp_port=port or 53,
            tcp_port=port or 53,
            timeout=SECONDS,
            tries=TRIES,
            flags=_NO_SEARCH,
            lookups="b",
        )

    async def close(self) -> None:
        for asking in (*self._asking.values(), self._proving):
            if asking is not None:
                asking.cancel()
        self._proving = None
        for resolver in (self._resolver, self._doubting):
            if resolver is not None:
                await _close(resolver)
        self._resolver = self._doubting = None


async def finds_names(options: Options) -> bool:
    """Whether the name server answers, whatever was known before."""
    resolver = Resolver(options, None)
    try:
        return await resolver.finds_names()
    finally:
        await resolver.close()


async def _close(resolver: aiodns.DNSResolver) -> None:
    resolver.cancel()
    close = getattr(resolver, "close", None)  # since aiodns 3.5
    if close is not None:
        await close()


async def _standing(resolver: aiodns.DNSResolver) -> Standing:
    async def find(name: str, kind: str) -> Standing:
        try:
            await resolver.query_dns(name, kind)
        except aiodns.error.DNSError as error:
            denied = error.args and error.args[0] in (ares.ARES_ENOTFOUND, ares.ARES_ENODATA)
            return "ignorant" if denied else "silent"
        return "knows"

    # At once, since each may take as long as the name server is silent.
    found = await asyncio.gather(*(find(name, kind) for name, kind in CONTROLS))
    return "knows" if "knows" in found else "silent" if "silent" in found else "ignorant"


def _endpoint(text: str) -> tuple[str, int]:
    """`127.0.0.1:53`, `127.0.0.1`, `[::1]:53`, `::1`; the port is 0 where there is none."""
    address, _, port = text.rpartition(":")
    if text.startswith("["):
        address, _, port = text[1:].partition("]")
        port = port.removeprefix(":")
    elif not address or ":" in address:
        address, port = text, ""
    try:
        return address, int(port) if port else 0
    except ValueError:
        raise UsageError(f"{text!r} is not an address with an optional port, such as 127.0.0.1:53") from None


def some_of_both(found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """At most `MOST_ADDRESSES`, in their order, and of both families where there are both (CloudFront has 8 of IPv6)."""
    first = [place for place in found if (":" in place[0]) == (":" in found[0][0])]
    others = [place for place in found if place not in first][: MOST_ADDRESSES // 2]
    return [*first[: MOST_ADDRESSES - len(others)], *others]


def _text(address: str | bytes) -> str:
    return address.decode("ascii") if isinstance(address, bytes) else address


def _place(address: str, port: int) -> Place:
    return socket.AF_INET6 if ":" in address else socket.AF_INET, (address, port)
