from collections.abc import Sequence

from virtual_web import Counted, crawl_virtually

from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Outcome


def test_only_some_thousand_targets_are_in_hand_at_once() -> None:
    source = Counted(100, 120)

    def record(outcomes: Sequence[Outcome]) -> None:
        source.out -= len(outcomes)

    ran = crawl_virtually(source, options=FetchOptions(interval=0.0, concurrency=64), record=record)
    assert len(ran.outcomes) == 12_000
    assert source.most <= 8192 + 100 + 256


def test_a_host_without_targets_holds_nothing_up() -> None:
    source = Counted(2, 3)
    source.sizes["h1.example"] = 0
    assert len(crawl_virtually(source).outcomes) == 3
