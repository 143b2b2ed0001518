"""The copy of a lost page in a web archive, as reports for people name it."""

import re

from linkcheck.model import ArchivedCopy, Finding
from linkcheck.report.escape import shown
from linkcheck.urls import LONGEST_URL

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def copy_label(copy: ArchivedCopy) -> str:
    """What leads to the URL of a copy, in plain words: `Archived copy of 2021-06-04`."""
    date = copy.datetime[:10]
    of_date = f" of {date}" if _DATE.fullmatch(date) else ""
    return f"Archived copy{of_date}" + ("" if copy.verified else " (not verified)")


def copy_url(copy: ArchivedCopy) -> str:
    """The whole URL of a copy, escaped."""
    return shown(copy.url, 2 * LONGEST_URL)  # it contains that of the page


def copy_line(finding: Finding) -> str | None:
    """The copy of the finding's page on one line, escaped; None if there is none."""
    return None if finding.archive is None else f"{copy_label(finding.archive)}: {copy_url(finding.archive)}"


def copy_in_markdown(copy: ArchivedCopy) -> str:
    """The same in Markdown, where the URL is a code span."""
    from linkcheck.report.markdown_escape import code_span  # imported here: the text report does not need it

    return f"{copy_label(copy)}: {code_span(copy.url, 2 * LONGEST_URL)}"


def advice(finding: Finding) -> tuple[str, ...]:
    """What to do about a finding, a line each, escaped: its hint, and the copy of its page."""
    hint = None if not finding.hint else shown(finding.hint)
    return tuple(line for line in (hint, copy_line(finding)) if line)


def in_one_line(finding: Finding) -> str:
    """The message of a finding and what to do, as sentences on one line, escaped."""
    lines = advice(finding)
    if not lines:
        return shown(finding.message)
    stop = "" if finding.message.endswith((".", "!", "?")) else "."
    return " ".join((f"{shown(finding.message)}{stop}", *lines))
