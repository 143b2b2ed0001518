"""Is it the web, or is it our own network? Silence from everywhere at once is news of the network (and of nothing else)."""

import math
from collections import OrderedDict
from collections.abc import Callable, Collection
from enum import StrEnum

from linkcheck.fetch.breaker import is_silence
from linkcheck.fetch.retry import UNKNOWN_AUTHORITIES
from linkcheck.model import Failure, FailureKind, Outcome, Probe, Target

REMEMBERED = 30
"""The domains heard of last that count."""
ENOUGH = 10
"""Domains in a row without an answer that raise a suspicion when others answered before."""
ENOUGH_AT_START = 100
"""The same while nothing has answered yet: the largest hosts come first, and many of them may be silent. A shorter run
comes to its end before, and is suspected there."""
ENOUGH_AT_END = 3
"""Domains that took no connection, where nothing answered in the whole run."""
KNOWN_GOOD = 5
"""The same of domains that answered in earlier runs."""
KEPT_CONTROLS = 3
"""Domains of this run that answered, kept to be requested again when the network is suspected."""
_NO_NAME_SERVER = {(FailureKind.DNS, "timeout"), (FailureKind.DNS, "no-names")}
_UNROUTED = {
    (FailureKind.DNS, "timeout"),
    (FailureKind.DNS, "no-names"),
    (FailureKind.CONNECT, "no-route"),
    (FailureKind.CONNECT, "proxy-silent"),
    (FailureKind.CONNECT, "proxy"),
}
_OF_THE_NAME = {(FailureKind.DNS, "nxdomain"), (FailureKind.DNS, "no-address")}
"""What a name server says tells nothing of the hosts beyond it: names can be looked up where nothing else gets through."""
_SHARE = 0.8
_REDIRECTS_FOR_NOW = (302, 303, 307)
_NETWORK_AUTHENTICATION_REQUIRED = 511
_SAME_DOOR = 5


class Weather(StrEnum):
    """What the last domains have in common."""

    FINE = "fine"
    DOWN = "nothing on the network responds"
    INTERCEPTED = (
        "every certificate is signed by someone unknown: the connection is intercepted, or trust is missing (--ca-bundle)"
    )
    CAPTIVE = "a captive portal answers in place of the hosts asked"


class Health:
    """Keeps what was heard of the last hosts. `domain` tells the registrable domain of a host, None for an address.

    Domains are counted, never attempts: a retry adds no evidence. An answer from anywhere clears all suspicion, and a domain
    whose silence was shown to be its own (`absolve`) raises none again.
    """

    def __init__(self, domain: Callable[[str], str | None], *, known_good: Collection[str] = ()) -> None:
        self._domain = domain
        self._known_good = frozenset(domain(host) or host for host in known_good)
        self._heard: OrderedDict[str, Weather] = OrderedDict()
        self._doors: OrderedDict[str, str] = OrderedDict()
        self._unrouted: set[str] = set()
        self._row: dict[str, bool] = {}
        """Domains silent since the last answer, each with whether no name server answered for it."""
        self._own_silence: set[str] = set()
        self._answered: OrderedDict[str, Target] = OrderedDict()
        self.ever_answered = False
        self._answered_at = -math.inf

    def note(self, host: str, outcome: Outcome, *, now: float = 0.0) -> Weather:
        """Take an outcome in; what it and the ones before suggest about the network.

        `now` is the event loop's time: silence says nothing about the network where something answered meanwhile.
        """
        if outcome.failure is not None and (outcome.failure.kind, outcome.failure.detail) in _OF_THE_NAME:
            return Weather.FINE
        kind = weather_of(outcome)
        if outcome.failure is not None and (outcome.failure.kind, outcome.failure.detail) in _UNROUTED:
            self._unrouted.add(host)
        self._heard.pop(host, None)
        self._heard[host] = kind
        if len(self._heard) > 3 * REMEMBERED:
            self._unrouted.discard(self._heard.popitem(last=False)[0])
        if kind is Weather.FINE:
            if is_news(outcome):
                self.ever_answered = True
                self._answered_at = now
                self._row.clear()
                self._keep_control(host, outcome)
            door = door_of(outcome)
            return self._note_door(host, door) if door is not None or self._doors else Weather.FINE
        if kind is Weather.CAPTIVE:
            return kind
        domain = self._domain(host) or host
        if domain in self._own_silence or now - outcome.seconds < self._answered_at:
            return Weather.FINE
        if kind is Weather.DOWN:
            self._row[domain] = (
                outcome.failure is not None and (outcome.failure.kind, outcome.failure.detail) in _NO_NAME_SERVER
            )
        return self._judge(kind)

    def controls(self) -> tuple[Target, ...] | None:
        """What answered last in this run, first of domains that are not silent now; None where it would prove nothing."""
        if self._row and all(self._row.values()):
            return None  # the addresses of what answered are still known, so it says nothing about name servers
        silent = [domain for domain in self._answered if domain in self._row]
        sound = [domain for domain in self._answered if domain not in self._row]
        return tuple(self._answered[domain] for domain in (*reversed(sound), *reversed(silent)))

    def blames(self, host: str) -> bool:
        """Whether the silence of a host was shown to be its own."""
        return (self._domain(host) or host) in self._own_silence

    def absolve(self) -> None:
        """The network is up, so the domains that are silent are silent themselves."""
        self._own_silence.update(self._row)
        self._own_silence.update(
            self._domain(host) or host for host, kind in self._heard.items() if kind is not Weather.FINE
        )
        self._row.clear()

    def reset(self) -> None:
        """The network is back: what was heard before is no evidence any more."""
        self._heard.clear()
        self._doors.clear()
        self._unrouted.clear()
        self._row.clear()

    def at_end(self) -> Weather:
        """What to suspect when nothing is left to request but what failed: the network, where nothing answered since."""
        kinds = set(self._heard.values())
        if self.ever_answered:
            return Weather.DOWN if self._row else Weather.FINE
        if len(kinds) != 1 or {self._domain(host) or host for host in self._heard} <= self._own_silence:
            return Weather.FINE
        kind = kinds.pop()
        return Weather.FINE if kind is Weather.INTERCEPTED and self.is_weak else kind

    @property
    def is_weak(self) -> bool:
        """Whether the suspicion rests on few hosts that take no connection, and may be just that.

        Few that cannot even be looked up or routed to say more.
        """
        return not self.ever_answered and len(self._heard) < ENOUGH_AT_END and not self._heard.keys() <= self._unrouted

    def _judge(self, kind: Weather) -> Weather:
        if kind is Weather.DOWN:
            if not self.ever_answered:
                return kind if len(self._row) >= ENOUGH_AT_START else Weather.FINE
            known = sum(1 for domain in self._row if domain in self._known_good)
            return kind if len(self._row) >= ENOUGH or known >= KNOWN_GOOD else Weather.FINE
        alike = sum(1 for heard in self._heard.values() if heard is kind)
        if alike < ENOUGH:
            return Weather.FINE
        domains: dict[str, Weather] = {}
        for host in reversed(self._heard):
            domains.setdefault(self._domain(host) or host, self._heard[host])
            if len(domains) == REMEMBERED:
                break
        alike = sum(1 for heard in domains.values() if heard is kind)
        return kind if alike >= ENOUGH and alike >= _SHARE * len(domains) else Weather.FINE

    def _keep_control(self, host: str, outcome: Outcome) -> None:
        if outcome.answer is None:
            return
        domain = self._domain(host) or host
        self._answered.pop(domain, None)
        self._answered[domain] = Target(outcome.url, Probe.STATUS, host)
        if len(self._answered) > KEPT_CONTROLS:
            self._answered.popitem(last=False)

    def _note_door(self, host: str, door: str | None) -> Weather:
        """Unrelated hosts that all send to one door, for the moment and at once, are not what answers."""
        if door is None:
            self._doors.clear()
            return Weather.FINE
        self._doors[self._domain(host) or host] = door
        own = self._domain(door.partition("/")[0])
        alike = [domain for domain, other in self._doors.items() if other == door and domain != own]
        return Weather.CAPTIVE if len(alike) >= _SAME_DOOR and len(alike) == len(self._doors) else Weather.FINE


