"""A Dask cluster on loopback: prints the scheduler's address and the workers' process ids, ends with its stdin."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import distributed

Cluster: Callable[..., Any] = distributed.LocalCluster
Client: Callable[..., Any] = distributed.Client


def main() -> None:
    with (
        Cluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1") as cluster,
        Client(cluster) as client,
    ):
        sys.stdout.write(json.dumps([cluster.scheduler_address, list(client.run(os.getpid).values())]) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
