"""How often the new URLs of a page that moves again and again are requested."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from quiet import Quiet

from linkcheck import pipeline
from linkcheck.commands.fix import FixedFile, find_corrections
from linkcheck.config import load
from linkcheck.fetch.scheduling.crawl_result import CrawlResult
from linkcheck.fetch.scheduling.crawler import Record
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.model import Answer, Hop, Outcome, PageFacts, Target

TITLE = "How the old harbour bridge was built"
DAY = "2021-06-18"
SLUG = "how-the-old-harbour-bridge-was-built"
ROUNDS = 5
NAMES = "abcdefghijkl"


def url(number: int) -> str:
    return f"https://a.example/{NAMES[number]}/{SLUG}"


Crawl = Callable[..., CrawlResult]


def moving(times: int, requested: list[str]) -> Crawl:
    """A web in which the page of the article has moved on whenever its latest URL is requested, so many times."""

    def crawl(targets: TargetSource | list[list[Target]], record: Record, *_: object, **__: object) -> CrawlResult:
        if not isinstance(targets, list):
            targets = [list(targets.take(host, count)) for host, count in targets.hosts()]
        for target in (each for batch in targets for each in batch):
            requested.append(target.url)
            number = NAMES.index(target.url.split("/")[3])
            to = url(min(number + 1, times))
            hops = () if to == target.url else (Hop(target.url, 301, to),)
            page = PageFacts(title=TITLE, published=DAY)
            record([Outcome(target.url, target.probe, Answer(200, to, page=page), hops=hops)])
        return CrawlResult(complete=True)

    return crawl


@pytest.fixture
def corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], tuple[FixedFile, list[str]]]:
    """The corrections of an article, and the URLs that were requested."""

    def correct(times: int) -> tuple[FixedFile, list[str]]:
        requested: list[str] = []
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("linkcheck.fetch.crawl", moving(times, requested))
        (tmp_path / ".git").mkdir()
        (tmp_path / "a.md").write_text(f"---\ntitle: {TITLE}\ndate: {DAY}\nwebUrl: {url(0)}\n---\n")
        now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        context = pipeline.RunContext(load(flags={}, environment={}, directory=str(tmp_path)), now=lambda: now)
        (change,) = find_corrections(context, Quiet()).changes
        return change, requested

    return correct


Corrected = Callable[[int], tuple[FixedFile, list[str]]]


@pytest.mark.parametrize("times", [1, 2, ROUNDS])
def test_a_page_that_moves_again_is_followed(times: int, corrected: Corrected) -> None:
    change, requested = corrected(times)
    assert (change.done[0].old, change.done[-1].new, change.refused) == (url(0), url(times), ())
    assert requested == [url(number) for number in range(times + 1)]


def test_a_page_that_never_stops_moving_is_given_up(corrected: Corrected) -> None:
    change, requested = corrected(ROUNDS + 1)
    assert requested == [url(number) for number in range(ROUNDS + 1)]
    assert change.done == ()
    assert [(refusal.correction.new, refusal.reason) for refusal in change.refused] == [
        (url(ROUNDS + 1), "the new URL is skipped: not requested before the run ended")
    ]
