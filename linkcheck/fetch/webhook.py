"""Sends a document to a webhook: one POST request through the same layers as link checks."""

from http import HTTPStatus

import httpx
from msgspec.structs import replace

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.scheduling.run_loop import run
from linkcheck.fetch.transports import polite_transport


def post(url: str, document: bytes, options: FetchOptions) -> str | None:
    """Send a JSON document once. Returns why it was not accepted; None if it was.

    The guard, the trusted certificates, the proxy and the timeouts are those of link checks. Redirects are not followed, and
    the body of the response is not read. The reason contains nothing of the URL but its host: the rest can be a secret.
    """

    async def main() -> int:
        transport = polite_transport(replace(options, replay=None, interval=0.0))
        timeout = httpx.Timeout(options.timeout, connect=options.connect_timeout)
        # Without `trust_env`, the client uses no proxy but that of the transport.
        async with (
            httpx.AsyncClient(transport=transport, timeout=timeout, trust_env=False) as client,
            client.stream("POST", url, content=document, headers={"Content-Type": "application/json"}) as response,
        ):
            return response.status_code

    try:
        status = run(main())
    except httpx.HTTPError as error:
        return str(error) or type(error).__name__
    if 200 <= status < 300:
        return None
    known = status in HTTPStatus.__members__.values()
    return f"the response is {status} {HTTPStatus(status).phrase}" if known else f"the response is {status}"
