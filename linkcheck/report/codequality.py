"""A GitLab Code Quality artifact: findings on the lines of a merge request.

Fields as in GitLab's documentation (ci/testing/code_quality.md): entries with one fingerprint are merged, so a second
finding with the same identity gets a fingerprint of its own. No byte order mark. Accepted findings are left out.
"""

import hashlib
from collections.abc import Iterator
from typing import TextIO

from linkcheck.model import Finding, Run, Severity, Status
from linkcheck.report.base import ReportOptions
from linkcheck.report.copies import in_one_line
from linkcheck.report.encode import write_array
from linkcheck.report.escape import shown
from linkcheck.report.places import repository_path

NAME = "codequality"
SUFFIX = ".json"
DESCRIPTION = "a GitLab Code Quality artifact"

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    write_array(stream, _entries(run, options))
    stream.write("\n")


def _entries(run: Run, options: ReportOptions) -> Iterator[dict[str, object]]:
    path: str | None = None
    seen: dict[str, int] = {}
    for finding in run.findings():
        if finding.status is not Status.OPEN:
            continue
        if finding.location.path != path:
            # The path is part of a fingerprint: another path, other fingerprints.
            path, seen = finding.location.path, {}
        fingerprint = finding.fingerprint
        seen[fingerprint] = seen.get(fingerprint, 0) + 1
        if seen[fingerprint] > 1:
            fingerprint = hashlib.sha256(f"{fingerprint} {seen[fingerprint]}".encode()).hexdigest()[:32]
        yield _entry(finding, fingerprint, options)


def _entry(finding: Finding, fingerprint: str, options: ReportOptions) -> dict[str, object]:
    span = finding.location.span
    return {
        "description": f"{finding.code}: {in_one_line(finding)}",
        "check_name": finding.name or finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": shown(repository_path(finding.location.path, options) or ".", 4000),
            "lines": {"begin": span.line, "end": span.end_line},
        },
    }
