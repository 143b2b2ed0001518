"""Hostile servers cost little memory and no more time than the deadline, in a process of their own."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from command import PATIENCE
from loopback import Loopback

from linkcheck.fetch.options import FetchOptions

MEASURE = """
import asyncio, json, re, sys, time, msgspec
from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.transports import build_transport
from linkcheck.model import Probe, Target
given = json.load(sys.stdin)
options = msgspec.convert(given["options"], FetchOptions)
async def main():
    transport = build_transport(options)
    slowest = 0.0
    for url in given["urls"]:
        for probe in Probe:
            outcome = await follow(Target(url, probe, ""), transport, options)
            slowest = max(slowest, outcome.seconds)
    await transport.aclose()
    return slowest, [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]
slowest, tasks = asyncio.run(main())
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
json.dump({"slowest": slowest, "peak": peak, "tasks": tasks}, sys.stdout)
"""
HOSTILE = [
    *(
        "/infinite",
        "/infinite-image",
        "/bomb",
        "/headers-endless",
        "/headers-100k",
        "/headers-tiny",
        "/line-1m",
        "/interim-endless",
    ),
    *("/trailer-flood", "/slow-body", "/slow-headers", "/silent", "/growing"),
]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_every_hostile_server_ends_within_the_deadline_and_in_little_memory(
    options: FetchOptions, loopback: Loopback
) -> None:
    given = {
        "urls": [f"http://a.example{path}" for path in HOSTILE],
        "options": msgspec.to_builtins(msgspec.structs.replace(options, timeout=1.0)),
    }
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["tasks"] == []
    assert told["slowest"] < PATIENCE  # without a deadline they never end
    assert told["peak"] < 100_000  # kB
