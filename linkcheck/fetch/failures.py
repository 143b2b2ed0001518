"""Foreign exceptions become our failures here, in one table."""

import httpx

from linkcheck.model import Failure


class FetchError(httpx.TransportError):
    """No answer: the only exception that our transports raise because of the web.

    `address` is the address dialled last, None where none was.
    """

    def __init__(self, failure: Failure, *, address: str | None = None) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.address = address
