"""What is recorded of a response, and what of the responses for several links."""

import base64
import gzip
from io import StringIO
from typing import Any

import pytest

from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder
from linkcheck.fetch.replay.recording_file import RecordedAnswer, RecordedLink, _inline, write
from linkcheck.images import FIRST_READ
from linkcheck.model import Certificate, Failure, FailureKind, Probe, Target

X, Y, Z = "https://a.example/x", "https://a.example/y", "https://a.example/z"
HTML = [(b"content-type", b"text/html; charset=utf-8")]
SECRET = "s3cr3t-value"


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        (ImageSpec("png", 3, 2), '{ format = "png", width = 3, height = 2 }'),
        (ImageSpec("jpeg", 3, 2, orientation=6), '{ format = "jpeg", width = 3, height = 2, orientation = 6 }'),
        (ImageSpec("gif", 3, 2, animated=True), '{ format = "gif", width = 3, height = 2, animated = true }'),
    ],
)
def test_a_recorded_image_has_every_fact_that_is_not_the_default(picture: ImageSpec, text: str) -> None:
    assert _inline(picture) == text


def answer(url: str = X, **more: Any) -> RecordedAnswer:
    """A page that was read to its end, with a length."""
    body = more.pop("body", b"<p>a</p>")
    headers = more.pop("headers", None)
    if headers is None:
        headers = [*HTML, (b"content-length", str(len(body or b"")).encode())]
    read = None if body is None else bytearray(body)
    more = {"probe": Probe.PAGE, "status": 200, "ended": body is not None, **more}
    return RecordedAnswer(url, body=read, headers=headers, **more)


def link(*answers: RecordedAnswer, url: str = X, attempts: int | None = 1) -> RecordedLink:
    return RecordedLink(Target(url, Probe.PAGE, "a.example"), [list(answers)], attempts=attempts)


def written(*links: RecordedLink) -> str:
    stream = StringIO()
    hosts = (HostOptions("a.example", headers=(("authorization", f"Bearer {SECRET}"),)),)
    write(stream, links, FetchOptions(hosts=hosts, page_bytes=100))
    return stream.getvalue()


def lines(entry: RecordedAnswer) -> list[str]:
    """The lines of the one table of a recording."""
    return written(link(entry)).partition(f'["{entry.url}"]\n')[2].splitlines()


def headers(*more: tuple[str, str], length: int | None = 8, kind: str = "text/html; charset=utf-8") -> list[Any]:
    found = [("content-type", kind), *([] if length is None else [("content-length", str(length))]), *more]
    return [(name.encode(), value.encode()) for name, value in found]


