"""A page for GitHub's job summary, or any other place that renders Markdown; under the summary's limit of 1 MiB.

A summary above 1 MiB is dropped whole, so this one ends early and says how much more there is. Nothing that an
article or a server wrote can mention, link, embed or format: it is in code spans.
"""

from typing import TextIO

from linkcheck.model import Finding, Fix, Run, Severity, Status, Summary
from linkcheck.report.base import ReportOptions
from linkcheck.report.escape import log_line, shown
from linkcheck.report.markdown_escape import cell, code_span, fence_for, prose
from linkcheck.report.places import line_url, rule_url
from linkcheck.report.rows import by_path
from linkcheck.report.summary_text import (
    VERDICTS,
    because,
    compared,
    count,
    duration,
    headline,
    not_open,
    plain_reason,
    rank,
    scope,
    skipped_files,
)

NAME = "markdown"
SUFFIX = ".md"
DESCRIPTION = "Markdown for a job summary (under 1 MiB)"

MOST_BYTES = 900_000

_SEVERITY = {Severity.ERROR: "**error**", Severity.WARNING: "warning", Severity.INFO: "info"}


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    write_limited(run, stream, options, most=MOST_BYTES)


def write_limited(run: Run, stream: TextIO, options: ReportOptions, *, most: int, suggest: bool = False) -> None:
    """Write at most about `most` bytes: errors and warnings article by article while they fit, and the summary always.

    With `suggest`, fixes of lines that the change wrote are suggested changes (GitHub, GitLab).
    """
    summary = run.summary()
    head, end = _inert(_head(summary)), _inert(_end(run, summary) + _job(options))
    stream.write(head)
    room = most - _size(head) - _size(end) - 500
    left, has_findings = 0, False
    for path, _, findings in by_path(run, with_links=False):
        listed = [each for each in findings if each.status is Status.OPEN and each.severity is not Severity.INFO]
        if not listed:
            continue
        has_findings = True
        title = f"\n#### {_link(code_span(path, 300) if path else 'linkcheck itself', line_url(path, 1, options))}\n\n"
        for index, finding in enumerate(listed):
            block = _inert(("" if index else title) + _finding(finding, options))
            if suggest and finding.fix is not None:
                block += _suggestion(finding.fix)
            room -= _size(block)
            if room < 0:
                # The rest is only counted, even if a smaller one would still fit.
                left += len(listed) - index
                break
            stream.write(block)
    if left:
        stream.write(f"\n{count(left, 'finding')} more; see the other reports.\n")
    stream.write(f"\n#### Summary\n\n{end}" if has_findings else f"\n{end}")


def _head(summary: Summary) -> str:
    lines = [f"### linkcheck: {headline(summary)}", ""]
    if not summary.complete:
        lines += [f"**Incomplete**: {prose(because(summary))}.", ""]
    if (comparison := compared(summary)) is not None:
        lines += [prose(comparison[0].upper() + comparison[1:]), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _job(options: ReportOptions) -> str:
    return "" if options.run_url is None else f"\n{_link('CI job', options.run_url)}\n"


def _end(run: Run, summary: Summary) -> str:
    lines = [scope(summary) + (f"; {not_open_text}" if (not_open_text := not_open(summary)) else "") + ".", ""]
    hosts = rank(run.hosts(), VERDICTS)
    table: list[str] = []
    for kind in VERDICTS:
        if number := summary.verdicts.get(kind):
            named = ", ".join(f"{cell(name)} {most}" for name, most in hosts.named[kind])
            more = f", {hosts.more[kind]:,} more" if hosts.more[kind] else ""
            table.append(f"| {kind} | {number:,} | {named}{more} |")
    if table:
        lines += ["| verdict | targets | hosts |", "|---|---:|---|", *table, ""]
    if hosts.slowest:
        slow = ", ".join(f"{code_span(host.host, 80)} {duration(host.mean_seconds)}" for host in hosts.slowest)
        lines += [f"Slowest: {slow}.", ""]
    if left := skipped_files(summary):
        lines += [f"{prose(left)}.", ""]
    if summary.not_checked:
        reasons = sorted(summary.not_checked.items(), key=lambda item: (-item[1], item[0]))
        lines += [
            "Not checked:",
            "",
            *(f"- {count(number, 'link')}: {prose(shown(plain_reason(reason), 200))}" for reason, number in reasons[:20]),
        ]
        lines += [f"- {len(reasons) - 20:,} more reasons"] * (len(reasons) > 20) + [""]
    if summary.notices:
        lines += ["Notices:", "", *(f"- {prose(notice)}" for notice in summary.notices[:20])]
    return "\n".join(lines).rstrip("\n") + "\n"


def _finding(finding: Finding, options: ReportOptions) -> str:
    span = finding.location.span
    place = _link(f"line {span.line}", line_url(finding.location.path, span.line, options))
    rule = _link(code_span(finding.code, 80), rule_url(finding.code, finding.name, options))
    lines = [f"- {place} {_SEVERITY[finding.severity]} {rule} {prose(finding.message)}"]
    if finding.url is not None and finding.url not in finding.message:
        lines.append(f"  <br>{code_span(finding.url)}")
    if finding.hint:
        lines.append(f"  <br>{prose(finding.hint)}")
    return "\n".join(lines) + "\n"


def _suggestion(fix: Fix) -> str:
    """A suggested change; empty if a line of it cannot be shown as it is."""
    if not fix.suggestion or any(log_line(shown(line)) != line for line in fix.suggestion):
        return ""
    fence = fence_for(fix.suggestion)
    return "".join(f"  {line}\n" for line in ("", f"{fence}suggestion", *fix.suggestion, fence)).replace("  \n", "\n", 1)


def _inert(block: str) -> str:
    """Finished lines without commands of a CI service: a job's log may show them too."""
    return "\n".join(map(log_line, block.split("\n")))


def _link(text: str, url: str | None) -> str:
    return f"[{text}](<{url}>)" if url else text


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
