"""What GitHub and others make of our files: their schemas, their shell, their pins, their permissions."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from ci.composite import ACTION, ROOT
from ci.texts import HOW_TOS, WORKFLOWS, blocks, read, scripts, workflow_blocks
from tools import program

from linkcheck import report


def check_schema(name: str, path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", name, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_is_what_github_calls_an_action() -> None:
    check_schema("vendor.github-actions", ACTION)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_a_workflow_is_what_github_calls_a_workflow(path: Path, schema: str) -> None:
    check_schema(schema, path)


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        pytest.param("vendor.dependabot", "dependabot.yml", id="dependabot"),
        pytest.param("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml", id="the list of issue forms"),
        *(
            pytest.param("vendor.github-issue-forms", f"ISSUE_TEMPLATE/{path.name}", id=path.name)
            for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
        ),
    ],
)
def test_a_file_in_the_folder_of_github_is_what_github_calls_one(schema: str, name: str) -> None:
    check_schema(schema, ROOT / ".github" / name)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in workflow_blocks()])
def test_a_workflow_to_copy_is_one(text: str, tmp_path: Path) -> None:
    path = tmp_path / "workflow.yml"
    path.write_text(text)
    check_schema("vendor.github-workflows", path)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in blocks("yaml", titled=".gitlab-ci.yml")])
def test_a_pipeline_to_copy_is_one(text: str, tmp_path: Path) -> None:
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(text)
    check_schema("vendor.gitlab-ci", path)


def test_there_is_a_block_to_copy_for_each_place() -> None:
    assert len(workflow_blocks()) >= 3
    assert blocks("yaml", titled=".gitlab-ci.yml")
    assert blocks("yaml", titled=".pre-commit-config.yaml")


@pytest.fixture
def shellcheck() -> str:
    return program("shellcheck", package="shellcheck")


@pytest.mark.parametrize("script", [pytest.param(text, id=name) for name, text in scripts()])
def test_shellcheck_finds_nothing_in_a_run_block(script: str, shellcheck: str) -> None:
    as_run = f"#!/usr/bin/env bash\nset -eo pipefail\n{script}"
    done = subprocess.run([shellcheck, "-"], input=as_run, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


def test_shellcheck_finds_nothing_in_the_script_of_the_ci(shellcheck: str) -> None:
    done = subprocess.run([shellcheck, ROOT / ".ci" / "run"], capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("script", [pytest.param(text, id=name) for name, text in scripts()])
def test_no_run_block_has_an_expression_in_it(script: str) -> None:
    # What an expression comes to is put into the script before the shell reads it.
    assert "${{" not in script
    assert not re.search(r"\beval\b", script)


def test_the_action_starts_python_so_that_the_checkout_has_no_say() -> None:
    calls = [line for name, script in scripts() if name.startswith("action.yml") for line in script.splitlines()]
    calls = [line for line in calls if re.search(r'(\$PYTHON|/python)" ', line) and "echo " not in line]
    assert len(calls) >= 4
    assert [line for line in calls if not re.search(r'(\$PYTHON|/python)" -I ', line)] == []


@pytest.mark.parametrize("path", [ACTION, *WORKFLOWS, HOW_TOS[0]], ids=lambda path: path.name)
def test_every_action_of_others_is_pinned_to_a_commit(path: Path) -> None:
    used = re.findall(r"^\s*(?:- )?uses: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert used
    for action in used:
        # OWNER/linkcheck@COMMIT is for the reader to fill in.
        assert re.fullmatch(
            r"\./(linkcheck)?( # zizmor.*)?|OWNER/linkcheck\S*@COMMIT|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action
        ), action


def test_one_action_has_one_pin() -> None:
    pins: dict[str, set[str]] = {}
    for path in (ACTION, *WORKFLOWS, *HOW_TOS):
        for action, pin in re.findall(r"uses: ([\w-]+/[\w-]+)\S*@(\S{40} # \S+)", path.read_text(encoding="utf-8")):
            pins.setdefault(action, set()).add(pin)
    assert {action: len(found) for action, found in pins.items()} == dict.fromkeys(pins, 1)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_the_code_and_nothing_else(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    permissions = {f"{path.name} {name}": job["permissions"] for name, job in workflow["jobs"].items()}
    published = permissions.pop("release.yml publish", {"id-token": "write"})
    assert published == {"id-token": "write"}, "PyPI trusts the identity of the job, which needs nothing else"
    assert permissions
    assert all(each == {"contents": "read"} for each in permissions.values())


@pytest.mark.parametrize(
    "text",
    [pytest.param(path.read_text(encoding="utf-8"), id=path.name) for path in WORKFLOWS]
    + [text for _, text in workflow_blocks()],
)
def test_a_checkout_leaves_no_token_behind(text: str) -> None:
    workflow = yaml.safe_load(text)
    assert "pull_request_target" not in workflow.get(True, workflow.get("on"))  # YAML 1.1 takes the key `on` for true
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", ())]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    calls_a_workflow = any("uses" in job for job in workflow["jobs"].values())
    assert bool(checkouts) != calls_a_workflow
    assert [step for step in checkouts if step["with"]["persist-credentials"] is not False] == []


def test_the_reusable_workflows_use_the_action_as_it_is_at_their_own_commit() -> None:
    reusable = [path for path in WORKFLOWS if "workflow_call" in read(path)[True]]
    assert [path.name for path in reusable] == ["nightly.yml", "pull-request.yml"]
    for path in reusable:
        steps = read(path)["jobs"]["linkcheck"]["steps"]
        ours = next(step for step in steps if step.get("with", {}).get("path") == "linkcheck")
        assert ours["with"]["repository"] == "${{ job.workflow_repository }}"
        assert ours["with"]["ref"] == "${{ job.workflow_sha }}"
        assert any(step.get("uses") == "./linkcheck" for step in steps)


def test_the_workflows_give_the_action_inputs_it_has() -> None:
    known = set(read(ACTION)["inputs"])
    given: set[str] = set()
    for text in [*(path.read_text(encoding="utf-8") for path in WORKFLOWS), *(text for _, text in workflow_blocks())]:
        for job in yaml.safe_load(text)["jobs"].values():
            for step in job.get("steps", ()):
                if re.match(r"\./(linkcheck)?$|OWNER/linkcheck@", step.get("uses", "")):
                    given |= set(step.get("with", {}))
            if "/.github/workflows/" in (called := job.get("uses", "")):
                name = called.split("@")[0].rsplit("/", 1)[1]
                reusable = read(ROOT / ".github" / "workflows" / name)
                unknown = set(job.get("with", {})) - set(reusable[True]["workflow_call"]["inputs"])
                assert unknown == set()
    assert given
    assert given - known == set()


def test_the_action_knows_every_report_that_goes_to_a_file() -> None:
    action = read(ACTION)
    described = set(re.findall(r"[a-z]+", action["inputs"]["reports"]["description"].split(": ")[1]))
    assert described == set(report.FORMATS) - {"github"}


def test_every_input_and_output_is_in_the_how_to() -> None:
    text = HOW_TOS[0].read_text(encoding="utf-8")
    action = read(ACTION)
    for name in (*action["inputs"], *action["outputs"]):
        assert f"| `{name}` |" in text, name
