"""How much of a body is read, and how it ends: in virtual time, from pieces at set moments."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable

import pytest
from virtual_web import run_virtually

from linkcheck.fetch.http.body_reader import MOST_RAW_BYTES, Read, Reader
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import RawResponse
from linkcheck.model import Failure, FailureKind

BROKEN = FetchError(Failure(FailureKind.RESET, "in-body", "the connection was closed"))
PACKED = gzip.compress(b"a" * 100, mtime=0)
Piece = bytes | float | FetchError


class Pieces:
    """A body: pieces, the seconds before them, and perhaps a failure in place of its end."""

    def __init__(self, *pieces: Piece, has_arrived: bool = False) -> None:
        self._pieces = pieces
        self._has_arrived = has_arrived

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, FetchError):
                raise piece
            if isinstance(piece, float):
                await asyncio.sleep(piece)
            else:
                yield piece

    def whole(self) -> bytes | None:
        return b"" if self._has_arrived else None

    async def aclose(self) -> None:
        pass


def read(
    *pieces: Piece,
    room: int = 1000,
    encoding: str | None = None,
    enough: Callable[[bytearray], bool] | None = None,
    at_best: int | None = None,
    has_arrived: bool = False,
) -> tuple[Read, float]:
    """What is read, and after how many seconds."""
    found: list[tuple[Read, float]] = []

    async def main() -> None:
        clock = asyncio.get_running_loop().time
        began = clock()
        reader = Reader(RawResponse(200, [], Pieces(*pieces, has_arrived=has_arrived)), encoding)
        found.append((await reader.upto(room, enough, at_best=at_best), round(clock() - began, 3)))

    run_virtually(main)
    return found[0]


@pytest.mark.parametrize(
    ("pieces", "encoding", "expected"),
    [
        pytest.param((), None, Read(b"", complete=True), id="empty"),
        pytest.param((b"ab", b"c"), None, Read(b"abc", complete=True), id="whole"),
        pytest.param((b"ab", BROKEN), None, Read(b"ab", defect="incomplete"), id="broken off"),
        pytest.param((BROKEN,), None, Read(b"", defect="incomplete"), id="broken off at once"),
        pytest.param((PACKED,), "gzip", Read(b"a" * 100, complete=True), id="compressed"),
        pytest.param((PACKED[:-9],), "gzip", Read(b"a" * 100, defect="incomplete"), id="compressed, cut"),
        pytest.param((PACKED[:9],), "gzip", Read(b"", defect="incomplete"), id="compressed, cut in the header"),
        pytest.param((PACKED[:10] + b"\xff" * 9,), "gzip", Read(b"", defect="bad-encoding"), id="not as compressed"),
        pytest.param((b"\x8b\x00",), "br", Read(b"", defect="unoffered-encoding: br"), id="another coding"),
    ],
)
def test_a_body_is_read_to_its_end(pieces: tuple[Piece, ...], encoding: str | None, expected: Read) -> None:
    assert read(*pieces, encoding=encoding) == (expected, 0.0)


def test_no_more_is_read_than_there_is_room_for() -> None:
    assert read(b"abc", b"def", b"g", room=6) == (Read(b"abcdef"), 0.0)
    assert read(b"abc", b"def", b"g", room=7) == (Read(b"abcdefg"), 0.0)
    assert read(b"abc", b"def", b"g", room=8) == (Read(b"abcdefg", complete=True), 0.0)
    assert read(PACKED, encoding="gzip", room=99) == (Read(b"a" * 99), 0.0)


def test_reading_goes_on_where_it_ended() -> None:
    found: list[tuple[bytes, bool]] = []

    async def main() -> None:
        reader = Reader(RawResponse(200, [], Pieces(PACKED)), "gzip")
        for room in (10, 40, 1000, 1000):
            whole = await reader.upto(room)
            found.append((whole.data, whole.complete))

    run_virtually(main)
    assert found == [(b"a" * 10, False), (b"a" * 40, False), (b"a" * 100, True), (b"a" * 100, True)]


@pytest.mark.parametrize(("size", "defect"), [(MOST_RAW_BYTES, None), (MOST_RAW_BYTES + 1, "too-large")])
def test_a_body_has_a_largest_size_as_transferred(size: int, defect: str | None) -> None:
    half = b"a" * (size // 2)
    found, _ = read(half, b"a" * (size - len(half)), room=size + 1)
    assert (len(found.data), found.defect, found.complete) == (size, defect, defect is None)


def is_long(data: bytearray) -> bool:
    return len(data) >= 3


@pytest.mark.parametrize(
    ("pieces", "at_best", "data", "seconds"),
    [
        pytest.param((b"ab", 5.0, b"cd"), None, b"abcd", 5.0, id="not enough, so it is waited for"),
        pytest.param((b"abc", 0.9, b"d"), None, b"abcd", 0.9, id="soon"),
        pytest.param((b"abc", 1.1, b"d"), None, b"abc", 1.0, id="late"),
        pytest.param((b"abc", 0.9, b"d", 0.9, b"e", 0.9, b"f"), None, b"abcde", 2.0, id="slow"),
        pytest.param((b"abc", 0.5, b"de", 0.5, b"f"), 5, b"abcde", 0.5, id="as much as is of use"),
        pytest.param((b"abc", 0.5, b"de", 0.5, b"f"), 3, b"abc", 0.0, id="no more is of use"),
        pytest.param((b"abc", 0.5, b"d" * 997, 0.5, b"f"), 5000, b"abc" + b"d" * 997, 0.5, id="up to the room"),
    ],
)
def test_once_it_is_enough_only_what_arrives_soon_is_read(
    pieces: tuple[Piece, ...], at_best: int | None, data: bytes, seconds: float
) -> None:
    found, took = read(*pieces, enough=is_long, at_best=at_best)
    assert (found.data, found.defect, took) == (data, None, seconds)


def test_what_has_arrived_is_read_as_far_as_it_is_of_use() -> None:
    found = read(b"abc", b"d", b"e", b"f", enough=is_long, at_best=5, has_arrived=True)
    assert found == (Read(b"abcde"), 0.0)
    found = read(b"abc", b"d", enough=is_long, has_arrived=True)
    assert found == (Read(b"abcd", complete=True), 0.0)


def test_a_body_that_breaks_off_once_it_is_enough_is_incomplete() -> None:
    for has_arrived in (False, True):
        assert read(b"abc", BROKEN, enough=is_long, has_arrived=has_arrived) == (Read(b"abc", defect="incomplete"), 0.0)


def test_a_defect_is_told_before_the_size() -> None:
    assert read(b"\xff" * (MOST_RAW_BYTES + 1), encoding="gzip")[0].defect == "bad-encoding"
