"""What a run records is what it heard: played from a file, recorded, and replayed."""

import asyncio
import base64
import contextlib
import gzip
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from linkcheck.errors import UsageError
from linkcheck.fetch import crawl
from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.http.deadline import Deadline
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.replay import recorder
from linkcheck.fetch.replay.player import read_web
from linkcheck.fetch.replay.recorder import Recorder
from linkcheck.fetch.replay.recording_file import RecordedAnswer, RecordedLink
from linkcheck.fetch.scheduling.crawl_result import CrawlResult
from linkcheck.fetch.transports import build_transport
from linkcheck.model import Answer, Failure, FailureKind, Hop, Outcome, Probe, Target
from linkcheck.urls import parse_url

NOT_FOUND = "<title>Page not found</title>"
SECRET = "s3cr3t-value"


class Runs:
    """Runs over one web: recorded, and replayed from the recording."""

    def __init__(self, folder: Path) -> None:
        self.recording = folder / "recording.toml"
        self._web = folder / "web.toml"

    def record(self, web: str, *urls: str, probe: Probe = Probe.PAGE, hosts: tuple[HostOptions, ...] = ()) -> list[Outcome]:
        self._web.write_text(web, encoding="utf-8")
        return self.run(FetchOptions(replay=str(self._web), record=str(self.recording), hosts=hosts), *urls, probe=probe)

    def replay(self, *urls: str, probe: Probe = Probe.PAGE) -> list[Outcome]:
        return self.run(FetchOptions(replay=str(self.recording)), *urls, probe=probe)

    def run(self, options: FetchOptions, *urls: str, probe: Probe) -> list[Outcome]:
        outcomes: list[Outcome] = []
        targets = [Target(url, probe, parse_url(url).host) for url in urls]
        self.ended: CrawlResult = crawl([targets], outcomes.extend, options)
        return [without_times(outcome) for outcome in sorted(outcomes, key=lambda outcome: outcome.url)]

    @property
    def text(self) -> str:
        return self.recording.read_text(encoding="utf-8")


def without_times(outcome: Outcome) -> Outcome:
    return msgspec.structs.replace(outcome, seconds=0.0, checked_at="", requests=0)


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


Web = Callable[[str], str]


def test_any_random_page_of_a_host_is_the_recorded_one_and_no_other_page_is(runs: Runs) -> None:
    page = "https://a.example/gone"
    first = runs.record(f'["https://a.example/*"]\nbody = "{NOT_FOUND}"', page)
    assert first[0].answer is not None
    assert first[0].answer.soft_404 is not None
    assert '["https://a.example/linkcheck-0000000000000000"]' in runs.text
    assert "[[" not in runs.text, "one table is no list of tables"
    assert runs.replay(page) == first
    assert runs.ended.requests > 0
    near = ("linkcheck-0123456789abcde", "linkcheck-0123456789ABCDEF", "x/linkcheck-0123456789abcdef", "linkcheck-pro")
    found = runs.replay(*(f"https://a.example/{path}" for path in ("linkcheck-0123456789abcdef", *near)))
    assert sorted(outcome.url.rpartition("example/")[2] for outcome in found if outcome.failure) == sorted(near)


def test_links_that_differ_in_secrets_alone_get_their_own_answers_while_they_are_as_many(runs: Runs) -> None:
    web = """
    ["https://a.example/?sid=first1"]
    ["https://a.example/?sid=second"]
    status = 404
    ["https://a.example/?sid=third3"]
    status = 301
    location = "/next?sid=third3"
    ["https://a.example/next?sid=third3"]
    page = { canonical = "https://a.example/next?sid=third3" }
    """
    urls = [f"https://a.example/?sid={value}" for value in ("second", "third3", "first1")]
    first = runs.record(web, *urls)
    assert not any(value in runs.text for value in ("first1", "second", "third3"))
    assert runs.replay(*urls) == first
    more = runs.replay(*urls, "https://a.example/?sid=fourth")
    assert {outcome.failure and outcome.failure.detail for outcome in more} == {"not-in-replay"}


