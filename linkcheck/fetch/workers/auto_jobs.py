"""Decides how many processes to start."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.forks import cores
from linkcheck.model import Target

PER_SECOND = 1500
"""Requests per second that one process handles with ease; if rate limits or latency allow no more, one is enough."""
SLOTS = 64
"""Concurrent requests below which a process mostly waits for the network."""
TARGETS = 2500
"""Targets that justify the start of a process."""
HOSTS = 8
_SCANNED_BYTES = 4096


class PeekedSource:
    """A TargetSource whose first hosts have already been read."""

    def __init__(self, head: Sequence[tuple[str, int]], rest: Iterator[tuple[str, int]], source: TargetSource) -> None:
        self._hosts = chain(head, rest)
        self._source = source

    def hosts(self) -> Iterator[tuple[str, int]]:
        return self._hosts

    def take(self, host: str, count: int) -> Sequence[Target]:
        return self._source.take(host, count)


def jobs_for(source: TargetSource, options: FetchOptions) -> tuple[int, TargetSource]:
    """The number of processes for these targets on this machine, and the source to continue with."""
    if options.replay is not None or options.record is not None:
        return 1, source  # one file, one reader or writer
    if options.jobs is not None:
        return max(1, options.jobs), source
    hosts = iter(source.hosts())
    head = list(islice(hosts, _SCANNED_BYTES))
    targets = sum(count for _, count in head)
    jobs = min(cores(), options.concurrency // SLOTS, targets // TARGETS, len(head) // HOSTS)
    if options.interval > 0:
        jobs = min(jobs, int(len(head) / options.interval / PER_SECOND))
    return max(1, jobs), PeekedSource(head, hosts, source)
