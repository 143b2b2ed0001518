"""What is told of an image whose size differs from the declared one, and whether the measured size may be written."""

from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.judge import JudgeOptions
from linkcheck.judge.comparison.image_sizes import SizeIssue
from linkcheck.judge.comparison.size_issues import size_facts, size_issues
from linkcheck.judge.image_traits.declared_size import Declared, declared_size, length
from linkcheck.judge.image_traits.placeholders import is_far_smaller, is_of_other_format, video_hint
from linkcheck.judge.issue import Issue
from linkcheck.judge.select import measured_images
from linkcheck.model import Claim, Evidence, FixKind, ImageFacts, LinkResult, Role, Severity

SAFE, UNSAFE = FixKind.SAFE, FixKind.UNSAFE


def issues(evidence: Evidence, kind: SizeIssue = SizeIssue.DIFFERS) -> list[Issue]:
    message = "declared {declared}, measured {measured}{turned}"
    return list(size_issues(evidence, JudgeOptions(), kind, message, "Declare it."))


def issue(build: Any, *results: LinkResult, kind: SizeIssue = SizeIssue.DIFFERS) -> Issue:
    (found,) = issues(build.evidence(*results), kind)
    return found


@pytest.mark.parametrize(
    ("size", "declared", "kind", "is_told"),
    [
        ((300, 200), (300, 200), SizeIssue.DIFFERS, False),
        ((300, 200), (310, 200), SizeIssue.DIFFERS, True),
        ((300, 200), (310, 200), SizeIssue.SWAPPED, False),
        ((300, 200), (200, 300), SizeIssue.SWAPPED, True),
        ((300, 200), (200, 300), SizeIssue.DIFFERS, False),
        ((300, 200), (600, 400), SizeIssue.SCALED, True),
        ((300, 200), (None, 400), SizeIssue.DIFFERS, True),
        ((300, 200), (310, None), SizeIssue.DIFFERS, True),
        ((300, 200), (None, None), SizeIssue.DIFFERS, False),
        ((2, 2), (1200, 630), SizeIssue.DIFFERS, False),
    ],
)
def test_a_size_is_told_by_the_rule_of_its_kind(
    build: Any,
    size: tuple[int, int],
    declared: tuple[int | None, int | None],
    kind: SizeIssue,
    is_told: bool,  # noqa: FBT001 - a table's column
) -> None:
    evidence = build.evidence(build.picture(*size, declared=declared))
    assert bool(issues(evidence, kind)) is is_told


@pytest.mark.parametrize(
    ("result", "message", "hint", "pointer"),
    [
        pytest.param(
            lambda b: b.picture(300, 200, declared=(310, 201)),
            "declared 310x201, measured 300x200",
            "Declare it.",
            "/images/0/width",
            id="both sides",
        ),
        pytest.param(
            lambda b: b.picture(300, 200, declared=(300, 210)),
            "declared 300x210, measured 300x200",
            "Declare it.",
            "/images/0/height",
            id="the height",
        ),
        pytest.param(
            lambda b: b.picture(300, 200, declared=(310, None)),
            "declared 310x?, measured 300x200",
            "Declare it.",
            "/images/0/width",
            id="the width alone",
        ),
        pytest.param(
            lambda b: b.picture(300, 200, declared=(None, 210)),
            "declared ?x210, measured 300x200",
            "Declare it.",
            "/images/0/height",
            id="the height alone",
        ),
        pytest.param(
            lambda b: b.picture(300, 200, declared=("wide", 210)),
            "declared ?x210, measured 300x200",
            "Declare it.",
            "/images/0/height",
            id="a width that is none",
        ),
        pytest.param(
            lambda b: b.picture(300, 200, declared=(310, 201), stored=(200, 300), orientation=6),
            "declared 310x201, measured 300x200 (stored as 200x300, shown rotated by its orientation 6)",
            "Declare it.",
            "/images/0/width",
            id="a rotated one",
        ),
        pytest.param(
            lambda b: b.picture(declared=(300, 300), is_format="svg", ratio=1.23456),
            "declared 300x300, measured of no fixed size, with the ratio 1.235:1",
            "Declare a width and a height in that ratio.",
            "/images/0/width",
            id="a ratio",
        ),
        pytest.param(
            lambda b: b.picture(None, 200, declared=(300, 300), is_format="svg", ratio=1.5),
            "declared 300x300, measured of no fixed size, with the ratio 1.5:1",
            "Declare a width and a height in that ratio.",
            "/images/0/width",
            id="a ratio and a height",
        ),
    ],
)
def test_what_is_told_of_a_size(build: Any, result: Any, message: str, hint: str, pointer: str) -> None:
    found = issue(build, result(build))
    assert (found.message, found.hint, found.location.pointer) == (message, hint, pointer)


