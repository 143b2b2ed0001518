"""Which addresses can be requested, by a table that linkcheck maintains.

`ipaddress.is_global` is not suitable: it changes between Python versions, and counts addresses as public that are not
(NAT64, 6to4, IPv4-translated, site-local, multicast, the metadata services of Azure and Oracle). Sources: the IANA
special-purpose registries for IPv4 and IPv6, the multicast and class E ranges, and the internal addresses of cloud
providers.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NO_NETWORKS: tuple[Network, ...] = ()

REFUSED_V4 = (
    ("0.0.0.0/8", "'this network' (RFC 791)"),
    ("10.0.0.0/8", "private (RFC 1918)"),
    ("100.64.0.0/10", "shared address space of carriers (RFC 6598)"),
    ("127.0.0.0/8", "loopback (RFC 1122)"),
    ("168.63.129.16/32", "Azure's internal platform address"),
    ("169.254.0.0/16", "link-local (RFC 3927), used by cloud metadata services"),
    ("172.16.0.0/12", "private (RFC 1918)"),
    ("192.0.0.0/24", "reserved for protocols (RFC 6890)"),
    ("192.0.2.0/24", "for documentation (RFC 5737)"),
    ("192.31.196.0/24", "AS112 (RFC 7535)"),
    ("192.52.193.0/24", "AMT (RFC 7450)"),
    ("192.88.99.0/24", "6to4 relays (RFC 7526)"),
    ("192.168.0.0/16", "private (RFC 1918)"),
    ("192.175.48.0/24", "AS112 (RFC 7534)"),
    ("198.18.0.0/15", "for benchmarking (RFC 2544)"),
    ("198.51.100.0/24", "for documentation (RFC 5737)"),
    ("203.0.113.0/24", "for documentation (RFC 5737)"),
    ("224.0.0.0/4", "multicast (RFC 1112)"),
    ("240.0.0.0/4", "reserved (RFC 1112)"),
)

PUBLIC_V6 = "2000::/3"
"""The global unicast range of IANA; all addresses outside are refused."""

REFUSED_V6 = (
    ("2001::/23", "reserved for protocols such as Teredo (RFC 2928)"),
    ("2001:db8::/32", "for documentation (RFC 3849)"),
    ("2002::/16", "6to4 (RFC 3056)"),
    ("2620:4f:8000::/48", "AS112 (RFC 7534)"),
    ("3fff::/20", "for documentation (RFC 9637)"),
)

_OUTSIDE_V6 = (
    ("::/128", "unspecified (RFC 4291)"),
    ("::1/128", "loopback (RFC 4291)"),
    ("::/96", "IPv4-compatible (RFC 4291)"),
    ("::ffff:0:0:0/96", "IPv4-translated (RFC 2765)"),
    ("64:ff9b::/96", "NAT64 (RFC 6052)"),
    ("64:ff9b:1::/48", "local-use NAT64 (RFC 8215)"),
    ("100::/64", "discard-only (RFC 6666)"),
    ("5f00::/16", "segment routing (RFC 9602)"),
    ("fc00::/7", "private (RFC 4193)"),
    ("fe80::/10", "link-local (RFC 4291)"),
    ("fec0::/10", "site-local (RFC 3879)"),
    ("ff00::/8", "multicast (RFC 4291)"),
)
"""Names of the well-known ranges; the first that contains the address is used."""

_MAPPED = 0xFFFF << 32
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def networks(cidrs: Iterable[str]) -> tuple[Network, ...]:
    """The networks of texts such as `127.0.0.0/8` or `::1`.

    Raises ValueError, with a sentence for the user, for the first invalid one.
    """
    return tuple(_network(cidr) for cidr in cidrs)


def address_of(host: str) -> Address | None:
    """The address in a URL's host (`Url.host`); None for a name."""
    if host.startswith("["):
        return _read(host[1:-1])
    return _read(host) if host[-1:].isdigit() else None


def refusal(
    address: str | Address,
    *,
    allow: Collection[Network] = NO_NETWORKS,
    own: Collection[Address] = (),
    nat64: Collection[IPv6Network] = (),
) -> str | None:
    """Why `address` must not be requested, in one clause; None if it is public or allowed.

    `own` are the addresses of this machine's interfaces. `nat64` are prefixes (RFC 6052, /32 to /96); for addresses below
    them, the embedded IPv4 address counts. An invalid address is refused.
    """
    read = _read(address) if isinstance(address, str) else address
    if read is None:
        return "not an IP address"
    inner = _embedded(read, nat64)
    if allow and any(read in network or inner in network for network in allow):
        return None
    if read in own or inner in own:
        return f"{read} is an address of this machine"
    kind = _kind_v4(int(inner)) if isinstance(inner, IPv4Address) else _kind_v6(int(inner))
    return f"{read} is not public: {kind}" if kind else None


def _read(text: str) -> Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _network(cidr: str) -> Network:
    try:
        return ip_network(cidr)
    except ValueError as error:
        raise ValueError(f"{cidr!r} is not a valid network such as 127.0.0.0/8 or ::1/128: {error}") from None


def _embedded(address: Address, nat64: Collection[IPv6Network]) -> Address:
    """The IPv4 address that is embedded in an IPv6 address; the address itself if there is none."""
    if isinstance(address, IPv4Address):
        return address
    number = int(address)
    if number >> 32 << 32 == _MAPPED:
        return IPv4Address(number & 0xFFFFFFFF)
    for prefix in nat64:
        if address in prefix:
            return _behind_nat64(number, prefix.prefixlen)
    return address


def _behind_nat64(number: int, prefix_length: int) -> IPv4Address:
    """RFC 6052, 2.2: the IPv4 address follows the prefix, skipping bits 64 to 71."""
    if prefix_length == 96:
        return IPv4Address(number & 0xFFFFFFFF)
    without_gap = (number >> 64 << 56) | (number & ((1 << 56) - 1))
    return IPv4Address(without_gap >> (120 - prefix_length - 32) & 0xFFFFFFFF)


def _kind_v4(number: int) -> str | None:
    starts, rows = _table_v4()
    at = bisect_right(starts, number) - 1
    if at < 0:
        return None
    last, kind = rows[at]
    return kind if number <= last else None


def _kind_v6(number: int) -> str | None:
    public, refused, outside = _tables_v6()
    if public[0] <= number <= public[1]:
        if number >> 32 & 0xFFFFFFFF in _ISATAP:
            return "ISATAP, a tunnel to an IPv4 address (RFC 5214)"
        named = refused
    else:
        named = outside
    for first, last, kind in named:
        if first <= number <= last:
            return kind
    return None if named is refused else "not allocated as global unicast (RFC 4291)"


@lru_cache(maxsize=1)
def _table_v4() -> tuple[list[int], list[tuple[int, str]]]:
    rows = sorted(_rows(REFUSED_V4))
    return [first for first, _, _ in rows], [(last, kind) for _, last, kind in rows]


@lru_cache(maxsize=1)
def _tables_v6() -> tuple[tuple[int, int], tuple[tuple[int, int, str], ...], tuple[tuple[int, int, str], ...]]:
    public = ip_network(PUBLIC_V6)
    return (int(public[0]), int(public[-1])), tuple(_rows(REFUSED_V6)), tuple(_rows(_OUTSIDE_V6))


def _rows(table: Iterable[tuple[str, str]]) -> Iterable[tuple[int, int, str]]:
    for cidr, kind in table:
        network = ip_network(cidr)
        yield int(network[0]), int(network[-1]), f"{kind}, {cidr}"