def test_a_url_that_answers_each_link_otherwise_is_recorded_for_each(runs: Runs) -> None:
    web = """
    ["https://a.example/1"]
    status = 302
    location = "/turns"
    ["https://a.example/2"]
    status = 302
    location = "/turns"
    [["https://a.example/turns"]]
    status = 404
    [["https://a.example/turns"]]
    status = 410
    [["https://a.example/turns"]]
    """
    urls = [f"https://a.example/{path}" for path in ("1", "2", "turns")]
    first = runs.record(web, *urls)
    assert {outcome.answer and outcome.answer.status for outcome in first} == {200, 404, 410}
    assert runs.replay(*reversed(urls)) == first


def test_as_many_attempts_are_made_as_were_made_whatever_they_met(runs: Runs) -> None:
    web = """
    [["https://a.example/late"]]
    status = 503
    [["https://a.example/late"]]
    failure = "reset"
    [["https://a.example/late"]]
    ["https://a.example/never"]
    failure = "timeout headers"
    message = "nothing came"
    """
    urls = ("https://a.example/late", "https://a.example/never")
    first = runs.record(web, *urls)
    assert (first[0].attempts, first[0].tried_statuses) == (3, (503, 0))
    assert runs.replay(*urls) == first


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ('status = 429\nheaders = { retry-after = "90000" }', "rate-limited"),
        ('failure = "dns nxdomain"', "nxdomain"),
        ('failure = "dns servfail"\nmessage = "lame"', "servfail"),
    ],
    ids=["a host that wants to rest", "a name that does not exist", "a name that cannot be looked up"],
)
def test_what_was_not_requested_fails_as_it_did(runs: Runs, answer: str, detail: str) -> None:
    urls = [f"https://a.example/{number}" for number in range(5)]
    first = runs.record(f'["https://a.example/*"]\n{answer}\n["https://b.example/"]', *urls, "https://b.example/")
    assert detail in {outcome.failure.detail for outcome in first if outcome.failure is not None}
    assert runs.replay(*urls, "https://b.example/") == first


def test_a_server_without_ranges_has_none_in_the_recording(runs: Runs) -> None:
    web = """
    ["https://a.example/whole.png"]
    image = { format = "png", width = 30, height = 20 }
    length = 40000
    ranges = false
    ["https://a.example/part.png"]
    image = { format = "png", width = 30, height = 20 }
    length = 40000
    """
    urls = ("https://a.example/part.png", "https://a.example/whole.png")
    first = runs.record(web, *urls, probe=Probe.IMAGE)
    assert [outcome.answer and outcome.answer.status for outcome in first] == [206, 200]
    assert runs.replay(*urls, probe=Probe.IMAGE) == first
    assert {key: reply.ranges for key, (reply,) in read_web(str(runs.recording)).items()} == dict(
        zip(urls, (True, False), strict=True)
    )
    assert "base64" not in runs.text


def test_the_end_of_a_certificate_is_kept_where_it_is_near(runs: Runs) -> None:
    web = """
    ["https://a.example/"]
    certificate-days = 5
    certificate-ends = "2031-02-03T04:05:06Z"
    ["https://b.example/"]
    certificate-days = 80
    """
    urls = ("https://a.example/", "https://b.example/")
    first = runs.record(web, *urls)
    again = runs.replay(*urls)
    assert again[0].certificate == first[0].certificate
    assert again[1].certificate is None


@pytest.mark.parametrize("path", ["/a*b", "/?x[]=1", "/?list=***", "/'''", "/%22quoted%22"])
def test_a_url_with_characters_that_mean_something_elsewhere_is_found_again(runs: Runs, path: str) -> None:
    url = parse_url(f"https://a.example{path}").href
    first = runs.record("[\"https://a.example/*\"]\nbody = \"<title>It's \\u0001 ''' here</title>\\n\"", url)
    assert first[0].failure is None
    assert runs.replay(url) == first
    assert runs.replay("https://a.example/axb")[0].failure is not None