def weather_of(outcome: Outcome) -> Weather:
    """What one outcome taken alone could mean for the network."""
    answer, failure = outcome.answer, outcome.failure
    if answer is not None and answer.status == _NETWORK_AUTHENTICATION_REQUIRED:
        return Weather.CAPTIVE
    if failure is None or outcome.hops:
        return Weather.FINE
    if is_network_silence(failure):
        return Weather.DOWN
    if (failure.kind, failure.detail) in UNKNOWN_AUTHORITIES:
        return Weather.INTERCEPTED
    return Weather.FINE


def is_network_silence(failure: Failure) -> bool:
    """A silence that a network that is down would cause; a host that refuses or a name that does not exist is an answer."""
    if (failure.kind, failure.detail) == (FailureKind.CONNECT, "proxy"):
        return True  # the proxy is ours
    return is_silence(failure) and failure.detail != "refused"


def door_of(outcome: Outcome) -> str | None:
    """Host and path of the URL a target on http was sent to for the moment by its first hop; None where it was not."""
    if not outcome.hops or not outcome.url.startswith("http://"):
        return None
    first = outcome.hops[0]
    if first.status not in _REDIRECTS_FOR_NOW or first.location is None or "://" not in first.location:
        return None
    door = first.location.partition("://")[2].partition("?")[0].partition("#")[0]
    return door if door.partition("/")[0] not in outcome.url else None


def is_missing_name(outcome: Outcome) -> bool:
    """Whether the name server denied the very host of the target, and not one it redirects to."""
    failure = outcome.failure
    return failure is not None and (failure.kind, failure.detail) == (FailureKind.DNS, "nxdomain") and not outcome.hops


def is_hit(outcome: Outcome | None) -> bool:
    """Whether an outcome may have been the network's doing."""
    return outcome is not None and weather_of(outcome) is not Weather.FINE


def is_news(outcome: Outcome, suspected: Weather | None = None) -> bool:
    """Whether an outcome shows that the network lets something through: the host itself said or refused something.

    Where certificates are suspected, only an answer through TLS does.
    """
    through_tls = outcome.url.startswith("https://") and (outcome.answer is not None or bool(outcome.hops))
    if suspected is Weather.INTERCEPTED and not through_tls:
        return False
    failure = outcome.failure
    if failure is not None and failure.kind in (FailureKind.HOST_DOWN, FailureKind.INTERNAL, FailureKind.REFUSED_BY_GUARD):
        return False
    if failure is not None and failure.detail == "no-ipv6":
        return False  # nothing was sent
    return weather_of(outcome) is Weather.FINE and door_of(outcome) is None
