"""Which files are corrected, in which order, and what is told about those that are not."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from write_files import write_files

from linkcheck import pipeline, signals
from linkcheck.commands.fix import FixesFound, find_corrections
from linkcheck.config import load
from linkcheck.errors import NothingFoundError, UsageError
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.crawler import Record
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.model import Answer, Hop, Outcome, PageFacts, Target, VerdictKind

WRONG = "---\ntitle: Fish &amp; chips\n---\n"
RIGHT = "---\ntitle: Fish and chips\n---\n"
OLD, NEW = (f"https://a.example/{folder}/the-old-harbour-bridge" for folder in ("old", "new"))
TITLE, DAY = "How the old harbour bridge was built", "2021-06-18"
MOVED = f"---\ntitle: {TITLE}\ndate: {DAY}\nwebUrl: {OLD}\n---\n"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Observer:
    """Keeps all that is told."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.crawls: list[int] = []
        self.updates: list[tuple[int, dict[VerdictKind, int], tuple[str, ...], float]] = []
        self.closed = 0

    def notice(self, sentence: str) -> None:
        self.notices.append(sentence)

    def start_crawl(self, targets: int) -> "Observer":
        self.crawls.append(targets)
        return self

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: Sequence[str], least_seconds: float) -> None:
        found = {kind: number for kind, number in verdicts.items() if number}
        self.updates.append((done, found, tuple(waiting), least_seconds))

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {".git/HEAD": "", "a.md": WRONG, "b.md": RIGHT, "c.md": WRONG})
    return tmp_path


def found_with(observer: Observer, *, unsafe: bool = False, **flags: object) -> FixesFound:
    given = {name.replace("_", "-"): value for name, value in flags.items()}
    return find_corrections(
        pipeline.RunContext(load(flags=given, environment={}, directory="."), now=lambda: NOW), observer, unsafe=unsafe
    )


def offline(observer: Observer, **flags: Any) -> list[str]:
    found = found_with(observer, offline=True, **flags)
    assert (found.because, found.interrupted) == (None, None)
    return [change.before.path for change in found.changes]


@pytest.mark.parametrize(
    ("listed", "paths", "notices"),
    [
        pytest.param("c.md\na.md\nb.md\n", ["a.md", "c.md"], [], id="files"),
        pytest.param(
            "gone.md\na.md\n", ["a.md"], ["one file does not exist and was skipped: gone.md"], id="one does not exist"
        ),
        pytest.param(
            "gone.md\n",
            [],
            [
                (
                    "one file does not exist and was skipped: gone.md. The paths of a list are relative to the working "
                    "directory (git diff --relative)"
                )
            ],
            id="none exists",
        ),
        pytest.param("", [], [], id="none"),
        pytest.param(
            "x*.md\ny*.md\n",
            [],
            ["x*.md does not exist, and no file matches it", "y*.md does not exist, and no file matches it"],
            id="globs that match no file",
        ),
    ],
)
def test_the_files_of_a_list_are_corrected(listed: str, paths: list[str], notices: list[str], folder: Path) -> None:
    (folder / "list").write_text(listed)
    observer = Observer()
    assert offline(observer, files_from="list") == paths
    assert observer.notices == notices


def test_a_list_of_files_that_are_no_articles_is_refused(folder: Path) -> None:
    write_files(folder, {"list": "posts\n", "posts/a.css": ""})
    with pytest.raises(NothingFoundError):
        offline(Observer(), files_from="list")
    with pytest.raises(NothingFoundError):
        offline(Observer(), paths=("posts",))


def test_an_article_on_standard_input_cannot_be_corrected(folder: Path) -> None:
    del folder
    with pytest.raises(UsageError) as refused:
        offline(Observer(), paths=("-",))
    assert str(refused.value) == "fix cannot correct an article on standard input; pass the path of its file"


def test_a_finding_in_the_baseline_is_corrected_and_the_baseline_is_kept(folder: Path) -> None:
    context = pipeline.RunContext(
        load(flags={"offline": True, "baseline": "b.json", "update-baseline": True}, environment={}, directory=".")
    )
    with pipeline.check(context, pipeline.NullObserver()) as finished:
        finished.update_baseline()
    before = (folder / "b.json").read_text()
    assert offline(Observer(), baseline="b.json") == ["a.md", "c.md"]
    (folder / "a.md").write_text(RIGHT)
    assert offline(Observer(), baseline="b.json", update_baseline=True) == ["c.md"]
    assert (folder / "b.json").read_text() == before


Web = Callable[..., CrawlResult]


def web(*results: CrawlResult, progress: CrawlProgress | None = None) -> Web:
    """Crawls that end like this, in a web in which the old page has moved."""
    left = iter(results)

    def crawl(
        targets: TargetSource | list[list[Target]],
        record: Record,
        *_: object,
        on_progress: Callable[[CrawlProgress], None],
        **__: object,
    ) -> CrawlResult:
        if not isinstance(targets, list):
            targets = [list(targets.take(host, count)) for host, count in targets.hosts()]
        page = PageFacts(title=TITLE, published=DAY)
        for target in (each for batch in targets for each in batch):
            hops = (Hop(OLD, 301, NEW),) if target.url == OLD else ()
            record([Outcome(target.url, target.probe, Answer(200, NEW, page=page), hops=hops)])
        if progress is not None:
            on_progress(progress)
        return next(left)

    return crawl


def online(monkeypatch: pytest.MonkeyPatch, observer: Observer, crawl: Web) -> FixesFound:
    monkeypatch.setattr("linkcheck.fetch.crawl", crawl)
    return found_with(observer)


COMPLETE = CrawlResult(complete=True)
CUT = "interrupted; results cover only what was checked"