@pytest.mark.parametrize(
    ("more", "encode"),
    [
        ('headers = { content-encoding = "gzip" }', lambda text: gzip.compress(text.encode())),
        ('type = "text/html; charset=iso-8859-1"', lambda text: text.encode("latin-1")),
        ('headers = { content-encoding = "gzip" }\nlength = 99999', lambda text: gzip.compress(text.encode())[:-4]),
    ],
    ids=["compressed", "of another character set", "compressed and cut short"],
)
def test_no_encoding_hides_a_secret_from_its_mask(runs: Runs, more: str, encode: Callable[[str], bytes]) -> None:
    body = f"<title>Caf\xe9 {SECRET}</title><link rel=canonical href='https://a.example/?token={SECRET}2'>"
    web = f'["https://a.example/"]\n{more}\nbase64 = "{base64.b64encode(encode(body)).decode()}"'
    first = runs.record(web, "https://a.example/", hosts=(HostOptions("a.example", headers=(("X-Key", SECRET),)),))
    (reply,) = read_web(str(runs.recording))["https://a.example/"]
    assert SECRET not in runs.text
    assert SECRET.encode() not in base64.b64decode(reply.base64 or "")
    again = runs.replay("https://a.example/")
    assert (again[0].answer and again[0].answer.body) == (first[0].answer and first[0].answer.body)


def test_cookies_that_differ_end_a_redirect_to_itself_and_are_not_told(runs: Runs) -> None:
    steps = "".join(
        f'[["https://a.example/"]]\nstatus = 302\nlocation = "/"\nheaders = {{ set-cookie = "id={SECRET}{n}; Path=/" }}\n'
        for n in range(3)
    )
    first = runs.record(steps + '[["https://a.example/"]]\n', "https://a.example/")
    assert len(first[0].hops) == 3
    assert SECRET not in runs.text
    assert runs.replay("https://a.example/") == first


def test_cookies_are_told_by_what_decides_where_they_go_back(runs: Runs) -> None:
    lines = (
        f'"a={SECRET}; Domain=.a.example; Path=/b; HttpOnly; Max-Age=60", "b={SECRET}; Secure; Expires=Wed, 01 Jan 2059 '
        f'00:00:00 GMT", "{SECRET}2", "a=; Expires=Thu, 01-Jan-1970 00:00:01 GMT", "a=\\u0001"'
    )
    web = f'["https://a.example/"]\nstatus = 302\nlocation = "/b"\nheaders = {{ set-cookie = [{lines}] }}\n["https://a.example/b"]'
    first = runs.record(web, "https://a.example/")
    assert 'set-cookie = ["a=***; domain=a.example; path=/b", "b=***; secure", "***-2", "a=; max-age=0"]' in runs.text
    assert runs.replay("https://a.example/") == first


def test_what_does_not_fit_is_left_out_and_counted(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "MOST_LINKS", 2)
    urls = [f"https://{name}.example/" for name in "abc"]
    runs.record('["https://*"]', *urls)
    assert "the recording omits 1 links" in " ".join(runs.ended.notices)
    assert sum(outcome.failure is None for outcome in runs.replay(*urls)) == 2


def test_further_responses_of_a_link_are_recorded_when_no_more_links_fit(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "MOST_LINKS", 1)
    web = '[["https://a.example/"]]\nstatus = 503\n[["https://a.example/"]]\nfailure = "reset"\n[["https://a.example/"]]'
    first = runs.record(web, "https://a.example/", probe=Probe.STATUS)
    assert first[0].tried_statuses == (503, 0)
    assert runs.ended.notices == ()
    assert runs.replay("https://a.example/", probe=Probe.STATUS) == first


