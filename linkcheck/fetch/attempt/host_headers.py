"""Selects the configured headers of a request: only those for the target's own origin."""

from linkcheck.fetch.options import HostOptions
from linkcheck.urls import DEFAULT_PORTS, Url, host_matches


def headers_for(url: Url, hosts: tuple[HostOptions, ...]) -> tuple[tuple[str, str], ...]:
    """The headers of the first matching pattern that has some; none without TLS or on another port.

    A pattern has hosts and no ports, and another port of a host may belong to someone else.
    """
    if url.scheme != "https" or url.dialled_port != DEFAULT_PORTS["https"]:
        return ()
    return next((rules.headers for rules in hosts if rules.headers and host_matches(rules.pattern, url.host)), ())
