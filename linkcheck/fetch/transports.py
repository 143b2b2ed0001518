"""How the transports are nested: the one visible place."""

import httpx

from linkcheck.fetch.guard import Guard, Policy
from linkcheck.fetch.options import Options
from linkcheck.fetch.record import Record
from linkcheck.fetch.replay import Replay
from linkcheck.fetch.transport import WireTransport


def build_transport(options: Options) -> httpx.AsyncBaseTransport:
    """Guard(HTTP), Guard(Record(HTTP)) or Guard(Replay): all that stands between one request and the web.

    Pace and retries come around it, per worker (see `crawl`). The caller closes it (`aclose`). Raises UsageError for
    options that name a file or network that is none.
    """
    policy = Policy(options)
    replay = options.replay
    inner: httpx.AsyncBaseTransport = Replay(replay, policy) if replay is not None else WireTransport(options, policy)
    if options.record is not None:
        inner = Record(options.record, inner, secrets=options.hosts)
    return Guard(policy, inner)
