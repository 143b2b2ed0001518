"""The body of a message for an incoming webhook of Slack (Block Kit): what changed, and where to read more.

Slack accepts 50 blocks, 3,000 characters in a text and, as observed, about 13,000 in a message; this one stays below.
`&`, `<` and `>` are escaped, because `<!channel>` mentions and `<https://...>` links. Whatever an article or a server wrote
is in a code span, where Slack interprets nothing else, and `verbatim` keeps words from becoming links.
"""

from collections.abc import Iterable, Iterator
from typing import TextIO

from linkcheck.model import ArchivedCopy, Problem, ProblemChange, Run, Summary
from linkcheck.report.base import ReportOptions
from linkcheck.report.copies import copy_label, copy_url
from linkcheck.report.encode import encode
from linkcheck.report.escape import ascii_url, clip, is_web, shown
from linkcheck.report.leading import leading
from linkcheck.report.places import line_url, rule_url
from linkcheck.report.summary_text import SEVERITIES, because, compared, extent, headline, history, outcome, scope

NAME = "slack"
SUFFIX = ".json"
DESCRIPTION = "a message for Slack: the outcome, and the first new and worse problems"

MOST_PROBLEMS = 10
"""Of a section; the rest is counted."""
_LONGEST_TEXT = 3_000
_LONGEST_LIST = 4_500
"""Characters of the problems of a section."""
_LONGEST_MESSAGE = 160
_LONGEST_PLACE = 120
"""Of a path or a URL."""
_LONGEST_LINK = 300
_SECTIONS = (("New", ProblemChange.NEW), ("Worse", ProblemChange.WORSE), ("Problems", None))


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    summary = run.summary()
    sentence = f"linkcheck: {outcome(summary, options) or headline(summary)}"
    blocks = [_section(f"*{_text(sentence)}*"), *_problems(run, options), _context(_facts(summary, options))]
    # `text` is what notifications show.
    stream.write(encode({"text": _text(sentence), "blocks": blocks}) + "\n")


def _problems(run: Run, options: ReportOptions) -> Iterator[dict[str, object]]:
    for title, change in _SECTIONS:
        problems, number = leading(run, change, MOST_PROBLEMS)
        if not number:
            continue
        lines, size = [f"*{title} ({number:,})*"], 0
        for problem in problems:
            line = _line(problem, options)
            size += len(line)
            if size > _LONGEST_LIST:
                break
            lines.append(line)
        if left := number - (len(lines) - 1):
            lines.append(f"{left:,} more")
        yield from map(_section, _packed(lines))


def _line(problem: Problem, options: ReportOptions) -> str:
    finding = problem.first
    path, line = finding.location.path, finding.location.span.line
    place = _code(f"{path}:{line}", _LONGEST_PLACE) if path else "linkcheck itself"
    url = "" if finding.url is None or finding.url in finding.message else f" {_code(finding.url, _LONGEST_PLACE)}"
    named = "" if finding.archive is None else _copy(finding.archive)
    notes = ", ".join(filter(None, (extent(problem), history(problem))))
    return (
        f"\u2022 {SEVERITIES[finding.severity]} {_link(finding.code, rule_url(finding.code, finding.name, options))} "
        f"{_code(finding.message, _LONGEST_MESSAGE)}{url} {place}{named}"
        + "".join(f" {link}" for link in (_link("open", line_url(path, line, options)),) if link != "open")
        + (f" ({_text(notes)})" if notes else "")
    )


def _copy(copy: ArchivedCopy) -> str:
    """The words for a copy and its URL; empty if the URL is too long, because a part of it would lead nowhere."""
    url = copy_url(copy).replace("`", "%60")
    return f" {copy_label(copy)}: {_code(url, _LONGEST_LINK)}" if len(url) <= _LONGEST_LINK else ""


def _packed(lines: Iterable[str]) -> Iterator[str]:
    """Texts of whole lines, each within Slack's limit."""
    text = ""
    for line in lines:
        if text and len(text) + 1 + len(line) > _LONGEST_TEXT:
            yield text
            text = ""
        text += f"\n{line}" if text else line
    yield text


def _facts(summary: Summary, options: ReportOptions) -> str:
    parts = [] if summary.complete else [f"*Incomplete*: {_code(because(summary), _LONGEST_MESSAGE)}"]
    parts += [_text(part) for part in (compared(summary), scope(summary)) if part]
    if options.run_url is not None:
        parts.append(_link("CI job", options.run_url))
    return "\n".join(parts)


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": _mrkdwn(text)}


def _context(text: str) -> dict[str, object]:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def _mrkdwn(text: str) -> dict[str, object]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _text(text: str) -> str:
    """Our own words."""
    return _escape(shown(text))


def _code(text: str, longest: int) -> str:
    """A code span, which Slack knows only with one backtick on each side."""
    words = clip(shown(text, longest), longest).replace("`", "'").strip()
    return f"`{_escape(words) or '-'}`"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _link(text: str, url: str | None) -> str:
    """A link to an address of our own: the documentation, the repository, the CI job."""
    if url is None or not is_web(url) or len(url) > _LONGEST_LINK:
        return text
    return f"<{_escape(ascii_url(url)).replace('|', '%7C')}|{text}>"
