"""What is wrong with a declared AMP-cache address, and the right one."""

from msgspec import Struct

from linkcheck.amp.address import DOCUMENT, KINDS, Parts, Uncacheable, cache_urls, rest_of, take_apart
from linkcheck.amp.prefix import host_behind, prefixes
from linkcheck.urls import InvalidUrl, Url, mask, parse_url

_MOST_SHOWN = 3
"""Differences to describe. An address with more of them is a different address, and the message contains the right one."""


class Diagnosis(Struct, frozen=True):
    """`kinds` are stable words, one per difference; `message` describes them in one clause, `expected` is the right address.

    `expected` is None if the page cannot be on any cache.
    """

    kinds: tuple[str, ...]
    message: str
    expected: str | None


def compare(declared: str, amp_url: str) -> Diagnosis | None:
    """How `declared` differs from the AMP-cache address of `amp_url`.

    None where it is right (an older reading of the prefix counts as right), and if either of them is not a URL.
    """
    try:
        address, page = parse_url(declared), parse_url(amp_url)
    except InvalidUrl:
        return None
    parts = take_apart(address)
    try:
        right = cache_urls(page.href if not page.credentials else amp_url, cache=_domain(parts))
    except Uncacheable as reason:
        return Diagnosis(("uncacheable",), f"an AMP cache cannot store this AMP page: {reason}", None)
    if address.href in right:
        return None
    found = _differences(address, parts, page)
    if not found:
        return None
    return Diagnosis(tuple(found), "; ".join(list(found.values())[:_MOST_SHOWN]), right[0])


def _domain(parts: Parts | None) -> str:
    """The right address is on the cache that the address uses; on Google's if that one was shut down or is unknown."""
    return "cdn.ampproject.org" if parts is None or parts.cache.retired else parts.cache.domain


def _differences(address: Url, parts: Parts | None, page: Url) -> dict[str, str]:
    if parts is None:
        if address.href == page.href:
            return {"no-cache": "this is the address of the AMP page itself, not of a cache"}
        return {"no-cache": f"{address.host} is not an AMP cache"}
    if parts.cache.retired:
        return {"retired": f"the {parts.cache.name} has been shut down"}
    found = {}
    if address.scheme != "https":
        found["http"] = "AMP caches require https"
    if address.port is not None:
        found["port"] = f"AMP caches do not use port {address.port}"
    return found | _prefix_differences(parts, page.host) | _path_differences(parts, page)


def _prefix_differences(parts: Parts, host: str) -> dict[str, str]:
    right = prefixes(host)
    prefix = parts.prefix
    if prefix in right:
        return {}
    if not prefix:
        return {"no-prefix": f"{right[0]!r} is missing before {parts.cache.domain} (this is the format used before 2017)"}
    if "." in prefix:
        return {"dots": "use hyphens instead of dots in the subdomain"}
    if f"0-{prefix}-0" in right:
        return {"unwrapped": "enclose a subdomain that has two hyphens in third place in '0-' and '-0'"}
    if prefix == host.replace(".", "-"):
        return {"single-hyphen": "double each hyphen of the publisher's host in the subdomain"}
    if prefix == host.replace(".", "--"):
        return {"double-hyphen": "use one hyphen for each dot of the publisher's host in the subdomain"}
    other = host_behind(prefix)
    meant = "the hash of another host" if other is None else f"the prefix of {other}"
    return {"prefix": f"the subdomain {prefix!r} is {meant}, not of {host}"}


def _path_differences(parts: Parts, page: Url) -> dict[str, str]:
    found = {}
    if not parts.kind:
        found["no-kind"] = f"the path must start with /{DOCUMENT}/"
    elif parts.kind != DOCUMENT:
        found["kind"] = f"/{parts.kind}/ leads to {KINDS[parts.kind]}; the AMP page is at /{DOCUMENT}/"
    if page.scheme == "https" and not parts.secure:
        found["no-scheme"] = "`/s/` is missing, so the cache would fetch the page over http"
    elif page.scheme == "http" and parts.secure:
        found["scheme"] = "`/s/` stands for https, but the AMP page uses http"
    if parts.host != page.host:
        try:
            same = parse_url(f"https://{parts.host}/").host == page.host
        except InvalidUrl:
            same = False
        if not same:
            found["host"] = f"the path contains the host {parts.host!r}, not {page.host}"
        elif parts.host.lower() == page.host:
            found["case"] = "the host in the path must be in lower case"
    return found | _rest_differences(parts.rest, rest_of(page))


def _rest_differences(declared: str, right: str) -> dict[str, str]:
    """Path and query, which a cache takes over exactly as the publisher has them."""
    if (declared or "/") == right:
        return {}
    path, _, query = declared.partition("?")
    right_path, _, right_query = right.partition("?")
    found: dict[str, str] = {}
    if right_path != (path or "/"):
        found |= _path_difference(path, right_path)
    if query != right_query:
        found |= _query_difference(query, right_query)
    # What is left is a single `?`, which requests the same page.
    return found


def _path_difference(path: str, right: str) -> dict[str, str]:
    if path + "/" == right:
        return {"lost-slash": "the trailing slash is missing"}
    if path == right + "/":
        return {"slash": "the path of the AMP page has no trailing slash"}
    if path.lower() == right.lower():
        return {"case": "the path must have the same upper and lower case as the URL of the AMP page"}
    return {"path": "the path differs from that of the AMP page"}


def _query_difference(query: str, right: str) -> dict[str, str]:
    if not query:
        return {"lost-query": f"the query {_short(right)!r} is missing"}
    if not right:
        return {"query": f"the URL of the AMP page has no query {_short(query)!r}"}
    if query.lower() == right.lower():
        return {"case": "the query must have the same upper and lower case as in the URL of the AMP page"}
    return {"query": "the query differs from that of the AMP page"}


def _short(query: str) -> str:
    shown = mask(f"?{query}")
    return shown if len(shown) <= 60 else f"{shown[:60]}..."
