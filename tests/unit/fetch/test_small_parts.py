"""The parts of an attempt, each on its own."""

import asyncio
import errno
import gzip
import socket
import ssl
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_web import run_virtually

from linkcheck.errors import UsageError
from linkcheck.fetch.attempt.bot_wall import challenge_header, challenge_page, vendor_of
from linkcheck.fetch.attempt.host_headers import headers_for
from linkcheck.fetch.http import failures
from linkcheck.fetch.http.address_guard import Policy, RefusedError, guarded_socket
from linkcheck.fetch.http.content_encoding import LONGEST_HEADER, MOST_CODINGS, Coding, DecodingError, coding_of
from linkcheck.fetch.http.deadline import Deadline
from linkcheck.fetch.http.framing import FramingError
from linkcheck.fetch.http.missing_intermediates import issuer_url
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.resolver import Resolver, limit_addresses
from linkcheck.fetch.http.response_head import HeadError
from linkcheck.fetch.http.tls import certificate_of, client_context
from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.model import FailureKind
from linkcheck.urls import parse_url

KEY = (("X-Key", "canary"),)


# Secrets


@pytest.mark.parametrize(
    ("pattern", "url", "sent"),
    [
        ("a.example", "https://a.example/", True),
        ("a.example", "http://a.example/", False),
        ("a.example", "https://a.example:8443/", False),
        ("a.example", "https://a.example:443/", True),
        ("*", "https://b.example/", True),
        ("*", "http://b.example/", False),
        ("*.a.example", "https://www.a.example/", True),
        ("*.a.example", "https://a.example/", False),
        ("a.example", "https://a.example.evil.example/", False),
        ("a.example", "https://evil-a.example/", False),
    ],
)
def test_a_secret_goes_only_where_its_pattern_says(pattern: str, url: str, *, sent: bool) -> None:
    assert headers_for(parse_url(url), (HostOptions(pattern, headers=KEY),)) == (KEY if sent else ())


# Challenges


def test_a_living_page_with_a_vendors_script_is_no_challenge() -> None:
    page = b'<title>News</title><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    assert challenge_page(200, page) is None
    assert challenge_page(403, page) == "Cloudflare's challenge page"


@pytest.mark.parametrize(
    ("headers", "evidence"),
    [
        ({"cf-mitigated": "challenge"}, "cf-mitigated: challenge"),
        ({"x-amzn-waf-action": "captcha"}, "x-amzn-waf-action: captcha"),
        ({"server": "cloudflare"}, None),
        ({}, None),
    ],
    ids=["cloudflare", "aws", "a-clue-alone", "nothing"],
)
def test_a_header_made_for_it_is_evidence_and_a_clue_is_not(headers: dict[str, str], evidence: str | None) -> None:
    assert challenge_header(headers) == evidence


@pytest.mark.parametrize(
    ("headers", "cookies", "vendor"),
    [
        ({"server": "cloudflare"}, [], "cloudflare"),
        ({"server": "AkamaiGHost"}, [], "akamai"),
        ({"x-iinfo": "1-2-3"}, [], "imperva"),
        ({"server": "Sucuri/Cloudproxy"}, [], "sucuri"),
        ({"x-served-by": "cache-fra-1"}, [], "fastly"),
        ({"x-amz-cf-id": "abc"}, [], "cloudfront"),
        ({}, ["datadome=abc; Path=/"], "datadome"),
        ({}, ["_abck=1"], "akamai"),
        ({"server": "nginx"}, [], None),
    ],
)
def test_a_vendor_is_known_by_its_headers_and_cookies(
    headers: dict[str, str], cookies: list[str], vendor: str | None
) -> None:
    assert vendor_of(headers, cookies) == vendor


# Decompression


@given(st.binary(max_size=3000), st.integers(1, 400), st.sampled_from(["gzip", "deflate", "raw", "gzip, gzip", "plain"]))
def test_a_body_is_inflated_whatever_the_pieces(data: bytes, step: int, how: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(data),
        "deflate": zlib.compress(data),
        "raw": raw.compress(data) + raw.flush(),
        "gzip, gzip": gzip.compress(gzip.compress(data)),
        "plain": data,
    }[how]
    coding = coding_of({"raw": "deflate", "plain": "none"}.get(how, how))
    found = bytearray()
    for start in range(0, len(packed), step):
        found += coding.feed(packed[start : start + step], 1 << 20)
        while coding.pending:
            found += coding.feed(b"", 1 << 20)
    assert bytes(found) == data
    assert coding.finished


