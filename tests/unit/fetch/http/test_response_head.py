"""The head of an answer, read as browsers read it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkcheck.fetch.http.response_head import MOST_HEAD_BYTES, Ending, HeadError, ResponseHead, read_head


def read(data: bytes) -> ResponseHead:
    head = read_head(data)
    assert head is not None
    return head


@pytest.mark.parametrize(
    ("data", "status", "headers"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nA: 1\r\nb:2\r\n\r\nbody", 200, [(b"a", b"1"), (b"b", b"2")], id="well-formed"),
        pytest.param(b"HTTP/1.1 404\r\n\r\n", 404, [], id="no reason"),
        pytest.param(b"HTTP/1.1 404 \r\n\r\n", 404, [], id="an empty reason"),
        pytest.param(b"HTTP/1.1 200 OK\nA: 1\n\nbody", 200, [(b"a", b"1")], id="bare line feeds"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: 1\n\r\n", 200, [(b"a", b"1")], id="mixed line ends"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: 1\r\n  2\r\nB: 3\r\n\r\n", 200, [(b"a", b"1 2"), (b"b", b"3")], id="folded"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA : 1\r\n\r\n", 200, [(b"a", b"1")], id="a space before the colon"),
        pytest.param(b"HTTP/1.1 200 OK\r\nnonsense\r\nA: 1\r\n\r\n", 200, [(b"a", b"1")], id="a line without a colon"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA@: 1\r\nB: 2\r\n\r\n", 200, [(b"b", b"2")], id="a name that is none"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: x\0y\r\n\r\n", 200, [(b"a", b"x\0y")], id="a NUL"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: \xff\xfe\r\n\r\n", 200, [(b"a", b"\xff\xfe")], id="bytes that are no ASCII"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA:\r\n\r\n", 200, [(b"a", b"")], id="an empty value"),
        pytest.param(b"HTTP/1.1\t404 Not Found\r\n\r\n", 404, [], id="a tab"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nA: 1\r\n 2\r\n\t3\r\nB: 4\r\n\r\n", 200, [(b"a", b"1 2 3"), (b"b", b"4")], id="folded twice"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\n A: 1\r\nB: 2\r\n\r\n", 200, [(b"b", b"2")], id="folded onto nothing"),
        pytest.param(b"HTTP/1.1  301  Moved\r\nA: 1\r\n\r\n", 301, [(b"a", b"1")], id="two spaces"),
    ],
)
def test_what_can_be_read_is_read(data: bytes, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    head = read(data)
    assert (head.status, head.headers) == (status, headers)
    assert data[head.size :] in {b"", b"body"}


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        pytest.param(b"<html>", "not-http", id="a body without a head"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", "not-http", id="SSH"),
        pytest.param(b"220 http.example ESMTP\r\n", "not-http", id="SMTP of a host called http"),
        pytest.param(b"RTSP/1.0 200 OK\r\n\r\n", "not-http", id="RTSP"),
        pytest.param(b"\x15\x03\x01\x00\x02\x02\x28", "not-http", id="a TLS alert"),
        pytest.param(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00", "not-http", id="HTTP/2"),
        pytest.param(b"12345HTTP/1.1 200 OK\r\n\r\n", "not-http", id="five bytes before it"),
        pytest.param(b"HTTP/1.1 99999 Odd\r\n\r\n", "headers", id="five digits"),
        pytest.param(b"HTTP/1.1 099 Odd\r\n\r\n", "headers", id="a status below 100"),
        pytest.param(b"HTTP OK\r\n\r\n", "headers", id="neither version nor status"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: " + b"a" * MOST_HEAD_BYTES + b"\r\n\r\n", "too-large", id="a long line"),
        pytest.param(
            b"HTTP/1.1 200 OK\nA: " + b"a" * MOST_HEAD_BYTES + b"\n\n", "too-large", id="a long line, bare line feeds"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"A: 1234567\r\n" * (MOST_HEAD_BYTES // 12), "too-large", id="no end"),
    ],
)
def test_what_cannot_be_read_is_told_apart(data: bytes, detail: str) -> None:
    with pytest.raises(HeadError) as raised:
        read_head(data)
    assert raised.value.detail == detail


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"http/1.1 200 OK", 200),
        (b"HTTP/2 200", 200),
        (b"HTTP/2.0 404 Not Found", 404),
        (b"HTTP/1 301 Moved", 301),
        (b"HTTP/1.10 200 OK", 200),
        (b"HTTP/1.1 200OK", 200),
        (b"HTTP 200 OK", 200),
        (b"HTTP/1.1", 200),
        (b"HTTP/1.1 ", 200),
        (b"HTTP/1.1 OK", 200),
        (b"HTTP/1.1 2000 OK", 2000),
        (b"HTTP/x.y 200 OK", 200),
        (b" HTTP/1.1 404 Not Found", 404),
        (b"\xef\xbb\xbfHTTP/1.1 404 Not Found", 404),
        (b"1234HTTP/1.1 404 Not Found", 404),
        (b"HTTPHTTP/1.1 404 Not Found", 404),
    ],
    ids=repr,
)
@pytest.mark.parametrize("end", [b"\r\n", b"\n"], ids=["CRLF", "LF"])
def test_an_odd_status_line_is_read_and_its_connection_never_used_again(line: bytes, status: int, end: bytes) -> None:
    data = end.join([line, b"A: 1", b"Connection: keep-alive", b"Content-Length: 0", b"", b""])
    for looked in (0, 1, len(line)):
        head = read_head(data, looked)
        assert head is not None
        assert (head.status, head.headers[0], head.ending, head.keeps) == (status, (b"a", b"1"), Ending.LENGTH, False)
        assert head.size == len(data)


@pytest.mark.parametrize("junk", [b" ", b"\xef\xbb\xbf", b"1234"], ids=repr)
def test_nothing_may_stand_before_a_status_line_where_it_may_belong_to_the_answer_before(junk: bytes) -> None:
    with pytest.raises(HeadError) as raised:
        read_head(junk + b"HTTP/1.1 200 OK\r\n\r\n", strict=True)
    assert raised.value.detail == "not-http"


def test_a_page_may_come_without_a_head_and_nothing_else_may() -> None:
    for before in (b"", b"\n", b"\xef\xbb\xbf", b" " * 20):
        head = read_head(before + b"<!doctype html><title>x</title>", headless=True)
        assert head == ResponseHead(200, [], Ending.CLOSE, 0, keeps=False, size=0)
    with pytest.raises(HeadError):
        read_head(b"SSH-2.0-OpenSSH_9.2\r\n", headless=True)


def test_only_their_size_in_all_bounds_the_headers() -> None:
    assert len(read(b"HTTP/1.1 200 OK\r\n" + b"A: 1\r\n" * 40_000 + b"\r\n").headers) == 40_000
    assert len(read(b"HTTP/1.1 200 OK\r\nA: " + b"a" * 280_000 + b"\r\n\r\n").headers[0][1]) == 280_000


def _ends(*lines: bytes, status: bytes = b"200", version: bytes = b"1.1") -> tuple[Ending, int, bool]:
    head = read(b"\r\n".join([b"HTTP/" + version + b" " + status + b" x", *lines, b"", b""]))
    return head.ending, head.length, head.keeps


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((b"Content-Length: 5",), (Ending.LENGTH, 5, True)),
        ((b"Content-Length: 5", b"content-length: 5"), (Ending.LENGTH, 5, True)),
        ((b"Content-Length: 5, 5",), (Ending.LENGTH, 5, True)),
        ((b"Content-Length: 5", b"Connection: close"), (Ending.LENGTH, 5, False)),
        ((b"Content-Length: 5", b"Connection: X, Close"), (Ending.LENGTH, 5, False)),
        ((b"Content-Length: 5", b"Content-Length: 2"), (Ending.BROKEN, 0, False)),
        ((b"Content-Length: 5, 2",), (Ending.BROKEN, 0, False)),
        ((b"Content-Length: 05", b"Content-Length: 5"), (Ending.BROKEN, 0, False)),
        ((b"Content-Length: +5",), (Ending.CLOSE, 0, False)),
        ((b"Content-Length: -5",), (Ending.CLOSE, 0, False)),
        ((b"Content-Length: 5.0",), (Ending.CLOSE, 0, False)),
        ((b"Content-Length: 5 bytes",), (Ending.CLOSE, 0, False)),
        ((b"Content-Length: 99999999999999999999",), (Ending.CLOSE, 0, False)),
        ((b"Content-Length:",), (Ending.CLOSE, 0, False)),
        ((b"Content-Length: x", b"Content-Length: 5"), (Ending.LENGTH, 5, False)),
        ((b"Transfer-Encoding: chunked",), (Ending.CHUNKED, 0, True)),
        ((b"Transfer-Encoding: Chunked", b"Content-Length: 5"), (Ending.CHUNKED, 0, False)),
        ((b"Transfer-Encoding: gzip, chunked",), (Ending.CHUNKED, 0, True)),
        ((b"Transfer-Encoding: chunked, gzip",), (Ending.CHUNKED, 0, False)),
        ((b"Transfer-Encoding: gzip",), (Ending.CLOSE, 0, False)),
        ((b"Transfer-Encoding: gzip", b"Content-Length: 5"), (Ending.LENGTH, 5, False)),
        ((b"Transfer-Encoding: chunked, identity",), (Ending.CHUNKED, 0, True)),
        ((b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"), (Ending.CHUNKED, 0, True)),
        ((b"Transfer-Encoding: identity", b"Content-Length: 5"), (Ending.LENGTH, 5, True)),
        ((b"Transfer-Encoding:", b"Content-Length: 5"), (Ending.LENGTH, 5, True)),
        ((b"Transfer-Encoding: xchunked",), (Ending.CLOSE, 0, False)),
        ((), (Ending.CLOSE, 0, False)),
    ],
    ids=lambda value: (
        b" + ".join(value).decode() if isinstance(value, tuple) and value and isinstance(value[0], bytes) else ""
    ),
)
def test_the_headers_tell_how_the_body_ends(lines: tuple[bytes, ...], expected: tuple[Ending, int, bool]) -> None:
    assert _ends(*lines) == expected


@pytest.mark.parametrize("status", [b"204", b"304", b"100"])
def test_some_answers_have_no_body_whatever_they_say(status: bytes) -> None:
    assert _ends(b"Content-Length: 0", status=status) == (Ending.NONE, 0, True)
    assert _ends(b"Content-Length: 5", status=status) == (Ending.NONE, 0, False), "a body may come all the same"


def test_a_connection_of_the_old_version_is_kept_where_the_server_says_so() -> None:
    assert _ends(b"Content-Length: 5", version=b"1.0") == (Ending.LENGTH, 5, False)
    assert _ends(b"Content-Length: 5", b"Connection: keep-alive", version=b"1.0") == (Ending.LENGTH, 5, True)


@given(st.binary(max_size=300))
@example(b"\r\n")
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for whole in (data, b"HTTP/1.1 200 OK\r\n" + data + b"\r\n\r\n", b"HTTP/1.1 " + data):
        for headless in (False, True):
            try:
                head = read_head(whole, headless=headless)
            except HeadError:
                continue
            assert head is None or ((head.size > 0 or headless) and head.size <= len(whole))


@given(
    st.lists(
        st.sampled_from([b"A: 1", b"B : 2", b" folded", b"no colon", b"Content-Length: 3", b"C:\xff", b""]), max_size=8
    ),
    st.sampled_from([b"\r\n", b"\n"]),
    st.integers(0, 200),
)
def test_a_head_in_two_pieces_is_the_same_head(lines: list[bytes], end: bytes, cut: int) -> None:
    data = end.join([b"HTTP/1.1 200 OK", *lines, b"", b""])
    whole = read_head(data)
    assert whole is not None
    first = read_head(data[:cut]) if cut else None
    if first is None:
        assert read_head(data, looked=min(cut, len(data))) == whole
    else:
        assert first == whole


@pytest.mark.parametrize("beyond", [0, 1])
@pytest.mark.parametrize(
    ("line", "end"), [(b"HTTP/1.1 200 OK\r\n", b"\r\n"), (b"HTTP/1.1 200 OK\n", b"\n")], ids=["CRLF", "LF"]
)
def test_a_head_in_one_piece_may_be_as_long_as_the_limit_and_no_longer(line: bytes, end: bytes, beyond: int) -> None:
    data = line + b"A: " + end * 2
    data = data.replace(b"A: ", b"A: " + b"a" * (MOST_HEAD_BYTES - len(data) + beyond))
    if beyond:
        with pytest.raises(HeadError) as raised:
            read_head(data)
        assert raised.value.detail == "too-large"
    else:
        head = read_head(data)
        assert head is not None
        assert head.size == len(data) == MOST_HEAD_BYTES


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_head_without_an_end_is_awaited_up_to_the_limit(beyond: int) -> None:
    data = b"HTTP/1.1 200 OK\r\nA: "
    data += b"a" * (MOST_HEAD_BYTES - len(data) + beyond)
    if beyond:
        with pytest.raises(HeadError):
            read_head(data)
    else:
        assert read_head(data) is None