def test_corrections_are_in_the_order_of_their_paths(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "b.md").write_text(MOVED)
    found = online(monkeypatch, Observer(), web(COMPLETE, COMPLETE))
    assert [(change.before.path, len(change.done)) for change in found.changes] == [("a.md", 1), ("b.md", 1), ("c.md", 1)]
    assert (found.because, found.interrupted) == (None, None)


def test_new_urls_are_requested_once_and_their_progress_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.md", "d.md"):
        (folder / name).write_text(MOVED)
    observer = Observer()
    state = CrawlProgress(1, 0, 1, 0, 1, resting=("a.example",), least_seconds=2.5)
    found = online(monkeypatch, observer, web(COMPLETE, COMPLETE, progress=state))
    assert [change.before.path for change in found.changes] == ["a.md", "b.md", "c.md", "d.md"]
    assert (observer.crawls, observer.closed) == ([1, 1], 2)
    assert observer.updates[-1] == (1, {VerdictKind.OK: 1}, ("a.example",), 2.5)


@pytest.mark.parametrize(
    ("results", "found"),
    [
        pytest.param([CrawlResult(complete=False, interrupted=2)], (0, CUT, 2), id="the run"),
        pytest.param([CrawlResult(complete=False, interrupted=15)], (0, CUT, 15), id="the run, by another signal"),
        pytest.param(
            [COMPLETE, CrawlResult(complete=False, because="interrupted", interrupted=2)],
            (0, "interrupted", 2),
            id="the requests for new URLs",
        ),
        pytest.param(
            [COMPLETE, CrawlResult(complete=False, because="the time was up")], (3, "the time was up", None), id="the time"
        ),
    ],
)
def test_an_interrupted_search_corrects_nothing(
    results: list[CrawlResult],
    found: tuple[int, str | None, int | None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signals, "_state", signals._SignalState())
    (folder / "b.md").write_text(MOVED)
    ended = online(monkeypatch, Observer(), web(*results))
    assert (len(ended.changes), ended.because, ended.interrupted) == found


def test_articles_for_which_the_run_had_no_time_are_corrected(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del folder
    monkeypatch.setattr("linkcheck.pipeline.read_step.LEAST_SECONDS", 0)
    found = found_with(Observer(), max_time=1e-99)
    assert [(change.before.path, len(change.done)) for change in found.changes] == [("a.md", 1), ("c.md", 1)]
    assert found.because == "time limit reached (--max-time 1e-99); results cover only what was checked"


CACHE = "a-example.cdn.ampproject.org/c/s/a.example"
Answers = dict[str, tuple[int, str, PageFacts]]
"""The status of each URL, where it leads to, and what is on that page."""


def answering(answers: Answers) -> Web:
    """Crawls that are complete, with these answers."""

    def crawl(targets: TargetSource | list[list[Target]], record: Record, *_: object, **__: object) -> CrawlResult:
        if not isinstance(targets, list):
            targets = [list(targets.take(host, count)) for host, count in targets.hosts()]
        for target in (each for batch in targets for each in batch):
            status, to, page = answers[target.url]
            hops = () if to == target.url else (Hop(target.url, 301, to),)
            record([Outcome(target.url, target.probe, Answer(status, to, page=page), hops=hops)])
        return COMPLETE

    return crawl


def test_a_redirect_that_is_never_written_is_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "b.md").write_text(MOVED)
    login = "https://a.example/login?next=the-old-harbour-bridge"
    page = PageFacts(title="Log in", has_password_field=True)
    found = online(monkeypatch, Observer(), answering({OLD: (200, login, page)}))
    assert [(change.before.path, len(change.done), len(change.refused)) for change in found.changes] == [
        ("a.md", 1, 0),
        ("b.md", 0, 1),
        ("c.md", 1, 0),
    ]
    (refused,) = found.changes[1].refused
    assert (refused.correction.old, refused.correction.new) == (OLD, login)


def test_amp_urls_of_a_host_without_amp_are_removed_from_every_article(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: Answers = {}
    for name in "abcd":
        url, amp = f"https://a.example/{name}/{TITLE[:3]}", f"https://a.example/amp/{name}"
        head = f"title: {TITLE}\ndate: {DAY}\nwebUrl: {url}\n"
        (folder / f"{name}.md").write_text(f"---\n{head}{'' if name == 'd' else f'ampWebUrl: {amp}'}\n---\n")
        answers[url] = (200, url, PageFacts(title=TITLE, published=DAY))
        answers[amp] = (404, amp, PageFacts())
    found = online(monkeypatch, Observer(), answering(answers))
    assert [(change.before.path, [each.old for each in change.done]) for change in found.changes] == [
        (f"{name}.md", ["ampWebUrl"]) for name in "abc"
    ]


def test_an_address_on_a_cache_is_not_corrected_if_its_page_is_gone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PageFacts(title=TITLE, published=DAY)
    answers: Answers = {}
    for name in "abc":
        url, amp, copy = (f"https://{host}/{name}" for host in ("a.example", "a.example/amp", f"{CACHE}/amp"))
        wrong = f"{copy}x" if name == "b" else copy
        head = f"title: {TITLE}\ndate: {DAY}\nwebUrl: {url}\nampWebUrl: {amp}\ncdnAmpWebUrl: {wrong}"
        (folder / f"{name}.md").write_text(f"---\n{head}\n---\n")
        answers[url] = (200, url, page)
        for each in (amp, copy):
            answers[each] = (404 if name == "b" else 200, each, PageFacts(is_amp=True, title=TITLE, canonicals=(url,)))
    assert offline(Observer()) == ["b.md"]
    assert online(monkeypatch, Observer(), answering(answers)).changes == ()
