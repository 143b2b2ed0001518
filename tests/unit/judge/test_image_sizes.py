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


@pytest.mark.parametrize(
    ("declared", "photo", "drawing"),
    [
        ((100, 50), None, None),
        ((101, 50), SizeIssue.SCALED, None),
        ((99, 51), SizeIssue.DIFFERS, None),
        ((98, 51), SizeIssue.DIFFERS, SizeIssue.DIFFERS),
        ((50, 100), SizeIssue.SWAPPED, SizeIssue.SWAPPED),
        ((200, 100), SizeIssue.SCALED, None),
        ((50, 25), SizeIssue.SCALED, None),
        ((33, 17), SizeIssue.DIFFERS, SizeIssue.DIFFERS),
        ((300, 100), SizeIssue.DIFFERS, SizeIssue.DIFFERS),
        ((1000, 509), SizeIssue.SCALED, None),
        ((1000, 510), SizeIssue.DIFFERS, SizeIssue.DIFFERS),
        ((None, 50), None, None),
        ((None, 51), SizeIssue.DIFFERS, None),
        ((None, 80), SizeIssue.DIFFERS, None),
        ((100, None), None, None),
        ((200, None), SizeIssue.DIFFERS, None),
        ((None, None), None, None),
    ],
)
def test_a_declared_size_differs_from_that_of_a_photo_or_a_drawing(
    declared: tuple[int | None, int | None], photo: SizeIssue | None, drawing: SizeIssue | None
) -> None:
    images = [ImageFacts(format=each, width=100, height=50) for each in ("jpeg", "svg")]
    assert [size_issue(Declared(*declared), image) for image in images] == [photo, drawing]


@pytest.mark.parametrize("ratio", [None, 0.0, -1.0])
def test_without_a_ratio_nothing_is_compared(ratio: float | None) -> None:
    assert size_issue(Declared(300, 200), ImageFacts(format="svg", ratio=ratio)) is None
    assert size_issue(Declared(300, 200), ImageFacts(format="svg", ratio=ratio, width=0, height=5)) is None
