"""How the transports are nested: the one visible place."""

from typing import TYPE_CHECKING

import httpx

from linkcheck.fetch.http.address_guard import Guard, Policy
from linkcheck.fetch.options import Options

if TYPE_CHECKING:
    from linkcheck.fetch.replay.player import Replay
    from linkcheck.fetch.replay.recorder import Tape


def build_transport(
    options: Options, *, tape: "Tape | None" = None, replay: "Replay | None" = None
) -> httpx.AsyncBaseTransport:
    """Guard(HTTP), Guard(Record(HTTP)) or Guard(Replay): all that stands between one request and the web.

    `tape` and `replay` are those of the options, for who needs them besides. Pace and retries come around it, per worker
    (see `crawl`). The caller closes it (`aclose`). Raises UsageError for options that name a file or network that is none.
    """
    policy = Policy(options)
    inner = replay or replay_of(options) or _wire(options, policy)
    if options.record is not None:
        from linkcheck.fetch.replay.recorder import Record

        inner = Record(options.record, inner, options, tape)
    return Guard(policy, inner)


def replay_of(options: Options) -> "Replay | None":
    """The file of `--replay`, read; None without. Raises UsageError."""
    if options.replay is None:
        return None
    from linkcheck.fetch.replay.player import Replay

    return Replay(options.replay, Policy(options))


def tape_for(options: Options) -> "Tape | None":
    """Where a run with `--record` is kept until it is written; None without."""
    if options.record is None:
        return None
    from linkcheck.fetch.replay.recorder import Tape

    return Tape()


def _wire(options: Options, policy: Policy) -> httpx.AsyncBaseTransport:
    from linkcheck.fetch.http.wire_transport import WireTransport

    return WireTransport(options, policy)
