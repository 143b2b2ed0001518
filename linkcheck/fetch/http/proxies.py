"""Selects the proxy of a request: that of the options, or of the usual environment variables.

The variables are those of curl and requests: `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in lower or upper
case, lower case first. There is no standard; where the two programs differ, this accepts what both accept.
"""

import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from linkcheck.errors import UsageError
from linkcheck.fetch.options import FetchOptions, Proxies
from linkcheck.urls import Url, address_of, mask

ENVIRONMENT = "env"
"""The value of `--proxy` that selects the variables."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s,]+")


def set_variables(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the variables that contain a proxy, as they are set."""
    found = (_of(environment, name) for name in ("http_proxy", "https_proxy", "all_proxy"))
    return tuple(name for name, value in found if value)


def from_environment(environment: Mapping[str, str]) -> Proxies | None:
    """The proxies in environment variables; None if there are none.

    Raises UsageError for a proxy that is not an `http://` proxy.
    """
    http, https = (_proxy(environment, f"{scheme}_proxy") for scheme in ("http", "https"))
    if http is None and https is None:
        return None
    direct = _of(environment, "no_proxy")[1].lower()
    return Proxies(http=http, https=https, direct=tuple(part for part in _SEPARATORS.split(direct) if part))


def proxies_of(options: FetchOptions) -> Proxies | None:
    """The proxies of the options, whichever form they have."""
    proxy = options.proxy
    return Proxies(http=proxy, https=proxy) if isinstance(proxy, str) else proxy


def proxy_for(proxies: Proxies, url: Url) -> str | None:
    """The URL of the proxy for a request; None for a direct connection."""
    found = proxies.https if url.scheme == "https" else proxies.http
    if found is None or any(_is_direct(entry, url) for entry in proxies.direct):
        return None
    return found


def _of(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    """A variable's name and value. An empty one in lower case counts, so that it can disable the other."""
    if name in environment:
        return name, environment[name].strip()
    if name == "http_proxy" and "REQUEST_METHOD" in environment:
        return name, ""  # in a CGI script HTTP_PROXY is a header of the request
    return name.upper(), environment.get(name.upper(), "").strip()


def _proxy(environment: Mapping[str, str], name: str) -> str | None:
    variable, value = _of(environment, name)
    if not value and name not in environment:
        variable, value = _of(environment, "all_proxy")
    if not value:
        return None
    scheme = _SCHEME.match(value)
    if scheme is not None and scheme[1].lower() != "http":
        raise UsageError(
            f"{variable} is set to a {scheme[1].lower()}:// proxy, but linkcheck supports only http:// proxies: "
            f"set {variable} to http://HOST:PORT, or use --proxy"
        )
    url = value if scheme is not None else f"http://{value}"
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and parts.path in ("", "/") and not parts.query
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"{variable} is not a valid proxy URL: {mask(url)!r}; use http://HOST:PORT")
    return url


def _is_direct(entry: str, url: Url) -> bool:
    """Whether an entry of NO_PROXY matches the host: `*`, a domain with its subdomains, an address, a network."""
    if entry == "*":
        return True
    literal = address_of(url.host)
    if "/" in entry:
        try:
            return literal is not None and ip_address(str(literal)) in ip_network(entry, strict=False)
        except ValueError:
            return False
    name, port = _split(entry)
    if port is not None and port != url.dialled_port:
        return False
    if literal is not None:
        try:
            return ip_address(name) == ip_address(str(literal))
        except ValueError:
            return False
    name = name.removeprefix("*").strip(".")
    host = url.host.rstrip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _split(entry: str) -> tuple[str, int | None]:
    """Host and port of `example.com:8443`, `[::1]:8443` or `::1`."""
    if entry.startswith("["):
        name, _, rest = entry[1:].partition("]")
        return name, int(rest[1:]) if rest[1:].isdecimal() else None
    name, colon, port = entry.rpartition(":")
    if colon and port.isdecimal() and ":" not in name:
        return name, int(port)
    return entry, None
