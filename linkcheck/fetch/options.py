"""The options of a crawl: limits, rate, identity, trust and rules per host."""

from msgspec import Struct


class HostOptions(Struct, frozen=True):
    """Options for the hosts that match a pattern; None means the general option.

    `pattern` is a host, `*.example.com` (its subdomains, not itself) or `*`. `headers` are secrets: they are sent only over
    https, on the default port, to the target's own origin, and never again after a redirect to another one. `accept` are
    status codes to treat as success.
    """

    pattern: str
    interval: float | None = None
    concurrency: int | None = None
    timeout: float | None = None
    headers: tuple[tuple[str, str], ...] = ()
    accept: tuple[int, ...] = ()


class Proxies(Struct, frozen=True):
    """The `http://` proxy per URL scheme; None means a direct connection.

    `direct` are the hosts that are requested without one, as in NO_PROXY: domains, addresses, networks, or `*`.
    """

    http: str | None = None
    https: str | None = None
    direct: tuple[str, ...] = ()


class FetchOptions(Struct, frozen=True):
    """How to make requests. Times are in seconds; `timeout` is for a whole attempt, redirects and body included.

    `allow_addresses` are networks (CIDR) that are allowed although private; `allow_ports` are allowed in addition to 80 and
    443. An empty `user_agent` means `messages.USER_AGENT`. `ca_bundle` is added to the system's authorities. `proxy` is an
    `http://` URL for all requests, or one per scheme; the proxy is then responsible for checking addresses. `nameserver` is
    `ADDRESS[:PORT]` to use instead of the system's. `resolve` maps a host, `host:port` or a pattern of them (`*.example`,
    `*:443`, `*`) to `ADDRESS[:PORT]`; the first match wins, and the guard checks the address like any other. `remap` are
    texts `FROM TO`: URLs below FROM are requested below TO. `controls` are hosts that answered in earlier runs, so that a
    few of them without a response suggest a network failure.

    The rest are constants, not settings: `nat64` are the prefixes of a network without IPv4 (RFC 6052), whose addresses are
    checked by the IPv4 address within. `image_bytes` and `page_bytes` limit how much of a body is read, after decompression.
    `backoff` is the wait before the first retry, doubled for each further one. `max_retry_after` is the longest
    `Retry-After`, in seconds, to wait for; a host that requests more gets no further requests in the run. `final_retry`
    retries failures once more at the end of the run. `patience` is how long to wait for a network that is down.
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
    remap: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    nat64: tuple[str, ...] = ()
    image_bytes: int = 1 << 20
    page_bytes: int = 1 << 20
    backoff: float = 1.0
    max_retry_after: float = 60.0
    final_retry: bool = True
    patience: float = 600.0


class ArchiveOptions(Struct, frozen=True):
    """Which web archives to search, and how fast.

    `timegates` are the URLs of their TimeGates, to which the URL of a page is appended (RFC 7089, section 2.1), in the order
    of preference. `save` is the URL of the service that saves a page, likewise, with `save_interval` between two requests.
    `interval` and `concurrency` are as in `HostOptions`, which take precedence.
    """

    timegates: tuple[str, ...] = ("https://web.archive.org/web/",)
    interval: float = 1.0
    concurrency: int = 2
    save: str = "https://web.archive.org/save/"
    save_interval: float = 10.0
