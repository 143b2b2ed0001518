"""Which configured headers go with a request: those of the very origin the target names, and no other."""

from fnmatch import fnmatchcase

from linkcheck.fetch.options import HostOptions
from linkcheck.urls import DEFAULT_PORTS, Url


def headers_for(url: Url, hosts: tuple[HostOptions, ...]) -> tuple[tuple[str, str], ...]:
    """The headers that the first pattern matching `url` with headers of its own lays down."""
    for rules in hosts:
        if rules.headers and _matches(rules.pattern, url):
            return rules.headers
    return ()


def _matches(pattern: str, url: Url) -> bool:
    """Without a scheme the pattern means https, without a port the scheme's own: a secret travels no wider than it says."""
    scheme, separator, rest = pattern.rpartition("://")
    host, colon, port = rest.rpartition(":")
    if not colon or not port.isdigit():
        host, port = rest, ""
    wanted = int(port) if port else DEFAULT_PORTS.get(scheme if separator else "https", 443)
    return (
        url.scheme == (scheme.lower() if separator else "https")
        and url.dialled_port == wanted
        and fnmatchcase(url.host, host.lower())
    )
