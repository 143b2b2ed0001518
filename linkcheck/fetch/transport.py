"""Our httpx transport over aiohttp's sockets."""

import httpx

from linkcheck.fetch.options import Options


class AioHttpTransport(httpx.AsyncBaseTransport):
    """Sends one request to one URL; follows nothing, retries nothing, keeps no cookies, reads no environment.

    Raises only `FetchError`. `response.extensions` carry `address` (str) and `certificate` (Certificate | None). Belongs
    to the event loop it is first used in.
    """

    def __init__(self, options: Options) -> None:
        self._options = options

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise NotImplementedError

    async def aclose(self) -> None:
        pass
