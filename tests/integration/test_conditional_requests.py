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
