"""The table of addresses that must not be dialled, its edges, and one beyond."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import pytest

from linkcheck.urls import address_of, name_refusal, networks, parse_url, refusal
from linkcheck.urls.addresses import REFUSED_V4, REFUSED_V6

# Written out a second time, so that a row that goes missing from the table is missed.
V4 = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "168.63.129.16/32",
]
V6_WITHIN = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"]
V6_OUTSIDE = ["::/3", "4000::/2", "8000::/1"]

EVERY_V4 = [IPv4Network(each) for each in V4]
EVERY_V6 = [IPv6Network(each) for each in V6_WITHIN + V6_OUTSIDE]


def edges(network: IPv4Network | IPv6Network) -> Iterator[IPv4Address | IPv6Address]:
    first, last = network[0], network[-1]
    yield from (first, last, ip_address(int(first) + (int(last) - int(first)) // 2))


def one_beyond(network: IPv4Network | IPv6Network) -> Iterator[IPv4Address | IPv6Address]:
    kind = type(network[0])
    for number in (int(network[0]) - 1, int(network[-1]) + 1):
        if 0 <= number < 1 << network.max_prefixlen:
            yield kind(number)


def test_the_table_has_every_range_of_the_policy_and_no_other() -> None:
    assert sorted(cidr for cidr, _ in REFUSED_V4) == sorted(V4)
    assert sorted(cidr for cidr, _ in REFUSED_V6) == sorted(V6_WITHIN)


@pytest.mark.parametrize("network", [*EVERY_V4, *EVERY_V6], ids=str)
def test_both_edges_and_the_middle_of_a_range_are_refused(network: IPv4Network | IPv6Network) -> None:
    for address in edges(network):
        if isinstance(address, IPv6Address) and address.ipv4_mapped and refusal(address.ipv4_mapped) is None:
            continue
        assert refusal(address) is not None, address
        assert refusal(str(address)) is not None


@pytest.mark.parametrize("network", EVERY_V4, ids=str)
def test_one_beyond_an_ipv4_range_is_public_unless_the_next_range_begins(network: IPv4Network) -> None:
    for address in one_beyond(network):
        assert (refusal(address) is None) == (not any(address in each for each in EVERY_V4)), address


@pytest.mark.parametrize("network", EVERY_V6, ids=str)
def test_one_beyond_an_ipv6_range_is_public_unless_the_next_range_begins(network: IPv6Network) -> None:
    for address in one_beyond(network):
        assert (refusal(address) is None) == (not any(address in each for each in EVERY_V6)), address


@pytest.mark.parametrize("network", EVERY_V4, ids=str)
def test_an_ipv4_range_wrapped_in_ipv6_is_refused_in_every_wrapping(network: IPv4Network) -> None:
    for address in edges(network):
        number = int(address)
        wrapped = [
            number | 0xFFFF << 32,  # mapped
            number,  # compatible
            number | 0xFFFF << 48,  # translated
            number | 0x0064FF9B << 96,  # NAT64
            number | 0x0064FF9B0001 << 80,  # NAT64, local
            number << 80 | 0x2002 << 112,  # 6to4
            number << 64 | 0x20010000 << 96,  # Teredo, server
            number ^ 0xFFFFFFFF | 0x20010000 << 96,  # Teredo, client
            number | 0x5EFE << 32 | 0x2600 << 112,  # ISATAP
            number | 0x02005EFE << 32 | 0x2600 << 112,  # ISATAP, global
            number | 0x5EFE << 32 | 0xFE80 << 112,
        ]
        for each in wrapped:
            assert refusal(IPv6Address(each)) is not None, IPv6Address(each)


def test_a_public_address_is_public_mapped_too_and_in_no_tunnel() -> None:
    assert refusal("::ffff:93.184.216.34") is None
    assert refusal("64:ff9b::5db8:d822") is not None
    assert refusal("2002:5db8:d822::1") is not None


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001:80b::200e"])
def test_the_public_web_is_public(address: str) -> None:
    assert refusal(address) is None


@pytest.mark.parametrize(
    ("address", "clue"),
    [
        ("127.0.0.1", "loopback"),
        ("10.1.2.3", "RFC 1918"),
        ("169.254.169.254", "metadata"),
        ("168.63.129.16", "Azure"),
        ("100.100.100.200", "carrier"),
        ("::1", "loopback"),
        ("fd00:ec2::254", "private"),
        ("fe80::1%lo", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("100::1", "discard-only"),
        ("5f00::1", "segment routing"),
        ("::127.0.0.1", "IPv4-compatible"),
        ("::ffff:0:127.0.0.1", "IPv4-translated"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("2600::5efe:127.0.0.1", "ISATAP"),
        ("4000::1", "global unicast"),
        ("example.com", "not an IP address"),
        ("", "not an IP address"),
    ],
)
def test_the_reason_names_the_range(address: str, clue: str) -> None:
    assert clue in (refusal(address) or "")


def test_an_allowed_network_may_be_dialled_and_its_neighbour_may_not() -> None:
    allow = networks(["127.0.0.0/8", "fd00::/64"])
    for address in ("127.0.0.1", "::ffff:127.255.255.255", "fd00::1"):
        assert refusal(address, allow=allow) is None
    for address in ("128.0.0.1", "10.0.0.1", "fd00:0:0:1::", "::127.0.0.1", "::1"):
        assert (refusal(address, allow=allow) is None) == (address == "128.0.0.1")


def test_the_addresses_of_this_machine_are_refused_unless_allowed() -> None:
    own = {ip_address("93.184.216.34"), ip_address("2606:4700::1")}
    assert "this machine" in (refusal("93.184.216.34", own=own) or "")
    assert "this machine" in (refusal("::ffff:93.184.216.34", own=own) or "")
    assert "this machine" in (refusal("2606:4700::1", own=own) or "")
    assert refusal("93.184.216.34", own=own, allow=networks(["93.184.216.34"])) is None


@pytest.mark.parametrize(
    ("prefix", "address"),
    [
        # RFC 6052, 2.4
        ("2001:db8::/32", "2001:db8:c000:221::"),
        ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
        ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
        ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
        ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"),
        ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"),
    ],
)
def test_behind_a_nat64_prefix_the_ipv4_address_is_judged(prefix: str, address: str) -> None:
    reason = refusal(address, nat64=[IPv6Network(prefix)])
    assert reason is not None
    assert "192.0.2.0/24" in reason


def test_a_public_address_behind_a_nat64_prefix_is_public() -> None:
    prefix = [IPv6Network("64:ff9b::/96")]
    assert refusal("64:ff9b::8.8.8.8", nat64=prefix) is None
    assert refusal("64:ff9b::127.0.0.1", nat64=prefix) is not None


@pytest.mark.parametrize("cidr", ["127.0.0.1/8", "localhost", "", "1.2.3.4/40"])
def test_a_network_that_is_none_is_said_to_the_user(cidr: str) -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.0/8"):
        networks([cidr])


def test_a_network_is_read_as_ip_network_reads_it() -> None:
    assert networks(["10.0.0.0/8", "::1"]) == (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "x.localhost",
        "ip6-localhost",
        "instance-data",
        "metadata.google.internal",
        "metadata.tencentyun.com",
        "printer.local",
        "nas.lan",
        "router.home.arpa",
        "1.0.0.127.in-addr.arpa",
        "abc.onion",
        "abc.i2p",
        "kubernetes.default.svc",
    ],
)
def test_a_name_that_leads_inside_is_not_looked_up(host: str) -> None:
    assert name_refusal(host) is not None


@pytest.mark.parametrize(
    "host", ["example.com", "localhost.example.com", "internal.example", "93.184.216.34", "[::1]", "x.test"]
)
def test_other_names_and_addresses_are_left_to_the_addresses(host: str) -> None:
    assert name_refusal(host) is None


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("nas", "a host name without a dot belongs to the local network"),
        *(
            (f"a.{last}", f"host names in .{last} belong to a local network")
            for last in (
                *("localhost", "local", "internal", "localdomain", "lan", "home", "corp", "intranet", "private", "svc"),
            )
        ),
        ("a.home.arpa.", "host names in .arpa belong to a local network"),
        *((f"a.{last}", f"host names in .{last} are not on the public web") for last in ("onion", "i2p", "arpa")),
        ("metadata.tencentyun.com", "it is a cloud's metadata service"),
        ("metadata.tencentyun.com.cn.", "it is a cloud's metadata service"),
    ],
)
def test_the_reason_says_whose_names_they_are(host: str, reason: str) -> None:
    assert name_refusal(host) == reason


def test_where_the_user_allows_a_network_local_names_are_judged_by_address() -> None:
    assert name_refusal("localhost", addresses_decide=True) is None
    assert name_refusal("router.home.arpa", addresses_decide=True) is None
    assert name_refusal("abc.onion", addresses_decide=True) is not None
    assert name_refusal("metadata.tencentyun.com", addresses_decide=True) is not None


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("example.com", None), ("x1", None), ("", None)],
)
def test_an_address_in_place_of_a_name_is_recognized(host: str, address: str | None) -> None:
    assert address_of(host) == (ip_address(address) if address else None)


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[2001:0:7f00:1::]/",
        "http://0/",
    ],
)
def test_a_disguised_address_is_read_and_refused(url: str) -> None:
    address = address_of(parse_url(url).host)
    assert address is not None
    assert refusal(address) is not None
