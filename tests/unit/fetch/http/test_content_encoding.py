import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.http.content_encoding import LONGEST_HEADER, MOST_CODINGS, Coding, DecodingError, coding_of


@given(st.binary(max_size=3000), st.integers(1, 400), st.sampled_from(["gzip", "deflate", "raw", "gzip, gzip", "plain"]))
def test_a_body_is_inflated_whatever_the_pieces(data: bytes, step: int, how: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(data),
        "deflate": zlib.compress(data),
        "raw": raw.compress(data) + raw.flush(),
        "gzip, gzip": gzip.compress(gzip.compress(data)),
        "plain": data,
    }[how]
    coding = coding_of({"raw": "deflate", "plain": "none"}.get(how, how))
    found = bytearray()
    for start in range(0, len(packed), step):
        found += coding.feed(packed[start : start + step], 1 << 20)
        while coding.pending:
            found += coding.feed(b"", 1 << 20)
    assert bytes(found) == data
    assert coding.finished


def test_a_bomb_gives_no_more_than_there_is_room_for() -> None:
    coding = coding_of("gzip")
    assert len(coding.feed(gzip.compress(b"\0" * (10 << 20)), 1000)) == 1000
    assert coding.pending
    assert not coding.finished


def _drain(coding: Coding, data: bytes) -> None:
    coding.feed(data, 1000)
    while coding.pending:
        coding.feed(b"", 1000)


def test_between_two_codings_there_is_no_room_for_a_bomb() -> None:
    coding = coding_of("deflate, gzip")
    bomb = gzip.compress(zlib.compress(b"") + b"\0" * (32 << 20))
    with pytest.raises(zlib.error, match="between"):
        _drain(coding, bomb)


@pytest.mark.parametrize("content", [b"", b"x"], ids=["empty", "of one byte"])
@pytest.mark.parametrize("how", ["gzip", "gzip, gzip"])
def test_a_few_kilobytes_of_members_cost_no_more_than_a_page(how: str, content: bytes) -> None:
    coding = coding_of(how)
    members = gzip.compress(content) * 200_000
    with pytest.raises(zlib.error, match="members"):
        _drain(coding, members if how == "gzip" else gzip.compress(members))


def test_a_body_of_many_members_is_read() -> None:
    coding = coding_of("gzip")
    assert coding.feed(gzip.compress(b"ab") * 1_000, 10_000) == b"ab" * 1_000


def test_members_of_gzip_in_a_row_are_one_body() -> None:
    coding = coding_of("x-gzip")
    assert coding.feed(gzip.compress(b"one") + gzip.compress(b"two") + b"junk", 100) == b"onetwo"
    assert coding.finished


@pytest.mark.parametrize(
    ("name", "defect"),
    [
        ("br", "unoffered-encoding: br"),
        ("ZSTD", "unoffered-encoding: zstd"),
        ("compress, gzip", "unoffered-encoding: compress"),
        (", ".join(["gzip"] * (MOST_CODINGS + 1)), "bad-encoding"),
    ],
)
def test_a_coding_that_is_not_undone_is_named_once_there_is_a_body(name: str, defect: str) -> None:
    coding = coding_of(name)
    assert coding.feed(b"", 100) == b""
    assert coding.finished
    with pytest.raises(DecodingError) as raised:
        coding.feed(b"x", 100)
    assert raised.value.defect == defect


UNUSUAL = {"compress": b"\x1f\x9d\x90", "X-Compress": b"\x1f\x9d", "dcb": b"\xffDCB", "gzip, dcz": b"\x5e\x2a\x4d\x18"}


@pytest.mark.parametrize("name", UNUSUAL)
def test_a_coding_that_browsers_do_not_know_is_believed_only_of_a_body_in_it(name: str) -> None:
    assert coding_of(name).feed(b"words", 100) == b"words"
    coding = coding_of(name)
    coding.feed(b"", 100)
    with pytest.raises(DecodingError, match=name.lower().removeprefix("gzip, ")):
        coding.feed(UNUSUAL[name], 100)


def _gzip_with(flags: int, *fields: bytes) -> bytes:
    plain = gzip.compress(b"words" * 100)
    return plain[:3] + bytes([flags]) + plain[4:10] + b"".join(fields) + plain[10:]


HEADERS = {
    "nothing": (0,),
    "more fields": (4, b"\x05\0abcde"),
    "a name": (8, b"page.html\0"),
    "a comment": (16, b"\0"),
    "a checksum": (2, b"\1\2"),
    "everything": (31, b"\x02\0ab", b"name\0", b"comment\0", b"\1\2"),
}


@pytest.mark.parametrize("size", [1, 3, 10_000], ids=["byte by byte", "in threes", "at once"])
@pytest.mark.parametrize("header", HEADERS)
def test_gzip_is_read_whatever_its_header_has(header: str, size: int) -> None:
    flags, *fields = HEADERS[header]
    assert isinstance(flags, int)
    data = _gzip_with(flags, *(field for field in fields if isinstance(field, bytes)))
    coding = coding_of("gzip")
    found = b"".join(coding.feed(data[at : at + size], 1000) for at in range(0, len(data), size))
    assert found == b"words" * 100
    assert coding.finished


@pytest.mark.parametrize("trailer", [b"", b"\0" * 8, b"\0" * 3, b"\xff" * 8 + b"junk"])
def test_what_follows_the_data_of_gzip_is_not_compared(trailer: bytes) -> None:
    coding = coding_of("gzip")
    assert coding.feed(gzip.compress(b"words")[:-8] + trailer, 100) == b"words"
    assert coding.finished


@pytest.mark.parametrize("trailer", [b"\0" * 8, gzip.compress(b"one")[-8:]])
def test_members_are_read_on_behind_a_wrong_checksum(trailer: bytes) -> None:
    coding = coding_of("gzip")
    data = gzip.compress(b"one")[:-8] + trailer + gzip.compress(b"two")
    assert b"".join(coding.feed(bytes([byte]), 100) for byte in data) == b"onetwo"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<", id="HTML"),
        pytest.param(b"\x1f\x9d", id="compress"),
        pytest.param(b"\x1f\x8b\x07", id="a method other than deflate"),
        pytest.param(_gzip_with(8, b"n" * LONGEST_HEADER)[:-20], id="a name that does not end"),
    ],
)
def test_what_has_no_header_of_gzip_is_none(data: bytes) -> None:
    with pytest.raises(zlib.error):
        coding_of("gzip").feed(data, 100)


def test_gzip_that_ends_in_its_header_is_unfinished() -> None:
    coding = coding_of("gzip")
    assert coding.feed(gzip.compress(b"words")[:7], 100) == b""
    assert not coding.pending
    assert not coding.finished


@pytest.mark.parametrize("name", ["UTF-8", "none", "binary", "aws-chunked", '"gzip"', "gzip;q=1", "gzip, utf8", "", ","])
def test_a_name_that_is_no_coding_changes_nothing(name: str) -> None:
    assert coding_of(name).feed(b"words", 100) == b"words"


@pytest.mark.parametrize("name", ["gzip", "deflate", "gzip, gzip"])
def test_nothing_is_nothing_in_every_coding(name: str) -> None:
    assert coding_of(name).finished
