"""A closer look: what the head of a page says."""

from linkcheck.fetch.challenge import ACCEPTED, challenge_of
from linkcheck.fetch.options import Options
from linkcheck.fetch.probes import Arrival, completed, reader_of
from linkcheck.model import Answer
from linkcheck.pages import head_end, read_page

PAGE_FLOOR = 64 * 1024
"""Read this much of a page even when its head ends sooner: it costs no further packet, and keeps the connection."""


async def look_at_page(arrival: Arrival, answer: Answer, options: Options) -> Answer:
    """Complete `answer` by what the page says."""
    head = arrival.head
    enough = _HeadEnd()
    read = await reader_of(arrival.response, head).upto(options.page_bytes, enough)
    robots = head.headers.get("x-robots-tag")
    page = read_page(
        read.data,
        url=arrival.url.href,
        content_type=head.headers.get("content-type"),
        link_headers=head.links,
        robots_headers=(robots,) if robots else (),
        complete=read.complete,
    )
    challenge = challenge_of(answer, read.data)
    # A head that was seen to end is all that was wanted of the page.
    defect = read.defect if enough.end is None or read.defect == "bad-encoding" else None
    if head.status == ACCEPTED and not read.data:
        defect = defect or "empty"
    return completed(answer, challenge=challenge, body=defect, page=page)


class _HeadEnd:
    """Says when enough of a page was read, looking at every byte once."""

    def __init__(self) -> None:
        self._looked = 0
        self.end: int | None = None

    def __call__(self, data: bytearray) -> bool:
        if self.end is None:
            self.end = head_end(data, self._looked)
            self._looked = len(data)
        return self.end is not None and len(data) >= PAGE_FLOOR
