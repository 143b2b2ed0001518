"""Pages without a copy in a web archive: for people a line each, for programs an object each."""

from typing import TextIO

from linkcheck.model import Link
from linkcheck.report.encode import encode
from linkcheck.report.escape import log_line, shown
from linkcheck.urls import LONGEST_URL, mask

_NO_DATE = "no date   "


def write_page(stream: TextIO, link: Link, url: str, moment: str | None, *, state: str = "") -> None:
    """A line: the date, the URL, and the first place that links to it; `state` is what was done."""
    place = f"{link.location.path}:{link.location.span.line}"
    date = _NO_DATE if moment is None else moment[:10]
    stream.write(log_line(f"{date}  {shown(mask(url), LONGEST_URL)}  {shown(place)}{state and f'  {shown(state)}'}") + "\n")


def write_object(stream: TextIO, link: Link, url: str, moment: str | None, *, failure: str | None, is_saved: bool) -> None:
    """A line of JSON. `saved` is whether the archive accepted the page, `failure` why it did not."""
    record = {
        "url": mask(url),
        "date": moment,
        "path": link.location.path,
        "line": link.location.span.line,
        "column": link.location.span.column,
        "pointer": link.location.pointer,
        "role": link.role.value,
        "saved": is_saved,
        "failure": failure,
    }
    stream.write(encode(record) + "\n")
