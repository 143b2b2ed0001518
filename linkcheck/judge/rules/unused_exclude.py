r"""An `exclude` pattern in the configuration matches no link.

What it means: no link of the archive matches its pattern.

Why it matters: forgotten excludes hide new problems.

How to fix it: remove it from the configuration, or correct its pattern.

When to ignore it: if the links that it matches come and go. The rule stays quiet in a run that checks only some of the
articles.

Source: linkcheck's own judgment, as for ignore comments.

Topics: run

Example:
    linkcheck.toml: LC006 warning: the exclude "^https://old\.example/" matches no link
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import FILE_START, Location, RuleMetadata, Severity

META = RuleMetadata("LC006", "unused-exclude", Severity.WARNING, acceptable=False)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    for exclude in run.unused_excludes:
        # The planner ends its notice with what to do.
        what, colon, advice = exclude.rpartition(": ")
        yield Issue(
            Location(run.config or "linkcheck.toml", FILE_START),
            what if colon else exclude,
            hint=f"{advice.capitalize()}." if colon else "Remove it, or correct its pattern.",
            facts={"exclude": exclude},
        )
