"""Which articles are read, for how long, and what a change added to one."""

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from stored_commit import StoredCommit, changes_from
from write_files import write_files

from linkcheck.changes import Changes
from linkcheck.config import Config, Settings, load
from linkcheck.errors import NothingFoundError, UsageError
from linkcheck.judge import JudgeOptions
from linkcheck.model import Source
from linkcheck.pipeline import RunContext, list_links, read_step
from linkcheck.pipeline.read_step import ArticleReader

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def context(**settings: Any) -> RunContext:
    config = Config(settings=Settings(**settings), root=str(Path.cwd()), file="linkcheck.toml")
    return RunContext(config, now=lambda: NOW)


def write(here: Path, number: int) -> None:
    for each in range(number):
        (here / f"{each}.md").write_text(f"---\ntitle: x\nwebUrl: https://a.example/{each}\n---\n")


@pytest.mark.parametrize(
    ("seconds", "read"),
    [
        pytest.param(None, 10, id="no limit"),
        pytest.param(100.0, 10, id="a long one"),
        pytest.param(2.0, 4, id="two seconds, and each article takes half a second"),
        pytest.param(0.01, 2, id="next to nothing: a second nevertheless"),
    ],
)
def test_articles_are_read_while_there_is_time(
    here: Path, monkeypatch: pytest.MonkeyPatch, seconds: float | None, read: int
) -> None:
    write(here, 10)
    reader = ArticleReader(context())
    clock = itertools.count(100.0, 0.5)
    monkeypatch.setattr(read_step, "monotonic", lambda: next(clock))
    assert [row[0].path for row in reader.rows_in_time(seconds)] == [f"{number}.md" for number in range(read)]
    assert reader.out_of_time is (read < 10)


def test_one_article_is_read_however_late_it_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, 2)
    reader = ArticleReader(context())
    clock = itertools.count(100.0, 1000.0)
    monkeypatch.setattr(read_step, "monotonic", lambda: next(clock))
    assert [row[0].path for row in reader.rows_in_time(1.0)] == ["0.md"]
    assert reader.out_of_time


def test_each_source_is_revised_before_it_is_read(here: Path) -> None:
    write(here, 1)
    reader = ArticleReader(context(), revise=lambda source: replace(source, head=b"---\ntitle: revised\n---\n"))
    assert [reader.row(source)[0].data for source in reader.sources] == [{"title": "revised"}]


def test_the_listed_articles_are_read(here: Path) -> None:
    write(here, 4)
    (here / "list.txt").write_text("3.md\n1.md\n")
    reader = ArticleReader(context(files_from="list.txt"))
    assert sorted(row[0].path for row in reader.rows()) == ["1.md", "3.md"]


def nothing(reader: ArticleReader) -> str:
    assert list(reader.rows()) == []
    with pytest.raises(NothingFoundError) as caught:
        reader.refuse_nothing()
    return str(caught.value)


def test_no_article_in_a_folder_is_an_error(here: Path) -> None:
    (here / "empty").mkdir()
    reader = ArticleReader(context(paths=("empty",)))
    assert nothing(reader).startswith("empty: LC001 ")
    assert (reader.nothing_to_do, reader.empty_because) == (False, None)


def test_no_article_in_a_change_is_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, 1)
    monkeypatch.setattr("linkcheck.changes.find_changes", lambda *_, **__: changes_from({}))
    reader = ArticleReader(context(since="main"))
    assert (reader.nothing_to_do, reader.empty_because) == (True, "no articles changed")


def test_no_article_in_an_empty_list_is_none(here: Path) -> None:
    (here / "list.txt").write_text("\n")
    reader = ArticleReader(context(files_from="list.txt"))
    assert list(reader.rows()) == []
    assert (reader.nothing_to_do, reader.empty_because) == (True, "no articles to check")
    reader.refuse_nothing()


def test_listed_files_that_do_not_exist_are_counted(here: Path) -> None:
    write(here, 1)
    (here / "list.txt").write_text("a.md\n0.md\nb.md\nc.md\nd.md\ne.md\nf.md\n")
    reader = ArticleReader(context(files_from="list.txt"))
    assert [row[0].path for row in reader.rows()] == ["0.md"]
    assert reader.notices == ("6 files do not exist and were skipped: a.md, b.md, c.md, d.md, e.md and 1 more",)


