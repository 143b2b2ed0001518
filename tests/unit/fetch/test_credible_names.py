"""A name server that knows no name at all is no witness that one does not exist."""

import asyncio
from collections.abc import Mapping

import aiodns
import pytest
from aiodns import error as ares

from linkcheck.fetch.exchange import Exchange
from linkcheck.fetch.failures import FetchError
from linkcheck.fetch.options import Options
from linkcheck.fetch.resolver import Resolver


class NameServer:
    """Says of every host that it does not exist, and of the controls what it is told to say."""

    def __init__(self, controls: Mapping[str, int]) -> None:
        self.controls = controls
        self.asked: list[str] = []

    async def getaddrinfo(self, host: str, **_: object) -> object:
        raise aiodns.error.DNSError(ares.ARES_ENOTFOUND, "Domain name not found")

    async def query_dns(self, name: str, kind: str) -> object:
        self.asked.append(name)
        code = self.controls.get(name, 0)
        if code:
            raise aiodns.error.DNSError(code, "")
        return [kind]

    def cancel(self) -> None: ...


def details(server: NameServer, *hosts: str, options: Options | None = None) -> list[str]:
    async def main() -> list[str]:
        resolver = Resolver(options or Options(), None)
        resolver._resolver = server  # type: ignore[assignment]  # the door to the network, held shut
        found = []
        for host in hosts:
            with pytest.raises(FetchError) as raised:
                await resolver.resolve(host, 443, Exchange(host, 0.0))
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


def test_the_server_is_put_to_the_test_once() -> None:
    server = NameServer({"com": NOT_FOUND})
    assert details(server, "gone.example", "also-gone.example") == ["nxdomain", "nxdomain"]
    assert server.asked == ["com", "."]


def test_a_server_that_the_user_named_is_believed() -> None:
    server = NameServer({"com": NOT_FOUND, ".": NOT_FOUND, "a.root-servers.net": NOT_FOUND})
    assert details(server, "gone.example", options=Options(nameserver="127.0.0.1:5353")) == ["nxdomain"]
    assert server.asked == []


def test_what_was_not_settled_is_put_to_the_test_again() -> None:
    server = NameServer(dict.fromkeys(ALL, TIMEOUT))
    assert details(server, "gone.example", "also-gone.example") == ["timeout", "timeout"]
    assert server.asked == [*ALL, *ALL]


def test_a_server_that_goes_to_pieces_is_not_believed_for_having_known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.resolver.BELIEVED_SECONDS", 0.0)
    sound, broken = NameServer({}), NameServer(dict.fromkeys(ALL, NOT_FOUND))
    monkeypatch.setattr(Resolver, "_open", lambda _: broken)
    assert details(sound, "gone.example", "living.example") == ["nxdomain", "no-names"]
    assert broken.asked == list(ALL)
