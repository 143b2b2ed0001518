"""The replay file has no response for a link.

What it means: with `--replay` all responses come from a file, and the file has none for this URL, or none for a URL
that it redirects to. Nothing is known about the link.

Why it matters: the link was not checked, so the run is incomplete.

How to fix it: add a response to the file (a pattern can cover many URLs), or record it again with `--record FILE`.

When to ignore it: never; exclude a link that should not be requested, with a reason, in the configuration. The rule
stays quiet for URLs that match a pattern of the file.

Source: linkcheck's own judgment: without a response nothing is known about a link.

Topics: run

Example:
    posts/a.md:4:9: LC010 warning: web.toml has no response for https://gazette.example/harbour
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import NOT_IN_REPLAY, Evidence, FailureKind, RuleMetadata, Severity

META = RuleMetadata("LC010", "not-in-replay", Severity.WARNING, transient=True, acceptable=False)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, _, failure in failed(evidence, FailureKind.INTERNAL):
        if failure.detail == NOT_IN_REPLAY:
            yield issue_of(link, failure.message, "Add a response to the file, or record it again.")
