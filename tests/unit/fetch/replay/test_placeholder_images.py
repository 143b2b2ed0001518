"""The bytes of generated images, and the sizes that each format can declare."""

from base64 import b64decode

import pytest

from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder

FILES = [
    (
        ImageSpec("jpeg", 640, 480),
        "/9j/4AAQSkZJRgABAQAAAQABAAD/wAARCAHgAoADASIAAhEBAxEB/9oADAMBAAIRAxEAPwD/2Q==",
    ),
    (
        ImageSpec("jpeg", 640, 480, orientation=6),
        (
            "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAASUkqAAgAAAABABIBAwABAAAABgAAAAAAAAD/wAARCAHgAoADASIAAhEBAxEB"
            "/9oADAMBAAIRAxEAPwD/2Q=="
        ),
    ),
    (
        ImageSpec("png", 640, 480),
        "iVBORw0KGgoAAAANSUhEUgAAAoAAAAHgCAIAAAC6s0uzAAAACElEQVR4nAMAAAAAAUgGidIAAAAASUVORK5CYII=",
    ),
    (ImageSpec("gif", 640, 480), "R0lGODlhgALgAYAAAAAAAP///yH5BAAKAAAALAAAAACAAuABAAICRAEAOw=="),
    (
        ImageSpec("gif", 640, 480, animated=True),
        "R0lGODlhgALgAYAAAAAAAP///yH5BAAKAAAALAAAAACAAuABAAICRAEAIfkEAAoAAAAsAAAAAIAC4AEAAgJEAQA7",
    ),
    (ImageSpec("webp", 640, 480), "UklGRigAAABXRUJQVlA4WAoAAAAAAAAAfwIA3wEAVlA4IAoAAAAQAACdASqAAuAB"),
    (ImageSpec("webp", 20000, 480, animated=True), "UklGRigAAABXRUJQVlA4WAoAAAACAAAAH04A3wEAVlA4IAoAAAAQAACdASr/P+AB"),
    (ImageSpec("webp", 640, 20000), "UklGRigAAABXRUJQVlA4WAoAAAAAAAAAfwIAH04AVlA4IAoAAAAQAACdASqAAv8/"),
    (
        ImageSpec("avif", 640, 480),
        (
            "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAKNtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5w"
            "aXRtAAAAAAABAAAAI2lpbmYAAAAAAAEAAAAVaW5mZQIAAAAAAQAAYXYwMQAAAABFaXBycAAAAChpcGNvAAAADGF2MUOBAAwAAAAAFGlz"
            "cGUAAAAAAAACgAAAAeAAAAAVaXBtYQAAAAAAAAABAAECgQIAAAAIbWRhdA=="
        ),
    ),
]


@pytest.mark.parametrize(("picture", "file"), FILES, ids=[str(picture) for picture, _ in FILES])
def test_a_generated_image_always_has_the_same_bytes(picture: ImageSpec, file: str) -> None:
    assert encode_placeholder(picture) == b64decode(file)


def test_an_svg_is_text() -> None:
    text = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480"></svg>\n'
    assert encode_placeholder(ImageSpec("svg", 640, 480)) == text.encode()


@pytest.mark.parametrize(
    ("form", "largest", "smallest"), [("jpeg", 65535, 0), ("gif", 65535, 0), ("png", 2**32 - 1, 0), ("webp", 2**24, 1)]
)
def test_a_size_that_the_format_cannot_declare_is_an_error(form: str, largest: int, smallest: int) -> None:
    for size in ((largest, 1), (1, largest), (smallest, 1), (1, smallest)):
        assert encode_placeholder(ImageSpec(form, *size))
    for width, height in ((largest + 1, 1), (1, largest + 1), (smallest - 1, 1), (1, smallest - 1)):
        with pytest.raises(ValueError, match=f"^a {form} cannot be {width} x {height}$"):
            encode_placeholder(ImageSpec(form, width, height))


def test_an_unknown_format_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"^image format 'bmp' is not one of jpeg, png, gif, webp, svg, avif$"):
        encode_placeholder(ImageSpec("bmp", 1, 1))
