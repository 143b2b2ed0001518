"""What is known of an image whose response breaks off."""

from collections.abc import AsyncIterator

import httpx

from linkcheck.fetch import FetchOptions, crawl
from linkcheck.model import Answer, Outcome, Probe, Target


class CutShort(httpx.AsyncByteStream):
    """A body that ends before its time."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._data
        raise httpx.ReadError("x")


def image_of(data: bytes, **headers: str) -> Answer:
    """The answer for an image whose response breaks off after these bytes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    found: list[Outcome] = []
    crawl(
        [[Target("https://a.example/x.png", Probe.IMAGE, "a.example")]],
        found.extend,
        FetchOptions(interval=0.0, retries=0, final_retry=False),
        transport=httpx.MockTransport(lambda _request: httpx.Response(200, headers=named, stream=CutShort(data))),
    )
    (outcome,) = found
    assert outcome.answer is not None
    return outcome.answer


def test_what_arrived_shows_that_it_is_not_an_image() -> None:
    answer = image_of(b"<!DOCTYPE html><html><title>Not an image</title>" * 5, content_type="text/html")
    assert answer.image is not None
    assert (answer.image.format, answer.image.not_image) == (None, "html")


def test_a_body_that_cannot_be_decoded_shows_nothing_of_an_image() -> None:
    answer = image_of(b"\x1f\x8bnot gzip at all, whatever it is", content_type="image/png", content_encoding="br")
    assert answer.image is None
    assert answer.body == "unoffered-encoding: br"
