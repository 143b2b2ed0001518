"""Distinguishes failures of the local network from failures of hosts.

For each abnormal network state, the domains that suggest it are counted since the last contradiction. A state is suspected
when there are enough of them, or when nothing is left to request. Only further requests can confirm it (`outage`); a failure
that turned out to be the domain's own (`dismiss`) raises no suspicion again.
"""

import math
from collections import OrderedDict
from collections.abc import Callable, Collection
from enum import StrEnum

from linkcheck.fetch.politeness.circuit_breaker import is_silence
from linkcheck.fetch.politeness.retry import UNKNOWN_AUTHORITIES
from linkcheck.model import Failure, FailureKind, Outcome, Probe, Target

ENOUGH = 10
"""Domains in a row that raise a suspicion after an earlier contradiction."""
ENOUGH_AT_START = 100
"""The threshold before any contradiction: the largest hosts come first, and many of them may not respond. A shorter run ends
before, and is suspected then."""
ENOUGH_AT_END = 3
"""Domains that refused connections, or whose certificates are unknown, if there was no other response in the whole run."""
KNOWN_GOOD = 5
"""Domains in a row that do not respond but answered in earlier runs."""
KEPT_CONTROLS = 3
"""Domains that answered in this run, kept as controls for a suspected network failure."""
SAME_PORTAL = 5
"""Unrelated domains in a row that all redirect temporarily to one URL."""
_NO_NAME_SERVER = {(FailureKind.DNS, "timeout"), (FailureKind.DNS, "no-names")}
_UNROUTED = {
    *_NO_NAME_SERVER,
    (FailureKind.CONNECT, "no-route"),
    (FailureKind.CONNECT, "proxy-silent"),
    (FailureKind.CONNECT, "proxy"),
}
_DNS_DETAILS = {(FailureKind.DNS, "nxdomain"), (FailureKind.DNS, "no-address")}
"""DNS results do not prove that hosts can be reached: names can resolve where no other traffic passes."""
_NOT_SENT = (FailureKind.HOST_DOWN, FailureKind.INTERNAL, FailureKind.REFUSED_BY_GUARD, FailureKind.OUT_OF_TIME)
_REDIRECTS_FOR_NOW = (302, 303, 307)
_NETWORK_AUTHENTICATION_REQUIRED = 511


class NetworkState(StrEnum):
    """What the most recent domains have in common."""

    OK = "fine"
    OFFLINE = "no network connection: no host responds"
    TLS_INTERCEPTED = (
        "every certificate is signed by an unknown authority: the connection is intercepted, or --ca-bundle is missing"
    )
    CAPTIVE_PORTAL = "a captive portal responds instead of the requested hosts"


SUSPECTS = (NetworkState.OFFLINE, NetworkState.TLS_INTERCEPTED, NetworkState.CAPTIVE_PORTAL)