@pytest.mark.parametrize(("room", "kept"), [(2000, True), (1999, False)], ids=["exactly full", "one byte short"])
def test_bodies_are_recorded_up_to_the_limit(runs: Runs, monkeypatch: pytest.MonkeyPatch, *, room: int, kept: bool) -> None:
    monkeypatch.setattr(recorder, "MOST_BYTES", room)
    runs.record(f'["https://a.example/"]\nbody = "{"x" * 2000}"', "https://a.example/")
    assert ("x" * 2000 in runs.text) is kept


def received(room: Recorder, url: str, *chunks: bytes) -> RecordedLink:
    """Receive a body in these pieces, as that of one more attempt."""
    entry, checked = room.begin(parse_url(url), None, None)
    assert checked is not None
    entry.body = bytearray()
    for chunk in chunks:
        room.take(entry, checked, chunk)
    return checked


def test_what_was_left_out_makes_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "MOST_BYTES", 1000)
    room = Recorder()
    assert received(room, "https://a.example/", b"x" * 800, b"x" * 800).lost
    assert not received(room, "https://b.example/", b"y" * 1000).lost
    assert received(room, "https://c.example/", b"z").lost


def test_bodies_of_earlier_attempts_that_do_not_count_make_room_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "MOST_BYTES", 1000)
    room, url = Recorder(), "https://a.example/"
    for _ in range(2):
        received(room, url, b"x" * 400)
    room.finish([Outcome(url, Probe.STATUS, attempts=1)])
    assert not received(room, "https://b.example/", b"y" * 600).lost
    assert received(room, "https://c.example/", b"z").lost


@pytest.mark.parametrize(
    ("probe", "statuses"),
    [
        pytest.param(Probe.PAGE, (200, 203), id="of pages"),
        pytest.param(Probe.STATUS, (404, 410), id="of missing pages"),
        pytest.param(Probe.STATUS, (204, 304), id="without bodies"),
    ],
)
def test_responses_that_differ_in_their_status_alone_are_two(runs: Runs, probe: Probe, statuses: tuple[int, int]) -> None:
    links = "".join(f'["https://a.example/{number}"]\nstatus = 302\nlocation = "/turns"\n' for number in (1, 2))
    turns = "".join(f'[["https://a.example/turns"]]\nstatus = {status}\n' for status in statuses)
    urls = ("https://a.example/1", "https://a.example/2")
    first = runs.record(links + turns, *urls, probe=probe)
    assert {outcome.answer and outcome.answer.status for outcome in first} == set(statuses)
    assert runs.replay(*reversed(urls), probe=probe) == first


def test_a_body_that_does_not_fit_leaves_out_its_link(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "MOST_BYTES", 1000)
    web = f'["https://a.example/"]\nbody = "<title>long</title>{"x" * 2000}"\n["https://b.example/"]\nbody = "short"'
    runs.record(web, "https://a.example/", "https://b.example/")
    replayed = runs.replay("https://a.example/", "https://b.example/")
    assert [outcome.failure is None for outcome in replayed] == [False, True]


