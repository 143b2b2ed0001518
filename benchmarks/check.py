"""linkcheck as a user types it, from the articles to the report, against lychee and against itself.

    python benchmarks/check.py                     10,000 and 50,000 page URLs, then `validate` of 2,000 articles
    python benchmarks/check.py --urls 200000 --runs 3
    python benchmarks/check.py --only validate     one part: lychee, itself, steps or validate

The articles have 20 page URLs each and no findings, because the web (`news.py`) says what they say; linkcheck reads every
page, compares it and writes a JSON report. lychee is given the URLs in a file, checks that they respond, and writes a JSON
report as well. Neither has a pace; the network of its own is that of `crawl.py` (Linux, as root or with user namespaces).

The middle run by time is shown, then the span of all. CPU is user and system time of a command with all its processes.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from crawl import HERE, Run, lychee_on, measure, web
from names import INSIDE, arrange, move_in
from news import PAGES, article_of, rich_article_of, urls_of

PARTS = ("lychee", "itself", "steps", "validate")
CONFIGURATION = """\
# What the loopback needs: its addresses are private, it has no certificates, and it does not need a pace.
allow-address = ["127.0.0.0/8"]
ignore = ["insecure-url"]
interval = 0
per-host = 8
concurrency = 128
"""
RICH, RICH_LINKS = 2_000, 62_000


def make(folder: Path, articles: int, hosts: int, text: Callable[[int, int], str]) -> None:
    """Write articles, and the configuration, into a folder."""
    folder.mkdir()
    (folder / "linkcheck.toml").write_text(CONFIGURATION, encoding="utf-8")
    for number in range(articles):
        (folder / f"{number:06}.md").write_text(text(number, hosts), encoding="utf-8")


def linkcheck(folder: Path, *words: str, script: Sequence[str] = ("-m", "linkcheck")) -> Run:
    """Run a command that writes a JSON report, and end if there is anything in it to fix."""
    report = folder.with_suffix(".json")
    run = measure([sys.executable, *script, *words, "--report", f"json:{report}"], folder)
    told = json.loads(report.read_bytes())
    summary = told["summary"]
    if any(summary["findings"].values()) or not summary["complete"]:
        sys.exit(f"{' '.join(words)}: {summary}\n{json.dumps(told['problems'][:3], indent=2)}")
    kinds = {kind: count for kind, count in summary["verdicts"].items() if count}
    return run._replace(found=run.found or f"{summary['articles']:,} articles, {summary['links']:,} links, verdicts {kinds}")


def show(name: str, number: int, runs: Sequence[Run]) -> Run:
    """Print the middle run by time, and how far the others are from it."""
    ranked = sorted(runs)
    middle, best, worst = ranked[len(ranked) // 2], ranked[0], ranked[-1]
    cpu = statistics.median(run.cpu for run in runs)
    span = f"  (of {len(runs)}: {best.seconds:.2f} to {worst.seconds:.2f} s)" if len(runs) > 1 else ""
    each = cpu / number * 1e6
    print(f"  {name:<26} {middle.seconds:7.2f} s {cpu:7.2f} s CPU {each:6.0f} us each {middle.memory:5.0f} MB{span}")
    return middle._replace(cpu=cpu)


def against_lychee(folder: Path, urls: int, hosts: int, runs: int) -> None:
    print(f"{urls:,} page URLs in {urls // PAGES:,} articles on {hosts} hosts: `linkcheck check` against lychee")
    addresses = [url for article in range(urls // PAGES) for url in urls_of(article, hosts)]
    theirs: list[Run] = []
    ours: dict[str, list[Run]] = {"1": [], "2": []}
    with web("--news", str(hosts), named=True) as spent:
        for _ in range(runs):
            theirs.append(lychee_on(addresses, "--host-request-interval", "0ms", "--host-concurrency", "64"))
            for jobs, those in ours.items():
                those.append(linkcheck(folder, "check", "--jobs", jobs))
    rival = show("lychee", urls, theirs)
    print(f"    {rival.found}")
    for jobs, those in ours.items():
        run = show(f"linkcheck --jobs {jobs}", urls, those)
        speed, cpu, memory = rival.seconds / run.seconds, run.cpu / rival.cpu, run.memory / rival.memory
        print(f"    {run.found}")
        print(f"    {speed:.2f} times lychee's speed, {cpu:.2f} times its CPU, {memory:.2f} times its memory")
    each = spent["cpu"] / spent["requests"] * 1e6
    print(f"  the web itself took {each:.0f} us CPU for each of {spent['requests']:,.0f} requests\n")


def against_itself(folder: Path, urls: int, hosts: int, runs: int) -> None:
    print(f"{urls:,} page URLs in {urls // PAGES:,} articles: linkcheck's commands, with a history")
    history = folder.with_suffix(".db")
    kept = ("--history", str(history))
    spent: dict[str, list[Run]] = {}
    with web("--news", str(hosts), named=True):
        for _ in range(runs):
            for left in folder.parent.glob(f"{history.name}*"):
                left.unlink()
            for name, words in (
                ("validate", ("validate",)),
                ("check", ("check", *kept)),
                ("check, all reused", ("check", *kept)),
                ("report", ("report", *kept)),
            ):
                spent.setdefault(name, []).append(linkcheck(folder, *words))
    for name, those in spent.items():
        show(name, urls, those)
    print(f"  the history has {history.stat().st_size / 1e6:.0f} MB after these runs\n")


def by_step(folder: Path, urls: int, hosts: int, runs: int) -> None:
    print(f"{urls:,} page URLs in {urls // PAGES:,} articles: CPU of the steps of `linkcheck check`, us a URL")
    with web("--news", str(hosts), named=True):
        for jobs in ("1", "2"):
            script = (str(HERE / "steps.py"),)
            told = [json.loads(linkcheck(folder, "check", "--jobs", jobs, script=script).found) for _ in range(runs)]
            steps = {name: statistics.median(one[name] for one in told) / urls * 1e6 for name in told[0]}
            parts = ", ".join(f"{name} {cpu:.0f}" for name, cpu in steps.items())
            print(f"  --jobs {jobs}   {parts}; together {sum(steps.values()):.0f}")
    print()


def validate(place: Path, hosts: int, runs: int) -> None:
    folder = place / "rich"
    make(folder, RICH, hosts, rich_article_of)
    print(f"{RICH:,} articles of 10 KB with {RICH_LINKS:,} links: `linkcheck validate`, CPU for each article")
    run = show("validate", RICH, [measure([sys.executable, "-m", "linkcheck", "validate"], folder) for _ in range(runs)])
    if "No problems found" not in run.found:
        sys.exit(run.found[-2000:])
    print(f"    {run.found.splitlines()[0]}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--urls", type=int, action="append", help="page URLs, 20 an article; can be repeated")
    parser.add_argument("--hosts", type=int, default=160)
    parser.add_argument("--runs", type=int, default=5, help="how often to measure each")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part; can be repeated")
    parser.add_argument(INSIDE, action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not given.inside:
        move_in()
    arrange()
    parts = given.only or PARTS
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for urls in given.urls or (10_000, 50_000):
            folder = place / str(urls)
            make(folder, urls // PAGES, given.hosts, article_of)
            for part, measured in (("lychee", against_lychee), ("itself", against_itself), ("steps", by_step)):
                if part in parts:
                    measured(folder, urls, given.hosts, given.runs)
        if "validate" in parts:
            validate(place, given.hosts, given.runs)


if __name__ == "__main__":
    main()
