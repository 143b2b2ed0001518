"""Articles are parsed once and kept as far as there is room; what is found does not depend on it."""

from pathlib import Path

import pytest

from linkcheck import discover
from linkcheck.commands.init.articles import MOST_KEPT, ArticleStore
from linkcheck.model import Span

TEXTS = {
    "a.md": f"---\ntitle: A\nnumber: {10**30}\nshared: &x [1.5, null, true]\nagain: *x\n---\n",
    "b.md": "---\ntitle: B\n\nlinks:\n  - url: https://a.example/\n---\n",
    "broken.md": "---\ntitle: A\nlist: [1\n---\n",
    "c.md": "+++\ntitle = 'C'\nday = 2026-01-02\n+++\n",
}
VALUES = [
    {"title": "A", "number": 10**30, "shared": [1.5, None, True], "again": [1.5, None, True]},
    {"title": "B", "links": [{"url": "https://a.example/"}]},
    {"title": "C", "day": "2026-01-02"},
]


def _store(folder: Path, *, most_kept: int) -> ArticleStore:
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return ArticleStore(discover.discover(discover.DiscoverOptions(paths=(".",), root=str(folder))), most_kept=most_kept)


@pytest.mark.parametrize("most_kept", [MOST_KEPT, 100, 0], ids=["room for all", "room for some", "room for none"])
def test_the_values_are_those_of_the_files(tmp_path: Path, most_kept: int) -> None:
    store = _store(tmp_path, most_kept=most_kept)
    assert store.readable == ("a.md", "b.md", "c.md")
    assert store.unread == {"broken.md": "broken.md:3"}
    assert list(store.values(store.readable)) == VALUES
    assert [(each.path, each.data) for each in store.articles(("c.md", "a.md"))] == [
        ("c.md", VALUES[2]),
        ("a.md", VALUES[0]),
    ]


def test_kept_values_are_not_read_again(tmp_path: Path) -> None:
    store = _store(tmp_path, most_kept=MOST_KEPT)
    for name in TEXTS:
        (tmp_path / name).unlink()
    assert list(store.values(store.readable)) == VALUES


@pytest.mark.parametrize(("most_kept", "kept"), [(900, 0), (1_900, 1), (2_900, 2), (3_900, 3)])
def test_values_are_kept_until_the_room_is_used_up(most_kept: int, kept: int, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"---\n{name}: {name * 1_000}\n---\n")
    options = discover.DiscoverOptions(paths=(".",), root=str(tmp_path))
    store = ArticleStore(discover.discover(options), most_kept=most_kept)
    for name in "abc":
        (tmp_path / f"{name}.md").write_text("---\nnew: 1\n---\n")
    assert [[*values] for values in store.values(store.readable)] == [*(["a"], ["b"], ["c"])[:kept], *[["new"]] * (3 - kept)]


def test_places_are_read_when_they_are_looked_up(tmp_path: Path) -> None:
    (article,) = _store(tmp_path, most_kept=MOST_KEPT).articles(("b.md",), with_places=True)
    assert article.places["/links/0/url"].value == Span(5, 10, 5, 28)
    assert [*article.places][-1] == ""
    assert len(article.places) == 5


def test_a_program_in_place_of_front_matter_is_known_as_one(tmp_path: Path) -> None:
    (tmp_path / "d.md").write_text('---js\n{title: "D"}\n---\n', encoding="utf-8")
    store = _store(tmp_path, most_kept=MOST_KEPT)
    assert store.programs == {"d.md"}
    assert store.unread == {"broken.md": "broken.md:3", "d.md": "d.md:1"}
