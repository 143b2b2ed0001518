"""The page probe: reads the metadata in the head of a page."""

from linkcheck.fetch.attempt.bot_wall import ACCEPTED, challenge_of
from linkcheck.fetch.attempt.response import FinalResponse, reader_of, with_body_facts
from linkcheck.fetch.attempt.youtube import SIGN_IN, WALL, has_video_status, is_youtube, with_player
from linkcheck.fetch.http.body_reader import Read
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Answer, PageFacts
from linkcheck.pages import head_end, read_page

PAGE_FLOOR = 64 * 1024
"""Read this much of a page if it is available at once, even if the head ends sooner: it costs no further packet, keeps the
connection, and includes a heading and perhaps a login form."""

_OVERLAP = 100
"""Bytes of the previous piece that are searched again, for matches across the boundary."""


async def probe_page(final: FinalResponse, answer: Answer, options: FetchOptions) -> Answer:
    """Add the facts of the page to `answer`."""
    head = final.head
    enough = HeadEnd(final)
    reader = reader_of(final.response, head)
    final.so_far = lambda: _partial_answer(final, answer, reader.read)
    read = await reader.upto(options.page_bytes, enough, at_best=PAGE_FLOOR)
    # A page whose head is complete is complete for this purpose.
    defect = None if enough.end is not None and read.defect in {"incomplete", "too-large"} else read.defect
    return _with_facts(final, answer, read, defect)


def _partial_answer(final: FinalResponse, answer: Answer, read: Read) -> Answer | None:
    """The answer for a page that did not end in time, as browsers show partial pages; None if no bytes arrived."""
    if not read.data:
        return None
    complete = _with_facts(final, answer, read, None)
    page = complete.page
    has_content = page is not None and (page.title or page.canonicals)
    return complete if has_content else _with_facts(final, answer, read, "incomplete")


def _with_facts(final: FinalResponse, answer: Answer, read: Read, defect: str | None) -> Answer:
    page = page_of(final, read)
    challenge = challenge_of(answer, read.data) or (WALL if page.player == SIGN_IN else None)
    if final.head.status == ACCEPTED and not read.data:
        defect = defect or "empty"
    return with_body_facts(answer, challenge=challenge, body=defect, page=page)


def page_of(final: FinalResponse, read: Read) -> PageFacts:
    """The facts of a page from the bytes read."""
    head = final.head
    robots = head.headers.get("x-robots-tag")
    page = read_page(
        read.data,
        url=final.url.href,
        content_type=head.headers.get("content-type"),
        link_headers=head.links,
        robots_headers=(robots,) if robots else (),
        refresh_header=head.headers.get("refresh"),
        complete=read.complete,
    )
    if is_youtube(final.url.host) and 200 <= head.status < 300:
        return with_player(page, read.data, complete=read.complete)
    return page


class HeadEnd:
    """Decides whether the head of a page was read, and on YouTube the player's status too; each byte is scanned once."""

    def __init__(self, final: FinalResponse) -> None:
        self._looked = 0
        self._wants_player = is_youtube(final.url.host)
        self.end: int | None = None

    def __call__(self, data: bytearray) -> bool:
        if self.end is None:
            self.end = head_end(data, self._looked)
        if self._wants_player:
            self._wants_player = not has_video_status(data, max(0, self._looked - _OVERLAP))
        self._looked = len(data)
        return self.end is not None and not self._wants_player
