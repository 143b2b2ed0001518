"""The names of collections are those of their folders, as far as every file system accepts them."""

import pytest

from linkcheck.infer import collect
from linkcheck.infer.collection_names import LONGEST, distinct_names, plain_name


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        pytest.param("_news", "news", id="a mark of Jekyll"),
        pytest.param("Case Studies & More", "case-studies-more", id="spaces and signs"),
        pytest.param("Entwürfe", "entwuerfe", id="an umlaut"),
        pytest.param("Entwu\u0308rfe", "entwuerfe", id="an umlaut in two characters, as macOS stores it"),
        pytest.param("GRÖẞE", "groesse", id="capital letters"),
        pytest.param("actualités", "actualites", id="an accent"),
        pytest.param("Łódź", "lodz", id="Polish"),
        pytest.param("İstanbul", "istanbul", id="Turkish"),
        pytest.param("smørrebrød", "smoerrebroed", id="Danish"),
        pytest.param("Märchen", "maerchen", id="German"),
        pytest.param("færøœđðıþ", "faeroeoeddith", id="letters that are no ASCII letter with a mark"),  # noqa: RUF001 - Turkish
        pytest.param("a\u0300b\u036fc", "abc", id="the first and the last mark"),
        pytest.param("x\u0300b\u0370c", "xb\u0371c", id="the first mark on its own, and a letter after the last"),
        pytest.param("a --- b", "a-b", id="hyphens in a row"),
        pytest.param("--a--", "a", id="hyphens at the ends"),
        pytest.param("x" * (LONGEST - 1) + " y", "x" * (LONGEST - 1), id="a space where the name is cut"),
        pytest.param("№ⓐ½", "noa12", id="more compatibility characters"),
        pytest.param("١٢", "١٢", id="Arabic digits"),
        pytest.param("x\u0304y", "xy", id="a mark that makes no single character"),
        pytest.param("Статьи", "статьи", id="Cyrillic"),
        pytest.param("お知らせ", "お知らせ", id="Japanese"),
        pytest.param("ニュース 2024", "ニュース-2024", id="Japanese with a number"),
        pytest.param("新闻", "新闻", id="Chinese"),
        pytest.param("समाचार", "समाचार", id="Hindi, with vowel signs"),
        pytest.param("ﬁnal①", "final1", id="compatibility characters"),
        pytest.param("🎉", "articles", id="no letters"),
        pytest.param("aux", "aux-articles", id="a device of Windows"),
        pytest.param("console", "console", id="not a device of Windows"),
        pytest.param("x" * 300, "x" * LONGEST, id="a long name"),
    ],
)
def test_the_name_is_that_of_the_folder(folder: str, name: str) -> None:
    assert plain_name(folder) == name


def test_the_name_of_the_file_of_a_schema_is_not_too_long() -> None:
    assert len(f"{plain_name('𠀀' * 300)}-12.schema.json".encode()) <= 255


@pytest.mark.parametrize(
    ("folders", "names"),
    [
        pytest.param(["blog/pages", "docs/pages"], ["blog-pages", "docs-pages"], id="two folders"),
        pytest.param(["pages", "blog/pages"], ["blog-pages", "pages"], id="one at the root"),
        pytest.param(["a/src/news", "b/src/news"], ["a-src-news", "b-src-news"], id="in folders of the same name"),
        pytest.param(["a/News", "a/news"], ["news", "news-2"], id="in the same folder"),
    ],
)
def test_a_repeated_name_gets_those_of_the_folders_around_it(folders: list[str], names: list[str]) -> None:
    paths = [f"{folder}/{number}.md" for folder in folders for number in "123"]
    found = collect(paths, roots=[folder.rpartition("/")[0] for folder in folders])
    assert sorted(each.name for each in found) == names


def test_repeated_names_get_free_numbers() -> None:
    assert distinct_names(["a", "a", "a-2", "a", "b"]) == ["a", "a-3", "a-2", "a-4", "b"]
    paths = [f"{folder}/{number}.md" for folder in ("entwuerfe", "Entwürfe", "статьи", "新闻") for number in "123"]
    assert {each.name: " ".join(each.folders) for each in collect(paths, roots=[""])} == {
        "entwuerfe": "Entwürfe",
        "entwuerfe-2": "entwuerfe",
        "статьи": "статьи",
        "新闻": "新闻",
    }
