"""How two URLs differ: in what people do not mean when they write one, or for real."""

import re

from msgspec import Struct

from linkcheck.urls.parsing import InvalidUrl, Url, parse_url

TRIVIAL = ("to-https", "www", "slash", "case", "encoding", "tracking", "query-order")
REAL = ("to-http", "host", "port", "path", "query", "unreadable")

_TRACKING = re.compile(
    r"utm_[a-z_]+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|mc_[ce]id"
    r"|mkt_tok|_hsenc|_hsmi|_ga|_gl|wt\.mc_id|ocid|cmpid",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_WORDS = {
    "to-https": "http became https",
    "to-http": "https became http",
    "www": "www.",
    "slash": "the slash at the end",
    "case": "upper and lower case",
    "encoding": "percent-encoding",
    "tracking": "tracking parameters",
    "query-order": "the order of parameters",
    "host": "another host",
    "port": "another port",
    "path": "another path",
    "query": "another query",
    "unreadable": "not a URL",
}


class Difference(Struct, frozen=True):
    """In what two URLs differ: a non-empty selection of `TRIVIAL` and `REAL`, in that order."""

    kinds: tuple[str, ...]

    @property
    def trivial(self) -> bool:
        """Whether a reader would call both the same page's URL."""
        return all(kind in TRIVIAL for kind in self.kinds)

    def __str__(self) -> str:
        return ", ".join(_WORDS[kind] for kind in self.kinds)


def same_page(one: str, other: str) -> Difference | None:
    """How `other` differs from `one`; None where both ask for the same thing (fragments aside).

    The order matters for the scheme only: from http to https is trivial, the way back is not.
    """
    if one == other:
        return None
    try:
        a, b = parse_url(one), parse_url(other)
    except InvalidUrl:
        return Difference(("unreadable",))
    if a.href == b.href:
        return None
    kinds = {*_schemes(a, b), *_hosts(a, b), *_paths(a.path, b.path), *_queries(a.query, b.query)}
    if not kinds:  # a final dot of the host, a lone `?`
        return None
    return Difference(tuple(kind for kind in TRIVIAL + REAL if kind in kinds))


def adds_query(one: str, other: str) -> bool:
    """Whether `other`, the query of a URL, holds a parameter that `one` does not hold, however encoded."""
    return not set(map(_unescaped, _parameters(other))) <= set(map(_unescaped, _parameters(one)))


def is_below(url: str, folder: str) -> bool:
    """Whether a URL lies in a folder of a site, or is the folder's own; with or without `www.` and TLS."""
    try:
        a, b = parse_url(url), parse_url(folder)
    except InvalidUrl:
        return False
    within = f"{a.path}/".startswith(b.path.removesuffix("/") + "/")
    return within and a.port == b.port and a.host.removeprefix("www.") == b.host.removeprefix("www.")


def _schemes(a: Url, b: Url) -> tuple[str, ...]:
    ports = () if a.port == b.port else ("port",)
    if a.scheme == b.scheme:
        return ports
    return ("to-https" if b.scheme == "https" else "to-http", *ports)


def _hosts(a: Url, b: Url) -> tuple[str, ...]:
    if a.host == b.host:
        return ()
    return ("www",) if a.host.removeprefix("www.") == b.host.removeprefix("www.") else ("host",)


def _paths(a: str, b: str) -> tuple[str, ...]:
    if a == b:
        return ()
    kinds = ["slash"] if a.endswith("/") != b.endswith("/") else []
    a, b = a.removesuffix("/"), b.removesuffix("/")
    return (*kinds, *_texts(a, b, real="path"))


def _queries(a: str, b: str) -> tuple[str, ...]:
    if a == b:
        return ()
    ours, theirs = _without_tracking(a), _without_tracking(b)
    kinds = ["tracking"] if _tracking_of(a) != _tracking_of(b) else []
    if ours != theirs and sorted(ours) == sorted(theirs):
        return (*kinds, "query-order")
    return (*kinds, *_texts("&".join(ours), "&".join(theirs), real="query"))


def _texts(a: str, b: str, *, real: str) -> tuple[str, ...]:
    """How two paths or queries differ, percent-encoding looked through first."""
    if a == b:
        return ()
    plain_a, plain_b = _unescaped(a), _unescaped(b)
    if plain_a == plain_b:
        return ("encoding",)
    return ("case",) if plain_a.casefold() == plain_b.casefold() else (real,)


def _parameters(query: str) -> list[str]:
    return query.split("&") if query else []


def _without_tracking(query: str) -> list[str]:
    return [each for each in _parameters(query) if not _TRACKING.fullmatch(each.partition("=")[0])]


def _tracking_of(query: str) -> list[str]:
    return sorted(each for each in _parameters(query) if _TRACKING.fullmatch(each.partition("=")[0]))


def _unescaped(text: str) -> str:
    """Escapes of unreserved characters undone, the others in upper case (RFC 3986, 6.2.2)."""
    return _ESCAPE.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()
