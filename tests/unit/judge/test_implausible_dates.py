"""Which dates cannot be those of an article: by the date, the time of the run, and what its page says."""

import pytest

from linkcheck.judge import JudgeOptions
from linkcheck.judge.rules.date_implausible import check
from linkcheck.model import (
    FILE_START,
    Answer,
    Evidence,
    Link,
    LinkResult,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Source,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.parse import parse

OPTIONS = JudgeOptions(now="2026-11-22T12:00:00Z", own_hosts=("own.example",))
PAGE = "https://a.example/x"


def page(
    published: str | None = None,
    url: str = PAGE,
    kind: VerdictKind = VerdictKind.OK,
    role: Role = Role.CANONICAL,
    pointer: str = "/webUrl",
) -> LinkResult:
    target = Target(url, Probe.PAGE, url.split("/")[2])
    outcome = Outcome(url, Probe.PAGE, Answer(200, url, page=PageFacts(published=published)))
    return LinkResult(Link(Location("a.md", FILE_START, pointer), role, url), target, Verdict(kind, ""), outcome=outcome)


def told(lines: str, *results: LinkResult, path: str = "posts/a.md") -> list[str]:
    head = f"---\n{lines}\n---\n".encode()
    article = parse(Source(path, path, head, len(head)))
    return [issue.message for issue in check(Evidence(article, results=results), OPTIONS)]


def dated(date: str, *results: LinkResult, more: str = "", path: str = "posts/a.md") -> list[str]:
    return told(f"date: '{date}'\n{more}", *results, path=path)


ZERO = "`{}` is a zero value, not a publication date"


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("0000-00-00", ZERO),
        ("0001-01-01", ZERO),
        ("0021-06-18", "`{}` is in the year 21"),
        ("0999-06-18", "`{}` is in the year 999"),
        ("1000-06-18", None),
        ("1970-01-01", ZERO),
        ("1970-01-01T01:00:00Z", ZERO),
        ("1969-12-31T23:59:59Z", ZERO),
        ("1970-01-01T10:57:00Z", None),
        ("1970-01-02", None),
        ("1900-01-01", ZERO),
        ("2000-01-01", None),
        ("2026-11-23", None),
        ("2026-11-24", None),
        ("2026-12-22T12:00:00Z", None),
        ("2026-12-23T12:00:00Z", "dated {}, 31 days in the future"),
        ("2031-06-18", "dated {}, 1,668 days in the future"),
        ("not a date", None),
    ],
)
def test_a_date_alone_may_be_implausible(date: str, message: str | None) -> None:
    assert dated(date) == ([] if message is None else [message.format(date)])


@pytest.mark.parametrize(
    ("date", "result", "message"),
    [
        ("2026-11-24", page(), "dated 2026-11-24, in the future, but its page is online"),
        ("2026-11-23", page(), None),
        ("2026-11-24", page(kind=VerdictKind.DEAD), None),
        ("2026-11-24", page(role=Role.LINK), None),
        ("2026-11-24", page(pointer="/related/0/webUrl"), None),
        ("2026-11-24", page("2026-11-24"), None),
        ("2026-11-24", page("2026-11-26"), None),
        ("2026-11-24", page("2026-11-27"), "dated 2026-11-24, in the future, but its page is online"),
        ("2027-03-02", page("2027-03-02"), None),
        ("2027-03-03", page("2027-03-03"), "dated 2027-03-03, 100 days in the future"),
        ("1970-01-01", page("1970-01-01"), None),
        ("1970-01-01", page("2020-01-01"), ZERO.format("1970-01-01")),
        ("1970-01-01", page(url="https://a.example/1970/x"), None),
        ("1970-01-01", page(url="https://a.example/2020/x"), ZERO.format("1970-01-01")),
        ("1970-01-01", page(url="https://a.example/history/x"), None),
        ("2000-01-01", page("2000-12-31"), None),
        ("2000-01-01", page("2001-01-02"), ZERO.format("2000-01-01")),
        ("2000-01-01", page(url="https://a.example/2000/x"), None),
        ("2000-01-01", page(url="https://a.example/2005/x"), ZERO.format("2000-01-01")),
        ("2000-01-01", page(url="https://a.example/2000/2005/x"), None),
    ],
)
def test_a_date_is_compared_with_that_of_the_page(date: str, result: LinkResult, message: str | None) -> None:
    assert dated(date, result) == ([] if message is None else [message])


@pytest.mark.parametrize(
    ("date", "more", "path"),
    [
        ("1970-01-01", "title: The moon in 1970", "posts/a.md"),
        ("1970-01-01", "", "posts/1970/a.md"),
        ("1970-01-01", "category: Archive", "posts/a.md"),
        ("1970-01-01", "categories: [news, heritage]", "posts/a.md"),
        ("2031-06-18", "type: Event", "posts/a.md"),
        ("2031-06-18", "categories: [news, Workshops]", "posts/a.md"),
        ("2031-06-18", "", "events/a.md"),
        ("2031-06-18", "start_date: 2031-06-18", "posts/a.md"),
        ("2031-06-18", "Venue: Hall", "posts/a.md"),
        ("2031-06-18", "draft: true", "posts/a.md"),
    ],
)
def test_a_date_with_a_reason_is_plausible(date: str, more: str, path: str) -> None:
    assert dated(date, more=more, path=path) == []
    assert len(dated(date, more="title: Another", path="posts/a.md")) == 1


def test_a_date_in_a_list_belongs_to_its_entry() -> None:
    entries = (
        "related:\n- {date: '2031-06-18', type: event}\n- {date: '2031-06-18', title: x}\n- x\nmore: {date: '0021-06-18'}"
    )
    assert sorted(told(entries)) == ["`0021-06-18` is in the year 21", "dated 2031-06-18, 1,668 days in the future"]


@pytest.mark.parametrize(
    ("result", "is_told"),
    [
        (page(url="https://own.example/x"), True),
        (page(url="https://own.example/x", kind=VerdictKind.MOVED), True),
        (page(url="https://own.example/x", kind=VerdictKind.DEAD), False),
        (page(url="https://own.example/x", role=Role.LINK), False),
        (page(url="https://own.example/x", pointer="/related/0/webUrl"), False),
        (page(), False),
    ],
)
def test_a_draft_is_told_where_its_own_page_is_online(result: LinkResult, is_told: bool) -> None:  # noqa: FBT001
    url = result.link.url
    message = f"marked `draft: true`, but its page is online: {url}"
    assert told("draft: true\nwebUrl: x", result) == ([message] if is_told else [])
