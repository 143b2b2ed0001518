"""Builds the stack of transports."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from linkcheck.fetch.http.address_guard import Guard, Policy
from linkcheck.fetch.http.messages import Transport
from linkcheck.fetch.options import FetchOptions

if TYPE_CHECKING:
    import httpx

    from linkcheck.fetch.replay.player import Replay
    from linkcheck.fetch.replay.recorder import Recorder


def build_transport(
    options: FetchOptions,
    *,
    recorder: "Recorder | None" = None,
    replay: "Replay | None" = None,
    foreign: "httpx.AsyncBaseTransport | None" = None,
) -> Transport:
    """Guard(HTTP), Guard(Record(HTTP)) or Guard(Replay): the layers shared by all requests.

    `recorder` and `replay` are those of the options, if the caller needs them too; `foreign` replaces HTTP. Throttling and
    retries are added around it, per worker (see `crawl`). The caller closes it (`aclose`). Raises UsageError for an invalid
    file or network in the options.
    """
    policy = Policy(options)
    inner = replay or replay_of(options) or _http(options, policy, foreign)
    if options.record is not None:
        from linkcheck.fetch.replay.recorder import RecordingTransport

        inner = RecordingTransport(options.record, inner, options, recorder)
    return Guard(policy, inner)


def replay_of(options: FetchOptions) -> "Replay | None":
    """The player for `--replay`; None without. Raises UsageError."""
    if options.replay is None:
        return None
    from linkcheck.fetch.replay.player import Replay

    return Replay(options.replay, Policy(options))


def recorder_for(options: FetchOptions) -> "Recorder | None":
    """The recorder for `--record`; None without."""
    if options.record is None:
        return None
    from linkcheck.fetch.replay.recorder import Recorder

    return Recorder()


def polite_transport(options: FetchOptions) -> "httpx.AsyncBaseTransport":
    """Throttle(Guard(HTTP)) as an httpx transport, for requests that are not link checks: a web archive.

    `httpx.AsyncClient(transport=polite_transport(options))` closes it. Raises UsageError as `build_transport` does. Its
    requests are not recorded.
    """
    from linkcheck.fetch.httpx_adapter import PoliteTransport

    return PoliteTransport(build_transport(replace(options, record=None)), options)


def _http(options: FetchOptions, policy: Policy, foreign: "httpx.AsyncBaseTransport | None") -> Transport:
    if foreign is not None:
        from linkcheck.fetch.httpx_adapter import ForeignTransport

        return ForeignTransport(foreign, options)
    from linkcheck.fetch.http.wire_transport import WireTransport

    return WireTransport(options, policy)
