"""Names are looked up, and a name server that knows no name at all is no evidence that one does not exist."""

import asyncio
from collections.abc import Mapping

import aiodns
import pytest
from aiodns import error as ares

from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.resolver import Resolver, limit_addresses
from linkcheck.fetch.options import FetchOptions


@pytest.mark.parametrize(
    ("mapped", "host", "port", "expected"),
    [
        (("*", "127.0.0.1"), "a.example", 80, ("127.0.0.1", 80)),
        (("*", "127.0.0.1:8080"), "a.example", 80, ("127.0.0.1", 8080)),
        (("*:443", "127.0.0.1:8443"), "a.example", 443, ("127.0.0.1", 8443)),
        (("*.example", "[::1]:8080"), "a.example", 80, ("::1", 8080)),
        (("*.example", "::1"), "a.example", 80, ("::1", 80)),
    ],
)
def test_names_can_be_mapped(mapped: tuple[str, str], host: str, port: int, expected: tuple[str, int]) -> None:
    async def main() -> list[tuple[str, int]]:
        found = await Resolver(FetchOptions(resolve=(mapped,)), None).resolve(host, port, RequestTrace(host, 0.0))
        return [where for _, where in found]

    assert asyncio.run(main()) == [expected]


def test_of_many_addresses_both_families_are_tried() -> None:
    v6, v4 = [(f"2600:9000:1::{n}", 443) for n in range(8)], [("192.0.2.1", 443), ("192.0.2.2", 443)]
    assert limit_addresses([*v6, *v4]) == [*v6[:6], *v4]
    assert limit_addresses([*v4, *v6]) == [*v4, *v6[:4]]
    assert limit_addresses(v6 * 2) == v6


class NameServer:
    """Fails every host with one code, and says of the controls what it is told to say."""

    def __init__(self, controls: Mapping[str, int], code: int = ares.ARES_ENOTFOUND) -> None:
        self.controls = controls
        self.code = code
        self.asked: list[str] = []

    async def getaddrinfo(self, host: str, **_: object) -> object:
        raise aiodns.error.DNSError(self.code, "")

    async def query_dns(self, name: str, kind: str) -> object:
        self.asked.append(name)
        code = self.controls.get(name, 0)
        if code:
            raise aiodns.error.DNSError(code, "")
        return [kind]

    def cancel(self) -> None: ...


def details(
    server: NameServer, *hosts: str, options: FetchOptions | None = None, later: NameServer | None = None
) -> list[str]:
    """What the failures of these hosts are called; `later` is what the name server has become when it is tested."""

    async def main() -> list[str]:
        resolver = Resolver(options or FetchOptions(), None)
        resolver._resolver = server  # type: ignore[assignment]  # the door to the network, held shut
        resolver._open = lambda: later or server  # type: ignore[assignment,method-assign,return-value]
        found = []
        for host in hosts:
            with pytest.raises(FetchError) as raised:
                await resolver.resolve(host, 443, RequestTrace(host, 0.0))
            found.append(raised.value.failure.detail)
        await resolver.close()
        return found

    return asyncio.run(main())


ALL = ("com", ".", "a.root-servers.net")
NOT_FOUND, TIMEOUT = ares.ARES_ENOTFOUND, ares.ARES_ETIMEOUT


@pytest.mark.parametrize(
    ("controls", "detail"),
    [
        pytest.param({}, "nxdomain", id="it knows what must exist"),
        pytest.param({"com": NOT_FOUND, ".": NOT_FOUND}, "nxdomain", id="it knows some of it"),
        pytest.param({"com": TIMEOUT}, "nxdomain", id="it answers for some of it"),
        pytest.param(dict.fromkeys(ALL, NOT_FOUND), "no-names", id="it knows nothing"),
        pytest.param(dict.fromkeys(ALL, TIMEOUT), "timeout", id="it cannot tell just now"),
        pytest.param({**dict.fromkeys(ALL, NOT_FOUND), "com": TIMEOUT}, "timeout", id="a packet was lost, the rest is no"),
    ],
)
def test_a_name_does_not_exist_when_a_server_that_knows_names_says_so(controls: Mapping[str, int], detail: str) -> None:
    assert details(NameServer(controls), "gone.example") == [detail]


