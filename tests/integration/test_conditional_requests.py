"""What has not changed is not sent again: ETag and Last-Modified from the history make the next request conditional."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import article, linkcheck

if TYPE_CHECKING:
    from loopback import Asked, Loopback, Reader, Writer

PAGE = b'<!doctype html><html><head><title>Harbour</title><link rel="canonical" href="https://a.example/"></head></html>'


@pytest.mark.parametrize(
    ("validator", "condition"),
    [
        pytest.param('ETag: "v1"', ("if-none-match", '"v1"'), id="etag"),
        pytest.param(
            "Last-Modified: Mon, 01 Jun 2026 08:00:00 GMT",
            ("if-modified-since", "Mon, 01 Jun 2026 08:00:00 GMT"),
            id="date",
        ),
    ],
)
def test_a_page_that_has_not_changed_says_so_and_keeps_its_facts(
    tmp_path: Path, loopback: "Loopback", validator: str, condition: tuple[str, str]
) -> None:
    from loopback import reply

    async def serve(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        name, value = condition
        writer.write(
            reply("304 Not Modified", b"") if asked.headers.get(name) == value else reply("200 OK", PAGE, validator)
        )

    loopback.behaviours["a.example/"] = serve
    (tmp_path / "a.md").write_text(article(webUrl="https://a.example/"))
    web = (
        *("--ca-bundle", loopback.ca_file, "--allow-address", "127.0.0.0/8"),
        *("--resolve", f"*:443=127.0.0.1:{loopback.serve('a.example')}"),
    )
    check = ("check", "--history", "history.sqlite3", "--max-age", "0", "--report", "json", *web)
    targets = []
    for _ in range(2):
        done = linkcheck(*check, cwd=tmp_path)
        assert done.code == 0, done.out
        targets.append(json.loads(done.out)["targets"][0])
    first, second = targets
    assert [asked.headers.get(condition[0]) for asked in loopback.asked] == [None, condition[1]]
    assert (second["verdict"], second["status"], second["reused"]) == ("ok", 200, False)
    assert second["page"] == first["page"]
    assert second["page"]["title"] == "Harbour"


def test_not_modified_is_no_news_where_nothing_was_asked_about(tmp_path: Path, loopback: "Loopback") -> None:
    from loopback import raw, reply

    loopback.behaviours["a.example/"] = raw(reply("304 Not Modified", b""))
    target, codes = checked(tmp_path, loopback)
    assert (target["verdict"], codes) == ("suspect", ["LC223"])


@pytest.mark.parametrize("status", ["302 Found", "301 Moved Permanently"])
def test_a_redirect_to_not_modified_revives_nothing(tmp_path: Path, loopback: "Loopback", status: str) -> None:
    from loopback import raw, reply

    loopback.behaviours["a.example/"] = raw(reply("200 OK", PAGE, 'ETag: "v1"'))
    loopback.behaviours["a.example/other"] = raw(reply("304 Not Modified", b""))
    assert checked(tmp_path, loopback)[0]["verdict"] == "ok"
    loopback.behaviours["a.example/"] = raw(reply(status, b"", "Location: https://a.example/other"))
    assert checked(tmp_path, loopback)[0]["verdict"] == "suspect"


def test_validators_of_a_page_behind_a_redirect_are_not_sent_to_the_url_that_redirects(
    tmp_path: Path, loopback: "Loopback"
) -> None:
    from loopback import raw, reply

    loopback.behaviours["a.example/"] = raw(reply("302 Found", b"", "Location: https://a.example/other"))
    loopback.behaviours["a.example/other"] = raw(reply("200 OK", PAGE, 'ETag: "v1"'))
    for _ in range(2):
        assert checked(tmp_path, loopback)[0]["verdict"] == "ok"
    assert {asked.headers.get("if-none-match") for asked in loopback.asked} == {None}


@pytest.mark.parametrize("announced", ["Content-Length: 39", "Transfer-Encoding: chunked"])
def test_a_body_behind_not_modified_never_answers_for_the_next_page(
    tmp_path: Path, loopback: "Loopback", announced: str
) -> None:
    from asyncio import sleep

    from loopback import raw, reply

    async def late(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        writer.write(f"HTTP/1.1 304 Not Modified\r\n{announced}\r\n\r\n".encode())
        await writer.drain()
        await sleep(0.2)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    loopback.behaviours["a.example/"] = raw(reply("200 OK", PAGE, 'ETag: "v1"'))
    assert checked(tmp_path, loopback)[0]["verdict"] == "ok"
    loopback.behaviours["a.example/"] = late
    related = [{"title": "Gone", "webUrl": "https://a.example/gone"}]
    (tmp_path / "b.md").write_text(article(webUrl="https://a.example/gone", related=related))
    done = linkcheck(*CHECK, "--per-host", "1", "--interval", "0", *through(loopback), cwd=tmp_path)
    verdicts = {target["url"]: target["verdict"] for target in json.loads(done.out)["targets"]}
    assert verdicts == {"https://a.example/": "ok", "https://a.example/gone": "dead"}


CHECK = ("check", "--history", "history.sqlite3", "--max-age", "0", "--report", "json")


def checked(folder: Path, loopback: "Loopback") -> tuple[dict[str, object], list[str]]:
    """The only target of an archive, and the codes of the findings of warning and above."""
    (folder / "a.md").write_text(article(webUrl="https://a.example/"))
    done = linkcheck(*CHECK, *through(loopback), cwd=folder)
    report = json.loads(done.out)
    return report["targets"][0], [f["code"] for f in report["findings"] if f["severity"] != "info"]


def through(loopback: "Loopback") -> tuple[str, ...]:
    if "https" not in loopback.ports:
        loopback.ports["https"] = loopback.serve("a.example")
    place = f"*:443=127.0.0.1:{loopback.ports['https']}"
    return "--ca-bundle", loopback.ca_file, "--allow-address", "127.0.0.0/8", "--resolve", place
