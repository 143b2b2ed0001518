"""How two URLs differ: in what people do not mean when they write one, or for real.

No list of the parameters that choose a page can be complete, so a parameter is thought to choose one unless it is known that
it does not. What becomes of a query that the other URL does without:

| parameters that are dropped | difference | by a redirect | by a canonical URL | `fix` | one key |
|---|---|---|---|---|---|
| trackers of one tool (`utm_source`) | `tracking` | LC203, info | LC303, info | safe | yes |
| words of shared names (`ref=rss`) | `fewer-parameters` | LC203, info | LC303, info | unsafe | beside a tracker |
| others, and the path names the article | `fewer-parameters` | LC203, info | LC303, info | unsafe | no |
| others (`/show?id=4711`) | `query-dropped` | LC301, LC202 | LC302, info | unsafe, or none (LC302) | no |
| added or changed ones | `query` | LC301, LC202 | LC302 | unsafe, or none (LC302) | no |

URLs of one key (`page_key`) are one page to LC501, LC503 and LC506.
"""

import re

from msgspec import Struct

from linkcheck.urls.parsing import InvalidUrl, Url, parse_url
from linkcheck.urls.trackers import is_tracker, may_be_tracker

TRIVIAL = ("to-https", "www", "slash", "index", "encoding", "tracking", "fewer-parameters", "query-order")
REAL = ("to-http", "host", "port", "path", "case", "query-dropped", "query", "unreadable")

_INDEX = re.compile(r"/(?:index|default)\.(?:x?html?|shtml|php[0-9]?|aspx?|jsp|cfm)$", re.IGNORECASE)
"""The file that servers show for a folder."""

_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
_BETWEEN_WORDS = re.compile(r"[-_+~]|%20")
_IDENTIFIER = re.compile(r"\d{5,}+|[0-9a-f]{8,}+", re.IGNORECASE)
"""A number, or hexadecimal digits; letters alone (`deadbeef`) may be a word."""
_SLUG_WORDS = 3

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_WORDS = {
    "to-https": "http became https",
    "to-http": "https became http",
    "www": "www.",
    "slash": "the slash at the end",
    "index": "the index file",
    "encoding": "percent-encoding",
    "tracking": "tracking parameters",
    "fewer-parameters": "fewer parameters",
    "query-order": "the order of parameters",
    "host": "another host",
    "port": "another port",
    "path": "another path",
    "case": "upper and lower case",
    "query-dropped": "without the query",
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
    """How `other` differs from `one`; None where both request the same thing (fragments aside).

    The order matters: from http to https is trivial, and so is to drop parameters of a path that names an article by
    itself; the way back is not. Path and query are case-sensitive (RFC 3986, 6.2.2.1).
    """
    if one == other:
        return None
    try:
        a, b = parse_url(one), parse_url(other)
    except InvalidUrl:
        return Difference(("unreadable",))
    if a.href == b.href:
        return None
    kinds = {*_schemes(a, b), *_hosts(a, b), *_paths(a.path, b.path), *_queries(a, b)}
    if not kinds:  # a final dot of the host, a lone `?`
        return None
    return Difference(tuple(kind for kind in TRIVIAL + REAL if kind in kinds))


def page_key(url: str) -> str | None:
    """What is the same for the URLs of one page; None for what is no http or https URL, and so the page of nothing.

    Without scheme, user name, `www.`, the slash at the end, index files and trackers; parameters sorted. For grouping many
    URLs; `same_page` says how two differ.
    """
    try:
        read = parse_url(url)
    except InvalidUrl:
        return None
    port = "" if read.port is None else f":{read.port}"
    address = f"{read.host.removeprefix('www.')}{port}{_unescaped(_INDEX.sub('/', read.path).removesuffix('/'))}"
    kept = _without_trackers(read.query)
    if len(kept) < len(_parameters(read.query)) and names_article(read.path):
        kept = [each for each in kept if not may_be_tracker(each)]  # a campaign's, as the one beside it is
    return f"{address}?{'&'.join(sorted(map(_unescaped, kept)))}" if kept else address


def names_article(path: str) -> bool:
    """Whether the end of a path names an article by itself: it has three words or more, or an identifier."""
    last = _EXTENSION.sub("", path.removesuffix("/").rpartition("/")[2])
    words = [word for word in _BETWEEN_WORDS.split(last) if len(word) > 1 and not word.isdecimal()]
    return len(words) >= _SLUG_WORDS or any(not found[0].isalpha() for found in _IDENTIFIER.finditer(last))


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
    if bool(_INDEX.search(a)) != bool(_INDEX.search(b)):
        kinds = ["index"]
        a, b = _INDEX.sub("/", a), _INDEX.sub("/", b)
    return (*kinds, *_texts(a.removesuffix("/"), b.removesuffix("/"), real="path"))


def _queries(a: Url, b: Url) -> tuple[str, ...]:
    if a.query == b.query:
        return ()
    ours, theirs = _without_trackers(a.query), _without_trackers(b.query)
    trackers = set(_parameters(a.query)).difference(ours) ^ set(_parameters(b.query)).difference(theirs)
    kinds = ["tracking"] if trackers else []
    if ours != theirs and sorted(ours) == sorted(theirs):
        return (*kinds, "query-order")
    dropped = _dropped(ours, theirs)
    if dropped:
        harmless = names_article(b.path) or all(map(may_be_tracker, dropped))
        return (*kinds, "fewer-parameters" if harmless else "query-dropped")
    return (*kinds, *_texts("&".join(ours), "&".join(theirs), real="query"))


def _dropped(ours: list[str], theirs: list[str]) -> list[str]:
    """The parameters that the others do without; none where they have any that we have not."""
    left = list(map(_unescaped, ours))
    for each in map(_unescaped, theirs):
        if each not in left:
            return []
        left.remove(each)
    return left


def _texts(a: str, b: str, *, real: str) -> tuple[str, ...]:
    """How two paths or queries differ, percent-encoding looked through first."""
    if a == b:
        return ()
    plain_a, plain_b = _unescaped(a), _unescaped(b)
    if plain_a == plain_b:
        return ("encoding",)
    return ("case",) if plain_a.casefold() == plain_b.casefold() else (real,)


def _parameters(query: str) -> list[str]:
    return [each for each in query.split("&") if each]


def _without_trackers(query: str) -> list[str]:
    return [each for each in _parameters(query) if not is_tracker(each)]


def _unescaped(text: str) -> str:
    """Escapes of unreserved characters undone, the others in upper case (RFC 3986, 6.2.2)."""
    return _ESCAPE.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()
