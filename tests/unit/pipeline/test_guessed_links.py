"""Runs for which nothing is configured: links are recognized as `init` does it."""

import subprocess
import sys
from pathlib import Path

import pytest

from linkcheck.config import load
from linkcheck.ledger import PlannedLink
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.read_step import ArticleReader

ARTICLE = """---
layout: post
logo: acme.svg
cover: ./cover.png
image: /assets/a.png
canonical_url: https://blog.example/story
---
"""


def read(tmp_path: Path, **settings: object) -> tuple[ArticleReader, dict[str, PlannedLink]]:
    """The reader after the run, and the links of the article by their pointers."""
    (tmp_path / "a.md").write_text(ARTICLE)
    reader = ArticleReader(RunContext(load(flags=settings, directory=str(tmp_path), environment={})))
    ((_, violations, planned, _),) = reader.rows()
    assert violations == ()
    return reader, {each.link.location.pointer: each for each in planned}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def verdict_of(planned: PlannedLink) -> str:
    return "" if planned.verdict is None else planned.verdict.kind.value


def test_links_are_found_without_a_configuration(tmp_path: Path) -> None:
    _, links = read(tmp_path)
    assert list(links) == ["/logo", "/cover", "/image", "/canonical_url"]
    assert links["/canonical_url"].target.host == "blog.example"


@pytest.mark.parametrize(
    ("lines", "pointers"),
    [
        pytest.param("gallery: [3, /b.png]", ["/gallery/1"], id="one of a list"),
        pytest.param("hero: {size: 3, image: /b.png, alt: x}", ["/hero/image"], id="one of a mapping"),
        pytest.param("gallery: [a, b]\nhero: {alt: x}\nsize: 3", [], id="none"),
    ],
)
def test_a_value_among_others_is_found(lines: str, pointers: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\nlayout: post\n{lines}\n---\n")
    reader = ArticleReader(RunContext(load(flags={}, directory=str(tmp_path), environment={})))
    ((_, _, planned, _),) = reader.rows()
    assert [each.link.location.pointer for each in planned] == pointers


def test_a_file_that_may_be_in_another_folder_is_not_dead(tmp_path: Path) -> None:
    _, links = read(tmp_path)
    verdicts = {pointer: verdict_of(links[pointer]) for pointer in ("/logo", "/cover", "/image")}
    assert verdicts == {"/logo": "skipped", "/cover": "dead", "/image": "skipped"}


@pytest.mark.parametrize(
    "configuration",
    [
        pytest.param('base-url = "https://blog.example/"', id="a setting"),
        pytest.param('schema = "plain.json"', id="a schema"),
        pytest.param('[[collections]]\nname = "a"\npaths = ["*.md"]\nschema = "plain.json"', id="a collection"),
    ],
)
def test_nothing_is_guessed_with_a_configuration(configuration: str, tmp_path: Path) -> None:
    (tmp_path / "plain.json").write_text("{}")
    (tmp_path / "linkcheck.toml").write_text(configuration)
    (tmp_path / "a.md").write_text(f"---\ntitle: A\n{ARTICLE[4:]}")
    reader = ArticleReader(RunContext(load(flags={}, directory=str(tmp_path), environment={})))
    ((_, _, planned, _),) = reader.rows()
    assert not planned


def test_nothing_is_guessed_with_a_schema_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "plain.json").write_text("{}")
    reader, links = read(tmp_path, schema="plain.json")
    assert not links
    assert not reader.has_link_fields


def test_a_run_without_guesses_does_not_import_the_inference(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Bridge opens. At last\ndate: 2021-01-01\ntags: [a]\n---\n")
    program = (
        "import atexit, sys; from linkcheck.__main__ import main; sys.argv = ['linkcheck', 'validate', 'a.md']; "
        "atexit.register(lambda: print(sorted(name for name in sys.modules if name.startswith('linkcheck.infer')))); main()"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
