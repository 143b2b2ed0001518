"""Which cookies go back where, line by line (RFC 6265)."""

from datetime import UTC, datetime

import pytest

from linkcheck.fetch.attempt.cookies import MOST_BYTES, MOST_BYTES_IN_ALL, MOST_COOKIES, Jar, parse_http_date, read_cookie
from linkcheck.fetch.http.wire_transport import request_bytes
from linkcheck.urls import parse_url

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HERE = "https://a.example/"


def sent(asked: str, *lines: str, setter: str = HERE) -> str:
    """What goes back to `asked` after answers from `setter` with one of these lines each."""
    jar = Jar()
    for line in lines:
        jar.keep(parse_url(setter), [line], NOW)
    return jar.header(parse_url(asked))


@pytest.mark.parametrize(
    ("setter", "line", "asked", "expected"),
    [
        pytest.param("http://a.example/", "a=1", "http://a.example/x", "a=1", id="same host"),
        pytest.param("http://a.example/", "a=1; Path=/; HttpOnly", "http://a.example/x", "a=1", id="attributes"),
        pytest.param("http://a.example/", "a=1", "http://www.a.example/", "", id="not sub-domains"),
        pytest.param("http://a.example/in/one", "a=1", "http://a.example/in/two", "a=1", id="the folder of the page"),
        pytest.param("http://a.example/in/one", "a=1", "http://a.example/out", "", id="not another folder"),
        pytest.param("http://www.a.example/", "a=1; Domain=a.example", "http://a.example/", "a=1", id="domain"),
        pytest.param(
            "http://www.a.example/", "a=1; Domain=.A.Example", "http://b.a.example/", "a=1", id="domain with a dot"
        ),
        pytest.param("http://www.a.example/", "a=1; Domain=", "http://a.example/", "", id="empty domain"),
        pytest.param("http://a.example/", "a=1; Domain=b.example", "http://b.example/", "", id="foreign domain"),
        pytest.param("http://a.example/", "a=1; Domain=example", "http://b.example/", "", id="top-level domain"),
        pytest.param("http://a.co.uk/", "a=1; Domain=co.uk", "http://b.co.uk/", "", id="public suffix"),
        pytest.param("http://me.github.io/", "a=1; Domain=github.io", "http://you.github.io/", "", id="private suffix"),
        pytest.param("http://co.uk/", "a=1; Domain=co.uk", "http://co.uk/", "a=1", id="a suffix for itself"),
        pytest.param("http://co.uk/", "a=1; Domain=co.uk", "http://b.co.uk/", "", id="a suffix for itself alone"),
        pytest.param("http://192.0.2.1/", "a=1; Domain=192.0.2.1", "http://192.0.2.1/", "a=1", id="address"),
        pytest.param("http://192.0.2.1/", "a=1; Domain=2.1", "http://192.0.2.1/", "", id="end of an address"),
        pytest.param(HERE, "a=1; Secure", "http://a.example/", "", id="secure not over http"),
        pytest.param(HERE, "a=1; Secure", HERE, "a=1", id="secure"),
        pytest.param("http://a.example/", "a=1; Secure", HERE, "", id="secure not set over http"),
        pytest.param(HERE, "a=1; Path=/a", "https://a.example/a", "a=1", id="path itself"),
        pytest.param(HERE, "a=1; Path=/a", "https://a.example/a/b?c", "a=1", id="path below"),
        pytest.param(HERE, "a=1; Path=/a/", "https://a.example/a/b", "a=1", id="path with a slash"),
        pytest.param(HERE, "a=1; Path=/a/", "https://a.example/a", "", id="path without its slash"),
        pytest.param(HERE, "a=1; Path=/a", "https://a.example/ab", "", id="path that only begins alike"),
        pytest.param("https://a.example/b/c", "a=1", "https://a.example/b/d", "a=1", id="default path"),
        pytest.param("https://a.example/b/c", "a=1", "https://a.example/d", "", id="outside the default path"),
        pytest.param("https://a.example/b", "a=1", "https://a.example/d", "a=1", id="default path of a page at the top"),
        pytest.param(
            "https://a.example/b/c", "a=1; Path=d", "https://a.example/b/d", "a=1", id="path without a slash first"
        ),
        pytest.param("https://a.example/b/c", "a=1; Path=/; Path=/x", "https://a.example/", "", id="last path"),
        pytest.param(HERE, "token", HERE, "token", id="no name"),
        pytest.param(HERE, "=token", HERE, "token", id="empty name"),
        pytest.param(HERE, "a=", HERE, "a=", id="empty value"),
        pytest.param(HERE, "; Path=/", HERE, "", id="nothing"),
        pytest.param(HERE, " a = b c ; Path=/", HERE, "a=b c", id="spaces"),
        pytest.param(HERE, 'a="b"', HERE, 'a="b"', id="quotes"),
        pytest.param(HERE, "a=" + "x" * 5000, HERE, "", id="too long"),
        pytest.param(HERE, "a=1; Path=/" + "x" * 2000, HERE, "a=1", id="an attribute that is too long"),
        pytest.param(HERE, "a=\r\nX: 1", HERE, "", id="line break"),
        pytest.param(HERE, "a=\0", HERE, "", id="NUL"),
        pytest.param(HERE, "a=1\x7f", HERE, "", id="DEL"),
        pytest.param(HERE, "a=1; Path=/\n", HERE, "", id="line break in an attribute"),
        pytest.param(HERE, "a=b\tc", HERE, "a=b\tc", id="tab"),
        pytest.param(HERE, "__Host-a=1; Secure; Path=/", HERE, "__Host-a=1", id="__Host-"),
        pytest.param(HERE, "__Host-a=1; Secure", HERE, "", id="__Host- without a path"),
        pytest.param(HERE, "__host-a=1; Secure; Path=/; Domain=a.example", HERE, "", id="__Host- with a domain"),
        pytest.param(HERE, "__Secure-a=1", HERE, "", id="__Secure- that is not"),
        pytest.param(HERE, "__Secure-a=1; Secure", HERE, "__Secure-a=1", id="__Secure-"),
        pytest.param(HERE, "__Secure-a; Secure", HERE, "", id="a prefix without a name"),
    ],
)
def test_a_cookie_goes_back_to_where_it_came_from(setter: str, line: str, asked: str, expected: str) -> None:
    assert sent(asked, line, setter=setter) == expected


