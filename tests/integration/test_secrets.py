"""A header of the configuration reaches the host it is meant for, and nothing that is written, whatever the host echoes."""

import base64
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from command import article, linkcheck, surroundings

if TYPE_CHECKING:
    from loopback import Asked, Loopback, Reader, Writer

TOKEN = "s3cr3t/Abc+123 zz9"
VALUE = f"Bearer {TOKEN}"
FORMATS = ("json", "text", "html", "markdown", "comment", "sarif", "csv", "junit", "github", "slack", "webhook")
CONFIG = """
[hosts."a.example"]
headers = { Authorization = { env = "TOK" } }
"""


def echo(loopback: "Loopback") -> None:
    """The host says what it was sent in every place that is taken down."""
    from loopback import reply

    told = quote(TOKEN, safe="")

    async def moved(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        assert asked.headers["authorization"] == VALUE
        writer.write(reply("301 Moved Permanently", b"", f"Location: /to/{told}?a={told}&b={told}"))

    async def page(_asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        body = gzip.compress(
            f'<html><head><title>{TOKEN}</title><link rel="canonical" href="/{told}">'
            f'<meta property="og:title" content="{VALUE}"></head><body>{TOKEN}</body></html>'.encode()
        )
        told_in_base64 = base64.b64encode(VALUE.encode()).decode()
        headers = (
            f'ETag: "{TOKEN}"',
            f"Link: </{told}>; rel=canonical",
            "Content-Encoding: gzip",
            f"Server: {told_in_base64}",
        )
        writer.write(reply("200 OK", body, *headers))

    async def odd(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        word = TOKEN.partition(" ")[0]
        names = ("Content-Encoding", "Content-Range", "Date", "Retry-After", "Content-Type")
        head = "".join(f"{name}: {word}\r\n" for name in names)
        writer.write(f"HTTP/1.1 200 OK\r\n{head}Content-Length: 4\r\n\r\nbody".encode())

    async def refused(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        writer.write(reply("401 Unauthorized", b"", f'WWW-Authenticate: Bearer realm="{asked.headers["authorization"]}"'))

    loopback.behaviours["a.example/from"] = moved
    loopback.behaviours["/to"] = page
    loopback.behaviours["a.example/refused"] = refused
    loopback.behaviours["a.example/odd"] = odd


def web(loopback: "Loopback") -> tuple[str, ...]:
    if "https" not in loopback.ports:
        loopback.ports["https"] = loopback.serve("a.example")
    place = f"*:443=127.0.0.1:{loopback.ports['https']}"
    return "--ca-bundle", loopback.ca_file, "--allow-address", "127.0.0.0/8", "--resolve", place


def forms() -> list[bytes]:
    words = [
        TOKEN,
        *TOKEN.split()[:1],
        quote(TOKEN, safe=""),
        base64.b64encode(TOKEN.split(maxsplit=1)[0].encode()).decode()[:-4],
    ]
    return [word.encode() for word in words]


def assert_clean(where: str, written: bytes) -> None:
    found = [form for form in forms() if form.lower() in written.lower()]
    assert not found, f"{where} holds {found}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "linkcheck.toml").write_text(CONFIG, "utf-8")
    related = [{"title": name, "webUrl": f"https://a.example/{name}"} for name in ("refused", "odd")]
    (tmp_path / "a.md").write_text(article(webUrl="https://a.example/from", related=related), "utf-8")
    return tmp_path


def test_a_secret_that_the_host_echoes_is_in_no_report_history_or_recording(folder: Path, loopback: "Loopback") -> None:
    echo(loopback)
    reports = [part for name in FORMATS for part in ("--report", f"{name}:out.{name}")]
    kept = ("--history", "h.sqlite3", "--record", "web.toml")
    environment = surroundings(TOK=VALUE)
    done = linkcheck("check", "-v", *reports, *kept, *web(loopback), cwd=folder, environment=environment)
    assert done.code in (0, 1), done.err
    assert_clean("stdout", done.out.encode())
    assert_clean("stderr", done.err.encode())
    for name in ("h.sqlite3", *(f"out.{name}" for name in FORMATS)):
        assert_clean(name, (folder / name).read_bytes())
    recorded = (folder / "web.toml").read_bytes()
    assert_clean("web.toml", recorded)
    targets = {target["url"]: target for target in json.loads((folder / "out.json").read_text())["targets"]}
    assert "***" in json.dumps(targets["https://a.example/from"]), "the host did echo it"


def test_a_secret_that_the_host_echoes_is_not_explained(folder: Path, loopback: "Loopback") -> None:
    echo(loopback)
    done = linkcheck("explain", "https://a.example/from", *web(loopback), cwd=folder, environment=surroundings(TOK=VALUE))
    assert "***" in done.out, done.err
    assert_clean("stdout", done.out.encode())


def test_no_header_of_the_configuration_is_sent_for_an_untrusted_change(folder: Path, loopback: "Loopback") -> None:
    asked: list[bool] = []

    async def note(request: "Asked", _reader: "Reader", writer: "Writer") -> None:
        from loopback import reply

        asked.append("authorization" in request.headers)
        writer.write(reply())

    loopback.behaviours["a.example/from"] = loopback.behaviours["a.example/refused"] = note
    config = ("--config", str(folder / "linkcheck.toml"))
    for untrusted in ((), ("--untrusted",)):
        linkcheck("check", *config, *untrusted, *web(loopback), cwd=folder, environment=surroundings(TOK=VALUE))
    assert set(asked[:2]) == {True}
    assert set(asked[2:]) == {False}
