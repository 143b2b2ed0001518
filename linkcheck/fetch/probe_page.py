"""A closer look: what the head of a page says."""

from linkcheck.fetch.body import Read
from linkcheck.fetch.challenge import ACCEPTED, challenge_of
from linkcheck.fetch.options import Options
from linkcheck.fetch.probes import Arrival, completed, reader_of
from linkcheck.model import Answer, PageFacts
from linkcheck.pages import head_end, read_page

PAGE_FLOOR = 64 * 1024
"""Read this much of a page, if it comes at once, even when its head ends sooner: it costs no further packet, keeps the
connection, and the body has a heading and perhaps a form to log in."""


async def look_at_page(arrival: Arrival, answer: Answer, options: Options) -> Answer:
    """Complete `answer` by what the page says."""
    head = arrival.head
    enough = HeadEnd()
    reader = reader_of(arrival.response, head)
    arrival.so_far = lambda: _as_far_as(arrival, answer, reader.read)
    read = await reader.upto(options.page_bytes, enough, at_best=PAGE_FLOOR)
    # A head that was seen to end is all that was wanted of the page.
    defect = None if enough.end is not None and read.defect in {"incomplete", "too-large"} else read.defect
    return _told(arrival, answer, read, defect)


def _as_far_as(arrival: Arrival, answer: Answer, read: Read) -> Answer | None:
    """The answer of a page that did not end in time: browsers show what there is. None where nothing came."""
    if not read.data:
        return None
    told = _told(arrival, answer, read, None)
    page = told.page
    says_something = page is not None and (page.title or page.canonicals)
    return told if says_something else _told(arrival, answer, read, "incomplete")


def _told(arrival: Arrival, answer: Answer, read: Read, defect: str | None) -> Answer:
    challenge = challenge_of(answer, read.data)
    if arrival.head.status == ACCEPTED and not read.data:
        defect = defect or "empty"
    return completed(answer, challenge=challenge, body=defect, page=page_of(arrival, read))


def page_of(arrival: Arrival, read: Read) -> PageFacts:
    """What a page says, by as much of it as was read."""
    head = arrival.head
    robots = head.headers.get("x-robots-tag")
    return read_page(
        read.data,
        url=arrival.url.href,
        content_type=head.headers.get("content-type"),
        link_headers=head.links,
        robots_headers=(robots,) if robots else (),
        refresh_header=head.headers.get("refresh"),
        complete=read.complete,
    )


class HeadEnd:
    """Says when the head of a page was read, looking at every byte once."""

    def __init__(self) -> None:
        self._looked = 0
        self.end: int | None = None

    def __call__(self, data: bytearray) -> bool:
        if self.end is None:
            self.end = head_end(data, self._looked)
            self._looked = len(data)
        return self.end is not None
