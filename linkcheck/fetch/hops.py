"""From a target to its outcome: one attempt, redirects followed hop by hop."""

from collections.abc import Callable

import httpx

from linkcheck.fetch.options import Options
from linkcheck.model import Outcome, Target


async def follow(
    target: Target,
    transport: httpx.AsyncBaseTransport,
    options: Options,
    *,
    validators: tuple[str | None, str | None] | None = None,
    watch: Callable[[httpx.Request, httpx.Response], None] | None = None,
) -> Outcome:
    """Ask for the target once and say what became of it.

    Never raises because the web is bad. `validators` are the ETag and Last-Modified of an earlier answer, sent with the
    first request (an unchanged target answers 304). `watch` is told of every answer, redirects included.
    """
    raise NotImplementedError
