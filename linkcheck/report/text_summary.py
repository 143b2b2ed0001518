"""The end of the text report: the run in a few words, hosts that refused, slow hosts, and what was not checked."""

from collections import Counter

from linkcheck.model import Run, Severity, Summary, VerdictKind
from linkcheck.report.base import Detail
from linkcheck.report.escape import cells, shown, visible
from linkcheck.report.summary_text import (
    VERDICTS,
    because,
    compared,
    count,
    duration,
    in_places,
    not_open,
    plain_reason,
    rank,
    scope,
    skipped_files,
    tally,
    without_articles,
)
from linkcheck.report.terminal import Color, wrap
from linkcheck.report.text_page import VERDICTS as COLORS
from linkcheck.report.text_page import TextPage

_EXCLUDED = "excluded by "
"""How the reason starts why a link was not checked that the configuration excludes (`plan.excludes`)."""
_CONTINUED = "  "
"""How a line starts that continues the one before it."""
_LONGEST_REASON = 200
_MOST_REASONS = 5
_MOST_EXCLUDES = 20
_NAMED = (VerdictKind.BLOCKED, VerdictKind.UNREACHABLE)


def conclude(run: Run, paths: int, page: TextPage, *, fixable: int = 0) -> None:
    """Write the summary. `paths` have errors or warnings; `fixable` findings are fixed by default."""
    summary = run.summary()
    for line in wrap(scope(summary), page.width):
        page.line(line)
    _verdicts(run, summary, page)
    _notes(summary, page)
    page.line()
    _verdict_on_the_run(summary, paths, page)
    if page.options.most_problems and page.options.failing:
        page.line(page.style.paint(f"{count(page.options.most_problems, 'problem')} allowed (--max-problems)", Color.DIM))
    if fixable:
        page.line(
            page.style.paint(f"{fixable:,} of {sum(summary.findings.values()):,} fixable with linkcheck fix", Color.DIM)
        )
    _incompleteness(summary, page)


def _notes(summary: Summary, page: TextPage) -> None:
    paint = page.style.paint
    lines: list[str] = []
    if left := skipped_files(summary):
        lines += [paint(line, Color.DIM) for line in wrap(left, page.width)]
    for notice in summary.notices:
        first, *rest = wrap(shown(notice), page.width - 8)
        lines += [f"{paint('notice', Color.BLUE)}  {first}", *(f"        {line}" for line in rest)]
    if (comparison := compared(summary)) is not None:
        lines += wrap(comparison[0].upper() + comparison[1:], page.width)
    if lines:
        page.line()
    for line in lines:
        page.line(line)


def _verdicts(run: Run, summary: Summary, page: TextPage) -> None:
    not_checked = {reason: number for reason, number in summary.not_checked.items() if not _is_hidden(reason, page)}
    hidden = VerdictKind.SKIPPED if not_checked != summary.not_checked else None
    kinds = tuple(kind for kind in VERDICTS if summary.verdicts.get(kind) and kind is not hidden)
    if not kinds and not not_checked:
        return
    hosts = rank(run.hosts(), _NAMED)
    margin = max((len(f"{summary.verdicts[kind]:,}") for kind in kinds), default=1)
    page.line()
    for kind in kinds:
        words: list[str] = []
        if named := hosts.named.get(kind):
            words = [f"{visible(name)} {number:,}" for name, number in named]
            if hosts.more[kind]:
                words.append(f"{count(hosts.more[kind], 'host')} more")
        elif kind is VerdictKind.SKIPPED:
            words = _reasons(not_checked)
        number = f"{summary.verdicts[kind]:,}"
        _row(f"  {number:>{margin}}  {page.style.paint(f'{kind:<11}', COLORS[kind])}", margin + 15, words, page)
    if not_checked and VerdictKind.SKIPPED not in kinds:
        _row(f"  {'':>{margin}}  not checked", margin + 15, _reasons(not_checked), page)
    if hosts.slowest:
        slow = [f"{visible(host.host)} {duration(host.mean_seconds)}" for host in hosts.slowest]
        _row(f"  {'':>{margin}}  {'slowest':<11}", margin + 15, slow, page)


