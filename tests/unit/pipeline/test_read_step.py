"""What is known of an article's links before anything is requested."""

from pathlib import Path

import pytest
from PIL import Image

from linkcheck.config import Config, Settings
from linkcheck.ledger import PlannedLink
from linkcheck.model import Probe, VerdictKind
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.read_step import ArticleReader

ARTICLE = """---
title: News
image: /photo.png
canonicalUrl: /photo.png
webUrl: /gone.html
---
"""
SCHEMA = """{"properties": {
    "image": {"x-link": {"role": "image"}},
    "canonicalUrl": {"x-link": {"role": "link"}},
    "webUrl": {"x-link": {"role": "link"}}
}}"""


@pytest.fixture
def links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, PlannedLink]:
    """The links of an article beside one image, by their pointers."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(ARTICLE)
    (tmp_path / "schema.json").write_text(SCHEMA)
    Image.new("RGB", (30, 20)).save(tmp_path / "photo.png")
    settings = Settings(paths=("a.md",), schema="schema.json", site_root=(".",))
    reader = ArticleReader(RunContext(Config(settings=settings, root=str(tmp_path))))
    ((_, _, planned, _),) = reader.rows()
    return {each.link.location.pointer: each for each in planned}


def test_a_local_file_is_measured_where_it_is_linked_as_an_image(links: dict[str, PlannedLink]) -> None:
    found = links["/image"]
    assert found.target.probe is Probe.IMAGE
    assert found.local is not None
    assert found.local.image is not None
    assert (found.local.file, found.local.image.width, found.local.image.height) == ("photo.png", 30, 20)


def test_a_local_file_is_not_measured_where_it_is_linked_otherwise(links: dict[str, PlannedLink]) -> None:
    found = links["/canonicalUrl"]
    assert found.local is not None
    assert (found.local.file, found.local.image) == ("photo.png", None)
    assert found.verdict is not None
    assert found.verdict.kind is VerdictKind.OK


def test_a_local_file_that_is_not_there_is_dead(links: dict[str, PlannedLink]) -> None:
    found = links["/webUrl"]
    assert found.local is not None
    assert found.local.file is None
    assert found.verdict is not None
    assert found.verdict.kind is VerdictKind.DEAD
