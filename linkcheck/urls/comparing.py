"""How two URLs differ: trivially, or so that they can be different pages.

No list of the parameters that select a page can be complete, so a parameter is assumed to select one unless it is known that
it does not. The effect of parameters that the other URL does not have:

| missing parameters | difference | by a redirect | by a canonical URL | `fix` | one key |
|---|---|---|---|---|---|
| trackers of one tool (`utm_source`) | `tracking` | LC203, info | LC303, info | safe | yes |
| sessions (`PHPSESSID`, and in the path `;jsessionid=`) | `session` | LC203, info | LC303, info | safe | yes |
| words of shared names (`ref=rss`) | `fewer-parameters` | LC203, info | LC303, info | unsafe | next to a tracker |
| others, if the path identifies the article | `fewer-parameters` | LC203, info | LC303, info | unsafe | no |
| others (`/show?id=4711`) | `query-dropped` | LC301, LC202 | LC302, info | unsafe, or none (LC302) | no |
| added or changed ones | `query` | LC301, LC202 | LC302 | unsafe, or none (LC302) | no |

URLs with the same key (`page_key`) are one page to LC501, LC503 and LC506. A fragment that scripts use as a path
(`route_of`) is part of a page's identity; all others are not.
"""

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from linkcheck.urls.parsing import InvalidUrl, Url, parse_url
from linkcheck.urls.trackers import is_session, is_tracker, may_be_tracker

TRIVIAL = (
    *("to-https", "www", "slash", "slashes", "index", "encoding", "tracking", "session", "fewer-parameters"),
    "query-order",
)
REAL = ("to-http", "host", "port", "path", "case", "query-dropped", "query", "unreadable")

_INDEX = re.compile(r"/(?:index|default)\.(?:x?html?|shtml|php[0-9]?|aspx?|jsp|cfm)(?:/|$)", re.IGNORECASE)
"""The index file of a folder, or the script that serves all pages: `/index.php/2019/a`."""
_SLASHES = re.compile(r"(?<!:)/{2,}")
"""Several slashes in a row, except those of a URL within the path."""
_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid|bv_(?:sessionid|engineid))=[^;/]*+|/\((?:[A-Z]\([^()/]{1,200}+\))++\)(?=/)", re.IGNORECASE
)
"""A session ID in a path, as a parameter or in the form of ASP.NET: `/(S(0f3a))/a.aspx`."""

_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
_BETWEEN_WORDS = re.compile(r"[-_+~]|%20")
_IDENTIFIER = re.compile(r"\d{5,}+|[0-9a-f]{8,}+", re.IGNORECASE)
"""A number, or hexadecimal digits; letters only (`deadbeef`) may be a word."""
_SLUG_WORDS = 3

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:@[]|")
_PLAIN_IN_PATH = _PLAIN | frozenset("&+=")
_PLAIN_IN_QUERY = _PLAIN | frozenset("/?")
"""Characters that servers treat alike with and without percent-encoding, because they are not delimiters in a query."""
_WORDS = {
    "to-https": "https instead of http",
    "to-http": "http instead of https",
    "www": "www.",
    "slash": "trailing slash",
    "slashes": "repeated slashes",
    "index": "index file",
    "encoding": "percent-encoding",
    "tracking": "tracking parameters",
    "session": "a session ID",
    "fewer-parameters": "fewer parameters",
    "query-order": "order of parameters",
    "host": "different host",
    "port": "different port",
    "path": "different path",
    "case": "upper and lower case",
    "query-dropped": "no query",
    "query": "different query",
    "unreadable": "not a URL",
}

_OF_PATHS = ("slash", "slashes", "index", "encoding")
"""Omitted for two different paths."""


