"""Problems in the text report: what changed first, then the rest, each once with the places where it occurs."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby, islice

from linkcheck.model import Finding, Problem, ProblemChange, Run, Severity
from linkcheck.report.copies import copy_line
from linkcheck.report.escape import cells, shown, visible
from linkcheck.report.grouping import Problems
from linkcheck.report.places import file_url, line_url, rule_url
from linkcheck.report.rows import is_open
from linkcheck.report.summary_text import count, extent, history, outcome
from linkcheck.report.terminal import Color, wrap
from linkcheck.report.text_finding import write_finding
from linkcheck.report.text_page import SEVERITIES, TextPage
from linkcheck.urls import LONGEST_URL

MOST_IN_FULL = 50
"""Problems of a section that are shown with the line of the article; if there are more, all are shown in two lines."""
SHOWN_PLACES = 5
SHOWN_MESSAGES = 10
"""Places that are listed with their own messages, if these differ."""
SHOWN_FIXED = 20

_TITLES = {
    ProblemChange.NEW: "New",
    ProblemChange.WORSE: "Worse",
    ProblemChange.FIXED: "Fixed",
    ProblemChange.STILL: "Still there",
}
_RANK = (Severity.ERROR, Severity.WARNING)
_FIRST = (ProblemChange.NEW, ProblemChange.WORSE, ProblemChange.FIXED)


def write_outcome(run: Run, page: TextPage) -> None:
    """Why the run passes or fails, if there is an earlier one to compare it with."""
    summary = run.summary()
    sentence = outcome(summary, page.options)
    if sentence is not None:
        color = Color.BOLD_RED if sentence.startswith("Failed") else Color.BOLD
        for line in wrap(sentence, page.width):
            page.line(page.style.paint(line, color))
        page.line()


def write_problems(run: Run, page: TextPage) -> None:
    """All problems; with a history, what changed first."""
    write_changes(run, page)
    number = sum(1 for _ in _of(run, ProblemChange.STILL, None))
    if number and run.summary().comparison is not None:
        _heading(_TITLES[ProblemChange.STILL], number, page)
    _section(run, number, page, ProblemChange.STILL, None)


def write_changes(run: Run, page: TextPage) -> None:
    """The problems that are new, worse or fixed; nothing without an earlier run."""
    if run.summary().comparison is None:
        return
    for change in _FIRST:
        number = sum(1 for _ in _of(run, change))
        if number:
            _heading(_TITLES[change], number, page)
            if change is ProblemChange.FIXED:
                _fixed(_of(run, change), number, page)
            else:
                _section(run, number, page, change)


def write_statistics(run: Run, page: TextPage) -> None:
    """The number of problems and places of each rule, the most severe rules first."""
    counted: dict[tuple[int, str, str], list[int]] = {}
    for problem in run.problems():
        if is_open(problem.first) and problem.change is not ProblemChange.FIXED:
            finding = problem.first
            numbers = counted.setdefault((_RANK.index(finding.severity), finding.code, finding.name), [0, 0])
            numbers[0] += 1
            numbers[1] += problem.places
    if not counted:
        return
    rows = [(key, f"{many:,}", places) for key, (many, places) in sorted(counted.items())]
    number_width = max(len(many) for _, many, _ in rows)
    name_width = max(len(name) for (_, _, name), _, _ in rows)
    for (rank, code, name), many, places in rows:
        word, color = SEVERITIES[_RANK[rank]]
        label = page.style.link(f"{code}  {name:<{name_width}}", rule_url(code, name, page.options))
        where = f"  in {count(places, 'place')}" if f"{places:,}" != many else ""
        page.line(f"{many:>{number_width}}  {page.style.paint(f'{word:<7}', color)}  {label}{where}")
    page.line()


def _of(run: Run, *changes: ProblemChange | None) -> Iterator[Problem]:
    return (each for each in run.problems() if each.change in changes and is_open(each.first))


def _heading(words: str, number: int, page: TextPage) -> None:
    page.line(page.style.paint(f"{words} ({number:,})", Color.BOLD))
    page.line()


def _section(run: Run, number: int, page: TextPage, *changes: ProblemChange | None) -> None:
    """Problems with these changes, by group if that is requested; if there are many, in short."""
    write = _in_lines if number > MOST_IN_FULL else _by_article
    problems = partial(_of, run, *changes)
    if page.grouping is None:
        write(run, problems, page)
        return
    for group in page.grouping.groups(problems):
        _heading(shown(page.grouping.heading(group)), group.number, page)
        write(run, group.problems, page)


def _in_lines(run: Run, problems: Problems, page: TextPage) -> None:
    """Problems in short, errors first."""
    for severity in _RANK:
        for problem in problems():
            if problem.severity is severity:
                _in_short(run, problem, page)
    page.line()


def _by_article(run: Run, problems: Problems, page: TextPage) -> None:
    for path, of_path in groupby(problems(), key=lambda each: each.first.location.path):
        page.line(title(path, page))
        found = sorted(of_path, key=lambda each: (each.first.location.span.line, each.first.location.span.column))
        starts = [f"{each.first.location.span.line}:{each.first.location.span.column}" for each in found]
        # Wide enough for most, so that the columns of all articles are aligned.
        margin = max(5, *map(len, starts))
        for problem, start in zip(found, starts, strict=True):
            place = f"  {start:>{margin}}  "
            write_finding(problem.first, place, page)
            _places(run, problem, " " * len(place), page)
            if _is_remarkable(problem):
                _dim(history(problem), " " * len(place), page)
        page.line()


def _in_short(run: Run, problem: Problem, page: TextPage) -> None:
    """Two lines: where it is and what is wrong, what to do and where else."""
    finding, paint = problem.first, page.style.paint
    word, color = SEVERITIES[finding.severity]
    code = page.style.link(paint(finding.code, Color.DIM), rule_url(finding.code, finding.name, page.options))
    url = "" if finding.url is None or finding.url in finding.message else f"  {shown(finding.url, LONGEST_URL)}"
    page.line(f"{_place(finding)}: {paint(word, color)} {code} {shown(finding.message)}{url}")
    indent = "  "
    past = paint(f" ({history(problem)})", Color.DIM) if _is_remarkable(problem) and history(problem) else ""
    if finding.hint:
        page.line(f"{indent}{paint(page.glyphs.arrow, Color.CYAN)} {shown(finding.hint)}{past}")
    if (copy := copy_line(finding)) is not None:
        page.line(f"{indent}{paint(page.glyphs.arrow, Color.CYAN)} {copy}")
    _places(run, problem, indent, page)


def _fixed(problems: Iterator[Problem], number: int, page: TextPage) -> None:
    for problem in islice(problems, SHOWN_FIXED):
        finding = problem.first
        past = history(problem)
        url = "" if finding.url is None or finding.url in finding.message else f"  {shown(finding.url, LONGEST_URL)}"
        page.line(
            f"  {visible(finding.location.path)}:{finding.location.span.line}: {finding.code} {shown(finding.message)}{url}"
            + (page.style.paint(f" ({past})", Color.DIM) if past else "")
        )
    if number > SHOWN_FIXED:
        page.line(f"  {number - SHOWN_FIXED:,} more; the JSON report lists all")
    page.line()


def _is_remarkable(problem: Problem) -> bool:
    """Whether it was there in earlier runs, or was ok in them."""
    return problem.change is not ProblemChange.STILL or (problem.runs or 0) > 1


def _places(run: Run, problem: Problem, indent: str, page: TextPage) -> None:
    """Where a problem occurs, if it has several places."""
    where = extent(problem)
    if not where:
        return
    found = [*islice(run.places(problem), SHOWN_MESSAGES + 1)]
    if all(each.message == problem.first.message for each in found):
        named = ", ".join(map(_place, found[:SHOWN_PLACES]))
        more = problem.places - min(len(found), SHOWN_PLACES)
        _dim(f"{where}: {named}{f' and {more:,} more (--verbose lists all)' if more > 0 else ''}", indent, page)
    else:
        _dim(f"{where}, also:", indent, page)
        others = [each for each in found if each.location != problem.first.location][: SHOWN_MESSAGES - 1]
        for each in others:
            page.line(page.style.paint(f"{indent}  {_place(each)}: {shown(each.message)}", Color.DIM))
        more = problem.places - 1 - len(others)
        _dim(f"{more:,} more (--verbose lists all)" if more > 0 else "", f"{indent}  ", page)


def _dim(text: str, indent: str, page: TextPage) -> None:
    if text:
        for line in wrap(text, page.width - cells(indent)):
            page.line(indent + page.style.paint(line, Color.DIM))


def _place(finding: Finding) -> str:
    span = finding.location.span
    path = visible(finding.location.path)
    return f"{path}:{span.line}:{span.column}" if path else "linkcheck itself"


def title(path: str, page: TextPage) -> str:
    """The heading of an article's findings."""
    if not path:
        return page.style.paint("linkcheck itself", Color.BOLD)
    address = file_url(path, page.options) or line_url(path, 1, page.options)
    return page.style.link(page.style.paint(visible(path), Color.BOLD), address)