@pytest.mark.parametrize(
    "attributes",
    [
        "Max-Age=0",
        "Max-Age=-1",
        "max-age = -100",
        "Max-Age=-0",
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "expires=Thu, 01-Jan-1970 00:00:01 GMT",
        "Expires=Thursday, 01-Jan-70 00:00:01 GMT",
        "Expires=Sun Nov  6 08:49:37 1994",
        "Expires=29 nov 2026 12:00:00",
        "Max-Age=0; Expires=Wed, 01 Jan 2059 00:00:00 GMT",
        "Max-Age=soon; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Max-Age=9; Max-Age=0",
    ],
)
def test_a_cookie_is_deleted(attributes: str) -> None:
    assert sent(HERE, "a=1", f"a=deleted; {attributes}") == ""
    assert sent(HERE, f"a=1; {attributes}") == ""


@pytest.mark.parametrize(
    "attributes",
    [
        "Max-Age=1",
        "Max-Age=99999999999999999999",
        "Max-Age=soon",
        "Max-Age=+0",
        "Max-Age=",
        "Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Expires=Wed, 01 Jan 2059 00:00:00 GMT",
        "Expires=Wed, 01-Jan-59 00:00:00 GMT",
        "Expires=Sun, 29 Nov 2026 12:00:01 GMT",
        "Expires=0",
        "Expires=-1",
        "Expires=never",
        "Expires=Thu, 31 Feb 1970 00:00:00 GMT",
        "Expires=Thu, 01 Jan 1970 25:00:00 GMT",
        "Expires=Thu, 01 Jan 1600 00:00:00 GMT",
        "SameSite=Strict",
    ],
)
def test_a_cookie_is_kept(attributes: str) -> None:
    assert sent(HERE, f"a=1; {attributes}") == "a=1"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("k=A; Path=/", "k=B; Path=/b"), "k=B; k=A", id="one name on two paths, the longer first"),
        pytest.param(("k=B; Path=/b", "k=A; Path=/"), "k=B; k=A", id="whichever was set first"),
        pytest.param(("k=A; Path=/b", "k=B; Path=/b", "l=C; Path=/b"), "k=B; l=C", id="a later value in the same place"),
        pytest.param(("k=A; Path=/", "k=B; Path=/; Domain=a.example"), "k=A; k=B", id="for the host and for its domain"),
        pytest.param(("k=A; Path=/", "k=; Path=/b; Max-Age=0"), "k=A", id="deleted on another path"),
        pytest.param(("x", "y"), "y", id="one without a name replaces another"),
    ],
)
def test_cookies_are_told_apart_by_domain_path_and_name(lines: tuple[str, ...], expected: str) -> None:
    assert sent("https://a.example/b/c", *lines) == expected


