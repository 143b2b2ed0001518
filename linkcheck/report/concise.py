"""One line per problem, in the form of GCC's messages: `path:line:column: severity: message [code] (in 12 articles)`.

With a history, what changed comes first, each with its change; the first line says why the run passes or fails.
"""

from typing import TextIO

from linkcheck.model import Problem, ProblemChange, Run
from linkcheck.report.base import ReportOptions
from linkcheck.report.escape import log_line, shown, visible
from linkcheck.report.rows import is_open
from linkcheck.report.summary_text import SEVERITIES, extent, headline, in_places, outcome
from linkcheck.urls import LONGEST_URL

NAME = "concise"
SUFFIX = ".txt"
DESCRIPTION = "one line for each problem"

_ORDER = (ProblemChange.NEW, ProblemChange.WORSE, ProblemChange.FIXED, None)


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    summary = run.summary()
    if (sentence := outcome(summary, options)) is not None:
        stream.write(f"{sentence}\n")
    for change in _ORDER:
        stream.writelines(
            f"{log_line(_line(problem))}\n"
            for problem in run.problems()
            if is_open(problem.first) and (None if problem.change is ProblemChange.STILL else problem.change) is change
        )
    places = in_places(summary)
    stream.write(f"{headline(summary)}{f' ({places})' if places else ''}\n")


def _line(problem: Problem) -> str:
    finding = problem.first
    span = finding.location.span
    place = f"{visible(finding.location.path) or 'linkcheck'}:{span.line}:{span.column}"
    word = "fixed" if problem.change is ProblemChange.FIXED else SEVERITIES[finding.severity]
    url = "" if finding.url is None or finding.url in finding.message else f"  {shown(finding.url, LONGEST_URL)}"
    change = problem.change.value if problem.change in (ProblemChange.NEW, ProblemChange.WORSE) else ""
    notes = ", ".join(filter(None, (change, extent(problem))))
    return f"{place}: {word}: {shown(finding.message)}{url} [{finding.code}]{f' ({notes})' if notes else ''}"
