"""What reports know of the place where they are written."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from linkcheck import __version__
from linkcheck.cli.write_reports import RULES_URL, report_options
from linkcheck.config import Settings
from linkcheck.config.ci_repository import CiJob
from linkcheck.judge.registry import all_rules
from linkcheck.judge.rule_documentation import documented
from linkcheck.model import Severity
from linkcheck.report import Detail, ReportOptions


@pytest.mark.parametrize(("folder", "base"), [(".", ""), ("posts", "posts"), ("a/b", "a/b")])
def test_paths_are_those_in_the_repository(folder: str, base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / folder)
    options = report_options(Settings(), "text", terminal=False)
    assert (options.base, options.root) == (base, str(tmp_path / folder) if base else str(tmp_path))


class Terminal(io.StringIO):
    encoding = "ascii"

    def isatty(self) -> bool:
        return True


def test_a_report_is_as_wide_as_the_terminal_and_in_its_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "77")
    options = report_options(Settings(), "text", terminal=True)
    assert (options.width, options.encoding) == (77, "ascii")
    assert report_options(Settings(), "text", terminal=False).encoding is None


def test_only_sarif_has_the_help_of_all_rules() -> None:
    rules = report_options(Settings(), "sarif", terminal=False).rules
    known = [documented(rule) for rule in all_rules()]
    assert [(each.code, each.name, each.summary, each.topics) for each in rules] == [
        (each.code, each.name, each.summary, each.topics) for each in known
    ]
    for rule, each in zip(rules, known, strict=True):
        headings = ("**How to fix it.** ", "**When to ignore it.** ", "**Source.** ")
        parts = (each.meaning, each.importance, each.how_to_fix, each.exemption, each.source)
        starts = ("", "", *headings)
        assert rule.text.split("\n\n", 1)[0] == parts[0][:1].upper() + parts[0][1:]
        assert [f"{start}{part[:1].upper()}{part[1:]}" in rule.text for start, part in zip(starts, parts, strict=True)] == [
            True
        ] * 5
    assert report_options(Settings(), "json", terminal=False).rules == ()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, {}),
        ({"quiet": True, "verbose": True}, {"detail": Detail.QUIET}),
        ({"verbose": True}, {"detail": Detail.VERBOSE}),
        ({"only_articles": True}, {}),
        ({"offline": True}, {}),
        ({"only_articles": True, "offline": True}, {"is_offline": True}),
        ({"repository_url": "https://b.example/"}, {"repository_url": "https://b.example/"}),
        ({"fail_on": "warning"}, {"failing": (Severity.ERROR, Severity.WARNING)}),
        ({"exit_zero": True}, {"failing": ()}),
        ({"max_problems": 7}, {"most_problems": 7}),
        ({"statistics": True}, {"statistics": True}),
        ({"group_by": "author"}, {"group_by": "author"}),
    ],
)
def test_reports_look_as_the_settings_say(
    settings: dict[str, Any], expected: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    job = CiJob("https://a.example/o/r", "https://a.example/run/1", "0123abc", "main")
    usual: dict[str, Any] = {
        "repository_url": job.repository_url,
        "run_url": job.run_url,
        "commit": job.commit,
        "branch": job.branch,
        "root": str(tmp_path),
        "rules_url": RULES_URL,
        "version": __version__,
    }
    assert report_options(Settings(**settings), "text", job, terminal=False) == ReportOptions(**{**usual, **expected})
    with_none = report_options(Settings(**settings), "text", terminal=False)
    nothing = dict.fromkeys(("repository_url", "run_url", "commit", "branch"))
    assert with_none == ReportOptions(**{**usual, **nothing, **expected})
