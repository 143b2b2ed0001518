"""What stands between us and a host, and what this machine may run out of."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

import msgspec
import pytest
from loopback import Asked, Behaviour, Loopback, Reader, Writer, raw, reply, silence

from linkcheck.fetch.options import FetchOptions, Proxies
from linkcheck.model import Outcome

Ask = Callable[..., Outcome]

STARVED = """
import asyncio, json, resource, sys, msgspec
from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.options import FetchOptions, Proxies
from linkcheck.fetch.transports import build_transport
from linkcheck.model import Probe, Target
given = json.load(sys.stdin)
options = msgspec.convert(given["options"], FetchOptions)
async def main():
    transport = build_transport(options)
    first = await follow(Target("http://a.example/ok", Probe.STATUS, ""), transport, options)
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    many = [follow(Target(f"http://n{n}.a.example/ok", Probe.STATUS, ""), transport, options) for n in range(40)]
    outcomes = [first, *await asyncio.gather(*many)]
    await transport.aclose()
    return outcomes
told = [o.failure and [o.failure.kind, o.failure.detail] for o in asyncio.run(main())]
json.dump(told, sys.stdout)
"""


def test_running_out_of_descriptors_is_said_to_be_our_fault(options: FetchOptions) -> None:
    given = json.dumps({"options": msgspec.to_builtins(options)})
    done = subprocess.run(
        [sys.executable, "-c", STARVED], input=given, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told[0] is None
    assert {tuple(failure) for failure in told if failure} == {("connect", "no-descriptors")}


def _proxy(loopback: Loopback) -> str:
    return f"http://127.0.0.1:{loopback.ports['http']}"


def _tunnel(port: int, opened: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n") -> Behaviour:
    async def tunnel(_asked: Asked, reader: Reader, writer: Writer) -> None:
        inner, outer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(opened)

        async def pass_on(source: Reader, sink: Writer) -> None:
            with suppress(ConnectionError):
                while data := await source.read(1 << 16):
                    sink.write(data)
            sink.close()

        await asyncio.gather(pass_on(reader, outer), pass_on(inner, writer))

    return tunnel


@pytest.mark.parametrize(
    "opened",
    [b"HTTP/1.1 200 Connection established\r\n\r\n", b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"],
    ids=["as usual", "in the old version"],
)
def test_https_goes_through_a_proxy_in_a_tunnel(ask: Ask, loopback: Loopback, opened: bytes) -> None:
    loopback.behaviours["a.example:443"] = _tunnel(loopback.ports["good"], opened)
    outcome = ask("https://a.example/ok", proxy=_proxy(loopback), resolve=(), allow_addresses=())
    assert outcome.answer is not None
    assert outcome.answer.status == 200
    assert outcome.certificate is not None


@pytest.mark.parametrize(
    ("host", "fault"), [("a_b.w.example", None), ("a_b.c.w.example", "wrong-host"), ("a_b.example", "wrong-host")]
)
def test_a_name_with_an_underscore_is_held_against_the_certificate_in_a_tunnel(
    ask: Ask, loopback: Loopback, host: str, fault: str | None
) -> None:
    loopback.behaviours[f"{host}:443"] = _tunnel(loopback.serve("*.w.example"))
    outcome = ask(f"https://{host}/ok", proxy=_proxy(loopback), resolve=(), allow_addresses=())
    assert (outcome.failure and outcome.failure.detail) == fault
    assert [asked.host for asked in loopback.asked] == [f"{host}:443", *([] if fault else [host])]


def test_a_proxy_that_refuses_is_named(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["a.example:443"] = raw(reply("403 Forbidden", b""))
    outcome = ask("https://a.example/ok", proxy=_proxy(loopback), resolve=(), allow_addresses=())
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("connect", "proxy")
    assert outcome.failure.message == "the proxy could not connect to a.example: it returned 403"


def test_a_proxy_that_does_not_answer_is_named(ask: Ask, loopback: Loopback) -> None:
    proxy = f"http://127.0.0.1:{loopback.ports['closed']}"
    outcome = ask("https://a.example/ok", proxy=proxy, resolve=(), allow_addresses=())
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("connect", "proxy-silent")


def test_a_proxy_whose_name_does_not_exist_says_nothing_of_the_host(ask: Ask, loopback: Loopback) -> None:
    outcome = ask(
        "http://a.example/ok",
        proxy="http://gone.name.example:3128",
        resolve=(),
        allow_addresses=(),
        nameserver=loopback.nameserver,
    )
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("connect", "proxy-silent")


def test_a_tunnel_that_stalls_ends_with_the_deadline(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["a.example:443"] = silence
    outcome = ask("https://a.example/ok", proxy=_proxy(loopback), resolve=(), allow_addresses=(), timeout=1.0)
    assert outcome.failure is not None
    assert outcome.failure.kind == "timeout"


def test_a_proxy_for_one_scheme_leaves_the_other_alone(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["a.example:443"] = raw(reply("403 Forbidden", b""))
    proxies = Proxies(https=_proxy(loopback))
    direct, refused = ask("http://a.example/ok", proxy=proxies), ask("https://a.example/ok", proxy=proxies)
    assert direct.answer is not None
    assert refused.failure is not None
    assert (refused.failure.kind, refused.failure.detail) == ("connect", "proxy")
    assert [asked.path for asked in loopback.asked] == ["/ok", "a.example:443"]


def test_an_exception_goes_to_the_host_itself(ask: Ask, loopback: Loopback) -> None:
    proxies = Proxies(http=_proxy(loopback), direct=("a.example",))
    assert ask("http://www.a.example/ok", proxy=proxies).answer is not None
    assert ask("http://b.example/ok", proxy=proxies).answer is not None
    assert [asked.path for asked in loopback.asked] == ["/ok", "http://b.example/ok"]


def test_the_address_of_an_exception_is_judged(ask: Ask, loopback: Loopback) -> None:
    proxies = Proxies(http=_proxy(loopback), direct=("a.example",))
    outcome = ask("http://a.example/ok", proxy=proxies, allow_addresses=())
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("refused-by-guard", "address")
    assert not loopback.asked


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_password_of_a_proxy_is_sent_to_it_and_told_nowhere(ask: Ask, loopback: Loopback, scheme: str) -> None:
    url = _proxy(loopback).replace("//", "//user:s3cr3tword@")
    echo = raw(reply("302 Found", b"", "Location: http://s3cr3tword.example/"))
    loopback.behaviours["a.example"] = loopback.behaviours["a.example:443"] = echo
    loopback.behaviours["s3cr3tword.example"] = raw(reply())
    outcome = ask(f"{scheme}://a.example/x", proxy=Proxies(http=url, https=url))
    assert loopback.asked[0].headers["proxy-authorization"].startswith("Basic ")
    assert "s3cr3tword" not in repr(outcome)
