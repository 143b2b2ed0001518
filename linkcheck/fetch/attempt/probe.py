"""Completes the answer from a final response, with the reader of the target's probe."""

import re
from typing import assert_never

import msgspec

from linkcheck.fetch.attempt.bot_wall import ACCEPTED, READ_BYTES, challenge_of, is_site_failure, may_be_wall
from linkcheck.fetch.attempt.response import FinalResponse, is_page, needs_body, reader_of, with_body_facts
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Answer, PageFacts, Probe

SMALL_BODY = 4096
"""A page no longer than this may be nothing but a challenge, whatever its status."""

_UNRELIABLE = re.compile(
    r"image/.+|text/(?:javascript|json)|application/(?:.*json|javascript|(?:rss|atom|rdf)(?:\+xml)?|x?-?gzip|(?:x-)?zip.*)"
    r"|(?:application|binary)/(?:octet-stream|x-binary|(?:x-)?(?:force-)?download)"
)
"""Misconfigured servers declare it for pages and documents as well."""


async def complete_answer(probe: Probe, final: FinalResponse, answer: Answer, options: FetchOptions) -> Answer:
    """Add the facts in the body to `answer`. Raises RangeRefusedError, and FetchError if a further request fails."""
    head = final.head
    if head.status in {204, 304}:
        return answer
    if needs_body(probe, head):
        match probe:
            case Probe.PAGE:
                from linkcheck.fetch.attempt.page_probe import probe_page

                return await probe_page(final, answer, options)
            case Probe.IMAGE:
                from linkcheck.fetch.attempt.image_probe import probe_image

                return await probe_image(final, answer, options)
            case Probe.STATUS:
                pass
            case _:
                assert_never(probe)
    if probe is Probe.PAGE and 200 <= head.status <= 299 and _UNRELIABLE.fullmatch(head.media_type or ""):
        from linkcheck.pages import readable_content

        content = readable_content((await reader_of(final.response, head).upto(READ_BYTES, _at_once)).data)
        return (
            answer
            if content is None
            else with_body_facts(answer, challenge=answer.challenge, page=PageFacts(content=content))
        )
    if may_be_wall(head.status):
        data = (await reader_of(final.response, head).upto(READ_BYTES, _at_once)).data
        if answer.vendor is not None and is_site_failure(data):
            answer = msgspec.structs.replace(answer, vendor=None)
        if head.status == ACCEPTED and not data:
            return with_body_facts(answer, challenge=challenge_of(answer, data), body="empty")
    elif head.length is not None and 0 < head.length <= SMALL_BODY and is_page(head):
        here = _at_hand(final)
        data = (await reader_of(final.response, head).upto(SMALL_BODY, _at_once)).data if here is None else here
    else:
        return answer
    return with_body_facts(answer, challenge=challenge_of(answer, data))


def _at_hand(final: FinalResponse) -> bytes | None:
    """The body if it arrived with the head, as most small ones do."""
    return None if "content-encoding" in final.head.headers else final.response.body.whole()


def _at_once(_data: bytearray) -> bool:
    """The status is enough: the body can only add the vendor."""
    return True
