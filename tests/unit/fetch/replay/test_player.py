"""A web out of a file, and what docs/reference/replay.md says of such a file."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from linkcheck.errors import UsageError
from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.http.failures import SENTENCES
from linkcheck.fetch.http.messages import OutgoingRequest
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.replay import player
from linkcheck.fetch.replay.placeholder_images import FORMATS, ImageSpec
from linkcheck.fetch.replay.player import MOST_ATTEMPTS, ReplayedAnswer, ReplayedPage, read_web, write_page
from linkcheck.fetch.transports import build_transport
from linkcheck.images import FIRST_READ
from linkcheck.model import Outcome, Probe, Target
from linkcheck.urls import parse_url

Ask = Callable[..., Outcome]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Write a web, follow URLs in it over one transport, return the last outcome."""

    def run(web: str, *urls: str, probe: Probe = Probe.STATUS, **changes: object) -> Outcome:
        file = tmp_path / "web.toml"
        file.write_text(web, encoding="utf-8")
        options = msgspec.structs.replace(FetchOptions(replay=str(file), timeout=5.0), **changes)

        async def main() -> Outcome:
            transport = build_transport(options)
            outcomes = [await follow(Target(url, probe, "a.example"), transport, options) for url in urls]
            await transport.aclose()
            return outcomes[-1]

        return asyncio.run(main())

    return run


def test_an_empty_table_is_a_page_that_answers(ask: Ask) -> None:
    outcome = ask('["https://a.example/"]', "https://a.example")
    assert outcome.answer is not None
    assert (outcome.answer.status, outcome.answer.media_type) == (200, "text/html")


def test_redirects_are_followed_through_the_file(ask: Ask) -> None:
    web = """
    ["https://a.example/old"]
    status = 301
    location = "/new"
    ["https://a.example/new"]
    """
    outcome = ask(web, "https://a.example/old")
    assert outcome.answer is not None
    assert outcome.answer.url == "https://a.example/new"
    assert [(hop.status, hop.location) for hop in outcome.hops] == [(301, "/new")]


@pytest.mark.parametrize("form", ["jpeg", "png", "gif", "webp", "svg", "avif"])
def test_a_generated_image_is_measured_as_what_it_says_it_is(ask: Ask, form: str) -> None:
    web = f'["https://a.example/p"]\nimage = {{ format = "{form}", width = 1260, height = 710 }}'
    outcome = ask(web, "https://a.example/p", probe=Probe.IMAGE)
    assert outcome.answer is not None
    image = outcome.answer.image
    assert image is not None
    assert (image.format, image.width, image.height) == (form, 1260, 710)
    assert outcome.answer.status == 206
    assert outcome.answer.media_type == ("image/svg+xml" if form == "svg" else f"image/{form}")


def test_a_turned_photograph_is_shown_upright(ask: Ask) -> None:
    web = '["https://a.example/p"]\nimage = { format = "jpeg", width = 1260, height = 710, orientation = 6 }'
    outcome = ask(web, "https://a.example/p", probe=Probe.IMAGE)
    assert outcome.answer is not None
    assert outcome.answer.image is not None
    assert (outcome.answer.image.width, outcome.answer.image.height) == (710, 1260)


def test_a_generated_page_says_of_itself_what_is_written(ask: Ask) -> None:
    web = """
    ["https://a.example/page".page]
    title = "A < B & C"
    canonical = "https://a.example/page?a=1&b=2"
    amphtml = "/amp"
    amp = true
    noindex = true
    og-title = "OG"
    og-url = "https://a.example/og"
    login = true
    """
    outcome = ask(web, "https://a.example/page", probe=Probe.PAGE)
    assert outcome.answer is not None
    page = outcome.answer.page
    assert page is not None
    assert page.title == "A < B & C"
    assert page.canonicals == ("https://a.example/page?a=1&b=2",)
    assert page.amphtml == ("https://a.example/amp",)
    assert (page.is_amp, page.noindex, page.has_password_field) == (True, True, True)
    assert (page.og_title, page.og_url) == ("OG", "https://a.example/og")


@pytest.mark.parametrize(
    ("written", "kind", "detail"),
    [
        ("timeout", "timeout", "total"),
        ("timeout headers", "timeout", "headers"),
        ("dns", "dns", "nxdomain"),
        ("dns servfail", "dns", "servfail"),
        ("tls expired", "tls", "expired"),
        ("connect", "connect", "refused"),
        ("reset", "reset", "before-headers"),
    ],
    ids=lambda value: value.replace(" ", "-"),
)
def test_a_failure_is_named_by_its_kind_and_if_need_be_its_detail(ask: Ask, written: str, kind: str, detail: str) -> None:
    outcome = ask(f'["https://a.example/*"]\nfailure = "{written}"', "https://a.example/x/y")
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == (kind, detail)
    assert "a.example" in outcome.failure.message