@pytest.mark.parametrize("name", ["gone.md", "[Review] gone.md", "gone/[a].md"])
def test_a_list_of_missing_files_is_nothing_to_do(here: Path, name: str) -> None:
    (here / "list.txt").write_bytes(f"{name}\0".encode())
    reader = ArticleReader(context(files_from="list.txt"))
    assert list(reader.rows()) == []
    assert reader.nothing_to_do
    (notice,) = reader.notices
    assert notice == (
        f"one file does not exist and was skipped: {name}. "
        "The paths of a list are relative to the working directory (git diff --relative)"
    )


def test_a_given_file_that_does_not_exist_is_skipped_only_by_hooks(here: Path) -> None:
    write(here, 1)
    config = Config(settings=Settings(paths=("0.md", "gone.md")), root=str(here), given=frozenset({"paths"}))
    with pytest.raises(UsageError, match="no such file or folder: `gone"):
        ArticleReader(RunContext(config))
    hook = replace(config, settings=replace(config.settings, only_articles=True))
    reader = ArticleReader(RunContext(hook))
    assert [row[0].path for row in reader.rows()] == ["0.md"]
    assert reader.notices == ("one file does not exist and was skipped: gone.md",)


def test_the_links_of_a_list_are_listed_with_its_notices(here: Path) -> None:
    write(here, 1)
    (here / "list.txt").write_text("0.md\ngone.md\n")
    said: list[str] = []
    assert len(list(list_links(context(files_from="list.txt"), notice=said.append))) == 1
    assert said == ["one file does not exist and was skipped: gone.md"]


def test_no_article_among_listed_files_is_an_error(here: Path) -> None:
    (here / "empty").mkdir()
    (here / "list.txt").write_text("empty\n")
    assert "LC001" in nothing(ArticleReader(context(files_from="list.txt")))


def test_no_article_is_none_where_other_files_are_skipped(here: Path) -> None:
    (here / "a.md").write_text("No front matter.\n")
    reader = ArticleReader(context(paths=("a.md",), only_articles=True))
    assert list(reader.rows()) == []
    assert reader.nothing_to_do
    reader.refuse_nothing()


def test_an_article_is_something(here: Path) -> None:
    write(here, 1)
    reader = ArticleReader(context(only_articles=True, paths=("0.md",)))
    assert len(list(reader.rows())) == 1
    assert not reader.nothing_to_do
    reader.refuse_nothing()


@pytest.mark.parametrize("name", ["files-from", "replay", "ca-bundle"])
def test_an_input_that_an_untrusted_change_rewrote_is_refused(here: Path, name: str) -> None:
    (here / "input").write_text("after")
    named: dict[str, Any] = {name.replace("-", "_"): "input"}
    config = Config(settings=Settings(untrusted=True, **named), root=str(here), base=StoredCommit({"input": b"before"}))
    with pytest.raises(UsageError, match=f"{name} input: the file differs"):
        ArticleReader(RunContext(config))


ITEM = {"type": "string", "x-link": {"role": "link"}}
IMAGE = {"role": "image", "width": "width", "height": "height"}
SCHEMA = {
    "required": ["title", "webUrl"],
    "properties": {
        "webUrl": {"x-link": {"role": "canonical", "domain": "domain"}},
        "originalUrl": {"x-link": {"role": "original"}},
        "ampWebUrl": {"x-link": {"role": "amp", "of": "webUrl"}},
        "see": {"items": ITEM},
        "more": {"items": ITEM},
        "images": {"items": {"properties": {"url": {"x-link": IMAGE}}}},
    },
}
A, B, C = (f"https://{name}.example/" for name in "abc")
PHOTO = {"url": f"{A}x.png", "width": 1, "height": 2}


@pytest.fixture
def added(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[dict[str, Any], dict[str, Any] | None], list[str] | None]:
    """The pointers of what a change added to an article; None for a new one."""
    (here / "s.json").write_text(json.dumps(SCHEMA))
    monkeypatch.setattr("linkcheck.changes.find_changes", lambda *_, **__: changes_from({}, "a.md"))

    def source(data: dict[str, Any]) -> Source:
        head = f"---\n{json.dumps(data)}\n---\n".encode()
        return Source(path="a.md", file="a.md", head=head, size=len(head))

    def compared(after: dict[str, Any], before: dict[str, Any] | None) -> list[str] | None:
        reader = ArticleReader(context(schema="s.json", since="main"))
        article, _, _, notes = reader.row(source(after), before=None if before is None else source(before))
        assert article.data == after
        return None if notes.changed is None else sorted(notes.changed)

    return compared


