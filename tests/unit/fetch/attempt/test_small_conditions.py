"""Depths of paths, forms of a secret, what is recorded of an image, and an image that is none: by value."""

from collections.abc import AsyncIterator

import httpx
import pytest

from linkcheck.fetch import FetchOptions, crawl
from linkcheck.fetch.attempt.redact import _forms
from linkcheck.fetch.attempt.soft_404 import _path_depth
from linkcheck.fetch.replay.placeholder_images import ImageSpec
from linkcheck.fetch.replay.recording_file import _inline
from linkcheck.model import Answer, Outcome, Probe, Target


@pytest.mark.parametrize(
    ("path", "depth"),
    [("", 0), ("/", 0), ("/?x=/a/b", 0), ("/a", 1), ("/a/", 1), ("//a", 1), ("/a/b", 2), ("/a/b/", 2), ("/a/b/c/d", 2)],
)
def test_the_depth_of_a_path(path: str, depth: int) -> None:
    assert _path_depth(f"https://a.example{path}") == depth


@pytest.mark.parametrize("form", ["ab/cd ef", "ab%2Fcd%20ef", "ab/cd%20ef", "ab%2Fcd+ef"])
def test_a_secret_is_known_in_every_form_that_a_url_has(form: str) -> None:
    assert form in _forms("ab/cd ef")


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        (ImageSpec("png", 3, 2), '{ format = "png", width = 3, height = 2 }'),
        (ImageSpec("jpeg", 3, 2, orientation=6), '{ format = "jpeg", width = 3, height = 2, orientation = 6 }'),
        (ImageSpec("gif", 3, 2, animated=True), '{ format = "gif", width = 3, height = 2, animated = true }'),
    ],
)
def test_a_recorded_image_has_every_fact_that_is_not_the_default(picture: ImageSpec, text: str) -> None:
    assert _inline(picture) == text


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