def test_answers_in_a_row_come_one_after_the_other_and_the_last_one_stays(ask: Ask) -> None:
    web = """
    [["https://a.example/flaky"]]
    failure = "reset"
    [["https://a.example/flaky"]]
    status = 503
    [["https://a.example/flaky"]]
    """
    url = "https://a.example/flaky"
    assert ask(web, url).failure is not None
    second = ask(web, url, url)
    assert second.answer is not None
    assert second.answer.status == 503
    fourth = ask(web, url, url, url, url)
    assert fourth.answer is not None
    assert fourth.answer.status == 200


def test_the_most_particular_pattern_wins(ask: Ask) -> None:
    web = '["https://*"]\nstatus = 404\n["https://a.example/*"]\nstatus = 410\n["https://a.example/ok"]'
    statuses = [
        outcome.answer.status
        for url in ("https://b.example/", "https://a.example/x", "https://a.example/ok")
        if (outcome := ask(web, url)).answer is not None
    ]
    assert statuses == [404, 410, 200]


def test_a_url_the_file_does_not_hold_is_a_clear_failure(ask: Ask) -> None:
    outcome = ask('["https://a.example/"]', "https://a.example/other?token=abc")
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("internal", "not-in-replay")
    assert outcome.failure.message.endswith("web.toml has no response for https://a.example/other?token=***")


def test_the_guard_stands_before_a_replayed_web_too(ask: Ask) -> None:
    web = '["http://127.0.0.1/"]\n["https://a.example/"]\naddress = "10.0.0.1"'
    for url in ("http://127.0.0.1/", "https://a.example/"):
        outcome = ask(web, url)
        assert outcome.failure is not None
        assert outcome.failure.kind == "refused-by-guard"


def test_a_delay_longer_than_the_deadline_is_a_timeout(ask: Ask) -> None:
    outcome = ask('["https://a.example/"]\ndelay = 60', "https://a.example/", timeout=0.05)
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("timeout", "total")


def test_a_truncated_body_is_noticed(ask: Ask) -> None:
    outcome = ask('["https://a.example/"]\nbody = "<title>x"\ntruncated = true', "https://a.example/", probe=Probe.PAGE)
    assert outcome.answer is not None
    assert outcome.answer.body == "incomplete"


Heard = tuple[int, dict[str, list[bytes]], bytes]


def heard(tmp_path: Path, answer: str, wanted: str | None = None) -> Heard:
    """The status, headers and body of a replayed response, perhaps of a part of it."""
    file = tmp_path / "web.toml"
    file.write_text(f'["https://a.example/"]\n{answer}', encoding="utf-8")

    async def main() -> Heard:
        headers = (("Range", wanted),) if wanted else ()
        transport = build_transport(FetchOptions(replay=str(file)))
        response = await transport.send(OutgoingRequest(parse_url("https://a.example/"), headers))
        found: dict[str, list[bytes]] = {}
        for name, value in response.headers:
            found.setdefault(name.decode(), []).append(value)
        return response.status, found, b"".join([piece async for piece in response.body])

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("wanted", "part", "body"),
    [
        pytest.param("bytes=2-5", b"bytes 2-5/10", b"2345", id="a part"),
        pytest.param("bytes=2-", b"bytes 2-9/10", b"23456789", id="a part without an end"),
        pytest.param("bytes=2-99", b"bytes 2-9/10", b"23456789", id="a part beyond the end"),
        pytest.param("bytes=9-9", b"bytes 9-9/10", b"9", id="the last byte"),
    ],
)
def test_a_part_of_a_body_can_be_requested(wanted: str, part: bytes, body: bytes, tmp_path: Path) -> None:
    status, headers, found = heard(tmp_path, 'body = "0123456789"', wanted)
    assert (status, headers["content-range"], found) == (206, [part], body)
    assert headers["content-length"] == [b"%d" % len(body)]


def test_a_part_after_the_end_cannot_be_sent(tmp_path: Path) -> None:
    assert heard(tmp_path, 'body = "0123456789"', "bytes=10-") == (416, {"content-range": [b"bytes */10"]}, b"")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        pytest.param("ranges = false", 200, id="a server without parts"),
        pytest.param("status = 404", 404, id="a page that is not there"),
    ],
)
def test_a_part_is_sent_only_of_what_has_parts(answer: str, status: int, tmp_path: Path) -> None:
    found, headers, body = heard(tmp_path, f'{answer}\nbody = "0123456789"', "bytes=2-5")
    assert (found, body, "content-range" in headers) == (status, b"0123456789", False)
    assert heard(tmp_path, 'body = ""', "bytes=0-")[0] == 200


