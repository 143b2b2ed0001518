"""A crawl as a process: reads targets and options as JSON from stdin, writes outcomes and the end as JSON lines."""

import os
import sys

import msgspec

from linkcheck.fetch import FetchOptions, crawl
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.model import Outcome, Target


class Work(msgspec.Struct):
    targets: list[Target]
    options: FetchOptions


def main() -> None:
    work = msgspec.json.decode(sys.stdin.buffer.readline(), type=Work)

    def record(outcomes: "list[Outcome]") -> None:
        for outcome in outcomes:
            os.write(1, msgspec.json.encode(outcome) + b"\n")

    ended = crawl(ListSource(work.targets), record, work.options)  # type: ignore[arg-type]
    os.write(1, msgspec.json.encode(ended) + b"\n")


if __name__ == "__main__":
    main()
