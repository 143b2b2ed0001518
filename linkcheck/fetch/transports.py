"""How the transports are nested: the one visible place."""

import httpx

from linkcheck.fetch.options import Options
from linkcheck.fetch.transport import AioHttpTransport


def build_transport(options: Options) -> httpx.AsyncBaseTransport:
    """The layers around the innermost transport; the caller closes them (`aclose`)."""
    return AioHttpTransport(options)
