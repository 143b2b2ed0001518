"""An article's file could not be read.

What it means: the file exists, but opening or reading it failed: permissions, a disk error, or it was removed during
the run.

Why it matters: its content was not checked, and a report without it would look better than it should.

How to fix it: give the user who runs linkcheck permission to read the file, or exclude it with a reason.

When to ignore it: never; exclude the file instead. The rule stays quiet for symbolic links to other articles, and for
pipes and devices that are in a folder: they are skipped.

Source: linkcheck's own judgment: a file that was not read is not reported as valid.

Topics: run

Example:
    $ chmod 000 posts/a.md
    posts/a.md:1:1: LC002 error: cannot be read: Permission denied
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC002", "file-unreadable", Severity.ERROR, deselectable=False, acceptable=False)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return parse_errors(evidence, ParseErrorKind.UNREADABLE, hint="Make the file readable, or exclude it.")
