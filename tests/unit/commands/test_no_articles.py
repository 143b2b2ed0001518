"""What is said of a folder without articles."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init.no_articles import describe
from linkcheck.discover import DiscoverOptions
from linkcheck.discover.other_extensions import OtherExtensions

NOTHING = "run linkcheck init at the root of the repository"
VALIDATE = "run linkcheck validate to see what is invalid"
METADATA = "put the metadata at the start of each file between two lines that contain only ---"
TEXT = "linkcheck checks links in front matter, and other link checkers, such as lychee, check links in the text of articles"


def described(files: Mapping[str, str], root: Path, places: Mapping[str, str] | None = None) -> str:
    write_files(root, dict(files))
    said = describe(DiscoverOptions(paths=(), root=str(root)), places or {}, OtherExtensions())
    return said.removeprefix(f"no article in {root}: ")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param({"a.txt": "x"}, f"there are no Markdown or HTML files; {NOTHING}", id="nothing"),
        pytest.param({"a.md": "# A\n"}, f"found 1 Markdown file without front matter; {TEXT}", id="a text"),
        pytest.param({"a.md": "---\n---\n"}, f"found 1 file with empty front matter; {TEXT}", id="no metadata"),
        pytest.param({"a.html": "<p>"}, f"found 1 HTML file without front matter; {TEXT}", id="a page"),
        pytest.param(
            {"a.md": "Title: A\n", "b.md": "date:x\n\ntext", "c.md": "Titles: x\n", "d.md": "x\nTitle: A\n"},
            "found 2 Markdown files with metadata but without front matter and 2 Markdown files without front matter; "
            f"{METADATA}",
            id="metadata",
        ),
        pytest.param(
            {"a.md": "---\na: [\n---\n", "b.md": "---\nb: [\n---\n"},
            f"found 2 files whose front matter is invalid (a.md:2, ...); {VALIDATE}",
            id="what cannot be parsed",
        ),
        pytest.param(
            {"z.md": "---\na: [\n---\n", "b.md": "Title: B\n", "c.html": "<p>"},
            "found 1 file whose front matter is invalid (z.md), 1 Markdown file with metadata but without front matter and "
            f"1 HTML file without front matter; {VALIDATE}",
            id="some of each",
        ),
        pytest.param({"a.md": "---\n\ntext\n"}, f"found 1 Markdown file without front matter; {TEXT}", id="a break"),
    ],
)
def test_what_is_there_in_place_of_articles_is_counted(files: dict[str, str], said: str, tmp_path: Path) -> None:
    assert described(files, tmp_path, {"a.md": "a.md:2"}) == said


def test_at_the_root_of_a_repository_its_root_is_not_recommended(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    said = "there are no Markdown or HTML files; linkcheck reads no other formats"
    assert described({"a.rst": "Harbor\n######\n"}, tmp_path) == said
