"""A temporary cookie jar for one target: some sites redirect to themselves until the cookie they set is returned.

RFC 6265 as browsers implement it, for the seconds that a chain of redirects takes: a cookie ends when the server deletes it
or the chain ends. `SameSite` is ignored. Bounded, because servers fill it.

Text here is bytes decoded as UTF-8 with `surrogateescape`, so that a value is returned byte for byte.
"""

import re
from datetime import UTC, datetime

from msgspec import Struct

from linkcheck.urls import Url, address_of, registrable_domain

MOST_COOKIES = 180
"""The browsers' limit per host; the newest are kept."""
MOST_BYTES = 4096
"""Per cookie, name and value together."""
MOST_BYTES_IN_ALL = 64 * 1024
_LONGEST_ATTRIBUTE = 1024

_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_MAX_AGE = re.compile(r"-?[0-9]+", re.ASCII)
_DELIMITERS = re.compile(r"[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?![0-9])", re.ASCII)
_DAY = re.compile(r"([0-9]{1,2})(?![0-9])", re.ASCII)
_YEAR = re.compile(r"([0-9]{2,4})(?![0-9])", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST_YEAR = 1601


class Cookie(Struct, frozen=True):
    """A parsed Set-Cookie line. `pair` is what is sent back: `name=value`, or the value alone for a cookie without a name.

    `domain` is empty for a host-only cookie, `path` if the line has none. `deletes` means that the cookie has expired.
    """

    name: str
    pair: str
    domain: str = ""
    path: str = ""
    secure: bool = False
    deletes: bool = False


_Key = tuple[str, bool, str, str]
"""Domain, whether it includes subdomains, path, name."""


class Jar:
    def __init__(self) -> None:
        self._cookies: dict[_Key, Cookie] = {}
        self._size = 0

    def keep(self, url: Url, set_cookie: list[str], now: datetime) -> None:
        """Store the Set-Cookie values of a response from `url`; `now` is the server's time (`parse_http_date` its Date)."""
        for line in set_cookie:
            cookie = read_cookie(line, now)
            if cookie is None or not _may_set(cookie, url):
                continue
            wide = cookie.domain != "" and registrable_domain(cookie.domain) is not None
            key = (cookie.domain or url.host, wide, cookie.path or _default_path(url.path), cookie.name)
            self._store(key, cookie)

    def header(self, url: Url) -> str:
        """The Cookie value for `url`, empty if there is none. Longer paths come first (RFC 6265, 5.4)."""
        found = [
            (len(path), cookie.pair)
            for (domain, wide, path, _), cookie in self._cookies.items()
            if (domain == url.host or (wide and url.host.endswith("." + domain)))
            and _path_matches(url.path, path)
            and (not cookie.secure or url.scheme == "https")
        ]
        found.sort(key=lambda each: -each[0])
        return "; ".join(pair for _, pair in found)

    def _store(self, key: _Key, cookie: Cookie) -> None:
        before = self._cookies.get(key)
        self._size -= _size(before.pair) if before else 0
        if cookie.deletes:
            self._cookies.pop(key, None)
            return
        self._cookies[key] = cookie  # an existing one keeps its position
        self._size += _size(cookie.pair)
        while len(self._cookies) > MOST_COOKIES or self._size > MOST_BYTES_IN_ALL:
            oldest = next(iter(self._cookies))
            self._size -= _size(self._cookies.pop(oldest).pair)


def read_cookie(line: str, now: datetime) -> Cookie | None:
    """Parse a Set-Cookie line (RFC 6265, 5.2); None for one that browsers ignore.

    Max-Age overrides Expires, a later attribute an earlier one of the same name.
    """
    pair, _, rest = line.partition(";")
    name, equals, value = pair.partition("=")
    name, value = (name.strip(" \t"), value.strip(" \t")) if equals else ("", pair.strip(" \t"))
    if not 0 < _size(name + value) <= MOST_BYTES or _CONTROLS.search(line):
        return None
    attributes = _attributes_of(rest)
    domain, path = attributes.get("domain", "").removeprefix(".").lower(), attributes.get("path", "")
    cookie = Cookie(
        name=name,
        pair=f"{name}={value}" if name else value,
        domain=domain,
        path=path if path.startswith("/") else "",
        secure="secure" in attributes,
        deletes=_is_over(attributes, now),
    )
    return cookie if _meets_prefix(cookie, value) else None


def parse_http_date(text: str | None) -> datetime | None:
    """Parse a cookie's Expires or a response's Date as tolerantly as RFC 6265, 5.1.1; None if it is not a date."""
    time = day = month = year = None
    for token in _DELIMITERS.split((text or "")[:_LONGEST_ATTRIBUTE]):
        if time is None and (time := _TIME.match(token)):
            continue
        if day is None and (day := _DAY.match(token)):
            continue
        if month is None and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif year is None:
            year = _YEAR.match(token)
    if time is None or day is None or month is None or year is None:
        return None
    number = int(year[1])
    number += 1900 if 70 <= number <= 99 else 2000 if number < 70 else 0
    if number < _FIRST_YEAR:
        return None
    hour, minute, second = map(int, time.groups())
    try:
        return datetime(number, month, int(day[1]), hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


def _attributes_of(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip(" \t").lower(): value.strip(" \t") for name, _, value in pairs if len(value) <= _LONGEST_ATTRIBUTE}


def _is_over(attributes: dict[str, str], now: datetime) -> bool:
    age = attributes.get("max-age", "")
    if _MAX_AGE.fullmatch(age):
        return int(age) <= 0
    ends = parse_http_date(attributes.get("expires"))
    return ends is not None and ends <= now


def _meets_prefix(cookie: Cookie, value: str) -> bool:
    """Whether a cookie meets the conditions of its name prefix (RFC 6265bis, 4.1.3), also in a value without a name."""
    prefixed = (cookie.name or value).lower()
    if prefixed.startswith("__host-"):
        return bool(cookie.name) and cookie.secure and not cookie.domain and cookie.path == "/"
    return not prefixed.startswith("__secure-") or (bool(cookie.name) and cookie.secure)


def _may_set(cookie: Cookie, url: Url) -> bool:
    """Whether a response from `url` can set this cookie: for its own host or a parent domain, but no public suffix."""
    if cookie.secure and url.scheme != "https":
        return False
    domain, host = cookie.domain, url.host
    if domain in ("", host):
        return True
    return host.endswith("." + domain) and address_of(host) is None and registrable_domain(domain) is not None


def _default_path(path: str) -> str:
    """The path up to its last slash (RFC 6265, 5.1.4)."""
    return path[: path.rfind("/")] or "/"


def _path_matches(path: str, wanted: str) -> bool:
    """Whether `path` is `wanted` or below it (RFC 6265, 5.1.4)."""
    return path.startswith(wanted) and (len(path) == len(wanted) or wanted.endswith("/") or path[len(wanted)] == "/")
