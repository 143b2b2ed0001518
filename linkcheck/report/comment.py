"""The Markdown report short enough for a pull-request comment, with a hidden marker to find the comment again.

GitHub refuses a body above 65,536 characters; this one stays under 60,000.
"""

from typing import TextIO

from linkcheck.model import Run
from linkcheck.report import markdown
from linkcheck.report.base import ReportOptions

NAME = "comment"
SUFFIX = ".md"
DESCRIPTION = "the markdown report, limited to the size of a pull-request comment (60,000 characters)"

MARKER = "<!-- linkcheck report -->"
MOST_BYTES = 59_000


def write(run: Run, stream: TextIO, options: ReportOptions) -> None:
    stream.write(MARKER + "\n")
    markdown.write_limited(run, stream, options, most=MOST_BYTES, suggest=True)
