"""Resolves names, distinguishes the ways this can fail, and denies a name with any address that the guard refuses.

A DNS server's failure for one name counts against that name only if the server works for others: it may have lost its
uplink, deny a whole top-level domain, or resolve every name to the login page of its network.
"""

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
from linkcheck.fetch.http.address_guard import Policy
from linkcheck.fetch.http.failures import FetchError, failure
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Failure, FailureKind
from linkcheck.urls import address_of, top_level_domain

MOST_ADDRESSES = 8
"""A name with 2,000 addresses would take seconds of connection attempts; happy eyeballs needs two."""
SECONDS = 3.0
TRIES = 2
KEPT_SECONDS = 60.0
MOST_KEPT = 4096
"""Names whose addresses are cached; the least recently resolved are removed."""

CONTROLS = (("com", "NS"), (".", "NS"), ("a.root-servers.net", "A"))
"""Names that exist everywhere. A DNS server that resolves none of them cannot prove that another does not exist: it serves a
closed network, and would make every link of an archive dead. A missing name in an existing top-level domain is credible only
if the server resolves that domain."""
PUBLIC_CONTROLS = ("a.root-servers.net", "k.root-servers.net")
"""Names with public addresses. If they have none, a private address proves nothing about the name that has it."""

_ANY = "."
_PUBLIC = "public addresses"

_NO_SEARCH = 1 << 5  # ARES_FLAG_NOSEARCH: `example.com` is never `example.com.corp.example`
_DETAILS = {
    ares.ARES_ENOTFOUND: ("nxdomain", ""),
    ares.ARES_ENODATA: ("no-address", ""),
    ares.ARES_EBADNAME: ("nxdomain", "not a valid host name"),
    ares.ARES_ESERVFAIL: ("servfail", "the domain's name servers report an error"),
    ares.ARES_EREFUSED: ("servfail", "the DNS server refused the query"),
    ares.ARES_ECONNREFUSED: ("timeout", "no DNS server can be reached"),
    ares.ARES_ETIMEOUT: ("timeout", ""),
}

_DENIALS = (ares.ARES_ENOTFOUND, ares.ARES_ENODATA)
_NAME_OR_SERVER = (*_DENIALS, ares.ARES_ESERVFAIL, ares.ARES_EREFUSED, ares.ARES_ETIMEOUT)
"""Errors caused by either the name or the DNS server."""

ServerState = Literal["knows", "ignorant", "silent"]
"""The result of the controls for a DNS server: it resolves names, it resolves none, or not all controls got a response."""

Endpoint = tuple[socket.AddressFamily, tuple[str, int]]
"""Where to connect: family, address and port."""


