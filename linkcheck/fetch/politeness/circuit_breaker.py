"""What holds for a whole host, so that not every one of its URLs is requested to learn it again.

A host that does not answer, or that answers every URL with a server error, is left alone for a while, then tried with a
single request at a time, then given up. A failure that depends on the origin alone (a certificate, a protocol) is taken for
all its URLs at once.
"""

from msgspec.structs import replace

from linkcheck.fetch.politeness.host_limits import HostState, OriginFailure
from linkcheck.fetch.politeness.retry import LASTING
from linkcheck.model import Failure, FailureKind, Outcome, Target
from linkcheck.urls import parse_url

STRIKES = 3
"""Failures in a row that open the breaker, when at least two URLs met them."""
ERRORS = 5
"""Different URLs answered with a server error, and nothing else, that open the breaker."""
MOST_ERRORS = 10
"""The same that give the host up."""
ALIKE = 3
"""Different URLs of an origin that met the same lasting failure, after which the others are not requested."""
FIRST_REST = 30.0
LONGEST_REST = 600.0
_NO_ANSWER = frozenset({FailureKind.CONNECT, FailureKind.DNS, FailureKind.TIMEOUT})
_OF_THE_ORIGIN = {kind: LASTING[kind] for kind in (FailureKind.CONNECT, FailureKind.PROTOCOL, FailureKind.TLS)}
SERVER_ERROR = 500
_SAYS_NOTHING = frozenset({"no-descriptors", "proxy", "no-ipv6", "body", "nxdomain", "no-address"})
"""Faults of ours, and answers of the name server, which holds for the whole host by itself."""


def is_silence(failure: Failure) -> bool:
    """Whether a failure says that the host, not the URL, gives no answer."""
    return failure.kind in _NO_ANSWER and failure.detail not in _SAYS_NOTHING


def record_failure(state: HostState, outcome: Outcome, now: float) -> None:
    """Note what an attempt that ended at this host says about it; that it answered is noted by `record_success` at once."""
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
    if broken and state.open_until <= now:  # not again for those under way when it opened
        state.open_until = now + min(LONGEST_REST, FIRST_REST * 2.0**state.times_opened)
        state.times_opened += 1


def record_success(state: HostState) -> None:
    """The host answers: whatever its breaker held against it is over."""
    state.strikes = state.times_opened = 0
    state.tried = False
    state.open_until = 0.0
    state.failed_urls.clear()
    state.errors.clear()


def record_origin_failure(state: HostState, outcome: Outcome) -> None:
    """Note a failure that depends on the origin alone, unless it was met behind a redirect."""
    failure = outcome.failure
    if failure is None or outcome.hops or failure.detail not in _OF_THE_ORIGIN.get(failure.kind, ()):
        return
    origin, held = parse_url(outcome.url).origin, state.lasting
    if origin in state.origins:
        return  # it depends on which of its servers answers
    if held is None or held.origin != origin or held.outcome.failure != failure:
        held = state.lasting = OriginFailure(origin, outcome, set())
    if len(held.urls) < ALIKE:
        held.urls.add(outcome.url)


def known_origin_failure(state: HostState, target: Target) -> Outcome | None:
    """What a request would only meet again: the outcome of a URL of the same origin, for this target."""
    held = state.lasting
    if held is None or len(held.urls) < ALIKE or held.origin in state.origins:
        return None
    if parse_url(target.url).origin != held.origin:
        return None
    return replace(held.outcome, url=target.url, probe=target.probe, attempts=0, requests=0, seconds=0.0)


def may_give_up(state: HostState) -> bool:
    """Whether enough was met at a host that was tried once more at the end."""
    return not state.errors or len(state.errors) >= MOST_ERRORS


def give_up(state: HostState) -> None:
    """The last try failed too: the rest of the host's targets are not requested."""
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
