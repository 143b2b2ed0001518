"""Dates as people and generators write them, in many notations and languages, and whether the calendar has them.

Only a text that is a date as a whole is read. Free text, years, months, ranges, version numbers and templates are not dates.
A date whose order of day and month is unknown exists if it exists in either order.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct

LONGEST = 80
"""Characters of a date with its time, its zone and the name of the zone."""

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905 - one line
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Notation(StrEnum):
    """How a date is written. The first three are the notations of ISO 8601 and of the generators that follow it."""

    DATE = "date"
    DATE_TIME = "date-time"
    """RFC 3339, with seconds and offset."""
    ISO = "iso"
    """A different form of the time after the date: `2024-03-01 10:00:00 +0100`."""
    YEAR_FIRST = "year-first"
    """`2024/03/01`, `2024.03.01`"""
    YEAR_LAST = "year-last"
    """`31.12.2024`, `12/31/2024`"""
    MONTH_NAME = "month-name"
    """`Jan 2, 2024`, `2. Januar 2024`, `Fri, 01 Mar 2024 10:00:00 +0100`"""
    IDEOGRAPHS = "ideographs"
    """`2024年3月1日`"""


class WrittenDate(Struct, frozen=True):
    """A date. `error` says why it does not exist, as the end of a sentence about it, and `hint` what to correct.

    `day` is year, month and day of one that exists; where the order of day and month is unknown, the month comes first.
    """

    notation: Notation
    error: str | None = None
    hint: str | None = None
    day: tuple[int, int, int] | None = None


_ZONE = r"(?:[Zz]|(?:UTC|GMT)?[+-][0-9]{2}(?::?[0-9]{2})?|[A-Z]{2,5}|\([^()]{1,40}\)|\[?[A-Za-z]{2,12}/[A-Za-z_/-]{2,30}\]?)"
_TIME = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    rf"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?P<zone>(?: ?{_ZONE}){{0,2}})"
)
_AFTER = rf"(?:,? (?:(?:at|um|[àa]|om|kl\.?|klo) )?{_TIME})?"
_WORD = r"[^\W\d_]{3,14}"
_WEEKDAY = r"(?:[^\W\d_]{2,14}(?:-feira)?\.?,? )?"

_YEAR = re.compile(r"[0-9]{4}")
"""What each notation contains and few other texts do."""
# Compiled on first use: most archives have one notation.
_ISO = rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:(?:[Tt]| {{1,2}}){_TIME})?"
_RFC_3339 = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2}))?"
_YEAR_FIRST = rf"(?P<year>[0-9]{{4}})(?P<sign>[/.]) ?(?P<month>[0-9]{{1,2}})(?P=sign) ?(?P<day>[0-9]{{1,2}})\.?{_AFTER}"
_YEAR_LAST = rf"(?P<one>[0-9]{{1,2}})(?P<sign>[/.-]) ?(?P<other>[0-9]{{1,2}})(?P=sign) ?(?P<year>[0-9]{{4}})\.?{_AFTER}"
_NAMED = (
    rf"{_WEEKDAY}(?P<name>{_WORD})\.? {{1,2}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}}){_AFTER}",
    (
        rf"{_WEEKDAY}(?:[Tt]he |den |el |le )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|er|\.?[ºª°]|\.)?(?:[ -]|(?<=\.))"
        rf"(?:of |de |d['\u2019])?(?P<name>{_WORD})\.?,?[ -](?:del? )?(?P<year>[0-9]{{4}})(?: ?г\.?| r\.)?{_AFTER}"
    ),
    rf"(?P<year>[0-9]{{4}})\.?[ -](?P<name>{_WORD})\.?[ -](?P<day>[0-9]{{1,2}})\.?{_AFTER}",
    rf"{_WEEKDAY}(?P<name>{_WORD}) {{1,2}}(?P<day>[0-9]{{1,2}}) {_TIME} (?P<year>[0-9]{{4}})(?: {_ZONE})?",
)
_IDEOGRAPHS = rf"(?P<year>[0-9]{{4}}) ?[年년] ?(?P<month>[0-9]{{1,2}}) ?[月월] ?(?P<day>[0-9]{{1,2}}) ?[日일号號]{_AFTER}"

_NAMES = """
    january jan januar januari janvier janv jänner janeiro enero ene gennaio gen ianuarie ocak oca styczeń stycznia
        leden ledna január tammikuu tammikuuta январь января янв січень січня ιανουάριος ιανουαρίου siječnja
    february feb februar februari février févr fév feber fevereiro fev febrero febbraio februarie şubat luty lutego
        únor února február helmikuu helmikuuta февраль февраля фев лютий лютого φεβρουάριος φεβρουαρίου veljače
    march mar märz marz mär maart mrt mars marzo março martie mart marzec marca březen března március marec maaliskuu
        maaliskuuta март марта березень березня μάρτιος μαρτίου ožujka
    april apr avril avr abril abr aprile aprilie nisan kwiecień kwietnia duben dubna április apríl huhtikuu huhtikuuta
        апрель апреля апр квітень квітня απρίλιος απριλίου travnja
    may mai mei maj mayo maio maggio mag mayıs květen května május máj toukokuu toukokuuta май мая травень травня
        μάιος μαΐου svibnja
    june jun juni juin junio junho giugno giu iunie haziran czerwiec czerwca červen června június jún kesäkuu
        kesäkuuta июнь июня червень червня ιούνιος ιουνίου lipnja
    july jul juli juillet juil julio julho luglio lug iulie temmuz lipiec lipca červenec července július júl heinäkuu
        heinäkuuta июль июля липень липня ιούλιος ιουλίου srpnja
    august aug augustus août aout agosto ago ağustos sierpień sierpnia srpen srpna augusztus elokuu elokuuta август
        августа авг серпень серпня αύγουστος αυγούστου kolovoza
    september sep sept septembre septiembre setembro set settembre septembrie eylül wrzesień września září szeptember
        syyskuu syyskuuta сентябрь сентября сен сент вересень вересня σεπτέμβριος σεπτεμβρίου rujna
    october oct oktober okt octobre octubre outubro out ottobre ott octombrie ekim październik października říjen
        října október lokakuu lokakuuta октябрь октября окт жовтень жовтня οκτώβριος οκτωβρίου
    november nov novembre noviembre novembro noiembrie kasım listopad listopada listopadu marraskuu marraskuuta ноябрь
        ноября ноя листопад листопада νοέμβριος νοεμβρίου studenoga
    december dec dezember dez décembre déc diciembre dic dezembro dicembre decembrie aralık grudzień grudnia prosinec
        prosince joulukuu joulukuuta декабрь декабря дек грудень грудня δεκέμβριος δεκεμβρίου prosinca