class Resolver:
    """Resolves names to at most `MOST_ADDRESSES` addresses, cached for a minute. Raises only FetchError."""

    def __init__(self, options: FetchOptions, policy: Policy | None) -> None:
        self._policy = policy
        self._mapped = tuple((pattern, *_endpoint(where)) for pattern, where in options.resolve)
        self._nameserver = _endpoint(options.nameserver) if options.nameserver else None
        self._resolver: aiodns.DNSResolver | None = None
        self._lost: list[aiodns.DNSResolver] = []
        self._failed_names: set[str] = set()
        """Names to resolve again after a failure, with a new resolver: c-ares caches missing names for as long as their zone
        allows, so that a used one would not send a query."""
        self._shown_at: dict[str, float] = {}
        """When the DNS server last resolved any name, one of a top-level domain, or one with public addresses (event loop's
        clock)."""
        self._server_tests: dict[str, tuple[float, asyncio.Task[ServerState]]] = {}
        self._known: OrderedDict[str, tuple[float, list[str]]] = OrderedDict()
        self._lookups: dict[str, asyncio.Task[list[str]]] = {}

    async def resolve(self, host: str, port: int, trace: RequestTrace) -> list[Endpoint]:
        """The endpoints of `host`, which can be an address. They are recorded in `trace`."""
        trace.phase = "during the DNS lookup"
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
            trace.addresses = tuple(address for address, _ in found)
            trace.looked_up = asyncio.get_running_loop().time()
        trace.phase = "while connecting"
        return [_place(*place) for place in limit_addresses(found)]

    async def _look_up(self, host: str) -> list[str]:
        """Concurrent calls for a name share one lookup, and later ones use its cached result."""
        known = self._known.get(host)
        if known is not None and known[0] > asyncio.get_running_loop().time():
            return known[1]
        lookup = self._lookups.get(host)
        if lookup is None:
            lookup = self._lookups[host] = asyncio.create_task(self._query(host))
            lookup.add_done_callback(partial(self._remember, host))
        # Shielded: a caller whose deadline expires must not cancel the lookup for the others.
        return await asyncio.shield(lookup)

    def _remember(self, host: str, lookup: asyncio.Task[list[str]]) -> None:
        self._lookups.pop(host, None)
        if not lookup.cancelled() and lookup.exception() is None:
            self._known[host] = (lookup.get_loop().time() + KEPT_SECONDS, lookup.result())
            self._known.move_to_end(host)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)

    def _map(self, host: str, port: int) -> tuple[str, int] | None:
        for pattern, address, its_port in self._mapped:
            if fnmatchcase(host, pattern) or fnmatchcase(f"{host}:{port}", pattern):
                return address, its_port or port
        return None

    async def _query(self, host: str) -> list[str]:
        remembers = host not in self._failed_names
        resolver = self._resolver if remembers and self._resolver is not None else self._open()
        if remembers:
            self._resolver = resolver
        began = asyncio.get_running_loop().time()
        try:
            found = await self._addresses(resolver, host)
        except aiodns.error.DNSError as error:
            raise FetchError(await self._failure(host, error, began=began)) from None
        finally:
            if not remembers:
                await _close(resolver)
        await self._check_addresses(host, found)
        return found

    async def _addresses(self, resolver: aiodns.DNSResolver, host: str) -> list[str]:
        """The addresses of a name, from a new resolver if this one lost its connection to the DNS server."""
        try:
            return await _addresses(resolver, host)
        except aiodns.error.DNSError as error:
            if not error.args or error.args[0] != ares.ARES_ECONNREFUSED:
                raise
        if resolver is self._resolver:
            self._lost.append(resolver)  # others may still wait for it
            self._resolver = None
        if self._resolver is None:
            self._resolver = self._open()
        return await _addresses(self._resolver, host)

    async def _failure(self, host: str, error: aiodns.error.DNSError, *, began: float) -> Failure:
        code = error.args[0] if error.args else None
        detail, because = _DETAILS.get(code, ("servfail", str(error.args[-1])[:100] if error.args else ""))
        if code in _DENIALS:
            self._add_failed_name(host)
        if code in _NAME_OR_SERVER:
            detail, because = await self._attribute(code, host, detail, because, began=began)
        return failure(FailureKind.DNS, detail, host, because)

    async def _check_addresses(self, host: str, found: list[str]) -> None:
        """Record what a name's addresses prove about the DNS server. Raises FetchError if it returns private ones for all
        names.
        """
        now = asyncio.get_running_loop().time()
        self._shown_at[_ANY] = now
        if domain := top_level_domain(host):
            self._shown_at[domain] = now
        if self._policy is None or self._nameserver is not None:
            return
        if not any(self._policy.address(address) for address in found):
            self._shown_at[_PUBLIC] = now
        elif (state := await self._server_state(_PUBLIC, since=now)) != "knows":
            self._add_failed_name(host)
            detail = "no-names" if state == "ignorant" else "timeout"
            because = f"it returns private addresses such as {found[0]}" if state == "ignorant" else ""
            raise FetchError(failure(FailureKind.DNS, detail, host, because))

    def _add_failed_name(self, host: str) -> None:
        if len(self._failed_names) < 16 * MOST_KEPT:
            self._failed_names.add(host)

    async def _attribute(self, code: int, host: str, detail: str, because: str, *, began: float) -> tuple[str, str]:
        """Whether the name or the DNS server failed: detail and clause of the failure.

        A server is trusted only if it still resolves another name afterwards: without its uplink it denies or fails every
        name. One that the user configured may serve a closed network, so its answers are trusted; if it does not respond, it
        is tested like any other.
        """
        silent = code == ares.ARES_ETIMEOUT
        if self._nameserver is not None and not silent:
            return detail, because
        since = began if silent else asyncio.get_running_loop().time()
        domain = top_level_domain(host) if code in _DENIALS else None
        if domain is not None and await self._server_state(domain, since=since) == "knows":
            return detail, because
        state = await self._server_state(_ANY, since=since)
        if state == "knows" and domain is not None:
            return "servfail", f"the DNS server does not know the top-level domain .{domain}"
        if state == "knows":
            return ("servfail", "the domain's name servers do not respond") if silent else (detail, because)
        return ("no-names" if state == "ignorant" and not silent else "timeout"), ""

    async def _server_state(self, what: str, *, since: float) -> ServerState:
        """The DNS server's state as shown since `since` (event loop's clock).

        `what` is a top-level domain, `_ANY` or `_PUBLIC`.
        """
        while True:
            if self._shown_at.get(what, -math.inf) > since:
                return "knows"
            if what not in self._server_tests:
                self._server_tests[what] = asyncio.get_running_loop().time(), asyncio.create_task(self._test_server(what))
            proving_since, proving = self._server_tests[what]
            # Shielded: a caller whose deadline expires must not cancel the test for the others.
            state = await asyncio.shield(proving)
            if proving_since >= since:
                return state

    async def _test_server(self, what: str) -> ServerState:
        """Test the DNS server again: it may have lost its uplink since the last success."""
        connection = self._open()  # a used one answers from its cache
        try:
            if what == _PUBLIC:
                looks = [self._finds_public(connection, name) for name in PUBLIC_CONTROLS]
            else:
                controls = CONTROLS if what == _ANY else ((what, "NS"),)
                looks = [_finds(connection, name, kind) for name, kind in controls]
            # In parallel, since each takes as long as the DNS server's timeout.
            found = await asyncio.gather(*looks)
        finally:
            del self._server_tests[what]
            await _close(connection)
        if "knows" in found:
            self._shown_at[what] = asyncio.get_running_loop().time()
            return "knows"
        return "silent" if "silent" in found else "ignorant"

    async def _finds_public(self, resolver: aiodns.DNSResolver, name: str) -> ServerState:
        try:
            found = await _addresses(resolver, name)
        except aiodns.error.DNSError as error:
            return _state_of(error)
        return "ignorant" if self._policy is not None and any(map(self._policy.address, found)) else "knows"

    async def finds_names(self) -> bool:
        """Whether the DNS server responds now: one that the user configured may not resolve any control."""
        now = asyncio.get_running_loop().time()
        if self._nameserver is not None:
            return await self._server_state(_ANY, since=now) != "silent"
        found = await asyncio.gather(self._server_state(_ANY, since=now), self._server_state(_PUBLIC, since=now))
        return found[0] == "knows" and found[1] != "ignorant"

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
        for task in (*self._lookups.values(), *(proving for _, proving in self._server_tests.values())):
            task.cancel()
        for resolver in (self._resolver, *self._lost):
            if resolver is not None:
                await _close(resolver)


