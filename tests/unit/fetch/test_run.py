"""In which process a crawl runs."""

from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from linkcheck.errors import UsageError
from linkcheck.fetch import CrawlResult, FetchOptions, crawl, run

ELSEWHERE = FetchOptions(executor="nowhere://a.example:1")


def test_a_crawl_runs_on_its_executor() -> None:
    with pytest.raises(UsageError, match="not an executor"):
        crawl([], print, ELSEWHERE)


def test_a_recording_or_a_replay_is_one_file_and_so_one_process(tmp_path: Path) -> None:
    (tmp_path / "web.toml").write_text('["https://*"]\n')
    assert crawl([], print, replace(ELSEWHERE, replay=str(tmp_path / "web.toml"))).complete
    assert crawl([], print, replace(ELSEWHERE, record=str(tmp_path / "new.toml"))).complete


def test_a_transport_of_the_caller_is_used_here() -> None:
    assert crawl([], print, ELSEWHERE, transport=httpx.MockTransport(lambda _request: httpx.Response(200))).complete


def test_hosts_that_are_not_requested_do_not_tell_whether_the_network_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[FetchOptions] = []

    def crawl_here(_source: object, _record: object, options: FetchOptions, **_: object) -> CrawlResult:
        told.append(options)
        return CrawlResult(complete=True)

    monkeypatch.setattr(run, "crawl_here", crawl_here)
    remap = ("https://a.example https://b.example",)
    crawl([], print, FetchOptions(jobs=1, controls=("a.example", "c.example"), remap=remap))
    assert [options.controls for options in told] == [("c.example",)]


def test_a_replay_takes_no_transport_of_the_caller(tmp_path: Path) -> None:
    (tmp_path / "web.toml").write_text('["https://*"]\n')
    transport = httpx.MockTransport(lambda _request: httpx.Response(200))
    with pytest.raises(UsageError, match="a replay makes no requests, so it cannot use a transport"):
        crawl([], print, FetchOptions(replay=str(tmp_path / "web.toml")), transport=transport)
