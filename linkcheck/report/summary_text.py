"""Words that several reports share: counts, durations, the summary's sentences."""

import heapq
from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct

from linkcheck.model import HostRecord, Problem, ProblemChange, Severity, Summary, VerdictKind
from linkcheck.report.base import ReportOptions

VERDICTS = tuple(VerdictKind)
"""In the order reports show them."""

SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
"""Their names in reports."""

_LEVELS = {Severity.ERROR: "an error", Severity.WARNING: "a warning", Severity.INFO: "info"}
_LISTED = (Severity.ERROR, Severity.WARNING)
"""What reports list by default."""

NOTEWORTHY_SECONDS = 1.0
"""A host slower than this, on average, is mentioned."""

SHOWN_HOSTS = 3
SHOWN_FOLDERS = 4
"""Folders, or files."""

_Row = TypeVar("_Row", tuple[int, int, str], tuple[float, int, HostRecord])


class Hosts(Struct, frozen=True):
    """The hosts that are mentioned: most answers of a kind first, slowest first; `more` counts the others of a kind."""

    named: dict[VerdictKind, tuple[tuple[str, int], ...]]
    more: dict[VerdictKind, int]
    slowest: tuple[HostRecord, ...]


def count(number: int, noun: str) -> str:
    """`1 link`, `12,345 links`."""
    return f"{number:,} {noun}" if number == 1 or noun == SEVERITIES[Severity.INFO] else f"{number:,} {noun}s"


def plain_reason(reason: str) -> str:
    """Why links were not checked, without the words of a sentence about a single one."""
    return reason.removeprefix("not checked: ").removeprefix("it is ")


