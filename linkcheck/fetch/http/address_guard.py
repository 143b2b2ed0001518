"""Refuses ports, names and addresses outside the public internet, because articles are untrusted.

One policy, applied twice. `Guard` checks every request, redirects included, by its URL: port, name, literal address.
`Policy.address` is also called by the resolver for every address of a name, and for the address of each new socket; the
checked address is the one connected to, so that DNS rebinding has no effect.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from itertools import pairwise
from pathlib import Path

from linkcheck.errors import UsageError
from linkcheck.fetch.http.failures import FetchError, failure
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse, Transport
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Failure, FailureKind
from linkcheck.urls import Network, Url, address_of, name_refusal, networks, port_refusal, refusal


class Policy:
    """Which ports, names and addresses are allowed. Raises UsageError for an `allow_addresses` that is not a network."""

    def __init__(self, options: FetchOptions) -> None:
        self._allow = _networks("--allow-address", options.allow_addresses)
        self._nat64 = tuple(prefix for prefix in _networks("nat64", options.nat64) if isinstance(prefix, IPv6Network))
        self._ports = frozenset(options.allow_ports)
        self._own = _own_addresses()

    def address(self, address: str) -> str | None:
        """Why `address` is refused; None if it is allowed."""
        return refusal(address, allow=self._allow, own=self._own, nat64=self._nat64)

    def url(self, url: Url) -> Failure | None:
        """Why `url` is refused, as far as its text shows."""
        if why := name_refusal(url.host, addresses_decide=bool(self._allow)):
            return failure(FailureKind.REFUSED_BY_GUARD, "name", url.host, why)
        literal = address_of(url.host)
        if literal is not None and (why := self.address(str(literal))):
            return failure(FailureKind.REFUSED_BY_GUARD, "address", url.host, why)
        # Last, because it is the least severe.
        if url.port is not None and (why := port_refusal(url.port, allow=self._ports)):
            return failure(FailureKind.REFUSED_BY_GUARD, "port", url.host, why)
        return None


class Guard:
    """Sends a request only if the policy allows its URL."""

    def __init__(self, policy: Policy, inner: Transport) -> None:
        self._policy = policy
        self._inner = inner
        self._passed: dict[str, None] = {}

    async def send(self, request: OutgoingRequest) -> RawResponse:
        url = request.url
        if url.origin not in self._passed:
            refused = self._policy.url(url)
            if refused is not None:
                raise FetchError(refused)
            if len(self._passed) >= 10_000:
                self._passed.clear()
            self._passed[url.origin] = None
        return await self._inner.send(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


class RefusedError(OSError):
    """Raised instead of creating a socket. An OSError, so that happy eyeballs treats it as a failed connection."""


def guarded_socket(
    policy: Policy, trace: RequestTrace, info: tuple[int, int, int, str, tuple[str | int, ...]]
) -> socket.socket:
    """A socket for the address in `info` (as returned by getaddrinfo), if the policy allows it.

    One refused address denies the whole name: its other addresses are not used either.
    """
    family, kind, protocol, _, address = info
    dialled = str(address[0])
    why = trace.refusal or policy.address(dialled.partition("%")[0])
    if why:
        trace.refusal = why
        raise RefusedError(why)
    trace.phase = "while connecting"
    trace.address = dialled
    return socket.socket(family, kind, protocol)


def _networks(setting: str, cidrs: tuple[str, ...]) -> tuple[Network, ...]:
    try:
        return networks(cidrs)
    except ValueError as error:
        raise UsageError(f"{setting}: {error}") from None


def _own_addresses() -> frozenset[IPv4Address | IPv6Address]:
    """The addresses of this machine's interfaces, where Linux provides them; elsewhere only the table applies."""
    found: set[IPv4Address | IPv6Address] = set()
    try:
        lines = Path("/proc/net/fib_trie").read_text(encoding="ascii").splitlines()
        for line, following in pairwise(lines):
            if "|--" in line and "/32 host LOCAL" in following:
                found.add(ip_address(line.rpartition(" ")[2]))
        for line in Path("/proc/net/if_inet6").read_text(encoding="ascii").splitlines():
            found.add(ip_address(bytes.fromhex(line.partition(" ")[0])))
    except (OSError, ValueError):
        pass
    return frozenset(found)
