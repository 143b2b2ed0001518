import pytest

from linkcheck.did_you_mean import closest, closest_value

KNOWN = ["title", "webUrl", "publishedDateTime", "images", "type", "min-width", "published"]


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("webURL", "webUrl"),
        ("web_url", "webUrl"),
        ("web-url", "webUrl"),
        ("publishDateTime", "publishedDateTime"),
        ("publishedDatetime", "publishedDateTime"),
        ("titel", "title"),
        ("tilte", "title"),
        ("image", "images"),
        ("minWidth", "min-width"),
        ("Type", "type"),
    ],
)
def test_a_slip_is_near(name: str, likely: str) -> None:
    assert closest(name, KNOWN) == likely


@pytest.mark.parametrize(
    "name", ["date", "tile", "tags", "author", "types", "lastmod", "publishing", "headline", "", "x" * 100_000, "ti"]
)
def test_another_word_is_not_near(name: str) -> None:
    assert closest(name, KNOWN) is None


def test_the_nearest_of_several_counts_and_the_first_of_equals() -> None:
    assert closest("abcdefghiX", ["abcdefghYZ", "abcdefghij", "abcdefghik"]) == "abcdefghij"


@pytest.mark.parametrize(
    ("name", "known", "likely"),
    [
        pytest.param("abcde", "bacde", "bacde", id="swapped with the next one"),
        pytest.param("abcde", "xacde", None, id="only the first is one of the two"),
        pytest.param("xacde", "abcde", None, id="only the second is one of the two"),
        pytest.param("abcde", "bacdx", None, id="swapped, and another letter changed"),
        pytest.param("title", "tetle", "tetle", id="ends as the other begins"),
    ],
)
def test_letters_are_swapped_only_with_each_other(name: str, known: str, likely: str | None) -> None:
    assert closest(name, [known]) == likely


@pytest.mark.parametrize(("name", "known"), [("urn", "url"), ("heigth", "weigth"), ("lenght", "lengths")])
def test_shorter_words_are_near_if_it_is_sure_that_the_name_is_wrong(name: str, known: str) -> None:
    assert closest(name, [known], sure=True) == known


def test_a_short_word_is_not_near_otherwise() -> None:
    assert closest("urn", ["url"]) is None
    assert closest("ur", ["url"], sure=True) is None
    assert closest("lenght", ["lengths"]) is None


@pytest.mark.parametrize(
    ("value", "known", "likely"),
    [
        pytest.param("warn", ["error", "warning"], "warning", id="the beginning"),
        pytest.param("wanr", ["warn", "warning"], "warn", id="the nearest first"),
        pytest.param("re", ["redirects"], None, id="too short"),
        pytest.param("redi", ["redirects", "redirect-loop"], None, id="of two"),
        pytest.param("permanent redi", ["permanent-redirect"], "permanent-redirect", id="folded"),
    ],
)
def test_a_value_is_near_if_it_is_the_beginning_of_one(value: str, known: list[str], likely: str | None) -> None:
    assert closest_value(value, known) == likely
