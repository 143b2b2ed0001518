"""What the crawl goes by: bounds, pace, identity, trust and the hosts with rules of their own."""

from msgspec import Struct


class HostOptions(Struct, frozen=True):
    """Rules for the hosts a pattern names; None means as everywhere.

    `pattern` is a host, `*.example.com` (its sub-domains, not itself) or `*`. `headers` hold secrets: they go only to https
    and the default port, only to the very origin the target names, and never again once a redirect has left it.
    `accept` are status codes to take for an answer that is fine.
    """

    pattern: str
    interval: float | None = None
    concurrency: int | None = None
    timeout: float | None = None
    headers: tuple[tuple[str, str], ...] = ()
    accept: tuple[int, ...] = ()


class Proxies(Struct, frozen=True):
    """The `http://` proxies for URLs of either scheme; None is none.

    `direct` are the hosts that are requested without one, as in NO_PROXY: domains, addresses, networks, or `*`.
    """

    http: str | None = None
    https: str | None = None
    direct: tuple[str, ...] = ()


class FetchOptions(Struct, frozen=True):
    """How to ask. Times in seconds; `timeout` bounds a whole attempt, redirects and body included.

    `allow_addresses` are networks (CIDR) that may be dialled although they are private; `allow_ports` are ports beside
    80 and 443. `user_agent` empty means `requests.USER_AGENT`. `ca_bundle` is added to what the system trusts.
    `proxy` is an `http://` URL for all requests, or one for each scheme; the proxy then judges the addresses, not we.
    `nameserver` is `ADDRESS[:PORT]` to ask instead of the system's. `resolve` maps a host, `host:port` or a pattern of
    them (`*.example`, `*:443`, `*`) to `ADDRESS[:PORT]`, first match wins, and the guard judges the address like any
    other. `controls` are hosts that answered well in earlier runs, so that five of them in silence are news of the network.

    What follows is constant, no setting of the user: `nat64` are the prefixes of a network without IPv4 (RFC 6052), whose
    addresses are judged by the IPv4 address within. `image_bytes` and `page_bytes` bound what is read of a body, after
    decompression. `backoff` is the wait before the first retry, doubled for each further one. `max_retry_after` is the
    longest `Retry-After`, in seconds, that is waited for; a host that requests more gets no further requests in the run.
    `second_look` asks what failed once more at the end of the run. `patience` is how long to wait for a network that is
    down.
    """

    concurrency: int = 32
    per_host: int = 2
    interval: float = 0.25
    connect_timeout: float = 10.0
    timeout: float = 30.0
    retries: int = 3
    max_redirects: int = 10
    max_time: float | None = None
    user_agent: str = ""
    ca_bundle: str | None = None
    allow_addresses: tuple[str, ...] = ()
    allow_ports: tuple[int, ...] = ()
    proxy: str | Proxies | None = None
    jobs: int | None = None
    executor: str | None = None
    replay: str | None = None
    record: str | None = None
    hosts: tuple[HostOptions, ...] = ()
    nameserver: str | None = None
    resolve: tuple[tuple[str, str], ...] = ()
    controls: tuple[str, ...] = ()
    nat64: tuple[str, ...] = ()
    image_bytes: int = 1 << 20
    page_bytes: int = 1 << 20
    backoff: float = 1.0
    max_retry_after: float = 60.0
    second_look: bool = True
    patience: float = 600.0
