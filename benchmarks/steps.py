"""`linkcheck`, which prints the CPU seconds of its steps as JSON when it ends; the processes of a crawl count with it.

    python benchmarks/steps.py check --report json:report.json

Verdicts are made during the crawl and count there. The report must not go to standard output.
"""

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from linkcheck import pipeline
from linkcheck.__main__ import main
from linkcheck.cli import write_reports
from linkcheck.ledger import Ledger

SPENT = dict.fromkeys(("start", "read", "crawl", "judge", "report"), 0.0)
_until = 0.0


def end(step: str) -> None:
    """All that was spent since the last step ended was for this one."""
    global _until  # noqa: PLW0603 - one process measures one run
    now = 0.0
    for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(whose)
        now += usage.ru_utime + usage.ru_stime
    SPENT[step] += now - _until
    _until = now


def watched(function: Callable[..., Any], before: str | None, during: str) -> Callable[..., Any]:
    """The function, with the step that ends when it is called, and the step that it is."""

    def call(*args: object, **named: object) -> object:
        if before is not None:
            end(before)
        try:
            return function(*args, **named)
        finally:
            end(during)

    return call


for owner, name, before, during in (
    (Ledger, "add_all", "start", "read"),
    (pipeline, "crawl_targets", "read", "crawl"),
    (pipeline, "check", None, "judge"),
    (write_reports, "write_reports", None, "report"),
):
    setattr(owner, name, watched(getattr(owner, name), before, during))

try:
    main()
finally:
    end("report")
    sys.stdout.write(json.dumps(SPENT))
