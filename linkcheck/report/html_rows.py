"""The rows of the HTML report's tables: problems and hosts, as JSON in the order that `page.js` reads them.

The page must open in a browser whatever the size of the archive, so it has the most important rows only, and counts the
others. Everything is read row by row: the first pass counts the rows of each rank, the second one takes the lowest ranks.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct

from linkcheck.model import (
    SEVERITIES,
    Claim,
    Finding,
    HostRecord,
    LinkRecord,
    Problem,
    ProblemChange,
    Role,
    Run,
    Severity,
    Status,
    VerdictKind,
)
from linkcheck.report.base import ReportOptions
from linkcheck.report.copies import copy_label, copy_url
from linkcheck.report.encode import encode
from linkcheck.report.escape import is_web, shown
from linkcheck.report.grouping import grouping_of
from linkcheck.report.places import line_pattern
from linkcheck.report.summary_text import extent, history

MOST_PROBLEMS = 5000
MOST_HOSTS = 200
MOST_PLACES = 20_000
"""Places of all problems together."""
PLACES = (1000, 300, 100, 30, 10, 3)
"""How many places of one problem are listed: the first of these numbers with which all problems keep to the bound."""
LONGEST_URL = 2000
LONGEST_FACT = 300

FACTS = {
    "status": "status",
    "failure": "failure",
    "expected": "expected value",
    "suggestion": "suggestion",
    "final_url": "leads to",
    "leads_to": "leads to",
    "refresh": "forwards to",
    "media_type": "media type",
    "format": "image format",
    "bytes": "bytes",
    "title": "title of the page",
    "published": "date of the page",
    "canonical": "canonical URL of the page",
    "canonicals": "canonical URLs of the page",
    "amphtml": "AMP URL of the page",
    "og_url": "og:url of the page",
    "json_ld_url": "URL in the page's JSON-LD",
    "page_image": "image of the page",
    "challenge": "bot check",
    "vendor": "bot check of",
    "certificate_ends": "certificate expires",
    "days_left": "days left",
    "domain": "domain",
    "unavailable_after": "unavailable after",
    "date": "date",
    "tried": "files that do not exist",
    "nearby": "similar files",
    "removed": "removed file",
    "missing_folder": "missing folder",
    "missing_root": "missing folder",
    "folder": "folder",
    "folders": "folders",
    "links": "links",
    "pages": "pages",
    "gone": "pages that are gone",
    "keys": "properties",
    "schema": "schema",
    "exclude": "pattern",
    "reason": "reason",
    "unpublished": "not published",
    "not_fixed": "why `linkcheck fix` leaves it",
}
"""The facts that the page shows, in words. The others are for programs, or are in the message."""

# Inside a script element only these could end it or, in old parsers, a line (HTML 13.1.2; JSON allows all of them).
_ISLAND = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_BLAME = (VerdictKind.DEAD, VerdictKind.UNREACHABLE, VerdictKind.SUSPECT, VerdictKind.MOVED, VerdictKind.BLOCKED)
"""What is wrong with a host, the worst first."""

Rank = tuple[int, ...]
_Place = tuple[str, int, int, str | None, str | None]
"""Path, line, column, what is different there (the message or the URL), the address if it cannot be made from the path."""
_Row = TypeVar("_Row")


class PageProblem(Struct, frozen=True, array_like=True):
    """A problem, as `page.js` reads it."""

    id: str
    severity: Severity
    change: ProblemChange | None
    status: Status
    why: str | None
    code: str
    name: str
    message: str
    hint: str | None
    url: str | None
    cause: str
    """The kind of its cause."""
    host: str | None
    """The host that fails as a whole."""
    places: int
    articles: int
    extent: str
    fixable: int
    first_seen: str | None
    runs: int | None
    history: str
    quote: str | None
    role: str | None
    verdict: str | None
    picture: str | None
    hops: tuple[tuple[str, int], ...]
    declared: tuple[float | None, float | None] | None
    measured: tuple[float | None, float | None] | None
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    listed: tuple[_Place, ...]
    others: tuple[_Place, ...]
    """Places that the finding names besides its own."""
    archive: tuple[str, str] | None
    """The words for the copy of its page in a web archive, and the URL of the copy."""
    group: str
    """The value of the article's property by which problems are grouped; empty without one."""


class PageHost(Struct, frozen=True, array_like=True):
    host: str
    verdicts: dict[VerdictKind, int]
    requests: int
    mean_seconds: float
    slowest_seconds: float