def test_the_last_of_many_cookies_are_kept() -> None:
    jar = Jar()
    jar.keep(parse_url(HERE), [f"c{n}={n}" for n in range(1000)], NOW)
    assert jar.header(parse_url(HERE)).split("; ") == [f"c{n}={n}" for n in range(1000 - MOST_COOKIES, 1000)]


def test_many_long_cookies_do_not_fill_the_memory() -> None:
    jar = Jar()
    for n in range(1000):
        jar.keep(parse_url(HERE), [f"c{n}={'ü' * 2000}"], NOW)
        jar.keep(parse_url(HERE), [f"c{n}={'ö' * 2000}"], NOW)
    sent = jar.header(parse_url(HERE))
    assert "c999=ö" in sent
    assert MOST_BYTES_IN_ALL - 4096 < len(sent.encode()) < MOST_BYTES_IN_ALL + 100


@pytest.mark.parametrize(
    "value", ["Zürich".encode(), "Zürich".encode("latin-1"), bytes(range(0x80, 0x100))], ids=["utf-8", "latin-1", "any"]
)
def test_a_value_goes_back_as_the_bytes_that_it_came_as(value: bytes) -> None:
    header = sent(HERE, (b"city=" + value).decode("utf-8", "surrogateescape"))
    assert b"\r\nCookie: city=" + value + b"\r\n" in request_bytes(parse_url(HERE), (("Cookie", header),))


def test_a_date_of_no_kind_is_none() -> None:
    assert parse_http_date(None) is None
    assert parse_http_date("") is None
    assert parse_http_date("99:99:99 99 jan 9999") is None


@pytest.mark.parametrize(("length", "kept"), [(MOST_BYTES - 2, True), (MOST_BYTES - 1, True), (MOST_BYTES, False)])
def test_a_cookie_is_kept_up_to_its_limit(length: int, kept: bool) -> None:  # noqa: FBT001
    assert (read_cookie(f"a={'x' * length}", NOW) is not None) is kept


def test_exactly_the_limit_of_all_cookies_is_kept() -> None:
    names = [f"{number:02}" for number in range(MOST_BYTES_IN_ALL // 1024)]
    lines = [f"{name}={'x' * 1021}" for name in names]
    full = sent(HERE, *lines, *lines)
    assert [pair[:2] for pair in full.split("; ")] == names
    assert [pair[:2] for pair in sent(HERE, *lines, "z=").split("; ")] == [*names[1:], "z="]
    assert sent(HERE, *lines, f"{names[0]}=x; Max-Age=0", f"y={'x' * 1022}").count("; ") == len(names) - 1


def test_a_domain_covers_whole_labels_only() -> None:
    assert sent("http://a.example/", "a=1; Domain=a.example", setter="http://xa.example/") == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sun, 22 Nov 2026 12:34:56 GMT", datetime(2026, 11, 22, 12, 34, 56, tzinfo=UTC)),
        ("12:34:56 22 nov 70", datetime(1970, 11, 22, 12, 34, 56, tzinfo=UTC)),
        ("12:34:56 22 nov 69", datetime(2069, 11, 22, 12, 34, 56, tzinfo=UTC)),
        ("12:34:56 22 nov 99", datetime(1999, 11, 22, 12, 34, 56, tzinfo=UTC)),
        ("12:34:56 22 nov 1601", datetime(1601, 11, 22, 12, 34, 56, tzinfo=UTC)),
        ("12:34:56 22 nov 1600", None),
        ("12:34:56 31 nov 2026", None),
        ("22 nov 2026", None),
        ("12:34:56 nov 2026", None),
        ("12:34:56 22 2026", None),
        ("12:34:56 22 nov", None),
        (None, None),
    ],
)
def test_a_date_needs_its_time_day_month_and_year(text: str | None, date: datetime | None) -> None:
    assert parse_http_date(text) == date
