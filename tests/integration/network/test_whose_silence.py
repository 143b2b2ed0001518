"""Silent hosts and networks that are down, in a network namespace with a name server of its own."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from command import PATIENCE, PROJECT, article, surroundings
from tools import missing, program

LAB = Path(__file__).with_name("lab.py")
HASTY = ("--interval", "0.02", "--retries", "1", "--connect-timeout", "1", "--timeout", "20", "--report", "json")
ALLOWED = ("--allow-address", "127.0.0.0/8", "--allow-address", "10.66.0.0/16")
IMPATIENT = """
import msgspec, linkcheck.fetch.scheduling.crawler as c
import linkcheck.fetch.http.resolver as r, linkcheck.pipeline.options as a
c.PATIENCE_AT_START = 0.5
r.SECONDS = {lookup}
a.fetch_options = lambda config, _f=a.fetch_options: msgspec.structs.replace(_f(config), patience={patience}, backoff=0.1)
"""


UNSHARE = ("unshare", "--net", "--mount", *(() if os.geteuid() == 0 else ("--map-root-user",)))


@pytest.fixture(scope="module", autouse=True)
def _namespaces() -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux has network namespaces")
    program("unshare", package="util-linux")
    program("ip", package="iproute2")
    link = ("ip", "link", "add", "hole", "type", "veth", "peer", "name", "end")
    done = subprocess.run([*UNSHARE, *link], capture_output=True, text=True, check=False)
    if done.returncode:
        missing("a network namespace", f"allow {' '.join(UNSHARE)} ({done.stderr.strip()})")


class Lab:
    """One process for all plans of this file (`lab.py`)."""

    def __init__(self) -> None:
        environment = surroundings(PYTHONPATH=os.pathsep.join((str(PROJECT), str(PROJECT / "tests/support"))))
        script = [*UNSHARE, sys.executable, str(LAB)]
        self._process = subprocess.Popen(
            script, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )

    def happen(self, plan: dict[str, object]) -> None:
        given, said = self._process.stdin, self._process.stdout
        assert given is not None
        assert said is not None
        given.write(msgspec.json.encode(plan) + b"\n")
        given.flush()
        ready, _, _ = select.select([said], [], [], PATIENCE)
        assert ready, "the lab hangs"
        assert said.readline() == b"happened\n"

    def end(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()


@pytest.fixture(scope="module")
def lab(_namespaces: None) -> Iterator[Lab]:
    lab = Lab()
    yield lab
    lab.end()


class Night(NamedTuple):
    """One run: exit code, targets by verdict, the reasons of each verdict, notices on stderr."""

    code: int
    verdicts: dict[str, int]
    reasons: dict[str, set[str]]
    codes: set[str]
    err: str


class Ran(NamedTuple):
    nights: list[Night]
    lookups: dict[str, int]


Runs = Callable[..., Ran]


@pytest.fixture
def run(lab: Lab, tmp_path: Path) -> Runs:
    return partial(run_in, lab, tmp_path)


def run_in(
    lab: Lab,
    folder: Path,
    hosts: int,
    each: int,
    *,
    options: tuple[str, ...] = (),
    nights: int = 1,
    patience: float = 0.5,
    lookup: float = 0.5,
    domains: tuple[str, ...] = ("com",),
    **plan: object,
) -> Ran:
    for host in range(hosts):
        urls = [f"http://www.dom{host}.{domains[host % len(domains)]}/p/{page}" for page in range(each)]
        related = [{"title": "A title", "webUrl": url} for url in urls[1:]]
        (folder / f"a{host}.md").write_text(article(title="A page", webUrl=urls[0], related=related))
    before = IMPATIENT.format(patience=patience, lookup=lookup)
    days = [
        f"{before}\nimport functools, linkcheck.pipeline as p\nfrom datetime import UTC, datetime, timedelta\n"
        f"p.RunContext = functools.partial(p.RunContext, now=lambda: datetime.now(UTC) + timedelta(days={day}))"
        for day in range(nights)
    ]
    arguments = ["check", *HASTY, *ALLOWED, *options]
    lab.happen({"folder": str(folder), "before": days, "arguments": arguments, **plan})
    happened = msgspec.json.decode((folder / "happened.json").read_bytes())
    found = []
    for code, report, err in zip(happened["codes"], happened["reports"], happened["errors"], strict=True):
        assert "Traceback" not in err
        read = msgspec.json.decode(report)
        reasons: dict[str, set[str]] = {}
        for target in read["targets"]:
            reasons.setdefault(target["verdict"], set()).add(target["reason"])
        verdicts = {kind: count for kind, count in read["summary"]["verdicts"].items() if count}
        found.append(Night(code, verdicts, reasons, {finding["code"] for finding in read["findings"]}, err))
    return Ran(found, happened["lookups"])


def faults(count: int, kind: str) -> dict[str, str]:
    return {f"www.dom{host}.com": kind for host in range(count)}


JOBS = pytest.mark.parametrize("jobs", [1, 2], ids=["one process", "two processes"])


@pytest.mark.parametrize(
    ("silent", "hosts", "kind", "jobs"),
    [
        (3, 20, "black hole", 2),
        (25, 60, "servfail", 2),
        (25, 60, "black hole", 1),
        (38, 60, "silent", 1),
    ],
)
def test_silent_hosts_are_unreachable_and_everything_else_is_checked(
    run: Runs, silent: int, hosts: int, kind: str, jobs: int
) -> None:
    ran = run(hosts, 2, options=("--jobs", str(jobs)), names=faults(silent, kind))
    (night,) = ran.nights
    assert night.code in (0, 1), night.err
    assert night.verdicts == {"ok": 2 * (hosts - silent), "unreachable": 2 * silent}


@pytest.mark.parametrize(("silent", "kind"), [(1, "black hole"), (12, "servfail")])
def test_with_a_history_a_strike_is_counted_each_night(run: Runs, silent: int, kind: str) -> None:
    options = ("--history", "h.sqlite3", "--max-age", "0", "--strikes", "3", "--strike-days", "1")
    ran = run(20, 2, options=options, nights=3, names=faults(silent, kind))
    assert [night.code for night in ran.nights] == [0, 0, 1], "the third strike makes errors of warnings"
    for night in ran.nights:
        assert night.verdicts == {"ok": 2 * (20 - silent), "unreachable": 2 * silent}


@pytest.mark.parametrize(
    ("server", "hosts", "each", "jobs"),
    [
        ("silent", 1, 3, 1),
        ("servfail", 9, 5, 1),
        ("refused", 2, 20, 2),
        ("nxdomain", 1, 3, 1),
        ("nxdomain", 9, 5, 2),
        ("nodata", 2, 20, 1),
        ("private", 1, 3, 1),
        ("private", 9, 5, 2),
        ("nowhere", 2, 20, 1),
    ],
)
def test_a_name_server_that_fails_for_all_is_the_network(run: Runs, server: str, hosts: int, each: int, jobs: int) -> None:
    (night,) = run(hosts, each, options=("--jobs", str(jobs)), server=server).nights
    assert (night.code, night.verdicts) == (4, {"skipped": hosts * each})


@pytest.mark.parametrize(
    ("turn", "hosts", "jobs"),
    [
        ("off", 2, 1),
        ("off", 9, 2),
        ("silent", 20, 2),
        ("servfail", 2, 1),
        ("servfail", 60, 2),
        ("nxdomain", 5, 2),
        ("nxdomain", 60, 1),
    ],
)
def test_a_network_that_is_gone_in_mid_run_judges_nobody(run: Runs, turn: str, hosts: int, jobs: int) -> None:
    # Each host is looked up anew where its address is not known, so the last ones meet the fault.
    options = (
        "--jobs",
        str(jobs),
        "--concurrency",
        "8" if hosts > 9 else "2",
        *(("--timeout", "3") if turn == "off" else ()),
    )
    each = 20 if turn == "off" else 2
    (night,) = run(hosts, each, options=options, turn=turn, turns=max(1, hosts // 2)).nights
    known_before = turn != "off" and night.verdicts == {"ok": hosts * each}
    assert night.code == (0 if known_before else 4), night
    assert night.verdicts.keys() - {"ok", "skipped"} == set()
    assert sum(night.verdicts.values()) == hosts * each


@pytest.mark.parametrize(("kind", "jobs"), [("503", 2), ("black hole", 1), ("servfail", 2)])
def test_a_host_that_fails_as_a_whole_has_one_reason_for_all_its_links(run: Runs, kind: str, jobs: int) -> None:
    ran = run(4, 20, options=("--jobs", str(jobs)), names=faults(1, kind))
    (night,) = ran.nights
    assert (night.code, night.verdicts) == (0, {"ok": 60, "unreachable": 20})
    assert len(night.reasons["unreachable"]) == 1
    assert "LC214" in night.codes
    assert "LC213" not in night.codes


@pytest.mark.parametrize("others", [0, 5])
def test_a_host_with_ipv6_only_is_a_limit_of_this_machine_and_never_an_error(run: Runs, others: int) -> None:
    options = ("--history", "h.sqlite3", "--max-age", "0", "--strikes", "2", "--strike-days", "1")
    # Nothing is silent here, however late a busy machine is.
    patient = (*options, "--connect-timeout", "20")
    ran = run(1 + others, 2, options=patient, lookup=20, nights=3, names=faults(1, "ipv6"))
    for night in ran.nights:
        assert (night.code, night.verdicts) == (0, {**({"ok": 2 * others} if others else {}), "unreachable": 2})
        (reason,) = night.reasons["unreachable"]
        assert "this machine has no IPv6 route; this is a limit of this run, not of the page" in reason


@pytest.mark.parametrize(("kind", "code"), [("rejected", 0), ("no route", 4)])
def test_a_router_that_rejects_one_host_is_not_a_machine_without_a_route(run: Runs, kind: str, code: int) -> None:
    (night,) = run(1, 3, names=faults(1, kind), options=("--allow-address", "10.0.0.0/8")).nights
    assert (night.code, night.verdicts) == (code, {"skipped" if code else "unreachable": 3})


PROXIED = ("--proxy", "http://127.0.0.1:80")


@pytest.mark.parametrize(
    ("status", "hosts", "jobs", "turns"), [("407", 1, 1, 0), ("502", 30, 1, 0), ("502", 2, 1, 3), ("407", 9, 2, 8)]
)
def test_a_proxy_that_refuses_everything_is_the_network(run: Runs, status: str, hosts: int, jobs: int, turns: int) -> None:
    options = (*PROXIED, "--jobs", str(jobs), "--concurrency", "2")
    (night,) = run(hosts, 4, options=options, server="well" if turns else status, turn=status, turns=turns).nights
    assert night.code == 4, night
    assert night.verdicts.keys() - ({"ok", "skipped"} if turns else {"skipped"}) == set()
    assert sum(night.verdicts.values()) == hosts * 4


def test_a_proxy_that_cannot_connect_to_one_host_is_a_limit_of_the_run(run: Runs) -> None:
    options = (*PROXIED, "--history", "h.sqlite3", "--max-age", "0", "--strikes", "2", "--strike-days", "1")
    ran = run(9, 4, options=options, nights=3, names={"www.dom0.com": "502"})
    for night in ran.nights:
        assert (night.code, night.verdicts) == (0, {"ok": 32, "unreachable": 4})


def test_a_short_outage_leaves_no_trace(run: Runs) -> None:
    (night,) = run(20, 10, turn="off", turns=40, back=3.0, patience=60.0).nights
    assert (night.code, night.verdicts) == (0, {"ok": 200})


@JOBS
def test_a_name_that_does_not_exist_is_one_reason_and_few_look_ups(run: Runs, jobs: int) -> None:
    ran = run(4, 20, options=("--jobs", str(jobs)), names=faults(1, "nxdomain"))
    (night,) = ran.nights
    assert (night.code, night.verdicts) == (1, {"ok": 60, "dead": 20})
    assert len(night.reasons["dead"]) == 1
    assert "LC214" not in night.codes
    assert ran.lookups["www.dom0.com"] <= 3


@pytest.mark.parametrize("denied", ["com", "de"])
def test_a_name_server_that_denies_a_top_level_domain_makes_no_page_dead(run: Runs, denied: str) -> None:
    (night,) = run(20, 2, domains=("com", "de"), denied=[denied]).nights
    assert (night.code, night.verdicts) == (0, {"ok": 20, "unreachable": 20})
    reasons = night.reasons["unreachable"]
    assert reasons
    assert [reason for reason in reasons if f"does not know the top-level domain .{denied}" not in reason] == []


def test_a_name_server_that_denies_the_only_top_level_domain_is_the_network(run: Runs) -> None:
    (night,) = run(20, 2, denied=["com"]).nights
    assert (night.code, night.verdicts) == (4, {"skipped": 40})


def test_a_name_of_an_invented_top_level_domain_is_dead(run: Runs) -> None:
    ran = run(4, 2, domains=("com", "invalidtld"), denied=["invalidtld"])
    (night,) = ran.nights
    assert (night.code, night.verdicts) == (1, {"ok": 4, "dead": 4})
    assert ran.lookups["www.dom1.invalidtld"] <= 3


def test_a_name_with_a_private_address_is_refused_where_other_names_have_public_ones(run: Runs) -> None:
    (night,) = run(4, 2, names=faults(1, "private")).nights
    assert (night.code, night.verdicts) == (1, {"ok": 6, "skipped": 2})
    assert "LC215" in night.codes


def test_a_captive_name_server_that_lets_go_leaves_no_trace(run: Runs) -> None:
    (night,) = run(20, 10, turn="private", turns=5, back=3.0, patience=60.0, options=("--concurrency", "2")).nights
    assert (night.code, night.verdicts) == (0, {"ok": 200})


@JOBS
def test_redirects_into_a_silent_host_end_in_time(run: Runs, jobs: int) -> None:
    moved = {f"www.dom{host}.com": "http://www.new.com/t" for host in range(3)}
    options = ("--jobs", str(jobs), "--max-time", "60")
    (night,) = run(5, 12, options=options, names={"www.new.com": "black hole"}, moved=moved).nights
    assert (night.code, night.verdicts) == (0, {"ok": 24, "unreachable": 36}), night.err
