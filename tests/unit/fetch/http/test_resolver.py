"""Names are looked up, and a name server that knows no name at all is no evidence that one does not exist."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import TypeVar

import aiodns
import pytest
from aiodns import error as ares
from virtual_web import VirtualLoop

from linkcheck.errors import UsageError
from linkcheck.fetch.http import resolver as resolvers
from linkcheck.fetch.http.address_guard import Policy
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.resolver import Resolver, limit_addresses
from linkcheck.fetch.options import FetchOptions

_T = TypeVar("_T")


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


class Addresses(NameServer):
    """Knows the addresses of some names; the next look-ups fail with `failures`."""

    def __init__(self, known: Mapping[str, Sequence[str | bytes]], *failures: int) -> None:
        super().__init__({})
        self.known = known
        self.failures = list(failures)
        self.looked_up: list[str] = []
        self.cancelled = False

    async def getaddrinfo(self, host: str, **_: object) -> object:
        self.looked_up.append(host)
        if self.failures:
            raise aiodns.error.DNSError(self.failures.pop(0), "")
        if host not in self.known:
            raise aiodns.error.DNSError(NOT_FOUND, "")
        return SimpleNamespace(nodes=[SimpleNamespace(addr=(address, 0)) for address in self.known[host]])

    def cancel(self) -> None:
        self.cancelled = True


def looking(
    main: Callable[[Resolver], Awaitable[_T]],
    *servers: NameServer,
    options: FetchOptions | None = None,
    guarded: bool = True,
) -> _T:
    """The result of `main` in virtual time, with a resolver that opens these name servers in turn, the last one forever."""
    left = list(servers)
    chosen = options or FetchOptions()

    async def run() -> _T:
        resolver = Resolver(chosen, Policy(chosen) if guarded else None)
        resolver._open = lambda: left.pop(0) if len(left) > 1 else left[0]  # type: ignore[assignment,method-assign,return-value]
        try:
            return await main(resolver)
        finally:
            await resolver.close()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(run())


def addresses_or_failure(*hosts: str, pause: float = 0.0) -> Callable[[Resolver], Awaitable[list[str]]]:
    async def main(resolver: Resolver) -> list[str]:
        found = []
        for host in hosts:
            try:
                places = await resolver.resolve(host, 443, RequestTrace(host, 0.0))
                found.append(" ".join(address for _, (address, _) in places))
            except FetchError as error:
                found.append(error.failure.detail)
            await asyncio.sleep(pause)
        return found

    return main


def test_a_name_has_addresses_of_both_families_each_once() -> None:
    async def main(resolver: Resolver) -> tuple[object, ...]:
        trace = RequestTrace("a.example", 0.0)
        places = await resolver.resolve("a.example", 443, trace)
        return places, trace.addresses, trace.looked_up is not None, trace.phase

    server = Addresses({"a.example": [b"8.8.8.8", "8.8.8.8", "2606:4700::1"]})
    assert looking(main, server) == (
        [(socket.AF_INET, ("8.8.8.8", 443)), (socket.AF_INET6, ("2606:4700::1", 443))],
        ("8.8.8.8", "2606:4700::1"),
        True,
        "while connecting",
    )
    assert server.cancelled


def test_a_lookup_that_fails_was_the_step_of_the_request() -> None:
    async def main(resolver: Resolver) -> str:
        trace = RequestTrace("gone.example", 0.0)
        with pytest.raises(FetchError):
            await resolver.resolve("gone.example", 443, trace)
        return trace.phase

    assert looking(main, Addresses({}), NameServer({})) == "during the DNS lookup"


def test_an_address_is_not_looked_up() -> None:
    async def main(resolver: Resolver) -> tuple[object, ...]:
        trace = RequestTrace("[2606:4700::1]", 0.0)
        places = await resolver.resolve("[2606:4700::1]", 80, trace)
        return places, trace.addresses, trace.looked_up

    server = Addresses({})
    assert looking(main, server) == ([(socket.AF_INET6, ("2606:4700::1", 80))], (), None)
    assert server.looked_up == []


@pytest.mark.parametrize(("pause", "lookups"), [(0.0, 1), (59.0, 1), (60.0, 2), (61.0, 2)])
def test_addresses_are_kept_for_a_minute(pause: float, lookups: int) -> None:
    server = Addresses({"a.example": ["8.8.8.8"]})
    assert looking(addresses_or_failure("a.example", "a.example", pause=pause), server) == ["8.8.8.8"] * 2
    assert server.looked_up == ["a.example"] * lookups


def test_the_addresses_of_the_names_looked_up_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolvers, "MOST_KEPT", 2)
    server = Addresses(dict.fromkeys(("a", "b", "c"), ("8.8.8.8",)))
    looking(addresses_or_failure("a", "b", "c", "c", "b", "a"), server)
    assert server.looked_up == ["a", "b", "c", "a"]


def test_requests_at_the_same_time_share_a_look_up_that_none_of_them_ends() -> None:
    async def main(resolver: Resolver) -> list[object]:
        tasks = [asyncio.ensure_future(resolver._look_up("a.example")) for _ in range(3)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        return [
            isinstance(each, asyncio.CancelledError) or each for each in await asyncio.gather(*tasks, return_exceptions=True)
        ]

    server = Addresses({"a.example": ["8.8.8.8"]})
    assert looking(main, server) == [True, ["8.8.8.8"], ["8.8.8.8"]]
    assert server.looked_up == ["a.example"]


def test_one_private_address_denies_the_whole_name() -> None:
    known = {"a.example": ["8.8.8.8", "10.0.0.1"], "b.example": ["10.0.0.1"], "a.root-servers.net": ["198.41.0.4"]}
    assert looking(addresses_or_failure("a.example", "b.example"), Addresses(known)) == ["address", "address"]
    assert looking(addresses_or_failure("a.example"), Addresses(known), guarded=False) == ["8.8.8.8 10.0.0.1"]


@pytest.mark.parametrize(
    ("roots", "failures", "detail"),
    [
        pytest.param({"a.root-servers.net": ["198.41.0.4"]}, (), "address", id="the name's own"),
        pytest.param({"k.root-servers.net": ["193.0.14.129"]}, (), "address", id="one control is enough"),
        pytest.param({"a.root-servers.net": ["10.0.0.1"]}, (), "no-names", id="those of every name"),
        pytest.param({}, (), "no-names", id="no control exists"),
        pytest.param({}, (ares.ARES_ETIMEOUT,), "timeout", id="a server that falls silent"),
    ],
)
def test_private_addresses_are_believed_of_a_server_that_knows_public_ones(
    roots: Mapping[str, Sequence[str]], failures: tuple[int, ...], detail: str
) -> None:
    private = Addresses({"a.example": ["10.0.0.1"]})
    assert looking(addresses_or_failure("a.example"), private, Addresses(roots, *failures)) == [detail]


def test_the_server_of_the_user_may_have_private_addresses_only() -> None:
    options = FetchOptions(nameserver="127.0.0.1:5353", allow_addresses=("10.0.0.0/8",))
    assert looking(addresses_or_failure("a.example"), Addresses({"a.example": ["10.0.0.1"]}), options=options) == [
        "10.0.0.1"
    ]


def test_a_public_address_shows_for_a_while_that_there_are_some() -> None:
    known = {"a.example": ["10.0.0.1"], "b.example": ["8.8.8.8"]}
    used, later = Addresses(known), Addresses({"a.root-servers.net": ["198.41.0.4"]})
    looking(addresses_or_failure("b.example", "a.example"), used, later)
    assert later.looked_up == ["a.root-servers.net", "k.root-servers.net"], "it is tested after the look-up"


def test_a_lost_connection_to_the_server_is_opened_again() -> None:
    lost, again = Addresses({}, ares.ARES_ECONNREFUSED), Addresses({"a.example": ["8.8.8.8"]})
    assert looking(addresses_or_failure("a.example", "a.example"), lost, again) == ["8.8.8.8"] * 2
    assert (lost.cancelled, again.cancelled) == (True, True)


def test_a_server_that_cannot_be_reached_is_silent() -> None:
    lost = Addresses({}, ares.ARES_ECONNREFUSED, ares.ARES_ECONNREFUSED)
    assert looking(addresses_or_failure("a.example"), lost) == ["timeout"]


def test_a_name_that_failed_is_looked_up_with_a_new_resolver() -> None:
    first = Addresses({})
    test, again = Addresses({}), Addresses({"gone.example": ["8.8.8.8"]})
    assert looking(addresses_or_failure("gone.example", "gone.example"), first, test, again) == ["nxdomain", "8.8.8.8"]
    assert again.cancelled


def test_a_name_without_addresses_is_one_without_an_address() -> None:
    assert looking(addresses_or_failure("a.example"), Addresses({"a.example": []})) == ["no-address"]


def test_an_unknown_failure_is_told_as_the_library_tells_it() -> None:
    class Odd(NameServer):
        async def getaddrinfo(self, host: str, **_: object) -> object:
            raise aiodns.error.DNSError(99, "odd news")

    async def main(resolver: Resolver) -> tuple[str, str]:
        with pytest.raises(FetchError) as raised:
            await resolver.resolve("a.example", 443, RequestTrace("a.example", 0.0))
        return raised.value.failure.detail, raised.value.failure.message

    detail, message = looking(main, Odd({}))
    assert detail == "servfail"
    assert message.endswith(": odd news")


def test_the_name_server_of_the_user_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[dict[str, object]] = []

    def opening(**options: object) -> Addresses:
        opened.append(options)
        return Addresses({"a.example": ["8.8.8.8"]})

    async def main(named: str | None) -> None:
        resolver = Resolver(FetchOptions(nameserver=named), None)
        await resolver.resolve("a.example", 443, RequestTrace("a.example", 0.0))
        await resolver.close()

    monkeypatch.setattr(aiodns, "DNSResolver", opening)
    for named in (None, "127.0.0.1", "[::1]:5353"):
        asyncio.run(main(named))
    usual = {"timeout": resolvers.SECONDS, "tries": resolvers.TRIES, "flags": 32}
    assert opened == [
        usual,
        {**usual, "nameservers": ["127.0.0.1"], "udp_port": 53, "tcp_port": 53, "lookups": "b"},
        {**usual, "nameservers": ["::1"], "udp_port": 5353, "tcp_port": 5353, "lookups": "b"},
    ]


def test_look_ups_end_when_the_resolver_is_closed() -> None:
    waiting: list[str] = []

    class Silent(NameServer):
        async def getaddrinfo(self, host: str, **_: object) -> object:
            waiting.append(host)
            try:
                await asyncio.sleep(1000.0)
            finally:
                waiting.remove(host)
            return None

    async def main(resolver: Resolver) -> tuple[list[str], list[str], float]:
        tasks = [asyncio.ensure_future(each) for each in (resolver._look_up("a.example"), resolver.finds_names())]
        await asyncio.sleep(1.0)
        before = list(waiting)
        await resolver.close()
        await asyncio.wait(tasks)
        return before, list(waiting), round(asyncio.get_running_loop().time())

    before, after, ended = looking(main, Silent({}))
    assert "a.example" in before
    assert len(before) > 1
    assert (after, ended) == ([], 1)


@pytest.mark.parametrize(
    ("server", "named", "found"),
    [
        pytest.param(Addresses({"k.root-servers.net": ["193.0.14.129"]}), None, True, id="names and addresses"),
        pytest.param(Addresses({"a.root-servers.net": ["10.0.0.1"]}), None, False, id="private addresses only"),
        pytest.param(Addresses({}, *[TIMEOUT] * 2), None, True, id="no addresses in time"),
        pytest.param(NameServer(dict.fromkeys(ALL, TIMEOUT), TIMEOUT), None, False, id="silence"),
        pytest.param(NameServer(dict.fromkeys(ALL, NOT_FOUND)), "127.0.0.1", True, id="a closed network of the user"),
        pytest.param(NameServer(dict.fromkeys(ALL, TIMEOUT)), "127.0.0.1", False, id="silence of the user's"),
    ],
)
def test_whether_names_are_found_now(server: NameServer, named: str | None, found: bool) -> None:  # noqa: FBT001
    assert looking(Resolver.finds_names, server, options=FetchOptions(nameserver=named)) is found


@pytest.mark.parametrize("text", ["127.0.0.1:x", "[::1]:x", "a:b"])
def test_what_is_no_endpoint_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="is not an address with an optional port"):
        Resolver(FetchOptions(nameserver=text), None)