class NetworkMonitor:
    """Tracks the results of the most recent domains. `domain` returns the registrable domain of a host, None for an address.

    Domains are counted, never attempts: a retry adds no evidence.
    """

    def __init__(self, domain: Callable[[str], str | None], *, known_good: Collection[str] = ()) -> None:
        self._domain = domain
        self._known_good = frozenset(domain(host) or host for host in known_good)
        self._rows: dict[NetworkState, dict[str, object]] = {state: {} for state in SUSPECTS}
        """Domains that suggest a state, in a row since the last contradiction, each with its response."""
        self._contradicted_at: dict[NetworkState, float] = {}
        self._own: dict[NetworkState, set[str]] = {state: set() for state in SUSPECTS}
        self._answered: OrderedDict[str, tuple[Target, frozenset[NetworkState]]] = OrderedDict()
        """Domains that answered, each with the states that its answer contradicts."""

    @property
    def ever_answered(self) -> bool:
        """Whether anything passed the network."""
        return NetworkState.OFFLINE in self._contradicted_at

    @property
    def ever_clean(self) -> bool:
        """Whether there was an answer that is certainly from the intended host."""
        return NetworkState.CAPTIVE_PORTAL in self._contradicted_at

    def was_contradicted(self, state: NetworkState) -> bool:
        return self.ever_clean and state in self._contradicted_at

    def note(self, host: str, outcome: Outcome, *, now: float = 0.0) -> NetworkState:
        """Record an outcome and return the network state that it suggests together with earlier ones.

        `now` is the event loop's time: an attempt that began before a contradiction does not suggest a state.
        """
        failure = outcome.failure
        if failure is not None and (failure.kind, failure.detail) in _DNS_DETAILS:
            return NetworkState.OK
        contradicted = frozenset(state for state in SUSPECTS if proves_network_up(outcome, state))
        for state in contradicted:
            self._contradicted_at[state] = now
            self._rows[state].clear()
        domain = self._domain(host) or host
        if contradicted:
            self._keep_control(domain, host, outcome, contradicted)
        state, evidence = _suggested(outcome)
        if state is NetworkState.OK or domain in self._own[state]:
            return NetworkState.OK
        if isinstance(evidence, str) and domain == self._domain(evidence.partition("/")[0]):
            return NetworkState.OK  # a URL of its own
        if now - outcome.seconds < self._contradicted_at.get(state, -math.inf):
            return NetworkState.OK
        row = self._rows[state]
        row[domain] = evidence
        return state if self._is_enough(state, row) else NetworkState.OK

    def may_be_captive_portal(self, outcome: Outcome) -> bool:
        """Whether an answer may be a captive portal's, since no certain one was received yet."""
        return not self.ever_clean and _suggested(outcome)[0] is NetworkState.CAPTIVE_PORTAL

    def controls(self, suspected: NetworkState) -> tuple[Target, ...] | None:
        """The most recent targets that contradicted a state, first those of domains that do not suggest it now.

        None if they would prove nothing.
        """
        row = self._rows[suspected]
        if row and all(evidence in _NO_NAME_SERVER for evidence in row.values()):
            return None  # the addresses of hosts that answered are cached, so they prove nothing about the DNS server
        fit = [domain for domain, (_, contradicts) in reversed(self._answered.items()) if suspected in contradicts]
        return tuple(self._answered[domain][0] for domain in sorted(fit, key=row.__contains__))

    def blames(self, host: str) -> bool:
        """Whether a host's lack of response was confirmed as its own failure."""
        return (self._domain(host) or host) in self._own[NetworkState.OFFLINE]

    def dismiss(self, suspected: NetworkState) -> None:
        """The network is fine: the failures are those of the domains."""
        self._own[suspected].update(self._rows[suspected])
        self._rows[suspected].clear()

    def reset(self) -> None:
        """Discard earlier evidence: the network is back."""
        for row in self._rows.values():
            row.clear()

    def at_end(self) -> NetworkState:
        """The state to suspect when only failed targets are left: one that nothing has contradicted since."""
        down, intercepted, captive = (self._rows[state] for state in SUSPECTS)
        portals = set(captive.values())
        if not self.ever_clean and (None in portals or (len(captive) >= SAME_PORTAL and len(portals) == 1)):
            return NetworkState.CAPTIVE_PORTAL
        if down:
            return NetworkState.OFFLINE
        through_tls = NetworkState.TLS_INTERCEPTED in self._contradicted_at
        if not through_tls and len(intercepted) >= (ENOUGH if self.ever_clean else ENOUGH_AT_END):
            return NetworkState.TLS_INTERCEPTED
        return NetworkState.OK

    @property
    def is_weak(self) -> bool:
        """Whether the suspicion is based on only a few hosts that refuse connections, which may be coincidence.

        A few that cannot be resolved or routed are stronger evidence.
        """
        row = self._rows[NetworkState.OFFLINE]
        return (
            not self.ever_answered
            and len(row) < ENOUGH_AT_END
            and any(evidence not in _UNROUTED for evidence in row.values())
        )

    def _is_enough(self, state: NetworkState, row: dict[str, object]) -> bool:
        if state not in self._contradicted_at:
            return len(row) >= ENOUGH_AT_START
        if state is NetworkState.OFFLINE:
            return len(row) >= ENOUGH or sum(1 for domain in row if domain in self._known_good) >= KNOWN_GOOD
        if state is NetworkState.CAPTIVE_PORTAL:
            return len(row) >= SAME_PORTAL and len(set(row.values())) == 1
        return len(row) >= ENOUGH

    def _keep_control(self, domain: str, host: str, outcome: Outcome, contradicts: frozenset[NetworkState]) -> None:
        self._answered.pop(domain, None)
        self._answered[domain] = (Target(outcome.url, Probe.STATUS, host), contradicts)
        if len(self._answered) > KEPT_CONTROLS:
            # One that contradicts few states must not replace one that contradicts all.
            poorest = min(self._answered, key=lambda each: len(self._answered[each][1]))
            del self._answered[poorest]


