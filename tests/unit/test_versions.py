import pytest

from linkcheck.versions import is_other_version, is_version


@pytest.mark.parametrize(
    "name", ["v2", "V1.4", "1.4", "1.4.x", "v0.52.x", "1.2.3.4", "version-2.0", "latest", "next", "stable"]
)
def test_the_name_of_a_version_is_one(name: str) -> None:
    assert is_version(name)


@pytest.mark.parametrize("name", ["", "2024", "3", "x", "v", "posts", "2024-01", "1.2.3.4.5", "latest-news", "video"])
def test_another_name_is_not_that_of_a_version(name: str) -> None:
    assert not is_version(name)


@pytest.mark.parametrize(
    ("path", "other", "expected"),
    [
        ("docs/v1.0/a.md", "docs/v1.1/a.md", True),
        ("docs/a.md", "docs/1.x/a.md", True),
        ("docs/v1.0/a.md", "docs/v1.0/a.md", False),
        ("docs/v1.0/a.md", "docs/v1.1/b.md", False),
        ("2023/a.md", "2024/a.md", False),
        ("docs/v1.0.md", "docs/v1.1.md", False),
    ],
)
def test_another_version_differs_in_its_folder_only(path: str, other: str, *, expected: bool) -> None:
    assert (is_other_version(path, other), is_other_version(other, path)) == (expected, expected)
