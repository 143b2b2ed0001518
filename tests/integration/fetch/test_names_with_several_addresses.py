"""A name with several addresses is as good as the best of them, and one that takes no connection holds up no other."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from command import PATIENCE
from loopback import Loopback, black_hole
from tools import missing

from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]
Swallow = Callable[..., int]

NAME = "several.name.example"
PATIENT = 10.0 * PATIENCE
"""Longer than the whole attempt may take: who waits for the black hole first never comes to the end."""


@pytest.fixture
def ipv6() -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        missing("an IPv6 loopback", "enable IPv6 (net.ipv6.conf.lo.disable_ipv6=0)")


needs_ipv6 = pytest.mark.usefixtures("ipv6")


@pytest.fixture
def swallow() -> Iterator[Swallow]:
    """Let an address take no connection at a port, for as long as the test runs; returns the port."""
    with ExitStack() as opened:

        def take(address: str, port: int = 0) -> int:
            hole = [opened.enter_context(closing(each)) for each in black_hole(address, port)]
            taken: int = hole[0].getsockname()[1]
            return taken

        yield take


@pytest.fixture
def ask_several(ask: Ask, loopback: Loopback) -> Ask:
    """Ask a name that has these addresses, at a port."""

    def run(addresses: list[str], port: int, **changes: object) -> Outcome:
        loopback.names[NAME] = addresses
        settings: dict[str, object] = {
            "resolve": (),
            "nameserver": loopback.nameserver,
            "allow_addresses": ("127.0.0.0/8", "::1/128"),
            "allow_ports": (port,),
            "connect_timeout": PATIENT,
            "timeout": PATIENCE,
        }
        return ask(f"http://{NAME}:{port}/ok", **settings | changes)

    return run


def _end(outcome: Outcome) -> int | str:
    if outcome.failure is not None:
        return f"{outcome.failure.kind} {outcome.failure.detail}"
    assert outcome.answer is not None
    return outcome.answer.status


@needs_ipv6
def test_an_ipv6_black_hole_does_not_hide_a_good_ipv4_address(
    ask_several: Ask, loopback: Loopback, swallow: Swallow
) -> None:
    port = swallow("::1", loopback.ports["http"])
    outcome = ask_several(["::1", "127.0.0.1"], port)
    assert _end(outcome) == 200
    assert outcome.address == "127.0.0.1"
    assert sorted(loopback.lookups) == [f"{NAME} A", f"{NAME} AAAA"]


@needs_ipv6
def test_an_ipv4_black_hole_does_not_hide_a_good_ipv6_address(
    ask_several: Ask, loopback: Loopback, swallow: Swallow
) -> None:
    port = swallow("127.0.0.1")
    loopback.serve_beside("::1", port)
    outcome = ask_several(["::1", "127.0.0.1"], port)
    assert _end(outcome) == 200
    assert outcome.address == "::1"


@needs_ipv6
@pytest.mark.parametrize(
    "holes",
    [
        pytest.param(["127.0.0.2"], id="one of the same family"),
        pytest.param(["127.0.0.2", "127.0.0.3", "127.0.0.4"], id="three of the same family"),
        pytest.param(["::1", "127.0.0.2"], id="one of each family"),
    ],
)
@pytest.mark.parametrize("last", [True, False], ids=["good one last", "good one first"])
def test_one_good_address_among_black_holes_is_found(
    ask_several: Ask, loopback: Loopback, swallow: Swallow, holes: list[str], *, last: bool
) -> None:
    port = loopback.ports["http"]
    for hole in holes:
        swallow(hole, port)
    outcome = ask_several([*holes, "127.0.0.1"] if last else ["127.0.0.1", *holes], port)
    assert (_end(outcome), outcome.address) == (200, "127.0.0.1")


@needs_ipv6
@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(["127.0.0.2", "127.0.0.1"], id="first"),
        pytest.param(["127.0.0.1", "127.0.0.2"], id="second"),
        pytest.param(["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.1"], id="three times"),
        pytest.param(["::1", "127.0.0.1"], id="over IPv6"),
    ],
)
def test_an_address_that_refuses_is_followed_by_the_next(ask_several: Ask, loopback: Loopback, addresses: list[str]) -> None:
    outcome = ask_several(addresses, loopback.ports["http"])
    assert (_end(outcome), outcome.address) == (200, "127.0.0.1")


@needs_ipv6
def test_a_name_that_refuses_at_every_address_refuses(ask_several: Ask, loopback: Loopback) -> None:
    outcome = ask_several(["::1", "127.0.0.1", "127.0.0.2"], loopback.ports["closed"])
    assert _end(outcome) == "connect refused"


@needs_ipv6
def test_a_name_that_takes_a_connection_at_no_address_is_a_timeout(ask_several: Ask, swallow: Swallow) -> None:
    port = swallow("127.0.0.1")
    swallow("::1", port)
    outcome = ask_several(["::1", "127.0.0.1"], port, connect_timeout=0.5)
    assert _end(outcome) == "timeout connect"


@needs_ipv6
def test_a_connection_to_the_address_that_won_is_used_again(ask: Ask, loopback: Loopback, swallow: Swallow) -> None:
    port = swallow("::1", loopback.ports["http"])
    loopback.names[NAME] = ["::1", "127.0.0.1"]
    before = loopback.connections
    outcome = ask(
        *[f"http://{NAME}:{port}/ok"] * 3,
        probe=Probe.PAGE,
        resolve=(),
        nameserver=loopback.nameserver,
        allow_addresses=("127.0.0.0/8", "::1/128"),
        connect_timeout=PATIENT,
        timeout=PATIENCE,
    )
    assert _end(outcome) == 200
    assert loopback.connections - before == 1


@needs_ipv6
def test_a_bad_address_is_not_dialled_although_a_good_one_answers(ask_several: Ask, loopback: Loopback) -> None:
    outcome = ask_several(["::1", "127.0.0.1"], loopback.ports["http"], allow_addresses=("127.0.0.0/8",))
    assert _end(outcome) == "refused-by-guard address"
    assert loopback.asked == []
