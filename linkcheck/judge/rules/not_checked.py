"""Links that should have been checked were not.

What it means: the time limit was reached (`--max-time`), the run was interrupted, or the network failed before they
were requested. They are listed as skipped.

Why it matters: the report does not cover them.

How to fix it: run again with `--resume` and `--history`, which requests only the remaining links, or allow more time.

When to ignore it: if the time limit is intentional and a nightly run checks everything. The rule stays quiet for
offline runs and for excluded links.

Source: linkcheck's own judgment: what was not checked is listed, with the reason.

Topics: run

Example:
    .: LC003 info: 1,204 links were not checked: time limit reached
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import FILE_START, Location, RuleMetadata, Severity

META = RuleMetadata("LC003", "not-checked", Severity.INFO, transient=True, acceptable=False)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    for reason, links in run.unchecked:
        what = f"{links:,} links were" if links > 1 else "one link was"
        yield Issue(
            Location(run.paths[0] if run.paths else ".", FILE_START),
            f"{what} not checked: {reason}",
            hint="Run again with --history FILE --resume, which requests only what is left.",
            facts={"links": links, "reason": reason},
        )
