"""What a crawl tells of itself: how far it is, and how it ended."""

from msgspec import Struct


class CrawlResult(Struct, frozen=True):
    """How a crawl ended. `because` says in one sentence why it is not complete; `interrupted` is the signal's number."""

    complete: bool
    because: str | None = None
    interrupted: int | None = None
    network_down: bool = False
    requests: int = 0
    notices: tuple[str, ...] = ()


class CrawlProgress(Struct, frozen=True):
    """How far a crawl is. `done` are outcomes recorded, `put_off` those that get a second look at the end.

    `resting` are hosts that asked for a rest or do not answer; `message` says why nothing moves, where nothing does.
    """

    done: int
    put_off: int
    requests: int
    in_flight: int
    hosts: int
    resting: tuple[str, ...] = ()
    message: str | None = None