BODY = 'body = "<p>a</p>"'


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(answer(), [BODY], id="a page"),
        pytest.param(answer(status=204, body=b"", headers=[]), ["status = 204", 'type = ""', 'body = ""'], id="no content"),
        pytest.param(answer(status=304, body=None, headers=[]), ["status = 304"], id="not modified"),
        pytest.param(
            answer(body=None, headers=headers(("location", "/y"))),
            ['type = "text/html; charset=utf-8"', "length = 8", 'location = "/y"'],
            id="a location of a page that was not read",
        ),
        pytest.param(answer(body=None), ["length = 0"], id="a page that was not read"),
        pytest.param(answer(body=None, headers=headers(length=None)), ["chunked = true"], id="nor has a length"),
        pytest.param(
            answer(headers=headers(("location", "/y"))), [BODY, 'location = "/y"'][::-1], id="a location that is no redirect"
        ),
        pytest.param(
            answer(status=301, headers=headers(("location", ""))), ["status = 301", BODY], id="a redirect to nowhere"
        ),
        pytest.param(
            answer(status=301, headers=headers(("location", ""), ("location", "/y"))),
            ["status = 301", 'location = "/y"'],
            id="a redirect with two locations",
        ),
        pytest.param(answer(wanted="bytes=0-9"), ["ranges = false", BODY], id="a range was refused"),
        pytest.param(answer(headers=headers(length=9)), ["length = 9", BODY], id="shorter than announced"),
        pytest.param(answer(headers=headers(("content-length", "8"), length=None)), [BODY], id="a length after the type"),
        pytest.param(
            answer(headers=headers(("content-length", "eight"), length=None)),
            ['headers = { content-length = "eight" }', BODY],
            id="a length that is no number",
        ),
        pytest.param(
            answer(headers=headers(("content-length", "1" * 16), length=None)),
            [f'headers = {{ content-length = "{"1" * 16}" }}', BODY],
            id="a length that is too long",
        ),
        pytest.param(answer(ended=False, headers=headers()), [BODY], id="as long as announced"),
        pytest.param(
            answer(ended=False, headers=headers(length=99)), ["length = 99", BODY, "longer = true"], id="not read to its end"
        ),
        pytest.param(
            answer(ended=False, broken=True, headers=headers(length=99)),
            ["length = 99", BODY, "truncated = true"],
            id="broken off",
        ),
        pytest.param(
            answer(headers=headers(("etag", "a"), ("etag", "b"), ("x-other", "c"))),
            ['headers = { etag = "a" }', BODY],
            id="the first of the headers that are used",
        ),
        pytest.param(
            answer(headers=headers(("retry-after", "5"), ("date", "Sun, 22 Nov 2026 12:00:00 GMT"))),
            ['headers = { retry-after = "5", date = "Sun, 22 Nov 2026 12:00:00 GMT" }', BODY],
            id="a wait with its date",
        ),
        pytest.param(answer(headers=headers(("date", "Sun, 22 Nov 2026 12:00:00 GMT"))), [BODY], id="a date alone"),
        pytest.param(
            answer(headers=headers(("link", "<a>; rel=x"), ("link", "<b>; rel=y"))),
            ['headers = { link = ["<a>; rel=x", "<b>; rel=y"] }', BODY],
            id="links",
        ),
        pytest.param(
            answer(headers=headers(("server", "cloudflare"), ("set-cookie", "a=1"), ("vary", "accept"))),
            [BODY],
            id="what only refusals show",
        ),
        pytest.param(
            answer(status=403, headers=headers(("server", "cloudflare"), ("set-cookie", "a=1; Path=/"))),
            ["status = 403", 'headers = { server = "cloudflare", set-cookie = "a=***" }', BODY],
            id="a refusal",
        ),
        pytest.param(
            answer(status=202, headers=headers(("www-authenticate", "Basic"))),
            ["status = 202", 'headers = { www-authenticate = "Basic" }', BODY],
            id="an acceptance",
        ),
        pytest.param(
            answer(headers=headers(("vary", "accept"), ("vary", "User-Agent"))),
            ['headers = { vary = "User-Agent" }', BODY],
            id="by device",
        ),
        pytest.param(answer(headers=headers(kind="text/plain")), ['type = "text/plain"', BODY], id="another type"),
        pytest.param(answer(headers=headers(("content-range", "bytes 0-7/8"))), [BODY], id="a range that is none"),
        pytest.param(
            answer(status=206, headers=headers(("content-range", "bytes 0-7/8"))),
            ["status = 206", 'headers = { content-range = "bytes 0-7/8" }', BODY],
            id="a range of a page",
        ),
        pytest.param(answer(status=206), ["status = 206", BODY], id="a range without its place"),
        pytest.param(
            answer(body=b"caf\xe9", headers=headers(length=4, kind="text/plain")),
            ['type = "text/plain"', 'base64 = "Y2Fm6Q=="'],
            id="another charset",
        ),
        pytest.param(
            answer(body=b"caf\xe9", headers=[(b"content-length", b"4")]),
            ['base64 = "Y2Fm6Q=="'],
            id="another charset without a type",
        ),
        pytest.param(
            answer(body=b"caf\xc3", ended=False, headers=headers(length=99)),
            ["length = 99", 'body = "caf "', "longer = true"],
            id="the half of a character",
        ),
        pytest.param(
            answer(body=b"caf\xf0\x9f\x8e", ended=False, headers=headers(length=99)),
            ["length = 99", 'body = "caf   "', "longer = true"],
            id="three quarters of a character",
        ),
        pytest.param(
            answer(body=b"caf\xc3", headers=headers(length=4)),
            ['type = "text/html; charset=utf-8"', 'base64 = "Y2Fmww=="'],
            id="the half of a character at the end",
        ),
        pytest.param(
            answer(body=b"caf\xe9 et", ended=False, headers=headers(length=99)),
            ['type = "text/html; charset=utf-8"', "length = 99", 'base64 = "Y2Fm6SBldA=="', "longer = true"],
            id="another charset, not read to its end",
        ),
        pytest.param(answer(headers=headers(("content-range", "bytes 0-7/8"))), [BODY], id="a range that was not requested"),
        pytest.param(answer(body=b"a\nb'''c", headers=headers(length=7)), ["body = \"a\\nb'''c\""], id="three quotes"),
        pytest.param(answer(body=b"a\nb'", headers=headers(length=4)), ['body = "a\\nb\'"'], id="a quote at the end"),
        pytest.param(
            answer(body=b"a\x7f" + b"b" * 18, headers=headers(length=20)), [f'body = "a\\u007f{"b" * 18}"'], id="DEL"
        ),
        pytest.param(
            answer(body=b"\x01\x02" + b"b" * 18, headers=headers(length=20)),
            [f'body = "\\u0001\\u0002{"b" * 18}"'],
            id="few control characters",
        ),
        pytest.param(
            answer(body=b"\x01\x02" + b"b" * 17, headers=headers(length=19)),
            ['type = "text/html; charset=utf-8"', 'base64 = "AQJiYmJiYmJiYmJiYmJiYmJiYg=="'],
            id="many control characters",
        ),
        pytest.param(
            answer(certificate=Certificate("An authority", "2026-12-22T00:00:00Z", 30, 90)),
            ["certificate-days = 30", 'certificate-ends = "2026-12-22T00:00:00Z"', "certificate-lifetime = 90", BODY],
            id="a certificate that ends soon",
        ),
        pytest.param(
            answer(certificate=Certificate("An authority", "2026-12-22T00:00:00Z", 29)),
            ["certificate-days = 29", 'certificate-ends = "2026-12-22T00:00:00Z"', BODY],
            id="a certificate of unknown lifetime",
        ),
        pytest.param(
            answer(certificate=Certificate("An authority", "2026-12-23T00:00:00Z", 31, 90)), [BODY], id="one that does not"
        ),
        pytest.param(
            answer(failure=Failure(FailureKind.RESET, "before-headers", f"it said {SECRET}"), body=None),
            ['failure = "reset before-headers"', 'message = "it said ***"'],
            id="a failure",
        ),
        pytest.param(
            answer(body=f"<p>{SECRET}</p>".encode(), headers=headers(length=19)),
            ["length = 19", 'body = "<p>***</p>"'],
            id="a secret",
        ),
    ],
)
def test_a_response_is_recorded_by_what_linkcheck_uses(entry: RecordedAnswer, expected: list[str]) -> None:
    assert sorted(lines(entry)) == sorted(expected)


