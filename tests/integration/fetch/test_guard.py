"""No private address is ever dialled: every encoding, name and redirect, with Python's audit hook as the witness."""

import json
import subprocess
import sys
from collections.abc import Callable
from ipaddress import ip_address
from typing import NamedTuple

import msgspec
import pytest
from loopback import Asked, Loopback, Reader, Writer, reply

from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Outcome

Ask = Callable[..., Outcome]

WITNESS = """
import sys
seen = []
def hook(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname", "subprocess.Popen"):
        seen.append([event, repr(args[1] if event == "socket.connect" else args[0])])
sys.addaudithook(hook)
import asyncio, json, msgspec
from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.transports import build_transport
from linkcheck.model import Probe, Target
given = json.load(sys.stdin)
options = msgspec.convert(given["options"], FetchOptions)
async def main():
    transport = build_transport(options)
    outcomes = []
    for url in given["urls"]:
        outcomes.append(await follow(Target(url, Probe(given["probe"]), ""), transport, options))
    await transport.aclose()
    return outcomes
if given["uvloop"]:
    import uvloop
    outcomes = uvloop.run(main())
else:
    outcomes = asyncio.run(main())
failures = [o.failure and [o.failure.kind, o.failure.detail, len(o.hops)] for o in outcomes]
json.dump({"failures": failures, "seen": seen}, sys.stdout)
"""


class Witnessed(NamedTuple):
    failures: list[tuple[str, str, int]]
    seen: list[tuple[str, str]]


def _witness(urls: list[str], options: FetchOptions, *, probe: str = "status", uvloop: bool = False) -> Witnessed:
    given = {"urls": urls, "options": msgspec.to_builtins(options), "probe": probe, "uvloop": uvloop}
    done = subprocess.run(
        [sys.executable, "-c", WITNESS], input=json.dumps(given), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return Witnessed([tuple(failure) if failure else ("", "", 0) for failure in told["failures"]], told["seen"])


_ENCODINGS = """
    2130706433 0x7f000001 0X7F000001 0x7f.1 0x7f.0x0.0x0.0x1 0177.0.0.1 00000177.0.0.1 017700000001 127.1 127.0.1
    127.65535 0 127.0.0.0x1 127.0.0.1. 127\u30020\u30020\u30021 127\uff0e0\uff0e0\uff0e1
    \u2460\u2461\u2466.\u24ea.\u24ea.\u2460 \uff11\uff12\uff17.0.0.1 127%2e0%2e0%2e1 %31%32%37.0.0.1 loc%61lhost
    \u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3 [::1] [::] [0000::1] [::ffff:127.0.0.1] [::ffff:7f00:1]
    [::127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::]
    [fe80::1] [fec0::1] [fc00::1] [fd00:ec2::254] [ff02::1] [100::1] [5f00::1] [3fff::1] [2600::5efe:127.0.0.1]
    169.254.169.254 169.254.170.2 168.63.129.16 100.100.100.200 192.0.0.192 metadata.google.internal
    metadata.tencentyun.com instance-data localhost localhost. LOCALHOST x.localhost ip6-localhost printer.local
    db.internal router.lan x.onion 10.0.0.1 172.16.0.1 192.168.0.1 0.0.0.0 255.255.255.255 224.0.0.1
"""
ENCODINGS = _ENCODINGS.split()
_INVALID = """
    4294967297 0x100000001 256.256.256.256 1.1.1.1.1 09.0.0.1 0o177.0.0.1 127.0.0.1.. [fe80::1%25lo] a..b
"""
INVALID = _INVALID.split()
PARSER_TRICKS = [
    "http://127.0.0.1\\@example.com/",
    "http://example.com\\@127.0.0.1/",
    "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/",
    "http:/127.0.0.1",
    "http:///127.0.0.1",
    "http:\\\\127.0.0.1\\x",
    "http://127.0.0.1\t/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "http://example.com@127.0.0.1/",
]
PORTS = [22, 25, 110, 143, 389, 445, 587, 993, 1720, 2049, 3306, 5432, 6000, 6379, 6667, 8080, 9200, 11211]


@pytest.mark.parametrize("uvloop", [False, True], ids=["asyncio", "uvloop"])
def test_no_way_of_writing_a_private_address_leads_to_a_connection(loopback: Loopback, *, uvloop: bool) -> None:
    urls = [f"http://{host}/" for host in ENCODINGS]
    told = _witness(urls, FetchOptions(nameserver=loopback.nameserver), uvloop=uvloop)
    kinds = dict(zip(ENCODINGS, (failure[0] for failure in told.failures), strict=True))
    assert {host: kind for host, kind in kinds.items() if kind != "refused-by-guard"} == {}
    assert told.seen == []
    assert loopback.lookups == []


def test_what_is_no_url_is_neither_looked_up_nor_dialled(loopback: Loopback) -> None:
    urls = [*(f"http://{host}/" for host in INVALID), *PARSER_TRICKS]
    told = _witness(urls, FetchOptions(nameserver=loopback.nameserver))
    found = dict(zip(urls, (failure[0] for failure in told.failures), strict=True))
    assert {url: kind for url, kind in found.items() if kind not in {"invalid-url", "refused-by-guard"}} == {}
    assert told.seen == []
    assert loopback.lookups == []


def test_ports_that_are_not_of_the_web_are_not_dialled(loopback: Loopback) -> None:
    told = _witness([f"http://a.example:{port}/" for port in PORTS], FetchOptions(nameserver=loopback.nameserver))
    assert {failure[:2] for failure in told.failures} == {("refused-by-guard", "port")}
    assert told.seen == []
    assert loopback.lookups == []


def test_a_redirect_leads_to_no_private_address_either(loopback: Loopback) -> None:
    loopback.names |= {"inside.name.example": ["10.0.0.1"], "mapped.name.example": ["::ffff:a00:1"]}
    loopback.names["mixed.name.example"] = ["127.0.0.1", "192.168.0.1"]
    port = loopback.ports["http"]
    places = [f"http://{host}/" for host in ENCODINGS if "%" not in host]
    places += ["http://inside.name.example/", "http://mapped.name.example/", "http://mixed.name.example/"]
    places += ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "data:text/html,x", "javascript:alert(1)"]
    places += ["jar:http://127.0.0.1/", "//127.0.0.2/", "http:/\\127.0.0.2"]
    # Only the start may be dialled, on any port: what is another way of writing it is refused by nobody listening on 80.
    loopback.names["start.name.example"] = ["127.0.0.1"]
    urls = [f"http://start.name.example:{port}/echo?to={place}" for place in places]
    options = FetchOptions(nameserver=loopback.nameserver, allow_ports=(port,), allow_addresses=("127.0.0.1/32",))
    told = _witness(urls, options)
    dialled = {ip_address(where.split("'")[1]) for _, where in told.seen}
    assert {getattr(address, "ipv4_mapped", None) or address for address in dialled} == {ip_address("127.0.0.1")}
    assert {failure[2] for failure in told.failures} == {1}
    assert len(told.failures) == len(places)
    assert {failure[0] for failure in told.failures} - {"refused-by-guard", "invalid-url", "connect", "dns"} == set()


