"""Which of a URL's responses a link receives, and what else a replayed response says."""

import asyncio
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from types import SimpleNamespace

import pytest

from linkcheck.errors import UsageError
from linkcheck.fetch.http.address_guard import Policy
from linkcheck.fetch.http.failures import SENTENCES, FetchError
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder
from linkcheck.fetch.replay.player import Content, Replay, ReplayedAnswer, ReplayedPage, read_web, write_page
from linkcheck.model import Certificate, Probe, Target
from linkcheck.urls import parse_url

RECORDED = "[recording]\nversion = 1\n"
X, Y, ONE, OTHER = (f"https://a.example/{path}" for path in ("x", "y", "one", "other"))
IMPOSSIBLE = "a.example/linkcheck-0000000000000000"

Opens = Callable[[str], Replay]


@pytest.fixture
def opens(tmp_path: Path) -> Opens:
    def opens(web: str) -> Replay:
        (tmp_path / "web.toml").write_text(web, encoding="utf-8")
        return Replay(str(tmp_path / "web.toml"), Policy(FetchOptions()))

    return opens


def target(url: str) -> Target:
    return Target(url, Probe.PAGE, parse_url(url).host)


def sent(replay: Replay, url: str, link: str | None = None) -> RawResponse:
    attempt = None if link is None else SimpleNamespace(target=target(link))
    return asyncio.run(replay.send(OutgoingRequest(parse_url(url), (), attempt=attempt)))


def table(url: str, status: int, more: str = "") -> str:
    return f'[["{url}"]]\nstatus = {status}\n{more}\n'


def read(body: Content) -> list[bytes]:
    async def main() -> list[bytes]:
        return [piece async for piece in body]

    return asyncio.run(main())


WEB = table(X, 201) + table(X, 202) + table(Y, 203) + table(Y, 204)
FOR_ONE = table(X, 201, f'for-link = "{ONE}"') + table(X, 202, f'for-link = "{ONE}"')


@pytest.mark.parametrize(
    ("web", "asked"),
    [
        pytest.param(WEB, [(ONE, X, 201), (OTHER, X, 202), (ONE, Y, 203), (ONE, Y, 204), (ONE, X, 202)], id="of a web"),
        pytest.param(
            RECORDED + WEB, [(ONE, X, 201), (OTHER, X, 201), (ONE, Y, 203), (ONE, X, 202), (OTHER, X, 202)], id="recorded"
        ),
        pytest.param(
            FOR_ONE + table(X, 203), [(ONE, X, 201), (OTHER, X, 203), (ONE, X, 202)], id="of one link, and of all others"
        ),
        pytest.param(table(X, 203) + FOR_ONE, [(ONE, X, 201), (OTHER, X, 203), (ONE, X, 202)], id="of all others first"),
        pytest.param(FOR_ONE, [(ONE, X, 201), (OTHER, X, 201), (OTHER, X, 202), (ONE, X, 202)], id="of one link only"),
        pytest.param(table(X, 201, f'for-link = "{ONE}"'), [(OTHER, X, 201), (ONE, X, 201)], id="a single one of one link"),
    ],
)
def test_each_link_receives_its_own_responses_in_turn(opens: Opens, web: str, asked: list[tuple[str, str, int]]) -> None:
    replay = opens(web)
    assert [(link, url, sent(replay, url, link).status) for link, url, _ in asked] == asked


def test_urls_that_differ_in_secrets_have_their_own_responses(opens: Opens) -> None:
    replay = opens(table(f"{X}?token=abc", 201) + table(f"{X}?token=def", 202))
    assert [sent(replay, f"{X}?token={token}").status for token in ("abc", "def", "ghi")] == [201, 202, 201]


@pytest.mark.parametrize(
    ("web", "url", "found"),
    [
        (table("https://*.example/x", 201), X, True),
        (table("https://a.example/[xy]", 201), X, True),
        (table("https://a.example/*", 201), X, True),
        (RECORDED + table("https://a.example/*", 201), X, True),
        (RECORDED + table("https://*.example/x", 201), X, False),
        (RECORDED + table("https://a.example/[xy]", 201), X, False),
        (RECORDED + table("https://a.example/?token=***", 201), "https://a.example/?token=abc/x", True),
        (RECORDED + table("https://a.example/***", 201), "https://a.example/***/x", False),
    ],
)
def test_which_keys_are_patterns(opens: Opens, web: str, url: str, found: bool) -> None:  # noqa: FBT001
    replay = opens(web)
    if found:
        assert sent(replay, url).status == 201
    else:
        with pytest.raises(FetchError, match="has no response for"):
            sent(replay, url)


