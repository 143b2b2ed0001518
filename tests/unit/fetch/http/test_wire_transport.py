import pytest

from linkcheck.fetch.http.wire_transport import request_bytes
from linkcheck.urls import parse_url


@pytest.mark.parametrize(
    ("url", "first", "host"),
    [
        pytest.param("https://a.example/", "GET / HTTP/1.1", "Host: a.example", id="a home page"),
        pytest.param("http://a.example:8080/x?", "GET /x? HTTP/1.1", "Host: a.example:8080", id="a port and an empty query"),
        pytest.param(
            "https://a.example?b=//c", "GET /?b=//c HTTP/1.1", "Host: a.example", id="a query right after the host"
        ),
        pytest.param(
            "http://[2606:4700::1]/%41?q=%C3%BC#f", "GET /%41?q=%C3%BC HTTP/1.1", "Host: [2606:4700::1]", id="IPv6"
        ),
        pytest.param("https://u:p@b.example/é", "GET /%C3%A9 HTTP/1.1", "Host: b.example", id="no credentials"),
    ],
)
def test_a_request_asks_for_the_url_as_it_was_read(url: str, first: str, host: str) -> None:
    assert request_bytes(parse_url(url), (("Accept", "*/*"),)) == f"{first}\r\n{host}\r\nAccept: */*\r\n\r\n".encode()


@pytest.mark.parametrize("value", ["a\r\nX: 1", "a\nb", "a\rb", "a\0b"])
def test_a_header_cannot_end_its_line(value: str) -> None:
    with pytest.raises(ValueError, match="Cookie"):
        request_bytes(parse_url("https://a.example/"), (("Cookie", value),))


def test_a_proxy_is_told_the_whole_url() -> None:
    assert request_bytes(parse_url("http://a.example:8080/x?y"), (), whole=True).startswith(
        b"GET http://a.example:8080/x?y HTTP/1.1\r\nHost: a.example:8080\r\n"
    )
