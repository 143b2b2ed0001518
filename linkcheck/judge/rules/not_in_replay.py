"""The replay file has no answer for a link.

What it means: with `--replay` every answer comes from a file, and the file holds none for this URL, or none for a URL it
redirects to. Nothing was learned of the link.

Why it matters: the link was not checked, so the run is incomplete.

How to fix it: add an answer to the file (a pattern answers for many), or record it anew with `--record FILE`.

When to leave it: never; a link that should not be asked is excluded, with a reason, in the configuration.

Source: linkcheck's own judgement: without an answer nothing is known of a link.

Topics: run

For example:

    posts/a.md:4:9: LC010 warning: web.toml has no answer for https://gazette.example/harbour
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import NOT_IN_REPLAY, Evidence, FailureKind, Severity

CODE = "LC010"
NAME = "not-in-replay"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, _, failure in failed(evidence, FailureKind.INTERNAL):
        if failure.detail == NOT_IN_REPLAY:
            yield fault_of(link, failure.message, "Add an answer to the file, or record it anew.")
