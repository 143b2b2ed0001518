"""An article is settled with what is known of the web; what is about to be written is asked for first."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from linkcheck import judge
from linkcheck.config import load
from linkcheck.fixing.desk import Desk, Known
from linkcheck.model import Answer, Hop, Outcome, Probe, Source

OLD, NEW, LAST = "https://a.example/the-story", "https://a.example/new-place", "https://a.example/last-place"
TEXT = f'---\ntitle: T\nwebUrl: "{OLD}" # c\n---\n'.encode()
SOURCE = Source("a.md", "a.md", TEXT, len(TEXT), named=True)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return Desk(load(flags={}, environment={}, directory=str(tmp_path)), now=datetime(2026, 11, 22, tzinfo=UTC))


def known(*rows: tuple[str, int, str]) -> Known:
    """URLs with the status of their answer, and where they lead for good (to themselves where they do not)."""
    outcomes = (
        Outcome(url, Probe.PAGE, Answer(status, to), hops=() if url == to else (Hop(url, 301, to),))
        for url, status, to in rows
    )
    return {outcome.url: (outcome, judge.verdict(outcome)) for outcome in outcomes}


def test_a_new_url_is_to_be_asked_for(desk: Desk) -> None:
    settled = desk.settle(SOURCE, known((OLD, 200, NEW)))
    assert [target.url for target in settled.asks] == [NEW]


def test_a_url_that_answers_is_written(desk: Desk) -> None:
    settled = desk.settle(SOURCE, known((OLD, 200, NEW), (NEW, 200, NEW)))
    assert settled.source.head == TEXT.replace(OLD.encode(), NEW.encode())
    assert settled.source.size == len(settled.source.head)
    assert [(done.old, done.correction.new) for done in settled.done] == [(OLD, NEW)]
    assert settled.asks == ()


def test_a_url_that_has_moved_again_is_followed(desk: Desk) -> None:
    settled = desk.settle(SOURCE, known((OLD, 200, NEW), (NEW, 200, LAST), (LAST, 200, LAST)))
    assert settled.source.head == TEXT.replace(OLD.encode(), LAST.encode())


@pytest.mark.parametrize("status", [403, 404, 503])
def test_a_url_that_does_not_answer_who_comes_directly_is_not_written(status: int, desk: Desk) -> None:
    settled = desk.settle(SOURCE, known((OLD, 200, NEW), (NEW, status, NEW)))
    assert settled.source == SOURCE
    assert str(status) in settled.refused[0].reason


def test_urls_that_lead_to_each_other_are_left_alone(desk: Desk) -> None:
    settled = desk.settle(SOURCE, known((OLD, 200, NEW), (NEW, 200, OLD)))
    assert settled.source == SOURCE
    assert "back" in settled.refused[0].reason
