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
