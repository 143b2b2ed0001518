"""Requests one site in place of another (`--remap 'FROM TO'`): a preview of the site, at another URL.

`Remap.requested` is applied to each URL before it is requested, `Remap.shown` to what a response contains.
"""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import Target
from linkcheck.urls.comparing import plain_path
from linkcheck.urls.parsing import InvalidUrl, Url, parse_url


class Prefix(Struct, frozen=True):
    """All URLs that are a URL or below it; `path` has no final slash."""

    host: str
    origin: str
    path: str

    def rest(self, url: Url) -> str | None:
        """What follows the prefix in the path of a URL, empty or with its slash; None if the URL is not below it."""
        if url.origin != self.origin:
            return None
        count = self.path.count("/") + 1
        parts = url.path.split("/")
        if plain_path("/".join(parts[:count])) != plain_path(self.path):
            return None
        return "".join(f"/{part}" for part in parts[count:])

    def with_rest(self, rest: str, query: str) -> str:
        return f"{self.origin}{self.path}{rest}" + ("" if self.path or rest else "/") + (f"?{query}" if query else "")

    @property
    def length(self) -> int:
        """For the longest prefix of a URL."""
        return len(plain_path(self.path))


class Remapping(Struct, frozen=True):
    """One value of the setting: URLs that start with `source` are requested at `goal`."""

    source: Prefix
    goal: Prefix


class Remap:
    """All values of the setting."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Raises InvalidRemap for a text that is not two URLs, and for the second of two with the same FROM."""
        self._remappings: list[Remapping] = []
        for text in texts:
            remapping = _read(text)
            same = {(each.source.origin, plain_path(each.source.path)) for each in self._remappings}
            if (remapping.source.origin, plain_path(remapping.source.path)) in same:
                raise InvalidRemap("another value has the same FROM", "Remove one of them.")
            self._remappings.append(remapping)
        self._sources = [(each.source, each) for each in self._remappings]
        self._goals = [(each.goal, each) for each in self._remappings]
        self.hosts = frozenset(each.source.host for each in self._remappings)
        """The hosts of FROM."""

    def of(self, url: Url) -> Remapping | None:
        """What applies to a URL: that of the longest FROM. None for a URL of TO, where TO is below FROM."""
        found = _longest(url, self._sources)
        if found is None:
            return None
        below = _longest(url, self._goals)
        return None if below is not None and below.goal.length > found.source.length else found

    def requested(self, url: Url) -> str:
        """The URL to request in place of `url`."""
        found = self.of(url)
        rest = None if found is None else found.source.rest(url)
        return url.href if found is None or rest is None else found.goal.with_rest(rest, url.query)

    def target(self, target: Target) -> Target:
        """The target to request in place of `target`."""
        url = parse_url(target.url)
        found = self.of(url)
        return target if found is None else replace(target, url=self.requested(url), host=found.goal.host)

    def shown(self, text: str, used: Remapping) -> str:
        """The URL that a URL of a response stands for; the text itself if it is not below a TO.

        `used` is what applied to the request. It is preferred if others have the same TO.
        """
        try:
            url = parse_url(text)
        except InvalidUrl:
            return text
        found = _longest(url, [(used.goal, used), *self._goals])
        rest = None if found is None else found.goal.rest(url)
        if found is None or rest is None:
            return text
        _, hash_, fragment = text.partition("#")
        return found.source.with_rest(rest, url.query) + hash_ + fragment


class InvalidRemap(ValueError):  # noqa: N818 - it describes the text; nothing went wrong in the program
    """What is wrong with a value, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@lru_cache(maxsize=8)
def remap_of(texts: tuple[str, ...]) -> Remap | None:
    """The values of the setting; None if there are none. Raises InvalidRemap."""
    return Remap(texts) if texts else None


def _longest(url: Url, prefixes: list[tuple[Prefix, Remapping]]) -> Remapping | None:
    """The remapping with the longest prefix of a URL, the first of several."""
    found = [(prefix, remapping) for prefix, remapping in prefixes if prefix.rest(url) is not None]
    return max(found, key=lambda each: each[0].length)[1] if found else None


def _read(text: str) -> Remapping:
    match text.split():
        case [source, goal]:
            return Remapping(_prefix("FROM", source), _prefix("TO", goal))
    raise InvalidRemap(
        "not two URLs", "Use the form 'FROM TO', for example 'https://example.org/ https://preview.example/'."
    )


def _prefix(name: str, text: str) -> Prefix:
    try:
        url = parse_url(text)
    except InvalidUrl as error:
        raise InvalidRemap(f"{name} is not a URL: {error}", "Use a URL such as https://example.org/blog.") from None
    if url.credentials or "?" in text or "#" in text:
        raise InvalidRemap(f"{name} has a user name, query or fragment", "Use only scheme, host, port and path.")
    return Prefix(url.host, url.origin, url.path.removesuffix("/"))
