"""Rules that are joined to one pattern ignore the same files as rules that are checked one by one."""

from pathlib import Path

import pytest
from pathspec import GitIgnoreSpec

from linkcheck import gitignore

RULES = ["*.log", "/public/", "drafts/**/old", "!keep.log", "[a-c]x", "a(b", r"\#note", "# comment", "", "über*", "temp/*"]
PATHS = [
    *("a.log", "logs/b.log", "keep.log", "logs/keep.log", "public/", "public/index.md", "content/public/x.md"),
    *(
        "drafts/old",
        "drafts/2024/old/a.md",
        "drafts/older",
        "ax",
        "dx",
        "a(b",
        "#note",
        "übersicht.md",
        "temp/",
        "temp/a/b.md",
    ),
]


@pytest.mark.parametrize(
    "rules", [RULES, RULES[:1], ["# nothing"], [], RULES * 50], ids=["all", "one", "none", "empty", "many"]
)
def test_the_rules_ignore_what_each_of_them_ignores(tmp_path: Path, rules: list[str]) -> None:
    (tmp_path / ".gitignore").write_text("\n".join(rules), encoding="utf-8")
    found = gitignore.read_rules(str(tmp_path), None)
    assert found is not None
    spec = GitIgnoreSpec.from_lines(rules)
    expected = [path for path in PATHS if spec.match_file(path)]
    assert [path for path in PATHS if found.ignore(f"{tmp_path}/{path}")] == expected
    assert bool(expected) == ("*.log" in rules)


def test_rules_of_parent_folders_apply_where_none_matches(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / ".gitignore").write_text("*.tmp\n*.log\n", encoding="utf-8")
    (tmp_path / "docs" / ".gitignore").write_text("!kept.log\n", encoding="utf-8")
    rules = gitignore.read_rules(str(tmp_path / "docs"), gitignore.read_rules(str(tmp_path), None))
    assert rules is not None
    ignored = [name for name in ("a.tmp", "kept.log", "a.log", "a.md") if rules.ignore(f"{tmp_path}/docs/{name}")]
    assert ignored == ["a.tmp", "a.log"]
