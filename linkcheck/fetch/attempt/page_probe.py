"""A closer look: what the head of a page says."""

from linkcheck.fetch.attempt.bot_wall import ACCEPTED, challenge_of
from linkcheck.fetch.attempt.response import FinalResponse, reader_of, with_body_facts
from linkcheck.fetch.attempt.youtube import SIGN_IN, WALL, is_youtube, says_enough, with_player
from linkcheck.fetch.http.body_reader import Read
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Answer, PageFacts
from linkcheck.pages import head_end, read_page

PAGE_FLOOR = 64 * 1024
"""Read this much of a page, if it comes at once, even when its head ends sooner: it costs no further packet, keeps the
connection, and the body has a heading and perhaps a form to log in."""

_OVERLAP = 100
"""Bytes of the piece before that are looked at again: what is looked for may be split."""


async def probe_page(final: FinalResponse, answer: Answer, options: FetchOptions) -> Answer:
    """Complete `answer` by what the page says."""
    head = final.head
    enough = HeadEnd(final)
    reader = reader_of(final.response, head)
    final.so_far = lambda: _as_far_as(final, answer, reader.read)
    read = await reader.upto(options.page_bytes, enough, at_best=PAGE_FLOOR)
    # A head that was seen to end is all that was wanted of the page.
    defect = None if enough.end is not None and read.defect in {"incomplete", "too-large"} else read.defect
    return _told(final, answer, read, defect)


def _as_far_as(final: FinalResponse, answer: Answer, read: Read) -> Answer | None:
    """The answer of a page that did not end in time: browsers show what there is. None where nothing came."""
    if not read.data:
        return None
    told = _told(final, answer, read, None)
    page = told.page
    says_something = page is not None and (page.title or page.canonicals)
    return told if says_something else _told(final, answer, read, "incomplete")


def _told(final: FinalResponse, answer: Answer, read: Read, defect: str | None) -> Answer:
    page = page_of(final, read)
    challenge = challenge_of(answer, read.data) or (WALL if page.player == SIGN_IN else None)
    if final.head.status == ACCEPTED and not read.data:
        defect = defect or "empty"
    return with_body_facts(answer, challenge=challenge, body=defect, page=page)


def page_of(final: FinalResponse, read: Read) -> PageFacts:
    """What a page says, by as much of it as was read."""
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
    """Says when the head of a page was read, each byte looked at once; of YouTube's pages, what the player says too."""

    def __init__(self, final: FinalResponse) -> None:
        self._looked = 0
        self._wants_player = is_youtube(final.url.host)
        self.end: int | None = None

    def __call__(self, data: bytearray) -> bool:
        if self.end is None:
            self.end = head_end(data, self._looked)
        if self._wants_player:
            self._wants_player = not says_enough(data, max(0, self._looked - _OVERLAP))
        self._looked = len(data)
        return self.end is not None and not self._wants_player