class Difference(Struct, frozen=True):
    """How two URLs differ: a non-empty selection of `TRIVIAL` and `REAL`, in that order."""

    kinds: tuple[str, ...]

    @property
    def trivial(self) -> bool:
        """Whether readers would consider both URLs of the same page."""
        return all(kind in TRIVIAL for kind in self.kinds)

    @property
    def certain(self) -> bool:
        """Whether both are URLs of the same page on any site: no missing parameter can select a page."""
        return self.trivial and "fewer-parameters" not in self.kinds

    @property
    def drops_query(self) -> bool:
        """Whether a missing query, which may select the page, is the only reason why it is not trivial."""
        return "query-dropped" in self.kinds and all(kind in (*TRIVIAL, "query-dropped") for kind in self.kinds)

    def __str__(self) -> str:
        shown = [kind for kind in self.kinds if "path" not in self.kinds or kind not in _OF_PATHS]
        return ", ".join(_WORDS[kind] for kind in shown)


def same_page(one: str, other: str) -> Difference | None:
    """How `other` differs from `one`; None if both make the same request (without fragments, but see `route_of`).

    The order matters: a change from http to https is trivial, and so is removing a session, or parameters of a path that
    identifies an article; the reverse is not. Path and query are case-sensitive (RFC 3986, 6.2.2.1).
    """
    if one == other:
        return None
    try:
        a, b = parse_url(one), parse_url(other)
    except InvalidUrl:
        return Difference(("unreadable",))
    routes = ("path",) if route_of(one) != route_of(other) else ()
    if a.href == b.href and not routes:
        return None
    kinds = {*_schemes(a, b), *_hosts(a, b), *_paths(a.path, b.path), *_queries(a, b), *routes}
    if not kinds:  # a final dot of the host, a lone `?`
        return None
    return Difference(tuple(kind for kind in TRIVIAL + REAL if kind in kinds))


def page_key(url: str) -> str | None:
    """The key that all URLs of a page have in common; None if the text is not an http or https URL.

    The URL without scheme, user name, `www.`, trailing slash, repeated slashes, index files, sessions and trackers; with
    parameters sorted by name and a fragment that is a path. For grouping many URLs; `same_page` describes how two differ.
    """
    try:
        read = parse_url(url)
    except InvalidUrl:
        return None
    port = "" if read.port is None else f":{read.port}"
    path = _INDEX.sub("/", _without_slashes(_without_session(read.path)))
    address = f"{read.host.removeprefix('www.')}{port}{plain_path(path.removesuffix('/'))}"
    parameters = _parameters(read.query)
    kept = _without(is_tracker, parameters)
    if len(kept) < len(parameters) and names_article(read.path):
        kept = _without(may_be_tracker, kept)  # next to a tracker, these are trackers too
    kept = _without(is_session, kept)
    if kept:
        address = f"{address}?{'&'.join(_by_name(map(_plain_parameter, kept)))}"
    return address + route_of(url)


def route_of(url: str) -> str:
    """The fragment that a script uses to select the page, as in `/#/a` and `/#!/a`, with its `#`; empty for all others."""
    fragment = url.partition("#")[2].rstrip("/ ")
    return f"#{fragment}" if fragment.startswith(("/", "!")) and fragment != "!" else ""


def names_article(path: str) -> bool:
    """Whether the end of a path identifies an article: it has at least three words, or an identifier."""
    last = _EXTENSION.sub("", path.removesuffix("/").rpartition("/")[2])
    words = [word for word in _BETWEEN_WORDS.split(last) if len(word) > 1 and not word.isdecimal()]
    return len(words) >= _SLUG_WORDS or any(not found[0].isalpha() for found in _IDENTIFIER.finditer(last))


def adds_query(one: str, other: str) -> bool:
    """Whether the query `other` contains a parameter that the query `one` does not, whatever their encoding."""
    return not set(map(_plain_parameter, _parameters(other))) <= set(map(_plain_parameter, _parameters(one)))


