"""The work of a run grows with its articles, whatever they have in common.

Work is counted, not timed: the calls of Python functions and the steps of SQLite.
"""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck import cli

FEW, MANY = 20, 120
SITE = "https://www.example-news.com"


def article(number: int, more: str = "", *, title: str = "", page: str = "") -> str:
    """An article with a title and a page of its own, unless they are given."""
    title = title or f"Title number {number} of a long series"
    return (
        f"---\ntitle: {title}\npublishedDateTime: 2021-06-18T10:57:00Z\nwebUrl: {page or f'{SITE}/a/{number}'}\n{more}---\n"
    )


def image(url: str, width: int) -> str:
    return f"images:\n  - url: {url}\n    width: {width}\n    height: 50\n"


def related(*urls: str) -> str:
    return "related:\n" + "".join(f"  - title: A related article\n    webUrl: {url}\n" for url in urls)


ARCHIVES: dict[str, Callable[[int], str]] = {
    "nothing in common": article,
    "one page": lambda number: article(number, page=f"{SITE}/a/same"),
    "one page under many URLs": lambda number: article(number, page=f"{SITE}/a/same?utm_source={number}"),
    "one title": lambda number: article(number, title="Night trains return to the coast line"),
    "one image with many sizes": lambda number: article(number, image(f"{SITE}/lead.png", 100 + number)),
    "the same related articles": lambda number: article(number, related(*(f"{SITE}/r/{each}" for each in range(5)))),
    "related to each other": lambda number: article(number, related(*(f"{SITE}/a/{number + each}" for each in range(1, 5)))),
    "many problems": lambda number: article(number, f"quality: bad\n{image(f'http://h.internal/{number}.png', 0)}"),
    "one wrong field": lambda number: article(number, "provider: text\n"),
    "misspelled fields": lambda number: article(number, "ampURL: x\npublishDateTime: y\nimagez: []\n"),
    "unknown fields with names of their own": lambda number: article(number, f"note{number}: {SITE}/x\n"),
    "missing files": lambda number: article(number, related(f"/posts/{number}/", f"../{number}.html")),
    "one missing file": lambda number: article(number, image("/assets/lead.png", 50)),
    "no front matter that can be read": lambda number: f'---\ntitle: "{number}\nwebUrl: a: b\n---\n',
    "ignore comments": lambda number: article(number, "# linkcheck: ignore LC122\nampWebUrl: http://h.internal/\n"),
    "garbled texts": lambda number: article(number, title=f"A &amp; B â€™ {number}"),
}


class Work:
    """Counts calls of Python functions and, in hundreds, steps of SQLite."""

    def __init__(self) -> None:
        self.calls = 0
        self.steps = 0

    def call(self, frame: object, event: str, argument: object) -> None:
        del frame, argument
        self.calls += event == "call"

    def step(self) -> int:
        self.steps += 1
        return 0


def work_of(run: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> Work:
    """The work of a command that ends with or without findings."""
    work = Work()
    connect = sqlite3.connect

    def counted(*arguments: object, **options: object) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]
        made.set_progress_handler(work.step, 100)
        return made

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", counted)
        before = sys.getprofile()
        sys.setprofile(work.call)
        try:
            code = cli.run(run)
        finally:
            sys.setprofile(before)
    assert code in (0, 1), run
    return work


@pytest.mark.parametrize("archive", ARCHIVES)
def test_six_times_the_articles_are_six_times_the_work(
    archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nights: dict[int, list[Work]] = {}
    for number in (FEW, MANY):
        folder = tmp_path / str(number) / "posts"
        folder.mkdir(parents=True)
        for each in range(number):
            (folder / f"{each:04}.md").write_text(ARCHIVES[archive](each), encoding="utf-8")
        monkeypatch.chdir(folder.parent)
        reports = [word for name in ("json", "html", "markdown", "text") for word in ("--report", f"{name}:{name}")]
        run = ("check", "--offline", "posts", "--history", "history.sqlite3", *reports)
        nights[number] = [work_of(run, monkeypatch) for _ in range(2)]
    del capsys
    for few, many in zip(nights[FEW], nights[MANY], strict=True):
        assert many.calls < 7 * few.calls
        assert many.steps < 8 * few.steps
