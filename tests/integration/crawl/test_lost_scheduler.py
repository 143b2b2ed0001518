"""A Dask scheduler that goes away in the middle of a run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from command import PATIENCE

from linkcheck.fetch import FetchOptions

HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE.parents[2])}


@pytest.fixture
def scheduler() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a scheduler with one worker, and the scheduler's process."""
    script = [sys.executable, str(HERE / "scheduler.py")]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        worker = subprocess.Popen(
            [*(sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "2", "--no-nanny")],
            env=ENVIRONMENT,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield address.removeprefix("tcp://"), process
        finally:
            process.kill()
            worker.kill()
            worker.wait()


def started(web: Any, place: str, **options: Any) -> subprocess.Popen[bytes]:
    """A crawl on the scheduler; its workers must have joined, which takes a moment."""
    targets = [web.target(host, f"/ok/{n}") for host in range(40) for n in range(40)]
    given = FetchOptions(
        allow_addresses=("127.0.0.0/8",),
        allow_ports=(web.port,),
        executor=f"dask://{place}",
        interval=0.2,
        backoff=0.01,
        **options,
    )
    process = subprocess.Popen(
        [sys.executable, str(HERE / "crawling.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode({"targets": targets, "options": given}) + b"\n")
    process.stdin.flush()
    return process


def wait_for_workers(place: str) -> None:
    from distributed import Client

    connect: Any = Client
    with connect(f"tcp://{place}", timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=PATIENCE)


def test_a_lost_scheduler_ends_the_run_with_one_sentence(web: Any, scheduler: tuple[str, subprocess.Popen[bytes]]) -> None:
    place, process = scheduler
    wait_for_workers(place)
    crawling = started(web, place)
    ends = time.monotonic() + PATIENCE
    while len(web.asked) < 60:
        assert time.monotonic() < ends
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    try:
        out, err = crawling.communicate(timeout=PATIENCE)
    finally:
        crawling.kill()
    ended = msgspec.json.decode(out.splitlines()[-1])
    assert ended["because"] == f"the Dask scheduler at {place} was lost; the results received before that are kept"
    assert not ended["complete"]
    assert not ended["network_down"]
    assert err == b""
    assert crawling.returncode == 0, "the caller decides the exit code"