class PageRows:
    """The rows of one page."""

    def __init__(self, run: Run, options: ReportOptions) -> None:
        self._run = run
        self._options = options
        self._grouping = grouping_of(run, options.group_by)
        self._problems = Counter(map(problem_rank, run.problems()))
        self._hosts = Counter(rank for host in run.hosts() if (rank := host_rank(host)))
        self._shown = shares(self._problems, MOST_PROBLEMS)
        self._most = next(
            (most for most in PLACES if sum(n * min(-rank[2], most) for rank, n in self._shown.items()) <= MOST_PLACES),
            PLACES[-1],
        )

    @property
    def fixed(self) -> int:
        """The number of fixed problems."""
        return sum(number for rank, number in self._problems.items() if rank[0] == _FIXED)

    def limits(self) -> list[str]:
        """What the page leaves out, in sentences."""
        problems, hosts = self._problems.total(), self._hosts.total()
        places = max((-rank[2] for rank in self._shown), default=0)
        left_out = (
            (problems > MOST_PROBLEMS, f"The table has the {MOST_PROBLEMS:,} most important of {problems:,} problems."),
            (places > self._most, f"At most {self._most:,} places of a problem are listed."),
            (hosts > MOST_HOSTS, f"The table of hosts has {MOST_HOSTS:,} of the {hosts:,} that have problems."),
        )
        return [sentence for is_left_out, sentence in left_out if is_left_out]

    def island(self) -> Iterator[str]:
        """The rows as one JSON document that can be in a script element."""
        pattern = line_pattern("\0", self._options)
        head = {"rules": self._options.rules_url, "lines": pattern.split("%00", 1) if pattern else None}
        head |= {"group": shown(self._options.group_by) if self._options.group_by else None}
        yield f'{encode(head)[:-1].translate(_ISLAND)},"problems":['
        yield from _encoded(self._problem_rows())
        yield '],"hosts":['
        hosts = (host for host in self._run.hosts() if host_rank(host))
        yield from _encoded(map(_host, chosen(hosts, host_rank, shares(self._hosts, MOST_HOSTS))))
        yield "]}"

    def _problem_rows(self) -> Iterator[PageProblem]:
        links = _LinksByPath(self._run)
        for problem in chosen(self._run.problems(), problem_rank, self._shown):
            is_fixed = problem.change is ProblemChange.FIXED
            yield self._row(problem, None if is_fixed else links.of(problem.first))

    def _row(self, problem: Problem, record: LinkRecord | None) -> PageProblem:
        first = problem.first
        hops = tuple((shown(hop.url, LONGEST_URL), hop.status) for hop in record.chain[:20]) if record else ()
        wants = record.link.wants if record else None
        return PageProblem(
            id=problem.id,
            severity=problem.severity,
            change=problem.change,
            status=problem.status,
            why=shown(first.reason) if first.reason else None,
            code=first.code,
            name=first.name,
            message=shown(first.message),
            hint=shown(first.hint) if first.hint else None,
            url=shown(first.url, LONGEST_URL) if first.url is not None else None,
            cause=problem.cause.kind,
            host=shown(problem.cause.value) if problem.cause.kind == "host" else None,
            places=problem.places,
            articles=problem.articles,
            extent=extent(problem),
            fixable=problem.fixable,
            first_seen=problem.first_seen and problem.first_seen[:10],
            runs=problem.runs,
            history=history(problem),
            quote=shown(first.quote.strip()) if first.quote and first.quote.strip() else None,
            role=record.link.role if record else None,
            verdict=record.verdict.kind if record else None,
            picture=_picture(record) if record else None,
            hops=hops,
            declared=_declared(wants.width, wants.height) if wants else None,
            measured=_measured(first),
            facts=tuple(_facts(first, {url for url, _ in hops})),
            listed=tuple(self._place(each, first) for each in self._places(problem)),
            others=tuple(self._others(first)),
            archive=None if first.archive is None else (copy_label(first.archive), copy_url(first.archive)),
            group=shown(self._grouping.value(problem)) if self._grouping else "",
        )

    def _places(self, problem: Problem) -> Iterable[Finding]:
        return (problem.first,) if problem.places < 2 else islice(self._run.places(problem), self._most)

    def _place(self, finding: Finding, first: Finding) -> _Place:
        path, span = finding.location.path, finding.location.span
        note = None
        if finding.message != first.message:
            note = shown(finding.message)
        elif finding.url is not None and finding.url != first.url:
            note = shown(finding.url)
        return shown(path, LONGEST_URL), span.line, span.column, note, self._address(path)

    def _others(self, finding: Finding) -> Iterator[_Place]:
        """The places in a finding's facts; each is a path and a line."""
        places = finding.facts.get("places")
        for place in places[: self._most] if isinstance(places, tuple) else ():
            path, _, line = place.rpartition(":")
            if path and line.isdecimal():
                yield shown(path, LONGEST_URL), int(line), 1, None, self._address(path)

    def _address(self, path: str) -> str | None:
        """The address of a file's lines if the page cannot make it from the path that it shows."""
        is_plain = path == shown(path, LONGEST_URL) and not any(part in path for part in ("..", "//"))
        is_plain = is_plain and not path.startswith(("./", "/"))
        return None if is_plain else line_pattern(path, self._options)


