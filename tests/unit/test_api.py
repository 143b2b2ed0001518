"""What `import linkcheck` offers."""

from pathlib import Path

import pytest

import linkcheck
from linkcheck.errors import UsageError

ARTICLE = "---\ntitle: A\nwebUrl: https://a.example/\nwebURL: https://a.example/\n---\n"


def test_the_public_names_are_there_and_no_others() -> None:
    assert {name: getattr(linkcheck, name) is not None for name in linkcheck.__all__} == {
        "Finding": True,
        "Severity": True,
        "__version__": True,
        "check": True,
    }
    with pytest.raises(AttributeError, match="no attribute 'Findings'"):
        linkcheck.Findings  # noqa: B018 - asked for to see it refused


def test_check_returns_the_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(ARTICLE)
    findings = linkcheck.check("a.md", offline=True)
    assert [(finding.code, finding.severity, finding.location.span.line) for finding in findings] == [
        ("LC111", linkcheck.Severity.WARNING, 4)
    ]


def test_check_raises_for_a_path_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"nowhere\.md"):
        linkcheck.check("nowhere.md", offline=True)


def test_check_raises_where_the_working_directory_was_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.rmdir()
    with pytest.raises(UsageError, match="the working directory does not exist"):
        linkcheck.check("a.md", offline=True)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"concurency": 3}, "^concurency: unknown setting .Did you mean concurrency"),
        ({"perhost": 3}, "^perhost: .* .Did you mean per_host"),
        ({"concurrency": 0}, "^concurrency: .* 1 or more"),
        ({"connect_timeout": -1}, "^connect_timeout: .* 0.01 or more"),
        ({"fail_on": "foo"}, "^fail_on: .* one of error"),
        ({"select": "LC2"}, "^select: .* a list"),
        ({"history": Path("x")}, "^history: a value of type"),
        ({"severity": {"LC202": "off"}}, "^severity: a table can be set only in a configuration file"),
    ],
    ids=str,
)
def test_check_raises_for_a_setting_that_is_wrong(
    settings: dict[str, object], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(ARTICLE)
    with pytest.raises(UsageError, match=said):
        linkcheck.check("a.md", offline=True, **settings)


def test_none_is_as_good_as_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(ARTICLE)
    assert linkcheck.check("a.md", offline=True, max_time=None) == linkcheck.check("a.md", offline=True)