@pytest.mark.parametrize("kind", ["text/plain", "image/png"])
def test_known_secrets_are_restored_in_texts_and_headers(opens: Opens, kind: str) -> None:
    link = f"{X}?token=***1"
    replay = opens(
        f'[recording]\nversion = 1\nsecret-links = ["{link}"]\n'
        f'["{link}"]\nbody = "token=***1"\ntype = "{kind}"\nheaders = {{ x = "***1" }}\n'
    )
    replay.expect([target(f"{X}?token=abcdefgh"), target(Y)])
    response = sent(replay, f"{X}?token=abcdefgh", f"{X}?token=abcdefgh")
    assert response.header(b"x") == "abcdefgh"
    assert isinstance(response.body, Content)
    assert read(response.body) == [b"token=***1" if kind == "image/png" else b"token=abcdefgh"]


@pytest.mark.parametrize(
    ("keys", "url", "asked"),
    [
        ([f"https://{IMPOSSIBLE}"], f"https://{IMPOSSIBLE}", f"https://{IMPOSSIBLE}"),
        ([f"http://{IMPOSSIBLE}"], f"https://{IMPOSSIBLE}", f"http://{IMPOSSIBLE}"),
        ([f"http://{IMPOSSIBLE}", f"https://{IMPOSSIBLE}"], f"https://{IMPOSSIBLE}", f"https://{IMPOSSIBLE}"),
        ([f"http://{IMPOSSIBLE}"], f"https://b.{IMPOSSIBLE}", f"https://b.{IMPOSSIBLE}"),
        (["http://a.example/x"], X, X),
        ([], X, X),
    ],
)
def test_a_page_that_cannot_exist_is_found_with_the_other_scheme_too(
    opens: Opens, keys: list[str], url: str, asked: str
) -> None:
    assert opens(RECORDED + "".join(table(key, 404) for key in keys)).impossible(target(url)) == target(asked)


@pytest.mark.parametrize(("more", "attempts"), [("", 1), ("attempts = 0", 0), ("attempts = 3", 3)])
def test_how_many_attempts_a_recorded_link_had(opens: Opens, more: str, attempts: int) -> None:
    replay = opens(RECORDED + table(X, 200, more))
    assert (replay.attempts(target(X)), replay.attempts(target(Y))) == (attempts, 1)


def test_a_response_says_where_it_came_from(opens: Opens) -> None:
    replay = opens(
        table(
            X,
            200,
            'address = "93.184.215.14"\ncertificate-days = 5\ncertificate-ends = "2031-02-03T04:05:06Z"\n'
            "certificate-lifetime = 90",
        )
        + f'[["{Y}"]]\nfailure = "reset"\naddress = "93.184.215.14"\n[["{ONE}"]]\naddress = "10.0.0.1"\n'
    )
    trace = sent(replay, X).trace
    assert trace is not None
    assert (trace.host, trace.address, trace.sent) == ("a.example", "93.184.215.14", 1)
    assert trace.certificate == Certificate(
        issuer="Replayed CA", not_after="2031-02-03T04:05:06Z", days_left=5, lifetime_days=90
    )
    for url, address, count in ((Y, "93.184.215.14", 1), (ONE, "10.0.0.1", 0)):
        with pytest.raises(FetchError) as raised:
            sent(replay, url)
        assert raised.value.trace is not None
        assert (raised.value.trace.address, raised.value.trace.sent) == (address, count)


def test_a_body_comes_in_one_piece_or_none() -> None:
    assert (read(Content(b"")), read(Content(b"x"))) == ([], [b"x"])


def test_characters_that_a_header_cannot_have_are_replaced(opens: Opens) -> None:
    replay = opens(table(X, 200, 'latin-1 = true\nheaders = { "x-€" = "é€" }'))
    assert (b"x-?", b"\xe9?") in sent(replay, X).headers