@pytest.mark.parametrize("table", ["version = 2", "", 'version = 1\nsecret = "x"'])
def test_a_recording_of_another_kind_is_refused(tmp_path: Path, table: str) -> None:
    file = tmp_path / "web.toml"
    file.write_text(f"[recording]\n{table}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="recording"):
        read_web(str(file))


def test_what_is_added_to_a_recording_by_hand_answers_too(runs: Runs) -> None:
    runs.record('["https://a.example/"]', "https://a.example/")
    runs.recording.write_text(runs.text + '\n["https://b.example/*"]\nstatus = 410\n', encoding="utf-8")
    (outcome,) = runs.replay("https://b.example/x")
    assert outcome.answer is not None
    assert outcome.answer.status == 410


RECORDED = """
["https://a.example/old?token=s3cr3t-value"]
status = 301
location = "https://a.example/new"
["https://a.example/new"]
page = { title = "New \\"one\\"", canonical = "https://a.example/new" }
headers = { etag = '"x"', set-cookie = "id=s3cr3t-value; Path=/", x-echo = "s3cr3t-value" }
["https://a.example/photo.jpg"]
image = { format = "jpeg", width = 1260, height = 710 }
["https://down.example/"]
failure = "tls expired"
[["https://a.example/flaky"]]
status = 503
[["https://a.example/flaky"]]
body = "echo of s3cr3t-value"
"""
ASKED = [
    ("https://a.example/old?token=s3cr3t-value", Probe.PAGE),
    ("https://a.example/photo.jpg", Probe.IMAGE),
    ("https://down.example/", Probe.STATUS),
    ("https://a.example/flaky", Probe.STATUS),
    ("https://a.example/flaky", Probe.STATUS),
]


def _crawl(options: FetchOptions) -> list[Outcome]:
    async def main() -> list[Outcome]:
        transport = build_transport(options)
        outcomes = [await follow(Target(url, probe, "a.example"), transport, options) for url, probe in ASKED]
        await transport.aclose()
        return outcomes

    return asyncio.run(main())


def test_what_was_recorded_replays_to_the_same_outcomes_without_the_secrets(tmp_path: Path) -> None:
    web, recording = tmp_path / "web.toml", tmp_path / "recording.toml"
    web.write_text(RECORDED, encoding="utf-8")
    secrets = (HostOptions("a.example", headers=(("X-Key", "s3cr3t-value"),)),)
    first = _crawl(FetchOptions(replay=str(web), record=str(recording), hosts=secrets))
    text = recording.read_text(encoding="utf-8")
    assert "s3cr3t-value" not in text
    tomllib.loads(text)
    again = _crawl(FetchOptions(replay=str(recording)))
    for before, after in zip(first, again, strict=True):
        assert (after.failure, len(after.hops)) == (before.failure, len(before.hops))
        assert (after.answer and after.answer.status) == (before.answer and before.answer.status)
        assert (after.answer and after.answer.image) == (before.answer and before.answer.image)
        assert (after.answer and after.answer.page) == (before.answer and before.answer.page)


X, Y = "https://a.example/x", "https://a.example/y"
PNG = 'image = { format = "png", width = 30, height = 20 }'
GIF = 'image = { format = "gif", width = 30, height = 20, animated = true }'


@pytest.mark.parametrize(
    ("reply", "lines"),
    [
        ('body = "<p>a</p>"', ['body = "<p>a</p>"']),
        ('body = "<p>a</p>\\n"', ["body = '''", "<p>a</p>", "'''"]),
        ('type = "text/html; charset=utf-8"\nbody = "a"', ['body = "a"']),
        ('type = ""\nbody = "a"', ['type = ""', 'body = "a"']),
        ('type = "text/plain"\nbody = "a"', ['type = "text/plain"', "length = 1"]),
        ('status = 404\nbody = "gone"', ["status = 404", 'body = "gone"']),
        ("status = 204", ["status = 204"]),
        ('status = 301\nlocation = "/y"', ["status = 301", 'location = "/y"']),
        (
            'status = 302\nlocation = "/y"\nheaders = { set-cookie = ["a=1; Path=/", "b=2; Secure"], vary = "accept" }',
            [
                "status = 302",
                'location = "/y"',
                'headers = { set-cookie = ["a=***; path=/", "b=***-2; secure"], vary = "accept" }',
            ],
        ),
        ('chunked = true\nbody = "a"', ["chunked = true", 'body = "a"']),
        ('length = 99\nbody = "a"', ["length = 99", 'body = "a"']),
        ('type = "text/html"\nbase64 = "AAECAw=="', ['type = "text/html"', 'base64 = "AAECAw=="']),
        ('failure = "timeout headers"', ["attempts = 5", 'failure = "timeout headers"']),
        (
            'failure = "timeout headers"\nmessage = "nothing came"',
            ["attempts = 5", 'failure = "timeout headers"', 'message = "nothing came"'],
        ),
    ],
)
def test_a_page_is_recorded_by_what_differs_from_the_usual(runs: Runs, reply: str, lines: list[str]) -> None:
    first = runs.record(f'["{X}"]\n{reply}\n["{Y}"]', X)
    assert runs.text.partition(f'["{X}"]\n')[2].partition("\n\n")[0].splitlines() == lines
    assert runs.replay(X) == first


@pytest.mark.parametrize(
    ("reply", "lines"),
    [
        (PNG, [PNG]),
        (f"{PNG}\nlength = 40000", ["length = 40000", PNG]),
        (f"{PNG}\nlength = 40000\nranges = false", ["length = 40000", "ranges = false", PNG]),
        (f"{GIF}\nchunked = true\nranges = false", ["chunked = true", "ranges = false", GIF]),
        (f'{PNG}\ntype = "image/x-png"', ['type = "image/x-png"', PNG]),
        (
            f"{PNG[:-2]}, orientation = 6 }}".replace("png", "jpeg"),
            [f"{PNG[:-2]}, orientation = 6 }}".replace("png", "jpeg")],
        ),
    ],
)
def test_an_image_is_recorded_by_its_size_where_one_that_is_made_measures_the_same(
    runs: Runs, reply: str, lines: list[str]
) -> None:
    first = runs.record(f'["{X}"]\n{reply}', X, probe=Probe.IMAGE)
    assert runs.text.partition(f'["{X}"]\n')[2].splitlines() == lines
    assert runs.replay(X, probe=Probe.IMAGE) == first


def test_an_image_that_is_read_as_a_page_is_recorded_as_it_is(runs: Runs) -> None:
    first = runs.record(f'["{X}"]\n{PNG}', X)
    assert 'type = "image/png"\nbase64 = "' in runs.text
    assert runs.replay(X) == first


def test_a_response_that_a_replay_lacks_is_still_lacking_in_its_recording(runs: Runs) -> None:
    first = runs.record(f'["{Y}"]', X)
    assert 'failure = "internal not-in-replay"' in runs.text
    again = runs.replay(X)
    assert [each.failure for each in again] == [each.failure for each in first]


def test_an_internal_error_may_have_any_name(runs: Runs) -> None:
    (outcome,) = runs.record(f'["{X}"]\nfailure = "internal exploded"', X)
    assert outcome.failure == Failure(FailureKind.INTERNAL, "exploded", "internal error while requesting a.example")


LATE = Failure(FailureKind.TIMEOUT, "total", "a.example did not send it in time")
GONE = Failure(FailureKind.HOST_DOWN, "no-answer", "a.example does not respond")


@pytest.mark.parametrize(
    ("cut", "outcome", "failures", "broken"),
    [
        pytest.param(True, {"failure": LATE}, [LATE], False, id="cut by the deadline"),
        pytest.param(False, {"failure": LATE}, [None], False, id="a deadline after the response"),
        pytest.param(True, {"failure": GONE}, [GONE], False, id="cut, then not requested"),
        pytest.param(True, {"answer": Answer(200, X, body="incomplete")}, [None], True, id="incomplete"),
        pytest.param(False, {"answer": Answer(200, X, body="incomplete")}, [None], False, id="incomplete by itself"),
        pytest.param(True, {"answer": Answer(200, X)}, [None], False, id="enough before the deadline"),
    ],
)
def test_a_response_that_the_deadline_cut_ends_as_its_outcome(
    cut: bool,  # noqa: FBT001 - a table's column
    outcome: dict[str, Any],
    failures: list[Failure | None],
    broken: bool,  # noqa: FBT001
) -> None:
    room = Recorder()
    entry, checked = room.begin(parse_url(X), None, None)
    assert checked is not None
    entry.cut = cut
    room.finish([Outcome(X, Probe.PAGE, **outcome)])
    assert [each.failure for trial in checked.trials for each in trial] == failures
    assert entry.broken is broken


class Pieces:
    """A body that ends in an exception after a few pieces."""

    def __init__(self, *pieces: bytes | BaseException) -> None:
        self._left = list(pieces)
        self.closed = False

    def __aiter__(self) -> "Pieces":
        return self

    async def __anext__(self) -> bytes:
        piece = self._left.pop(0)
        if isinstance(piece, BaseException):
            raise piece
        return piece

    def whole(self) -> None:
        """Unknown."""

    async def aclose(self) -> None:
        self.closed = True


CANCELLED = asyncio.CancelledError()


WHOLE = Deadline(2.0)


@pytest.mark.parametrize(
    ("pieces", "within", "late", "state"),
    [
        pytest.param((b"x", StopAsyncIteration()), None, LATE, (b"x", True, False, False, None), id="the end"),
        pytest.param((b"x", FetchError(GONE)), None, LATE, (b"x", False, True, False, None), id="a body that breaks off"),
        pytest.param((b"x", CANCELLED), None, LATE, (b"x", False, False, True, None), id="cut"),
        pytest.param((CANCELLED,), None, LATE, (b"", True, False, True, LATE), id="nothing in time"),
        pytest.param((b"x", CANCELLED), None, None, (b"", True, False, True, None), id="late, but sufficient without it"),
        pytest.param((b"x", CANCELLED), WHOLE, None, (b"x", False, True, True, None), id="a part of the time"),
        pytest.param((CANCELLED,), WHOLE, None, (b"", True, False, True, None), id="nothing in a part of the time"),
    ],
)
def test_the_end_of_a_body_is_kept(
    pieces: tuple[bytes | BaseException, ...],
    within: Deadline | None,
    late: Failure | None,
    state: tuple[bytes, bool, bool, bool, Failure | None],
) -> None:
    entry, room = RecordedAnswer(X, Probe.PAGE), Recorder()
    deadline = Deadline(1.0, within=within)
    deadline.expired = True
    keep = partial(room.take, entry, RecordedLink(Target(X, Probe.PAGE, "a.example")))
    body = recorder.Tee(Pieces(*pieces), entry, keep, deadline=deadline, late=late)

    async def main() -> None:
        with contextlib.suppress(FetchError, asyncio.CancelledError):
            async for _ in body:
                pass

    asyncio.run(main())
    assert (bytes(entry.body or b""), entry.ended, entry.broken, entry.cut, entry.failure) == state


def test_a_body_whose_reader_stops_is_not_cut() -> None:
    entry = RecordedAnswer(X, Probe.PAGE)
    inner = Pieces(CANCELLED)
    body = recorder.Tee(inner, entry, lambda _: None, deadline=Deadline(1.0), late=LATE)

    async def main() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await anext(body)
        await body.aclose()

    asyncio.run(main())
    assert (bytes(entry.body or b""), entry.ended, entry.broken, entry.cut, entry.failure) == (
        b"",
        False,
        False,
        False,
        None,
    )
    assert inner.closed


NEVER_MADE = ("dns", "host-down", "refused-by-guard", "out-of-time", "internal")


@pytest.mark.parametrize("kind", list(FailureKind))
def test_a_request_that_was_not_made_is_recorded_with_its_failure(kind: FailureKind) -> None:
    room = Recorder()
    failure = Failure(kind, "x", "y")
    room.finish([Outcome(X, Probe.PAGE, failure=failure)])
    entries = [each for trial in room.links[X].trials for each in trial]
    assert [(each.url, each.probe, each.failure) for each in entries] == (
        [(X, Probe.PAGE, failure)] if kind.value in NEVER_MADE else []
    )


@pytest.mark.parametrize(
    ("hop", "url"),
    [(Hop(X, 302, "/y"), Y), (Hop(X, 302, Y), Y), (Hop(X, 302, "https://"), X), (Hop(X, 302, None), X)],
    ids=["relative", "absolute", "invalid", "without a location"],
)
def test_it_is_recorded_at_the_end_of_its_chain(hop: Hop, url: str) -> None:
    room = Recorder()
    first, checked = room.begin(parse_url(X), None, None)
    assert checked is not None
    room.finish([Outcome(X, Probe.PAGE, failure=GONE, hops=(hop,))])
    ((start, end),) = checked.trials
    assert (start, end.url, end.failure) == (first, url, GONE)


def test_the_failure_that_the_last_request_met_is_recorded_once() -> None:
    room = Recorder()
    entry, checked = room.begin(parse_url(X), None, None)
    assert checked is not None
    entry.failure = GONE
    room.finish([Outcome(X, Probe.PAGE, failure=GONE)])
    assert checked.trials == [[entry]]


class Inner:
    """A transport with one response or exception for all requests."""

    def __init__(self, result: RawResponse | BaseException) -> None:
        self.result = result

    async def send(self, request: OutgoingRequest) -> RawResponse:
        del request
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result

    async def aclose(self) -> None:
        """Nothing is open."""


class AnyAttempt:
    target = Target(X, Probe.PAGE, "a.example")


def sent(inner: Inner, room: Recorder, **request: Any) -> RawResponse | None:
    transport = recorder.RecordingTransport("unused.toml", inner, FetchOptions(), room)
    outgoing = OutgoingRequest(parse_url(X), (), **{"attempt": AnyAttempt(), **request})

    async def main() -> RawResponse | None:
        with contextlib.suppress(FetchError, asyncio.CancelledError):
            return await transport.send(outgoing)
        return None

    return asyncio.run(main())


NO_ANSWER = Failure(FailureKind.TIMEOUT, "total", "a.example did not respond within 1 s")


@pytest.mark.parametrize(
    ("expired", "entries"),
    [
        pytest.param(True, [(True, NO_ANSWER)], id="by the deadline"),
        pytest.param(False, [], id="by the end of the run"),
        pytest.param(None, [], id="without a deadline"),
    ],
)
def test_a_request_that_is_cancelled_is_recorded_if_its_deadline_ended_it(
    expired: bool | None,  # noqa: FBT001 - a table's column
    entries: list[tuple[bool, Failure]],
) -> None:
    deadline = None if expired is None else Deadline(1.0)
    if deadline is not None:
        deadline.expired = bool(expired)
    room = Recorder()
    assert sent(Inner(CANCELLED), room, deadline=deadline) is None
    assert [(each.cut, each.failure) for trial in room.links[X].trials for each in trial] == entries


def test_a_request_that_fails_is_recorded_with_its_failure() -> None:
    room = Recorder()
    assert sent(Inner(FetchError(GONE)), room) is None
    assert [(each.cut, each.failure) for trial in room.links[X].trials for each in trial] == [(False, GONE)]


@pytest.mark.parametrize(
    ("status", "kind", "failure"),
    [
        (
            200,
            b"text/html",
            Failure(FailureKind.TIMEOUT, "body", "a.example returned 200, but the body did not arrive within 1 s"),
        ),
        (404, b"text/html", None),
        (200, b"text/plain", None),
    ],
)
def test_a_body_that_is_late_is_a_failure_if_it_is_needed(status: int, kind: bytes, failure: Failure | None) -> None:
    deadline = Deadline(1.0)
    deadline.expired = True
    room = Recorder()
    response = sent(Inner(RawResponse(status, [(b"content-type", kind)], Pieces(CANCELLED))), room, deadline=deadline)
    assert response is not None

    async def main() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await anext(aiter(response.body))

    asyncio.run(main())
    assert [each.failure for trial in room.links[X].trials for each in trial] == [failure]


def test_what_is_not_recorded_is_passed_on() -> None:
    room = Recorder()
    response = RawResponse(200, [], Pieces())
    assert sent(Inner(response), room, off_the_record=True) is response
    assert room.links == {}
    room.begin(parse_url(X), None, None)
    room.finish([Outcome(X, Probe.PAGE, Answer(200, X))])
    assert sent(Inner(response), room) is response
    assert isinstance(response.body, Pieces), "its link is finished"
