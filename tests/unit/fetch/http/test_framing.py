"""Where a body ends, whatever the pieces it comes in."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.http import framing
from linkcheck.fetch.http.framing import Chunked, Framing, FramingError, Sized, UntilClose


def feed(reader: Framing, data: bytes, step: int) -> bytes:
    return b"".join(reader.feed(data[at : at + step]) for at in range(0, len(data), step))


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=6), st.integers(1, 50), st.sampled_from([b"\r\n", b"\n"]))
def test_chunks_are_put_together(chunks: list[bytes], step: int, end: bytes) -> None:
    wire = b"".join(b"%x%s%s%s" % (len(chunk), end, chunk, end) for chunk in chunks) + b"0" + end + end
    reader = Chunked()
    assert feed(reader, wire, step) == b"".join(chunks)
    assert reader.done
    assert not reader.excess
    reader.close()


@pytest.mark.parametrize(
    "wire",
    [
        pytest.param(b"2;name=value\r\nok\r\n0\r\n\r\n", id="an extension"),
        pytest.param(b"2 \r\nok\r\n0\r\n\r\n", id="a space behind the size"),
        pytest.param(b"0002\r\nok\r\n000\r\n\r\n", id="leading zeros"),
        pytest.param(b"0" * 5000 + b"2\r\nok\r\n" + b"0" * 5000 + b"\r\n\r\n", id="leading zeros by the thousand"),
        pytest.param(b"2\r\nok\r\n0\r\nX-Trailer: 1\r\nY: 2\r\n\r\n", id="a trailer"),
    ],
)
def test_what_may_stand_beside_a_size_is_passed_over(wire: bytes) -> None:
    for step in (1, 3, 100):
        reader = Chunked()
        assert feed(reader, wire, step) == b"ok"
        assert reader.done


@pytest.mark.parametrize(
    "wire",
    [
        pytest.param(b"ZZ\r\nok", id="no number"),
        pytest.param(b"+2\r\nok", id="a sign"),
        pytest.param(b"0x2\r\nok", id="a prefix"),
        pytest.param(b"1_0\r\nok", id="an underscore"),
        pytest.param(b"\r\nok", id="nothing"),
        pytest.param(b"f" * 20 + b"\r\nok", id="too large a number"),
        pytest.param(b"2\r\nokay\r\n", id="a chunk that is longer"),
        pytest.param(b"1" * 20_000, id="a size without end"),
        pytest.param(b"0" * 20_000 + b"2\r\nok", id="zeros without end"),
        pytest.param(b"0\r\n" + b"X: 1\r\n" * 20_000, id="a trailer without end"),
        pytest.param(b"1\r\nx\r\n" * (framing.MOST_CHUNKS + 1), id="crumbs"),
    ],
)
def test_what_is_no_chunk_is_malformed(wire: bytes) -> None:
    with pytest.raises(FramingError):
        feed(Chunked(), wire, 1 << 16)


@pytest.mark.parametrize("wire", [b"", b"2", b"2\r\n", b"2\r\no", b"2\r\nok\r\n", b"2\r\nok\r\n0\r\n"])
def test_chunks_that_stop_are_incomplete(wire: bytes) -> None:
    reader = Chunked()
    reader.feed(wire)
    with pytest.raises(FramingError):
        reader.close()


@given(st.binary(max_size=50), st.integers(0, 60), st.integers(1, 20))
def test_a_length_is_as_long_as_it_says(data: bytes, length: int, step: int) -> None:
    reader = Sized(length)
    assert feed(reader, data, step) == data[:length]
    assert reader.done == (len(data) >= length)
    assert reader.excess == (len(data) > length)
    if reader.done:
        reader.close()
    else:
        with pytest.raises(FramingError):
            reader.close()


def test_bytes_behind_the_end_are_noticed() -> None:
    chunked, sized = Chunked(), Sized(2)
    assert chunked.feed(b"2\r\nok\r\n0\r\n\r\nmore") == b"ok"
    assert sized.feed(b"okmore") == b"ok"
    assert chunked.excess
    assert sized.excess


def test_without_a_length_the_connection_is_the_body() -> None:
    reader = UntilClose()
    assert feed(reader, b"all of it", 2) == b"all of it"
    assert not reader.done
    reader.close()
    assert reader.done


@given(st.binary(max_size=200), st.integers(1, 50))
def test_no_bytes_raise_anything_else(data: bytes, step: int) -> None:
    with suppress(FramingError):
        feed(Chunked(), data, step)