@pytest.mark.parametrize(
    ("wanted", "length", "size"),
    [
        pytest.param(None, 100_000, FIRST_READ, id="the start, without a range"),
        pytest.param("bytes=0-9", 10, 10, id="a part"),
        pytest.param("bytes=99990-", 10, 10, id="the end"),
    ],
)
def test_an_image_is_as_long_as_stated(wanted: str | None, length: int, size: int, tmp_path: Path) -> None:
    answer = 'image = { width = 4, height = 3, format = "png" }\nlength = 100000'
    _, headers, body = heard(tmp_path, answer, wanted)
    assert (headers["content-length"], len(body)) == ([b"%d" % length], size)


def test_the_stated_length_of_a_text_is_only_stated(tmp_path: Path) -> None:
    answer = 'body = "0123456789"\nlength = 20'
    for wanted, body in ((None, b"0123456789"), ("bytes=0-3", b"0123")):
        _, headers, found = heard(tmp_path, answer, wanted)
        assert (headers["content-length"], found) == ([b"20"], body)
        assert headers.get("content-range") == ([b"bytes 0-3/10"] if wanted else None)
    assert heard(tmp_path, 'body = "0123456789"')[1]["content-length"] == [b"10"]


def test_headers_of_the_file_replace_those_of_the_same_name(tmp_path: Path) -> None:
    answer = 'headers = { Content-TYPE = "text/x", set-cookie = ["a=1", "b=2"], x = "é" }'
    _, headers, _ = heard(tmp_path, answer)
    assert (headers["content-type"], headers["set-cookie"], headers["x"]) == ([b"text/x"], [b"a=1", b"b=2"], ["é".encode()])
    assert heard(tmp_path, f"{answer}\nlatin-1 = true")[1]["x"] == [b"\xe9"]


def test_a_response_in_chunks_has_no_length(tmp_path: Path) -> None:
    assert "content-length" not in heard(tmp_path, "chunked = true")[1]


def test_a_certificate_says_how_many_days_are_left(ask: Ask) -> None:
    outcome = ask('["https://a.example/"]\ncertificate-days = 5', "https://a.example/")
    assert outcome.certificate is not None
    assert outcome.certificate.days_left == 5


@pytest.mark.parametrize(
    ("web", "complaint"),
    [
        ('["https://a.example/"]\nstatsu = 200', "unknown key 'statsu'; did you mean 'status'?"),
        ('["https://a.example/"]\npage = { titel = "x" }', "unknown key 'titel'; did you mean 'title'?"),
        ('["https://a.example/"]\nstatus = "200"', "Expected `int`, got `str`"),
        ('["https://a.example/"]\nstatus = 42', "42 is not a valid status"),
        ('["https://a.example/"]\nbody = "x"\npage = {}', "body and page both define the body; keep one of them"),
        ('["https://a.example/"]\nfailure = "tls eaten"', "failure 'tls' has no detail 'eaten'"),
        ('["https://a.example/"]\nfailure = "gone"', "unknown failure 'gone'; use one of"),
        (
            '["https://a.example/"]\nimage = { format = "bmp", width = 1, height = 1 }',
            "image format 'bmp' is not one of jpeg",
        ),
        ('["https://a.example/"]\nimage = { format = "gif", width = 70000, height = 1 }', "a gif cannot be 70000 x 1"),
        ("[a]\nstatus = 200", "'a' is not a URL"),
        ('["https://a.example/"', "invalid TOML"),
    ],
    ids=lambda value: value[:40],
)
def test_a_mistake_in_the_file_is_told_before_anything_is_asked(tmp_path: Path, web: str, complaint: str) -> None:
    file = tmp_path / "web.toml"
    file.write_text(web, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        read_web(str(file))
    assert complaint in str(raised.value)
    assert str(raised.value).startswith(str(file))


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_web(str(tmp_path / "none.toml"))


TEXT = (Path(__file__).parents[4] / "docs" / "reference" / "replay.md").read_text(encoding="utf-8")


def _rows(heading: str) -> dict[str, str]:
    part = TEXT.partition(heading)[2].partition("\n#")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.*?) \|", part, re.MULTILINE))


def test_every_key_is_documented_and_no_other() -> None:
    assert set(_rows("## Keys")) == set(ReplayedAnswer.__struct_encode_fields__)


@pytest.mark.parametrize("kind", [ReplayedPage, ImageSpec])
def test_every_key_of_a_page_and_an_image_is_documented(kind: type[ReplayedPage] | type[ImageSpec]) -> None:
    part = TEXT.partition("### `page`")[2].partition("### `failure`")[0]
    assert [name for name in kind.__struct_encode_fields__ if f"`{name}`" not in part] == []
    assert [name for name in FORMATS if f"`{name}`" not in part] == []


def test_every_failure_is_documented_with_its_details() -> None:
    documented = {(kind, detail) for kind, row in _rows("### `failure`").items() for detail in re.findall(r"`([^`]+)`", row)}
    assert documented == {(str(kind), detail) for kind, detail in SENTENCES}


