import pytest

from linkcheck.report import ReportOptions
from linkcheck.report.places import file_url, line_pattern, line_url, repository_path, rule_url

GITHUB = "https://github.com/o/r/blob/main"


@pytest.mark.parametrize(
    ("base", "path", "seen"),
    [
        ("", "a/b.md", "a/b.md"),
        ("docs", "a.md", "docs/a.md"),
        ("docs/", "../a.md", "a.md"),
        ("", "../a.md", "../a.md"),
        ("", "../../a.md", "../../a.md"),
        ("docs", "../../a.md", "../a.md"),
        ("", "./a.md", "a.md"),
    ],
)
def test_paths_are_seen_from_the_repositorys_root(base: str, path: str, seen: str) -> None:
    assert repository_path(path, ReportOptions(base=base)) == seen


@pytest.mark.parametrize(
    ("repository", "path", "address"),
    [
        (GITHUB, "news/a.md", f"{GITHUB}/news/a.md#L7"),
        (GITHUB + "/", "\u00fc b?#%.md", f"{GITHUB}/%C3%BC%20b%3F%23%25.md#L7"),
        ("https://git.example/{path}?line={line}", "{line}.md", "https://git.example/%7Bline%7D.md?line=7"),
        ("https://git.example/src/{path}#lines-{line}", "a.md", "https://git.example/src/a.md#lines-7"),
        (None, "a.md", None),
        ("javascript:alert(1)//", "a.md", None),
        (GITHUB, "", None),
    ],
)
def test_a_line_has_a_web_address_where_a_repository_is_named(
    repository: str | None, path: str, address: str | None
) -> None:
    assert line_url(path, 7, ReportOptions(repository_url=repository)) == address


def test_a_pattern_leaves_the_line_open() -> None:
    assert line_pattern("a.md", ReportOptions(repository_url=GITHUB)) == f"{GITHUB}/a.md#L{{line}}"


def test_a_rule_has_a_web_address_where_its_pages_are_named() -> None:
    options = ReportOptions(rules_url="https://docs.example/rules#{anchor}")
    assert rule_url("LC201", "dead", options) == "https://docs.example/rules#lc201-dead"
    assert rule_url("LC201", "dead", ReportOptions(rules_url="https://docs.example/{code}")) == "https://docs.example/LC201"
    assert rule_url("LC201", "dead", ReportOptions()) is None


def test_a_local_file_has_an_address_where_the_directory_is_told() -> None:
    assert file_url("a b.md", ReportOptions(root="/work/x")) == "file:///work/x/a%20b.md"
    assert file_url("/tmp/a.md", ReportOptions(root="/work/x")) == "file:///tmp/a.md"
    assert file_url("a.md", ReportOptions()) is None
