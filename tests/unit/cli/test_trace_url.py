"""What `linkcheck explain URL` requests, and its exit code."""

from pathlib import Path

import pytest

from linkcheck.cli.trace_url import trace_url
from linkcheck.config import load
from linkcheck.errors import Exit, UsageError
from linkcheck.pipeline import RunContext

WEB = """
["https://a.example/"]
["https://a.example/a.PNG"]
image = { format = "png", width = 30, height = 20 }
["https://a.example/a.png/b"]
["https://a.example/gone"]
status = 404
["https://a.example/forbidden"]
status = 403
["https://b.example/forbidden"]
status = 403
["https://a.example/http"]
status = 301
location = "/a.png/b"
["https://a.example/broken"]
failure = "internal exploded"
"""


def context(here: Path, text: str = "") -> RunContext:
    (here / ".git").mkdir()
    (here / "web.toml").write_text(WEB)
    (here / "linkcheck.toml").write_text('replay = "web.toml"\nretries = 0\n' + text)
    return RunContext(load(flags={}, environment={}, directory=str(here)))


@pytest.mark.parametrize(
    ("url", "code", "shows"),
    [
        ("https://a.example/", Exit.OK, "ok: "),
        ("https://a.example/a.PNG", Exit.OK, "image    png 30x20"),
        ("https://a.example/a.png/b", Exit.OK, "ok: "),
        ("https://a.example/gone", Exit.FINDINGS, "dead: "),
        ("https://a.example/http", Exit.OK, "moved: "),
        ("https://a.example/broken", Exit.INTERNAL, "internal error"),
        ("https://a.example/unknown", Exit.INCOMPLETE, "not-in-replay"),
        ("https://a.example/forbidden", Exit.OK, "ok: "),
        ("https://b.example/forbidden", Exit.OK, "blocked: "),
    ],
)
def test_a_url_is_judged_as_in_an_article(
    url: str, code: Exit, shows: str, *, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert trace_url(url, context(tmp_path, '[hosts."a.example"]\naccept = [403]\n')) == code
    out = capsys.readouterr().out
    assert shows in out
    assert out.startswith(f"1  {url}\n")


@pytest.mark.parametrize("url", ["https://", "mailto:a@b.example", "x"])
def test_an_invalid_url_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=f"^{url}: "):
        trace_url(url, context(tmp_path))


def test_nothing_is_requested_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="cannot be traced offline"):
        trace_url("https://a.example/", context(tmp_path, "offline = true\n"))
