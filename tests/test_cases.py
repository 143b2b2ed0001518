"""The golden cases: an article, a web, and what linkcheck says of them.

A case is a folder `cases/RULE/finds-...` or `cases/RULE/quiet-...` with articles (`*.md`, folders allowed), a `web.toml`
(none: offline) and, if need be, a `linkcheck.toml`. `expected.txt` is every finding, a line each, and for a `quiet-` case
must not name the rule of its folder. `UPDATE_CASES=1 pytest tests/test_cases.py` writes what is said now.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linkcheck import pipeline
from linkcheck.config import load
from linkcheck.judge.groups import all_rules
from linkcheck.model import Finding, Status, VerdictKind

CASES = Path(__file__).parent / "cases"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
UPDATE = bool(os.environ.get("UPDATE_CASES"))
FOLDERS = (
    sorted(path.parent for path in CASES.glob("*/*/expected.txt") if path.is_file())
    if not UPDATE
    else sorted(path for path in CASES.glob("*/*") if path.is_dir())
)


class Silent:
    """A watch that only keeps what it is told."""

    def __init__(self) -> None:
        self.notices: list[str] = []

    def notice(self, sentence: str) -> None:
        self.notices.append(sentence)

    def asking(self, targets: int) -> "Silent":
        return self

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: object) -> None: ...

    def close(self) -> None: ...


def told(finding: Finding) -> str:
    """A finding as a golden line, in the style of the text report."""
    span, status = finding.location.span, finding.status
    accepted = "" if status is Status.NEW else f" ({status.value}: {finding.reason})"
    hint = f" | {finding.hint}" if finding.hint else ""
    return (
        f"{finding.location.path}:{span.line}:{span.column} {finding.code} {finding.severity.value} "
        f"{finding.message}{hint}{accepted}"
    )


def said_of(folder: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shutil.copytree(folder, workplace, dirs_exist_ok=True)
    (workplace / "expected.txt").unlink(missing_ok=True)
    (workplace / ".git").mkdir()  # configuration is looked for up to the repository's root and no farther
    monkeypatch.chdir(workplace)
    web = {"replay": "web.toml", "jobs": 1} if (workplace / "web.toml").exists() else {"offline": True}
    config = load(flags=web, environment={}, directory=str(workplace))
    with pipeline.check(config, Silent(), now=lambda: NOW) as finished:
        return "".join(f"{told(finding)}\n" for finding in finished.run.findings())


@pytest.mark.parametrize("folder", [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in FOLDERS])
def test_case(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = said_of(folder, tmp_path / "case", monkeypatch)
    expected = folder / "expected.txt"
    if UPDATE:
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    codes = {rule.NAME: rule.CODE for rule in all_rules()}
    code = codes[folder.parent.name]
    assert folder.name.startswith(("finds-", "quiet-"))
    assert (f" {code} " in said) == folder.name.startswith("finds-")


@pytest.mark.parametrize("rule", [pytest.param(rule.NAME, id=f"{rule.CODE} {rule.NAME}") for rule in all_rules()])
def test_every_rule_has_a_case_that_finds_and_one_that_is_quiet(rule: str) -> None:
    kinds = {path.name.split("-")[0] for path in (CASES / rule).glob("*") if (path / "expected.txt").is_file()}
    assert kinds == {"finds", "quiet"}
