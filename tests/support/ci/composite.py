"""Runs a composite action's steps as GitHub's runner does: `run` blocks in a real bash, `uses` steps by stand-ins.

Source: GitHub docs, "Workflow commands", "Metadata syntax for GitHub Actions"; actions/runner, CompositeActionHandler.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from ci.expressions import holds, interpolate
from msgspec import Struct

ROOT = Path(__file__).parents[3]
ACTION = ROOT / "action.yml"
_COMMAND = re.compile(r"^\s*::([A-Za-z][\w-]*)(?: ([^\n]*?))?::(.*)$")

Watch = Callable[["subprocess.Popen[bytes]"], object]


class Command(Struct, frozen=True):
    """A workflow command that the runner would have carried out."""

    name: str
    properties: str
    text: str


class Step(Struct, frozen=True):
    """A step that ran."""

    name: str
    uses: str = ""
    given: dict[str, str] = {}


class Result(Struct, frozen=True):
    """How an action ended. `exit_code` is that of the first step that failed, else 0."""

    exit_code: int
    outputs: dict[str, str]
    steps: tuple[Step, ...]
    log: str
    commands: tuple[Command, ...]
    summary: str
    environment: str
    """What the steps wrote for later steps to find in their environment or PATH."""

    def ran(self, name: str) -> bool:
        return any(step.name == name for step in self.steps)


class Job:
    """A job on a runner of its own: a workspace, a temporary folder, and an event that started it."""

    def __init__(self, folder: Path, *, python: Path) -> None:
        self.workspace = folder / "work" / "site"
        self.temporary = folder / "work" / "_temp"
        self.caches = folder / "caches"
        self.python = python
        self.environment: dict[str, str] = {}
        self.event = "push"
        self.base_ref = ""
        self.head_repository: str | None = "owner/site"
        self.run_id = 1
        self.real_install = False
        for place in (self.workspace, self.temporary, self.caches):
            place.mkdir(parents=True)

    def pull_request(self, *, head_repository: str | None = "owner/site", base: str = "main") -> None:
        """From now on the event is a pull request; `head_repository` is None where the fork is gone."""
        self.event, self.base_ref, self.head_repository = "pull_request", base, head_repository

    def run(self, inputs: Mapping[str, str] | None = None, *, watch: Watch | None = None) -> Result:
        """Run our action. `watch` is given the process of the step that checks, as soon as it runs."""
        action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
        run = _Run(self, action, dict(inputs or {}))
        for step in action["runs"]["steps"]:
            run.step(step, watch if step.get("id") == "check" else None)
        outputs = {name: interpolate(each["value"], run.contexts) for name, each in action["outputs"].items()}
        return Result(
            exit_code=run.exit_code,
            outputs=outputs,
            steps=tuple(run.steps),
            log="".join(run.log),
            commands=tuple(_carried_out("".join(run.log))),
            summary="".join(run.summary),
            environment="".join(run.exported),
        )


class _Run:
    """An action while it runs."""

    def __init__(self, job: Job, action: Mapping[str, Any], inputs: dict[str, str]) -> None:
        self.job = job
        self.exit_code = 0
        self.steps: list[Step] = []
        self.log: list[str] = []
        self.summary: list[str] = []
        self.exported: list[str] = []
        self.outputs: dict[str, dict[str, dict[str, str]]] = {}
        pull_request = {"head": {"repo": job.head_repository and {"full_name": job.head_repository}}}
        self.contexts: dict[str, object] = {
            "github": {
                "event_name": job.event,
                "event": {"pull_request": pull_request} if job.event.startswith("pull_request") else {},
                "repository": "owner/site",
                "token": "of the job",
                "base_ref": job.base_ref,
                "run_id": str(job.run_id),
                "run_attempt": "1",
            },
            "runner": {"temp": str(job.temporary), "os": "Linux", "arch": "X64"},
            "steps": self.outputs,
            "job": {"status": "success"},
        }
        defaults = {
            name: interpolate(str(each.get("default", "")), self.contexts) for name, each in action["inputs"].items()
        }
        assert set(inputs) <= set(defaults)
        self.contexts["inputs"] = defaults | inputs

    def step(self, step: Mapping[str, Any], watch: Watch | None) -> None:
        if not holds(step.get("if", "success()"), self.contexts):
            return
        uses = step.get("uses", "")
        given = {name: interpolate(str(value), self.contexts) for name, value in step.get("with", {}).items()}
        self.steps.append(Step(step["name"], uses, given))
        if uses:
            outputs = self._stand_in(uses.split("@")[0], given)
        elif step["id"] == "install" and not self.job.real_install:
            outputs = {"python": str(self.job.python)}
        else:
            outputs = self._bash(step, watch)
        if "id" in step:
            self.outputs[step["id"]] = {"outputs": outputs}

    def _stand_in(self, action: str, given: Mapping[str, str]) -> dict[str, str]:
        if action == "actions/setup-python":
            return {"python-path": sys.executable}
        path = Path(given["path"])
        assert path.is_relative_to(self.job.temporary)
        if action == "actions/cache/save":
            shutil.copytree(path, self.job.caches / given["key"])
            return {}
        if action == "actions/cache":
            return {}
        assert action == "actions/cache/restore"
        saved = [place for place in sorted(self.job.caches.iterdir()) if place.name.startswith(given["restore-keys"])]
        if saved:
            shutil.copytree(saved[-1], path, dirs_exist_ok=True)
        return {}

    def _bash(self, step: Mapping[str, Any], watch: Watch | None) -> dict[str, str]:
        assert step["shell"] == "bash"
        files = {name: self.job.temporary / f"{step['id']}-{name}" for name in ("OUTPUT", "STEP_SUMMARY", "ENV", "PATH")}
        for file in files.values():
            file.write_bytes(b"")
        script = self.job.temporary / f"{step['id']}.sh"
        script.write_text(step["run"], encoding="utf-8")
        printed = self.job.temporary / f"{step['id']}.log"
        with printed.open("wb") as stream:
            process = subprocess.Popen(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                cwd=self.job.workspace / interpolate(step.get("working-directory", "."), self.contexts),
                env={
                    **{
                        name: value
                        for name, value in os.environ.items()
                        if name.startswith(("PIP_", "PATH", "HOME", "SSL_"))
                    },
                    "GITHUB_ACTIONS": "true",
                    "GITHUB_ACTION_PATH": str(ROOT),
                    "GITHUB_WORKSPACE": str(self.job.workspace),
                    "RUNNER_TEMP": str(self.job.temporary),
                    **{f"GITHUB_{name}": str(file) for name, file in files.items()},
                    **self.job.environment,
                    **{name: interpolate(str(value), self.contexts) for name, value in step.get("env", {}).items()},
                },
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                if watch is not None:
                    watch(process)
                code = process.wait()
            finally:
                if process.poll() is None:
                    # The test has failed or run out of time; nothing of it stays behind.
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
        if code:
            self.exit_code = self.exit_code or code
            self.contexts["job"] = {"status": "failure"}
        self.log.append(printed.read_text(encoding="utf-8"))
        self.summary.append(files["STEP_SUMMARY"].read_text(encoding="utf-8"))
        self.exported += [files[name].read_text(encoding="utf-8") for name in ("ENV", "PATH")]
        lines = files["OUTPUT"].read_text(encoding="utf-8").splitlines()
        assert all("=" in line for line in lines)
        outputs = dict(line.split("=", 1) for line in lines)
        assert len(outputs) == len(lines), "an output was written twice"
        return outputs


def _carried_out(log: str) -> list[Command]:
    """The commands in a log, without those between `::stop-commands::TOKEN` and `::TOKEN::`."""
    commands: list[Command] = []
    stopped = None
    for line in log.splitlines():
        found = _COMMAND.match(line)
        if stopped is not None:
            if line.strip() == f"::{stopped}::":
                stopped = None
        elif found is not None and found[1].lower() == "stop-commands":
            stopped = found[3]
        elif found is not None:
            commands.append(Command(found[1].lower(), found[2] or "", found[3]))
    return commands
