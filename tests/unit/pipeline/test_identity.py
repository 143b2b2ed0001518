"""Values that concern other articles (`x-unique`, `x-ref`), in runs over all of them and over a part."""

import json
import sqlite3
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from write_files import write_files

from linkcheck import article_urls, pipeline
from linkcheck.config import Config, Settings
from linkcheck.config.settings import CollectionTable
from linkcheck.errors import UsageError
from linkcheck.model import CauseKind, Finding
from linkcheck.pipeline import FinishedRun, NullObserver, RunContext

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCHEMA = {
    "properties": {
        "slug": {"x-unique": True},
        "author": {"x-ref": {"collection": "authors", "by": "slug"}},
        "link": {"x-link": {"role": "link"}},
    }
}


def write(files: dict[str, str]) -> None:
    for path, text in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(f"---\n{text}\n---\n")


@pytest.fixture(autouse=True)
def archive(here: Path) -> Path:
    (here / "s.json").write_text(json.dumps(SCHEMA))
    (here / "authors").mkdir()
    write({"authors/jane.md": "slug: jd", "posts/a.md": "slug: one\nauthor: jd", "posts/b.md": "slug: one\nauthor: jane"})
    return here


def run(**settings: Any) -> FinishedRun:
    schema = str(Path("s.json").absolute())
    tables = tuple(
        CollectionTable(paths=(glob,), name=name, schema=schema)
        for name, glob in (("posts", "posts/**"), ("authors", "authors/**/*.md"))
    )
    given = {"offline": True, "select": ("LC5",), **settings}
    config = Config(
        settings=Settings(**given),
        root=str(Path.cwd()),
        collections=tables,
        file="linkcheck.toml",
        given=frozenset(settings),
    )
    return pipeline.check(RunContext(config, now=lambda: NOW), NullObserver())


def found(**settings: Any) -> list[Finding]:
    with run(**settings) as finished:
        return list(finished.run.findings())


def places(**settings: Any) -> list[tuple[str, str, str]]:
    return [(each.location.path, each.code, each.status.value) for each in found(**settings)]


BOTH = [("posts/b.md", "LC507", "open"), ("posts/b.md", "LC508", "open")]


def test_a_hook_for_one_file_compares_it_with_the_others() -> None:
    assert places() == [("posts/a.md", "LC507", "open"), *BOTH]
    assert places(paths=("posts/b.md",)) == BOTH
    assert places(paths=("./posts/b.md", "authors"), only_articles=True) == BOTH
    assert places(paths=("posts",)) == places()
    Path("list.txt").write_text("posts/b.md\n")
    assert places(files_from="list.txt") == BOTH


def test_excluded_articles_are_entries_but_have_no_values() -> None:
    write({"drafts/x.md": "slug: one"})
    assert places(exclude_files=("posts/a.md", "authors"), paths=("posts/b.md",)) == BOTH[1:]


def test_a_comment_and_a_baseline_apply() -> None:
    write({"posts/b.md": "slug: one # linkcheck: ignore[LC507] on purpose\nauthor: jane"})
    assert places()[1:] == [("posts/b.md", "LC507", "ignored"), BOTH[1]]
    with run(baseline="b.json", update_baseline=True) as finished:
        finished.update_baseline()
    assert [status for *_, status in places(baseline="b.json")] == ["accepted", "ignored", "accepted"]


def test_a_value_is_one_problem_and_so_is_a_name() -> None:
    write({"posts/c.md": "slug: one\nauthor: jane", "posts/d.md": "slug: two\nauthor: jane"})
    with run() as finished:
        problems = [(each.cause, each.places) for each in finished.run.problems()]
    assert [(cause.kind, cause.value, number) for cause, number in problems] == [
        (CauseKind.VALUE, "posts#/slug: one", 3),
        (CauseKind.VALUE, "authors#slug: jane", 3),
    ]


def test_few_of_many_places_are_listed() -> None:
    write({f"posts/x{number:02}.md": "slug: same" for number in range(30)})
    first = next(each for each in found() if each.location.path == "posts/x05.md")
    assert (
        first.message == '`slug` is not unique: "same" is also at posts/x00.md:2, posts/x01.md:2, posts/x02.md:2 and 26 more'
    )
    listed = first.facts["places"]
    assert isinstance(listed, tuple)
    assert (len(listed), listed[-1]) == (20, "posts/x20.md:2")


def test_a_hook_in_a_large_repository_compares_the_given_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_urls, "MOST_FILES_OF_A_HOOK", 2)
    write({"authors/max.md": "slug: max", "authors/kim.md": "slug: kim"})
    with run(paths=("posts/b.md",)) as finished:
        assert list(finished.run.findings()) == []
        compared, looked_up = finished.summary.notices
        assert compared.startswith("unique values (x-unique) were only compared among the given articles")
        assert looked_up.endswith("collection authors could not be checked, because there are more than 2 files")


def test_a_url_is_found_in_any_spelling_and_so_is_a_text() -> None:
    properties = {"slug": {"x-unique": "name"}, "url": {"x-unique": "url", "format": "uri-reference"}}
    Path("s.json").write_text(json.dumps({"properties": properties}))
    write(
        {"posts/a.md": 'url: /a/index.html\nslug: "e\\u0301t\\u00e9"', "posts/b.md": "url: https://h.example/a\nslug: été"}
    )
    write({"authors/jane.md": "slug: A-1"})
    for path in ("posts/a.md", "posts/b.md"):
        assert [code for *_, code, _ in places(paths=(path,), base_url="https://h.example")] == ["LC507", "LC507"]


def test_a_history_keeps_no_values() -> None:
    for _ in range(2):
        assert len(found(history="h.db")) == 3
    with closing(sqlite3.connect("h.db")) as database:
        assert database.execute("SELECT count(*) FROM claim").fetchone() == (0,)


def test_a_schema_that_refers_to_no_collection_is_a_usage_error() -> None:
    Path("s.json").write_text(json.dumps({"properties": {"author": {"x-ref": "autors"}}}))
    with pytest.raises(UsageError, match="Did you mean authors"):
        run()


def peak(archive: Path, number: int) -> int:
    """The memory that a run over one article takes if so many others are compared with it."""
    folder = f"n{number}"
    write_files(archive, {f"posts/{folder}/{each}.md": "---\nslug: one\n---\n" for each in range(number)})
    write_files(archive, {f"authors/{folder}/{each}.md": f"---\nslug: s{each}\n---\n" for each in range(number)})
    tracemalloc.start()
    try:
        with run(paths=("posts/b.md",)):
            return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_each_other_article_takes_little_memory(archive: Path) -> None:
    peak(archive, 1)
    small = peak(archive, 50)
    assert (peak(archive, 500) - small) / 500 < 1_000
