"""The edits that reports offer are what `linkcheck fix` writes, to the byte."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from edited import with_sarif_fixes, with_suggestions
from quiet import Quiet

from linkcheck import pipeline, report
from linkcheck.commands.fix import find_corrections, write
from linkcheck.config import Config, load
from linkcheck.pipeline import fix_edits
from linkcheck.report import ReportOptions

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WEB = """
["http://a.example/old"]
status = 301
location = "https://a.example/old"
["https://a.example/old"]
page.title = "The old bridge"
["https://a.example/picture.png"]
image = {format = "png", width = 1200, height = 600}
["https://a.example/fallen.png"]
status = 404
["http://a.example/far"]
status = 301
location = "https://b.example/far"
["https://b.example/far"]
page.title = "Far"
["https://a.example/2019/05/02/harbour-bridge-opens-again"]
status = 301
location = "/news/2019/05/02/harbour-bridge-opens-again"
["https://a.example/news/2019/05/02/harbour-bridge-opens-again"]
page.title = "The harbour bridge opens again after years"
page.published = "2019-05-02"
page.canonical = "https://a.example/news/2019/05/02/harbour-bridge-opens-again"
["https://a.example/story"]
page = {title = "The old bridge", canonical = "https://a.example/story/"}
"""
OLD = "http://a.example/old"
MOVED = "https://a.example/2019/05/02/harbour-bridge-opens-again"
TITLED = "---\ntitle: The harbour bridge opens again after years\npublishedDateTime: 2019-05-02T10:00:00Z\n"
IMAGE = "https://a.example/picture.png"


def config(folder: Path) -> Config:
    return load(
        flags={"replay": "web.toml", "jobs": 1},
        environment={"LINKCHECK_INTERVAL": "0", "LINKCHECK_RETRIES": "0"},
        directory=str(folder),
    )


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "web.toml").write_text(WEB)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def reported(folder: Path) -> tuple[str, str]:
    """The rdjsonl and the SARIF report."""
    with pipeline.check(pipeline.RunContext(config(folder), now=lambda: NOW), Quiet()) as finished:
        streams = []
        for name in ("rdjsonl", "sarif"):
            stream = io.StringIO(newline="")
            report.write(finished.run, name, stream, ReportOptions())
            streams.append(stream.getvalue())
    return streams[0], streams[1]


def fixed(folder: Path, file: Path) -> bytes:
    for change in find_corrections(pipeline.RunContext(config(folder), now=lambda: NOW), Quiet()).changes:
        write(change)
    return file.read_bytes()


ARTICLES = [
    pytest.param("---\nwebUrl: OLD\n---\nbody OLD\n", id="yaml"),
    pytest.param("---\r\nwebUrl: 'OLD'  # why\r\nother: 1\r\n---\r\nbody\r\n", id="crlf"),
    pytest.param("---\rwebUrl: OLD\rother: 1\r---\r", id="cr"),
    pytest.param("\ufeff---\nwebUrl: OLD\n---\n", id="byte order mark"),
    pytest.param("---\ntitle: é 🎈\nx: {é: 🎈, webUrl: OLD, z: 🎈}\n---\n", id="characters of several bytes before it"),
    pytest.param("---\nx: [OLD, 'é OLD', OLD, \"OLD\"]\nwebUrl: OLD\n---\n", id="several in one line"),
    pytest.param("---\nwebUrl:\tOLD\t# tab\n---\n", id="tabs"),
    pytest.param("---\nwebUrl: >-\n  OLD\nother: 1\n---\n", id="folded"),
    pytest.param("---\r\nwebUrl: |\r\n  OLD\r\nother: 1\r\n---\r\n", id="literal with crlf"),
    pytest.param('+++\r\ntitle = "é"\r\nwebUrl = "OLD" # c\r\n+++\r\n', id="toml"),
    pytest.param('+++\n"é" = {"🎈" = 1, webUrl = \'OLD\'}\n+++\n', id="toml inline table"),
    pytest.param('{"é": "🎈\\u00e9",\t"webUrl": "OLD"}\nbody', id="json"),
    pytest.param('{\r\n\t"webUrl": "http:\\/\\/a.example\\/old"\r\n}\r\n', id="json with escaped slashes"),
    pytest.param(
        "---\nimages: [{t: é, url: IMAGE, width: 1000, height: 400}]\n---\n", id="both sides of an image in one line"
    ),
    pytest.param("---\r\nimages:\r\n- width: 600\r\n  url: IMAGE\r\n  height: 1200\r\n---\r\n", id="sides swapped"),
    pytest.param("---\ntitle: Ben &amp; Jerry opened\nwebUrl: OLD\n---\n", id="text"),
    pytest.param(
        f"{TITLED}webUrl: MOVED\noriginalUrl: 'MOVED'\n---\n",
        id="one URL in two properties",
    ),
    pytest.param(
        f"{TITLED}webUrl: MOVED\noriginalUrl: MOVED # linkcheck: ignore[LC202]\n---\n",
        id="one URL in two properties, one of which is ignored",
    ),
    pytest.param("---\r\ntitle: |\r\n  é &amp; b\r\n  c &eacute;d\r\nwebUrl: OLD\r\n---\r\n", id="text of several lines"),
]


@pytest.mark.parametrize("text", ARTICLES)
def test_the_offered_edits_give_what_fix_writes(text: str, archive: Path) -> None:
    file, raw = archive / "a.md", text.replace("OLD", OLD).replace("IMAGE", IMAGE).replace("MOVED", MOVED).encode()
    file.write_bytes(raw)
    rdjsonl, sarif = reported(archive)
    offered = with_suggestions(raw, rdjsonl), with_sarif_fixes(raw, sarif)
    written = fixed(archive, file)
    assert offered == (written, written)
    assert written != raw


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\na: &x OLD\nwebUrl: *x\n---\n", id="alias"),
        pytest.param("---\nwebUrl: https://a.example/fallen.png\n---\n", id="broken link"),
        pytest.param("---\nwebUrl: http://a.example/far\n---\n", id="unsafe"),
        pytest.param("---\nwebUrl: OLD # linkcheck: ignore[LC203]\n---\n", id="ignored"),
    ],
)
def test_nothing_is_offered_that_fix_does_not_write(text: str, archive: Path) -> None:
    file, raw = archive / "a.md", text.replace("OLD", OLD).encode()
    file.write_bytes(raw)
    rdjsonl, sarif = reported(archive)
    assert "suggestions" not in rdjsonl
    assert "fixes" not in sarif
    assert fixed(archive, file) == raw


def test_what_an_edit_brings_to_light_is_offered_next(archive: Path) -> None:
    file, raw = archive / "a.md", f"---\nweburl: {OLD}\nWebUrl: {OLD}\n---\n".encode()
    file.write_bytes(raw)
    written = fixed(archive, file)
    file.write_bytes(raw)
    for turn in range(2):
        offered = with_suggestions(file.read_bytes(), reported(archive)[0])
        assert (offered == written) is (turn == 1)
        file.write_bytes(offered)


def test_a_url_that_was_not_requested_is_not_offered(archive: Path) -> None:
    """`linkcheck fix` requests it first."""
    (archive / "a.md").write_text("---\nwebUrl: https://a.example/story\n---\n")
    rdjsonl, _ = reported(archive)
    assert "LC303" in rdjsonl
    assert "linkcheck fix" in rdjsonl
    assert "suggestions" not in rdjsonl


def test_an_article_that_takes_long_to_parse_again_has_few_edits(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"---\nx: [{OLD}, {OLD}]\nwebUrl: {OLD}\n---\n"
    (archive / "a.md").write_text(text)
    monkeypatch.setattr(fix_edits, "_MOST_WORK", 2 * len(text))
    rdjsonl, _ = reported(archive)
    assert rdjsonl.count("suggestions") == 2
