"""The issue that the action keeps up to date, with the real command and issues in a file."""

import json
import os
import sys
from pathlib import Path

import pytest
from ci.composite import Job, Result

GH = """#!{python} -I
import json, os, sys
from pathlib import Path

file = Path({file!r})
issues = json.loads(file.read_text())
group, action, *rest = sys.argv[1:]
assert os.environ["GH_TOKEN"] == "of the job" and os.environ["GH_REPO"] == "owner/site"
options = {{name: value for name, value in zip(rest, rest[1:]) if name.startswith("--")}}
body = Path(options["--body-file"]).read_text() if "--body-file" in options else None
if (group, action) == ("issue", "list"):
    labelled = [issue for issue in issues if issue["state"] == "open" and options["--label"] in issue["labels"]]
    print(json.dumps([{{"number": issue["number"], "title": issue["title"]}} for issue in labelled]))
elif (group, action) == ("issue", "create"):
    issue = {{"number": len(issues) + 1, "title": options["--title"], "labels": [options["--label"]], "state": "open"}}
    issues.append({{**issue, "body": body, "comments": []}})
elif group == "issue":
    (issue,) = [issue for issue in issues if str(issue["number"]) == rest[0]]
    if action == "edit":
        issue["body"] = body
    elif action == "comment":
        issue["comments"].append(body)
    elif action == "close":
        issue["state"] = "closed"
        issue["comments"].append(options["--comment"])
    else:
        sys.exit(1)
elif (group, action) != ("label", "create"):
    sys.exit(1)
file.write_text(json.dumps(issues))
"""
TITLE = "Broken $(links) `x`"


class Nights:
    """A site with three articles, a job with permission to write issues, and the issues."""

    def __init__(self, job: Job, folder: Path) -> None:
        self.job = job
        self.issues_file = folder / "issues.json"
        self.issues_file.write_text("[]")
        programs = folder / "programs"
        programs.mkdir()
        gh = programs / "gh"
        gh.write_text(GH.format(python=sys.executable, file=str(self.issues_file)))
        gh.chmod(0o755)
        self.web = job.workspace / "web.toml"
        job.environment |= {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "LINKCHECK_REPLAY": "web.toml",
            "LINKCHECK_MAX_AGE": "0",
        }
        job.event = "schedule"
        for name in "abc":
            (job.workspace / f"{name}.md").write_text(f"---\ntitle: Fine\nwebUrl: https://a.example/{name}\n---\n")

    def night(self, *dead: str, history: str = "nightly", rest: str = '["https://*"]\npage.title = "Fine"\n') -> Result:
        self.job.run_id += 1
        faults = "".join(f'["https://a.example/{name}"]\nstatus = 404\n' for name in dead)
        self.web.write_text(faults + rest)
        return self.job.run({"history": history, "issue": TITLE, "fail-on": "never"})

    @property
    def issues(self) -> list[dict[str, object]]:
        found = json.loads(self.issues_file.read_text())
        assert isinstance(found, list)
        return found

    @property
    def comments(self) -> list[str]:
        comments = self.issues[0]["comments"]
        assert isinstance(comments, list)
        return comments


@pytest.fixture
def nights(job: Job, tmp_path: Path) -> Nights:
    return Nights(job, tmp_path)


def test_the_issue_is_opened_updated_and_closed_and_comments_tell_what_changed(nights: Nights) -> None:
    nights.night()
    assert nights.issues == []

    assert nights.night("a").exit_code == 0
    (issue,) = nights.issues
    assert (issue["title"], issue["state"], issue["comments"]) == (TITLE, "open", [])
    assert "a.md" in str(issue["body"])

    same = nights.night("a")
    assert (same.outputs["new"], same.outputs["worse"], same.outputs["fixed"]) == ("0", "0", "0")
    assert nights.comments == []

    assert nights.night("a", "b").outputs["new"] == "1"
    (comment,) = nights.comments
    assert "1 new error" in comment
    assert "b.md" in comment
    assert "a.md" not in comment
    assert "a.md" in str(nights.issues[0]["body"])

    nights.night("b")
    assert len(nights.comments) == 1

    nights.night()
    assert len(nights.issues) == 1
    assert nights.issues[0]["state"] == "closed"
    assert nights.comments[1:] == ["The last run found no errors."]

    nights.night("c")
    assert [issue["state"] for issue in nights.issues] == ["closed", "open"]


def test_an_issue_with_another_title_is_left_alone(nights: Nights) -> None:
    other = {"number": 1, "title": "Broken", "labels": ["linkcheck"], "state": "open", "body": "x", "comments": []}
    nights.issues_file.write_text(json.dumps([other]))
    nights.night("a")
    assert nights.issues[0] == other
    assert len(nights.issues) == 2


def test_without_a_history_there_is_no_comment(nights: Nights) -> None:
    nights.night("a", history="")
    nights.night("a", "b", history="")
    assert nights.comments == []
    assert "b.md" in str(nights.issues[0]["body"])


@pytest.mark.parametrize("event", ["pull_request", "issue_comment", "workflow_run"])
def test_an_event_that_others_can_trigger_changes_no_issue(nights: Nights, event: str) -> None:
    nights.job.event = event
    result = nights.night("a")
    assert nights.issues == []
    assert not result.ran("Update the issue")


def test_an_incomplete_run_changes_no_issue(nights: Nights) -> None:
    nights.night("a")
    before = nights.issues
    result = nights.night("a", "b", rest="")
    assert result.outputs["complete"] == "false"
    assert nights.issues == before
