import os

import pytest
from virtual_web import Counted, many

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
    monkeypatch.setattr("linkcheck.fetch.workers.auto_jobs.cores", lambda: 2)
    found, source = jobs_for(ListSource(many(hosts, each)), options)
    assert found == jobs
    assert sum(count for _, count in source.hosts()) == hosts * each, "no host is lost by looking"


@pytest.mark.parametrize(
    ("hosts", "each", "options", "cores", "jobs"),
    [
        pytest.param(100, 400, FetchOptions(interval=0.0, concurrency=640), 3, 3, id="limited by the cores"),
        pytest.param(100, 400, FetchOptions(interval=0.0, concurrency=255), 9, 3, id="by the concurrent requests"),
        pytest.param(100, 400, FetchOptions(interval=0.0, concurrency=256), 9, 4, id="enough of them for one more"),
        pytest.param(100, 124, FetchOptions(interval=0.0, concurrency=640), 9, 4, id="by the targets"),
        pytest.param(100, 125, FetchOptions(interval=0.0, concurrency=640), 9, 5, id="enough targets for one more"),
        pytest.param(39, 1000, FetchOptions(interval=0.0, concurrency=640), 9, 4, id="by the hosts"),
        pytest.param(40, 1000, FetchOptions(interval=0.0, concurrency=640), 9, 5, id="enough hosts for one more"),
        pytest.param(899, 100, FetchOptions(interval=0.1, concurrency=640), 9, 5, id="by the pace of the hosts"),
        pytest.param(900, 100, FetchOptions(interval=0.1, concurrency=640), 9, 6, id="hosts that allow one more"),
        pytest.param(900, 100, FetchOptions(interval=0.1, concurrency=640), 2, 2, id="by the cores, whatever the pace"),
        pytest.param(10_000, 10, FetchOptions(interval=0.25, concurrency=64_000), 99, 10, id="by the hosts looked at"),
        pytest.param(100, 400, FetchOptions(interval=1e9, concurrency=640), 9, 1, id="at least one"),
        pytest.param(0, 1, FetchOptions(interval=0.0), 9, 1, id="at least one without targets"),
        pytest.param(1, 1, FetchOptions(jobs=0), 9, 1, id="at least one if none is asked for"),
    ],
)
def test_there_are_as_many_processes_as_the_scarcest_thing_allows(
    monkeypatch: pytest.MonkeyPatch, hosts: int, each: int, options: FetchOptions, *, cores: int, jobs: int
) -> None:
    monkeypatch.setattr("linkcheck.fetch.workers.auto_jobs.cores", lambda: cores)
    found, source = jobs_for(Counted(hosts, each), options)
    assert found == jobs
    assert [count for _, count in source.hosts()] == [each] * hosts


def test_targets_are_taken_after_the_look_at_the_hosts() -> None:
    targets = many(1, 3)
    _, source = jobs_for(ListSource(targets), FetchOptions())
    assert [list(source.take("h0.example", 2)), list(source.take("h0.example", 2))] == [targets[:2], targets[2:]]


@pytest.mark.parametrize(("usable", "cores", "jobs"), [({1, 3, 5}, 9, 3), (None, 4, 4), (None, None, 1)])
def test_only_cores_that_this_process_can_use_count(
    monkeypatch: pytest.MonkeyPatch, usable: set[int] | None, cores: int | None, jobs: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    if usable is None:
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    else:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _process: usable, raising=False)
    assert jobs_for(Counted(100, 400), FetchOptions(interval=0.0, concurrency=640))[0] == jobs
