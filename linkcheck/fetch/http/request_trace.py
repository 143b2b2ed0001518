"""The details of one request under way, recorded by sockets, resolver and guard."""

from linkcheck.model import Certificate


class RequestTrace:
    """One request, from the DNS lookup of its host to the head of its response.

    Times are the event loop's, None for a phase that did not occur. `phase` is the current step, as a clause for messages.
    `sent` counts how often the request was sent (twice if a kept connection turns out to be closed). `opening` is the
    beginning of a response that cannot be parsed. `refusal` is why an address was not connected to.
    """

    __slots__ = (
        "address",
        "addresses",
        "began",
        "certificate",
        "connected",
        "host",
        "looked_up",
        "opening",
        "phase",
        "refusal",
        "response_at",
        "reused",
        "sent",
        "written",
    )

    def __init__(self, host: str, began: float) -> None:
        self.host = host
        self.began = began
        self.phase = "while connecting"
        self.address: str | None = None
        self.addresses: tuple[str, ...] = ()
        self.certificate: Certificate | None = None
        self.refusal: str | None = None
        self.reused = False
        self.sent = 0
        self.opening = b""
        self.looked_up: float | None = None
        self.connected: float | None = None
        self.written: float | None = None
        self.response_at: float | None = None
