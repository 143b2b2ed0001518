"""Which headers of a response are kept."""

import pytest

from linkcheck.fetch.attempt.response import ResponseFacts, answer_from_headers
from linkcheck.urls import parse_url


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        pytest.param(200, ["etag"], id="a page"),
        pytest.param(304, ["date", "etag"], id="a page that has not changed"),
        pytest.param(404, ["date", "etag"], id="a page that does not exist"),
        pytest.param(410, ["date", "etag"], id="a page that is gone"),
        pytest.param(403, ["date", "etag"], id="a refusal"),
        pytest.param(503, ["date", "etag"], id="an outage"),
    ],
)
def test_headers_that_tell_who_sent_it_are_kept_of_all_but_pages(status: int, kept: list[str]) -> None:
    headers = {"date": "Sun, 22 Nov 2026 10:00:00 GMT", "etag": '"1"', "vary": "accept"}
    head = ResponseFacts(status, headers, (), [], "text/html", None)
    answer = answer_from_headers(parse_url("https://a.example/"), head)
    assert sorted(name for name, _ in answer.headers) == kept
