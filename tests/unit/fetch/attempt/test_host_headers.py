import pytest

from linkcheck.fetch.attempt.host_headers import headers_for
from linkcheck.fetch.options import HostOptions
from linkcheck.urls import parse_url

KEY = (("X-Key", "canary"),)


@pytest.mark.parametrize(
    ("pattern", "url", "sent"),
    [
        ("a.example", "https://a.example/", True),
        ("a.example", "http://a.example/", False),
        ("a.example", "http://a.example:443/", False),
        ("a.example", "https://a.example:8443/", False),
        ("a.example", "https://a.example:443/", True),
        ("*", "https://b.example/", True),
        ("*", "http://b.example/", False),
        ("*.a.example", "https://www.a.example/", True),
        ("*.a.example", "https://a.example/", False),
        ("a.example", "https://a.example.evil.example/", False),
        ("a.example", "https://evil-a.example/", False),
    ],
)
def test_a_secret_goes_only_where_its_pattern_says(pattern: str, url: str, *, sent: bool) -> None:
    assert headers_for(parse_url(url), (HostOptions(pattern, headers=KEY),)) == (KEY if sent else ())
