"""Dates in the notations and languages of front matter."""

import re

import pytest

from linkcheck.calendar_dates import EXAMPLES, LONGEST, Notation, is_date_name, patterns_of, read_date, time_error
from linkcheck.patterns import Allowance, Pattern

WRITTEN = [
    ("2024-03-01", Notation.DATE),
    ("2024-03-01T10:00:00Z", Notation.DATE_TIME),
    ("2024-03-01T10:00:00.123+01:00", Notation.DATE_TIME),
    ("2024-03-01 10:00:00 +0100", Notation.ISO),
    ("2024-03-01 10:00:00", Notation.ISO),
    ("2024-03-01 10:00", Notation.ISO),
    ("2024-03-01T10:00", Notation.ISO),
    ("2024-3-1", Notation.ISO),
    ("2024-03-01 10:00:00 UTC", Notation.ISO),
    ("2024-03-01 10:00:00 +0000 UTC", Notation.ISO),
    ("2024-03-01 10:00:00 Europe/Berlin", Notation.ISO),
    ("2024/03/01", Notation.YEAR_FIRST),
    ("2024/3/1 10:00", Notation.YEAR_FIRST),
    ("2024.03.01", Notation.YEAR_FIRST),
    ("2024. 03. 01.", Notation.YEAR_FIRST),
    ("31.12.2024", Notation.YEAR_LAST),
    ("1. 6. 2024", Notation.YEAR_LAST),
    ("31.12.2024 10:00", Notation.YEAR_LAST),
    ("12/31/2024", Notation.YEAR_LAST),
    ("31/12/2024", Notation.YEAR_LAST),
    ("31-12-2024", Notation.YEAR_LAST),
    ("12/31/2024 3:30 PM", Notation.YEAR_LAST),
    ("Jan 2, 2024", Notation.MONTH_NAME),
    ("January 2nd, 2024", Notation.MONTH_NAME),
    ("2 January 2024", Notation.MONTH_NAME),
    ("2nd of January 2024", Notation.MONTH_NAME),
    ("02-Jan-2024", Notation.MONTH_NAME),
    ("2024 January 2", Notation.MONTH_NAME),
    ("Fri, 01 Mar 2024 10:00:00 +0100", Notation.MONTH_NAME),
    ("Fri Mar 01 2024 10:00:00 GMT+0100 (Central European Time)", Notation.MONTH_NAME),
    ("Fri Mar  1 10:00:00 UTC 2024", Notation.MONTH_NAME),
    ("Friday, March 1, 2024 at 10:00 AM", Notation.MONTH_NAME),
    ("Freitag, den 1. März 2024", Notation.MONTH_NAME),
    ("1er janvier 2024", Notation.MONTH_NAME),
    ("viernes, 1 de marzo de 2024", Notation.MONTH_NAME),
    ("1º de março de 2024", Notation.MONTH_NAME),
    ("1 marzo 2024", Notation.MONTH_NAME),
    ("1 maart 2024", Notation.MONTH_NAME),
    ("1 marca 2024", Notation.MONTH_NAME),
    ("1. března 2024", Notation.MONTH_NAME),
    ("1 марта 2024 г.", Notation.MONTH_NAME),
    ("1. helmikuuta 2024", Notation.MONTH_NAME),
    ("1 Mart 2024", Notation.MONTH_NAME),
    ("2024. június 30.", Notation.MONTH_NAME),
    ("2024年3月1日", Notation.IDEOGRAPHS),
    ("2024년 3월 1일", Notation.IDEOGRAPHS),
]


