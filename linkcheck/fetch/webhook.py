"""Sends a document to a webhook: one POST request through the same layers as link checks."""

import asyncio
from http import HTTPStatus

from msgspec.structs import replace

from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import USER_AGENT, OutgoingRequest
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.scheduling.run_loop import run
from linkcheck.fetch.transports import build_transport
from linkcheck.urls import Url


def post(url: Url, document: bytes, options: FetchOptions) -> str | None:
    """Send a JSON document once. Returns why it was not accepted; None if it was.

    The guard, the trusted certificates, the proxy and the timeouts are those of link checks. Redirects are not followed, and
    the body of the response is not read. The reason contains nothing of the URL but its host: the rest can be a secret.
    """
    request = OutgoingRequest(
        url,
        (
            ("User-Agent", options.user_agent or USER_AGENT),
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(document))),
            ("Accept-Encoding", "identity"),
        ),
        method="POST",
        content=document,
        connect_within=options.connect_timeout,
        answer_within=options.timeout,
    )

    async def main() -> int:
        transport = build_transport(replace(options, record=None, replay=None))
        try:
            async with asyncio.timeout(options.connect_timeout + options.timeout):
                response = await transport.send(request)
            await response.body.aclose()
        finally:
            await transport.aclose()
        return response.status

    try:
        status = run(main())
    except FetchError as error:
        return error.failure.message
    except TimeoutError:
        return "there was no response in time"
    if 200 <= status < 300:
        return None
    known = status in HTTPStatus.__members__.values()
    return f"the response is {status} {HTTPStatus(status).phrase}" if known else f"the response is {status}"
