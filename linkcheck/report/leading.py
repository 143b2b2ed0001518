"""The problems that a short report names: what changed, the most severe first."""

from linkcheck.model import Problem, ProblemChange, Run, Severity
from linkcheck.report.rows import is_open

_LISTED = (Severity.ERROR, Severity.WARNING)


def leading(run: Run, change: ProblemChange | None, most: int) -> tuple[list[Problem], int]:
    """At most `most` problems with this change, errors first, and how many there are.

    None is the change of the problems of a run that is compared with no other.
    """
    first: dict[Severity, list[Problem]] = {severity: [] for severity in _LISTED}
    number = 0
    for problem in run.problems():
        if problem.change is change and is_open(problem.first):
            number += 1
            if len(first[problem.severity]) < most:
                first[problem.severity].append(problem)
    return [problem for severity in _LISTED for problem in first[severity]][:most], number
