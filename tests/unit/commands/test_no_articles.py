"""What is said of a folder without articles."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init.data_collections import Reason, SkippedData
from linkcheck.commands.init.no_articles import describe
from linkcheck.discover import DiscoverOptions
from linkcheck.discover.other_extensions import OtherExtensions

NOTHING = "run linkcheck init at the root of the repository"
VALIDATE = "run linkcheck validate to see what is invalid"
METADATA = "put the metadata at the start of each file between two lines that contain only ---"
RST = "linkcheck does not read reStructuredText"
DATA = "to check data files, add them to the `paths` of a collection in linkcheck.toml"
OTHERS = "list the extensions of all articles with --extensions"
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
        pytest.param(
            {"README.md": "---\n---\n"}, f"found 1 file with empty front matter; {TEXT}", id="a README without any"
        ),
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


def extensions(*, is_all: bool = True, **found: int) -> OtherExtensions:
    others = OtherExtensions()
    others.found, others.is_all = Counter({f".{name}": number for name, number in found.items()}), is_all
    return others


@pytest.mark.parametrize(
    ("others", "said"),
    [
        pytest.param(extensions(njk=1), "1 .njk file with front matter", id="one file"),
        pytest.param(
            extensions(a=2, c=3, b=3, none=0, is_all=False),
            "at least 3 .b files with front matter, at least 3 .c files with front matter and at least 2 .a files with "
            "front matter",
            id="the most first",
        ),
        pytest.param(
            extensions(a=1_000, b=6, c=5, d=4, e=3, f=2),
            "1,000 .a files with front matter, 6 .b files with front matter, 5 .c files with front matter, 4 .d files with "
            "front matter and 3 .e files with front matter",
            id="five of six",
        ),
    ],
)
def test_other_extensions_are_named_by_their_number(others: OtherExtensions, said: str, tmp_path: Path) -> None:
    described = describe(DiscoverOptions(paths=(), root=str(tmp_path)), {}, others)
    assert described == f"no article in {tmp_path}: found {said}; {OTHERS}"


@pytest.mark.parametrize(
    ("skipped", "said"),
    [
        (SkippedData(Reason.WITHOUT_LINKS, 1, ("",)), f"found 1 data file without links in .; {DATA}"),
        (SkippedData(Reason.ARBITRARY, 1_000, ("a", "b")), f"found 1,000 data files with URLs in a, b; {DATA}"),
        (
            SkippedData(Reason.UNFIT, 6, tuple("abcdef"), is_all=False),
            f"found at least 6 data files that cannot be read in a, b, c, d, e and 1 more; {DATA}",
        ),
        (SkippedData(Reason.UNFIT, 5, tuple("abcde")), f"found 5 data files that cannot be read in a, b, c, d, e; {DATA}"),
        (SkippedData(Reason.MISSING, 1, ("a.json",)), f"there are no Markdown or HTML files; {NOTHING}"),
    ],
    ids=["without links", "with URLs", "many that cannot be read", "five", "missing"],
)
def test_data_files_are_told_with_their_folders(skipped: SkippedData, said: str, tmp_path: Path) -> None:
    described = describe(DiscoverOptions(paths=(), root=str(tmp_path)), {}, OtherExtensions(), skipped_data=[skipped])
    assert described == f"no article in {tmp_path}: {said}"


INVALID, UNFENCED, PLAIN, EMPTY = {"a.md": "---\na: [\n---\n"}, {"b.md": "Title: B\n"}, {"c.md": "c"}, {"d.md": ""}


@pytest.mark.parametrize(
    ("files", "numbers", "advice"),
    [
        (INVALID | UNFENCED | PLAIN, (1, 1, 1), OTHERS),
        (INVALID | UNFENCED | PLAIN, (0, 1, 1), VALIDATE),
        (UNFENCED | PLAIN, (0, 1, 1), METADATA),
        (PLAIN, (0, 2, 1), RST),
        (PLAIN, (0, 0, 1), DATA),
        (PLAIN, (0, 0, 0), TEXT),
        (EMPTY, (0, 0, 0), TEXT),
        ({"e.html": "<p>"}, (0, 0, 0), TEXT),
        ({"README.md": "# A"}, (0, 0, 0), TEXT),
        ({}, (0, 0, 0), NOTHING),
    ],
)
def test_the_advice_is_that_for_the_most_promising_files(
    files: dict[str, str], numbers: tuple[int, int, int], advice: str, tmp_path: Path
) -> None:
    others, rst_files, data = numbers
    write_files(tmp_path, files)
    said = describe(
        DiscoverOptions(paths=(), root=str(tmp_path)),
        {},
        extensions(njk=others),
        rst_files=rst_files,
        skipped_data=[SkippedData(Reason.ARBITRARY, 1, ("a",))] * data,
    )
    assert said.endswith(f"; {advice}")
    assert ("1 .rst file with metadata" in said, "2 .rst files with metadata" in said) == (rst_files == 1, rst_files == 2)


@pytest.mark.parametrize("text", ["Title: A", "\ufeffdate:A", "AUTHOR :  A", "Tags:\tA", "Slug: A", "Category: A"])
def test_how_metadata_begins(text: str, tmp_path: Path) -> None:
    assert described({"a.md": f"{text}\n"}, tmp_path) == (
        f"found 1 Markdown file with metadata but without front matter; {METADATA}"
    )


@pytest.mark.parametrize("text", ["Title:", "Title:\nA", " Title: A", "Titel: A", "Summary: A"])
def test_how_metadata_does_not_begin(text: str, tmp_path: Path) -> None:
    assert described({"a.md": f"{text}\n"}, tmp_path) == f"found 1 Markdown file without front matter; {TEXT}"