@pytest.mark.parametrize(
    ("size", "declared", "severity"),
    [
        ((300, 200), (301, 199), Severity.INFO),
        ((300, 200), (302, 200), None),
        ((300, 200), (300, 202), None),
        ((300, 200), (301, None), Severity.INFO),
    ],
)
def test_a_pixel_more_or_less_is_an_info(
    build: Any, size: tuple[int, int], declared: tuple[int | None, int | None], severity: Severity | None
) -> None:
    assert issue(build, build.picture(*size, declared=declared)).severity is severity


def test_a_ratio_is_never_a_matter_of_rounding(build: Any) -> None:
    for declared in ((1, 3), (2, 2)):
        found = issue(build, build.picture(declared=declared, is_format="svg", ratio=9.0))
        assert found.severity is None
        assert found.fix is None


def test_the_facts_are_what_to_write_and_where(build: Any) -> None:
    def facts(result: LinkResult) -> dict[str, Any]:
        (picture,) = measured_images(build.evidence(result))
        return size_facts(picture)

    assert facts(build.picture(300, 200, declared=("310", "x"), stored=(300, 200))) == {
        "width": 300,
        "height": 200,
        "width_pointer": "/images/0/width",
        "height_pointer": "/images/0/height",
        "declared_width": 310,
        "declared_height": None,
    }
    turned = facts(build.picture(300, 200, stored=(200, 300), orientation=6))
    assert (turned["width_pointer"], turned["height_pointer"]) == (None, None)
    assert (turned["stored_width"], turned["stored_height"], turned["orientation"]) == (200, 300, 6)


@pytest.mark.parametrize(
    ("result", "kind", "reason"),
    [
        pytest.param(lambda b: b.picture(300, 200, declared=(310, 200)), SAFE, "measured", id="measured"),
        pytest.param(
            lambda b: b.file("a.png", ImageFacts("png", 300, 200), width=310),
            SAFE,
            "measured in the file of the repository",
            id="in the repository",
        ),
        pytest.param(
            lambda b: b.picture(300, 200, declared=(310, 210), is_format="svg", url="https://a.example/a.svg"),
            UNSAFE,
            "an SVG can be shown at any size, so which one is meant is a guess",
            id="a drawing",
        ),
        pytest.param(
            lambda b: b.picture(149, 400, declared=(151, 400)),
            UNSAFE,
            "the image may be a placeholder: it is small, but declared larger",
            id="a short side",
        ),
        pytest.param(lambda b: b.picture(150, 400, declared=(151, 400)), SAFE, "measured", id="a side that is not short"),
        pytest.param(lambda b: b.picture(149, 400, declared=(148, 400)), SAFE, "measured", id="small, as declared"),
        pytest.param(
            lambda b: b.picture(200, 249, declared=(200, 260)),
            UNSAFE,
            "the image may be a placeholder: it is small, but declared larger",
            id="a small area",
        ),
        pytest.param(lambda b: b.picture(200, 250, declared=(200, 260)), SAFE, "measured", id="an area that is not small"),
        pytest.param(
            lambda b: b.picture(300, 200, declared=(310, 200), url="https://a.example/no-image.jpg"),
            UNSAFE,
            "the image may be a placeholder: its name is typical of one",
            id="its name",
        ),
        pytest.param(
            lambda b: b.picture(300, 200, declared=(310, 200), is_format="gif"),
            UNSAFE,
            "the image may be a different one: it is GIF, unlike the extension of its URL",
            id="another format",
        ),
    ],
)
def test_the_measured_size_is_written_unless_the_image_may_be_another_one(
    build: Any, result: Any, kind: FixKind, reason: str
) -> None:
    fix = issue(build, result(build)).fix
    assert fix is not None
    assert (fix.kind, fix.reason) == (kind, reason)


def test_an_image_far_smaller_than_declared_may_be_a_placeholder(build: Any) -> None:
    smaller, small = (build.picture(300, 200, declared=declared) for declared in ((1200, 800), (1197, 798)))
    for result, kind in ((smaller, UNSAFE), (small, SAFE)):
        fix = issue(build, result, kind=SizeIssue.SCALED).fix
        assert fix is not None
        assert fix.kind is kind


