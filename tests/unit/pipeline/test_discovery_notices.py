"""What is said of the files of a run: by value."""

from pathlib import Path
from typing import Any

import pytest

from linkcheck.config import Config, Settings
from linkcheck.discover import FileCounts
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.discovery_notices import missing_notice, notices_of


def notices(counts: FileCounts, file: str | None = None, **settings: Any) -> list[str]:
    config = Config(settings=Settings(**settings), root=str(Path.cwd()), file=file)
    return [notice.partition(" ends in ")[0] for notice in notices_of(counts, RunContext(config))]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("unmatched", "file", "expected"),
    [
        ([], None, []),
        (["posts"], None, ["no file in posts"]),
        (["posts", "docs", "posts"], None, ["no file in posts", "no file in docs"]),
        (["posts/*.md"], None, ["no file matches posts/*.md"]),
        (["."], None, ["no file in this folder"]),
        (["./"], None, ["no file in this folder"]),
    ],
)
def test_a_path_without_files_is_named(unmatched: list[str], file: str | None, expected: list[str]) -> None:
    assert notices(FileCounts(unmatched=unmatched), file) == expected


@pytest.mark.usefixtures("here")
def test_a_glob_of_a_list_may_be_the_name_of_a_deleted_file() -> None:
    Path("list.txt").write_text("a[1].md\n")
    counts = FileCounts(unmatched=["a[1].md", "b", "a[1].md"])
    assert notices(counts, files_from="list.txt") == [
        f"{path} does not exist, and no file matches it" for path in ("a[1].md", "b")
    ]


@pytest.mark.usefixtures("here")
def test_articles_in_another_notation_are_counted() -> None:
    rest = "not checked, because linkcheck does not read reStructuredText"
    assert notices(FileCounts(rst_files=0)) == []
    assert notices(FileCounts(rst_files=1)) == [f"one .rst file with metadata was {rest}"]
    assert notices(FileCounts(rst_files=2)) == [f"2 .rst files with metadata were {rest}"]
    assert notices(FileCounts(rst_files=1234)) == [f"1,234 .rst files with metadata were {rest}"]


ONE, MANY = (f"to no collection and {were} checked with the default schema: " for were in ("was", "were"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("outside", "expected"),
    [
        ({"a": 1}, f"one file with front matter belongs {ONE}a (1)"),
        (
            {"c": 1, "b": 1, "a": 1000},
            f"1,002 files with front matter belong {MANY}a (1,000), b (1), c (1)",
        ),
        (
            dict.fromkeys("abcde", 1),
            f"5 files with front matter belong {MANY}a (1), b (1), c (1), d (1), e (1)",
        ),
        (
            dict.fromkeys("abcdef", 1),
            f"6 files with front matter belong {MANY}a (1), b (1), c (1), d (1), e (1) and 1 more folder",
        ),
        (
            dict.fromkeys("abcdefg", 1),
            f"7 files with front matter belong {MANY}a (1), b (1), c (1), d (1), e (1) and 2 more folders",
        ),
    ],
)
def test_articles_of_no_collection_are_counted_by_folder(outside: dict[str, int], expected: str) -> None:
    assert notices(FileCounts(outside=outside)) == [expected]
    assert notices(FileCounts(outside=outside), schema="s.json") == []


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, ()),
        (1, ("one file does not exist and was skipped: 0",)),
        (2, ("2 files do not exist and were skipped: 0, 1",)),
        (5, ("5 files do not exist and were skipped: 0, 1, 2, 3, 4",)),
        (6, ("6 files do not exist and were skipped: 0, 1, 2, 3, 4 and 1 more",)),
        (1234, ("1,234 files do not exist and were skipped: 0, 1, 2, 3, 4 and 1,229 more",)),
    ],
)
def test_files_that_do_not_exist_are_named(count: int, expected: tuple[str, ...]) -> None:
    missing = [str(number) for number in range(count)]
    hint = ". The paths of a list are relative to the working directory (git diff --relative)"
    assert missing_notice(missing, is_all=False) == expected
    assert missing_notice(missing, is_all=True) == tuple(f"{each}{hint}" for each in expected)
