"""Circuit breakers: failures that apply to a whole host, so that not every one of its URLs is requested.

A host that does not respond, or that returns a server error for every URL, gets no requests for a while, then one at a time,
then none. A failure that depends on the origin alone (a certificate, a protocol) is applied to all its URLs.
"""

from msgspec.structs import replace

from linkcheck.fetch.politeness.host_limits import HostState, OriginFailure
from linkcheck.fetch.politeness.retry import LASTING
from linkcheck.model import Failure, FailureKind, Outcome, Target
from linkcheck.urls import parse_url

STRIKES = 3
"""Failures in a row, for at least two URLs, that open the breaker."""
ERRORS = 5
"""Different URLs with a server error, and no other response, that open the breaker."""
MOST_ERRORS = 10
"""Different URLs with a server error after which the host gets no further requests."""
ALIKE = 3
"""Different URLs of an origin with the same lasting failure, after which the others are not requested."""
FIRST_REST = 30.0
LONGEST_REST = 600.0
_NO_ANSWER = frozenset({FailureKind.CONNECT, FailureKind.DNS, FailureKind.TIMEOUT})
_OF_THE_ORIGIN = {kind: LASTING[kind] for kind in (FailureKind.CONNECT, FailureKind.PROTOCOL, FailureKind.TLS)}
SERVER_ERROR = 500
_NOT_THE_HOST = frozenset({"no-descriptors", "proxy", "no-ipv6", "body", "nxdomain", "no-address"})
"""Failures on this machine, and DNS results, which apply to the whole host anyway."""


def is_silence(failure: Failure) -> bool:
    """Whether the host, not only the URL, does not respond."""
    return failure.kind in _NO_ANSWER and failure.detail not in _NOT_THE_HOST


def record_failure(state: HostState, outcome: Outcome, now: float) -> None:
    """Record the result of an attempt that ended at this host; a response was already recorded by `record_success`."""
    failure, answer = outcome.failure, outcome.answer
    if failure is not None and is_silence(failure):
        state.strikes += 1
        if len(state.failed_urls) < STRIKES:
            state.failed_urls.add(outcome.url)
    elif answer is not None and answer.status >= SERVER_ERROR and answer.challenge is None and not state.answers:
        if len(state.errors) < MOST_ERRORS:
            state.errors[outcome.url] = answer.status
    else:
        if answer is not None:  # a bot wall, or an error of a host whose other pages work
            state.answers = True
            record_success(state)
        return
    broken = state.times_opened or (state.strikes >= STRIKES and len(state.failed_urls) > 1) or len(state.errors) >= ERRORS
    if broken and state.open_until <= now:  # not again for requests under way when it opened
        state.open_until = now + min(LONGEST_REST, FIRST_REST * 2.0**state.times_opened)
        state.times_opened += 1


def record_success(state: HostState) -> None:
    """Reset the breaker: the host responds."""
    state.strikes = state.times_opened = 0
    state.tried = False
    state.open_until = 0.0
    state.failed_urls.clear()
    state.errors.clear()


def record_origin_failure(state: HostState, outcome: Outcome) -> None:
    """Record a failure that depends on the origin alone, unless it occurred after a redirect."""
    failure = outcome.failure
    if failure is None or outcome.hops or failure.detail not in _OF_THE_ORIGIN.get(failure.kind, ()):
        return
    origin, lasting = parse_url(outcome.url).origin, state.lasting
    if origin in state.origins:
        return  # it depends on which of its servers responds
    if lasting is None or lasting.origin != origin or lasting.outcome.failure != failure:
        lasting = state.lasting = OriginFailure(origin, outcome, set())
    if len(lasting.urls) < ALIKE:
        lasting.urls.add(outcome.url)


def known_origin_failure(state: HostState, target: Target) -> Outcome | None:
    """The outcome for this target without a request: the lasting failure of another URL of its origin."""
    lasting = state.lasting
    if lasting is None or len(lasting.urls) < ALIKE or lasting.origin in state.origins:
        return None
    if parse_url(target.url).origin != lasting.origin:
        return None
    return replace(lasting.outcome, url=target.url, probe=target.probe, attempts=0, requests=0, seconds=0.0)


def may_give_up(state: HostState) -> bool:
    """Whether the failures suffice to give up a host after its last try."""
    return not state.errors or len(state.errors) >= MOST_ERRORS


def give_up(state: HostState) -> None:
    """Stop requesting the host: its last try failed too."""
    if state.errors:
        statuses = ", ".join(map(str, sorted(set(state.errors.values()))))
        state.down = Failure(
            FailureKind.HOST_DOWN,
            "server-errors",
            f"{state.host} returned only {statuses} for {len(state.errors)} URLs; its other links were not requested",
        )
        return
    state.down = Failure(
        FailureKind.HOST_DOWN,
        "no-answer",
        f"{state.host} did not respond to {state.strikes} requests in a row; its other links were not requested",
    )
