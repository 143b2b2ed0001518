"""A date is valid, but cannot be the publication date of the article.

What it means: the publication date is more than 30 days in the future, or after tomorrow while the page is already
online; it is a zero value that a program wrote (`0000-00-00`, `0001-01-01`, or the day from which programs count:
1970-01-01, 1969-12-31, 1601-01-01, 1899-12-30, 1899-12-31, 1900-01-01, 1904-01-01); or its year has fewer than four
digits (`0021-06-18`). Or the article is marked `published: false` or `draft: true`, and its page on your own site is
online.

Why it matters: generators omit articles with future dates, feeds and lists sort by the date, and Google's guide to
byline dates (Search Central, "Provide a publication date") forbids dates in the future. An article that is dated at
most 30 days ahead is treated as scheduled: its pages need not exist yet. With a typo such as 2031 they could be missing
for years without a finding, so linkcheck does not treat such an article as scheduled.

How to fix it: use the publication date.

When to ignore it: for events, and for articles that were really published on such a day. The rule stays quiet for
drafts and embargoes; for articles whose type, category, folder or URL (`/events/`) indicates, in many languages, that
they are events or courses, or that have a property such as `startDate` or `venue`; for a date up to 100 days ahead that
the page has as well, as magazines date their issues; and for a day such as January 1, 1970 that is written with a time
of day, that the page has as well, or whose year is in the article's URL, folder or texts. Print archives have dates
before the web, so no other past date is reported. January 1 of 1980 and of 2000 is reported only when the page or the
URL contains a different year.

Source: Google Search Central, "Influence your byline dates in Google Search" (no dates in the future). The other limits
are linkcheck's own judgment.

Topics: dates

Example:
    publishedDateTime: 2031-06-18T10:57:00Z      # 2021
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import unquote

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.ownership import is_own_host
from linkcheck.judge.publication import MOST_DAYS_AHEAD, draft_mark, is_waiting
from linkcheck.judge.select import LIVING, is_own, value_at
from linkcheck.model import Basis, Evidence, Json, LinkResult, Location, Role, RuleMetadata, Severity
from linkcheck.pointers import escape
from linkcheck.timestamps import moment_of
from linkcheck.urls import is_below

META = RuleMetadata("LC120", "date-implausible", Severity.WARNING, basis=Basis.TEXT)

_ZEROS = re.compile(r"0000-|-0001-|0001-01-01")
"""What SQL, PHP, .NET and Go write for a missing date."""
_EPOCHS = frozenset(
    (
        *("1970-01-01", "1969-12-31"),  # Unix, and the same west of Greenwich
        *("1601-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01"),  # Windows, spreadsheets, SQL, Mac OS
    )
)
"""The days that programs count from: zero values, unless something else says that the article is of that day."""
_ROUND = frozenset(("1980-01-01", "2000-01-01"))
"""Days that programs count from, and on which many an article was published."""
_FIRST_YEAR = 1000
_AGREEING = timedelta(days=2)
_COVER = timedelta(days=100)
"""How far ahead magazines date an issue."""
_YEAR = timedelta(days=366)
_PAGES = (Role.CANONICAL, Role.ORIGINAL, Role.AMP)
_KINDS = ("type", "category", "categories", "layout", "kind", "collection")
_UPCOMING = re.compile(
    r"(?<![^\W_])(?:"
    r"events?|webinars?|conferences?|congress(?:es)?|meetups?|workshops?|concerts?|festivals?|seminars?|symposi(?:um|a)|summits?"
    r"|hackathons?|exhibitions?|lectures?|calendars?|agendas?|courses?|trainings?|talks?|classes|cfps?|call[ -]for[ -]\w+"
    r"|deadlines?|upcoming|forthcoming|what(?:'?s)?[ -]on"
    r"|veranstaltung(?:en|skalender)?|termine?|kalender|konferenz(?:en)?|tagung(?:en)?|kurse?|ausstellung(?:en)?|messen?"
    r"|seminare|konzerte?|lesung(?:en)?|vortr(?:a|ä|ae)ge?|schulung(?:en)?|fortbildung(?:en)?"
    r"|[ée]v[ée]nements?|agenda|calendrier|conf[ée]rences?|congr[èe]s|colloques?|formations?|cours|expositions?|spectacles?"
    r"|rendez-vous|salons?|s[ée]minaires?|ateliers?"
    r"|eventos?|calend[aá]rio|conferencias?|confer[êe]ncias?|congresos?|congressos?|cursos?|exposicion(?:es)?|exposi(?:ção|ções)"
    r"|conciertos?|concertos?|jornadas?|seminarios?|semin[áa]rios?|talleres|taller|palestras?|oficinas?"
    r"|eventi|evento|appuntament[io]|conferenz[ae]|convegn[io]|cors[io]|mostr[ae]|concert[io]|rassegn[ae]"
    r"|evenement(?:en)?|conferenties?|cursus(?:sen)?|opleiding(?:en)?|tentoonstelling(?:en)?|lezing(?:en)?"
    r"|evenemang|konferens(?:er)?|kurs(?:er)?|utst[äa]llning(?:ar)?|arrangement(?:er)?|begivenheder|konferanser?|tapahtumat?"
    r"|wydarzeni[ae]|konferencj[ae]|szkoleni[ae]|kalendarz|wystaw[ay]|akce|ud[áa]losti|konference|kurzy"
    r"|rendezv[ée]nyek|esem[ée]nyek|evenimente|etkinlik(?:ler)?|konferans(?:lar)?|kurslar|acara|sự kiện"
    r"|мероприяти[яе]|события|афиша|конференци[яи]|курсы|выставк[аи]|семинары?|вебинары?|події|заходи|εκδηλώσεις"
    r"|فعاليات|مؤتمرات|אירועים)(?![^\W_])"
    r"|イベント|セミナー|展覧会|講座|活动|活動|会议|會議|展览|展覽|讲座|講座|행사|이벤트|세미나|강좌|전시",
    re.IGNORECASE,
)
"""Kinds of articles that are dated by the day of what they announce."""
_EVENT_KEYS = frozenset(
    ("start", "startdate", "starttime", "enddate", "endtime", "eventdate", "eventstart", "dtstart", "venue")
)
"""Properties of events, in lower case without hyphens and underscores."""
_OF_THE_PAST = re.compile(r"histor|heritage|facsimile|vintage|on-this-day|newspaper|print-?edition", re.IGNORECASE)
"""In a URL or category: an archive of print, which has articles of every day."""
_ARCHIVE = re.compile(r"archiv", re.IGNORECASE)
"""In a category; in URLs many a site has it for all its articles."""
_NAMED_YEAR = re.compile(r"(?<!\d)(1[6-9]|20)\d\d(?!\d)")


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    mark = draft_mark(evidence.article)
    if mark is not None:
        yield from _online(evidence, options, mark)
    waits = is_waiting(evidence.article)
    found = [
        (pointer, message)
        for pointer, text in _dates(evidence.article.data, options.date_keys)
        if not (waits and is_own(pointer))
        if (message := _reason(evidence, options, pointer.rpartition("/")[0], text)) is not None
    ]
    for pointer, message in found:
        place = evidence.article.places.get(pointer)
        if place is not None:
            location = Location(evidence.article.path, place.value, pointer)
            date = str(value_at(evidence, pointer))[:40]
            yield Issue(location, message, hint="Use the publication date.", facts={"date": date})


def _online(evidence: Evidence, options: JudgeOptions, mark: str) -> Iterator[Issue]:
    """The draft mark of an article whose own page is online."""
    pointer = f"/{escape(mark.rpartition(':')[0])}"
    place = evidence.article.places.get(pointer)
    if place is None:
        return
    for result in evidence.results:
        link = result.link
        is_page = link.role is Role.CANONICAL and is_own(link.location.pointer)
        if is_page and _lives(result) and _is_ours(result, options):
            location = Location(evidence.article.path, place.value, pointer)
            message = f"marked `{mark}`, but its page is online: {link.url}"
            yield Issue(location, message, link.url, f"Remove `{mark}`, or take the page offline.", {"mark": mark})
            return


def _is_ours(result: LinkResult, options: JudgeOptions) -> bool:
    if options.base_url is not None and is_below(result.target.url, options.base_url):
        return True
    return is_own_host(result.target.host, options)


def _reason(evidence: Evidence, options: JudgeOptions, owner: str, text: str) -> str | None:
    """What is implausible about a date, in one clause. `owner` is the pointer of the object that has it."""
    shown, date, now = text[:40], moment_of(text), moment_of(options.now)
    if _ZEROS.match(text.strip()) or (date is not None and _is_zero(evidence, options, owner, text, date)):
        return f"`{shown}` is a zero value, not a publication date"
    if date is None:
        return None
    if date.year < _FIRST_YEAR:
        return f"`{shown}` is in the year {date.year}"
    if now is None or date.date() <= (now + timedelta(days=1)).date() or _is_upcoming(evidence, owner):
        return None
    pages = _pages(evidence, owner)
    if date - now <= _COVER and _agrees(pages, date):
        return None
    if date > now + timedelta(days=MOST_DAYS_AHEAD):
        return f"dated {shown}, {(date - now).days:,} days in the future"
    return f"dated {shown}, in the future, but its page is online" if any(map(_lives, pages)) else None


def _is_zero(evidence: Evidence, options: JudgeOptions, owner: str, text: str, date: datetime) -> bool:
    """Whether a date is the day that programs count from, with nothing that shows an article of that day."""
    days = {text.strip()[:10], f"{date:%Y-%m-%d}"}
    if not (days & (_EPOCHS | _ROUND)) or not _is_full_hour(date):
        return False
    pages = _pages(evidence, owner)
    if _agrees(pages, date):
        return False
    named = {found[0] for page in pages for found in _NAMED_YEAR.finditer(page.link.url)}
    years = {day[:4] for day in days}
    if not (days & _EPOCHS):
        dates = [each for page in pages for each in _dates_of(page)]
        return bool((named and not named & years) or (dates and all(abs(each - date) > _YEAR for each in dates)))
    return not (named & years) and not _is_of_the_past(evidence, options, owner, years)


def _is_full_hour(date: datetime) -> bool:
    """Whether it has no time of day but what a time zone makes of midnight, or the second before."""
    return f"{date:%M:%S}" == "00:00" or f"{date:%H:%M:%S}" == "23:59:59"


def _is_of_the_past(evidence: Evidence, options: JudgeOptions, owner: str, years: set[str]) -> bool:
    """Whether folder, texts or category mention the year, or a print archive."""
    data = value_at(evidence, owner)
    values = data if isinstance(data, dict) else {}
    texts = [text for key, text in values.items() if isinstance(text, str) and key not in options.date_keys]
    folder = evidence.article.path.rpartition("/")[0]
    spoken = (folder, *(text for text in texts if moment_of(text) is None))
    if any(found[0] in years for text in spoken for found in _NAMED_YEAR.finditer(text)):
        return True
    kinds = [value for key in _KINDS for value in _flat(values.get(key)) if isinstance(value, str)]
    return any(map(_ARCHIVE.search, kinds)) or any(
        map(_OF_THE_PAST.search, (*kinds, *(page.link.url for page in _pages(evidence, owner))))
    )


def _pages(evidence: Evidence, owner: str) -> list[LinkResult]:
    return [each for each in evidence.results if each.link.role in _PAGES and each.link.owner == owner]


def _agrees(pages: list[LinkResult], date: datetime) -> bool:
    return any(abs(each - date) <= _AGREEING for page in pages for each in _dates_of(page))


def _dates_of(result: LinkResult) -> tuple[datetime, ...]:
    from linkcheck.judge.comparison.other_page import dates_of

    answer = result.outcome.answer if result.outcome is not None else None
    return () if answer is None or answer.page is None else dates_of(answer.page)


def _lives(result: LinkResult) -> bool:
    return result.outcome is not None and result.verdict.kind in LIVING


def _is_upcoming(evidence: Evidence, owner: str) -> bool:
    """Whether a date may be that of an event."""
    article = evidence.article
    holders = [each for each in (article.data, value_at(evidence, owner)) if isinstance(each, dict)]
    kinds = [value for each in holders for key in _KINDS for value in _flat(each.get(key)) if isinstance(value, str)]
    folders = [folder for page in _pages(evidence, owner) for folder in unquote(page.link.url).split("/")[3:-1]]
    if any(_UPCOMING.fullmatch(folder.replace("_", "-")) for folder in folders):
        return True
    if any(key.lower().replace("_", "").replace("-", "") in _EVENT_KEYS for each in holders for key in each):
        return True
    return any(map(_UPCOMING.search, (article.path.rpartition("/")[0], *kinds)))


def _flat(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _dates(data: Json, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The dates of the article and of the entries of its lists, with their pointers."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, Json]] = [("", data)]
    while waiting:
        pointer, value = waiting.pop()
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        if isinstance(value, dict):
            found += [(f"{pointer}/{escape(key)}", text) for key in keys if isinstance(text := value.get(key), str)]
        for name, child in children:
            if isinstance(child, dict | list):
                waiting.append((f"{pointer}/{escape(str(name))}", child))
    return found
