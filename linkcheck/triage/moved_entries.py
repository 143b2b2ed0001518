"""Entries of a baseline whose file is gone, which may be for the same finding in a file that has another name now."""

from collections.abc import Callable, Iterable, Iterator

from linkcheck.model import Article, Finding
from linkcheck.pointers import value_at
from linkcheck.triage.baseline import BaselineEntry
from linkcheck.triage.digest import digest

_Key = tuple[str, str, str | None, str | None, str]


class MovedEntries:
    """The entries of files that may have another name now."""

    def __init__(self, entries: Iterable[BaselineEntry], exists: Callable[[str], bool]) -> None:
        """`exists` is called for each path at most once, as soon as a finding has no entry of its own."""
        self._entries = tuple(entries)
        self._exists = exists
        self._by_key: dict[_Key, list[BaselineEntry]] | None = None
        self._taken: set[str] = set()
        self._given: dict[str, BaselineEntry] = {}

    def take(self, finding: Finding, value: str | None) -> BaselineEntry | None:
        """The only entry with the rule, the pointer and the URL or value of a finding. It is for one fingerprint.

        Of several, it is the one whose path has the longest end in common with that of the file (`a/index.md`). If there is
        no URL and no value, as of a property that is missing, the name of the file must be the same.
        """
        if not self._entries or finding.subject is not None:
            return None
        found = self._given.get(finding.fingerprint) or self._find(finding, value)
        if found is not None:
            self._given[finding.fingerprint] = found
        return found

    def _find(self, finding: Finding, value: str | None) -> BaselineEntry | None:
        if self._by_key is None:
            gone = {path for path in {each.path for each in self._entries} if not self._exists(path)}
            self._by_key = {}
            for entry in self._entries:
                if entry.path in gone and entry.subject is None:
                    for end in _ends(entry.path):
                        key = (entry.rule, entry.pointer, entry.url, entry.value, end)
                        self._by_key.setdefault(key, []).append(entry)
        for end in _ends(finding.location.path):
            entries = self._by_key.get((finding.code, finding.location.pointer, finding.url, value, end))
            if entries is not None:
                return self._take_only(entries, is_named=bool(end)) if end or finding.url or value else None
        return None

    def _take_only(self, entries: list[BaselineEntry], *, is_named: bool) -> BaselineEntry | None:
        """The only entry, if it was not taken. Where no name is in common, those that were taken do not count."""
        left = entries if is_named else [each for each in entries if each.fingerprint not in self._taken]
        if len(left) != 1 or left[0].fingerprint in self._taken:
            return None
        self._taken.add(left[0].fingerprint)
        return left[0]


def value_of(finding: Finding, article: Article) -> str | None:
    """A hash of the value that a finding without a URL is about, 16 hex digits; None if it is about none."""
    value = value_at(article.data, finding.location.pointer)
    if finding.url is not None or value is None or isinstance(value, dict | list):
        return None
    return digest(repr(value))


def _ends(path: str) -> Iterator[str]:
    """The ends of a path, longest first: `p/a/index.md`, `a/index.md`, `index.md` and the empty one."""
    while path:
        yield path
        path = path.partition("/")[2]
    yield ""