@pytest.mark.parametrize(("text", "notation"), WRITTEN)
def test_a_date_is_read_and_matches_the_pattern_of_its_notation(text: str, notation: Notation) -> None:
    date = read_date(text)
    assert date is not None
    assert (date.notation, date.error) == (notation, None)
    (pattern,) = patterns_of(frozenset([notation]))
    assert re.search(pattern, text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2024-06-31", "June 2024 has 30 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("2024-13-01", "there is no month 13"),
        ("2024-00-10", "there is no month 00"),
        ("2024-06-31T10:00:00Z", "June 2024 has 30 days"),
        ("2024-06-31 10:00:00 +0100", "June 2024 has 30 days"),
        ("2024-01-10 25:00:00 +0100", "is not a valid time"),
        ("2024-01-10T10:61Z", "is not a valid time"),
        ("2024-01-10T10:00:00+30:00", "is not a valid time"),
        ("2024/02/30", "February 2024 has 29 days"),
        ("31.06.2024", "June 2024 has 30 days"),
        ("31/06/2024", "June 2024 has 30 days"),
        ("06/31/2024", "June 2024 has 30 days"),
        ("13/13/2024", "there is no month 13"),
        ("June 31, 2024", "June 2024 has 30 days"),
        ("31. Juni 2024", "June 2024 has 30 days"),
        ("31 juin 2024", "June 2024 has 30 days"),
        ("31 de junio de 2024", "June 2024 has 30 days"),
        ("31 июня 2024", "June 2024 has 30 days"),
        ("Mon, 31 Jun 2024 10:00:00 GMT", "June 2024 has 30 days"),
        ("2024年6月31日", "June 2024 has 30 days"),
    ],
)
def test_a_date_that_does_not_exist_has_a_reason(text: str, fault: str) -> None:
    date = read_date(text)
    assert date is not None
    assert date.error is not None
    assert fault in date.error


@pytest.mark.parametrize(
    "text",
    [
        *("2024", "2024-06", "06/2024", "June 2024", "June 31", "2023/24", "2023-2024", "Summer 2024", "Q2 2024"),
        *("1.2.3", "2024.1", "v2024.13.1", "10.13.1", "10.0.13.45", "2024-06-31-beta", "RFC 9110"),
        *("2024-06-01 - 2024-06-31", "2024-06-01/2024-06-31", "June 28-31, 2024", "31 May to 31 June 2024"),
        *("{{ page.date }}", "{{< date >}}", "<% tp.date.now() %>", "YYYY-MM-DD", "2024-MM-DD", "now", "tomorrow"),
        *("Room 31, 2024", "Issue 45, 2024", "It was the 31st of June, 2024", "2024-06-31 or so", "", "2" * 100),
    ],
)
def test_other_texts_are_not_dates(text: str) -> None:
    assert read_date(text) is None


def test_a_date_longer_than_any_notation_is_not_read() -> None:
    assert read_date("Friday, March 1, 2024" + " " * 3 + "x" * LONGEST) is None


def test_a_time_alone_can_be_impossible() -> None:
    assert time_error("25:00:00") is not None
    assert time_error("23:59:60") is None
    assert time_error("25:00") is None


@pytest.mark.parametrize(
    "name",
    ["date", "pubDate", "last_modified_at", "lastmod", "publishedDateTime", "created-at", "expiryDate", "Datum", "start"],
)
def test_names_of_dates(name: str) -> None:
    assert is_date_name(name)


@pytest.mark.parametrize("name", ["title", "version", "slug", "duration", "description", "weight", "release"])
def test_names_of_other_properties(name: str) -> None:
    assert not is_date_name(name)


def test_each_notation_has_a_pattern_that_other_texts_do_not_match() -> None:
    patterns = patterns_of(frozenset([Notation.DATE, Notation.ISO, Notation.YEAR_LAST]))
    assert len(patterns) == 2
    for text in ("soon", "about 2024-03-01", "2024-03-01 and later", "March 1, 2024", "2024/03/01"):
        assert not any(re.search(pattern, text) for pattern in patterns)


@pytest.mark.parametrize("notation", list(Notation))
def test_the_search_for_a_pattern_ends_quickly(notation: Notation) -> None:
    (source,) = patterns_of(frozenset([notation]))
    pattern = Pattern(source)
    allowance = Allowance(0.5)
    assert pattern.search(EXAMPLES[notation], allowance)
    assert allowance.left == 0.5 or notation is Notation.MONTH_NAME  # too quick to be counted


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-06-03", (2021, 6, 3)),
        ("2021-06-03T10:57:00Z", (2021, 6, 3)),
        ("2021/6/3", (2021, 6, 3)),
        ("03.06.2021", (2021, 3, 6)),  # the order is unknown
        ("23.06.2021", (2021, 6, 23)),
        ("06/23/2021", (2021, 6, 23)),
        ("3 June 2021", (2021, 6, 3)),
        ("Thu, 03 Jun 2021 10:57:00 +0200", (2021, 6, 3)),
        ("2021年6月3日", (2021, 6, 3)),
        ("2021-06-31", None),
        ("2021-06-03 25:00", None),
    ],
)
def test_the_day_of_a_date_that_exists(text: str, day: tuple[int, int, int] | None) -> None:
    date = read_date(text)
    assert date is not None
    assert date.day == day
