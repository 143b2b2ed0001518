"""How the transports are nested: the one visible place."""

import httpx

from linkcheck.fetch.guard import Guard, Policy
from linkcheck.fetch.options import Options


def build_transport(options: Options) -> httpx.AsyncBaseTransport:
    """Guard(HTTP), Guard(Record(HTTP)) or Guard(Replay): all that stands between one request and the web.

    Pace and retries come around it, per worker (see `crawl`). The caller closes it (`aclose`). Raises UsageError for
    options that name a file or network that is none.
    """
    policy = Policy(options)
    inner = _innermost(options, policy)
    if options.record is not None:
        from linkcheck.fetch.record import Record

        inner = Record(options.record, inner, secrets=options.hosts)
    return Guard(policy, inner)


def _innermost(options: Options, policy: Policy) -> httpx.AsyncBaseTransport:
    if options.replay is not None:
        from linkcheck.fetch.replay import Replay

        return Replay(options.replay, policy)
    from linkcheck.fetch.transport import WireTransport

    return WireTransport(options, policy)
