"""How look-ups are paced, bounded and ended, in virtual time."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from virtual_web import VirtualLoop

from linkcheck.fetch.archives import for_each
from linkcheck.fetch.archives.client import MOST_TRIED, IsCopy
from linkcheck.fetch.archives.for_each import RequestsEnd
from linkcheck.fetch.archives.look_up import MOST_FAILURES, CopyResult, look_up_copies
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.options import ArchiveOptions, FetchOptions
from linkcheck.fetch.replay.player import Content
from linkcheck.model import Snapshot, WantedCopy
from linkcheck.urls import LONGEST_URL, original_in

NOW = datetime(2026, 12, 1, tzinfo=UTC)
GATE = "https://archive.example/web/"
DATE = b"Fri, 04 Jun 2021 10:11:12 GMT"
Respond = Callable[[OutgoingRequest], RawResponse]


def response(status: int = 200, *headers: tuple[bytes, bytes], body: bytes = b"<title>A page</title>") -> RawResponse:
    return RawResponse(status, [(b"content-type", b"text/html"), *headers], Content(body))


class Archive:
    """Responds as a function says, and remembers when it was requested, by the virtual clock."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.requests: list[tuple[float, str]] = []

    async def send(self, request: OutgoingRequest) -> RawResponse:
        self.requests.append((round(asyncio.get_running_loop().time(), 2), request.url.href))
        await asyncio.sleep(0.1)
        return self.respond(request)

    async def aclose(self) -> None: ...


def copy_of(request: OutgoingRequest) -> RawResponse:
    location = request.url.href.replace("/web/", "/web/20210604101112/").encode()
    return response(200, (b"memento-datetime", DATE), (b"content-location", location))


def always(_wanted: WantedCopy, _snapshot: Snapshot) -> bool:
    return True


def never(_wanted: WantedCopy, _snapshot: Snapshot) -> bool:
    return False


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Archive, list[CopyResult], RequestsEnd]]:
    def run(main: object) -> None:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(main)  # type: ignore[arg-type]

    def look(
        respond: Respond, *urls: str, is_copy: IsCopy = always, archives: ArchiveOptions | None = None, **options: object
    ) -> tuple[Archive, list[CopyResult], RequestsEnd]:
        archive, found = Archive(respond), list[CopyResult]()
        monkeypatch.setattr(for_each, "run", run)
        monkeypatch.setattr(for_each, "build_transport", lambda _options: archive)
        end = look_up_copies(
            [WantedCopy(url, "2021-06-03T10:57:00Z") for url in urls],
            found.append,
            FetchOptions(**options),  # type: ignore[arg-type]
            archives or ArchiveOptions((GATE,)),
            is_copy=is_copy,
            now=NOW,
        )
        return archive, found, end

    return look


Look = Callable[..., tuple[Archive, list[CopyResult], RequestsEnd]]


def test_an_archive_is_requested_at_its_pace(look: Look) -> None:
    archive, found, end = look(copy_of, *(f"https://a.example/{number}" for number in range(4)))
    assert [at for at, _ in archive.requests] == [0.0, 1.0, 2.0, 3.0]
    assert [each.copy is not None and each.copy.verified for each in found] == [True] * 4
    assert end == RequestsEnd()


def test_the_pace_is_that_of_the_archives_and_not_of_the_crawl(look: Look) -> None:
    archives = ArchiveOptions((GATE,), interval=5.0)
    archive, _, _ = look(copy_of, "https://a.example/1", "https://a.example/2", archives=archives, interval=0.0)
    assert [at for at, _ in archive.requests] == [0.0, 5.0]


def test_the_time_limit_leaves_the_rest(look: Look) -> None:
    _, found, end = look(copy_of, *(f"https://a.example/{number}" for number in range(9)), max_time=3.5)
    assert (len(found), end.left) == (4, 5)


def test_a_failure_is_tried_again_and_then_left(look: Look) -> None:
    archive, found, _ = look(lambda _: response(500), "https://a.example/1", retries=2)
    assert len(archive.requests) == 3
    assert [(each.copy, each.failure) for each in found] == [(None, "archive.example returned 500")]


def test_a_list_of_copies_that_is_a_page_is_not_read(look: Look) -> None:
    def respond(request: OutgoingRequest) -> RawResponse:
        if "/timemap/" in request.url.href:
            rows = (
                f'<{GATE}{number:014}/https://a.example/1>; rel="memento"; datetime="{DATE.decode()}"'
                for number in range(99)
            )
            return response(200, body=",\n".join(rows).encode())
        return response(404, (b"memento-datetime", DATE), (b"link", b'<https://archive.example/timemap/>; rel="timemap"'))

    archive, found, _ = look(respond, "https://a.example/1", is_copy=never)
    (result,) = found
    assert result.copy is None
    assert result.failure == (
        "archive.example sends its list of copies as text/html, which is not supported (only application/link-format is)"
    )
    assert len(archive.requests) == 2


def test_of_a_list_the_nearest_few_are_tried(look: Look) -> None:
    def respond(request: OutgoingRequest) -> RawResponse:
        if "/timemap/" in request.url.href:
            rows = (
                f'<{GATE}202106{day:02}000000/https://a.example/1>; rel="memento"; datetime="{day:02} Jun 2021 00:00:00 GMT"'
                for day in range(1, 31)
            )
            body = Content(",\n".join(rows).encode())
            return RawResponse(200, [(b"content-type", b"application/link-format")], body)
        return response(404, (b"memento-datetime", DATE), (b"link", b'</timemap/>; rel="timemap"'))

    archive, found, _ = look(respond, "https://a.example/1", is_copy=never)
    assert [url.partition("/web/202106")[2][:2] for _, url in archive.requests[2:]] == ["03", "04", "02", "05"]
    assert len(archive.requests) == 2 + MOST_TRIED
    assert found == [CopyResult(WantedCopy("https://a.example/1", "2021-06-03T10:57:00Z"))]