def test_a_bomb_gives_no_more_than_there_is_room_for() -> None:
    coding = coding_of("gzip")
    assert len(coding.feed(gzip.compress(b"\0" * (10 << 20)), 1000)) == 1000
    assert coding.pending
    assert not coding.finished


def _drain(coding: Coding, data: bytes) -> None:
    coding.feed(data, 1000)
    while coding.pending:
        coding.feed(b"", 1000)


def test_between_two_codings_there_is_no_room_for_a_bomb() -> None:
    coding = coding_of("deflate, gzip")
    bomb = gzip.compress(zlib.compress(b"") + b"\0" * (32 << 20))
    with pytest.raises(zlib.error, match="between"):
        _drain(coding, bomb)


@pytest.mark.parametrize("content", [b"", b"x"], ids=["empty", "of one byte"])
@pytest.mark.parametrize("how", ["gzip", "gzip, gzip"])
def test_a_few_kilobytes_of_members_cost_no_more_than_a_page(how: str, content: bytes) -> None:
    coding = coding_of(how)
    members = gzip.compress(content) * 200_000
    with pytest.raises(zlib.error, match="members"):
        _drain(coding, members if how == "gzip" else gzip.compress(members))


def test_a_body_of_many_members_is_read() -> None:
    coding = coding_of("gzip")
    assert coding.feed(gzip.compress(b"ab") * 1_000, 10_000) == b"ab" * 1_000


def test_members_of_gzip_in_a_row_are_one_body() -> None:
    coding = coding_of("x-gzip")
    assert coding.feed(gzip.compress(b"one") + gzip.compress(b"two") + b"junk", 100) == b"onetwo"
    assert coding.finished


@pytest.mark.parametrize(
    ("name", "defect"),
    [
        ("br", "unoffered-encoding: br"),
        ("ZSTD", "unoffered-encoding: zstd"),
        ("compress, gzip", "unoffered-encoding: compress"),
        (", ".join(["gzip"] * (MOST_CODINGS + 1)), "bad-encoding"),
    ],
)
def test_a_coding_that_is_not_undone_is_named_once_there_is_a_body(name: str, defect: str) -> None:
    coding = coding_of(name)
    assert coding.feed(b"", 100) == b""
    assert coding.finished
    with pytest.raises(DecodingError) as raised:
        coding.feed(b"x", 100)
    assert raised.value.defect == defect


UNUSUAL = {"compress": b"\x1f\x9d\x90", "X-Compress": b"\x1f\x9d", "dcb": b"\xffDCB", "gzip, dcz": b"\x5e\x2a\x4d\x18"}


@pytest.mark.parametrize("name", UNUSUAL)
def test_a_coding_that_browsers_do_not_know_is_believed_only_of_a_body_in_it(name: str) -> None:
    assert coding_of(name).feed(b"words", 100) == b"words"
    coding = coding_of(name)
    coding.feed(b"", 100)
    with pytest.raises(DecodingError, match=name.lower().removeprefix("gzip, ")):
        coding.feed(UNUSUAL[name], 100)


def _gzip_with(flags: int, *fields: bytes) -> bytes:
    plain = gzip.compress(b"words" * 100)
    return plain[:3] + bytes([flags]) + plain[4:10] + b"".join(fields) + plain[10:]


HEADERS = {
    "nothing": (0,),
    "more fields": (4, b"\x05\0abcde"),
    "a name": (8, b"page.html\0"),
    "a comment": (16, b"\0"),
    "a checksum": (2, b"\1\2"),
    "everything": (31, b"\x02\0ab", b"name\0", b"comment\0", b"\1\2"),
}


