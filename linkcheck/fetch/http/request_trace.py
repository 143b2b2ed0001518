"""What is known of one request while it is under way: the notebook that sockets, resolver and guard write in."""

from linkcheck.model import Certificate


class RequestTrace:
    """One request, from the look-up of its host to the head of its answer. Times are the event loop's, None if not met.

    `phase` is what is being done, as a clause for messages. `sent` counts how often the request went out (a kept
    connection that turns out to be closed costs a second time). `opening` is how an answer that cannot be read begins.
    `refusal` is why an address was not dialled.
    """

    __slots__ = (
        "address",
        "addresses",
        "began",
        "certificate",
        "connected",
        "heard",
        "host",
        "looked_up",
        "opening",
        "phase",
        "refusal",
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
        self.heard: float | None = None