"""

_PATTERNS: Mapping[Notation, str] = {
    Notation.ISO: r"^[0-9]{4}-[01]?[0-9]-[0-3]?[0-9]([Tt ] ?[0-9][0-9]?:[0-9][0-9A-Za-z:.,+ /_-]*)?$",
    Notation.YEAR_FIRST: r"^[0-9]{4}[/.] ?[01]?[0-9][/.] ?[0-3]?[0-9]\.?(,? [0-9].*)?$",
    Notation.YEAR_LAST: r"^[0-3]?[0-9][/.-] ?[0-3]?[0-9][/.-] ?[0-9]{4}\.?(,? [0-9].*)?$",
    Notation.MONTH_NAME: r"^(?=.*[0-9]{4}).*[^0-9\s.,:/+-]{3}.*$",
    Notation.IDEOGRAPHS: r"^[0-9]{4} ?[^0-9 .,:/-] ?[01]?[0-9] ?[^0-9 .,:/-] ?[0-3]?[0-9] ?[^0-9 .,:/-].*$",
}
"""Loose, because a validator of JSON Schema has no names of months: that a date exists is checked by reading it. They repeat
little, so that their search ends quickly, whatever the text (`linkcheck.patterns`).
"""
EXAMPLES: Mapping[Notation, str] = MappingProxyType(
    {
        Notation.DATE: "2024-03-01",
        Notation.DATE_TIME: "2024-03-01T10:00:00Z",
        Notation.ISO: "2024-03-01 10:00:00 +0100",
        Notation.YEAR_FIRST: "2024/03/01",
        Notation.YEAR_LAST: "31.12.2024",
        Notation.MONTH_NAME: "March 1, 2024",
        Notation.IDEOGRAPHS: "2024年3月1日",
    }
)


def read_date(text: str) -> WrittenDate | None:
    """The date that the text is as a whole; None if it is something else."""
    text = text.strip()
    if not 8 <= len(text) <= LONGEST or _YEAR.search(text) is None:
        return None
    if found := re.fullmatch(_ISO, text):
        exact = re.fullmatch(_RFC_3339, text) is not None
        notation = Notation.ISO if not exact else Notation.DATE if len(text) == 10 else Notation.DATE_TIME
        return _written(notation, found, _numbers(found, "year", "month", "day"))
    if found := re.fullmatch(_YEAR_FIRST, text):
        return _written(Notation.YEAR_FIRST, found, _numbers(found, "year", "month", "day"))
    if found := re.fullmatch(_YEAR_LAST, text):
        month_first, day_first = _numbers(found, "year", "one", "other"), _numbers(found, "year", "other", "one")
        is_day_first = day_error(*month_first) is not None and (day_first[1] <= 12 or month_first[1] > 12)
        return _written(Notation.YEAR_LAST, found, day_first if is_day_first else month_first)
    for pattern in _NAMED:
        if (found := re.fullmatch(pattern, text)) and (month := _months().get(found["name"].casefold())):
            return _written(Notation.MONTH_NAME, found, (int(found["year"]), month, int(found["day"])))
    if found := re.fullmatch(_IDEOGRAPHS, text):
        return _written(Notation.IDEOGRAPHS, found, _numbers(found, "year", "month", "day"))
    return None


def _numbers(found: re.Match[str], year: str, month: str, day: str) -> tuple[int, int, int]:
    return int(found[year]), int(found[month]), int(found[day])


def time_error(text: str) -> tuple[str, str] | None:
    """Why a time with seconds does not exist, as in `WrittenDate`; None if it exists, or if the text is not such a time."""
    found = re.fullmatch(_TIME, text.strip()) if len(text) <= LONGEST else None
    return None if found is None or found["second"] is None else _time_error(found)


def patterns_of(notations: frozenset[Notation]) -> tuple[str, ...]:
    """JSON Schema patterns in the syntax that all validators support; a date in one of these notations matches one."""
    kinds = {Notation.ISO if each in (Notation.DATE, Notation.DATE_TIME) else each for each in notations}
    return tuple(pattern for notation, pattern in _PATTERNS.items() if notation in kinds)


@lru_cache(maxsize=4096)
def is_date_name(name: str) -> bool:
    """Whether a property of this name usually contains a date."""
    folded = "".join(letter for letter in name.casefold() if letter.isalpha())
    return folded in _WHOLE_NAMES or any(map(folded.__contains__, _NAME_PARTS))


_NAME_PARTS = (
    *("date", "datum", "fecha", "дата", "日期", "tarih", "publish", "modified", "created", "updated", "expir", "lastmod"),
    *("deadline", "birthday", "posted", "released", "archived", "veröffentlicht", "erstellt", "geändert"),
)
_WHOLE_NAMES = frozenset(
    (
        *("start", "starts", "starttime", "startsat", "end", "ends", "endtime", "endsat", "begin", "begins", "day", "when"),
        *("until", "due", "dueon", "data", "dato", "日付", "time", "dob", "born", "died", "from", "to", "pubdat", "since"),
    )
)


def _written(notation: Notation, found: re.Match[str], day: tuple[int, int, int]) -> WrittenDate:
    error = day_error(*day) or (_time_error(found) if found["hour"] is not None else None)
    return WrittenDate(notation, day=day) if error is None else WrittenDate(notation, *error)


def day_error(year: int, month: int, day: int) -> tuple[str, str] | None:
    """Why there is no such day, as in `WrittenDate`; None if there is."""
    if not 1 <= month <= 12:
        return f"is not a valid date: there is no month {month:02}", "Correct the month."
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = _DAYS[month - 1] + leap
    if 1 <= day <= days:
        return None
    return f"is not a valid date: {_MONTHS[month - 1]} {year:04} has {days} days", "Correct the day."


def _time_error(found: re.Match[str]) -> tuple[str, str] | None:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    offset = re.search(r"[+-]([0-9]{2}):?([0-9]{2})?", found["zone"])
    offset_hour, offset_minute = (int(part or 0) for part in offset.groups()) if offset else (0, 0)
    hours = range(1, 13) if found["half"] else range(24)
    if found["half"] and 13 <= hour <= 23:
        hours = range(24)  # `15:30 PM` is unusual and clear
    if hour in hours and minute <= 59 and second <= 60 and offset_hour <= 23 and offset_minute <= 59:
        return None
    return "is not a valid time", "Correct the time: hours go to 23, minutes and seconds to 59."


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    """The names of months, folded, and their numbers."""
    found: dict[str, int] = {}
    number = 0
    for line in _NAMES.splitlines():
        number += line.startswith("    ") and not line.startswith("     ")
        found |= dict.fromkeys(line.casefold().split(), number)
    return found
