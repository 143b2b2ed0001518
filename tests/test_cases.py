"""The golden cases: an article, a web, and what linkcheck reports about them.

A case is a folder `cases/RULE/finds-...` or `cases/RULE/quiet-...` with

    *.md, folders    the articles
    web.toml         the responses of the web (docs/reference/replay.md); without it the run is offline
    linkcheck.toml   the configuration, if need be
    case.toml        what the other files cannot contain, if need be:
                       settings = {retries = 1}                      as on the command line
                       fifos = ["posts/a.md"], links = {"a" = "b"}   files that git does not keep everywhere
                       padding = {"posts/a.md" = 2000000}            characters to add to a file, where its `%PADDING%` is
                       runs = 3                                      runs, one per day, with a history; the last counts
    expected.txt     every finding with its facts and its fix, then notices and why the run is incomplete; a fact without
                     a value has one that is in the message

and for a `quiet-` case `expected.txt` must not contain the rule of its folder. `pytest tests/test_cases.py --accept` writes
`expected.txt`; read the difference before you commit it.
"""

import difflib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from golden import Golden
from msgspec import Struct
from quiet import Quiet

from linkcheck import pipeline
from linkcheck.config import Config, load
from linkcheck.judge.registry import all_rules, network_use
from linkcheck.model import Finding, Run, Severity, Status, VerdictKind

CASES = Path(__file__).parent / "cases"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FOLDERS = sorted(path for path in CASES.glob("*/*") if path.is_dir())
ABOUT_RESPONSES = {rule.META.code for rule in all_rules() if network_use(rule).startswith("online")}
UNCERTAIN = (VerdictKind.OK, VerdictKind.MOVED, VerdictKind.SUSPECT, VerdictKind.BLOCKED)
NOT_THE_ARTICLES = ("expected.txt", "case.toml")


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """`case.toml`."""

    settings: dict[str, object] = {}
    fifos: tuple[str, ...] = ()
    links: dict[str, str] = {}
    padding: dict[str, int] = {}
    runs: int = 1


def golden_line(finding: Finding) -> str:
    """A finding as a golden line, in the style of the text report."""
    span, status = finding.location.span, finding.status
    message, ends = finding.message, finding.facts.get("certificate_ends")
    if isinstance(ends, str):  # a replayed certificate ends so many days from today
        message = message.replace(ends[:10], "DAY")
    accepted = "" if status is Status.OPEN else f" ({status.value}: {finding.reason})"
    hint = f" | {finding.hint}" if finding.hint else ""
    return (
        f"{finding.location.path}:{span.line}:{span.column} {finding.code} {finding.severity.value} "
        f"{message}{hint}{accepted}{for_machines(finding, message + hint)}"
    )


def for_machines(finding: Finding, produced: str) -> str:
    """A line with the facts, and one with the fix: only values that are not in the sentences before."""
    facts = []
    for name, value in sorted(finding.facts.items()):
        shown = f"{value}" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        is_shown = isinstance(value, str) and value in produced
        facts.append(name if is_shown or name == "certificate_ends" else f"{name}={shown}")
    lines = [f"    facts: {', '.join(facts)}"] if facts else []
    if finding.fix is not None:
        reason = "" if finding.fix.reason in produced else f", {finding.fix.reason}"
        lines.append(f"    fix: {finding.fix.kind.value}{reason}")
    return "".join(f"\n{line}" for line in lines)


def lines_of(run: Run) -> Iterator[str]:
    yield from map(golden_line, run.findings())
    summary = run.summary()
    yield from (f"notice: {notice}" for notice in summary.notices)
    if not summary.complete:
        yield f"incomplete: {summary.incomplete_because}"


def requests_of(run: Run) -> Iterator[str]:
    """The requests, shown if the case fails."""
    for record in run.targets():
        outcome = record.outcome
        if outcome is None:
            continue
        end = outcome.answer.status if outcome.answer else outcome.failure.message if outcome.failure else None
        hops = [f"{hop.url} ({hop.status})" for hop in outcome.hops]
        yield f"requested: {' -> '.join([*hops, f'{outcome.answer.url if outcome.answer else outcome.url} ({end})'])}"


