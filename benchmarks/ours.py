"""One crawl of the loopback web by linkcheck, in a process of its own; prints what it took as JSON.

Every outcome is kept, in a SQLite file, as a run with history keeps it. Targets are made as they are needed.
"""

import argparse
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from hosts import url_of

from linkcheck.fetch import Options, crawl
from linkcheck.model import Outcome, Probe, Target


class Made:
    """A Supply of `sizes[n]` targets for host n."""

    def __init__(self, sizes: Sequence[int], port: int) -> None:
        self.sizes = sizes
        self.port = port
        self.taken: dict[str, int] = {}
        self.numbers = {name: number for number, name in enumerate(self.name(n) for n in range(len(sizes)))}

    @staticmethod
    def name(number: int) -> str:
        return url_of(number, 0, 0).partition("//")[2].partition(":")[0]

    def hosts(self) -> Iterator[tuple[str, int]]:
        for number in sorted(range(len(self.sizes)), key=lambda number: -self.sizes[number]):
            yield self.name(number), self.sizes[number]

    def take(self, host: str, count: int) -> Sequence[Target]:
        number = self.numbers[host]
        first = self.taken.get(host, 0)
        last = min(self.sizes[number], first + count)
        self.taken[host] = last
        return [Target(url_of(number, page, self.port), Probe.STATUS, host) for page in range(first, last)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", required=True, help="a JSON file: how many targets each host has")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--concurrency", type=int, default=128)
    parser.add_argument("--per-host", type=int, default=8)
    parser.add_argument("--interval", type=float, default=0.0)
    given = parser.parse_args()
    with Path(given.sizes).open(encoding="utf-8") as file:
        supply = Made(json.load(file), given.port)
    options = Options(
        concurrency=given.concurrency,
        per_host=given.per_host,
        interval=given.interval,
        jobs=given.jobs,
        allow_addresses=("127.0.0.0/8",),
        allow_ports=(given.port,),
    )
    statuses: dict[str, int] = {}
    with tempfile.NamedTemporaryFile(suffix=".db") as file_:
        database = sqlite3.connect(file_.name, isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE outcome (url, record)")
        encode = msgspec.msgpack.Encoder().encode

        def record(outcomes: Sequence[Outcome]) -> None:
            database.execute("BEGIN")
            rows = ((outcome.url, encode(outcome)) for outcome in outcomes)
            database.executemany("INSERT INTO outcome VALUES (?, ?)", rows)
            database.execute("COMMIT")
            for outcome in outcomes:
                key = str(outcome.answer.status) if outcome.answer else str(outcome.failure and outcome.failure.kind)
                statuses[key] = statuses.get(key, 0) + 1

        began = time.perf_counter()
        ended = crawl(supply, record, options)
        seconds = time.perf_counter() - began
        database.close()
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in (own, workers))
    memory = {"parent": own.ru_maxrss / 1024, "largest worker": workers.ru_maxrss / 1024}
    print(
        json.dumps(
            {"seconds": seconds, "cpu": cpu, "memory": memory, "complete": ended.complete, "statuses": statuses}, indent=1
        )
    )


if __name__ == "__main__":
    main()
