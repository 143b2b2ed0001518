"""The main job on the seed article, over real sockets and real TLS: from the tree, and from the wheel people install."""

import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import jsonschema
import msgspec
import pytest
from command import PATIENCE, PROJECT, SEEDS, Done, linkcheck, surroundings

from linkcheck.fetch.replay.player import ReplayedAnswer, _answer, read_web
from linkcheck.model import Json

if TYPE_CHECKING:
    from loopback import Asked, Loopback, Reader, Writer

NOT_ANSWERING = "www.rt.com"
BOT_WALL = "https://www.computing.co.uk/news/4033149/information-commissioner-warning-facial-recognition"
SCHEMA = msgspec.json.decode((PROJECT / "schemas" / "report.schema.json").read_bytes())


class Found(msgspec.Struct, frozen=True):
    """What a run says of a target."""

    verdict: str
    status: int | None
    final_url: str | None
    hops: tuple[tuple[str, int, str | None], ...]
    size: tuple[int | None, int | None] | None
    title: str | None


@pytest.fixture
def seed_web(loopback: "Loopback") -> tuple[str, ...]:
    """The options that lead to `seeds/web.toml` on sockets: every host with a certificate, one that takes no connection."""
    web = read_web(str(SEEDS / "web.toml"))
    urls = {row["url"] for row in links()} | {key for key in web if "*" not in key}
    hosts = sorted({urlsplit(url).hostname or "" for url in urls})

    async def play(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        status, headers, content = _answer(_reply(web, f"https://{asked.host}{asked.path}"), asked.headers.get("range"))
        lines = [b"HTTP/1.1 %d Whatever" % status, *(name + b": " + value for name, value in headers), b"Connection: close"]
        writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + content)

    for url in urls:
        parts = urlsplit(url)
        loopback.behaviours[f"{parts.hostname}{parts.path}"] = play
    return (
        *("--ca-bundle", loopback.ca_file, "--allow-address", "127.0.0.0/8", "--interval", "0", "--retries", "0"),
        *("--connect-timeout", str(PATIENCE), "--timeout", str(PATIENCE)),
        *("--resolve", f"{NOT_ANSWERING}:443=127.0.0.1:{loopback.ports['closed']}"),
        *("--resolve", f"*:443=127.0.0.1:{loopback.serve(*hosts)}"),
    )


def _reply(web: dict[str, tuple[ReplayedAnswer, ...]], url: str) -> ReplayedAnswer:
    found = web.get(url) or next(replies for key, replies in web.items() if "*" in key and fnmatch(url, key))
    return found[0]


def links() -> list[dict[str, str]]:
    lines = linkcheck("links", "--json", "seeds", cwd=PROJECT).out.splitlines()
    return [msgspec.json.decode(line) for line in lines]


def report_of(done: Done) -> dict[str, list[dict[str, Json]]]:
    report: dict[str, list[dict[str, Json]]] = msgspec.json.decode(done.out)
    jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(report)
    return report


def found_in(report: dict[str, list[dict[str, Json]]]) -> dict[str, Found]:
    found = {}
    for target in msgspec.convert(report["targets"], list[dict[str, object]]):
        image = msgspec.convert(target["image"] or {}, dict[str, object])
        page = msgspec.convert(target["page"] or {}, dict[str, object])
        hops = msgspec.convert(target["hops"], list[dict[str, object]])
        facts = {
            "verdict": target["verdict"],
            "status": target["status"],
            "final_url": target["final_url"],
            "hops": [(hop["url"], hop["status"], hop["location"]) for hop in hops],
            "size": (image["width"], image["height"]) if image else None,
            "title": page.get("title"),
        }
        found[str(target["url"])] = msgspec.convert(facts, Found)
    return found


def places(report: dict[str, list[dict[str, Json]]]) -> list[tuple[Json, ...]]:
    return [(each["code"], each["severity"], each["line"], each["column"], each["url"]) for each in report["findings"]]


def test_the_seed_is_judged_right_over_real_tls(seed_web: tuple[str, ...], loopback: "Loopback") -> None:
    done = linkcheck("check", "seeds", *seed_web, "--report", "json", cwd=PROJECT)
    assert done.code == 1, done.err
    report = report_of(done)
    found = found_in(report)
    summary = msgspec.convert(report["summary"], dict[str, object])
    assert summary["complete"] is True
    counts = {"ok": 23, "moved": 3, "dead": 1, "suspect": 0, "blocked": 1, "unreachable": 2, "skipped": 0}
    assert summary["verdicts"] == counts
    by_verdict = {
        verdict: sorted(url for url, facts in found.items() if facts.verdict == verdict) for verdict in ("dead", "moved")
    }
    assert [urlsplit(url).path.split("/")[1] for url in by_verdict["dead"]] == ["resizer"]
    assert [urlsplit(url).hostname for url in by_verdict["moved"]] == ["techcrunch.com", "www.aclu.org", "www.voanews.com"]
    assert found[BOT_WALL].verdict == "blocked"
    assert {facts.verdict for url, facts in found.items() if urlsplit(url).hostname == NOT_ANSWERING} == {"unreachable"}
    lead = next(url for url in found if "facialrecshutterstock" in url)
    assert found[lead].size == (1260, 540)
    # Each page was requested once, by its own name, in TLS that was checked; a missing image once more without a range.
    asked = [f"https://{each.host}{each.path}" for each in loopback.asked]
    assert {url for url, facts in found.items() if facts.verdict != "unreachable"} - set(asked) == set()
    led_to = {facts.final_url for facts in found.values() if facts.hops}
    assert {url for url in found if asked.count(url) > 1} <= {*led_to, *by_verdict["dead"]}
    assert {each.headers["user-agent"].partition("/")[0] for each in loopback.asked} == {"EverydayFrontMatter"}


