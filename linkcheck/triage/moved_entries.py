"""Entries of a baseline whose file is gone, which may be for the same finding in a file that has another name now."""

from collections.abc import Callable, Iterable
from posixpath import basename

from linkcheck.model import Article, Finding
from linkcheck.pointers import value_at
from linkcheck.triage.baseline import BaselineEntry
from linkcheck.triage.digest import digest

_Key = tuple[str, str, str | None]


class MovedEntries:
    """The entries of files that may have another name now."""

    def __init__(self, entries: Iterable[BaselineEntry], exists: Callable[[str], bool]) -> None:
        """`exists` is called for each path at most once, as soon as a finding has no entry of its own."""
        self._entries = tuple(entries)
        self._exists = exists
        self._by_key: dict[_Key, list[BaselineEntry]] | None = None

    def take(self, finding: Finding, value: str | None) -> BaselineEntry | None:
        """The only entry with the rule, the pointer and the URL or value of a finding. It is for one finding.

        If there is no URL and no value, as of a property that is missing, the name of the file must be the same.
        """
        if not self._entries or finding.subject is not None:
            return None
        if self._by_key is None:
            gone = {path for path in {each.path for each in self._entries} if not self._exists(path)}
            self._by_key = {}
            for entry in self._entries:
                if entry.path in gone and entry.subject is None:
                    self._by_key.setdefault((entry.rule, entry.pointer, entry.url), []).append(entry)
        entries = self._by_key.get((finding.code, finding.location.pointer, finding.url), [])
        name = basename(finding.location.path)
        fitting = [each for each in entries if _is_same(each, finding.url or value, name)]
        if len(fitting) > 1:
            fitting = [each for each in fitting if basename(each.path) == name]
        if len(fitting) != 1:
            return None
        entries.remove(fitting[0])
        return fitting[0]


def value_of(finding: Finding, article: Article) -> str | None:
    """A hash of the value that a finding without a URL is about, 16 hex digits; None if it is about none."""
    value = value_at(article.data, finding.location.pointer)
    if finding.url is not None or value is None or isinstance(value, dict | list):
        return None
    return digest(repr(value))


def _is_same(entry: BaselineEntry, value: str | None, name: str) -> bool:
    return basename(entry.path) == name if value is None else value in (entry.url, entry.value)