def test_an_encoding_is_recorded_where_it_cannot_be_decoded() -> None:
    packed = gzip.compress(b"<p>a</p>", mtime=0)
    entry = answer(body=packed, headers=headers(("content-encoding", "gzip"), length=len(packed)))
    assert lines(entry) == [f"length = {len(packed)}", BODY]
    cut = answer(body=packed[:-9], headers=headers(("content-encoding", "gzip"), length=len(packed) - 9))
    assert lines(cut)[-1] == "truncated = true"
    broken = answer(body=b"<p>a</p>", headers=headers(("content-encoding", "gzip")))
    assert lines(broken) == ['headers = { content-encoding = "gzip" }', BODY]


@pytest.mark.parametrize(("length", "kept"), [(100, 100), (101, 100), (99, 99)])
def test_as_much_is_decoded_as_is_read_of_a_page(length: int, kept: int) -> None:
    packed = gzip.compress(b"a" * length, mtime=0)
    entry = answer(body=packed, headers=headers(("content-encoding", "gzip"), length=len(packed)))
    (body,) = (line for line in lines(entry) if line.startswith("body"))
    assert body.count("a") == kept


def test_headers_in_another_charset_are_marked() -> None:
    entry = answer(headers=[*headers(), (b"etag", b"caf\xe9")])
    assert lines(entry) == ["latin-1 = true", 'headers = { etag = "café" }', BODY]
    entry = answer(status=301, headers=[(b"location", b"/caf\xe9")])
    assert lines(entry) == ["status = 301", 'location = "/café"', "latin-1 = true"]


def redirect(url: str, to: str, *cookies: str, vary: str = "") -> RecordedAnswer:
    more = [*(("set-cookie", each) for each in cookies), *([("vary", vary)] if vary else [])]
    return answer(url, status=302, body=None, headers=headers(("location", to), *more))


