"""A replay requests one link after the other, as often as was recorded."""

import asyncio
from typing import Any

import pytest
from virtual_web import many, targets_of

from linkcheck.fetch.attempt.soft_404 import ALWAYS_THE_SAME
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.replayed_crawl import Replayer
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.model import Answer, Outcome, PageFacts, Probe, Target

MISSING = "Page not found"


class Recording:
    """Statuses by URL, one for each attempt; a page titled "Page not found" where `missing` is in the URL."""

    def __init__(self, **statuses: list[int]) -> None:
        self.statuses = statuses
        self.expected: list[Target] = []
        self.asked: list[tuple[str, int | None]] = []

    def expect(self, targets: list[Target]) -> None:
        self.expected = targets

    def attempts(self, target: Target) -> int:
        return len(self._of(target))

    def impossible(self, target: Target) -> Target:
        return target

    def _of(self, target: Target) -> list[int]:
        return self.statuses.get(target.url.rpartition("/")[2], [200])

    async def follow(self, target: Target, inner: object, *, before: Outcome | None) -> Outcome:
        assert inner == "inner"
        tried = None if before is None or before.answer is None else before.answer.status
        self.asked.append((target.url, tried))
        seen = sum(url == target.url for url, _ in self.asked)
        status = self._of(target)[min(seen, len(self._of(target))) - 1]
        title = MISSING if "missing" in target.url or ALWAYS_THE_SAME in target.url else "T"
        answer = Answer(status, target.url, page=PageFacts(title=title))
        return Outcome(target.url, target.probe, answer=answer, requests=2)


def replayed(
    recording: Recording, targets: list[Target], *, interrupt: int | None = None, **more: Any
) -> tuple[CrawlResult, list[list[Outcome]]]:
    batches: list[list[Outcome]] = []

    async def main() -> CrawlResult:
        replay: Any = recording
        inner: Any = "inner"
        engine = Replayer(
            ListSource(targets),
            lambda batch: batches.append([*batch]),
            replay,
            follow=recording.follow,
            inner=inner,
            **more,
        )
        if interrupt is not None:
            engine.interrupt(interrupt)
        return await engine.run()

    return asyncio.run(main()), batches


def test_each_link_gets_its_own_responses() -> None:
    recording = Recording(flaky=[503, 500, 200])
    targets = targets_of("https://a.example/flaky", "https://b.example/x")
    ticks: list[CrawlProgress] = []
    ended, (batch,) = replayed(recording, targets, on_progress=ticks.append)
    assert recording.expected == targets
    assert recording.asked == [
        ("https://a.example/flaky", None),
        ("https://a.example/flaky", 503),
        ("https://a.example/flaky", 500),
        ("https://b.example/x", None),
    ]
    flaky, other = batch
    assert (flaky.attempts, flaky.requests, flaky.tried_statuses) == (3, 6, (503, 500))
    assert (other.attempts, other.requests, other.tried_statuses) == (1, 2, ())
    assert ended == CrawlResult(complete=True, requests=8)
    assert ticks == [CrawlProgress(2, 0, 8, 0, 0)]


def test_outcomes_are_recorded_in_batches() -> None:
    ended, batches = replayed(Recording(), many(2, 300))
    assert [len(batch) for batch in batches] == [256, 256, 88]
    assert (ended.complete, ended.requests) == (True, 1200)
    assert replayed(Recording(), []) == (CrawlResult(complete=True), [])


@pytest.mark.parametrize(
    ("more", "result"),
    [
        ({"interrupt": 15}, CrawlResult(False, "interrupted", 15, requests=512)),
        ({"stop": lambda: True}, CrawlResult(False, "stopped", requests=512)),
        ({"interrupt": 2, "stop": lambda: True}, CrawlResult(False, "interrupted", 2, requests=512)),
        ({"stop": lambda: False}, CrawlResult(True, requests=600)),
        ({}, CrawlResult(True, requests=600)),
    ],
)
def test_a_replay_ends_between_batches(more: dict[str, Any], result: CrawlResult) -> None:
    assert replayed(Recording(), many(1, 300), **more)[0] == result


def test_the_made_up_page_of_a_folder_is_requested_once() -> None:
    recording = Recording()
    targets = [Target(f"https://a.example/x/missing{number}", Probe.PAGE, "a.example") for number in range(2)]
    _, (batch,) = replayed(recording, targets)
    made_up = f"https://a.example/{ALWAYS_THE_SAME}"
    assert [url for url, _ in recording.asked] == [targets[0].url, made_up, targets[1].url]
    found = [outcome.answer.soft_404 for outcome in batch if outcome.answer]
    assert found == [f"the same title {MISSING!r} as for a URL that does not exist"] * 2
