"""One crawl of the loopback web by linkcheck, in a process of its own; prints what came of it as JSON.

Every outcome is kept, in a SQLite file, as a run with history keeps it. Targets are made as they are needed.
"""

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from hosts import url_of

from linkcheck.fetch import FetchOptions, crawl
from linkcheck.model import Outcome, Probe, Target


class Made:
    """A Supply of as many targets as each place (a host, with its port where it has one) shall have."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.places = {place.partition(":")[0]: (place, size) for place, size in places.items()}
        self.taken: dict[str, int] = {}

    def hosts(self) -> Iterator[tuple[str, int]]:
        for host, (_, size) in sorted(self.places.items(), key=lambda item: -item[1][1]):
            yield host, size

    def take(self, host: str, count: int) -> Sequence[Target]:
        place, size = self.places[host]
        first = self.taken.get(host, 0)
        last = min(size, first + count)
        self.taken[host] = last
        return [Target(url_of(place, page), Probe.STATUS, host) for page in range(first, last)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", required=True, help="a JSON file: how many targets each host[:port] has")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--concurrency", type=int, default=128)
    parser.add_argument("--per-host", type=int, default=8)
    parser.add_argument("--interval", type=float, default=0.0)
    given = parser.parse_args()
    with Path(given.places).open(encoding="utf-8") as file:
        places = json.load(file)
    options = FetchOptions(
        concurrency=given.concurrency,
        per_host=given.per_host,
        interval=given.interval,
        jobs=given.jobs,
        allow_addresses=("127.0.0.0/8",),
        allow_ports=tuple({int(port) for place in places if (port := place.partition(":")[2])}),
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
        ended = crawl(Made(places), record, options)
        seconds = time.perf_counter() - began
        database.close()
    print(json.dumps({"seconds": seconds, "complete": ended.complete, "statuses": statuses}))


if __name__ == "__main__":
    main()