async def finds_names(options: FetchOptions) -> bool:
    """Whether the DNS server responds, without earlier results."""
    resolver = Resolver(options, Policy(options))
    try:
        return await resolver.finds_names()
    finally:
        await resolver.close()


async def _close(resolver: aiodns.DNSResolver) -> None:
    resolver.cancel()
    close = getattr(resolver, "close", None)  # since aiodns 3.5
    if close is not None:
        await close()


async def _addresses(resolver: aiodns.DNSResolver, host: str) -> list[str]:
    """The addresses of a name, without duplicates. Raises DNSError, also if there are none."""
    answer = await resolver.getaddrinfo(host, family=socket.AF_UNSPEC, type=socket.SOCK_STREAM)
    found = dict.fromkeys(_text(node.addr[0]) for node in answer.nodes)
    if not found:
        raise aiodns.error.DNSError(ares.ARES_ENODATA, "")
    return list(found)


async def _finds(resolver: aiodns.DNSResolver, name: str, kind: str) -> ServerState:
    try:
        await resolver.query_dns(name, kind)
    except aiodns.error.DNSError as error:
        return _state_of(error)
    return "knows"


def _state_of(error: aiodns.error.DNSError) -> ServerState:
    return "ignorant" if error.args and error.args[0] in _DENIALS else "silent"


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


def limit_addresses(found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """At most `MOST_ADDRESSES`, in their order, and of both families if there are both (CloudFront has 8 of IPv6)."""
    first = [place for place in found if (":" in place[0]) == (":" in found[0][0])]
    others = [place for place in found if place not in first][: MOST_ADDRESSES // 2]
    return [*first[: MOST_ADDRESSES - len(others)], *others]


def _text(address: str | bytes) -> str:
    return address.decode("ascii") if isinstance(address, bytes) else address


def _place(address: str, port: int) -> Endpoint:
    return socket.AF_INET6 if ":" in address else socket.AF_INET, (address, port)
