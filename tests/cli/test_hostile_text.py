"""Text of articles, servers and configurations that once did something where a report was read."""

import json
import subprocess
from pathlib import Path

import pytest
from command import article, linkcheck
from readers import commands, embedded_links, live

REPOSITORY = "https://github.com/example/news/blob/main"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", ["comment", "markdown"])
def test_runs_of_backticks_in_a_key_release_no_mention_image_or_link(name: str, archive: Path) -> None:
    key = "b`y``@octocat ![p](//evil.example/p.png) [OK](https://evil.example) closes #1 <b>w```"
    (archive / "a.md").write_text(f"---\n{json.dumps(key)}: 1\n{json.dumps(key)}: 2\n---\n")
    done = linkcheck("validate", "--report", name, "--repository-url", REPOSITORY, cwd=archive)
    assert "octocat" in done.out
    assert live(done.out, REPOSITORY) == []


@pytest.mark.parametrize("name", ["comment", "markdown"])
def test_backticks_in_the_title_of_a_page_release_no_mention_image_or_link(name: str, archive: Path) -> None:
    title = "Not Found `b`y`` ` @octocat ![p](https://evil.example/p.png) [ok](https://evil.example) fixes #1 w"
    (archive / "a.md").write_text(article())
    (archive / "web.toml").write_text(f'["https://a.example/*"]\npage.title = {json.dumps(title)}\n')
    done = linkcheck("check", "--replay", "web.toml", "--report", name, cwd=archive)
    assert "octocat" in done.out
    assert live(done.out, REPOSITORY) == []


@pytest.mark.parametrize("command", ["##vso[task.setvariable variable=PATH]/evil", "##[add-mask]e", "::add-mask::e"])
@pytest.mark.parametrize("options", [(), ("-v",), ("-q",)], ids=["normal", "verbose", "quiet"])
def test_a_log_command_that_the_column_of_a_fault_cuts_in_two_stays_text(
    command: str, options: tuple[str, ...], archive: Path
) -> None:
    (archive / "a.md").write_text(f"---\ntitle: {{a: b{command}}}\n---\n")
    (archive / "b.md").write_text(f"---\n{command}: [\n---\n")
    done = linkcheck("validate", *options, cwd=archive)
    assert done.code == 1
    assert commands(done.out + done.err) == []


@pytest.mark.parametrize("name", ["json", "ndjson", "sarif", "rdjsonl", "codequality", "junit", "csv", "html"])
def test_a_log_command_in_a_key_stays_text_in_formats_for_programs(name: str, archive: Path) -> None:
    key = json.dumps("##vso[task.setvariable variable=PATH]/evil ##[add-mask]e")
    (archive / "a.md").write_text(f"---\n{key}: 1\n{key}: 2\n---\n")
    done = linkcheck("validate", "--report", name, cwd=archive)
    assert "setvariable" in done.out
    assert commands(done.out + done.err) == []


def test_json_says_the_same_where_a_log_command_is_escaped(archive: Path) -> None:
    (archive / "a.md").write_text("---\n'##[add-mask]e': 1\n'##[add-mask]e': 2\n---\n")
    done = linkcheck("validate", "--report", "json", cwd=archive)
    assert "##[add-mask]e" in json.dumps(json.loads(done.out))


@pytest.mark.parametrize(
    ("configuration", "quoted"),
    [
        pytest.param('[severity]\n"LC2\\n::error::pwn" = "error"\n', "pwn", id="a key"),
        pytest.param('"a\\n::stop-commands::pwn" = 1\n', "pwn", id="an unknown key"),
        pytest.param('[[collections]]\nname = "x"\npaths = ["*.md"]\nschema = "s\\n::error::pwn"\n', "pwn", id="a schema"),
        pytest.param('report = ["x\\n::error::pwn"]\n', "pwn", id="a report"),
        pytest.param('site-root = "x\\n::error::pwn"\n', "", id="a site root"),
        pytest.param('baseline = "x\\n::error::pwn"\n', "pwn", id="a baseline"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--untrusted",)], ids=["trusted", "untrusted"])
def test_a_line_break_in_a_configuration_starts_no_line_of_the_log(
    configuration: str, quoted: str, options: tuple[str, ...], archive: Path
) -> None:
    (archive / "a.md").write_text(article())
    (archive / "linkcheck.toml").write_text(configuration)
    done = linkcheck("validate", *options, cwd=archive)
    assert options or quoted in done.err
    assert commands(done.out + done.err) == []


def test_a_line_break_in_an_entry_of_a_baseline_starts_no_line_of_the_log(archive: Path) -> None:
    (archive / "a.md").write_text(article())
    entry = {"rule": "LC201", "path": "a.md", "fingerprint": "x", "added": "2020-01-01", "until": "2\n::error::PWN"}
    (archive / "b.json").write_text(json.dumps({"version": 1, "accepted": [entry]}))
    done = linkcheck("validate", "--baseline", "b.json", cwd=archive)
    assert (done.code, "PWN" in done.err) == (2, True)
    assert commands(done.err) == []


def test_a_line_break_in_a_file_name_taken_for_an_option_starts_no_line_of_the_log(archive: Path) -> None:
    done = linkcheck("validate", "--no\n::error::PWN", cwd=archive)
    assert (done.code, "PWN" in done.err) == (2, True)
    assert commands(done.err) == []


def test_every_fault_of_a_configuration_keeps_a_line_of_its_own(archive: Path) -> None:
    (archive / "linkcheck.toml").write_text("retries = -1\nconcurrency = 0\n")
    done = linkcheck("validate", cwd=archive)
    places = [line.partition(": error")[0] for line in done.err.splitlines() if ": error: " in line]
    assert places == ["linkcheck.toml:1:11", "linkcheck.toml:2:15"]


def test_a_message_of_sarif_has_no_embedded_link(archive: Path) -> None:
    key = "[ok](https://evil.example) \\[ok\\](https://evil.example)"
    (archive / "a.md").write_text(f"---\n{json.dumps(key)}: 1\n{json.dumps(key)}: 2\n---\n")
    done = linkcheck("validate", "--report", "sarif", cwd=archive)
    texts = [result["message"]["text"] for result in json.loads(done.out)["runs"][0]["results"]]
    assert any("evil.example" in text for text in texts)
    assert [text for text in texts if embedded_links(text)] == []


@pytest.mark.parametrize("command", ["::add-mask::e", "##vso[task.complete]e"])
def test_a_diff_that_a_ci_service_would_obey_is_not_written(command: str, archive: Path) -> None:
    web = '["https://a.example/ok"]\nstatus = 301\nlocation = "/ok/"\n["https://a.example/ok/"]\npage.title = "A title"\n'
    (archive / "web.toml").write_text(web)
    plain = article().encode()
    (archive / "a.md").write_bytes(plain.replace(b"Words.", f"{command}\n".encode()))
    (archive / "b.md").write_bytes(plain)
    done = linkcheck("fix", "--replay", "web.toml", cwd=archive)
    assert "a.md: the diff is not shown" in done.err
    assert "b/b.md" in done.out
    assert commands(done.out + done.err) == []
    applied = subprocess.run(["patch", "-p1", "--dry-run"], cwd=archive, input=done.out.encode(), check=False)
    assert applied.returncode == 0
