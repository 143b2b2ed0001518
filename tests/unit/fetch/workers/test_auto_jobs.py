import pytest
from virtual_web import many

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.fetch.workers.auto_jobs import jobs_for


@pytest.mark.parametrize(
    ("hosts", "each", "options", "jobs"),
    [
        pytest.param(3, 2, FetchOptions(), 1, id="a few links"),
        pytest.param(50, 500, FetchOptions(), 1, id="many links, asked at the usual pace"),
        pytest.param(200, 100, FetchOptions(interval=0.0, concurrency=256), 2, id="many links without a pace"),
        pytest.param(2, 9000, FetchOptions(interval=0.0, concurrency=256), 1, id="two hosts cannot be shared out well"),
        pytest.param(200, 100, FetchOptions(interval=0.0, concurrency=256, replay="web.toml"), 1, id="a replay"),
        pytest.param(200, 100, FetchOptions(interval=0.0, concurrency=256, record="web.toml"), 1, id="a recording"),
        pytest.param(3, 2, FetchOptions(jobs=7), 7, id="as many as asked for"),
        pytest.param(3, 2, FetchOptions(jobs=7, record="web.toml"), 1, id="a recording, whatever was asked for"),
        pytest.param(3, 2, FetchOptions(jobs=7, replay="web.toml"), 1, id="a replay, whatever was asked for"),
    ],
)
def test_processes_are_started_where_they_are_worth_it(
    monkeypatch: pytest.MonkeyPatch, hosts: int, each: int, options: FetchOptions, jobs: int
) -> None:
    monkeypatch.setattr("linkcheck.fetch.workers.auto_jobs._cores", lambda: 2)
    found, source = jobs_for(ListSource(many(hosts, each)), options)
    assert found == jobs
    assert sum(count for _, count in source.hosts()) == hosts * each, "no host is lost by looking"
