"""linkcheck failed while it checked a link.

What it means: there is a bug in linkcheck or in a library that it uses. Nothing is known about the link, and it is not
reported as broken.

Why it matters: the link was not checked, so the run ends with exit code 3.

How to fix it: please report the bug, with the message and a recording (`--record FILE`).

When to ignore it: never. The rule stays quiet when the server does not speak HTTP: that is unreachable.

Source: linkcheck's own judgment: an error in linkcheck is never reported as an error of a page.

Topics: run

Example:
    posts/a.md:4:9: LC004 warning: linkcheck failed: ...
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import NOT_IN_REPLAY, Evidence, FailureKind, RuleMetadata, Severity

META = RuleMetadata("LC004", "internal-error", Severity.WARNING, transient=True, deselectable=False, acceptable=False)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, _, failure in failed(evidence, FailureKind.INTERNAL):
        if failure.detail != NOT_IN_REPLAY:
            yield issue_of(
                link, f"linkcheck failed: {failure.message}", "Report this bug, with a recording (--record FILE)."
            )
