"""Asks the loopback web for one target."""

import asyncio
import os
from collections.abc import Callable

import msgspec
import pytest
from loopback import Loopback

from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.http import tls
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.transports import build_transport
from linkcheck.model import Outcome, Probe, Target
from linkcheck.urls import InvalidUrl, parse_url

Ask = Callable[..., Outcome]


def _target(url: str, probe: Probe) -> Target:
    try:
        return Target(url, probe, parse_url(url).host)
    except InvalidUrl:
        return Target(url, probe, "")


@pytest.fixture
def options(loopback: Loopback) -> FetchOptions:
    return FetchOptions(
        allow_addresses=("127.0.0.0/8",),
        allow_ports=tuple(loopback.ports.values()),
        resolve=loopback.resolve(),
        ca_bundle=loopback.ca_file,
        # Long enough for a busy machine; a test in which something stalls says how long that is waited for.
        timeout=30.0,
        connect_timeout=20.0,
    )


@pytest.fixture(autouse=True)
def _one_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    """To read the authorities of the whole world anew for each test takes most of its time."""
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    monkeypatch.setenv("SSL_CERT_DIR", os.devnull)
    monkeypatch.setattr(tls, "_certifi", lambda: None)


@pytest.fixture
def ask(options: FetchOptions) -> Ask:
    """Follow one or more URLs over one transport, one after the other; the last outcome is returned.

    `before` is the outcome of the attempt before.
    """

    def run(*urls: str, probe: Probe = Probe.STATUS, before: Outcome | None = None, **changes: object) -> Outcome:
        chosen = msgspec.structs.replace(options, **changes)

        async def main() -> Outcome:
            transport = build_transport(chosen)
            try:
                outcomes = [await follow(_target(url, probe), transport, chosen, before=before) for url in urls]
            finally:
                await transport.aclose()
            return outcomes[-1]

        return asyncio.run(main())

    return run
