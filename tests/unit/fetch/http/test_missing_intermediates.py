import asyncio
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.http.missing_intermediates import is_incomplete, issuer_url


@given(st.binary(max_size=200))
def test_the_issuers_place_is_read_from_any_bytes(data: bytes) -> None:
    found = issuer_url(b"\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02\x86" + data)
    assert found is None or found.encode("latin-1") in data


ISSUER = "http://a.example/ca.der"
LEAF = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02\x86" + bytes([len(ISSUER)]) + ISSUER.encode()
"""The part of a certificate that says where its issuer's is."""


@pytest.mark.parametrize(
    "error",
    [ConnectionRefusedError("refused"), TimeoutError("silent"), asyncio.IncompleteReadError(b"", 9)],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("part", ["the server", "the authority"])
def test_a_network_that_fails_meanwhile_shows_no_missing_certificate(part: str, error: Exception) -> None:
    asked: list[str] = []

    async def look(_: ssl.SSLContext) -> bytes | None:
        if part == "the server":
            raise error
        return LEAF

    async def fetch(url: str) -> bytes | None:
        asked.append(url)
        raise error

    assert asyncio.run(is_incomplete(look, fetch, ssl.create_default_context)) is False
    assert asked == ([] if part == "the server" else [ISSUER])


@pytest.mark.parametrize(
    "data",
    [None, b"", b"not found", b"\x30\x03abc", b"-----BEGIN CERTIFICATE-----\nabc"],
    ids=["nothing", "empty", "a page", "no DER", "no PEM"],
)
def test_what_is_no_certificate_at_the_authority_is_no_missing_one(data: bytes | None) -> None:
    async def look(_: ssl.SSLContext) -> bytes | None:
        return LEAF

    async def fetch(_: str) -> bytes | None:
        return data

    assert asyncio.run(is_incomplete(look, fetch, ssl.create_default_context)) is False
