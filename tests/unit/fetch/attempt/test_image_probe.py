"""What is known of an image: by ranges, from the whole file, and where the response breaks off."""

import gzip
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from linkcheck.fetch import FetchOptions, crawl
from linkcheck.fetch.attempt import image_probe
from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder
from linkcheck.images import FIRST_READ, measure
from linkcheck.model import Answer, ImageFacts, Outcome, Probe, Target


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


def test_a_compressed_drawing_is_no_image_unless_it_is_declared() -> None:
    drawing = gzip.compress(b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>')
    assert Host(drawing, "whole", kind="image/svg+xml").probe().image == ImageFacts(
        format=None, not_image="svgz", bytes_read=len(drawing)
    )


def test_an_image_that_arrives_in_pieces_is_measured_after_each_growth_by_a_fiftieth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Trickle(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for number in range(104):
                yield LATE[number : number + 1]

    lengths: list[int] = []

    def measured(data: bytes, **options: Any) -> object:
        if not options["complete"]:
            lengths.append(len(data))
        return measure(data, **options)

    monkeypatch.setattr(image_probe, "measure", measured)
    crawl(
        [[Target("https://a.example/x.jpg", Probe.IMAGE, "a.example")]],
        lambda _: None,
        FetchOptions(interval=0.0, retries=0, final_retry=False),
        transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=Trickle())),
    )
    expected = [*range(1, 51), *range(52, 101, 2), 103]
    assert lengths[: len(expected)] == expected


def test_a_body_that_cannot_be_decoded_shows_nothing_of_an_image() -> None:
    answer = image_of(b"\x1f\x8bnot gzip at all, whatever it is", content_type="image/png", content_encoding="br")
    assert answer.image is None
    assert answer.body == "unoffered-encoding: br"


PADDED = b"\xff\xe1" + (40_002).to_bytes(2) + b"\0" * 40_000
"""A segment that is skipped, longer than the first read."""
PHOTO = encode_placeholder(ImageSpec("jpeg", 300, 200))
LATE = PHOTO[:2] + PADDED + PHOTO[2:] + b"\0" * 90_000
"""A photo whose size comes after the part that is read first."""


class Host:
    """Serves a file in ranges, each request in its own way: `range`, `whole`, `elsewhere`, `short`, `early` or a status."""

    def __init__(self, data: bytes, *ways: str, kind: str = "image/jpeg") -> None:
        self.data = data
        self.ways = list(ways)
        self.kind = kind
        self.asked: list[tuple[int, int] | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        wanted = request.headers.get("range")
        span = None if wanted is None else tuple(map(int, wanted.removeprefix("bytes=").split("-")))
        self.asked.append(None if span is None else (span[0], span[1]))
        way = self.ways.pop(0) if len(self.ways) > 1 else self.ways[0]
        headers = {"content-type": self.kind}
        if span is None or way == "whole":
            return httpx.Response(200, headers=headers, content=self.data)
        start, stop = span[0], span[1] + 1
        if way == "elsewhere":
            start, stop = start + 1, stop + 1
        if way == "short":
            stop = (start + stop) // 2
        stop = min(stop, len(self.data))
        headers["content-range"] = f"bytes {start}-{stop - 1}/{len(self.data)}"
        return httpx.Response(206, headers=headers, content=self.data[start:stop])

    def probe(self, **options: Any) -> Answer:
        found: list[Outcome] = []
        crawl(
            [[Target("https://a.example/x.jpg", Probe.IMAGE, "a.example")]],
            found.extend,
            FetchOptions(interval=0.0, retries=0, final_retry=False, **options),
            transport=httpx.MockTransport(self),
        )
        (outcome,) = found
        assert outcome.answer is not None, outcome
        return outcome.answer


def size_of(answer: Answer) -> tuple[int | None, int | None] | None:
    return None if answer.image is None else (answer.image.width, answer.image.height)


@pytest.mark.parametrize(
    ("data", "ways", "requests"),
    [
        pytest.param(PHOTO, ("range",), 1, id="a small one"),
        pytest.param(PHOTO, ("whole",), 1, id="a host without ranges"),
        pytest.param(LATE, ("range",), 2, id="a second range"),
        pytest.param(LATE, ("whole",), 1, id="without ranges, a late size"),
        pytest.param(LATE, ("range", "whole"), 3, id="a second range is refused"),
        pytest.param(LATE, ("range", "elsewhere", "whole"), 3, id="a second range of other bytes"),
        pytest.param(LATE, ("range", "short", "whole"), 3, id="a second range that is too short"),
        pytest.param(LATE, ("elsewhere", "whole"), 2, id="a first range of other bytes"),
    ],
)
def test_the_size_of_an_image_is_read_whatever_the_host_makes_of_ranges(
    data: bytes, ways: tuple[str, ...], requests: int
) -> None:
    host = Host(data, *ways)
    assert size_of(host.probe()) == (300, 200)
    assert len(host.asked) == requests
    assert host.asked[0] == (0, FIRST_READ - 1)


def test_a_second_range_begins_where_the_first_ended() -> None:
    host = Host(LATE, "range")
    host.probe()
    first, second = host.asked
    assert first is not None
    assert second is not None
    assert second[0] >= first[1] + 1
    assert second[1] < len(LATE)


def test_a_size_behind_several_segments_is_found() -> None:
    far = PHOTO[:2] + PADDED * 3 + PHOTO[2:]
    for way in ("range", "whole"):
        assert size_of(Host(far, way).probe()) == (300, 200)


def test_a_page_in_place_of_an_image_is_read_as_a_page() -> None:
    page = b"<!DOCTYPE html><html><head><title>Not an image</title></head><body>" + b"<p>a</p>" * 9
    answer = Host(page, "whole", kind="text/html").probe()
    assert answer.image is not None
    assert answer.image.not_image == "html"
    assert answer.page is not None
    assert answer.page.title == "Not an image"
    declared_otherwise = Host(page, "whole", kind="image/jpeg").probe()
    assert declared_otherwise.page is None
    captcha = page.replace(b"<p>", b"<div class='g-recaptcha'><p>", 1)
    assert Host(captcha, "whole", kind="text/html").probe().page is not None, "a refusal needs its status"


def test_what_is_cut_off_is_told_unless_the_size_is_known() -> None:
    whole = image_of(PHOTO, content_type="image/jpeg")
    assert (size_of(whole), whole.body) == ((300, 200), None)
    cut = image_of(LATE[:20_000], content_type="image/jpeg")
    assert (size_of(cut), cut.body) == ((None, None), "incomplete")