@pytest.mark.parametrize("size", [1, 3, 10_000], ids=["byte by byte", "in threes", "at once"])
@pytest.mark.parametrize("header", HEADERS)
def test_gzip_is_read_whatever_its_header_has(header: str, size: int) -> None:
    flags, *fields = HEADERS[header]
    assert isinstance(flags, int)
    data = _gzip_with(flags, *(field for field in fields if isinstance(field, bytes)))
    coding = coding_of("gzip")
    found = b"".join(coding.feed(data[at : at + size], 1000) for at in range(0, len(data), size))
    assert found == b"words" * 100
    assert coding.finished


@pytest.mark.parametrize("trailer", [b"", b"\0" * 8, b"\0" * 3, b"\xff" * 8 + b"junk"])
def test_what_follows_the_data_of_gzip_is_not_compared(trailer: bytes) -> None:
    coding = coding_of("gzip")
    assert coding.feed(gzip.compress(b"words")[:-8] + trailer, 100) == b"words"
    assert coding.finished


@pytest.mark.parametrize("trailer", [b"\0" * 8, gzip.compress(b"one")[-8:]])
def test_members_are_read_on_behind_a_wrong_checksum(trailer: bytes) -> None:
    coding = coding_of("gzip")
    data = gzip.compress(b"one")[:-8] + trailer + gzip.compress(b"two")
    assert b"".join(coding.feed(bytes([byte]), 100) for byte in data) == b"onetwo"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<", id="HTML"),
        pytest.param(b"\x1f\x9d", id="compress"),
        pytest.param(b"\x1f\x8b\x07", id="a method other than deflate"),
        pytest.param(_gzip_with(8, b"n" * LONGEST_HEADER)[:-20], id="a name that does not end"),
    ],
)
def test_what_has_no_header_of_gzip_is_none(data: bytes) -> None:
    with pytest.raises(zlib.error):
        coding_of("gzip").feed(data, 100)


def test_gzip_that_ends_in_its_header_is_unfinished() -> None:
    coding = coding_of("gzip")
    assert coding.feed(gzip.compress(b"words")[:7], 100) == b""
    assert not coding.pending
    assert not coding.finished


@pytest.mark.parametrize("name", ["UTF-8", "none", "binary", "aws-chunked", '"gzip"', "gzip;q=1", "gzip, utf8", "", ","])
def test_a_name_that_is_no_coding_changes_nothing(name: str) -> None:
    assert coding_of(name).feed(b"words", 100) == b"words"


@pytest.mark.parametrize("name", ["gzip", "deflate", "gzip, gzip"])
def test_nothing_is_nothing_in_every_coding(name: str) -> None:
    assert coding_of(name).finished


# Failures


def test_every_exception_of_our_wire_has_a_place_in_the_table() -> None:
    known = tuple(row[0] for row in failures.TABLE)
    own = [HeadError, FramingError, failures.ProxyError]
    assert [cls.__name__ for cls in own if not issubclass(cls, known)] == []


def test_no_row_of_the_table_hides_behind_another() -> None:
    rows = [row[0] for row in failures.TABLE]
    hidden = [(a.__name__, b.__name__) for n, b in enumerate(rows) for a in rows[:n] if issubclass(b, a)]
    assert hidden == []


@pytest.mark.parametrize("number", sorted(failures.OUT_OF_RESOURCES))
def test_a_machine_out_of_descriptors_is_never_the_targets_fault(number: int) -> None:
    failure = failures.failure_of(OSError(number, "out"), RequestTrace("a.example", 0.0))
    assert (failure.kind, failure.detail) == ("connect", "no-descriptors")


