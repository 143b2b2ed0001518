import pytest

from linkcheck.did_you_mean import closest

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
