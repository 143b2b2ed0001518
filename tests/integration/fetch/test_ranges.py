"""Images are requested by parts, and as a whole where a server does not want that."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from command import article, linkcheck
from loopback import Asked, Behaviour, Loopback, Reader, Writer, raw, reply

from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder
from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]
Browse = Callable[[Path], str]

_PLAIN = encode_placeholder(ImageSpec("jpeg", 640, 480))
_FILLER = b"\xff\xee\xff\xff" + b"\0" * 65533  # an APP14 segment as long as they get
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="20px" content="' + b"x" * 90_000 + b'"/>'
LICENSED = b"<!--" + b"x" * 200_000 + b'--><svg xmlns="http://www.w3.org/2000/svg" width="30px" height="20px"/>'
ENDLESS = b'<svg xmlns="http://www.w3.org/2000/svg" content="' + b"x" * 3_000_000 + b'" width="30px" height="20px"/>'
LATE = _PLAIN[:2] + _FILLER * 2 + _PLAIN[2:] + b"\0" * 100_000
"""Says its size only behind 128 KiB."""
PARTS = (
    b"--x\r\nContent-Type: image/jpeg\r\nContent-Range: bytes 0-99/%d\r\n\r\n" % len(_PLAIN)
    + _PLAIN[:100]
    + b"\r\n--x--\r\n"
)


def image(data: bytes) -> bytes:
    return reply("200 OK", data, type="image/jpeg")


def part(data: bytes, first: int, last: int) -> bytes:
    piece = data[first : last + 1]
    where = f"Content-Range: bytes {first}-{first + len(piece) - 1}/{len(data)}"
    return reply("206 Partial Content", piece, where, type="image/jpeg")


def to_ranges(answer: bytes, whole: bytes) -> Behaviour:
    async def send(asked: Asked, _reader: Reader, writer: Writer) -> None:
        writer.write(answer if "range" in asked.headers else whole)

    return send


def to_later_ranges(answer: Callable[[int, int], bytes]) -> Behaviour:
    """The first part of `LATE` as requested, then `answer` to other parts, and the whole image."""

    async def send(asked: Asked, _reader: Reader, writer: Writer) -> None:
        if "range" not in asked.headers:
            writer.write(image(LATE))
            return
        first, _, last = asked.headers["range"].removeprefix("bytes=").partition("-")
        writer.write(answer(int(first), int(last)) if int(first) else part(LATE, int(first), int(last)))

    return send


def size_of(outcome: Outcome) -> tuple[int | None, int | None]:
    assert outcome.answer is not None
    assert outcome.answer.status in {200, 206}
    assert outcome.answer.body is None
    assert outcome.answer.image is not None
    return outcome.answer.image.width, outcome.answer.image.height


REFUSALS = {
    "400": reply("400 Bad Request", b""),
    "401": reply("401 Unauthorized", b""),
    "403": reply("403 Forbidden", b"no"),
    "404": reply("404 Not Found", b"no"),
    "410": reply("410 Gone", b""),
    "416": reply("416 Range Not Satisfiable", b"", "Content-Range: bytes */0"),
    "500": reply("500 Internal Server Error", b""),
    "501": reply("501 Not Implemented", b""),
    "503": reply("503 Service Unavailable", b""),
    "999": reply("999 Request denied", b""),
    "several parts": reply("206 Partial Content", PARTS, type='multipart/byteranges; boundary="x"'),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_an_image_whose_range_is_refused_is_requested_as_a_whole(ask: Ask, loopback: Loopback, refusal: str) -> None:
    loopback.behaviours["/image.jpg"] = to_ranges(REFUSALS[refusal], image(_PLAIN))
    assert size_of(ask("http://a.example/image.jpg", probe=Probe.IMAGE)) == (640, 480)
    assert ["range" in asked.headers for asked in loopback.asked] == [True, False]


def test_the_answer_without_a_range_is_the_one_that_counts(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["/image.jpg"] = to_ranges(reply("403 Forbidden", b""), reply("404 Not Found", b""))
    outcome = ask("http://a.example/image.jpg", probe=Probe.IMAGE)
    assert outcome.answer is not None
    assert outcome.answer.status == 404


@pytest.mark.parametrize(
    "refusal",
    [
        reply("429 Too Many Requests", b""),
        reply("429 Too Many Requests", b"", "Retry-After: 1"),
        reply("503 Service Unavailable", b"", "Retry-After: 1"),
        reply("403 Forbidden", b"", "cf-mitigated: challenge"),
    ],
    ids=["429", "429 with a time", "503 with a time", "a bot wall"],
)
def test_a_server_that_wants_no_further_request_gets_none(ask: Ask, loopback: Loopback, refusal: bytes) -> None:
    loopback.behaviours["/image.jpg"] = to_ranges(refusal, image(_PLAIN))
    outcome = ask("http://a.example/image.jpg", probe=Probe.IMAGE)
    assert outcome.answer is not None
    assert outcome.answer.status >= 400
    assert len(loopback.asked) == 1


DRAWINGS = {"a long attribute": (DRAWING, (30, 20)), "a comment": (LICENSED, (30, 20)), "too long": (ENDLESS, (None, None))}


@pytest.mark.parametrize("ranges", [True, False], ids=["by ranges", "as a whole"])
@pytest.mark.parametrize(("data", "size"), DRAWINGS.values(), ids=DRAWINGS.keys())
def test_a_drawing_is_read_as_far_as_its_size_requires(
    ask: Ask, loopback: Loopback, data: bytes, size: tuple[int | None, int | None], *, ranges: bool
) -> None:
    async def send(asked: Asked, _reader: Reader, writer: Writer) -> None:
        if ranges and "range" in asked.headers:
            first, _, last = asked.headers["range"].removeprefix("bytes=").partition("-")
            writer.write(part(data, int(first), int(last)))
        else:
            writer.write(image(data))

    loopback.behaviours["/image.svg"] = send
    outcome = ask("http://a.example/image.svg", probe=Probe.IMAGE)
    assert size_of(outcome) == size
    assert outcome.answer is not None
    assert outcome.answer.image is not None
    assert outcome.answer.image.format == "svg"
    assert outcome.answer.image.bytes_read < 1_500_000  # the last piece is used as a whole


@pytest.mark.parametrize(
    ("headers", "found"),
    [(("Content-Encoding: gzip",), ("svg", 30, None)), ((), (None, None, "svgz"))],
    ids=["declared", "not declared"],
)
def test_a_compressed_drawing_is_an_image_where_the_server_declares_it(
    ask: Ask, loopback: Loopback, headers: tuple[str, ...], found: tuple[str | None, int | None, str | None]
) -> None:
    answer = reply("200 OK", gzip.compress(LICENSED), *headers, type="image/svg+xml")
    loopback.behaviours["/image.svgz"] = to_ranges(answer, answer)
    outcome = ask("http://a.example/image.svgz", probe=Probe.IMAGE)
    assert outcome.answer is not None
    seen = outcome.answer.image
    assert seen is not None
    assert (seen.format, seen.width, seen.not_image) == found


def test_a_page_that_is_gone_is_requested_once(ask: Ask, loopback: Loopback) -> None:
    ask("http://a.example/notfound", probe=Probe.PAGE)
    assert len(loopback.asked) == 1


def found(where: str, status: str = "302 Found") -> bytes:
    return reply(status, b"", f"Location: {where}")


DIVERSIONS = {
    "back to itself": found("/image.jpg"),
    "to a page that is gone": found("/gone.html", "301 Moved Permanently"),
    "to a page": found("/page.html", "308 Permanent Redirect"),
    "to the home page": found("/"),
    "round in a circle": found("/circle"),
    "to what is no URL": found("http://["),
    "to an app": found("intent:image#end"),
    "to a place the guard does not go": found("http://10.1.2.3/image.jpg"),
    "to a port without a server": found("http://a.example:9/image.jpg"),
    "to where no HTTP is spoken": found("/garbage"),
    "to the choice of several": reply("300 Multiple Choices", b"", "Location: /gone.html"),
    "nowhere": reply("302 Found", b""),
}
INSTEAD = {
    "a page": reply(),
    "JSON": reply("200 OK", b'{"error": "no ranges"}', type="application/json"),
    "nothing": image(b""),
    "its first bytes": image(_PLAIN[:10]),
    "no content": reply("204 No Content", b""),
    "a promise": reply("202 Accepted", b""),
    "not modified": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "a part that is a page": reply(
        "206 Partial Content", b"<!doctype html><title>A</title>", "Content-Range: bytes 0-30/31"
    ),
    "no HTTP": b"garbage\r\n\r\n",
    "a body that breaks off": image(_PLAIN).replace(b"Length: ", b"Length: 9")[: -len(_PLAIN) + 20],
}


def divert(loopback: Loopback) -> None:
    loopback.behaviours["/gone.html"] = raw(reply("404 Not Found", b"gone"))
    loopback.behaviours["/page.html"] = loopback.behaviours["/"] = raw(reply())
    loopback.behaviours["/circle"] = raw(found("/circle"))
    loopback.behaviours["/garbage"] = raw(b"garbage\r\n\r\n")


@pytest.mark.parametrize("where", DIVERSIONS)
def test_an_image_whose_range_is_redirected_elsewhere_is_requested_without_it(
    ask: Ask, loopback: Loopback, where: str
) -> None:
    divert(loopback)
    loopback.behaviours["/image.jpg"] = to_ranges(DIVERSIONS[where], image(_PLAIN))
    outcome = ask("http://a.example/image.jpg", probe=Probe.IMAGE)
    assert size_of(outcome) == (640, 480)
    assert outcome.hops == ()
    assert outcome.failure is None
    at_image = ["range" in asked.headers for asked in loopback.asked if asked.path == "/image.jpg"]
    assert at_image == [True, False]


@pytest.mark.parametrize("what", INSTEAD)
def test_an_image_in_whose_place_a_range_brings_something_else_is_requested_without_it(
    ask: Ask, loopback: Loopback, what: str
) -> None:
    loopback.behaviours["/image.jpg"] = to_ranges(INSTEAD[what], image(_PLAIN))
    outcome = ask("http://a.example/image.jpg", probe=Probe.IMAGE)
    assert size_of(outcome) == (640, 480)
    assert ["range" in asked.headers for asked in loopback.asked] == [True, False]


def test_the_whole_chain_is_followed_again_without_a_range(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["/start.jpg"] = raw(found("/image.jpg", "301 Moved Permanently"))
    loopback.behaviours["/image.jpg"] = to_ranges(found("/gone.html"), image(_PLAIN))
    loopback.behaviours["/gone.html"] = raw(reply("404 Not Found", b"gone"))
    outcome = ask("http://a.example/start.jpg", probe=Probe.IMAGE)
    assert size_of(outcome) == (640, 480)
    assert [(hop.url, hop.status) for hop in outcome.hops] == [("http://a.example/start.jpg", 301)]
    assert [asked.path for asked in loopback.asked] == [
        *("/start.jpg", "/image.jpg", "/gone.html"),
        *("/start.jpg", "/image.jpg"),
    ]


@pytest.mark.parametrize("status", ["404 Not Found", "200 OK"])
def test_what_is_no_image_without_a_range_either_is_requested_once_more_and_no_oftener(
    ask: Ask, loopback: Loopback, status: str
) -> None:
    loopback.behaviours["/image.jpg"] = raw(reply(status, b"<title>No image</title>"))
    ask("http://a.example/image.jpg", probe=Probe.IMAGE)
    assert ["range" in asked.headers for asked in loopback.asked] == [True, False]


def test_an_image_that_redirects_in_a_circle_is_given_up(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["/image.jpg"] = raw(found("/image.jpg", "301 Moved Permanently"))
    outcome = ask("http://a.example/image.jpg", probe=Probe.IMAGE)
    assert outcome.failure is not None
    assert outcome.failure.detail == "loop"
    assert ["range" in asked.headers for asked in loopback.asked] == [True] + 11 * [False]


@pytest.mark.parametrize("begun", [False, True], ids=["at all", "in full"])
def test_a_later_part_that_does_not_come_is_read_from_the_whole(ask: Ask, loopback: Loopback, *, begun: bool) -> None:
    async def send(asked: Asked, reader: Reader, writer: Writer) -> None:
        first, _, last = asked.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")
        if "range" not in asked.headers:
            writer.write(image(LATE))
        elif first == "0":
            writer.write(part(LATE, 0, int(last)))
        else:
            writer.write(part(LATE, int(first), int(last))[: 500 if begun else 0])
            await writer.drain()
            await reader.read()

    loopback.behaviours["/late.jpg"] = send
    outcome = ask("http://a.example/late.jpg", probe=Probe.IMAGE, timeout=6.0)
    assert size_of(outcome) == (640, 480)
    assert ["range" in asked.headers for asked in loopback.asked] == [True, True, False]


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        pytest.param(lambda first, last: part(LATE, first, last), False, id="given"),
        pytest.param(lambda *_: reply("416 Range Not Satisfiable", b""), True, id="refused"),
        pytest.param(lambda *_: reply("403 Forbidden", b"no"), True, id="forbidden"),
        pytest.param(lambda *_: image(LATE), True, id="answered with the whole"),
        pytest.param(lambda *_: REFUSALS["several parts"], True, id="answered with several parts"),
        pytest.param(lambda *_: part(LATE, 0, 99), True, id="answered with another part"),
        pytest.param(lambda first, _: part(LATE, first, first + 99), True, id="answered in short"),
        pytest.param(lambda *_: found("/elsewhere"), True, id="redirected"),
        pytest.param(lambda *_: b"", True, id="not answered"),
    ],
)
def test_a_later_part_that_is_not_to_be_had_is_read_from_the_whole(
    ask: Ask, loopback: Loopback, answer: Callable[..., bytes], *, whole: bool
) -> None:
    loopback.behaviours["/late.jpg"] = to_later_ranges(answer)
    assert size_of(ask("http://a.example/late.jpg", probe=Probe.IMAGE)) == (640, 480)
    assert ["range" in asked.headers for asked in loopback.asked] == [True, True, not whole]


def test_an_image_of_whose_parts_nothing_can_be_made_is_requested_as_a_whole(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["/late.jpg"] = to_later_ranges(lambda first, last: part(b"\0" * len(LATE), first, last))
    assert size_of(ask("http://a.example/late.jpg", probe=Probe.IMAGE)) == (640, 480)
    assert "range" not in loopback.asked[-1].headers


def test_an_image_that_is_refused_as_a_whole_is_refused(ask: Ask, loopback: Loopback) -> None:
    async def send(asked: Asked, _reader: Reader, writer: Writer) -> None:
        first = asked.headers.get("range", "").startswith("bytes=0-")
        writer.write(part(LATE, 0, 16383) if first else reply("403 Forbidden", b"no"))

    loopback.behaviours["/late.jpg"] = send
    outcome = ask("http://a.example/late.jpg", probe=Probe.IMAGE)
    assert outcome.answer is not None
    assert outcome.answer.status == 403
    assert len(loopback.asked) == 3


def test_a_retry_of_an_image_that_was_refused_has_no_range(tmp_path: Path, loopback: Loopback) -> None:
    rest = reply("503 Service Unavailable", b"", "Retry-After: 0")
    loopback.behaviours["/image.jpg"] = to_ranges(rest, image(_PLAIN))
    (tmp_path / "posts").mkdir()
    image_field = [{"url": "http://a.up.example/image.jpg", "width": 640, "height": 480}]
    text = article(webUrl="http://a.up.example/ok", images=image_field)
    (tmp_path / "posts/a.md").write_text(text, encoding="utf-8")
    options = ("--allow-address", "127.0.0.0/8", "--interval", "0", "--retries", "1", "--record", "web.toml")
    resolve = ("--resolve", f"*:80=127.0.0.1:{loopback.ports['http']}")
    done = linkcheck("check", *options, *resolve, "posts", cwd=tmp_path)
    assert done.code == 0, done.out + done.err
    images = [asked for asked in loopback.asked if asked.path == "/image.jpg"]
    assert ["range" in asked.headers for asked in images] == [True, False]
    again = linkcheck("check", "--retries", "1", "--replay", "web.toml", "posts", cwd=tmp_path)
    assert (again.code, again.out.splitlines()[1:]) == (0, done.out.splitlines()[1:])  # the first line has the time


@pytest.mark.parametrize("refusal", [REFUSALS["403"], REFUSALS["404"], DIVERSIONS["back to itself"]], ids=[403, 404, 302])
def test_a_browser_shows_an_image_whose_range_is_refused(
    browse: Browse, loopback: Loopback, tmp_path: Path, refusal: bytes
) -> None:
    svg = encode_placeholder(ImageSpec("svg", 640, 480))
    loopback.behaviours["/image.svg"] = to_ranges(refusal, reply("200 OK", svg, type="image/svg+xml"))
    page = tmp_path / "page.html"
    where = f"http://127.0.0.1:{loopback.ports['http']}/image.svg"
    page.write_text(f"<img src='{where}' onload='document.title = this.naturalWidth'>")
    assert "<title>640</title>" in browse(page)
