"""File descriptors: as many as the system grants, and no more concurrent requests than they allow."""

from linkcheck.errors import IncompleteError
from linkcheck.fetch.options import FetchOptions

OWN = 64
"""Descriptors for everything other than requests: files, the database, the event loop, the resolver."""
PER_REQUEST = 2
"""A connection in use, and an idle one for the host's next target."""
ENOUGH = 65_536
LEAST = 24
"""Descriptors that a single request needs in total."""
SHARED = 16
"""Descriptors that a crawl in several processes needs in addition to its workers."""
PER_JOB = 8
"""Descriptors per process: its pipes, and those of other workers that it inherits."""


def allowed(concurrency: int) -> tuple[int, str | None]:
    """How many concurrent requests this process can have, and a notice if fewer than configured.

    The soft limit is first raised to the hard one. Raises IncompleteError if not even one request is possible.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return concurrency, None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (ValueError, OSError):  # a system can grant less than it reports
            pass
    if soft != resource.RLIM_INFINITY and soft < LEAST:
        raise IncompleteError(
            f"only {soft} files may be open, and requests need {LEAST}: raise the limit, for example with `ulimit -n 256`"
        )
    most = concurrency if soft == resource.RLIM_INFINITY else max(1, (soft - OWN) // PER_REQUEST)
    if most >= concurrency:
        return concurrency, None
    return most, f"at most {most} requests at once, since {soft} files may be open (raise `ulimit -n`)"


def most_idle_connections(concurrency: int) -> int:
    """How many idle connections can be kept in addition to requests under way."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return ENOUGH
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return ENOUGH if soft == resource.RLIM_INFINITY else max(1, soft - OWN - concurrency)


def clamp_processes(jobs: int) -> int:
    """How many of these processes the descriptors allow."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return jobs
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return jobs if soft == resource.RLIM_INFINITY else max(1, min(jobs, (soft - SHARED) // PER_JOB))


def clamp_concurrency(options: FetchOptions) -> tuple[FetchOptions, tuple[str, ...]]:
    """The options with a concurrency that this process can have, and notices."""
    from msgspec.structs import replace

    concurrency, notice = allowed(options.concurrency)
    return replace(options, concurrency=concurrency), () if notice is None else (notice,)
