"""What archives report about their copies, as they write it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from linkcheck.fetch.archives import memento
from linkcheck.fetch.archives.memento import Memento, MementoLinks, accept_datetime, capture_date, read_links, read_timemap

BASE = "https://archive.example/web/https://a.example/"
JUNE = datetime(2021, 6, 4, 10, 11, 12, tzinfo=UTC)
COPY = "https://archive.example/web/20210604101112/https://a.example/x,y;z"
DATE = 'datetime="Fri, 04 Jun 2021 10:11:12 GMT"'


def test_a_header_names_the_page_its_copies_and_their_list() -> None:
    links = read_links(
        [
            '<https://a.example/>; rel="original", </timemap/link/https://a.example/>; rel="timemap"; type="x/y"',
            f'<{COPY}>; rel="first memento"; {DATE}, <https://a.example/>; rel="timegate"',
        ],
        BASE,
    )
    assert links == MementoLinks(
        "https://a.example/", ("https://archive.example/timemap/link/https://a.example/",), (Memento(JUNE, COPY),)
    )
    assert links.captured(COPY) == JUNE
    assert links.captured(BASE) is None


@pytest.mark.parametrize("separator", [",\n", ",\r\n", ", ", ",", "\n", " ,\n  "])
def test_a_list_of_copies_is_read_however_it_is_separated(separator: str) -> None:
    lines = [
        '<https://a.example/>; rel="original"',
        f'<{COPY}>; rel="memento"; {DATE}',
        f'<{COPY}2>; rel="last memento"; {DATE}',
    ]
    assert [each.url for each in read_timemap(separator.join(lines), BASE).mementos] == [COPY, f"{COPY}2"]


def test_a_line_that_cannot_be_read_costs_no_other_line() -> None:
    good, bad = f'<{COPY}>; rel="memento"; {DATE}', f'<https://a b>>; nonsense,\n<{COPY}2; rel="memento"'
    text = f"{good},\n{bad}\n{good.replace('>', '3>')}"
    assert [each.url for each in read_timemap(text, BASE).mementos] == [COPY, f"{COPY}3"]


def test_of_the_copies_of_a_list_so_many_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memento, "MOST_MEMENTOS", 3)
    text = ",\n".join(f'<{COPY}{number}>; rel="memento"; {DATE}' for number in range(9))
    assert len(read_timemap(text, BASE).mementos) == 3


def test_a_list_may_refer_to_further_lists() -> None:
    text = (
        '</timemap/1>; rel="timemap"; from="Fri, 04 Jun 2021 10:11:12 GMT", </timemap/1>; rel="timemap", </2>; rel="timemap"'
    )
    assert read_timemap(text, BASE).timemaps == ("https://archive.example/timemap/1", "https://archive.example/2")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, 04 Jun 2021 10:11:12 GMT", JUNE),
        ("Fri, 04 Jun 2021 12:11:12 +0200", JUNE),
        ("2021-06-04T10:11:12Z", JUNE),
        ("Mon, 01 Jan 1990 00:00:00 GMT", datetime(1990, 1, 1, tzinfo=UTC)),
        ("Sun, 31 Dec 1989 23:59:59 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_when_a_copy_was_captured(text: str | None, moment: datetime | None) -> None:
    assert capture_date(text) == moment


def test_a_moment_is_requested_in_gmt_without_fractions() -> None:
    moment = datetime(2021, 6, 4, 1, 2, 3, 999, tzinfo=timezone(timedelta(hours=-5)))
    assert accept_datetime(moment) == "Fri, 04 Jun 2021 06:02:03 GMT"