COMPARED = [f"/{key}" for key in (*JudgeOptions().title_keys, *JudgeOptions().date_keys)]
"""What is compared with a page, whether the article has it or not."""
ADDED: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "nothing": ({"see": [A]}, {"see": [A]}, []),
    "a link": ({"see": [A]}, {"see": [A, B]}, ["/see/1"]),
    "a link before others": ({"see": [A]}, {"see": [B, A]}, ["/see/0"]),
    "links in another order": ({"see": [A, B, C]}, {"see": [C, A, B]}, []),
    "a link that was removed": ({"see": [A, B]}, {"see": [A]}, []),
    "the same link once more": ({"see": [A]}, {"see": [A, A]}, ["/see/1"]),
    "the same link once less": ({"see": [A, A]}, {"see": [A]}, []),
    "a link in another field": ({"see": [A]}, {"more": [A]}, ["/more/0"]),
    "an image": ({}, {"images": [PHOTO]}, ["/images/0/url"]),
    "the width of an image": ({"images": [PHOTO]}, {"images": [{**PHOTO, "width": 3}]}, ["/images/0/url"]),
    "the height of an image": ({"images": [PHOTO]}, {"images": [{**PHOTO, "height": 3}]}, ["/images/0/url"]),
    "what is not declared of an image": ({"images": [PHOTO]}, {"images": [{**PHOTO, "caption": "x"}]}, []),
    "the page of an AMP page": (
        {"webUrl": A, "ampWebUrl": C},
        {"webUrl": B, "ampWebUrl": C},
        sorted(["/ampWebUrl", "/domain", "/webUrl", *COMPARED]),
    ),
    "the domain of a page": ({"webUrl": A, "domain": "a.example"}, {"webUrl": A, "domain": "b.example"}, ["/domain"]),
    "the title of a page": ({"webUrl": A, "title": "x"}, {"webUrl": A, "title": "y"}, ["/title"]),
    "a title that was added": ({"originalUrl": A}, {"originalUrl": A, "title": "y"}, ["/title"]),
    "a title without a page": ({"see": [A], "title": "x"}, {"see": [A], "title": "y"}, []),
    "another property": ({"webUrl": A, "author": "x"}, {"webUrl": A, "author": "y"}, []),
    "a date of a page": (
        {"webUrl": A, "publishedDateTime": "2021-01-01"},
        {"webUrl": A, "publishedDateTime": "2021-01-02"},
        ["/publishedDateTime"],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), ADDED.values(), ids=ADDED)
def test_what_a_change_added(
    added: Callable[[dict[str, Any], dict[str, Any] | None], list[str] | None],
    before: dict[str, Any],
    after: dict[str, Any],
    expected: list[str],
) -> None:
    found = added(after, before)
    assert found is not None
    assert found == expected


