"""How two URLs differ: in what people do not mean when they write one, or for real.

No list of the parameters that choose a page can be complete, so a parameter is thought to choose one unless it is known that
it does not. What becomes of a query that the other URL does without:

| parameters that are dropped | difference | by a redirect | by a canonical URL | `fix` | one key |
|---|---|---|---|---|---|
| trackers of one tool (`utm_source`) | `tracking` | LC203, info | LC303, info | safe | yes |
| sessions (`PHPSESSID`, and in the path `;jsessionid=`) | `session` | LC203, info | LC303, info | safe | yes |
| words of shared names (`ref=rss`) | `fewer-parameters` | LC203, info | LC303, info | unsafe | beside a tracker |
| others, and the path names the article | `fewer-parameters` | LC203, info | LC303, info | unsafe | no |
| others (`/show?id=4711`) | `query-dropped` | LC301, LC202 | LC302, info | unsafe, or none (LC302) | no |
| added or changed ones | `query` | LC301, LC202 | LC302 | unsafe, or none (LC302) | no |

URLs of one key (`page_key`) are one page to LC501, LC503 and LC506. A fragment that scripts read as a path (`route_of`) is
part of a page's identity; all others are none.
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
"""The file that servers show for a folder, or by which they find all pages: `/index.php/2019/a`."""
_SLASHES = re.compile(r"(?<!:)/{2,}")
"""Several slashes in a row, unless they begin a URL within the path."""
_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid|bv_(?:sessionid|engineid))=[^;/]*+|/\((?:[A-Z]\([^()/]{1,200}+\))++\)(?=/)", re.IGNORECASE
)
"""A session in a path, by a parameter or as ASP.NET writes it: `/(S(0f3a))/a.aspx`."""

_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
_BETWEEN_WORDS = re.compile(r"[-_+~]|%20")
_IDENTIFIER = re.compile(r"\d{5,}+|[0-9a-f]{8,}+", re.IGNORECASE)
"""A number, or hexadecimal digits; letters alone (`deadbeef`) may be a word."""
_SLUG_WORDS = 3

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:@[]|")
_PLAIN_IN_PATH = _PLAIN | frozenset("&+=")
_PLAIN_IN_QUERY = _PLAIN | frozenset("/?")
"""Characters that servers read alike with and without escapes: those that separate nothing where they stand."""
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


class Difference(Struct, frozen=True):
    """In what two URLs differ: a non-empty selection of `TRIVIAL` and `REAL`, in that order."""

    kinds: tuple[str, ...]

    @property
    def trivial(self) -> bool:
        """Whether a reader would call both the same page's URL."""
        return all(kind in TRIVIAL for kind in self.kinds)

    @property
    def certain(self) -> bool:
        """Whether both are the same page's URL, whatever the site: no parameter is dropped that might choose a page."""
        return self.trivial and "fewer-parameters" not in self.kinds

    @property
    def drops_query(self) -> bool:
        """Whether nothing but a dropped query, which may choose the page, makes it more than trivial."""
        return "query-dropped" in self.kinds and all(kind in (*TRIVIAL, "query-dropped") for kind in self.kinds)

    def __str__(self) -> str:
        return ", ".join(_WORDS[kind] for kind in self.kinds)


def same_page(one: str, other: str) -> Difference | None:
    """How `other` differs from `one`; None where both request the same thing (fragments aside, but see `route_of`).

    The order matters: from http to https is trivial, and so is to drop a session, or parameters of a path that names an
    article by itself; the way back is not. Path and query are case-sensitive (RFC 3986, 6.2.2.1).
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
    """What is the same for the URLs of one page; None for what is no http or https URL, and so the page of nothing.

    Without scheme, user name, `www.`, the slash at the end, repeated slashes, index files, sessions and trackers;
    parameters sorted by name; with a fragment that is a path. For grouping many URLs; `same_page` says how two differ.
    """
    try:
        read = parse_url(url)
    except InvalidUrl:
        return None
    port = "" if read.port is None else f":{read.port}"
    path = _INDEX.sub("/", _without_slashes(_without_session(read.path)))
    address = f"{read.host.removeprefix('www.')}{port}{_plain_path(path.removesuffix('/'))}"
    parameters = _parameters(read.query)
    kept = _without(is_tracker, parameters)
    if len(kept) < len(parameters) and names_article(read.path):
        kept = _without(may_be_tracker, kept)  # a campaign's, as the one beside it is
    kept = _without(is_session, kept)
    if kept:
        address = f"{address}?{'&'.join(_by_name(map(_plain_parameter, kept)))}"
    return address + route_of(url)


def route_of(url: str) -> str:
    """The fragment by which a script chooses the page, as in `/#/a` and `/#!/a`, with its `#`; empty for all others."""
    fragment = url.partition("#")[2].rstrip("/ ")
    return f"#{fragment}" if fragment.startswith(("/", "!")) and fragment != "!" else ""


def names_article(path: str) -> bool:
    """Whether the end of a path names an article by itself: it has three words or more, or an identifier."""
    last = _EXTENSION.sub("", path.removesuffix("/").rpartition("/")[2])
    words = [word for word in _BETWEEN_WORDS.split(last) if len(word) > 1 and not word.isdecimal()]
    return len(words) >= _SLUG_WORDS or any(not found[0].isalpha() for found in _IDENTIFIER.finditer(last))


def adds_query(one: str, other: str) -> bool:
    """Whether `other`, the query of a URL, holds a parameter that `one` does not hold, however encoded."""
    return not set(map(_plain_parameter, _parameters(other))) <= set(map(_plain_parameter, _parameters(one)))


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
    return (*kinds, *_texts(a, b, _plain_path(a), _plain_path(b), real="path"))


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
    """The parameters that the others do without; none where they have any that we have not."""
    left = list(ours)
    for each in theirs:
        if each not in left:
            return []
        left.remove(each)
    return left


def _texts(a: str, b: str, plain_a: str, plain_b: str, *, real: str) -> tuple[str, ...]:
    """How two paths or queries differ, with percent-encoding looked through as well."""
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
    """Sorted, but those of one name as they were: `b=1&b=2` may be another page than `b=2&b=1`."""
    return sorted(parameters, key=lambda each: each.partition("=")[0])


def _without_session(path: str) -> str:
    return _SESSION.sub("", path) if ";" in path or "/(" in path else path


def _without_slashes(path: str) -> str:
    return _SLASHES.sub("/", path) if "//" in path else path


def _plain_path(path: str) -> str:
    """Escapes undone where the path means the same without them, the others in upper case (RFC 3986, 6.2.2)."""
    return _ESCAPE.sub(lambda match: _plain(match, _PLAIN_IN_PATH), path) if "%" in path else path


def _plain_parameter(parameter: str) -> str:
    """As `_plain_path`; `+` is a space in a query (WHATWG URL, application/x-www-form-urlencoded)."""
    text = parameter.replace("+", "%20")
    return _ESCAPE.sub(lambda match: _plain(match, _PLAIN_IN_QUERY), text) if "%" in text else text


def _plain(match: re.Match[str], plain: frozenset[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in plain else match[0].upper()
