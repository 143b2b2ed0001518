"""A host that does not answer is left alone for a while, then tried with a single request, then given up."""

from linkcheck.fetch.gate import Gate
from linkcheck.model import Failure, FailureKind, Outcome

STRIKES = 3
"""Failures in a row that open the breaker, when at least two URLs met them."""
FIRST_REST = 30.0
LONGEST_REST = 600.0
_NO_ANSWER = frozenset({FailureKind.CONNECT, FailureKind.DNS, FailureKind.TIMEOUT})
_SAYS_NOTHING = frozenset({"no-descriptors", "proxy", "no-ipv6", "body", "nxdomain", "no-address"})
"""Faults of ours, and answers of the name server, which holds for the whole host by itself."""


def is_silence(failure: Failure) -> bool:
    """Whether a failure says that the host, not the URL, gives no answer."""
    return failure.kind in _NO_ANSWER and failure.detail not in _SAYS_NOTHING


def strike(gate: Gate, outcome: Outcome, now: float) -> None:
    """Note what an attempt that ended at this host says about it; that it answered is noted by `answered` at once."""
    failure = outcome.failure
    if failure is None or not is_silence(failure):
        return
    gate.strikes += 1
    if len(gate.struck) < STRIKES:
        gate.struck.add(outcome.url)
    broken = gate.trips or (gate.strikes >= STRIKES and len(gate.struck) > 1)
    if broken and gate.open_until <= now:  # not again for those under way when it opened
        gate.open_until = now + min(LONGEST_REST, FIRST_REST * 2.0**gate.trips)
        gate.trips += 1


def answered(gate: Gate) -> None:
    """The host answers: whatever its breaker held against it is over."""
    gate.strikes = gate.trips = 0
    gate.open_until = 0.0
    gate.struck.clear()


def give_up(gate: Gate) -> None:
    """The last try failed too: the rest of the host's targets are not asked."""
    gate.down = Failure(
        FailureKind.HOST_DOWN,
        "no-answer",
        f"{gate.host} gave no answer to {gate.strikes} requests in a row; its other links were not asked",
    )
