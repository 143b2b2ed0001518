"""The address of a page on an AMP cache, and the page behind such an address.

    https:// + prefix of the host + . + cache + /c + /s where the page is https + / + the page's URL without its scheme

Source: amp.dev, "AMP Cache URL format and request handling". The host is followed by path and query exactly as the publisher
has them: case, percent-encoding, `//` and a bare `?amp` included.
"""

from msgspec import Struct

from linkcheck.amp.prefix import prefixes
from linkcheck.urls import InvalidUrl, Url, address_of, parse_url


class Cache(Struct, frozen=True):
    """A cache and the domain of its copies. `retired`: it no longer responds, or only redirects."""

    domain: str
    name: str
    retired: bool = False


CACHES = (
    Cache("cdn.ampproject.org", "Google AMP Cache"),
    Cache("www.bing-amp.com", "Bing AMP Cache"),
    Cache("bing-amp.com", "Bing AMP Cache"),
    Cache("amp.cloudflare.com", "Cloudflare AMP Cache", retired=True),
    Cache("cdn.cloudflare.com", "Cloudflare AMP Cache", retired=True),
)
"""The registry (amphtml, `global-configs/caches.json`), Bing's other spelling, and Cloudflare's, shut down in 2019."""

DOCUMENT = "c"
KINDS = {
    "c": "a document",
    "v": "a document in a viewer",
    "wp": "a signed exchange",
    "cert": "a certificate",
    "i": "an image",
    "ii": "an image",
    "r": "a resource",
    "a": "an ad",
    "ad": "an ad",
}
"""First segments of the path, and what each leads to."""


class Uncacheable(ValueError):  # noqa: N818 - a property of the URL, not an error
    """Why a page cannot be on an AMP cache, in one clause."""


class Parts(Struct, frozen=True):
    """A cache address taken apart. `prefix` is empty where the cache's bare domain was used, `kind` where none is given.

    `host` is as written, `rest` is path and query behind it.
    """

    cache: Cache
    prefix: str
    kind: str
    secure: bool
    host: str
    rest: str


def cache_url(url: str, *, cache: str = "cdn.ampproject.org") -> str:
    """The address of the AMP page `url` on `cache`, by the specification.

    Raises Uncacheable if it cannot have one, InvalidUrl if `url` is not a URL.
    """
    return cache_urls(url, cache=cache)[0]


def cache_urls(url: str, *, cache: str = "cdn.ampproject.org") -> tuple[str, ...]:
    """Every address that leads to `url` on `cache`: the specification's first, then other readings and old ones.

    Raises as `cache_url`.
    """
    page = parse_url(url)
    reason = _why_uncacheable(page)
    if reason:
        raise Uncacheable(reason)
    scheme = "s/" if page.scheme == "https" else ""
    path = f"/{DOCUMENT}/{scheme}{page.host}{rest_of(page)}"
    return tuple(f"https://{prefix}.{cache}{path}" for prefix in prefixes(page.host))


def reverse(address: str) -> str | None:
    """The publisher's URL of a cache address; None for any other URL.

    Raises InvalidUrl if `address` is not a URL.
    """
    parts = take_apart(parse_url(address))
    if parts is None or not parts.kind or not parts.host:
        return None
    try:
        return parse_url(f"{'https' if parts.secure else 'http'}://{parts.host}{parts.rest}").href
    except InvalidUrl:
        return None


def cache_of(host: str) -> Cache | None:
    """The cache that `host` belongs to."""
    for cache in CACHES:
        if host == cache.domain or host.endswith("." + cache.domain):
            return cache
    return None


def rest_of(url: Url) -> str:
    """Path and query, a bare `?` included."""
    return url.href[len(url.scheme) + 3 :].partition("/")[2].join(("/", ""))


def take_apart(address: Url) -> Parts | None:
    """None where the host belongs to no cache."""
    cache = cache_of(address.host)
    if cache is None:
        return None
    prefix = address.host[: -len(cache.domain)].removesuffix(".")
    rest = rest_of(address)[1:]
    kind, slash, behind = rest.partition("/")
    if kind not in KINDS or not slash:
        kind, behind = "", rest
    elif kind == "ii":  # /ii/w800/s/host: the width is in between
        behind = behind.partition("/")[2]
    secure = behind.startswith("s/")
    behind = behind[2:] if secure else behind
    end = min((at for at in map(behind.find, "/?") if at >= 0), default=len(behind))
    return Parts(cache, prefix, kind, secure, behind[:end], behind[end:])


def _why_uncacheable(page: Url) -> str | None:
    if page.port is not None:
        return f"it uses port {page.port}, and caches use only the default port"
    if page.credentials:
        return "it contains a user name, which a cache would publish"
    if address_of(page.host) is not None:
        return "its host is an IP address, not a host name"
    if cache_of(page.host):
        return "it is an address on an AMP cache itself"
    return None