class _LinksByPath:
    """The links of one article at a time, for findings that come in the order of their paths."""

    def __init__(self, run: Run) -> None:
        self._groups = groupby(run.links(), key=attrgetter("link.location.path"))
        self._path = ""
        self._links: Iterable[LinkRecord] = ()

    def of(self, finding: Finding) -> LinkRecord | None:
        """The link that a finding is about: at its place, or else with its URL."""
        path = finding.location.path
        while self._path < path and (group := next(self._groups, None)):
            self._path, self._links = group
        if self._path != path:
            return None
        self._links = tuple(self._links)
        same_place = (each for each in self._links if each.link.location.pointer == finding.location.pointer)
        same_url = (each for each in self._links if each.link.url == finding.url)
        return next(same_place, None) or next(same_url, None)


_FIXED = 3


def problem_rank(problem: Problem) -> Rank:
    """The importance of a problem, the lowest first: what changed, then severity, then how many places it has."""
    match problem.change:
        case _ if problem.status is not Status.OPEN:
            group = 5
        case ProblemChange.NEW:
            group = 0
        case ProblemChange.WORSE:
            group = 1
        case ProblemChange.FIXED:
            group = _FIXED
        case _:
            group = 4 if problem.severity is Severity.INFO else 2
    return group, SEVERITIES.index(problem.severity), -problem.places


def host_rank(host: HostRecord) -> Rank:
    """The importance of a host, the lowest first: its worst verdict, then the number of its targets; empty if all are ok."""
    for index, kind in enumerate(_BLAME):
        if number := host.verdicts.get(kind):
            return index, -number
    return ()


def shares(ranks: Counter[Rank], most: int) -> Counter[Rank]:
    """How many rows of each rank are shown, the lowest ranks first."""
    shown_rows: Counter[Rank] = Counter()
    for rank in sorted(ranks):
        number = min(ranks[rank], most - shown_rows.total())
        if not number:
            break
        shown_rows[rank] = number
    return shown_rows


def chosen(rows: Iterable[_Row], rank: Callable[[_Row], Rank], wanted: Counter[Rank]) -> Iterator[_Row]:
    """The first rows of each rank, as many as are shown of it."""
    left = wanted.copy()
    for row in rows:
        if left[rank(row)] > 0:
            left[rank(row)] -= 1
            yield row


def _encoded(rows: Iterable[object]) -> Iterator[str]:
    separator = "\n"
    for row in rows:
        yield separator + encode(row).translate(_ISLAND)
        separator = ",\n"


def _facts(finding: Finding, urls: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The facts that the page does not show elsewhere, in words."""
    for name, words in FACTS.items():
        value = finding.facts.get(name)
        parts = value if isinstance(value, tuple) else (value,)
        texts = [shown(str(part), LONGEST_FACT) for part in parts if part is not None and part is not False and part != ""]
        new = tuple(text for text in texts if text not in finding.message and text != finding.url and text not in urls)
        if new:
            yield words, new[:20]


def _picture(record: LinkRecord) -> str | None:
    """The address of an image that the page may load."""
    url = record.target.url
    return url if record.link.role is Role.IMAGE and is_web(url) and url == shown(url, LONGEST_URL) else None


def _declared(width: Claim | None, height: Claim | None) -> tuple[float | None, float | None] | None:
    sides = _pixels(width.value if width else None), _pixels(height.value if height else None)
    return sides if any(side is not None for side in sides) else None


def _measured(finding: Finding) -> tuple[float | None, float | None] | None:
    sides = _pixels(finding.facts.get("width")), _pixels(finding.facts.get("height"))
    return sides if any(side is not None for side in sides) else None


def _pixels(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e9 else None


def _host(record: HostRecord) -> PageHost:
    return PageHost(
        host=shown(record.host),
        verdicts=record.verdicts,
        requests=record.requests,
        mean_seconds=record.mean_seconds,
        slowest_seconds=record.slowest_seconds,
    )