def _suggested(outcome: Outcome) -> tuple[NetworkState, object]:
    """The state that a single outcome suggests, and its evidence: the failure, or the URL redirected to."""
    state = network_state_of(outcome)
    if state is NetworkState.OK and (door := portal_url(outcome)) is not None:
        return NetworkState.CAPTIVE_PORTAL, door
    if state is NetworkState.CAPTIVE_PORTAL or outcome.failure is None:
        return state, None
    return state, (outcome.failure.kind, outcome.failure.detail)


def network_state_of(outcome: Outcome) -> NetworkState:
    """The network state that a single outcome suggests."""
    answer, failure = outcome.answer, outcome.failure
    if answer is not None and answer.status == _NETWORK_AUTHENTICATION_REQUIRED:
        return NetworkState.CAPTIVE_PORTAL
    if failure is None or outcome.hops:
        return NetworkState.OK
    if is_network_silence(failure):
        return NetworkState.OFFLINE
    if (failure.kind, failure.detail) in UNKNOWN_AUTHORITIES:
        return NetworkState.TLS_INTERCEPTED
    return NetworkState.OK


def is_network_silence(failure: Failure) -> bool:
    """Whether a network failure would cause this; a refused connection or a missing name is a response."""
    if (failure.kind, failure.detail) == (FailureKind.CONNECT, "proxy"):
        return True  # the proxy belongs to the local network
    return is_silence(failure) and failure.detail != "refused"


def portal_url(outcome: Outcome) -> str | None:
    """Host and path of the URL that an http target's first hop redirected to temporarily; None if it did not."""
    if not outcome.hops or not outcome.url.startswith("http://"):
        return None
    first = outcome.hops[0]
    if first.status not in _REDIRECTS_FOR_NOW or first.location is None or "://" not in first.location:
        return None
    door = first.location.partition("://")[2].partition("?")[0].partition("#")[0]
    return door if door.partition("/")[0] not in outcome.url else None


def is_missing_name(outcome: Outcome) -> bool:
    """Whether the DNS server denied the target's own host, not one it redirects to."""
    failure = outcome.failure
    return failure is not None and (failure.kind, failure.detail) == (FailureKind.DNS, "nxdomain") and not outcome.hops


def may_be_network(outcome: Outcome | None, suspected: NetworkState | None = None) -> bool:
    """Whether the network may have caused an outcome."""
    if outcome is None:
        return False
    return network_state_of(outcome) is not NetworkState.OK or (
        suspected is NetworkState.CAPTIVE_PORTAL and portal_url(outcome) is not None
    )


def is_unrouted(outcome: Outcome | None) -> bool:
    """Whether an attempt did not leave the local network: no DNS server, no route, no connection through the proxy."""
    failure = None if outcome is None or outcome.hops else outcome.failure
    return failure is not None and (failure.kind, failure.detail) in _UNROUTED


def proves_network_up(outcome: Outcome, suspected: NetworkState) -> bool:
    """Whether an outcome contradicts a suspected network state.

    Any response or refused connection shows that traffic passes, but certificates are proven valid only by an answer through
    TLS, and a captive portal is ruled out only by an answer of the intended host.
    """
    failure = None if outcome.hops else outcome.failure
    if failure is not None and (failure.kind in _NOT_SENT or failure.detail == "no-ipv6"):
        return False
    if failure is not None and (failure.kind, failure.detail) in _DNS_DETAILS:
        return False
    state = network_state_of(outcome)
    if suspected is NetworkState.OFFLINE:
        return state is not NetworkState.OFFLINE
    if suspected is NetworkState.TLS_INTERCEPTED:
        through_tls = outcome.url.startswith("https://") and (outcome.answer is not None or bool(outcome.hops))
        return state is NetworkState.OK and through_tls
    return state is NetworkState.OK and portal_url(outcome) is None
