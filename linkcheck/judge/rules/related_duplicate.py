"""A list of related articles contains an article twice, or a copy of the article itself.

What it means: two entries of a list, such as `related`, have the same canonical URL, except for https, `www.`, slashes,
index files, percent-encoding, session IDs, tracking parameters and fragments that are not paths (`#/a`). It is info
when only the titles are the same, except for case and punctuation: of two entries, or of an entry and the article that
lists it.

Why it matters: readers see the same article twice, and it takes the place of another.

How to fix it: remove one of the entries.

When to ignore it: if two articles really have the same title. Titles recur from week to week, so they count only when
both articles have the same date and no other common property differs, such as the language, the type or the provider.
The rule stays quiet for titles of fewer than 20 letters, and for the article itself, which is related-to-itself. The
original URL counts when an entry has no canonical one.

Source: linkcheck's own judgment: it is of no use to readers.

Topics: related

Example:
    related:
      - {title: Night trains return, webUrl: "https://example.com/a"}
      - {title: Night trains return, webUrl: "https://www.example.com/a/"}
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import entry_pages, is_own, page_of, value_at
from linkcheck.judge.titles.same_day import day_of, title_letters
from linkcheck.model import Basis, Evidence, Json, Link, Role, RuleMetadata, Severity
from linkcheck.urls import page_key

META = RuleMetadata("LC506", "related-duplicate", Severity.WARNING, basis=Basis.ARTICLES)

_HINT = "Remove one of the entries."
_PERHAPS = "If they are the same article, remove one of the entries."


class _Title(Struct, frozen=True):
    """The letters of a title that is long enough, the day of its article, what else is said of it, and the line."""

    text: str
    day: str
    rest: Mapping[str, Json]
    line: int

    def is_of(self, other: "_Title | None") -> bool:
        if other is None or (self.text, self.day) != (other.text, other.day):
            return False
        return all(self.rest[key] == other.rest[key] for key in self.rest.keys() & other.rest.keys())


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    entries = {owner: pages for owner, pages in entry_pages(evidence).items() if owner.rpartition("/")[2].isdecimal()}
    if not entries:
        return
    own = {page_key(page_of(each)) for each in evidence.results if _is_own_page(each.link)}
    ours = _title(evidence.article.data, options, line=0)
    lines: dict[tuple[str, str], int] = {}
    titles: dict[str, list[_Title]] = {}
    for owner, pages in entries.items():
        first, entries_of = pages[0].link, owner.rpartition("/")[0]
        line = first.location.span.line
        keys = [(entries_of, key) for each in pages if (key := page_key(page_of(each))) is not None]
        if any(key in own for _, key in keys):
            continue  # the article itself: related-to-itself
        title = _title(value_at(evidence, owner), options, line=line)
        before = titles.setdefault(entries_of, [])
        listed = next((lines[key] for key in keys if key in lines), None)
        same = None if title is None else next((each.line for each in before if title.is_of(each)), None)
        if listed is not None:
            yield issue_of(first, f"the same article is listed on line {listed}", _HINT)
        elif same is not None:
            issue = issue_of(first, f"an article with the same title and day is listed on line {same}", _PERHAPS)
            yield milder(issue, Severity.INFO)
        elif title is not None and title.is_of(ours):
            message = "the related article has the same title and day as this article"
            yield milder(issue_of(first, message, "If it is a copy, remove the entry."), Severity.INFO)
        lines |= {key: line for key in keys if key not in lines}
        if title is not None:
            before.append(title)


def _is_own_page(link: Link) -> bool:
    return link.role in (Role.CANONICAL, Role.ORIGINAL) and is_own(link.location.pointer)


def _title(values: Json, options: JudgeOptions, *, line: int) -> _Title | None:
    """None if the title is short or the day unknown: titles recur."""
    if not isinstance(values, dict):
        return None
    text, day = title_letters(values, options), day_of(values, options)
    if text is None or not day:
        return None
    known = (*options.title_keys, *options.date_keys)
    rest = {key: value for key, value in values.items() if key not in known and not _is_url(value)}
    return _Title(text, day, rest, line)


def _is_url(value: Json) -> bool:
    return isinstance(value, str) and "://" in value