def duration(seconds: float) -> str:
    """`0.4 s`, `12.3 s`, `3 min 20 s`, `2 h 05 min`."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def moment(text: str) -> str:
    """`2026-11-21 04:00 UTC` for an RFC 3339 time in UTC; anything else as it is."""
    day, _, time = text.partition("T")
    return f"{day} {time[:5]} UTC" if len(day) == 10 and len(time) >= 6 and time.endswith("Z") else text


def scope(summary: Summary) -> str:
    """What was checked, in one line. A run that made no requests, as it was meant to, is not said to have made none."""
    parts = [count(summary.articles, "article"), count(summary.links, "link"), count(summary.targets, "target")]
    requests = count(summary.requests, "request") + (f" and {summary.reused:,} from earlier runs" if summary.reused else "")
    made = f"; {requests}" if summary.requests or summary.reused or not summary.complete else ""
    return f"{', '.join(parts)}{made} in {duration(summary.seconds)}"


def problems(summary: Summary) -> dict[Severity, int]:
    """The open problems by severity; the findings of a run that was recorded without problems."""
    return summary.problems or summary.findings


def tally(summary: Summary) -> str:
    """`3 errors, 2 warnings, 5 info`, without what is zero; empty where nothing was found."""
    found = problems(summary)
    return ", ".join(count(found[kind], SEVERITIES[kind]) for kind in Severity if found.get(kind))


def in_places(summary: Summary) -> str:
    """`864 places`, if errors and warnings have more places than there are; otherwise empty."""
    found, places = problems(summary), sum(summary.findings.get(kind, 0) for kind in _LISTED)
    return f"{places:,} places" if places > sum(found.get(kind, 0) for kind in _LISTED) else ""


def not_open(summary: Summary) -> str:
    """`2 accepted, 5 unchanged, 1 ignored`, without what is zero."""
    kinds = ((summary.accepted, "accepted"), (summary.unchanged, "unchanged"), (summary.ignored, "ignored"))
    return ", ".join(f"{number:,} {word}" for number, word in kinds if number)


def skipped_files(summary: Summary) -> str:
    """`2 files without front matter, 1 symbolic link skipped`, without what is zero; empty if nothing was skipped."""
    kinds = (
        (summary.skipped_files, f"{count(summary.skipped_files, 'file')} without front matter"),
        (summary.empty_files, f"{count(summary.empty_files, 'file')} with empty front matter"),
        (summary.excluded_files, f"{summary.excluded_files:,} excluded by exclude-files"),
        (len(summary.skipped_folders), _named("folder", summary.skipped_folders)),
        (len(summary.skipped_partials), _named("file", summary.skipped_partials)),
        (summary.symbolic_links, count(summary.symbolic_links, "symbolic link")),
        (summary.special_files, count(summary.special_files, "special file")),
    )
    words = ", ".join(words for number, words in kinds if number)
    return f"{words} skipped" if words else ""


def _named(noun: str, paths: tuple[str, ...]) -> str:
    """`the folders archetypes and node_modules`, the outermost first."""
    named = sorted(paths, key=lambda path: (path.count("/"), path))[:SHOWN_FOLDERS]
    more = len(paths) - len(named)
    if more:
        return f"the {noun}s {', '.join(named)} and {more:,} more"
    return f"the {noun}s {', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else f"the {noun} {''.join(named)}"


def headline(summary: Summary) -> str:
    """The run in one sentence."""
    nothing = "no new findings" if not_open(summary) else "no findings"
    found = tally(summary) or (nothing if summary.articles else without_articles(summary))
    return found if summary.complete else f"{found}; incomplete"


def without_articles(summary: Summary) -> str:
    """That there are no articles, as a clause."""
    return summary.empty_because or "no articles were checked"


def because(summary: Summary) -> str:
    """Why the run is incomplete, as a clause."""
    return (summary.incomplete_because or "not everything was checked").rstrip(".")


def compared(summary: Summary) -> str | None:
    """`since 2026-11-21 04:00 UTC: 1 new, 2 fixed, 3 still there`."""
    if (comparison := summary.comparison) is None:
        return None
    worse = f"{comparison.worse:,} worse, " if comparison.worse else ""
    counts = f"{comparison.new:,} new, {worse}{comparison.fixed:,} fixed, {comparison.still:,} still there"
    return f"since {moment(comparison.since)}: {counts}"


def is_failed(summary: Summary, options: ReportOptions) -> bool:
    """Whether the open problems make the exit code 1."""
    return sum(problems(summary).get(kind, 0) for kind in options.failing) > options.most_problems


def outcome(summary: Summary, options: ReportOptions) -> str | None:
    """Why a run with a history passes or fails: `Failed: 1 new error, 2 warnings became errors; 3 errors remain`."""
    comparison = summary.comparison
    if comparison is None:
        return None
    if not comparison.severities and (comparison.new or comparison.fixed or comparison.still):
        return None  # recorded without severities

    def numbers(change: str) -> Iterator[tuple[Severity, int]]:
        return ((kind, number) for kind in _LISTED if (number := comparison.of(change, kind)))

    new = [count(number, f"new {SEVERITIES[kind]}") for kind, number in numbers(ProblemChange.NEW)]
    worse = [_became(number, kind) for kind, number in numbers(ProblemChange.WORSE)]
    again = [f"{count(number, SEVERITIES[kind])} checked again" for kind, number in numbers("again")]
    articles = sum(number for _, number in numbers("more-articles"))
    more = [f"known problems in {count(articles, 'more article')}"] if articles else []
    fixed = [f"{comparison.fixed:,} fixed"] if comparison.fixed else []
    unchecked = [f"{count(number, SEVERITIES[kind])} could not be checked" for kind, number in numbers("not-checked")]
    changed = ", ".join((*new, *worse, *again, *more, *fixed, *unchecked)) or "nothing changed"
    still = [
        count(left, SEVERITIES[kind])
        for kind, number in numbers(ProblemChange.STILL)
        if (left := number - comparison.of("again", kind)) > 0
    ]
    verb = "remains" if len(still) == 1 and still[0].startswith("1 ") else "remain"
    remaining = f"; {' and '.join(still)} {verb}" if still else ""
    if not summary.complete:
        return f"Incomplete: {changed}{remaining}"
    if not options.failing:
        return f"{changed[:1].upper()}{changed[1:]}{remaining}"
    allowed = f" ({count(options.most_problems, 'problem')} allowed)" if options.most_problems else ""
    return f"{'Failed' if is_failed(summary, options) else 'Passed'}: {changed}{remaining}{allowed}"


def _became(number: int, severity: Severity) -> str:
    """`2 warnings became errors`."""
    before = {Severity.ERROR: "warning", Severity.WARNING: "info"}[severity]
    return f"{count(number, before)} became {_LEVELS[severity] if number == 1 else f'{SEVERITIES[severity]}s'}"


def history(problem: Problem) -> str:
    """A problem in earlier runs: `first seen 2026-11-21, in 9 runs in a row, last ok 2026-11-20`; else empty."""
    if problem.change is None or problem.first_seen is None:
        return ""
    parts = ["came back after it was fixed"] if problem.is_back else []
    if problem.before is not None:
        parts.append(f"{_LEVELS[problem.before]} in the last run")
    if problem.change is not ProblemChange.NEW or problem.is_back:
        parts.append(f"first seen {problem.first_seen[:10]}")
    if (problem.runs or 0) > 1 and problem.change is not ProblemChange.FIXED:
        parts.append(f"in {problem.runs:,} runs in a row")
    if problem.last_ok is not None:
        parts.append(f"last ok {problem.last_ok[:10]}")
    return ", ".join(parts)


def extent(problem: Problem) -> str:
    """`in 532 articles`, `in 600 places in 532 articles`; empty if it has one place."""
    if problem.places < 2:
        return ""
    articles = count(problem.articles, "article")
    more = f", {problem.new_articles:,} more than in the last run" if problem.new_articles else ""
    where = f"in {articles}" if problem.places == problem.articles else f"in {problem.places:,} places in {articles}"
    return where + more


def rank(hosts: Iterable[HostRecord], kinds: tuple[VerdictKind, ...], *, shown: int = SHOWN_HOSTS) -> Hosts:
    """The few hosts that are mentioned, in one pass and little memory."""
    most: dict[VerdictKind, list[tuple[int, int, str]]] = {kind: [] for kind in kinds}
    total = dict.fromkeys(kinds, 0)
    slow: list[tuple[float, int, HostRecord]] = []
    for index, host in enumerate(hosts):
        for kind in kinds:
            if number := host.verdicts.get(kind, 0):
                total[kind] += 1
                _keep(most[kind], (number, -index, host.host), shown)
        if host.mean_seconds >= NOTEWORTHY_SECONDS:
            _keep(slow, (host.mean_seconds, -index, host), shown)
    return Hosts(
        named={
            kind: tuple((name, number) for number, _, name in sorted(found, reverse=True)) for kind, found in most.items()
        },
        more={kind: total[kind] - len(most[kind]) for kind in kinds},
        slowest=tuple(host for _, _, host in sorted(slow, reverse=True)),
    )


def _keep(heap: list[_Row], row: _Row, most: int) -> None:
    heapq.heappush(heap, row)
    if len(heap) > most:
        heapq.heappop(heap)