@pytest.mark.parametrize(
    ("web", "complaint"),
    [
        (f'"{X}" = []', f"{X}: no response given"),
        (
            "[a]",
            "'a' is not a URL; a table name must be a URL or a pattern such as \"https://a.example/*\"",
        ),
        (f'["{X}"]\nimage = {{ formt = "png" }}', f"{X}: unknown key 'formt'; did you mean 'format'?"),
        (
            f'["{X}"]\nimage = {{ qqqqqq = 1 }}',
            f"{X}: unknown key 'qqqqqq'; known keys: format, width, height, orientation, animated",
        ),
        (
            f'["{X}"]\npage = {{ qqqqqq = 1 }}',
            f"{X}: unknown key 'qqqqqq'; known keys: {', '.join(ReplayedPage.__struct_encode_fields__)}",
        ),
        (
            f'["{X}"]\nqqqqqq = 1',
            f"{X}: unknown key 'qqqqqq'; known keys: {', '.join(ReplayedAnswer.__struct_encode_fields__)}",
        ),
        (
            f'["{X}"]\nfailure = "gone"',
            f"{X}: unknown failure 'gone'; use one of {', '.join(sorted({str(kind) for kind, _ in SENTENCES}))}",
        ),
        (f'["{X}"]\nfailure = "reset x"', f"{X}: failure 'reset' has no detail 'x'; use one of before-headers"),
        (f'["{X}"]\nbase64 = "a"', f"{X}: base64 cannot be read: "),
        ("[recording]\nversion = 1\nx = 1", "[recording]: Object contains unknown field `x`"),
        (
            "[recording]\nversion = 2",
            "recording version 2 is not supported (this linkcheck reads version 1); record it again, or update linkcheck",
        ),
    ],
)
def test_a_mistake_is_explained(tmp_path: Path, web: str, complaint: str) -> None:
    file = tmp_path / "web.toml"
    file.write_text(web, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        read_web(str(file))
    assert str(raised.value).startswith(f"{file}: {complaint}")


@pytest.mark.parametrize(
    ("data", "complaint"),
    [(b"\xff", "not UTF-8"), (b"x = " + b"[" * 5000, "invalid TOML: "), (None, "cannot be read: No such file or directory")],
)
def test_a_file_that_cannot_be_read_is_explained(tmp_path: Path, data: bytes | None, complaint: str) -> None:
    file = tmp_path / "web.toml"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(UsageError) as raised:
        read_web(str(file))
    assert str(raised.value).startswith(f"{file}: {complaint}")


def test_a_page_is_written_line_by_line() -> None:
    head = '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n'
    assert write_page(ReplayedPage()) == f"{head}</head>\n<body></body>\n</html>\n"
    page = ReplayedPage(
        title="T", amp=True, lang='a"b', json_ld="{}", login=True, body="<p>a</p>", canonical="/c", og_url="/o"
    )
    assert write_page(page) == (
        '<!doctype html>\n<html amp lang="a&quot;b">\n<head>\n<meta charset="utf-8">\n<title>T</title>\n'
        '<link rel="canonical" href="/c">\n<meta property="og:url" content="/o">\n'
        '<script type="application/ld+json">{}</script>\n<script async src="https://cdn.ampproject.org/v0.js"></script>\n'
        '</head>\n<body><form><input type="password" name="password"></form><p>a</p></body>\n</html>\n'
    )


@pytest.mark.parametrize(("form", "padding"), [("svg", b" "), ("png", b"\0")])
def test_an_image_is_padded_with_what_its_format_ignores(opens: Opens, form: str, padding: bytes) -> None:
    response = sent(opens(f'["{X}"]\nimage = {{ format = "{form}", width = 4, height = 3 }}\nlength = 1000'), X)
    assert isinstance(response.body, Content)
    (body,) = read(response.body)
    plain = encode_placeholder(ImageSpec(form, 4, 3))
    assert body == plain + padding * (1000 - len(plain))


def test_a_certificate_ends_after_the_days_that_are_left(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    class Noon(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Noon":
            return cls(2026, 11, 22, 12, tzinfo=tz)

    monkeypatch.setattr("linkcheck.fetch.replay.player.datetime", Noon)
    trace = sent(opens(f'["{X}"]\ncertificate-days = 5'), X).trace
    assert trace is not None
    assert trace.certificate == Certificate("Replayed CA", "2026-11-27T13:00:00Z", 5, None)
