"""Crawls in real processes: interrupted, killed, shared out."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import msgspec
import pytest
from command import PATIENCE

from linkcheck.errors import UsageError
from linkcheck.fetch import FetchOptions, crawl
from linkcheck.fetch.options import HostOptions
from linkcheck.model import Target

CRAWLING = Path(__file__).with_name("crawling.py")


class Started:
    def __init__(self, targets: list[Target], options: FetchOptions) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
        # A crawl would wait for a reader if it wrote more into a pipe than fits in it.
        self.outcomes = TemporaryFile()  # noqa: SIM115 - read when the process has ended
        self.process = subprocess.Popen(
            [sys.executable, str(CRAWLING)], stdin=subprocess.PIPE, stdout=self.outcomes, env=environment
        )
        assert self.process.stdin is not None
        self.process.stdin.write(msgspec.json.encode({"targets": targets, "options": options}) + b"\n")
        self.process.stdin.flush()

    def children(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in tasks.read_text().split()]

    def end(self) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
        """Outcomes by URL, and the Crawl."""
        self.process.communicate(timeout=PATIENCE)
        self.outcomes.seek(0)
        lines = [msgspec.json.decode(line) for line in self.outcomes]
        outcomes = {line["url"]: line for line in lines[:-1]}
        assert len(outcomes) == len(lines) - 1, "no target twice"
        return outcomes, lines[-1]


Starts = Callable[..., Started]


@pytest.fixture
def start() -> Iterator[Starts]:
    running: list[Started] = []

    def begin(targets: list[Target], port: int, **options: Any) -> Started:
        options = {"interval": 0.0, "backoff": 0.01, "concurrency": 64, **options}
        given = FetchOptions(allow_addresses=("127.0.0.0/8",), allow_ports=(port,), **options)
        running.append(Started(targets, given))
        return running[-1]

    yield begin
    for started in running:
        started.process.kill()
        started.process.communicate()
        started.outcomes.close()


def test_a_dask_cluster_finds_what_one_process_finds(web: Any, start: Starts, cluster: tuple[str, list[int]]) -> None:
    targets = mixed(web)
    alone, first = start(targets, web.port, jobs=1).end()
    shared, second = start(targets, web.port, executor=cluster[0]).end()
    assert shape(alone) == shape(shared)
    assert (first["complete"], first["requests"]) == (second["complete"], second["requests"])


def test_a_dask_worker_that_is_killed_loses_nothing(web: Any, start: Starts, cluster: tuple[str, list[int]]) -> None:
    address, workers = cluster
    targets = [web.target(host, f"/ok/{n}") for host in range(30) for n in range(40)]
    started = start(targets, web.port, executor=address, interval=0.05)
    wait_for(lambda: len(web.asked) > 60)
    os.kill(workers[0], signal.SIGKILL)
    outcomes, crawl = started.end()
    assert set(outcomes) == {target.url for target in targets}
    assert {outcome["answer"]["status"] for outcome in outcomes.values()} == {200}
    assert crawl["complete"]


def test_a_dask_cluster_keeps_each_hosts_pace(web: Any, start: Starts, cluster: tuple[str, list[int]]) -> None:
    targets = [web.target(host, f"/ok/{n}") for host in range(4) for n in range(20)]
    start(targets, web.port, executor=cluster[0], interval=0.1).end()
    for host in {target.host for target in targets}:
        times = sorted(at for at, asked, _ in web.asked if asked.startswith(f"{host}:"))
        assert len(times) == 20
        # A busy machine may hear the first late; a pace that is not kept would halve the span.
        assert times[-1] - times[0] >= 19 * 0.1 * 0.8


@pytest.mark.parametrize(
    ("address", "says"),
    [
        pytest.param("spark://127.0.0.1:1", "not an executor", id="an executor we do not know"),
        pytest.param("dask://127.0.0.1:1", "no Dask scheduler responds at that address", id="a scheduler that is not there"),
        pytest.param("dask://127.0.0.1:port", "use dask://HOST:PORT", id="a port that is not a number"),
        pytest.param("dask://127.0.0.1:65536", "use dask://HOST:PORT", id="a port that is too high"),
        pytest.param("dask://127.0.0.1", "use dask://HOST:PORT", id="no port"),
        pytest.param("dask://[::1:8786", "use dask://HOST:PORT", id="a bracket that is not closed"),
        pytest.param("dask://http://a.example:8786", "use dask://HOST:PORT", id="a URL in the place of a host"),
    ],
)
def test_an_executor_that_cannot_be_is_a_usage_error(address: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        crawl([], lambda _: None, FetchOptions(executor=address, connect_timeout=0.5))


def wait_for(condition: Callable[[], object]) -> None:
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)


def shape(outcomes: dict[str, dict[str, Any]]) -> object:
    """What must not depend on how the work was shared out."""
    kept = ("probe", "answer", "failure", "hops", "attempts", "requests", "tried_statuses")
    return {url: {key: outcome[key] for key in kept} for url, outcome in outcomes.items()}


def mixed(web: Any, hosts: int = 12, each: int = 20) -> list[Target]:
    paths = ["/hop/{}", "/503/{}", *["/ok/{}"] * 5]
    return [web.target(host, paths[page % len(paths)].format(page)) for host in range(hosts) for page in range(each)]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_crawl_reports_what_it_found(web: Any, start: Starts, jobs: int, signum: int) -> None:
    started = start(
        [*mixed(web), *(web.target(host, f"/slow/{n}") for host in range(12) for n in range(20))], web.port, jobs=jobs
    )
    wait_for(lambda: sum("/slow" in path for _, _, path in web.asked) >= 2 and len(web.asked) > 50)
    if jobs == 1:
        started.process.send_signal(signum)
    else:  # as a terminal does: the whole group
        for process in (started.process.pid, *started.children()):
            os.kill(process, signum) if process == started.process.pid or signum == signal.SIGINT else None
    outcomes, crawl = started.end()
    assert crawl["interrupted"] == signum
    assert not crawl["complete"]
    assert outcomes
    assert [url for url in outcomes if "/slow" in url] == []
    assert started.process.returncode == 0, "the caller decides the exit code"


def test_two_processes_find_what_one_finds(web: Any, start: Starts) -> None:
    targets = mixed(web)
    alone, first = start(targets, web.port, jobs=1).end()
    together, second = start(targets, web.port, jobs=2).end()
    assert shape(alone) == shape(together)
    assert len(alone) == len(targets)
    assert (first["complete"], first["requests"]) == (second["complete"], second["requests"]) == (True, len(web.asked) // 2)


def test_a_killed_worker_loses_nothing(web: Any, start: Starts) -> None:
    targets = [web.target(host, f"/ok/{n}") for host in range(10) for n in range(40)]
    started = start(targets, web.port, jobs=2, interval=0.05)
    wait_for(lambda: len(web.asked) > 60)
    os.kill(started.children()[0], signal.SIGKILL)
    outcomes, crawl = started.end()
    assert set(outcomes) == {target.url for target in targets}
    assert {outcome["answer"]["status"] for outcome in outcomes.values()} == {200}
    assert crawl["complete"]
    assert "1 worker processes crashed" in crawl["notices"][0]


def test_processes_keep_the_pace_of_a_host_that_both_are_led_to(web: Any, start: Starts) -> None:
    targets = [web.target(host, f"/hop/{n}") for host in range(10) for n in range(4)]
    start(targets, web.port, jobs=2, interval=0.1).end()
    times = sorted(at for at, host, _ in web.asked if host.startswith("127.7.9.9:"))
    assert len(times) == 40
    # A busy machine may hear the first late; two paces of their own would halve the span.
    assert times[-1] - times[0] >= 39 * 0.1 * 0.8


def test_processes_together_are_no_more_at_once_at_a_host_than_one_would_be(web: Any, start: Starts) -> None:
    web.door_seconds = 0.5
    targets = [web.target(host, f"/hop/{n}") for host in range(10) for n in range(2)]
    outcomes, _ = start(targets, web.port, jobs=2, interval=0.05).end()
    assert {outcome["answer"]["status"] for outcome in outcomes.values()} == {200}
    assert web.most_at_doors == 2


def test_workers_end_when_their_parent_is_killed_and_say_nothing(
    web: Any, start: Starts, capfd: pytest.CaptureFixture[str]
) -> None:
    targets = [web.target(host, f"/ok/{n}") for host in range(10) for n in range(400)]
    started = start(targets, web.port, jobs=2, interval=0.2)
    wait_for(lambda: len(web.asked) > 30 and len(started.children()) == 2)
    children = started.children()
    started.process.kill()
    started.process.wait()
    wait_for(lambda: not any(Path(f"/proc/{child}/fd").exists() and alive(child) for child in children))
    assert capfd.readouterr().err == ""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_two_processes_share_the_time_of_the_run(web: Any, start: Starts) -> None:
    targets = mixed(web)
    outcomes, crawl = start(targets, web.port, jobs=2, max_time=50.0).end()
    assert set(outcomes) == {target.url for target in targets}
    assert crawl["complete"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_host_with_a_timeout_of_its_own_is_given_up_after_it(web: Any, start: Starts, jobs: int) -> None:
    slow, *others = [web.target(0, "/slow/1"), *(web.target(host, f"/ok/{n}") for host in (1, 2) for n in range(100))]
    hosts = (HostOptions(slow.host, timeout=0.5),)
    outcomes, crawl = start([slow, *others], web.port, jobs=jobs, hosts=hosts, timeout=40.0, retries=0).end()
    assert crawl["complete"]
    assert {outcomes[target.url]["answer"]["status"] for target in others} == {200}
    assert outcomes[slow.url]["failure"]["message"] == f"{slow.host} did not respond within 0.5 s"


def test_an_interrupted_crawl_on_a_dask_cluster_is_told(web: Any, start: Starts, cluster: tuple[str, list[int]]) -> None:
    targets = [web.target(host, f"/ok/{n}") for host in range(30) for n in range(40)]
    started = start(targets, web.port, executor=cluster[0], interval=0.05)
    wait_for(lambda: len(web.asked) > 60)
    started.process.send_signal(signal.SIGINT)
    _, crawl = started.end()
    assert (crawl["interrupted"], crawl["complete"]) == (signal.SIGINT, False)
    assert started.process.returncode == 0, "the caller decides the exit code"
