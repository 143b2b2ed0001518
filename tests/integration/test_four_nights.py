"""Four nights on a web that changes: every report for people begins with exactly what changed."""

import re
from pathlib import Path

import msgspec
import pytest
from command import Done, article, linkcheck

from linkcheck.model import Json

DEAD = '["https://a.example/{0}"]\nstatus = 404\n'
BUSY = '["https://busy.example/*"]\nstatus = 503\n'
REST = '["https://*"]\npage.title = "A title"\n'
SHOWN_BY_ALL = "https://a.example/shown-by-all"
FORMATS = ("text", "markdown", "comment", "concise")


class Archive:
    """Thirty articles, which all show one picture, and a history."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.day = 0
        for number in range(30):
            own = f"https://a.example/{number}" if number else "https://busy.example/0"
            (folder / f"{number:02}.md").write_text(article(webUrl=own, seeAlso=SHOWN_BY_ALL), "utf-8")

    def night(self, *dead: int | str, busy: bool = True) -> Done:
        """The next night, with these pages gone; the reports are files."""
        web = "".join(DEAD.format(each) for each in dead) + (BUSY if busy else "") + REST
        (self.folder / "web.toml").write_text(web, "utf-8")
        later = (
            "import functools\nfrom datetime import UTC, datetime, timedelta\nimport linkcheck.pipeline as p\n"
            f"p.RunContext = functools.partial(p.RunContext, now=lambda: datetime.now(UTC) + timedelta(days={self.day}))"
        )
        self.day += 1
        options = (
            "--replay",
            "web.toml",
            "--history",
            "h.sqlite3",
            "--max-age",
            "0",
            "--retries",
            "0",
            "--strike-days",
            "1",
        )
        reports = [f"--report={name}:{name}.out" for name in (*FORMATS, "json")]
        return linkcheck("check", *options, *reports, cwd=self.folder, before=later)

    def report(self, name: str) -> str:
        return (self.folder / f"{name}.out").read_text("utf-8")

    def first_line(self, name: str) -> str:
        """The first line that is for people."""
        lines = self.report(name).removeprefix("<!-- linkcheck report -->\n").splitlines()
        return lines[0].removeprefix("### linkcheck: ")

    def problems(self, change: str | None) -> list[dict[str, Json]]:
        found = msgspec.json.decode(self.report("json"))["problems"]
        return [each for each in found if each["change"] == change and each["severity"] != "info"]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def test_each_night_begins_with_what_changed(archive: Archive) -> None:
    assert archive.night(1, "shown-by-all").code == 1
    assert archive.first_line("markdown") == "2 errors, 1 warning"

    assert archive.night(1, 2, "shown-by-all").code == 1
    expected = "Failed: 1 new error; 2 errors and 1 warning remain"
    assert [archive.first_line(name) for name in FORMATS] == [expected] * 4
    (new,) = archive.problems("new")
    assert (new["cause"], new["places"], new["runs"]) == ({"kind": "target", "value": "https://a.example/2"}, 1, 1)
    assert new["last_ok"] is not None
    shown = next(each for each in archive.problems("still") if each["cause"] == {"kind": "target", "value": SHOWN_BY_ALL})
    assert (shown["places"], shown["articles"], shown["runs"]) == (30, 30, 2)

    # The third night in a row makes an error of the server's failure, and nothing else is wrong any more.
    assert archive.night().code == 1
    expected = "Failed: 1 warning became an error, 3 fixed"
    assert [archive.first_line(name) for name in FORMATS] == [expected] * 4
    (worse,) = archive.problems("worse")
    assert (worse["code"], worse["before"], worse["severity"], worse["runs"]) == ("LC213", "warning", "error", 3)
    assert len(archive.problems("fixed")) == 3

    assert archive.night(2, busy=False).code == 1
    expected = "Failed: 1 new error, 1 fixed"
    assert [archive.first_line(name) for name in FORMATS] == [expected] * 4
    (back,) = archive.problems("new")
    assert back["is_back"] is True
    assert "came back after it was fixed" in archive.report("text")

    assert archive.night(busy=False).code == 0
    assert {archive.first_line(name) for name in FORMATS} == {"Passed: 1 fixed"}
    assert archive.night(busy=False).code == 0
    assert {archive.first_line(name) for name in FORMATS} == {"Passed: nothing changed"}


def test_what_is_new_stands_before_the_rest_and_is_never_cut(archive: Archive) -> None:
    text = "x" * 1500
    for number in range(30, 430):
        dead = [f"https://a.example/{number}-{index}/{text if index else ''}" for index in range(2)]
        (archive.folder / f"{number}.md").write_text(article(webUrl=dead[0], originalUrl=dead[1]), "utf-8")
    old = [f"{number}-1/*" for number in range(30, 430)]
    new = [f"{number}-0/" for number in range(30, 330)]
    archive.night(*old)
    archive.night(*old, *new)
    comment = archive.report("comment")
    assert len(comment.encode()) < 60_000
    assert len(archive.problems("new")) == 300
    missing = [number for number in range(30, 330) if f"`{number}.md:4`" not in comment]
    assert missing == []
    assert re.search(r"\n\d+ more problems; see the other reports\.\n", comment)
    text_report = archive.report("text")
    assert text_report.index("New (300)") < text_report.index("Still there (")