SIZES = {"width": "width", "height": "height"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("before", "after", "edits", "expected"),
    [
        pytest.param(SIZES, {**SIZES, "min-width": 9}, {}, ([], ["min_width"]), id="a minimum"),
        pytest.param(SIZES, {**SIZES, "media": ["image/*"]}, {}, ([], ["media"]), id="media types"),
        pytest.param(SIZES, {**SIZES, "preset": "discover"}, {}, ([], ["preset"]), id="a preset"),
        pytest.param({}, {"width": "width"}, {}, ([], ["width"]), id="a size"),
        pytest.param({}, {"width": "absent"}, {}, ([], ["width"]), id="a size that is not declared"),
        pytest.param(SIZES, {**SIZES, "min-width": 9}, {"width": 3}, (["/images/0/url"], []), id="and another width"),
        pytest.param(SIZES, {**SIZES, "min-width": 9}, {"url": B}, (["/images/0/url"], []), id="and another URL"),
        pytest.param(None, SIZES, {}, (["/images/0/url"], []), id="a link"),
    ],
)
def test_what_an_edited_schema_requires_of_a_link_does_not_add_it(
    before: dict[str, object] | None,
    after: dict[str, object],
    edits: dict[str, object],
    expected: tuple[list[str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def schema(link: dict[str, object] | None) -> str:
        marked = {"url": {} if link is None else {"x-link": {"role": "image", **link}}}
        return json.dumps({"properties": {"images": {"items": {"properties": marked}}}})

    def source(photo: dict[str, object]) -> Source:
        head = f"---\n{json.dumps({'images': [photo]})}\n---\n".encode()
        return Source(path="a.md", file="a.md", head=head, size=len(head))

    Path("s.json").write_text(schema(after))
    former = {"s.json": schema(before).encode(), "linkcheck.toml": b'schema = "s.json"\n'}
    monkeypatch.setattr("linkcheck.changes.find_changes", lambda *_, **__: changes_from(former, "s.json", "a.md"))
    settings, here = Settings(schema="s.json", since="main"), Path.cwd()
    config = Config(settings=settings, root=str(here), file=str(here / "linkcheck.toml"))
    _, _, _, notes = ArticleReader(RunContext(config)).row(source({**PHOTO, **edits}), before=source(PHOTO))
    assert ([*(notes.changed or ())], [name for _, name in notes.required]) == expected


ROOT, ALIAS = 'site-root = ["static"]', '[aliases]\n"@/" = "static/"'


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("url", "before", "after", "expected"),
    [
        pytest.param("/x.png", ROOT, "", ([], [("/cover", "")]), id="no root"),
        pytest.param("/x.png", ROOT, 'site-root = ["other"]', ([], [("/cover", "")]), id="another root"),
        pytest.param("/x.png", ROOT, 'offline = true\nsite-root = ["other"]', (["/cover"], []), id="another root, offline"),
        pytest.param("@/x.png", ALIAS, "", ([], [("/cover", "")]), id="no alias"),
        pytest.param("@/x.png", ALIAS, '[aliases]\n"@/" = "other/"', (["/cover"], []), id="another alias"),
    ],
)
def test_a_link_that_is_looked_up_elsewhere_is_broken_only_if_it_is_in_the_repository(
    url: str,
    before: str,
    after: str,
    expected: tuple[list[str], list[tuple[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = f'schema = "s.json"\nbase-url = "{A}"\n'
    schema = '{"properties": {"cover": {"x-link": {"role": "image"}}}}'
    write_files(Path.cwd(), {"static/x.png": "", "other/y.png": "", "s.json": schema, "linkcheck.toml": start + after})
    former = {"s.json": schema.encode(), "linkcheck.toml": (start + before).encode()}
    monkeypatch.setattr("linkcheck.changes.find_changes", lambda *_, **__: changes_from(former, "linkcheck.toml"))
    reader = ArticleReader(RunContext(load(flags={"since": "main"}, environment={}, directory=str(Path.cwd()))))
    head = f"---\ncover: '{url}'\n---\n".encode()
    source = Source(path="a.md", file="a.md", head=head, size=len(head))
    _, _, _, notes = reader.row(source, before=source)
    assert ([*(notes.changed or ())], [*notes.required]) == expected


OLD_EXCLUDE = '[[exclude]]\nreason = "old"\npattern = "nowhere"\n'
NEW_EXCLUDE = '[[exclude]]\nreason = "new"\npattern = "PATTERN"\n'


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("pattern", "flags", "changed", "notices"),
    [
        pytest.param("nothing", {}, "linkcheck.toml", 1, id="no link"),
        pytest.param("a.example", {}, "linkcheck.toml", 0, id="a link"),
        pytest.param("nothing", {"paths": ["0.md"]}, "linkcheck.toml", 0, id="not all articles"),
        pytest.param("nothing", {"files-from": "list.txt"}, "linkcheck.toml", 0, id="a list"),
        pytest.param("nothing", {}, "0.md", 0, id="another change"),
    ],
)
def test_an_exclude_that_the_change_added_is_unused_if_all_articles_were_read(
    pattern: str, flags: dict[str, object], changed: str, notices: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path.cwd()
    write(here, 2)
    files = {"list.txt": "0.md\n1.md\n", "linkcheck.toml": OLD_EXCLUDE + NEW_EXCLUDE.replace("PATTERN", pattern)}
    write_files(here, files)
    former = {"linkcheck.toml": OLD_EXCLUDE.encode()}
    monkeypatch.setattr("linkcheck.changes.find_changes", lambda *_, **__: changes_from(former, changed))
    flags = {"since": "main", "offline": True, **flags}
    reader = ArticleReader(RunContext(load(flags=flags, environment={}, directory=str(here))))
    monkeypatch.setattr("linkcheck.changes.former_texts", lambda _, wanted: ((path, None) for path in wanted))
    assert list(reader.rows())
    assert len(reader.unused_excludes()) == notices


def test_nothing_is_compared_in_a_new_article(
    added: Callable[[dict[str, Any], dict[str, Any] | None], list[str] | None],
) -> None:
    assert added({"see": [A]}, None) is None


@pytest.mark.parametrize(
    ("pointers", "required"),
    [
        pytest.param((), False, id="nothing"),
        pytest.param(("/see",), False, id="a property that is not required"),
        pytest.param(("/title",), True, id="a required property"),
        pytest.param(("/see", "/title"), True, id="one of two that is required"),
        pytest.param(("/more",), False, id="one that is not there"),
    ],
)
def test_what_the_schema_requires_cannot_be_removed(here: Path, pointers: tuple[str, ...], required: bool) -> None:  # noqa: FBT001
    (here / "s.json").write_text(json.dumps(SCHEMA))
    (here / "a.md").write_text(f"---\ntitle: x\nsee: [{A}]\n---\n")  # without the webUrl, which is required as well
    reader = ArticleReader(context(schema="s.json"))
    ((article, violations, _, _),) = map(reader.row, reader.sources)
    assert len(violations) == 1
    assert reader.is_required(article, pointers) is required


WIDE = "all articles are checked; only what the change made worse is open"


def widened(changes: Changes, **settings: Any) -> tuple[bool, tuple[str, ...]]:
    given = context(**settings)
    reader = ArticleReader(given)
    return reader._widens(changes, given), reader.notices


@pytest.mark.usefixtures("here")
def test_a_changed_configuration_widens_a_run() -> None:
    assert widened(changes_from({}, "a.md")) == (False, ())
    changed = changes_from({}, "a.md", "linkcheck.toml")
    assert widened(changed) == (True, (f"linkcheck.toml changed since main, so {WIDE}",))
    assert widened(changes_from({}, "x.schema.json")) == (True, (f"x.schema.json changed since main, so {WIDE}",))


@pytest.mark.usefixtures("here")
def test_no_change_widens_an_untrusted_run() -> None:
    assert widened(changes_from({}, "linkcheck.toml"), untrusted=True) == (False, ())


@pytest.mark.usefixtures("here")
def test_changed_submodules_are_told_unless_all_articles_are_checked_anyway() -> None:
    submodules = replace(changes_from({}), submodules=("sub", "sub2"))
    found, notices = widened(submodules)
    assert not found
    assert [notice.partition(" changed since main, but its articles are not checked.")[0] for notice in notices] == [
        *("the submodule sub", "the submodule sub2"),
    ]
    wide = replace(changes_from({}, "linkcheck.toml"), submodules=("sub",))
    assert widened(wide)[1] == (f"linkcheck.toml changed since main, so {WIDE}",)


@pytest.mark.usefixtures("here")
def test_an_uncertain_merge_base_is_told() -> None:
    assert widened(replace(changes_from({}), uncertain="the clone is shallow")) == (
        False,
        ("--since main: the clone is shallow",),
    )


@pytest.mark.usefixtures("here")
def test_a_name_with_two_meanings_is_told() -> None:
    ambiguous = replace(changes_from({}), ambiguous="there are a tag and a branch named main")
    assert widened(ambiguous) == (
        False,
        ("--since main: there are a tag and a branch named main. This run used the first",),
    )


def test_the_links_of_a_run_are_listed_with_why_one_is_skipped(here: Path) -> None:
    (here / "s.json").write_text(json.dumps(SCHEMA))
    (here / "a.md").write_text(f"---\nsee: [{A}, mailto:a@a.example]\nmore: [{B}]\n---\n")
    found = [(target.url, skip and skip.reason) for _, target, skip in list_links(context(schema="s.json"))]
    mail = "not checked: scheme 'mailto' is neither http nor https"
    assert found == [(A, None), ("mailto:a@a.example", mail), (B, None)]


def test_a_list_of_no_links_is_an_error(here: Path) -> None:
    (here / "empty").mkdir()
    with pytest.raises(NothingFoundError, match="LC001"):
        list(list_links(context(paths=("empty",))))
