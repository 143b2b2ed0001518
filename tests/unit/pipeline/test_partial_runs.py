"""What a run concludes about what it did not see: nothing. Its articles were listed, or it was interrupted or too late."""

import json
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from linkcheck import pipeline, signals
from linkcheck.config import Config, Settings
from linkcheck.config.settings import ExcludeTable
from linkcheck.errors import UsageError
from linkcheck.model import Comparison, Severity, Source
from linkcheck.pipeline import NullObserver, RunContext

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WRONG = "---\ntitle: {0}\nwebUrl: https://a.example/{0}\nwebURL: https://a.example/{0}\n---\n"
RIGHT = "---\ntitle: {0}\nwebUrl: https://a.example/{0}\n---\n"


class Ended(Struct, frozen=True):
    """What is known after a run."""

    exit_code: int
    codes: dict[str, list[str]]
    """The codes of the findings by path."""
    notices: tuple[str, ...]
    because: str | None
    comparison: Comparison | None
    accepted: int | None
    """The number of entries of the baseline file."""


@pytest.fixture(autouse=True)
def no_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signals are noted in a state that ends with the test."""
    monkeypatch.setattr(signals, "_state", signals._SignalState())


@pytest.fixture
def archive(here: Path) -> Path:
    for name in ("a", "b", "c"):
        (here / f"{name}.md").write_text(WRONG.format(name))
    (here / "web.toml").write_text('["https://*"]\n')
    return here


Revise = Callable[[Source], Source]


def run(
    *,
    revise: Revise | None = None,
    observer: NullObserver | None = None,
    excludes: tuple[ExcludeTable, ...] = (),
    **settings: Any,
) -> Ended:
    """A run over the archive, offline unless it replays, with a history and without regard to single links."""
    given = {
        "offline": "replay" not in settings,
        "history": "h.db",
        "max_age": 0.0,
        "select": ("LC0", "LC1", "LC4"),
        **settings,
    }
    config = Config(
        settings=Settings(**given), root=str(Path.cwd()), excludes=excludes, file="linkcheck.toml", given=frozenset(settings)
    )
    with pipeline.check(RunContext(config, now=lambda: NOW), observer or NullObserver(), revise=revise) as finished:
        codes: dict[str, list[str]] = {}
        for finding in finished.run.findings():
            codes.setdefault(finding.location.path, []).append(finding.code)
        finished.update_baseline()
        summary = finished.summary
    baseline = Path("baseline.json")
    return Ended(
        finished.exit_code,
        codes,
        summary.notices,
        summary.incomplete_because,
        summary.comparison,
        len(json.loads(baseline.read_text())["accepted"]) if baseline.exists() else None,
    )


def interrupting(path: str) -> Revise:
    """A signal arrives while this article is read."""

    def revise(source: Source) -> Source:
        if source.path == path:
            signals.note(signal.SIGINT)
        return source

    return revise


class Interrupting(NullObserver):
    """A signal arrives during the crawl, as if a process of it had received it."""

    def start_crawl(self, targets: int) -> "Interrupting":
        del targets
        return self

    def update(self, *_: object) -> None:
        signal.raise_signal(signal.SIGINT)


class InterruptingLate(NullObserver):
    """A signal arrives after the crawl."""

    def start_crawl(self, targets: int) -> "InterruptingLate":
        del targets
        return self

    def close(self) -> None:
        signals.note(signal.SIGINT)


UPDATING: dict[str, Any] = {"baseline": "baseline.json", "update_baseline": True}


def fix_all(archive: Path) -> None:
    for name in ("a", "b", "c"):
        (archive / f"{name}.md").write_text(RIGHT.format(name))


def test_a_whole_run_removes_what_is_fixed_from_the_baseline(archive: Path) -> None:
    assert run(**UPDATING).accepted == 3
    fix_all(archive)
    assert run(**UPDATING).accepted == 0


def test_a_whole_run_removes_an_article_that_is_gone_from_the_baseline(archive: Path) -> None:
    run(**UPDATING)
    (archive / "b.md").unlink()
    assert run(**UPDATING).accepted == 2


@pytest.mark.parametrize("gone", [False, True], ids=["the others are unchanged", "the others are gone"])
def test_a_run_of_listed_articles_keeps_the_others_in_the_baseline(archive: Path, gone: bool) -> None:  # noqa: FBT001
    run(**UPDATING)
    (archive / "list.txt").write_text("a.md\n")
    (archive / "a.md").write_text(RIGHT.format("a"))
    if gone:
        (archive / "b.md").unlink()
        (archive / "c.md").unlink()
    assert run(**UPDATING, files_from="list.txt").accepted == 2


def test_a_run_of_one_article_keeps_the_others_in_the_baseline(archive: Path) -> None:
    run(**UPDATING)
    (archive / "b.md").unlink()
    assert run(**UPDATING, paths=("a.md",)).accepted == 3


def test_an_interrupted_run_keeps_what_it_did_not_read_in_the_baseline(archive: Path) -> None:
    run(**UPDATING)
    (archive / "c.md").unlink()
    ended = run(**UPDATING, revise=interrupting("a.md"))
    assert (ended.exit_code, ended.accepted) == (130, 3)
    assert ended.because == "interrupted; results cover only what was checked"


def test_a_signal_at_the_last_article_ends_the_run_as_well(archive: Path) -> None:
    run(**UPDATING)
    (archive / "a.md").unlink()
    ended = run(**UPDATING, revise=interrupting("c.md"))
    assert (ended.exit_code, ended.accepted) == (130, 3)


def test_a_run_with_a_baseline_tells_what_is_fixed_only_if_it_saw_all(archive: Path) -> None:
    run(**UPDATING)
    (archive / "c.md").unlink()
    whole = run(baseline="baseline.json")
    assert whole.codes["baseline.json"] == ["LC008"]
    (archive / "list.txt").write_text("a.md\nb.md\n")
    assert "baseline.json" not in run(baseline="baseline.json", files_from="list.txt").codes
    assert "baseline.json" not in run(baseline="baseline.json", revise=interrupting("a.md")).codes


def test_a_run_is_compared_with_the_one_before(archive: Path) -> None:
    assert run().comparison is None
    (archive / "b.md").write_text(RIGHT.format("b"))
    (archive / "d.md").write_text(WRONG.format("d"))
    one, two = {Severity.WARNING: 1}, {Severity.WARNING: 2}
    severities = {"new": one, "fixed": one, "still": two}
    expected = Comparison(since="2026-11-22T12:00:00Z", new=1, fixed=1, still=2, severities=severities)
    assert run().comparison == expected


def test_an_article_that_is_gone_is_fixed_for_a_run_that_sees_all(archive: Path) -> None:
    run()
    (archive / "b.md").unlink()
    found = run().comparison
    assert found is not None
    assert (found.fixed, found.still) == (1, 2)


def test_an_article_that_is_not_listed_is_not_fixed(archive: Path) -> None:
    (archive / "list.txt").write_text("a.md\nb.md\n")
    run(files_from="list.txt")
    (archive / "list.txt").write_text("a.md\n")
    found = run(files_from="list.txt").comparison
    assert found is not None
    assert (found.fixed, found.still) == (0, 1)


@pytest.mark.parametrize(
    ("now", "fixed"),
    [("status = 200", 1), ('failure = "timeout"', 0)],
    ids=["the page is back", "the server does not respond"],
)
def test_a_dead_link_is_fixed_only_by_a_response(archive: Path, now: str, fixed: int) -> None:
    (archive / "a.md").write_text(RIGHT.format("a"))
    web = archive / "web.toml"
    web.write_text('["https://*"]\nstatus = 404\n')
    run(replay="web.toml", paths=("a.md",), select=("LC201",))
    web.write_text(f'["https://*"]\n{now}\n')
    found = run(replay="web.toml", paths=("a.md",), select=("LC201",)).comparison
    assert found is not None
    assert (found.fixed, found.still) == (fixed, 0)


@pytest.mark.parametrize("last", [False, True], ids=["with articles left", "at the last article"])
def test_nothing_is_fixed_for_a_run_that_was_interrupted_while_it_read(archive: Path, last: bool) -> None:  # noqa: FBT001
    run()
    fix_all(archive)
    found = run(revise=interrupting("c.md" if last else "a.md")).comparison
    assert found is not None
    assert (found.new, found.fixed) == (0, 0)


def test_a_run_that_was_interrupted_while_it_crawled_has_judged_all_articles(archive: Path) -> None:
    with signals.signal_handlers():
        assert run(replay="web.toml").exit_code == 0
        (archive / "b.md").write_text(RIGHT.format("b"))
        ended = run(replay="web.toml", observer=Interrupting())
    assert ended.exit_code == 130
    assert ended.comparison is not None
    assert (ended.comparison.fixed, ended.comparison.still) == (1, 2)


def test_a_run_that_was_interrupted_after_its_crawl_concludes_nothing_about_what_it_lacks(archive: Path) -> None:
    assert run(replay="web.toml", **UPDATING).accepted == 3
    (archive / "b.md").write_text(RIGHT.format("b"))
    (archive / "c.md").unlink()
    ended = run(replay="web.toml", observer=InterruptingLate(), **UPDATING)
    assert ended.exit_code == 130
    assert ended.comparison is not None
    assert ended.comparison.fixed == 0
    assert ended.accepted == 2  # of c.md, which may have been missed, and of a.md


def unused(ended: Ended) -> bool:
    return "LC006" in ended.codes.get("linkcheck.toml", [])


def test_an_exclude_is_unused_only_for_a_run_that_saw_all(archive: Path) -> None:
    excludes = (ExcludeTable(reason="x", pattern="https://b.example/"),)
    assert unused(run(excludes=excludes))
    assert unused(run(excludes=excludes, paths=(".",)))
    (archive / "list.txt").write_text("a.md\n")
    assert not unused(run(excludes=excludes, paths=("a.md",)))
    assert not unused(run(excludes=excludes, files_from="list.txt"))
    assert not unused(run(excludes=excludes, revise=interrupting("a.md")))


def test_an_exclude_that_matches_is_not_unused(archive: Path) -> None:
    del archive
    assert not unused(run(excludes=(ExcludeTable(reason="x", pattern="https://a.example/a"),)))


def test_a_path_without_articles_is_told(archive: Path) -> None:
    (archive / "empty").mkdir()
    assert run(paths=("empty",)).codes == {"empty": ["LC001"]}


def test_a_path_that_matches_nothing_is_a_notice(archive: Path) -> None:
    del archive
    assert run(paths=("a.md", "x*.md")).notices == ("no file matches x*.md",)


def test_a_baseline_is_required_to_update_it(archive: Path) -> None:
    del archive
    with pytest.raises(UsageError, match="update-baseline requires a baseline: use --baseline FILE"):
        run(update_baseline=True)


def test_a_baseline_that_does_not_exist_is_refused_unless_it_is_updated(archive: Path) -> None:
    del archive
    with pytest.raises(UsageError, match=r"baseline\.json"):
        run(baseline="baseline.json")
    assert run(**UPDATING).accepted == 3
    assert run(baseline="baseline.json").exit_code == 0
