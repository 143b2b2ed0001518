"""The progress and the result of a crawl."""

from msgspec import Struct


class CrawlResult(Struct, frozen=True):
    """How a crawl ended. `because` is the reason, as a sentence, if it is incomplete; `interrupted` is the signal."""

    complete: bool
    because: str | None = None
    interrupted: int | None = None
    network_down: bool = False
    requests: int = 0
    notices: tuple[str, ...] = ()


class CrawlProgress(Struct, frozen=True):
    """The progress of a crawl. `done` counts recorded outcomes, `put_off` those that get a final retry.

    `resting` are hosts that requested a pause or do not respond; `message` is why the crawl waits, if it does.
    `least_seconds` is a lower bound of the time left: the longest queue at the rate of its host.
    """

    done: int
    put_off: int
    requests: int
    in_flight: int
    hosts: int
    resting: tuple[str, ...] = ()
    message: str | None = None
    least_seconds: float = 0.0