def test_a_size_of_which_a_half_cannot_be_written_is_not_written(build: Any) -> None:
    assert issue(build, build.picture(300, 200, declared=("wide", 210))).fix is None
    assert issue(build, build.picture(300, 200, declared=(310, None))).fix is None
    assert issue(build, build.picture(300, 200, wants={"width": 310})).fix is not None


def test_a_redirected_image_is_restricted_by_where_it_led(build: Any) -> None:
    result = build.answer(
        Role.IMAGE,
        "https://a.example/b/c.jpg",
        via=(301,),
        to=("https://a.example/d/b/c.jpg",),
        image=ImageFacts("jpeg", 300, 200),
        wants={"width": 310, "height": 200},
    )
    fix = issue(build, result).fix
    assert fix is not None
    assert fix.reason == "the image may be a different one: it is redirected to https://a.example/d/b/c.jpg"


@pytest.mark.parametrize(
    ("value", "pixels"),
    [
        (1, 1),
        (0, None),
        (-1, None),
        (1_000_000_000, 1_000_000_000),
        (1_000_000_001, None),
        (1.5, None),
        (True, None),
        ("12", 12),
        ("0", None),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("", None),
        ("-1", None),
        ("1px", None),
        ("\u0661", None),
        (None, None),
    ],
)
def test_a_length_is_a_positive_whole_number(build: Any, value: Any, pixels: int | None) -> None:
    assert length(Claim(value, build.claim(1, "/width").location)) == pixels
    assert length(None) is None


@pytest.mark.parametrize(
    ("url", "size"),
    [
        ("https://a.example/b.png", (3, 2)),
        ("https://a.example/b.SVG", (None, None)),
        ("https://a.example/b.svg?v=1", (None, None)),
        ("https://a.example/b.png?c.svg", (3, 2)),
    ],
)
def test_a_drawing_that_was_not_measured_has_no_declared_size(
    build: Any, url: str, size: tuple[int | None, int | None]
) -> None:
    assert declared_size(build.offline(Role.IMAGE, url, width=3, height=2)) == size


@pytest.mark.parametrize(
    ("declared", "image", "is_so"),
    [
        ((400, 400), ImageFacts("png", 100, 100), True),
        ((399, 400), ImageFacts("png", 100, 100), False),
        ((400, 399), ImageFacts("png", 100, 100), False),
        ((400, None), ImageFacts("png", 100, 100), True),
        ((None, 399), ImageFacts("png", 100, 100), False),
        ((None, None), ImageFacts("png", 100, 100), False),
        ((400, 400), ImageFacts("svg", 100, 100), False),
        ((400, 400), ImageFacts("png", None, 100), False),
        ((400, 400), ImageFacts("png", 100, None), False),
        ((400, 400), ImageFacts("png", 0, 0), False),
    ],
)
def test_an_image_is_far_smaller_if_no_side_is_a_quarter(
    declared: tuple[int | None, int | None], image: ImageFacts, *, is_so: bool
) -> None:
    assert is_far_smaller(Declared(*declared), image) is is_so


@pytest.mark.parametrize(
    ("url", "is_format", "is_so"),
    [
        ("https://a.example/b.png", "png", False),
        ("https://a.example/b.PNG?c.gif", "gif", True),
        ("https://a.example/b.jpg/#c.gif", "jpeg", False),
        ("https://a.example/b.jpg/", "gif", True),
        ("https://a.example/b.php", "gif", False),
        ("https://a.example/b", "gif", False),
    ],
)
def test_the_extension_of_a_url_is_that_of_a_format(build: Any, url: str, is_format: str, *, is_so: bool) -> None:
    (picture,) = measured_images(build.evidence(build.picture(3, 2, url=url, is_format=is_format)))
    assert is_of_other_format(picture) is is_so
    assert is_of_other_format(replace(picture, link=replace(picture.link, url="https://a.example/x"))) is False


def test_another_size_of_a_video_is_recommended_if_there_is_one() -> None:
    video = "https://i.ytimg.com/vi/dQw4w9WgXcQ/"
    assert (video_hint(f"{video}maxresdefault.jpg") or "").startswith("Try hqdefault.jpg")
    assert (video_hint(f"{video}hqdefault.jpg") or "").startswith("The video is gone")
    assert video_hint("https://a.example/vi/dQw4w9WgXcQ/hqdefault.jpg") is None
    assert video_hint("http://[x") is None
