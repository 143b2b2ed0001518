"""Entries of a baseline that may be for the same finding elsewhere: in a file that has another name now, or in an item of a
list that has another index now.
"""

from collections.abc import Callable, Container, Iterable, Iterator

from linkcheck.model import Article, Finding
from linkcheck.pointers import field_of, value_at
from linkcheck.triage.baseline import BaselineEntry
from linkcheck.triage.digest import digest

_Key = tuple[str, str, str | None, str | None, str]


class MovedEntries:
    """The entries whose findings may be in another place now."""

    def __init__(self, entries: Iterable[BaselineEntry], exists: Callable[[str], bool]) -> None:
        """`exists` is called for each path at most once, as soon as a finding has no entry of its own."""
        self._entries = tuple(entries)
        self._exists = exists
        self._by_key: dict[_Key, list[BaselineEntry]] | None = None
        """By the end of the path if the file is gone, else by the whole path that starts with a slash."""
        self._taken: set[str] = set()
        self._given: dict[str, BaselineEntry] = {}

    def take(self, finding: Finding, value: str | None, present: Container[str] = ()) -> BaselineEntry | None:
        """The only entry with the rule, the field and the URL or value of a finding. It is for one fingerprint.

        In the same file, it is one of those that are not `present`, the fingerprints of all findings there. Of several in
        files that are gone, it is the one whose path has the longest end in common with that of the file (`a/index.md`). If
        there is no URL and no value, as of a property that is missing, the name of the file must be the same.
        """
        if not self._entries or finding.subject is not None:
            return None
        found = self._given.get(finding.fingerprint) or self._find(finding, value, present)
        if found is not None:
            self._given[finding.fingerprint] = found
        return found

    def _find(self, finding: Finding, value: str | None, present: Container[str]) -> BaselineEntry | None:
        path, known = finding.location.path, self._known()

        def at(place: str) -> list[BaselineEntry] | None:
            return known.get((finding.code, field_of(finding.location.pointer), finding.url, value, place))

        moved = [each for each in at(f"/{path}") or () if each.fingerprint not in present]
        if (found := self._take_alike(moved)) is not None:
            return found
        for end in _ends(path):
            entries = at(end)
            if entries is not None:
                same = [each for each in entries if each.pointer == finding.location.pointer]
                return self._take_only(same or entries, is_named=bool(end and same)) if end or finding.url or value else None
        return None

    def _known(self) -> dict[_Key, list[BaselineEntry]]:
        if self._by_key is None:
            gone = {path for path in {each.path for each in self._entries} if not self._exists(path)}
            self._by_key = {}
            for entry in self._entries:
                if entry.subject is None:
                    for place in _ends(entry.path) if entry.path in gone else (f"/{entry.path}",):
                        key = (entry.rule, field_of(entry.pointer), entry.url, entry.value, place)
                        self._by_key.setdefault(key, []).append(entry)
        return self._by_key

    def _take_alike(self, entries: list[BaselineEntry]) -> BaselineEntry | None:
        """The first entry that was not taken, if those that were not differ in their pointers only."""
        left = [each for each in entries if each.fingerprint not in self._taken]
        if len({(each.reason, each.until) for each in left}) != 1:
            return None
        self._taken.add(left[0].fingerprint)
        return left[0]

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