def test_a_name_that_is_bound_anew_gains_nothing(ask: Ask, loopback: Loopback) -> None:
    port = loopback.ports["http"]
    loopback.names["turns.name.example"] = ["127.0.0.1"]

    async def rebind(_asked: Asked, _reader: Reader, writer: Writer) -> None:
        loopback.names["turns.name.example"] = ["10.0.0.1"]
        writer.write(reply("302 Found", b"", "Location: /ok"))

    loopback.behaviours["/rebind"] = rebind
    options = {"resolve": (), "nameserver": loopback.nameserver}
    outcome = ask(f"http://turns.name.example:{port}/rebind", **options)
    assert outcome.address == "127.0.0.1"
    outcome = ask(f"http://turns.name.example:{port}/ok", **options)
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("refused-by-guard", "address")


def test_environment_proxies_and_netrc_are_not_read(loopback: Loopback, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    outcome = ask("http://a.example/ok")
    assert outcome.answer is not None
    assert outcome.address == "127.0.0.1"


def test_a_proxy_that_is_asked_for_is_used(loopback: Loopback, ask: Ask) -> None:
    proxy = f"http://127.0.0.1:{loopback.ports['http']}"
    outcome = ask("http://a.example/ok", proxy=proxy, resolve=(), allow_addresses=())
    assert outcome.answer is not None
    assert loopback.asked[-1].path == "http://a.example/ok"


def test_a_proxy_does_not_lift_the_guard_from_urls(loopback: Loopback, ask: Ask) -> None:
    proxy = f"http://127.0.0.1:{loopback.ports['http']}"
    outcome = ask("http://169.254.169.254/latest", proxy=proxy, resolve=(), allow_addresses=())
    assert outcome.failure is not None
    assert outcome.failure.kind == "refused-by-guard"
    assert loopback.asked == []


def test_a_path_with_line_breaks_makes_no_second_header(loopback: Loopback, ask: Ask) -> None:
    ask("http://a.example/ok%0d%0aX-Injected:%201")
    assert "x-injected" not in loopback.asked[-1].headers
    assert loopback.asked[-1].path == "/ok%0d%0aX-Injected:%201"
