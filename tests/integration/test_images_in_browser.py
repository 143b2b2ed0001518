"""A browser's natural size is what we call an image's size: Chromium is shown every sample that it can show."""

import html
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from image_samples import Sample, samples

from linkcheck.images import measure, measure_by
from linkcheck.model import ImageFacts

DEFAULT = (300, 150)
"""What CSS takes for a picture's width and height where it has none (CSS 2.2, 10.3.2)."""

SCRIPT = """
onload = () => {
  const sizes = [...document.images].map(image => [image.naturalWidth, image.naturalHeight]);
  document.querySelector("#sizes").textContent = JSON.stringify(sizes);
}
"""

REFUSED: Mapping[str, bytes] = {
    "no-namespace.svg": b'<svg width="10" height="10"></svg>',
    "attribute-twice.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" width="2"/>',
    "attributes-that-touch.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1"height="2"/>',
    "declared-too-late.svg": b' <?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="1" height="2"/>',
    "page.jpg": b"<!DOCTYPE html><title>404</title>",
    "empty.png": b"",
}


@pytest.fixture
def natural_sizes(
    browse: Callable[[Path], str], tmp_path: Path
) -> Callable[[Mapping[str, bytes]], dict[str, tuple[int, int]]]:
    """Show all files on one page and read their natural sizes; nought by nought is what a broken image has."""

    def show(files: Mapping[str, bytes]) -> dict[str, tuple[int, int]]:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        images = "".join(f'<img src="{html.escape(name)}">' for name in files)
        page = tmp_path / "page.html"
        page.write_text(f"<!doctype html><meta charset=utf-8>{images}<pre id=sizes></pre><script>{SCRIPT}</script>")
        found = re.search(r'<pre id="sizes">(.+?)</pre>', browse(page))
        assert found is not None, "the page's script did not run"
        return {name: (int(size[0]), int(size[1])) for name, size in zip(files, json.loads(found[1]), strict=True)}

    return show


def shown(sample: Sample) -> tuple[int, int]:
    facts = measure_by(lambda start, stop: sample.data[start:stop])
    width, height = facts.width, facts.height
    return DEFAULT[0] if width is None else width, DEFAULT[1] if height is None else height


def test_chromium_shows_every_sample_in_the_size_we_say(
    natural_sizes: Callable[[Mapping[str, bytes]], dict[str, tuple[int, int]]],
) -> None:
    files = {sample.name: sample for sample in samples() if sample.browser}
    theirs = natural_sizes({name: sample.data for name, sample in files.items()})

    assert {sample.format for sample in files.values()} >= {"jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "ico"}
    assert theirs == {name: shown(sample) for name, sample in files.items()}


def test_chromium_refuses_what_we_call_no_image(
    natural_sizes: Callable[[Mapping[str, bytes]], dict[str, tuple[int, int]]],
) -> None:
    facts = {name: measure(data, complete=True) for name, data in REFUSED.items()}

    assert natural_sizes(REFUSED) == dict.fromkeys(REFUSED, (0, 0))
    assert all(isinstance(fact, ImageFacts) and fact.format is None for fact in facts.values())
