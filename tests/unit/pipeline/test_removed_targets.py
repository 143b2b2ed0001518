"""Which links to the articles of a site a change breaks."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from stored_commit import changes_from

from linkcheck.changes import Changes
from linkcheck.config import Config, Settings
from linkcheck.model import RemovalKind, Removed
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.read_step import ArticleReader

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "properties": {
        "cover": {"type": "string", "x-link": {"role": "image"}},
        "next": {"type": "string", "x-link": {"role": "link"}},
    },
}
Files = dict[str, str]


def page(*lines: str) -> str:
    return "\n".join(("---", "title: A page", *lines, "---", ""))


@pytest.fixture(autouse=True)
def hugo(here: Path) -> None:
    (here / "hugo.toml").write_text('baseURL = "https://h.example/"\n')
    (here / "s.json").write_text(json.dumps(SCHEMA))


def removed(
    monkeypatch: pytest.MonkeyPatch,
    before: Files,
    *,
    edits: Files | None = None,
    moves: Files | None = None,
    gone: tuple[str, ...] = (),
) -> dict[str, Removed]:
    """What the links that a change breaks led to, by article; `moves` are the former paths of files, by the present ones."""
    edited, moved = edits or {}, moves or {}
    former = {path: text.encode() for path, text in before.items()}
    present = {path: text for path, text in before.items() if path not in (*moved.values(), *gone)}
    for path, text in {**present, **{path: before[each] for path, each in moved.items()}, **edited}.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)
    change = changes_from(former, *(path for path in edited if path not in moved), renamed=moved, gone=gone)

    def former_texts(_: Changes, wanted: Iterable[str | None]) -> Iterator[tuple[str | None, bytes | None]]:
        return ((path, None if path is None else former.get(path)) for path in wanted)

    monkeypatch.setattr("linkcheck.changes.find_changes", lambda *_, **__: change)
    monkeypatch.setattr("linkcheck.changes.former_texts", former_texts)
    settings = Settings(paths=("content",), schema="s.json", since="main", offline=True, base_url="https://h.example/")
    config = Config(settings=settings, root=str(Path.cwd()), file="linkcheck.toml")
    reader = ArticleReader(RunContext(config, now=lambda: NOW))
    links = ((row[0].path, each.local) for row in reader.rows() for each in row[2])
    return {path: local.removed for path, local in links if local is not None and local.removed is not None}


def broken(monkeypatch: pytest.MonkeyPatch, before: Files, **change: Any) -> list[str]:
    """The articles with links that a change breaks."""
    return [*removed(monkeypatch, before, **change)]


X, Y, BUNDLE, OTHER = "content/a/x.md", "content/a/y.md", "content/a/x/index.md", "content/a/y/index.md"


@pytest.mark.parametrize("link", ["../x/", "../x", "/a/x/", "https://h.example/a/x/"])
@pytest.mark.parametrize(
    "lines",
    [("slug: q",), ("url: /elsewhere/",), ("draft: true",), ("expiryDate: 2020-01-01",), ("date: 2099-01-01",)],
    ids=" ".join,
)
@pytest.mark.parametrize(("article", "linking"), [(X, Y), (BUNDLE, OTHER), (X, OTHER), (BUNDLE, Y)])
def test_an_article_keeps_its_url_for_those_who_link_to_it(
    monkeypatch: pytest.MonkeyPatch, article: str, linking: str, lines: tuple[str, ...], link: str
) -> None:
    before = {article: page(), linking: page(f"next: {link}")}
    assert broken(monkeypatch, before, edits={article: page(*lines)}) == [linking]


@pytest.mark.parametrize("link", ["../x/", "/a/x/"])
@pytest.mark.parametrize(
    "edits",
    [
        pytest.param({BUNDLE: page("slug: q", "aliases: [/a/x/]")}, id="an alias"),
        pytest.param({BUNDLE: page("draft: true"), "content/b.md": page("aliases: [/a/x/]")}, id="an alias of another"),
        pytest.param({BUNDLE: page("slug: q"), "content/a/z.md": page("slug: x")}, id="another article with the URL"),
        pytest.param({BUNDLE: page("slug: q"), "static/_redirects": "/a/x/ /a/q/\n"}, id="a redirect"),
        pytest.param({BUNDLE: page("draft: true"), "static/_redirects": "/a/* /b/:splat\n"}, id="redirects of a folder"),
        pytest.param({BUNDLE: page("weight: 3")}, id="another property"),
    ],
)
def test_the_former_url_of_an_article_may_lead_to_another_page(
    monkeypatch: pytest.MonkeyPatch, edits: Files, link: str
) -> None:
    assert broken(monkeypatch, {BUNDLE: page(), OTHER: page(f"next: {link}")}, edits=edits) == []


def test_a_deleted_article_needs_a_redirect_where_links_are_relative_too(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {BUNDLE: page(), OTHER: page("next: ../x/"), "content/b.md": page()}
    assert broken(monkeypatch, before, gone=(BUNDLE,)) == [OTHER]
    assert broken(monkeypatch, before, gone=(BUNDLE,), edits={"content/b.md": page("aliases: [/a/x/]")}) == []


def test_a_slug_that_changes_is_that_of_relative_links(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {X: page("slug: first"), Y: page("next: ../first/")}
    assert broken(monkeypatch, before, edits={X: page("slug: second")}) == [Y]


@pytest.mark.parametrize("link", ["../x.md", "x", "./", "../y/", "../none/"])
def test_links_that_do_not_depend_on_the_url_are_the_same(monkeypatch: pytest.MonkeyPatch, link: str) -> None:
    before = {X: page(), Y: page(f"next: {link}"), "content/x.md": page()}
    edits = {X: page("slug: q"), "content/x.md": page("slug: q")}
    assert broken(monkeypatch, before, edits=edits) == []


def test_an_article_that_links_to_itself_can_have_another_url(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in ("slug: q", "url: /elsewhere/"):
        edits = {OTHER: page(line, "next: ./")}
        assert broken(monkeypatch, {OTHER: page("next: ./")}, edits=edits) == []


def test_articles_that_move_together_lead_to_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {BUNDLE: page(), OTHER: page("next: ../x/")}
    moves = {each.replace("/a/", "/b/"): each for each in before}
    assert broken(monkeypatch, before, moves=moves) == []


def test_the_source_of_an_article_that_is_hidden_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {X: page(), OTHER: page("next: ../x.md")}
    assert broken(monkeypatch, before, edits={X: page("draft: true")}) == [OTHER]


def test_a_link_that_led_nowhere_before_is_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {BUNDLE: page("draft: true"), OTHER: page("next: ../x/")}
    assert broken(monkeypatch, before, edits={BUNDLE: page("draft: true", "slug: q")}) == []


@pytest.mark.parametrize(
    ("change", "kind", "detail"),
    [
        pytest.param({"gone": (X,)}, RemovalKind.DELETED, "", id="deleted"),
        pytest.param({"moves": {"content/x.md": X}}, RemovalKind.RENAMED, "content/x.md", id="renamed"),
        pytest.param({"edits": {X: page("draft: true")}}, RemovalKind.HIDDEN, "", id="hidden"),
        pytest.param({"edits": {X: page("slug: q")}}, RemovalKind.OTHER_URL, "", id="another URL"),
    ],
)
def test_what_the_change_did_to_a_page_is_known(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], kind: RemovalKind, detail: str
) -> None:
    found = removed(monkeypatch, {X: page(), Y: page("next: /a/x/")}, **change)
    assert found == {Y: Removed(X, kind, detail, is_page=True)}


PICTURE = "content/a/pic.png"


@pytest.mark.parametrize(
    ("change", "article", "kind", "detail"),
    [
        pytest.param({"gone": (PICTURE,)}, Y, RemovalKind.DELETED, "", id="deleted"),
        pytest.param({"moves": {"content/pic.png": PICTURE}}, Y, RemovalKind.RENAMED, "content/pic.png", id="renamed"),
        pytest.param({"moves": {"content/y.md": Y}}, "content/y.md", RemovalKind.ARTICLE_MOVED, "", id="left behind"),
    ],
)
def test_what_the_change_did_to_a_file_is_known(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], article: str, kind: RemovalKind, detail: str
) -> None:
    found = removed(monkeypatch, {PICTURE: "x", Y: page("cover: pic.png")}, **change)
    assert found == {article: Removed(PICTURE, kind, detail)}


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (("slug: q",), [RemovalKind.OTHER_URL]),
        (("slug: q", "aliases: [/a/x/]"), []),
        (("weight: 3",), []),
        (("draft: true",), []),
    ],
    ids=lambda each: " ".join(map(str, each)),
)
@pytest.mark.parametrize("site", ["", "https://h.example"])
def test_the_files_of_a_bundle_have_other_urls_too(
    monkeypatch: pytest.MonkeyPatch, site: str, lines: tuple[str, ...], kinds: list[RemovalKind]
) -> None:
    files = {f"content/a/x/{name}": "x" for name in ("pic.png", "img/pic.png")}
    for name in files:
        before = {**files, BUNDLE: page(), Y: page(f"cover: {site}{name.removeprefix('content')}")}
        found = removed(monkeypatch, before, edits={BUNDLE: page(*lines)})
        assert list(found.values()) == [Removed(name, kind) for kind in kinds]


def test_a_file_that_is_new_in_a_bundle_had_no_other_url(monkeypatch: pytest.MonkeyPatch) -> None:
    edits = {BUNDLE: page("slug: q"), "content/a/x/pic.png": "x"}
    assert removed(monkeypatch, {BUNDLE: page(), Y: page("cover: /a/x/pic.png")}, edits=edits) == {}


@pytest.mark.parametrize(
    ("change", "kind", "detail"),
    [
        ({"gone": ("content/a/x/pic.png",)}, RemovalKind.DELETED, ""),
        ({"moves": {"content/pic.png": "content/a/x/pic.png"}}, RemovalKind.RENAMED, "content/pic.png"),
    ],
)
def test_a_file_that_is_gone_from_a_bundle_was_at_the_url_of_its_article(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], kind: RemovalKind, detail: str
) -> None:
    before = {BUNDLE: page("slug: q"), "content/a/x/pic.png": "x", Y: page("cover: /a/q/pic.png")}
    assert removed(monkeypatch, before, **change) == {Y: Removed("content/a/x/pic.png", kind, detail)}


def test_files_next_to_other_articles_have_no_url_of_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {X: page(), PICTURE: "x", Y: page("cover: /a/x/pic.png")}
    assert removed(monkeypatch, before, edits={X: page("slug: q")}) == {}
