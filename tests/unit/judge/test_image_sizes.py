"""Declared sizes of images beside measured ones."""

import pytest

from linkcheck.judge.comparison.image_sizes import SizeIssue, size_issue
from linkcheck.judge.image_traits.declared_size import Declared
from linkcheck.model import ImageFacts


@pytest.mark.parametrize(
    ("width", "height", "ratio", "issue"),
    [
        pytest.param(300, 100, 3.0, None, id="the ratio"),
        pytest.param(10, 105, 0.1, None, id="a width that was rounded"),
        pytest.param(105, 10, 10.0, None, id="a height that was rounded"),
        pytest.param(12, 105, 0.1, SizeIssue.DIFFERS, id="too wide"),
        pytest.param(105, 12, 10.0, SizeIssue.DIFFERS, id="too high"),
        pytest.param(100, 300, 3.0, SizeIssue.DIFFERS, id="upright"),
        pytest.param(None, 100, 3.0, None, id="one side"),
    ],
)
def test_of_a_drawing_without_a_size_the_ratio_is_compared(
    width: int | None, height: int | None, ratio: float, issue: SizeIssue | None
) -> None:
    assert size_issue(Declared(width, height), ImageFacts(format="svg", ratio=ratio)) is issue
