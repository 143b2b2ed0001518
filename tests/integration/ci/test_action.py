"""The composite action, its shell run for real."""

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from ci.composite import ROOT, Job

from linkcheck import report

StandIn = Callable[[str], Path]

GOOD = "---\ntitle: Fine\nwebUrl: https://fine.example/\n---\n"
BROKEN = "---\ntitle: 7\nwebUrl: https://fine.example/\n---\n"


def git(folder: Path, *arguments: str) -> str:
    # A home of its own, so that nobody's configuration takes part.
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    variables |= {f"GIT_{who}_{what}": "t@t.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(["git", *arguments], cwd=folder, env=variables, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def offline(job: Job) -> Job:
    job.environment["LINKCHECK_OFFLINE"] = "true"
    return job


def test_findings_fail_the_step_and_reach_every_output(offline: Job) -> None:
    (offline.workspace / "good.md").write_text(GOOD)
    (offline.workspace / "broken.md").write_text(BROKEN)

    result = offline.run({"reports": "sarif, html junit\njson comment"})

    assert result.exit_code == 1
    outputs = result.outputs
    assert (outputs["exit-code"], outputs["complete"]) == ("1", "true")
    assert int(outputs["errors"]) >= 1
    assert outputs["warnings"].isdigit()
    assert outputs["infos"].isdigit()
    assert json.loads(Path(outputs["sarif"]).read_text())["version"] == "2.1.0"
    assert json.loads(Path(outputs["json"]).read_text())["summary"]["problems"]["error"] == int(outputs["errors"])
    assert {outputs[name] for name in ("new", "worse", "fixed")} == {""}
    assert sorted(os.listdir(outputs["reports"])) == sorted(
        Path(outputs[name]).name for name in ("sarif", "html", "junit", "json", "comment")
    )
    annotated = [command.properties for command in result.commands if command.name == "error"]
    assert annotated
    assert [properties for properties in annotated if "file=broken.md" not in properties] == []
    assert "broken.md" in result.summary
    assert "broken.md" in result.log
    assert result.environment == ""


def test_nothing_found_is_a_success(offline: Job) -> None:
    (offline.workspace / "good.md").write_text(GOOD)

    result = offline.run()

    assert (result.exit_code, result.outputs["errors"]) == (0, "0")
    assert not [command for command in result.commands if command.name == "error"]


def test_a_folder_below_the_workspace_is_where_it_runs(offline: Job) -> None:
    site = offline.workspace / "site"
    site.mkdir()
    git(site, "init", "-q")
    (site / "broken.md").write_text(BROKEN)

    result = offline.run({"working-directory": "site", "paths": "broken.md"})

    # Annotations name files as the repository does, which is the folder here.
    assert any("file=broken.md" in command.properties for command in result.commands)


NAMES = (
    "$(touch pwned).md",
    "`touch pwned`.md",
    "a\"b'c.md",
    "; touch pwned;.md",
    "--exit-zero.md",
    "--report=html:pwned.md",
    "::set-output name=errors::0.md",
    "new\nline\n::add-path::evil\n.md",
    "%0A::error::x.md",
    "*.md",
    " blank .md",
    "ünï 東京.md",
)


@pytest.mark.parametrize("named", [False, True], ids=["found in a folder", "named in the input"])
def test_no_file_name_is_more_than_a_name(offline: Job, *, named: bool) -> None:
    # A line break or a blank at an end cannot be written in the input, whose lines are the paths.
    names = [name for name in NAMES if not named or ("\n" not in name and name == name.strip())]
    for name in names:
        (offline.workspace / name).write_text(BROKEN)

    result = offline.run({"paths": "\n".join(names) if named else ""})

    assert result.outputs["exit-code"] == "1"
    assert int(result.outputs["errors"]) >= 1
    assert sorted(path.name for path in offline.workspace.iterdir()) == sorted(names)
    kinds = {command.name for command in result.commands}
    assert "error" in kinds
    assert kinds - {"error", "warning", "notice"} == set()
    assert result.environment == ""


HOSTILE = {
    "command substitution": "$(touch pwned)",
    "backticks": "`touch pwned`",
    "end of a double quote": '"; touch pwned; "',
    "end of a single quote": "'; touch pwned; '",
    "a further command": "x; touch pwned",
    "a further line": "x\ntouch pwned",
    "arithmetic": "a[$(touch pwned)]",
    "an option": "--report=html:pwned",
    "a glob": "*",
    "an expression": "${{ github.token }}",
    "a further output": "x\nexit-code=0",
    "a workflow command": "x\n::add-path::evil",
    "a tab": "a\tb",
}

ECHO = "reports()\nPath(__file__).with_name('arguments').write_text(json.dumps(sys.argv[1:]))\n"


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_an_input_arrives_as_it_is_written(job: Job, stand_in: StandIn, tmp_path: Path, payload: str) -> None:
    job.python = stand_in(ECHO)
    (job.workspace / "bait.md").write_text(GOOD)

    result = job.run({"paths": payload, "since": payload, "config": payload, "fail-on": payload})

    arguments = json.loads((tmp_path / "stand-in" / "linkcheck" / "arguments").read_text())
    split = arguments.index("--")
    assert {f"--{name}={payload}" for name in ("since", "config", "fail-on")} <= set(arguments[:split])
    assert arguments[split + 1 :] == payload.split("\n")
    assert [path.name for path in job.workspace.iterdir()] == ["bait.md"]
    assert {command.name for command in result.commands} - {"stop-commands"} == set()
    assert result.outputs["exit-code"] == "0"
    assert result.environment == ""


@pytest.mark.parametrize("name", ["history", "version", "untrusted", "reports"])
@pytest.mark.parametrize("payload", [*HOSTILE.values(), "../../evil", "-x"], ids=[*HOSTILE, "a path upwards", "a dash"])
def test_an_input_that_is_no_name_is_refused(job: Job, name: str, payload: str) -> None:
    result = job.run({name: payload})

    assert result.exit_code == 2
    # The message does not repeat what it refuses.
    assert [(command.name, name in command.text) for command in result.commands] == [("error", True)]
    assert not result.ran("Install linkcheck")
    assert not result.ran("Check")
    assert list(job.workspace.iterdir()) == []
    assert result.environment == ""


def test_what_linkcheck_prints_is_no_command(job: Job, stand_in: StandIn) -> None:
    job.python = stand_in(
        "reports()\nfor stream in (sys.stdout, sys.stderr):\n"
        "    print('::add-path::evil', '::set-env name=A::b', '::error::made up', '::stop-commands::x', '::x::',"
        " 'no line end', sep=chr(10), end='', file=stream)\n"
    )

    result = job.run()

    assert "::add-path::evil" in result.log
    assert result.commands == ()


def test_a_wrong_call_is_told_where_people_look(job: Job, stand_in: StandIn) -> None:
    job.python = stand_in("print('linkcheck: 100% wrong' + chr(10) + '::add-path::evil', file=sys.stderr)\nsys.exit(2)\n")

    result = job.run({"history": "nightly"})

    assert result.exit_code == 2
    assert [(command.name, command.text) for command in result.commands] == [
        ("error", "linkcheck: 100%25 wrong%0A::add-path::evil")
    ]
    assert (result.outputs["exit-code"], result.outputs["complete"], result.outputs["errors"]) == ("2", "false", "")
    assert result.outputs["sarif"] == ""
    # A run that failed is no reason to lose what the ones before it learned.
    assert result.ran("Save history")


def test_an_incomplete_run_fails_and_says_what_it_found(job: Job, stand_in: StandIn) -> None:
    job.python = stand_in("reports(complete=False, error=2, info=1)\nsys.exit(4)\n")

    result = job.run()

    assert result.exit_code == 4
    outputs = result.outputs
    assert [outputs[name] for name in ("complete", "errors", "warnings", "infos")] == ["false", "2", "0", "1"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_cancelled_job_still_has_its_report(job: Job, stand_in: StandIn, tmp_path: Path, number: signal.Signals) -> None:
    started = tmp_path / "started"
    os.mkfifo(started)
    job.python = stand_in(
        "import signal\n"
        "def stop(*_):\n    reports(complete=False, error=1)\n    sys.exit(143)\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        f"open({str(started)!r}, 'w').close()\nsignal.pause()\n"
    )

    def cancel(process: "subprocess.Popen[bytes]") -> None:
        started.open().close()  # waits until the other end is opened
        process.send_signal(number)

    result = job.run({"history": "nightly"}, watch=cancel)

    assert result.exit_code == 143
    assert (result.outputs["complete"], result.outputs["errors"]) == ("false", "1")
    assert Path(result.outputs["sarif"]).exists()
    assert result.ran("Save history")


def arguments_of(job: Job, stand_in: StandIn, inputs: dict[str, str] | None = None) -> tuple[list[str], set[str]]:
    """What linkcheck is called with, and what is done with the history."""
    job.python = stand_in(ECHO)
    result = job.run(inputs)
    assert result.exit_code == 0, result.log
    arguments = json.loads((job.workspace.parents[1] / "stand-in" / "linkcheck" / "arguments").read_text())
    return arguments, {step.name for step in result.steps if "history" in step.name}


@pytest.mark.parametrize(
    ("event", "head", "trusted", "steps"),
    [
        pytest.param("push", None, True, {"Restore history", "Save history"}, id="a push"),
        pytest.param("schedule", None, True, {"Restore history", "Save history"}, id="a night"),
        pytest.param("pull_request", "owner/site", True, {"Restore history"}, id="a pull request from a branch"),
        pytest.param("pull_request", "stranger/site", False, set(), id="a pull request from a fork"),
        pytest.param("pull_request", None, False, set(), id="a pull request whose fork is gone"),
        pytest.param("pull_request_target", "stranger/site", False, set(), id="a fork, with our token"),
        pytest.param("merge_group", None, True, {"Restore history"}, id="a merge queue"),
        pytest.param("workflow_run", None, False, set(), id="a workflow after another one"),
        pytest.param("issue_comment", None, False, set(), id="a comment"),
    ],
)
def test_only_the_trusted_may_touch_the_history(
    job: Job, stand_in: StandIn, event: str, head: str | None, steps: set[str], *, trusted: bool
) -> None:
    job.event, job.head_repository = event, head

    arguments, done = arguments_of(job, stand_in, {"history": "nightly"})

    assert ("--untrusted" not in arguments) == trusted
    assert any(argument.startswith("--history=") for argument in arguments) == trusted
    assert done == steps


def test_every_report_goes_to_a_file_with_its_suffix(job: Job, stand_in: StandIn) -> None:
    wanted = [name for name in report.FORMATS if name != "github"]

    arguments, _ = arguments_of(job, stand_in, {"reports": " ".join(wanted)})

    files = dict(argument.split(":", 1) for argument in arguments if ":" in argument and "/reports/" in argument)
    assert {name: Path(file).suffix for name, file in files.items()} == {
        name: report.reporter(name).SUFFIX for name in wanted
    }
    assert len(set(files.values())) == len(wanted)


def test_without_a_name_no_history_is_kept(job: Job, stand_in: StandIn) -> None:
    arguments, done = arguments_of(job, stand_in)

    assert not [argument for argument in arguments if argument.startswith("--history")]
    assert done == set()


@pytest.mark.parametrize(
    ("base", "inputs", "expected"),
    [
        pytest.param("main", {}, ["--since=origin/main"], id="a pull request, its base"),
        pytest.param("release/$(x)", {}, ["--since=origin/release/$(x)"], id="a branch of an odd name"),
        pytest.param("main", {"since": ""}, [], id="a pull request, everything"),
        pytest.param("", {}, [], id="a push"),
    ],
)
def test_since_is_the_base_of_a_pull_request(
    job: Job, stand_in: StandIn, base: str, inputs: dict[str, str], expected: list[str]
) -> None:
    job.base_ref = base

    arguments, _ = arguments_of(job, stand_in, inputs)

    assert [argument for argument in arguments if argument.startswith("--since")] == expected


@pytest.fixture
def repository(offline: Job) -> Job:
    """A clone with a broken article on main, and a pull request that adds another file."""
    origin = offline.workspace.parent / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    for number in range(3):
        (origin / "old.md").write_text(BROKEN.replace("title: 7", f"title: {number}"))
        git(origin, "add", "-A")
        git(origin, "commit", "-q", "-m", f"Main {number}")
    git(origin, "checkout", "-q", "-b", "feature")
    return offline


def propose(job: Job, text: str, *options: str) -> None:
    """Commit a file `new.md` on the feature branch and check that out as the job's workspace."""
    origin = job.workspace.parent / "origin"
    (origin / "new.md").write_text(text)
    git(origin, "add", "-A")
    git(origin, "commit", "-q", "-m", "Feature")
    git(job.workspace.parent, "clone", "-q", *options, "--branch", "feature", origin.as_uri(), "site")
    job.pull_request()


def test_a_pull_request_hears_of_what_it_caused(repository: Job) -> None:
    propose(repository, BROKEN)

    result = repository.run()

    assert result.exit_code == 1
    assert {command.properties.split(",")[0] for command in result.commands if command.name == "error"} == {"file=new.md"}


def test_a_pull_request_does_not_fail_for_what_was_there(repository: Job) -> None:
    propose(repository, GOOD)

    result = repository.run()

    assert (result.exit_code, result.outputs["errors"]) == (0, "0")


def test_a_shallow_checkout_is_told_what_to_do(repository: Job) -> None:
    propose(repository, GOOD, "--depth", "1")

    result = repository.run()

    assert result.exit_code == 2
    assert any("fetch-depth: 0" in command.text for command in result.commands if command.name == "error")


@pytest.mark.parametrize("inputs", [{}, {"config": "linkcheck.toml"}], ids=["found", "named in the input"])
@pytest.mark.parametrize(
    ("head", "code", "errors"),
    [
        # The changed configuration counts. What it finds in other articles was there before.
        pytest.param("owner/site", 0, 1, id="a colleague's"),
        pytest.param("stranger/site", 1, 1, id="a stranger's"),
    ],
)
def test_a_configuration_counts_as_much_as_its_author(
    repository: Job, head: str, code: int, errors: int, inputs: dict[str, str]
) -> None:
    origin = repository.workspace.parent / "origin"
    git(origin, "checkout", "-q", "main")
    (origin / "linkcheck.toml").write_text('fail-on = "error"\n')
    git(origin, "add", "-A")
    git(origin, "commit", "-q", "-m", "Configure")
    git(origin, "checkout", "-q", "-B", "feature")
    (origin / "linkcheck.toml").write_text('fail-on = "never"\n')
    (origin / ".gitignore").write_text("new.md\n")  # hides no file that git tracks
    (origin / "new.md").write_text(BROKEN)
    git(origin, "add", "--force", "new.md")
    propose(repository, BROKEN)
    repository.pull_request(head_repository=head)

    result = repository.run(inputs)

    assert result.exit_code == code, result.log
    assert int(result.outputs["errors"]) == errors, result.log


WEB = '["https://fine.example/"]\npage.title = "Fine"\npage.canonical = "https://fine.example/"\n'


def test_a_history_goes_from_run_to_run(job: Job) -> None:
    (job.workspace / "good.md").write_text(GOOD)
    (job.workspace.parent / "web.toml").write_text(WEB)
    job.environment["LINKCHECK_REPLAY"] = str(job.workspace.parent / "web.toml")
    reused = []
    for night in (1, 2):
        job.run_id = night
        result = job.run({"history": "nightly", "reports": "json"})
        assert result.exit_code == 0, result.log
        reused.append(json.loads(Path(result.outputs["json"]).read_text())["summary"]["reused"])
        # The next night finds a runner as clean as this one did.
        subprocess.run(["rm", "-r", job.temporary / "linkcheck-history"], check=True)
    assert reused == [0, 1]
    assert [place.name for place in sorted(job.caches.iterdir())] == [
        "linkcheck-history-nightly-1-1",
        "linkcheck-history-nightly-2-1",
    ]


def test_dependencies_are_kept_until_others_are_locked(offline: Job) -> None:
    locked = git(ROOT, "hash-object", "--no-filters", ".github/action/requirements.txt").strip()
    (step,) = [step for step in offline.run().steps if step.name == "Cache dependencies"]
    assert step.given == {
        "path": str(offline.temporary / "linkcheck-dependencies"),
        "key": f"linkcheck-dependencies-Linux-X64-{locked}",
    }
    assert not offline.run({"version": "1.2.3"}).ran("Cache dependencies")


@pytest.mark.timeout(600)
def test_a_hostile_checkout_runs_nothing_while_linkcheck_is_installed_and_run(offline: Job) -> None:
    # Python puts the working directory before its own library unless told not to.
    for module in ("venv", "pip", "json", "secrets", "encodings", "linkcheck", "sitecustomize"):
        package = offline.workspace / module
        package.mkdir()
        for name in ("__init__.py", "__main__.py"):
            (package / name).write_text(f"open({str(offline.workspace / 'pwned')!r}, 'w')\nraise SystemExit(0)\n")
    (offline.workspace / "pip.conf").write_text("[global]\nindex-url = http://127.0.0.1:1/\n")
    (offline.workspace / "broken.md").write_text(BROKEN)
    offline.real_install = True

    result = offline.run()

    assert result.outputs["exit-code"] == "1", result.log
    assert int(result.outputs["errors"]) >= 1
    assert not (offline.workspace / "pwned").exists()
