"""What a night says of the night before."""

from pathlib import Path

import msgspec
import pytest
from command import article, linkcheck

GONE = """
["https://a.example/*"]
status = 404
"""
FOUND = """
["https://a.example/*"]
page.title = "A title"
"""
REFUSING = """
["https://a.example/*"]
status = 403
"""
SLOW = """
["https://a.example/*"]
delay = 60
"""
HASTY = "import linkcheck.fetch.scheduling.crawler as crawler\ncrawler.DRAIN = 0.1"
"""Nobody waits five seconds for what is under way when the time is up."""
SILENT = """
["https://a.example/*"]
failure = "timeout"
"""


class Archive:
    """Two articles, each with a dead page, and a history."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("one", "two"):
            (folder / f"{name}.md").write_text(article(webUrl=f"https://a.example/{name}"), "utf-8")
        assert self.night(GONE) is None

    def rewrite(self, old: str, new: str) -> None:
        text = (self.folder / "one.md").read_text("utf-8")
        assert old in text
        (self.folder / "one.md").write_text(text.replace(old, new), "utf-8")

    def night(self, web: str, *options: str) -> tuple[int, int, int] | None:
        """What is new, fixed and still broken since the night before."""
        (self.folder / "web.toml").write_text(web, "utf-8")
        always = ("--replay", "web.toml", "--history", "runs.sqlite", "--report", "json", "--retries", "0")
        done = linkcheck("check", *always, *options, cwd=self.folder, before=HASTY)
        assert done.code in (0, 1, 4), done.err
        compared = msgspec.json.decode(done.out)["summary"]["comparison"]
        return None if compared is None else (compared["new"], compared["fixed"], compared["still"])


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def test_what_answers_is_fixed(archive: Archive) -> None:
    assert archive.night(FOUND) == (0, 2, 0)


def test_an_article_that_is_gone_has_no_dead_link(archive: Archive) -> None:
    (archive.folder / "one.md").unlink()
    assert archive.night(GONE) == (0, 1, 1)


def test_a_link_that_is_gone_is_not_dead(archive: Archive) -> None:
    archive.rewrite('webUrl: "https://a.example/one"', "note: none")
    assert archive.night(GONE) == (0, 1, 1)


def test_a_dead_url_in_another_property_is_the_same_problem(archive: Archive) -> None:
    archive.rewrite("webUrl", "url")
    assert archive.night(GONE) == (0, 0, 2)


@pytest.mark.parametrize(
    ("web", "options"),
    [(SLOW, ("--max-time", "0.1")), (REFUSING, ()), (SILENT, ()), (FOUND, ("--select", "LC1"))],
    ids=["no time to ask", "refused", "no answer", "the rule is not wanted"],
)
def test_what_was_not_found_out_is_not_fixed(archive: Archive, web: str, options: tuple[str, ...]) -> None:
    compared = archive.night(web, *options)
    assert compared is not None
    assert compared[1] == 0


def test_what_is_accepted_is_not_fixed(archive: Archive) -> None:
    baseline = ("--baseline", "baseline.json")
    archive.night(GONE, *baseline, "--update-baseline")
    compared = archive.night(GONE, *baseline)
    assert compared == (0, 0, 0)