def test_the_examples_can_be_read(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        file = tmp_path / "web.toml"
        file.write_text(example, encoding="utf-8")
        assert read_web(str(file))


def told(tmp_path: Path, reply: str) -> str | None:
    """What is wrong with a response; None if it can be read."""
    file = tmp_path / "web.toml"
    file.write_text(f'["https://a.example/"]\n{reply}\n')
    try:
        read_web(str(file))
    except UsageError as error:
        return str(error).partition("https://a.example/: ")[2]
    return None


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        ("status = 100", None),
        ("status = 9999", None),
        ("status = 99", "99 is not a valid status"),
        ("status = 10000", "10000 is not a valid status"),
        ("delay = 0", None),
        ("delay = -0.1", "delay must be a number of seconds, 0 or more"),
        ("attempts = 0", None),
        (f"attempts = {MOST_ATTEMPTS}", None),
        ("attempts = -1", f"attempts must be a number from 0 to {MOST_ATTEMPTS}"),
        (f"attempts = {MOST_ATTEMPTS + 1}", f"attempts must be a number from 0 to {MOST_ATTEMPTS}"),
        ("certificate-days = 5\ncertificate-lifetime = 90", None),
        ("certificate-lifetime = 90", "certificate-lifetime requires certificate-days"),
        ('certificate-ends = "2031-02-03T04:05:06Z"', "certificate-ends requires certificate-days"),
        ('body = ""\nbase64 = ""', "body and base64 both define the body; keep one of them"),
        ('failure = "timeout"\nbody = ""', "a failure cannot have a body or a location"),
        ('failure = "timeout"\nlocation = "/"', "a failure cannot have a body or a location"),
        ('failure = "timeout"', None),
        ("titel = 1", "known keys: "),
        ("statsu = 1", "unknown key 'statsu'; did you mean 'status'?"),
        ('page = { titel = "x" }', "unknown key 'titel'; did you mean 'title'?"),
        ('image = { format = "webp", width = 16777216, height = 1 }', None),
        ('image = { format = "webp", width = 16777217, height = 1 }', "a webp cannot be 16777217 x 1"),
        ('image = { format = "webp", width = 0, height = 1 }', "a webp cannot be 0 x 1"),
    ],
)
def test_a_value_of_a_response_has_limits(tmp_path: Path, reply: str, complaint: str | None) -> None:
    found = told(tmp_path, reply)
    assert (found is None) is (complaint is None), found
    assert complaint is None or complaint in f"{found}"


def test_a_file_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "web.toml"
    file.write_text('["https://a.example/"]\n')
    monkeypatch.setattr(player, "LARGEST_FILE", 23)
    assert [*read_web(str(file))] == ["https://a.example/"]
    monkeypatch.setattr(player, "LARGEST_FILE", 22)
    with pytest.raises(UsageError, match=r"larger than 0 MiB; is this the right file\?"):
        read_web(str(file))


@pytest.mark.parametrize(
    ("page", "holds"),
    [
        (ReplayedPage(), []),
        (ReplayedPage(amp=True), [" amp>", '<script async src="https://cdn.ampproject.org/v0.js">']),
        (ReplayedPage(lang="de"), ['<html lang="de">']),
        (ReplayedPage(title="A & B"), ["<title>A &amp; B</title>"]),
        (ReplayedPage(canonical="/c"), ['<link rel="canonical" href="/c">']),
        (ReplayedPage(amphtml="/a"), ['<link rel="amphtml" href="/a">']),
        (ReplayedPage(og_title="T"), ['<meta property="og:title" content="T">']),
        (ReplayedPage(og_url="/u"), ['<meta property="og:url" content="/u">']),
        (ReplayedPage(og_image="/i"), ['<meta property="og:image" content="/i">']),
        (ReplayedPage(twitter_image="/t"), ['<meta name="twitter:image" content="/t">']),
        (ReplayedPage(published="2026"), ['<meta property="article:published_time" content="2026">']),
        (ReplayedPage(noindex=True), ['<meta name="robots" content="noindex">']),
        (ReplayedPage(refresh="0; /r"), ['<meta http-equiv="refresh" content="0; /r">']),
        (ReplayedPage(json_ld="{}"), ['<script type="application/ld+json">{}</script>']),
        (ReplayedPage(login=True), ['<input type="password"']),
        (ReplayedPage(body="<p>a</p>"), ["<p>a</p></body>"]),
    ],
)
def test_a_page_has_what_is_stated_and_nothing_else(page: ReplayedPage, holds: list[str]) -> None:
    written, plain = write_page(page), write_page(ReplayedPage())
    assert [each for each in holds if each not in written] == []
    assert (written == plain) is (not holds)
    assert [each for each in holds if each in plain] == []
