"""The documentation says what is so: pages made from the program are up to date, and the tutorial shows what happens."""

import re
import runpy
import tomllib
from pathlib import Path

import click
import pytest
from golden import Golden

from linkcheck import cli
from linkcheck.cli.group import COMMANDS, Commands
from linkcheck.cli.write_reports import RULES_URL
from linkcheck.config.settings import SETTINGS
from linkcheck.errors import Exit
from linkcheck.judge import Documented
from linkcheck.judge.registry import all_rules
from linkcheck.judge.rule_documentation import documented
from linkcheck.model import Role, VerdictKind
from linkcheck.report import ReportOptions
from linkcheck.report.places import rule_url
from linkcheck.validate import check_config

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
SCRIPT = ROOT / "scripts" / "write_reference.py"
TUTORIAL = DOCS / "tutorial.md"
INIT = DOCS / "how-to" / "start-with-init.md"

WRITER = runpy.run_path(str(SCRIPT))
MADE: dict[str, str] = WRITER["pages"]()

_STEP = re.compile(
    r"`(?P<file>[\w./-]+)`[^`\n]*:?[^`]*?\n\n```(?:yaml|toml|xml)\n(?P<text>.*?)```|```console\n(?P<console>.*?)```",
    re.DOTALL,
)


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_page_made_from_the_program_is_up_to_date(name: str, golden: Golden) -> None:
    assert golden(REFERENCE / name, MADE[name]) == MADE[name]


def test_the_schema_of_the_configuration_is_made_from_its_declarations(golden: Golden) -> None:
    made = WRITER["schema_text"]()
    assert golden(ROOT / "schemas" / "config.schema.json", made) == made


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.META.code) for rule in all_rules()])
def test_every_rule_is_documented(rule: Documented) -> None:
    assert f"### {rule.META.code} {rule.META.name}\n" in MADE["rules.md"]


def test_reports_lead_to_the_rules_in_the_repository() -> None:
    source = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]["Source"]
    options = ReportOptions(rules_url=RULES_URL)
    pages = {rule_url(each.META.code, each.META.name, options) for each in all_rules()}
    page = f"{source}/blob/main/docs/reference/rules.md"
    assert pages == {
        f"{page}{anchor}" for anchor in re.findall(r"^\| \[LC\d+\]\((#[^)]+)\)", MADE["rules.md"], re.MULTILINE)
    }


@pytest.mark.parametrize("code", ["LC102", "LC103", "LC104"])
def test_the_example_of_a_rule_about_front_matter_is_found(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (example,) = (documented(rule).example for rule in all_rules() if rule.META.code == code)
    (tmp_path / "a.md").write_text(f"{example}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    cli.run(["validate", "--verbose", "a.md"])
    assert re.findall(r"\bLC1\d\d\b", capfd.readouterr().out) == [code]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    group = cli.linkcheck
    assert isinstance(group, Commands)
    found = group.get_command(click.Context(group), command)
    assert found is not None
    assert f"## {command}\n" in MADE["command-line.md"]
    options = [option for option in found.params if isinstance(option, click.Option)]
    names = [name for option in options for name in (*option.opts, *option.secondary_opts)]
    assert names
    for name in names:
        assert re.search(rf"^\|.*`{re.escape(name)}[ `]", MADE["command-line.md"], re.MULTILINE), name


@pytest.mark.parametrize("key", SETTINGS)
def test_every_configuration_key_is_documented(key: str) -> None:
    assert f"\n| `{key}` | " in MADE["configuration.md"]


def test_the_configuration_shown_is_a_right_one() -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", MADE["configuration.md"], re.DOTALL)
    assert check_config(tomllib.loads(shown)) == ()


def test_every_exit_code_is_documented() -> None:
    rows = re.findall(r"^\| (\d+) \|", (REFERENCE / "exit-codes.md").read_text("utf-8"), re.MULTILINE)
    assert [int(code) for code in rows] == sorted(Exit)


def test_every_verdict_is_explained() -> None:
    text = (DOCS / "explanation" / "verdicts.md").read_text("utf-8")
    assert set(re.findall(r"^## (\w+)", text, re.MULTILINE)) >= {kind.value for kind in VerdictKind}


def test_every_role_is_documented() -> None:
    text = (REFERENCE / "x-link.md").read_text("utf-8")
    assert [role for role in Role if f"`{role}`" not in text] == []


def test_every_part_stands_in_the_architecture() -> None:
    text = (DOCS / "explanation" / "architecture.md").read_text("utf-8")
    parts = {
        path.stem for path in (ROOT / "linkcheck").iterdir() if not path.name.startswith("_") and path.name != "py.typed"
    }
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", text, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == parts
    assert "\n".join(f"    {layer}" for layer in layers_of("linkcheck")) in text


def test_every_layer_of_fetch_stands_in_the_architecture() -> None:
    text = (DOCS / "explanation" / "architecture.md").read_text("utf-8")
    table = re.search(r"\n\n((?:    .+\n)+)", text.partition("## Inside fetch\n")[2])
    assert table is not None
    assert [re.split(r" {3,}", line.strip())[0] for line in table[1].splitlines()] == layers_of("linkcheck.fetch")


def test_the_layers_of_judge_that_the_architecture_names_exist() -> None:
    text = (DOCS / "explanation" / "architecture.md").read_text("utf-8")
    section = text.partition("## Inside judge\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", section))
    assert len(named) > 3
    assert named <= {name for layer in layers_of("linkcheck.judge") for name in layer.split(" | ")}


def layers_of(container: str) -> list[str]:
    """The layers of a package that import-linter enforces, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return next(contract["layers"] for contract in contracts if contract["containers"] == [container])


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    hidden = ("README.md", "example/", "decisions/0")
    assert [page for page in sorted(pages) if not page.startswith(hidden) and f"({page})" not in index] == []


@pytest.mark.parametrize("page", [pytest.param(TUTORIAL, id="tutorial"), pytest.param(INIT, id="start with init")])
def test_a_page_with_steps_shows_what_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], golden: Golden
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LINKCHECK_INTERVAL", "0")
    code = 0

    def run(line: str) -> str:
        nonlocal code
        if line == "echo $?":
            return f"{code}\n"
        program, *arguments = line.split()
        assert program == "linkcheck"
        capfd.readouterr()
        code = cli.run(arguments)
        shown = capfd.readouterr()
        # `init` describes on stderr what it shows on stdout.
        text = shown.err + shown.out if arguments[0] == "init" else shown.out
        return re.sub(r" in \d+\.\d s", " in 0.1 s", text)

    def step(match: re.Match[str]) -> str:
        if match["file"]:
            path = tmp_path / match["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(match["text"], encoding="utf-8")
            return match[0]
        line = match["console"].splitlines()[0].removeprefix("$ ")
        return f"```console\n$ {line}\n{run(line)}```"

    shown = _STEP.sub(step, page.read_text("utf-8"))
    assert shown == golden(page, shown)
