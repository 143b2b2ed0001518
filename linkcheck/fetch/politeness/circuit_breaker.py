"""What holds for a whole host, so that not every one of its URLs is requested to learn it again.

A host that does not answer, or that answers every URL with a server error, is left alone for a while, then tried with a
single request at a time, then given up. A failure that depends on the origin alone (a certificate, a protocol) is taken for
all its URLs at once.
"""

from msgspec.structs import replace

from linkcheck.fetch.politeness.host_limits import Gate, Lasting
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


def strike(gate: Gate, outcome: Outcome, now: float) -> None:
    """Note what an attempt that ended at this host says about it; that it answered is noted by `answered` at once."""
    failure, answer = outcome.failure, outcome.answer
    if failure is not None and is_silence(failure):
        gate.strikes += 1
        if len(gate.struck) < STRIKES:
            gate.struck.add(outcome.url)
    elif answer is not None and answer.status >= SERVER_ERROR and answer.challenge is None and not gate.answers:
        if len(gate.errors) < MOST_ERRORS:
            gate.errors[outcome.url] = answer.status
    else:
        if answer is not None:  # a bot wall, or an error of a host whose other pages work
            gate.answers = True
            answered(gate)
        return
    broken = gate.trips or (gate.strikes >= STRIKES and len(gate.struck) > 1) or len(gate.errors) >= ERRORS
    if broken and gate.open_until <= now:  # not again for those under way when it opened
        gate.open_until = now + min(LONGEST_REST, FIRST_REST * 2.0**gate.trips)
        gate.trips += 1


def answered(gate: Gate) -> None:
    """The host answers: whatever its breaker held against it is over."""
    gate.strikes = gate.trips = 0
    gate.tried = False
    gate.open_until = 0.0
    gate.struck.clear()
    gate.errors.clear()


def keep_lasting(gate: Gate, outcome: Outcome) -> None:
    """Note a failure that depends on the origin alone, unless it was met behind a redirect."""
    failure = outcome.failure
    if failure is None or outcome.hops or failure.detail not in _OF_THE_ORIGIN.get(failure.kind, ()):
        return
    origin, held = parse_url(outcome.url).origin, gate.lasting
    if origin in gate.origins:
        return  # it depends on which of its servers answers
    if held is None or held.origin != origin or held.outcome.failure != failure:
        held = gate.lasting = Lasting(origin, outcome, set())
    if len(held.urls) < ALIKE:
        held.urls.add(outcome.url)


def known_failure(gate: Gate, target: Target) -> Outcome | None:
    """What a request would only meet again: the outcome of a URL of the same origin, for this target."""
    held = gate.lasting
    if held is None or len(held.urls) < ALIKE or held.origin in gate.origins:
        return None
    if parse_url(target.url).origin != held.origin:
        return None
    return replace(held.outcome, url=target.url, probe=target.probe, attempts=0, requests=0, seconds=0.0)


def may_give_up(gate: Gate) -> bool:
    """Whether enough was met at a host that was tried once more at the end."""
    return not gate.errors or len(gate.errors) >= MOST_ERRORS


def give_up(gate: Gate) -> None:
    """The last try failed too: the rest of the host's targets are not requested."""
    if gate.errors:
        statuses = ", ".join(map(str, sorted(set(gate.errors.values()))))
        gate.down = Failure(
            FailureKind.HOST_DOWN,
            "server-errors",
            f"{gate.host} answered {len(gate.errors)} different URLs with nothing but {statuses}; its other links were not "
            "requested",
        )
        return
    gate.down = Failure(
        FailureKind.HOST_DOWN,
        "no-answer",
        f"{gate.host} gave no answer to {gate.strikes} requests in a row; its other links were not asked",
    )
