"""What `--record` wrote is what `--replay` says: the same verdicts, reasons and findings, over real sockets and processes."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from command import linkcheck
from random_web import RandomWeb

from linkcheck.model import Json

if TYPE_CHECKING:
    from loopback import Loopback

HASTY = """
import msgspec, linkcheck.pipeline.asking as a, linkcheck.fetch.breaker as b
b.FIRST_REST = 0.1
a.fetch_options = lambda config, _f=a.fetch_options: msgspec.structs.replace(_f(config), backoff=0.01)
"""
VOLATILE = frozenset({"seconds", "checked_at"})
Said = dict[str, list[dict[str, Json]]]


def check(folder: Path, *options: str) -> Said:
    """What a run says of each target and link, and what it finds."""
    done = linkcheck("check", *options, "--report", "json", "posts", cwd=folder, before=HASTY)
    assert done.code in {0, 1}, done.err + done.out[-3000:]
    report = msgspec.json.decode(done.out, type=dict[str, Json])
    parts = {name: msgspec.convert(report[name], list[dict[str, Json]]) for name in ("targets", "links", "findings")}
    return {
        name: [{key: value for key, value in row.items() if key not in VOLATILE} for row in rows] for name, rows in parts.items()
    }


def assert_the_same(live: Said, replayed: Said) -> None:
    for name, rows in live.items():
        differing = [(one, other) for one, other in zip(rows, replayed[name], strict=True) if one != other]
        assert not differing, "\n".join(f"- {one}\n+ {other}" for one, other in differing)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_web_is_judged_the_same_when_it_is_replayed(
    tmp_path: Path, loopback: "Loopback", seed: int, jobs: int
) -> None:
    web = RandomWeb(10 * seed + jobs, loopback)
    for path, text in web.articles.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    options = (*web.options, "--jobs", str(jobs))
    live = check(tmp_path, "--record", "web.toml", *options)
    asked = len(loopback.asked)
    assert asked > len(live["targets"])
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))
    assert len(loopback.asked) == asked
    recording = (tmp_path / "web.toml").read_text(encoding="utf-8")
    assert "s3cr3t" not in recording
