"""How deep the path of a URL is."""

import pytest

from linkcheck.fetch.attempt.soft_404 import _path_depth


@pytest.mark.parametrize(
    ("path", "depth"),
    [("", 0), ("/", 0), ("/?x=/a/b", 0), ("/a", 1), ("/a/", 1), ("//a", 1), ("/a/b", 2), ("/a/b/", 2), ("/a/b/c/d", 2)],
)
def test_the_depth_of_a_path(path: str, depth: int) -> None:
    assert _path_depth(f"https://a.example{path}") == depth
