"""A list of related articles names an article twice, or one with the title of the article itself.

What it means: two entries of a list, such as `related`, have the same URL, but for https, `www.` and a slash at the
end; or the same title, but for case and punctuation; or an entry has the title of the article that lists it.

Why it matters: readers see the same article twice, and one place less for another.

How to fix it: remove one of the entries.

When to leave it: where two articles really have the same title. The rule stays quiet for titles of less than 20
letters, for entries of different days, and for the article itself, which is related-to-itself.

For example:

    related:
      - {title: Night trains return, webUrl: "https://example.com/a"}
      - {title: Night trains return, webUrl: "https://www.example.com/a/"}
"""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.headlines import day_of, title_letters
from linkcheck.judge.look import is_own, value_at
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Json, Role, Severity, Sighting
from linkcheck.urls import page_key

CODE = "LC506"
NAME = "related-duplicate"
SEVERITY = Severity.WARNING

_HINT = "Remove one of the entries."


class _Title(Struct, frozen=True):
    """The letters of a title that is long enough, the day of its article (empty where it is not known), and the line."""

    text: str
    day: str
    line: int

    def is_of(self, other: "_Title | None") -> bool:
        return other is not None and self.text == other.text and (not self.day or not other.day or self.day == other.day)


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    pages = [each for each in evidence.sightings if each.link.role in (Role.CANONICAL, Role.ORIGINAL)]
    if all(is_own(each.link.location.pointer) for each in pages):
        return
    own = {page_key(each.target.url) for each in pages if is_own(each.link.location.pointer)}
    entries: dict[str, list[Sighting]] = {}
    for page in pages:
        if page.link.owner.rpartition("/")[2].isdecimal():
            entries.setdefault(page.link.owner, []).append(page)
    ours = _title(evidence.article.data, options, line=0)
    lines: dict[tuple[str, str], int] = {}
    titles: dict[tuple[str, str], _Title] = {}
    for owner, links in entries.items():
        first, entries_of = links[0].link, owner.rpartition("/")[0]
        keys = [(entries_of, page_key(each.target.url)) for each in links]
        if any(key in own for _, key in keys):
            continue  # the article itself: related-to-itself
        title = _title(value_at(evidence, owner), options, line=first.location.span.line)
        same = None if title is None else titles.setdefault((entries_of, title.text), title)
        listed = next((lines[key] for key in keys if key in lines), None)
        if listed is not None:
            yield fault_of(first, f"the same article is listed on line {listed}", _HINT)
        elif title is not None and same is not None and same is not title and title.is_of(same):
            yield fault_of(first, f"an article of the same title is listed on line {same.line}", _HINT)
        elif title is not None and title.is_of(ours):
            yield fault_of(first, "the related article has the title of this article", "Remove the entry.")
        lines |= {key: first.location.span.line for key in keys if key not in lines}


def _title(values: Json, options: Options, *, line: int) -> _Title | None:
    if not isinstance(values, dict):
        return None
    text = title_letters(values, options)
    return None if text is None else _Title(text, day_of(values, options), line)
