import pytest

from linkcheck.languages import is_language, is_translation, languages_of


@pytest.mark.parametrize("name", ["de", "pt-br", "zh_Hant", "es-419", "fil", "EN"])
def test_the_tag_of_a_language_is_one(name: str) -> None:
    assert is_language(name)


@pytest.mark.parametrize("name", ["", "blog", "api", "faq", "de-", "xx", "posts-de", "2024"])
def test_another_name_is_not_the_tag_of_a_language(name: str) -> None:
    assert not is_language(name)


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("content/en/a.md", "content/ja/a.md"),
        ("content/a.md", "content/de/a.md"),
        ("a.md", "a.pt-br.md"),
        ("en/blog/x/index.md", "zh-cn/blog/x/index.md"),
    ],
)
def test_a_translation_differs_in_a_language_only(path: str, other: str) -> None:
    assert is_translation(path, other)
    assert is_translation(other, path)


@pytest.mark.parametrize(
    ("path", "other"),
    [("en/a.md", "de/b.md"), ("en/a.md", "en/a.md"), ("blog/a.md", "news/a.md"), ("en/a.md", "de/blog/a.md")],
)
def test_other_articles_are_not_translations(path: str, other: str) -> None:
    assert not is_translation(path, other)


@pytest.mark.parametrize(
    ("path", "languages"),
    [
        pytest.param("i18n/fr/docs/a.md", {"fr"}, id="a folder"),
        pytest.param("a.pt_BR.md", {"pt-br"}, id="the end of a name"),
        pytest.param("de/a.DE.md", {"de"}, id="both"),
        pytest.param("docs/de-facto/it.md", set(), id="words"),
    ],
)
def test_the_languages_in_a_path(path: str, languages: set[str]) -> None:
    assert languages_of(path) == languages