def test_sockets_and_replay_agree(seed_web: tuple[str, ...]) -> None:
    real = report_of(linkcheck("check", "seeds", *seed_web, "--report", "json", cwd=PROJECT))
    replayed = report_of(linkcheck("check", "seeds", "--replay", "seeds/web.toml", "--report", "json", cwd=PROJECT))
    assert found_in(real) == found_in(replayed)
    assert places(real) == places(replayed)
    for report in (real, replayed):
        for link in report["links"]:
            del link["reason"]  # says at which phase a connection failed, which a replay knows less of
    assert real["links"] == replayed["links"]


def test_without_the_authority_nothing_is_trusted(seed_web: tuple[str, ...]) -> None:
    stranger = tuple(option for option in seed_web if option != "--ca-bundle" and not option.endswith("ca.pem"))
    impatient = "import linkcheck.fetch.scheduling.crawler as c\nc.PATIENCE_AT_START = 0.2"
    done = linkcheck("check", "seeds", *stranger, "--report", "json", cwd=PROJECT, before=impatient)
    assert done.code == 4
    assert Counter(facts.verdict for facts in found_in(report_of(done)).values()) == {"skipped": 30}


def test_without_permission_no_private_address_is_dialled(seed_web: tuple[str, ...], loopback: "Loopback") -> None:
    stranger = tuple(option for option in seed_web if option not in ("--allow-address", "127.0.0.0/8"))
    loopback.asked.clear()
    before = loopback.connections
    done = linkcheck("check", "seeds", *stranger, "--report", "json", cwd=PROJECT)
    assert done.code == 1
    assert loopback.connections == before
    assert {facts.verdict for facts in found_in(report_of(done)).values()} == {"skipped"}


# The wheel


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with linkcheck as pip installs it, and nothing else in it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    wheel = ("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(PROJECT))
    subprocess.run([*pip, *wheel], check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    target = folder / "installed"
    install = ("install", "--no-deps", "--no-index", "--target", str(target), str(file))
    subprocess.run([*pip, *install], check=True, capture_output=True)
    return target


def run_installed(installed: Path, *arguments: str, cwd: Path) -> Done:
    return linkcheck(
        *arguments,
        cwd=cwd,
        environment=surroundings(PYTHONPATH=str(installed)),
        program=(sys.executable, str(installed / "bin" / "linkcheck")),
    )


def test_the_wheel_does_the_same_job(installed: Path, seed_web: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for file in SEEDS.glob("*.md"):
        (tmp_path / "seeds" / file.name).write_bytes(file.read_bytes())
    done = run_installed(installed, "check", "seeds", *seed_web, "--report", "json", cwd=tmp_path)
    assert done.code == 1, done.err
    source = linkcheck("check", "seeds", *seed_web, "--report", "json", cwd=PROJECT)
    wheel, tree = report_of(done), report_of(source)
    assert found_in(wheel) == found_in(tree)
    assert places(wheel) == places(tree)


def test_the_wheel_holds_all_that_is_needed_and_is_what_runs(installed: Path, tmp_path: Path) -> None:
    package = installed / "linkcheck"
    schemas = {path.name for path in (PROJECT / "schemas").glob("*.json")}
    assert {path.name for path in (package / "schemas").glob("*.json")} == schemas
    assert (package / "py.typed").is_file()
    assert not (installed / "tests").exists()
    ours = {path.relative_to(PROJECT) for path in (PROJECT / "linkcheck").rglob("*.py")}
    assert ours == {path.relative_to(installed) for path in package.rglob("*.py")}
    version = run_installed(installed, "--version", cwd=tmp_path)
    assert (version.code, version.out.split()[0]) == (0, "linkcheck")
    where = subprocess.run(
        [sys.executable, "-c", "import linkcheck; print(linkcheck.__file__)"],
        env=surroundings(PYTHONPATH=str(installed)),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)
    for reporter in ("html", "sarif", "junit"):
        done = run_installed(installed, "validate", str(SEEDS), "--report", reporter, cwd=tmp_path)
        assert (done.code, done.err) == (0, "")
