"""SARIF 2.1.0 for code scanning: findings as results with stable fingerprints and the rules' help.

GitHub accepts 25,000 results per run and shows the first 5,000, so the most severe come first and the rest are counted in a
notification (github/docs, sarif-support-for-code-scanning). Accepted and ignored findings are left out: GitHub does
not support suppressions and would raise an alert for each. Columns count Unicode code points, as `columnKind` states.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from linkcheck.model import Finding, Run, Severity, Span, Status, Summary
from linkcheck.report.base import ReportOptions, RuleHelp
from linkcheck.report.copies import in_one_line
from linkcheck.report.encode import encode, write_array
from linkcheck.report.escape import shown
from linkcheck.report.places import path_url, repository_path, rule_url
from linkcheck.report.summary_text import because, count

NAME = "sarif"
SUFFIX = ".sarif"
DESCRIPTION = "SARIF 2.1.0, for code scanning"

MOST_RESULTS = 25_000
LONGEST_DESCRIPTION = 1024
LONGEST_HELP = 20_000

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BRACKET = re.compile(r"(?<!\\)(\\*+)([\[\]])")
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    summary = run.summary()
    stream.write(f'{{\n"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n')
    codes: dict[str, str] = {}
    stream.write('"results": ')
    write_array(stream, (_result(finding, codes, options) for finding in islice(_most_severe_first(run), MOST_RESULTS)))
    # The rules come after the results: only those with results are described.
    stream.write(f',\n"tool": {encode({"driver": _driver(codes, options)})}')
    stream.write(f',\n"invocations": [{encode(_invocation(summary))}]')
    stream.write(',\n"automationDetails": {"id": "linkcheck/"},\n"columnKind": "unicodeCodePoints"')
    stream.write(',\n"originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The repository\'s root."}}}\n}]\n}\n')


def _most_severe_first(run: Run) -> Iterator[Finding]:
    for severity in _LEVELS:
        for finding in run.findings():
            if finding.severity is severity and finding.status is Status.OPEN:
                yield finding


def _result(finding: Finding, codes: dict[str, str], options: ReportOptions) -> dict[str, object]:
    codes.setdefault(finding.code, finding.name)
    place = _place(finding, options)
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(in_one_line(finding) or finding.name or finding.code)},
        "locations": [{"physicalLocation": place}],
        # GitHub reads only this key; without it upload-sarif would make one from the line, which moves.
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:1"},
    }
    if finding.fix is not None and finding.fix.edits:
        replacements = [
            {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in finding.fix.edits
        ]
        change = {"artifactLocation": place["artifactLocation"], "replacements": replacements}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _plain(text: str) -> str:
    """Message text in which no viewer finds a link: `[text](url)` would be one (SARIF 2.1.0, section 3.11.6)."""
    return _BRACKET.sub(r"\1\1\\\2", text)


def _place(finding: Finding, options: ReportOptions) -> dict[str, object]:
    # A finding about the whole run still needs a file: the root.
    uri = path_url(repository_path(finding.location.path, options)) or "."
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": _region(finding.location.span)}


def _region(span: Span) -> dict[str, int]:
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}


def _driver(codes: dict[str, str], options: ReportOptions) -> dict[str, object]:
    helps = {rule.code: rule for rule in options.rules}
    driver: dict[str, object] = {
        "name": "linkcheck",
        "rules": [_rule(code, codes[code], helps.get(code), options) for code in sorted(codes)],
    }
    return driver | ({"version": options.version} if options.version else {})


def _rule(code: str, name: str, known: RuleHelp | None, options: ReportOptions) -> dict[str, object]:
    summary = (known.summary if known else "") or name or code
    text = (known.text if known else "") or summary
    described: dict[str, object] = {
        "id": code,
        "name": name or code,
        "shortDescription": {"text": summary[:LONGEST_DESCRIPTION]},
        "fullDescription": {"text": summary[:LONGEST_DESCRIPTION]},
        "help": {"text": text[:LONGEST_HELP], "markdown": text[:LONGEST_HELP]},
        "properties": {"tags": list(known.topics) if known and known.topics else ["links"]},
    }
    url = rule_url(code, name, options)
    return described | ({"helpUri": url} if url else {})


def _invocation(summary: Summary) -> dict[str, object]:
    notes: list[str] = []
    if not summary.complete:
        notes.append(f"Incomplete: {shown(because(summary))}")
    found = sum(summary.findings.values())
    if found > MOST_RESULTS:
        notes.append(
            f"{count(found - MOST_RESULTS, 'finding')} omitted, because a SARIF upload is limited to {MOST_RESULTS:,} "
            "results; see the other reports."
        )
    notifications = [{"level": "warning", "message": {"text": _plain(note)}} for note in notes]
    invocation: dict[str, object] = {"executionSuccessful": summary.complete}
    return invocation | ({"toolExecutionNotifications": notifications} if notifications else {})