def test_each_denial_is_believed_only_for_a_name_that_is_found_after_it() -> None:
    server = NameServer({"com": NOT_FOUND})
    assert details(server, "gone.example", "also-gone.example") == ["nxdomain", "nxdomain"]
    assert server.asked == [*ALL, *ALL]


@pytest.mark.parametrize(
    ("host", "controls", "detail", "asked"),
    [
        pytest.param("gone.de", {}, "nxdomain", ["de"], id="its top-level domain is found"),
        pytest.param("gone.de", {"de": NOT_FOUND}, "servfail", ["de", *ALL], id="its top-level domain is denied"),
        pytest.param("gone.de", {"de": TIMEOUT}, "servfail", ["de", *ALL], id="its top-level domain is not looked up"),
        pytest.param("gone.com", {"com": NOT_FOUND}, "servfail", ["com", *ALL], id="com is no exception"),
        pytest.param("gone.de", dict.fromkeys((*ALL, "de"), NOT_FOUND), "no-names", ["de", *ALL], id="nothing is found"),
        pytest.param("gone.xn--p1ai", {}, "nxdomain", ["xn--p1ai"], id="in Punycode"),
        pytest.param("gone.com.ck", {}, "nxdomain", ["ck"], id="listed by a wildcard"),
        pytest.param("gone.con", {"con": NOT_FOUND}, "nxdomain", [*ALL], id="a misspelled one"),
        pytest.param("gone.invalidtld", {"invalidtld": NOT_FOUND}, "nxdomain", [*ALL], id="an invented one"),
    ],
)
def test_a_denial_is_believed_only_where_the_top_level_domain_is_found(
    host: str, controls: Mapping[str, int], detail: str, asked: list[str]
) -> None:
    server = NameServer(controls)
    assert details(server, host) == [detail]
    assert server.asked == asked


def test_a_server_that_the_user_named_is_believed() -> None:
    server = NameServer({"com": NOT_FOUND, ".": NOT_FOUND, "a.root-servers.net": NOT_FOUND})
    assert details(server, "gone.example", options=FetchOptions(nameserver="127.0.0.1:5353")) == ["nxdomain"]
    assert server.asked == []


def test_a_server_that_lost_its_uplink_is_not_believed_for_having_known_names() -> None:
    broken = NameServer(dict.fromkeys(ALL, NOT_FOUND))
    assert details(NameServer({}), "gone.example", "living.example", later=broken) == ["no-names", "no-names"]


@pytest.mark.parametrize(
    ("code", "controls", "detail"),
    [
        pytest.param(TIMEOUT, {}, "servfail", id="a silence for one name is that of its own servers"),
        pytest.param(TIMEOUT, dict.fromkeys(ALL, TIMEOUT), "timeout", id="a silence for all names is the name server's"),
        pytest.param(ares.ARES_ESERVFAIL, {}, "servfail", id="a failure for one name is the name's"),
        pytest.param(ares.ARES_ESERVFAIL, dict.fromkeys(ALL, ares.ARES_ESERVFAIL), "timeout", id="for all, the server's"),
        pytest.param(ares.ARES_EREFUSED, dict.fromkeys(ALL, ares.ARES_EREFUSED), "timeout", id="so is a refusal"),
        pytest.param(ares.ARES_ESERVFAIL, dict.fromkeys(ALL, NOT_FOUND), "no-names", id="failing one, denying the rest"),
        pytest.param(ares.ARES_ENODATA, {}, "no-address", id="one name has no address"),
        pytest.param(ares.ARES_ENODATA, dict.fromkeys(ALL, ares.ARES_ENODATA), "no-names", id="no name has one"),
    ],
)
def test_whose_fault_a_failed_look_up_is(code: int, controls: Mapping[str, int], detail: str) -> None:
    assert details(NameServer(controls, code), "some.example") == [detail]