def false_alarms_of(run: Run) -> Iterator[str]:
    """Errors about a response that is not certain: a target that may work for readers."""
    verdicts = {record.link.location: record.verdict for record in run.links()}
    for finding in run.findings():
        verdict = verdicts.get(finding.location)
        if finding.severity is Severity.ERROR and finding.code in ABOUT_RESPONSES and verdict and verdict.kind in UNCERTAIN:
            yield f"{finding.code} at {finding.location}: the target is {verdict.kind}"


def set_up(folder: Path, workplace: Path) -> Case:
    """The case's files where a run may write, with what git does not keep."""
    shutil.copytree(folder, workplace, ignore=shutil.ignore_patterns(*NOT_THE_ARTICLES))
    (workplace / ".git").mkdir()  # configuration is looked for up to the repository's root and no farther
    settings = folder / "case.toml"
    case = msgspec.toml.decode(settings.read_bytes(), type=Case) if settings.exists() else Case()
    for path in case.fifos:
        os.mkfifo(workplace / path)
    for path, target in case.links.items():
        (workplace / path).symlink_to(target)
    for path, length in case.padding.items():
        text = (workplace / path).read_bytes()
        assert b"%PADDING%" in text
        (workplace / path).write_bytes(text.replace(b"%PADDING%", b"x" * length))
    return case


def configured(case: Case, workplace: Path) -> Config:
    web = {"replay": "web.toml", "jobs": 1} if (workplace / "web.toml").exists() else {"offline": True}
    history = {"history": "runs.sqlite"} if case.runs > 1 else {}
    unhurried = {"LINKCHECK_INTERVAL": "0", "LINKCHECK_RETRIES": "0"}
    return load(flags={**web, **history, **case.settings}, environment=unhurried, directory=str(workplace))


def run_case(folder: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, list[str]]:
    """The golden text of a case, the requests made for it, and errors about targets that may work."""
    case = set_up(folder, workplace)
    monkeypatch.chdir(workplace)
    produced = requests = ""
    false_alarms: list[str] = []
    for day in range(case.runs):
        now = NOW + timedelta(days=day)
        with pipeline.check(pipeline.RunContext(configured(case, workplace), now=lambda: now), Quiet()) as finished:  # noqa: B023 - used at once
            produced = "".join(f"{line}\n" for line in lines_of(finished.run))
            requests = "\n".join(requests_of(finished.run))
            false_alarms.extend(false_alarms_of(finished.run))
    return produced, requests, false_alarms


@pytest.mark.parametrize("folder", [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in FOLDERS])
def test_case(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden) -> None:
    produced, requests, false_alarms = run_case(folder, tmp_path / "site", monkeypatch)
    wanted = golden(folder / "expected.txt", produced)
    difference = "\n".join(difflib.ndiff(wanted.splitlines(), produced.splitlines()))
    assert produced == wanted, f"{folder.parent.name}/{folder.name}\n{difference}\n{requests}"
    codes = {rule.META.name: rule.META.code for rule in all_rules()}
    code = codes[folder.parent.name]
    assert folder.name.startswith(("finds-", "quiet-"))
    assert not false_alarms
    assert (f" {code} " in produced) == folder.name.startswith("finds-"), f"{code} in {produced}"


@pytest.mark.parametrize(
    "rule", [pytest.param(rule.META.name, id=f"{rule.META.code} {rule.META.name}") for rule in all_rules()]
)
def test_every_rule_has_a_case_that_finds_and_one_that_is_quiet(rule: str) -> None:
    kinds = {path.name.split("-")[0] for path in (CASES / rule).glob("*") if any(path.rglob("*.md"))}
    assert kinds == {"finds", "quiet"}


def test_every_rule_that_needs_no_network_is_found_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for number, folder in enumerate(path for path in FOLDERS if path.name.startswith("finds-")):
        workplace = tmp_path / str(number)
        case = set_up(folder, workplace)
        monkeypatch.chdir(workplace)
        given = {key: value for key, value in case.settings.items() if key != "history"}
        config = load(flags={**given, "offline": True}, environment={}, directory=str(workplace))
        with pipeline.check(pipeline.RunContext(config, now=lambda: NOW), Quiet()) as finished:
            found |= {finding.code for finding in finished.run.findings()}
    use = {rule.META.code: network_use(rule) for rule in all_rules()}
    offline = {code for code in use if use[code] == "offline"}
    of_files = {code for code in use if use[code].endswith("files of the repository")}
    assert offline - found == {"LC007"}, "which is about a finding of any other rule"
    assert found - offline <= of_files
