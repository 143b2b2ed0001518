"""A page for GitHub's job summary, or any other place that renders Markdown; under the summary's limit of 1 MiB.

A summary above 1 MiB is dropped whole, so this one ends early and says how much more there is. Nothing that an
article or a server wrote can mention, link, embed or format: it is in code spans.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Protocol, TextIO

from linkcheck.model import Finding, Fix, Problem, ProblemChange, Run, Severity, Summary
from linkcheck.report.base import ReportOptions
from linkcheck.report.copies import copy_in_markdown
from linkcheck.report.escape import log_line, shown
from linkcheck.report.grouping import Problems, grouping_of
from linkcheck.report.markdown_escape import cell, code_span, fence_for, prose
from linkcheck.report.places import line_url, rule_url
from linkcheck.report.rows import is_open
from linkcheck.report.summary_text import (
    VERDICTS,
    because,
    compared,
    count,
    duration,
    extent,
    headline,
    history,
    not_open,
    outcome,
    plain_reason,
    rank,
    scope,
    skipped_files,
)

NAME = "markdown"
SUFFIX = ".md"
DESCRIPTION = "Markdown for a job summary (under 1 MiB)"

MOST_BYTES = 900_000

_SHOWN_PLACES = 5
_SHOWN_FIXED = 20
_CHANGED = (("New", (ProblemChange.NEW,)), ("Worse", (ProblemChange.WORSE,)))
_SEVERITY = {Severity.ERROR: "**error**", Severity.WARNING: "warning", Severity.INFO: "info"}


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    write_limited(run, stream, options, most=MOST_BYTES)


def write_limited(run: Run, stream: TextIO, options: ReportOptions, *, most: int, suggest: bool = False) -> None:
    """Write at most about `most` bytes: what is new or worse in any case, the rest while it fits, and the summary always.

    With `suggest`, fixes of lines that the change wrote are suggested changes (GitHub, GitLab).
    """
    summary = run.summary()
    head, end = _inert(_head(summary, options)), _inert(_end(run, summary) + _job(options))
    stream.write(head)
    page = _MarkdownPage(run, stream, options, room=most - _size(head) - _size(end) - 500, suggest=suggest)
    if summary.comparison is None:
        page.section(None, ProblemChange.STILL, None)
    else:
        for title, changes in _CHANGED:
            page.section(title, *changes)
        page.fixed()
        page.section("Still there", ProblemChange.STILL, None)
    stream.write(f"\n#### Summary\n\n{end}" if page.has_problems else f"\n{end}")


class _Render(Protocol):
    def __call__(self, problem: Problem, *, is_first: bool) -> str: ...


class _MarkdownPage:
    """A page under construction, with the number of bytes that are left for it."""

    def __init__(self, run: Run, stream: TextIO, options: ReportOptions, *, room: int, suggest: bool) -> None:
        self.has_problems = False
        self._run = run
        self._stream = stream
        self._options = options
        self._room = room
        self._suggest = suggest
        self._errors_first = False  # what does not fit is cut at the end
        self._grouping = grouping_of(run, options.group_by)

    def section(self, title: str | None, *changes: ProblemChange | None) -> None:
        """The problems with these changes, article by article, each at its first place."""
        number = sum(1 for _ in self._of(*changes))
        if not number:
            return
        self.has_problems = True
        if title is not None:
            self._add(f"\n### {title} ({number:,})\n")
        must_fit = ProblemChange.NEW in changes or ProblemChange.WORSE in changes
        self._errors_first = not self._fits(*changes)
        render = self._in_short if must_fit and self._errors_first else self._in_full
        left = 0
        for block, problems in self._blocks(render, *changes):
            if left or not self._add(block):
                left += problems  # The rest is only counted, even if a smaller one would still fit.
        if left:
            self._stream.write(f"\n{count(left, 'more problem')}; see the other reports.\n")
        self._errors_first = False

    def fixed(self) -> None:
        """The problems that are fixed, folded."""
        number = sum(1 for _ in self._of(ProblemChange.FIXED))
        if not number:
            return
        lines = [f"\n<details><summary>Fixed ({number:,})</summary>\n\n"]
        for problem in islice(self._of(ProblemChange.FIXED), _SHOWN_FIXED):
            first = problem.first
            url = "" if first.url is None or first.url in first.message else f" {code_span(first.url)}"
            lines.append(f"- {_place(first, self._options)} {code_span(first.code)} {prose(first.message)}{url}\n")
        if number > _SHOWN_FIXED:
            lines.append(f"\n{number - _SHOWN_FIXED:,} more; see the JSON report.\n")
        self._add(_inert("".join((*lines, "\n</details>\n"))))

    def _of(self, *changes: ProblemChange | None) -> Iterator[Problem]:
        severities = ((Severity.ERROR,), (Severity.WARNING,)) if self._errors_first else (tuple(Severity),)
        for kinds in severities:
            for each in self._run.problems():
                if each.change in changes and each.severity in kinds and is_open(each.first):
                    yield each

    def _blocks(self, render: _Render, *changes: ProblemChange | None) -> Iterator[tuple[str, int]]:
        """The texts of a section, each with the number of problems in it: none in the heading of a group."""
        problems = partial(self._of, *changes)
        if self._grouping is None:
            yield from self._rendered(render, problems)
            return
        for group in self._grouping.groups(problems):
            yield _inert(f"\n#### {prose(self._grouping.heading(group))} ({group.number:,})\n"), 0
            yield from self._rendered(render, group.problems)

    def _rendered(self, render: _Render, problems: Problems) -> Iterator[tuple[str, int]]:
        path = None
        for problem in problems():
            yield render(problem, is_first=problem.first.location.path != path), 1
            path = problem.first.location.path

    def _fits(self, *changes: ProblemChange | None) -> bool:
        room = self._room
        for block, _ in self._blocks(self._in_full, *changes):
            room -= _size(block)
            if room < 0:
                return False
        return True

    def _add(self, block: str) -> bool:
        if _size(block) > self._room:
            self._room = 0
            return False
        self._room -= _size(block)
        self._stream.write(block)
        return True

    def _in_full(self, problem: Problem, *, is_first: bool) -> str:
        finding, options = problem.first, self._options
        path = finding.location.path
        level = "####" if self._grouping is None else "#####"
        title = f"\n{level} {_link(code_span(path, 300) if path else 'linkcheck itself', line_url(path, 1, options))}\n\n"
        block = _inert((title if is_first else "") + _finding(finding, options) + self._places(problem))
        if self._suggest and finding.fix is not None:
            block += _suggestion(finding.fix)
        return block

    def _in_short(self, problem: Problem, *, is_first: bool) -> str:
        """One line."""
        finding, options = problem.first, self._options
        where = extent(problem)
        rule = _link(code_span(finding.code, 80), rule_url(finding.code, finding.name, options))
        start = "\n" if is_first else ""
        return _inert(
            f"{start}- {_place(finding, options)} {_SEVERITY[finding.severity]} {rule} {prose(shown(finding.message, 200))}"
            + (f" ({where})" if where else "")
            + "\n"
        )

    def _places(self, problem: Problem) -> str:
        """Where else a problem occurs, and what it was in earlier runs."""
        lines = []
        if where := extent(problem):
            found = [*islice(self._run.places(problem), _SHOWN_PLACES + 1)]
            named = ", ".join(_place(each, self._options) for each in found[:_SHOWN_PLACES])
            more = problem.places - min(len(found), _SHOWN_PLACES)
            lines.append(f"{where}: {named}{f' and {more:,} more' if more > 0 else ''}")
        if past := history(problem):
            lines.append(past)
        return "".join(f"  <br>{line}\n" for line in lines)


def _head(summary: Summary, options: ReportOptions) -> str:
    sentence = outcome(summary, options)
    lines = [f"### linkcheck: {headline(summary) if sentence is None else sentence}", ""]
    if not summary.complete:
        lines += [f"**Incomplete**: {prose(because(summary))}.", ""]
    if (comparison := compared(summary)) is not None:
        lines += [prose(comparison[0].upper() + comparison[1:]), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _job(options: ReportOptions) -> str:
    return "" if options.run_url is None else f"\n{_link('CI job', options.run_url)}\n"


def _end(run: Run, summary: Summary) -> str:
    lines = [scope(summary) + (f"; {not_open_text}" if (not_open_text := not_open(summary)) else "") + ".", ""]
    hosts = rank(run.hosts(), VERDICTS)
    table: list[str] = []
    for kind in VERDICTS:
        if number := summary.verdicts.get(kind):
            named = ", ".join(f"{cell(name)} {most}" for name, most in hosts.named[kind])
            more = f", {hosts.more[kind]:,} more" if hosts.more[kind] else ""
            table.append(f"| {kind} | {number:,} | {named}{more} |")
    if table:
        lines += ["| verdict | targets | hosts |", "|---|---:|---|", *table, ""]
    if hosts.slowest:
        slow = ", ".join(f"{code_span(host.host, 80)} {duration(host.mean_seconds)}" for host in hosts.slowest)
        lines += [f"Slowest: {slow}.", ""]
    if left := skipped_files(summary):
        lines += [f"{prose(left)}.", ""]
    if summary.not_checked:
        reasons = sorted(summary.not_checked.items(), key=lambda item: (-item[1], item[0]))
        lines += [
            "Not checked:",
            "",
            *(f"- {count(number, 'link')}: {prose(shown(plain_reason(reason), 200))}" for reason, number in reasons[:20]),
        ]
        lines += [f"- {len(reasons) - 20:,} more reasons"] * (len(reasons) > 20) + [""]
    if summary.notices:
        lines += ["Notices:", "", *(f"- {prose(notice)}" for notice in summary.notices[:20])]
    return "\n".join(lines).rstrip("\n") + "\n"


def _finding(finding: Finding, options: ReportOptions) -> str:
    span = finding.location.span
    place = _link(f"line {span.line}", line_url(finding.location.path, span.line, options))
    rule = _link(code_span(finding.code, 80), rule_url(finding.code, finding.name, options))
    lines = [f"- {place} {_SEVERITY[finding.severity]} {rule} {prose(finding.message)}"]
    if finding.url is not None and finding.url not in finding.message:
        lines.append(f"  <br>{code_span(finding.url)}")
    if finding.hint:
        lines.append(f"  <br>{prose(finding.hint)}")
    if finding.archive is not None:
        lines.append(f"  <br>{copy_in_markdown(finding.archive)}")
    return "\n".join(lines) + "\n"


def _suggestion(fix: Fix) -> str:
    """A suggested change; empty if a line of it cannot be shown as it is."""
    if not fix.suggestion or any(log_line(shown(line)) != line for line in fix.suggestion):
        return ""
    fence = fence_for(fix.suggestion)
    return "".join(f"  {line}\n" for line in ("", f"{fence}suggestion", *fix.suggestion, fence)).replace("  \n", "\n", 1)


def _place(finding: Finding, options: ReportOptions) -> str:
    location = finding.location
    name = f"{location.path}:{location.span.line}" if location.path else "linkcheck itself"
    return _link(code_span(name, 300), line_url(location.path, location.span.line, options))


def _inert(block: str) -> str:
    """Finished lines without commands of a CI service: a job's log may show them too."""
    return "\n".join(map(log_line, block.split("\n")))


def _link(text: str, url: str | None) -> str:
    return f"[{text}](<{url}>)" if url else text


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