@pytest.mark.parametrize(
    ("cookies", "told"),
    [
        (("a=1",), '"a=***"'),
        (("a=1; Domain=example; Path=/x; Secure; HttpOnly",), '"a=***; domain=example; path=/x; secure"'),
        (("a=1; Domain=a.example",), '"a=***; domain=a.example"'),
        (("a=1; Max-Age=0",), '"a=***; max-age=0"'),
        (("a=",), '"a="'),
        (("=1",), '"***"'),
        (("a=1", "b=1", "c=2"), '["a=***", "b=***", "c=***-2"]'),
        (("\x01",), '""'),
    ],
)
def test_the_cookies_of_redirects_are_told_without_their_values(cookies: tuple[str, ...], told: str) -> None:
    entry = redirect(X, "/y", *cookies)
    assert lines(entry) == ["status = 302", 'location = "/y"', f"headers = {{ set-cookie = {told} }}"]


def picture(**more: Any) -> RecordedAnswer:
    file = encode_placeholder(ImageSpec("png", 3, 2))
    body = more.pop("body", file)
    ranged = more.get("status", 200) == 206
    kind = more.pop("kind", "image/png")
    size = more.pop("size", len(body))
    length = None if more.pop("chunked", False) else len(body) if ranged else size
    extra = [("content-range", f"bytes 0-{len(body) - 1}/{size}")] if ranged else []
    found = headers(*more.pop("more", ()), *extra, length=length, kind=kind)
    return answer(body=body, headers=found, **{"probe": Probe.IMAGE, "wanted": "bytes=0-9", **more})


IMAGE = 'image = { format = "png", width = 3, height = 2 }'
PLAIN = encode_placeholder(ImageSpec("png", 3, 2))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(picture(), ["ranges = false", IMAGE], id="an image"),
        pytest.param(picture(status=206), [IMAGE], id="as a range"),
        pytest.param(picture(kind="image/x"), ['type = "image/x"', "ranges = false", IMAGE], id="another type"),
        pytest.param(picture(size=9999), ["length = 9999", "ranges = false", IMAGE], id="larger"),
        pytest.param(picture(chunked=True), ["chunked = true", "ranges = false", IMAGE], id="without a length"),
        pytest.param(
            picture(body=PLAIN.ljust(FIRST_READ, b"x"), size=FIRST_READ + 1, status=206),
            [f"length = {FIRST_READ + 1}", IMAGE],
            id="the first part",
        ),
    ],
)
def test_an_image_is_recorded_by_its_format_and_size(entry: RecordedAnswer, expected: list[str]) -> None:
    assert lines(entry) == expected


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(picture(wanted=None), id="not requested as an image"),
        pytest.param(picture(status=404), id="of a missing one"),
        pytest.param(picture(body=b""), id="empty"),
        pytest.param(picture(more=(("content-encoding", "identity"),)), id="encoded"),
        pytest.param(picture(chunked=True, ended=False), id="of unknown length"),
        pytest.param(picture(body=b"<p>a</p>"), id="no image"),
        pytest.param(picture(body=PLAIN[:24], size=24, ended=False), id="smaller than one that is made"),
        pytest.param(picture(status=206, size=9999), id="a shorter range than is read"),
        pytest.param(picture(body=b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/>"), id="a drawing"),
    ],
)
def test_any_other_body_is_recorded_itself(entry: RecordedAnswer) -> None:
    assert not any(line.startswith("image") for line in lines(entry))


def test_a_further_part_of_an_image_shows_that_all_are_recorded_themselves() -> None:
    first = picture(body=PLAIN.ljust(FIRST_READ, b"x"), size=FIRST_READ + 9, status=206)
    further = answer(
        status=206,
        probe=Probe.IMAGE,
        wanted=f"bytes={FIRST_READ}-{FIRST_READ + 8}",
        body=b"x" * 9,
        headers=headers(
            ("content-range", f"bytes {FIRST_READ}-{FIRST_READ + 8}/{FIRST_READ + 9}"), length=9, kind="image/png"
        ),
    )
    text = written(link(first, further))
    assert "image = {" not in text
    assert text.count("base64") + text.count("body =") == 2
    assert f'content-range = "bytes {FIRST_READ}-{FIRST_READ + 8}/{FIRST_READ + 9}"' in text


def tables(*links: RecordedLink) -> str:
    """A recording without its own table."""
    return written(*links).split("\n\n", 1)[1].strip()