def test_a_url_that_is_too_long_for_an_archive_has_no_copy(look: Look) -> None:
    urls = [f"https://a.example/{number}{'a' * (LONGEST_URL - 30)}" for number in range(5)]
    archive, found, _ = look(copy_of, *urls, "https://a.example/1")
    assert [each.failure for each in found] == [None] * 6
    assert [each.copy is not None for each in found] == [False] * 5 + [True]
    assert len(archive.requests) == 1


@pytest.mark.parametrize(
    ("url", "original"),
    [
        ("https://web.archive.org/web/20210604101112/https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("https://web.archive.org/web/20210604101112id_/http://a.example/", "http://a.example/"),
        ("https://web.archive.org/web/20210604101112/https:/a.example/x", "https://a.example/x"),
        ("https://archive.example/AbC12", None),
        ("https://archive.example/?url=x", None),
    ],
)
def test_most_archives_name_the_page_in_the_address_of_a_copy(url: str, original: str | None) -> None:
    assert original_in(url) == original


def test_a_snapshot_has_the_redirects_between_copies_only(look: Look) -> None:
    seen: list[Snapshot] = []

    def respond(request: OutgoingRequest) -> RawResponse:
        if request.url.href == f"{GATE}https://a.example/1":
            return response(302, (b"location", b"/web/1/https://a.example/1"))
        if request.url.href.endswith("/web/1/https://a.example/1"):
            return response(302, (b"location", b"/web/2/https://a.example/1"), (b"memento-datetime", DATE))
        return response(200, (b"memento-datetime", DATE))

    def is_copy(_wanted: WantedCopy, snapshot: Snapshot) -> bool:
        seen.append(snapshot)
        return True

    look(respond, "https://a.example/1", is_copy=is_copy)
    (snapshot,) = seen
    assert [hop.url for hop in snapshot.outcome.hops] == ["https://archive.example/web/1/https://a.example/1"]
    assert (snapshot.url, snapshot.original) == ("https://archive.example/web/2/https://a.example/1", "https://a.example/1")
    assert snapshot.captured == "2021-06-04T10:11:12Z"


def test_pages_whose_copies_cannot_be_reached_do_not_stop_the_search_for_others(look: Look) -> None:
    def respond(request: OutgoingRequest) -> RawResponse:
        if "/bad" not in request.url.href:
            return copy_of(request)
        return (
            response(500)
            if request.url.host == "copies.example"
            else response(302, (b"location", b"https://copies.example/bad"))
        )

    _, found, _ = look(respond, *(f"https://a.example/bad{number}" for number in range(9)), "https://a.example/1", retries=0)
    assert [each.copy is not None for each in found] == [False] * 9 + [True]


def test_an_archive_whose_timegate_fails_for_several_pages_gets_no_further_requests(look: Look) -> None:
    archive, found, _ = look(lambda _: response(500), *(f"https://a.example/{n}" for n in range(20)), retries=0)
    assert len(archive.requests) <= MOST_FAILURES + 1
    assert {each.failure for each in found} == {"archive.example returned 500"}


def test_a_copy_of_a_list_need_not_name_its_own_address(look: Look) -> None:
    listed = f"{GATE}20210605000000/https://a.example/1"

    def respond(request: OutgoingRequest) -> RawResponse:
        if "/timemap/" in request.url.href:
            row = f'<{listed}>; rel="memento"; datetime="Sat, 05 Jun 2021 00:00:00 GMT"'
            return RawResponse(200, [(b"content-type", b"application/link-format")], Content(row.encode()))
        if request.url.href == listed:
            return response(200, (b"memento-datetime", DATE), (b"link", b'<https://a.example/1>; rel="original"'))
        return response(404, (b"memento-datetime", DATE), (b"link", b'</timemap/>; rel="timemap"'))

    def is_good(_wanted: WantedCopy, snapshot: Snapshot) -> bool:
        return snapshot.outcome.answer is not None and snapshot.outcome.answer.status == 200

    _, found, _ = look(respond, "https://a.example/1", is_copy=is_good)
    assert [each.copy and each.copy.url for each in found] == [listed]


def test_a_copy_of_which_nothing_is_certain_is_not_verified(look: Look) -> None:
    _, found, _ = look(copy_of, "https://a.example/1", is_copy=lambda _wanted, _snapshot: None)
    assert [each.copy is not None and each.copy.verified for each in found] == [False]
    assert found[0].copy is not None


@pytest.mark.parametrize(
    ("timegate", "requested"),
    [
        ("https://archive.example/web", "https://archive.example/web/https://a.example/?x=1&y=2"),
        ("https://archive.example/web/", "https://archive.example/web/https://a.example/?x=1&y=2"),
        ("https://archive.example/?url=", "https://archive.example/?url=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D2"),
    ],
)
def test_the_url_follows_a_slash_or_is_the_value_of_a_parameter(look: Look, timegate: str, requested: str) -> None:
    archive, _, _ = look(copy_of, "https://a.example/?x=1&y=2", archives=ArchiveOptions((timegate,)))
    assert archive.requests[0][1] == requested
