"""JUnit XML, as Jenkins and GitLab read it: a suite for each article, a test case for each link.

`failure` is a link that is wrong, `error` one that was unreachable in too many runs, `skipped` one that was not requested,
did not respond or is accepted: it did not pass. Findings that do not count for the exit code go to `system-out` and pass.
Findings that are not about a link are cases of their own. GitLab shows the element's text and keeps only the first of two
cases with one class and name, so the pointer is part of the name.
"""

from collections.abc import Iterator
from typing import TextIO

from msgspec import Struct

from linkcheck.model import Finding, LinkRecord, Run, Severity, Status, Summary, VerdictKind
from linkcheck.report.base import ReportOptions
from linkcheck.report.copies import copy_line
from linkcheck.report.escape import clip, xml_escape
from linkcheck.report.places import repository_path
from linkcheck.report.rows import by_path
from linkcheck.report.summary_text import because, is_failed, without_articles

NAME = "junit"
SUFFIX = ".xml"
DESCRIPTION = "JUnit XML, for CI systems that show test results"

LONGEST = 2000
_UNANSWERED = {VerdictKind.SKIPPED, VerdictKind.BLOCKED, VerdictKind.UNREACHABLE}


class Case(Struct, frozen=True):
    """A test case: its name, how it went (`failure`, `error`, `skipped` or None), and its text."""

    name: str
    outcome: str | None
    kind: str
    text: str = ""
    passed: str = ""


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    summary = run.summary()
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="linkcheck" time="{summary.seconds:.3f}">\n')
    failing = options.failing if is_failed(summary, options) else ()
    last_path: str | None = None
    for path, links, findings in by_path(run):
        last_path = path
        cases = list(_cases(links, findings, failing))
        _suite(repository_path(path, options) or "linkcheck", cases, stream)
    if not summary.complete or last_path is None:
        _suite("the run", [_case_of_the_run(summary)], stream)
    stream.write("</testsuites>\n")


def _case_of_the_run(summary: Summary) -> Case:
    text = without_articles(summary) if summary.complete else because(summary)
    outcome: str | None = "error"
    if summary.complete and (summary.articles or summary.empty_because):
        outcome = None if summary.articles else "skipped"
    return Case(name="complete", outcome=outcome, kind="incomplete", text=_clean(text))


def _suite(name: str, cases: list[Case], stream: TextIO) -> None:
    number = {kind: sum(case.outcome == kind for case in cases) for kind in ("failure", "error", "skipped")}
    suite = _attribute(name)
    stream.write(
        f'  <testsuite name={suite} file={suite} tests="{len(cases)}" '
        f'failures="{number["failure"]}" errors="{number["error"]}" '
        f'skipped="{number["skipped"]}">\n'
    )
    for case in cases:
        stream.write(f"    <testcase classname={suite} name={_attribute(case.name)}")
        if case.outcome is None and not case.passed:
            stream.write("/>\n")
            continue
        stream.write(">\n")
        if case.outcome == "skipped":
            stream.write(f"      <skipped message={_attribute(case.text)}/>\n")
        elif case.outcome is not None:
            first = case.text.partition("\n")[0]
            kind = _attribute(case.kind)
            text = xml_escape(case.text)
            stream.write(f"      <{case.outcome} type={kind} message={_attribute(first)}>{text}</{case.outcome}>\n")
        if case.passed:
            stream.write(f"      <system-out>{xml_escape(case.passed)}</system-out>\n")
        stream.write("    </testcase>\n")
    stream.write("  </testsuite>\n")


def _cases(links: tuple[LinkRecord, ...], findings: tuple[Finding, ...], failing: tuple[Severity, ...]) -> Iterator[Case]:
    by_pointer: dict[str, list[Finding]] = {}
    for finding in findings:
        by_pointer.setdefault(finding.location.pointer, []).append(finding)
    for record in links:
        pointer = record.link.location.pointer
        yield _case(f"{pointer} {record.link.url}", record, by_pointer.pop(pointer, []), failing)
    for pointer, own in by_pointer.items():
        codes = " ".join(dict.fromkeys(finding.code for finding in own))
        yield _case(f"{pointer} {codes}".strip(), None, own, failing)


def _case(name: str, record: LinkRecord | None, findings: list[Finding], failing: tuple[Severity, ...]) -> Case:
    fresh = [finding for finding in findings if finding.status is Status.OPEN]
    wrong = [finding for finding in fresh if finding.severity in failing]
    others = [finding for finding in fresh if finding.severity not in failing]
    passed = "\n".join(map(_text, others))
    verdict = record.verdict.kind if record else None
    if wrong:
        outcome = "error" if verdict is VerdictKind.UNREACHABLE else "failure"
        return Case(name=name, outcome=outcome, kind=wrong[0].code, text="\n".join(map(_text, wrong)), passed=passed)
    if closed := [finding for finding in findings if finding.status is not Status.OPEN]:
        text = "; ".join(f"{each.status}: {each.message}" for each in closed)
        return Case(name=name, outcome="skipped", kind="", text=text, passed=passed)
    if record and verdict in _UNANSWERED:
        reason = record.skip.reason if record.skip else record.verdict.reason
        return Case(name=name, outcome="skipped", kind="", text=f"{verdict}: {reason}", passed=passed)
    return Case(name=name, outcome=None, kind="", passed=passed)


def _text(finding: Finding) -> str:
    location = finding.location
    lines = [f"{finding.severity} {finding.code} {finding.name}: {finding.message}"]
    lines += [f"at {location.path}:{location.span.line}:{location.span.column}"]
    lines += [finding.hint] if finding.hint else []
    copy = copy_line(finding)  # a part of its URL would lead nowhere
    return "\n".join((*map(_clean, lines), *([copy] if copy else [])))


def _clean(text: str) -> str:
    return clip(text, LONGEST).replace("\r", "\\r").replace("\n", "\\n")


def _attribute(text: str) -> str:
    return f'"{xml_escape(_clean(text))}"'