def is_below(url: str, folder: str) -> bool:
    """Whether a URL is in a folder of a site, or is the folder itself; ignoring `www.` and the scheme."""
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
    kinds = []
    if _without_session(a) != a:
        kinds.append("session")
        a, b = _without_session(a), _without_session(b)
    if (_without_slashes(a) == a) != (_without_slashes(b) == b):
        kinds.append("slashes")
        a, b = _without_slashes(a), _without_slashes(b)
    if bool(_INDEX.search(a)) != bool(_INDEX.search(b)):
        kinds.append("index")
        a, b = _INDEX.sub("/", a), _INDEX.sub("/", b)
    elif a.endswith("/") != b.endswith("/"):
        kinds.append("slash")
    a, b = a.removesuffix("/"), b.removesuffix("/")
    return (*kinds, *_texts(a, b, plain_path(a), plain_path(b), real="path"))


def _queries(a: Url, b: Url) -> tuple[str, ...]:
    if a.query == b.query:
        return ()
    ours, theirs = _parameters(a.query), _parameters(b.query)
    kinds = ["tracking"] if set(filter(is_tracker, ours)) != set(filter(is_tracker, theirs)) else []
    ours, theirs = _without(is_tracker, ours), _without(is_tracker, theirs)
    if any(map(is_session, ours)):
        kinds.append("session")
        ours, theirs = _without(is_session, ours), _without(is_session, theirs)
    plain_ours, plain_theirs = list(map(_plain_parameter, ours)), list(map(_plain_parameter, theirs))
    if plain_ours != plain_theirs and _by_name(plain_ours) == _by_name(plain_theirs):
        return (*kinds, "query-order")
    dropped = _dropped(plain_ours, plain_theirs)
    if dropped:
        harmless = names_article(b.path) or all(map(may_be_tracker, dropped))
        return (*kinds, "fewer-parameters" if harmless else "query-dropped")
    return (*kinds, *_texts("&".join(ours), "&".join(theirs), "&".join(plain_ours), "&".join(plain_theirs), real="query"))


def _dropped(ours: list[str], theirs: list[str]) -> list[str]:
    """The parameters in `ours` that are missing in `theirs`; none if `theirs` has others."""
    left = list(ours)
    for each in theirs:
        if each not in left:
            return []
        left.remove(each)
    return left


def _texts(a: str, b: str, plain_a: str, plain_b: str, *, real: str) -> tuple[str, ...]:
    """How two paths or queries differ, as written and without percent-encoding."""
    if a == b:
        return ()
    if plain_a == plain_b:
        return ("encoding",)
    return ("case",) if plain_a.casefold() == plain_b.casefold() else (real,)


def _parameters(query: str) -> list[str]:
    return [each for each in query.split("&") if each]


def _without(is_unwanted: Callable[[str], bool], parameters: list[str]) -> list[str]:
    return [each for each in parameters if not is_unwanted(each)]


def _by_name(parameters: Iterable[str]) -> list[str]:
    """Sorted by name; parameters with the same name keep their order: `b=1&b=2` and `b=2&b=1` may be different pages."""
    return sorted(parameters, key=lambda each: each.partition("=")[0])


def _without_session(path: str) -> str:
    return _SESSION.sub("", path) if ";" in path or "/(" in path else path


def _without_slashes(path: str) -> str:
    return _SLASHES.sub("/", path) if "//" in path else path


def plain_path(path: str) -> str:
    """The path without unnecessary percent-encoding, and with the rest in upper case (RFC 3986, 6.2.2)."""
    return _ESCAPE.sub(lambda match: _plain(match, _PLAIN_IN_PATH), path) if "%" in path else path


def _plain_parameter(parameter: str) -> str:
    """Like `plain_path`; `+` is a space in a query (WHATWG URL, application/x-www-form-urlencoded)."""
    text = parameter.replace("+", "%20")
    return _ESCAPE.sub(lambda match: _plain(match, _PLAIN_IN_QUERY), text) if "%" in text else text


def _plain(match: re.Match[str], plain: frozenset[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in plain else match[0].upper()
