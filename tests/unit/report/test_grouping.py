from collections.abc import Iterator

import msgspec
import pytest
from sample_runs import ListedRun, LongRun, example_run

from linkcheck.model import Article, Json, Problem
from linkcheck.report import grouping
from linkcheck.report.grouping import Grouping, value_of


@pytest.mark.parametrize(
    ("key", "data", "expected"),
    [
        pytest.param("author", {"author": "Jane Doe"}, "Jane Doe", id="a text"),
        pytest.param("author.name", {"author": {"name": "Jane"}}, "Jane", id="nested, with dots"),
        pytest.param("/authors/1/name", {"authors": [{"name": "a"}, {"name": "b"}]}, "b", id="nested, by pointer"),
        pytest.param("/a.b", {"a.b": "c"}, "c", id="a key with a dot"),
        pytest.param("a/b", {"a/b": "c"}, "c", id="a key with a slash"),
        pytest.param("authors", {"authors": ["Jane", 7, {"name": "x"}, ""]}, "Jane, 7", id="a list"),
        pytest.param("authors", {"authors": [["Jane"], "Joe"]}, "Joe", id="a list in a list"),
        pytest.param("draft", {"draft": False}, "false", id="a boolean"),
        pytest.param("weight", {"weight": 0}, "0", id="a number"),
        pytest.param("author", {"author": "  Jane\n Doe "}, "Jane Doe", id="white space"),
        pytest.param("author", {"author": "x" * 200}, "x" * 99 + "\u2026", id="a long text"),
        pytest.param("site", {"site": "https://u:p4ss@a.example/"}, "https://***@a.example/", id="a secret"),
        pytest.param("author", {"author": {"name": "Jane"}}, "", id="a mapping"),
        pytest.param("author", {"author": None}, "", id="null"),
        pytest.param("author.name.x", {"author": "Jane"}, "", id="nothing below a text"),
        pytest.param("author", {}, "", id="missing"),
    ],
)
def test_a_value_is_one_line(key: str, data: dict[str, Json], expected: str) -> None:
    assert value_of(Article("a.md", data=data), key) == expected


def by(names: dict[str, str]) -> ListedRun:
    """The example run, whose articles have the authors of these beginnings of their paths."""
    run = example_run()

    def data(path: str) -> dict[str, Json]:
        return next(({"by": name} for start, name in names.items() if path.startswith(start)), {})

    articles = tuple(Article(each.path, data=data(each.path)) for each in run.all_articles)
    return msgspec.structs.replace(run, all_articles=articles)


def listed(run: ListedRun | LongRun, key: str) -> list[tuple[str, int, list[str]]]:
    found = Grouping(run, key).groups(run.problems)
    return [(group.value, group.number, [each.first.location.path for each in group.problems()]) for group in found]


def test_groups_are_in_the_order_of_their_values_and_those_without_one_are_last() -> None:
    groups = listed(by({"news/2021": "zoe", "news/2022": "Adam"}), "by")
    assert [value for value, _, _ in groups] == ["Adam", "zoe", ""]
    assert all(path.startswith("news/2022") for path in groups[0][2])
    assert [number for _, number, _ in groups] == [len(paths) for _, _, paths in groups]
    assert sum(number for _, number, _ in groups) == sum(1 for _ in example_run().problems())


@pytest.mark.parametrize("most", [1, 20, 100, 10_000])
def test_groups_do_not_depend_on_how_many_problems_are_kept(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    run = LongRun(articles_in_it=50)
    expected = listed(run, "author")
    monkeypatch.setattr(grouping, "MOST_KEPT", most)
    assert listed(run, "author") == expected
    assert len(expected) == 7
    assert [paths for _, _, paths in expected] == [sorted(paths) for _, _, paths in expected]


def test_a_group_can_be_read_twice() -> None:
    run = example_run()
    for group in Grouping(run, "author.name").groups(run.problems):
        assert list(group.problems()) == list(group.problems())


def test_no_problems_are_no_groups() -> None:
    def nothing() -> Iterator[Problem]:
        return iter(())

    assert list(Grouping(example_run(), "by").groups(nothing)) == []


def test_only_articles_with_problems_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    run = by({"": "Jane"})
    run = msgspec.structs.replace(run, all_articles=(*run.all_articles, Article("z.md", data={"by": "Joe"})))
    looked_at: list[str] = []

    def value(article: Article, key: str) -> str:
        looked_at.append(article.path)
        return value_of(article, key)

    monkeypatch.setattr(grouping, "value_of", value)
    listed(run, "by")
    with_problems = {problem.first.location.path for problem in run.problems()}
    assert looked_at == [each.path for each in run.all_articles if each.path in with_problems]
    assert 0 < len(looked_at) < len(run.all_articles)
