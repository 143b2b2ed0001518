"""Which configured headers go with a request: those of the very origin the target names, and no other."""

from linkcheck.fetch.options import HostOptions
from linkcheck.urls import DEFAULT_PORTS, Url, host_matches


def headers_for(url: Url, hosts: tuple[HostOptions, ...]) -> tuple[tuple[str, str], ...]:
    """The headers of the first pattern that names the host and has some; none without TLS or on another port.

    A pattern names hosts and no ports, and what else listens on a host may belong to somebody else.
    """
    if url.scheme != "https" or url.dialled_port != DEFAULT_PORTS["https"]:
        return ()
    return next((rules.headers for rules in hosts if rules.headers and host_matches(rules.pattern, url.host)), ())
