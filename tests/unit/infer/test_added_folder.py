"""The folder that a template adds to the values of a property: found only where chance cannot explain it."""

import pytest

from linkcheck.infer import find_added_folder

ICONS = "templates/icons"


def found(values: list[str], files: list[str]) -> str | None:
    def ending_with(path: str) -> tuple[str, ...]:
        return tuple(sorted(file for file in files if f"/{file}".endswith(f"/{path}")))

    return find_added_folder(values, ending_with)


def below(folder: str, *names: str) -> list[str]:
    return [f"{folder}/{name}" for name in names]


@pytest.mark.parametrize(
    ("values", "files", "expected"),
    [
        pytest.param(
            ["gavel.svg", "rocket.svg", "people.svg", "gavel.svg"],
            below(ICONS, "gavel.svg", "rocket.svg", "people.svg", "unused.svg"), ICONS, id="names in one folder",
        ),
        pytest.param(
            ["law/gavel.svg", "law/judge.svg", "sky/rocket.svg"],
            below(ICONS, "law/gavel.svg", "law/judge.svg", "sky/rocket.svg"), ICONS, id="paths below one folder",
        ),
        pytest.param(
            ["gavel.svg", "rocket.svg", "people.svg"],
            [*below(ICONS, "gavel.svg", "rocket.svg", "people.svg"), *below("public/i", "gavel.svg", "rocket.svg")], ICONS,
            id="a copy that a generator wrote",
        ),
        pytest.param(
            ["2021-05-01.jpg", "2022-06-02.jpg", "2023-07-03.jpg"],
            below("photos", "2021-05-01.jpg", "2022-06-02.jpg", "2023-07-03.jpg"), "photos", id="names with long numbers",
        ),
        pytest.param(
            ["IMG_2034.jpg", "IMG_2035.jpg", "IMG_2041.jpg"],
            below("photos", "IMG_2034.jpg", "IMG_2035.jpg", "IMG_2041.jpg"), "photos", id="long numbers in a row",
        ),
        pytest.param(
            [*(f"{name}{name}{name}.svg" for name in "abcdefghijk"), "gone.svg"],
            below(ICONS, *(f"{name}{name}{name}.svg" for name in "abcdefghijk")), ICONS, id="all but one of twelve",
        ),
        pytest.param(
            [*(f"{name}{name}{name}.svg" for name in "abcdefghi"), "gone.svg"],
            below(ICONS, *(f"{name}{name}{name}.svg" for name in "abcdefghi")), ICONS,
            id="nine of ten",
        ),
        pytest.param(
            ["gavel.svg", "rocket.svg", "people.svg"], below("public", "gavel.svg", "rocket.svg", "people.svg"), "public",
            id="only what a generator wrote",
        ),
        pytest.param(
            ["law/gavel.svg", "law/judge.svg", "sky/image1.svg", "sky/rocket.svg"],
            below(ICONS, "law/gavel.svg", "law/judge.svg", "sky/image1.svg", "sky/rocket.svg"), ICONS,
            id="a number in a path",
        ),
        pytest.param(
            ["gavel.svg", "kv.svg", "people.svg"], below(ICONS, "gavel.svg", "kv.svg", "people.svg"), ICONS,
            id="a short name among words",
        ),
        pytest.param(
            ["gavel.svg", "rocket.svg", "people.svg"],
            [f"i/{size}/{name}.svg" for size in ("800x600", "400x300") for name in ("gavel", "rocket", "people")],
            "i/400x300", id="the first of two folders with the same names",
        ),
        pytest.param(
            [f"{name}{name}{name}.svg" for name in "abcdefghijk"],
            [*below("a", *(f"{name}{name}{name}.svg" for name in "abcdefghij")),
             *below("b", *(f"{name}{name}{name}.svg" for name in "abcdefghijk"))],
            "b", id="the one with more names of two folders",
        ),
    ],
)  # fmt: skip
def test_a_folder_that_explains_the_values_is_found(values: list[str], files: list[str], expected: str) -> None:
    assert found(values, files) == expected


@pytest.mark.parametrize(
    ("values", "files"),
    [
        pytest.param([], [], id="no values"),
        pytest.param(["gavel.svg", "rocket.svg"], below(ICONS, "gavel.svg", "rocket.svg"), id="two names"),
        pytest.param(["gavel.svg"] * 9, below(ICONS, "gavel.svg"), id="one name many times"),
        pytest.param(
            ["gavel.svg", "rocket.svg", "people.svg", "gone.svg"], below(ICONS, "gavel.svg", "rocket.svg", "people.svg"),
            id="one of four is missing",
        ),
        pytest.param(
            ["gavel.svg", "rocket.svg", "people.svg"],
            [*below(ICONS, "gavel.svg", "rocket.svg", "people.svg"), *below("other", "gavel.svg", "rocket.svg")],
            id="two names elsewhere too",
        ),
        pytest.param(
            ["gavel.svg", "rocket.svg", "people.svg"],
            [*below(ICONS, "gavel.svg", "rocket.svg", "people.svg"), "gavel.svg"], id="one at the top too",
        ),
        pytest.param(["gavel.svg", "kv.svg", "ab.svg"], below(ICONS, "gavel.svg", "kv.svg", "ab.svg"), id="two short names"),
        pytest.param(["gavel.svg", "rocket.svg", "a.svg"], below(ICONS, "gavel.svg", "rocket.svg", "a.svg"), id="a letter"),
        pytest.param(["gavel.svg", "rocket.svg", "people.svg"], ["gavel.svg", "rocket.svg", "people.svg"], id="at the top"),
        pytest.param(["1.png", "2.png", "3.png"], below("media", "1.png", "2.png", "3.png"), id="numbers"),
        pytest.param(
            ["image1.png", "image-2.png", "image_3.png"], below("media", "image1.png", "image-2.png", "image_3.png"),
            id="a series",
        ),
        pytest.param(
            ["image 1.png", "image-2.png", "image_3.png"], below("media", "image 1.png", "image-2.png", "image_3.png"),
            id="a series, written in different ways",
        ),
        pytest.param(
            ["a/image1.png", "b/image2.png", "c/image3.png"], below("media", "a/image1.png", "b/image2.png", "c/image3.png"),
            id="a series in several folders",
        ),
        pytest.param(["ab.png", "cd.png", "ef.png"], below("media", "ab.png", "cd.png", "ef.png"), id="two letters each"),
        pytest.param(
            ["gavel.svg", "rocket.svg", "people.svg"], [f"{name}/{name}.svg" for name in ("gavel", "rocket", "people")],
            id="each in a folder of its own",
        ),
    ],
)  # fmt: skip
def test_what_chance_may_explain_is_not_a_folder(values: list[str], files: list[str]) -> None:
    assert found(values, files) is None