@pytest.mark.parametrize(
    ("error", "addresses", "detail"),
    [
        pytest.param(OSError(errno.ENETUNREACH, "x"), ("2001:db8::1",), "no-ipv6", id="no route"),
        pytest.param(OSError(errno.EHOSTUNREACH, "x"), ("2001:db8::1",), "no-ipv6", id="no way to the host"),
        pytest.param(OSError(errno.EADDRNOTAVAIL, "x"), ("2001:db8::1",), "no-ipv6", id="no address of its own"),
        pytest.param(OSError(errno.EAFNOSUPPORT, "x"), ("2001:db8::1",), "no-ipv6", id="IPv6 switched off"),
        pytest.param(OSError("[Errno 101] x, [Errno 113] y"), ("2001:db8::1", "2001:db8::2"), "no-ipv6", id="two addresses"),
        pytest.param(OSError("[Errno 101] x, [Errno 111] y"), ("2001:db8::1", "2001:db8::2"), "refused", id="one refuses"),
        pytest.param(OSError(errno.ENETUNREACH, "x"), ("2001:db8::1", "192.0.2.1"), "no-route", id="IPv4 too"),
        pytest.param(OSError(errno.ENETUNREACH, "x"), ("192.0.2.1",), "no-route", id="IPv4"),
        pytest.param(OSError(errno.EHOSTUNREACH, "x"), ("192.0.2.1",), "unreachable", id="a router says so"),
        pytest.param(OSError(errno.ENETUNREACH, "x"), (), "no-route", id="nothing dialled"),
    ],
)
def test_a_machine_without_an_ipv6_route_is_named(error: OSError, addresses: tuple[str, ...], detail: str) -> None:
    trace = RequestTrace("a.example", 0.0)
    trace.addresses = addresses
    failure = failures.failure_of(error, trace)
    assert (failure.kind, failure.detail) == ("connect", detail)


def test_an_exception_nobody_foresaw_is_a_fault_of_ours() -> None:
    failure = failures.failure_of(ZeroDivisionError(), RequestTrace("a.example", 0.0))
    assert failure.kind == FailureKind.INTERNAL
    assert "ZeroDivisionError" in failure.message


# The guard's second door


def test_no_socket_is_made_for_an_address_that_is_refused() -> None:
    trace = RequestTrace("a.example", 0.0)
    with pytest.raises(RefusedError):
        guarded_socket(Policy(FetchOptions()), trace, (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80)))
    failure = failures.failure_of(OSError("Multiple exceptions"), trace)
    assert (failure.kind, failure.detail) == ("refused-by-guard", "address")


def test_an_allowed_network_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="--allow-address"):
        Policy(FetchOptions(allow_addresses=("10.0.0.0/99",)))


def test_an_address_behind_nat64_is_judged_by_the_one_within() -> None:
    policy = Policy(FetchOptions(nat64=("64:ff9b::/96",)))
    assert policy.address("64:ff9b::5db8:d822") is None
    assert policy.address("64:ff9b::7f00:1") is not None
    assert Policy(FetchOptions()).address("64:ff9b::5db8:d822") is not None


# Names


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


# TLS


def test_a_bundle_without_certificates_is_a_usage_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    bundle = tmp_path_factory.mktemp("ca") / "ca.pem"
    with pytest.raises(UsageError, match="cannot use"):
        client_context(str(bundle))
    bundle.write_text("nothing", encoding="ascii")
    with pytest.raises(UsageError, match="cannot use"):
        client_context(str(bundle))


def test_verification_is_always_on() -> None:
    context = client_context(None)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_no_more_is_asked_of_a_certificate_than_browsers_ask() -> None:
    assert not client_context(None).verify_flags & ssl.VERIFY_X509_STRICT


def test_a_certificate_without_an_end_is_no_fact() -> None:
    assert certificate_of({"issuer": ()}) is None
    assert certificate_of({"notAfter": "nonsense"}) is None
    assert certificate_of(None) is None


@given(st.binary(max_size=200))
def test_the_issuers_place_is_read_from_any_bytes(data: bytes) -> None:
    found = issuer_url(b"\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02\x86" + data)
    assert found is None or found.encode("latin-1") in data


# The deadline


def test_waiting_for_ones_turn_is_no_part_of_the_attempt() -> None:
    ended: list[Deadline] = []

    async def main() -> None:
        async with Deadline(5) as deadline:
            with deadline.paused():
                await asyncio.sleep(60)
        ended.append(deadline)

    run_virtually(main)
    assert [(deadline.expired, round(deadline.waited)) for deadline in ended] == [(False, 60)]


def test_a_deadline_that_is_not_paused_strikes() -> None:
    async def main() -> None:
        async with Deadline(5):
            await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        run_virtually(main)