def _is_hidden(reason: str, page: TextPage) -> bool:
    """Whether links were left out for a reason that goes without saying: the command makes no requests."""
    return page.options.is_offline and reason == "offline"


def _row(label: str, margin: int, words: list[str], page: TextPage) -> None:
    """A label and words after it, as many on a line as fit. Those that are longer than a line take several."""
    between = f" {page.glyphs.dot} "
    room = page.width - margin - 2
    lines: list[str] = []
    for word in words:
        is_open = lines and not lines[-1].startswith(_CONTINUED)
        if is_open and cells(lines[-1]) + len(between) + cells(word) <= room:
            lines[-1] += between + word
        elif cells(word) <= room:
            lines.append(word)
        else:
            first, *rest = wrap(word, room - len(_CONTINUED))
            lines += [first, *(_CONTINUED + line for line in rest)]
    first, *rest = lines or [""]
    page.line(f"{label}  {page.style.paint(first, Color.DIM)}")
    for line in rest:
        page.line(f"{' ' * margin}  {page.style.paint(line, Color.DIM)}")


def _reasons(not_checked: dict[str, int]) -> list[str]:
    """Every exclude with the number of links that it takes away, and the most frequent of the other reasons."""
    most = sorted(Counter(not_checked).most_common(), key=lambda item: not item[0].startswith(_EXCLUDED))
    excludes = sum(reason.startswith(_EXCLUDED) for reason in not_checked)
    limit = max(_MOST_REASONS, min(excludes, _MOST_EXCLUDES))
    words = [f"{count(number, 'link')}: {shown(plain_reason(reason), _LONGEST_REASON)}" for reason, number in most[:limit]]
    if len(most) > len(words):
        words.append(f"{count(len(most) - len(words), 'reason')} more")
    return words


def _verdict_on_the_run(summary: Summary, paths: int, page: TextPage) -> None:
    paint = page.style.paint
    found, not_open_text = tally(summary), not_open(summary)
    where = _where(paths, summary)
    if summary.findings.get(Severity.ERROR) or summary.findings.get(Severity.WARNING):
        color = Color.BOLD_RED if summary.findings.get(Severity.ERROR) else Color.BOLD_YELLOW
        plain = found + where
        words = paint(found, color) + where
        fits = len(plain) + len(not_open_text) + 3 <= page.width
        page.line(words + (f" ({not_open_text})" if not_open_text and fits else ""))
        if not_open_text and not fits:
            page.line(f"({not_open_text})")
    else:
        page.line("; ".join(filter(None, (paint(*_success(summary)), ", ".join(filter(None, (not_open_text, found)))))))
    if ((found and summary.findings.get(Severity.INFO)) or not_open_text) and page.options.detail is Detail.NORMAL:
        page.line(paint("Use --verbose to show all findings.", Color.DIM))


def _incompleteness(summary: Summary, page: TextPage) -> None:
    if not summary.complete:
        first, *rest = wrap(shown(because(summary)), page.width - 12)
        page.line(f"{page.style.paint('Incomplete', Color.BOLD_YELLOW)}: {first}")
        for line in rest:
            page.line(f"            {line}")


def _success(summary: Summary) -> tuple[str, Color]:
    """The last line of a run without errors and warnings; "new" where some are not open."""
    if not summary.articles:
        color = Color.BOLD_GREEN if summary.empty_because else Color.BOLD_YELLOW
        return without_articles(summary).capitalize(), color
    words = "No errors or warnings" if summary.verdicts.get(VerdictKind.DEAD) else "No problems found"
    words = "No new problems found" if not_open(summary) else words
    return (words, Color.BOLD_GREEN) if summary.complete else (f"{words} so far", Color.BOLD_YELLOW)


def _where(paths: int, summary: Summary) -> str:
    places = in_places(summary)
    articles = f"in {paths:,} of {summary.articles:,} articles" if paths and summary.articles > 1 else ""
    if places:
        return f" ({' '.join(filter(None, (places, articles)))})"
    return f" {articles}" if articles else ""
