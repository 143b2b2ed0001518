"""What docs/reference/replay.md says is what the code does."""

import re
from pathlib import Path

import pytest

from linkcheck.fetch.http.failures import SENTENCES
from linkcheck.fetch.replay.placeholder_images import FORMATS, ImageSpec
from linkcheck.fetch.replay.player import ReplayedAnswer, ReplayedPage, read_web

TEXT = (Path(__file__).parents[3] / "docs" / "reference" / "replay.md").read_text(encoding="utf-8")


def _rows(heading: str) -> dict[str, str]:
    part = TEXT.partition(heading)[2].partition("\n#")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.*?) \|", part, re.MULTILINE))


def test_every_key_is_documented_and_no_other() -> None:
    assert set(_rows("## Keys")) == set(ReplayedAnswer.__struct_encode_fields__)


@pytest.mark.parametrize("kind", [ReplayedPage, ImageSpec])
def test_every_key_of_a_page_and_an_image_is_documented(kind: type[ReplayedPage] | type[ImageSpec]) -> None:
    part = TEXT.partition("### `page`")[2].partition("### `failure`")[0]
    assert [name for name in kind.__struct_encode_fields__ if f"`{name}`" not in part] == []
    assert [name for name in FORMATS if f"`{name}`" not in part] == []


def test_every_failure_is_documented_with_its_details() -> None:
    documented = {(kind, detail) for kind, row in _rows("### `failure`").items() for detail in re.findall(r"`([^`]+)`", row)}
    assert documented == {(str(kind), detail) for kind, detail in SENTENCES}


def test_the_examples_can_be_read(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        file = tmp_path / "web.toml"
        file.write_text(example, encoding="utf-8")
        assert read_web(str(file))