def page(url: str, text: str) -> RecordedAnswer:
    return answer(url, body=text.encode(), headers=headers(length=len(text)))


def test_the_same_response_for_all_links_is_recorded_once() -> None:
    one, other = link(redirect(X, Z), page(Z, "a"), url=X), link(redirect(Y, Z), page(Z, "a"), url=Y)
    assert tables(one, other).count(f'["{Z}"]') == 1
    assert "for-link" not in tables(one, other)
    assert "[[" not in tables(one, other)


def test_the_most_frequent_responses_are_those_for_all_links() -> None:
    links = [link(redirect(f"{X}{at}", Z), page(Z, text), url=f"{X}{at}") for at, text in enumerate("abb")]
    found = tables(*links).partition(f'[["{Z}"]]\n')[2]
    assert found == f'body = "b"\n\n[["{Z}"]]\nfor-link = "{X}0"\nbody = "a"'


def test_the_responses_for_a_link_to_the_url_itself_are_those_for_all() -> None:
    links = [link(redirect(f"{X}{at}", Z), page(Z, "b"), url=f"{X}{at}") for at in range(3)]
    found = tables(link(page(Z, "z"), url=Z), *links).partition(f'[["{Z}"]]\n')[2]
    assert found.splitlines()[0] == 'body = "z"'
    assert found.count("for-link") == 3


def test_equal_responses_at_the_end_are_recorded_once() -> None:
    found = tables(link(page(X, "a"), page(X, "b"), page(X, "b"), page(X, "b")))
    assert [line for line in found.splitlines() if "body" in line] == ['body = "a"', 'body = "b"']
    found = tables(link(page(X, "a"), page(X, "a"), page(X, "b")))
    assert found.count('body = "a"') == 2


def test_a_body_that_was_not_read_matches_any() -> None:
    unread = answer(Z, body=None, headers=headers(length=1))
    links = [link(redirect(X, Z), unread, url=X), link(page(Z, "b"), url=Z)]
    assert "for-link" not in tables(*links)
    other = answer(Z, body=None, headers=headers(length=2))
    assert f'for-link = "{X}"' in tables(link(redirect(X, Z), other, url=X), links[1])


@pytest.mark.parametrize(
    ("texts", "others", "are_equal"),
    [
        pytest.param(["a"], ["a"], True, id="the same"),
        pytest.param(["a", "b"], ["a"], False, id="one more"),
        pytest.param(["a"], ["a", "b"], False, id="one less"),
        pytest.param(["a", "b"], ["a", "c"], False, id="another one at the end"),
        pytest.param(["b", "a"], ["c", "a"], False, id="another one at the start"),
    ],
)
def test_responses_are_the_same_one_by_one(texts: list[str], others: list[str], *, are_equal: bool) -> None:
    links = link(redirect(X, Z), *(page(Z, text) for text in texts), url=X), link(*(page(Z, text) for text in others), url=Z)
    assert ("for-link" not in tables(*links)) is are_equal


@pytest.mark.parametrize(("attempts", "told"), [(1, False), (None, False), (2, True)])
def test_several_attempts_are_counted(attempts: int | None, told: bool) -> None:  # noqa: FBT001 - a table's column
    found = tables(link(page(X, "a"), attempts=attempts))
    assert ("attempts = 2\n" in found) is told


def test_a_link_without_a_response_is_left_out() -> None:
    assert written(RecordedLink(Target(X, Probe.PAGE, "a.example"))).strip().splitlines() == ["[recording]", "version = 1"]


@pytest.mark.parametrize(
    ("probe", "kind", "is_masked"),
    [
        (Probe.IMAGE, "application/octet-stream", False),
        (Probe.IMAGE, "image/png", False),
        (Probe.IMAGE, "text/plain", True),
        (Probe.PAGE, "image/png", False),
        (Probe.PAGE, "application/octet-stream", True),
    ],
)
def test_the_bytes_of_an_image_are_recorded_unchanged(probe: Probe, kind: str, *, is_masked: bool) -> None:
    body = f"\xff{SECRET}".encode("latin-1")
    (line,) = (each for each in lines(answer(probe=probe, body=body, headers=headers(kind=kind))) if "base64" in each)
    found = base64.b64decode(line.partition('"')[2].rstrip('"'))
    assert found == (b"\xff***" if is_masked else body)
