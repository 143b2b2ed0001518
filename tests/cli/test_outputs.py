"""What goes where: the report to stdout, all else to stderr, and what happens when nobody takes it."""

import os
import re
import subprocess
from pathlib import Path

import msgspec
import pytest
from command import PATIENCE, PROJECT, SEEDS, article, linkcheck, start, surroundings

from linkcheck.cli.group import COMMANDS

GONE = '["https://a.example/ok"]\nstatus = 404\n'
SLOW = '["https://a.example/ok"]\ndelay = 60\n'
HASTY = "import linkcheck.fetch.scheduling.crawler as crawler\ncrawler.DRAIN = 0.1"
"""Nobody waits five seconds for what is under way when the time is up."""
MANY = 3_000


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(article())
    (tmp_path / "gone.toml").write_text(GONE)
    return tmp_path


@pytest.fixture
def long_report(tmp_path: Path) -> Path:
    """An archive whose reports are longer than any pipe holds."""
    related = [{"title": f"Title {n}", "webUrl": f"http://a.example/{'x' * 40}{n}"} for n in range(MANY)]
    (tmp_path / "a.md").write_text(article(related=related))
    return tmp_path


@pytest.mark.parametrize("command", ["links", "check --offline --report ndjson"])
def test_a_reader_that_goes_away_is_no_fault(long_report: Path, command: str) -> None:
    with subprocess.Popen(
        [*start(), *command.split()], cwd=long_report, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) in (0, 1)


@pytest.mark.parametrize("command", ["check --offline", "explain LC201", "--help", "--version"])
def test_a_full_disk_under_stdout_is_one_message_and_4(archive: Path, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*start(), *command.split()], cwd=archive, env=surroundings(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 4, done.stderr
    assert b"No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["check --offline", "--version"])
def test_a_closed_stdout_is_no_traceback(archive: Path, command: str) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *start(), *command.split()],
        cwd=archive,
        env=surroundings(),
        stderr=subprocess.PIPE,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 4), done.stderr


def test_several_reports_at_once_each_whole_and_stdout_pure(archive: Path) -> None:
    formats = ("json", "ndjson", "markdown", "html", "junit", "sarif", "csv", "text")
    reports = [option for name in formats for option in ("--report", f"{name}:report.{name}")]
    done = linkcheck("check", "--replay", "gone.toml", *reports, "--report", "json", cwd=archive)
    assert done.code == 1
    report = msgspec.json.decode(done.out)
    assert report["findings"][0]["code"] == "LC201"
    assert msgspec.json.decode((archive / "report.json").read_bytes()) == report
    assert {path.name for path in archive.iterdir()} == {"a.md", "gone.toml", *(f"report.{name}" for name in formats)}
    assert all((archive / f"report.{name}").stat().st_size > 100 for name in formats)
    assert "LC201" in (archive / "report.text").read_text()


def test_one_report_that_cannot_be_written_does_not_keep_back_the_others(archive: Path) -> None:
    # The folder is there when it starts and gone when the report is written.
    fault = "import shutil, linkcheck.cli.write_reports as c\ndef write(*a, _write=c.write_reports, **k):\n"
    fault += "    shutil.rmtree('out')\n    return _write(*a, **k)\nc.write_reports = write"
    (archive / "out").mkdir()
    done = linkcheck(
        "check", "--offline", "--report", "json:out/report.json", "--report", "json:kept.json", cwd=archive, before=fault
    )
    assert done.code == 4
    assert "out/report.json" in done.err
    assert (archive / "kept.json").exists()


def test_progress_goes_to_stderr_and_quiet_silences_it(archive: Path) -> None:
    loud = linkcheck("check", "--replay", "gone.toml", "--history", "h.sqlite3", "--resume", cwd=archive)
    assert "nothing to resume" in loud.err
    assert "nothing to resume" not in loud.out
    quiet = linkcheck("check", "--replay", "gone.toml", "--history", "h.sqlite3", "--resume", "--quiet", cwd=archive)
    assert quiet.err == ""
    assert quiet.out.splitlines() == ["a.md:4:9: error: the page is gone: 404 Not Found  https://a.example/ok [LC201]"]


@pytest.mark.parametrize(
    ("options", "what"),
    [(("--baseline", "no/b.json", "--update-baseline"), "the baseline"), (("--record", "no/web.toml"), "the recording")],
    ids=["a baseline", "a recording"],
)
def test_what_could_not_be_written_is_told_before_anything_is_asked(
    archive: Path, options: tuple[str, ...], what: str
) -> None:
    done = linkcheck("check", "--history", "h.sqlite3", *options, cwd=archive)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(f"linkcheck: Cannot write {what} to no/")
    assert not (archive / "h.sqlite3").exists()


def test_a_baseline_is_brought_up_to_date_after_the_reports(archive: Path) -> None:
    update = ("check", "--replay", "gone.toml", "--baseline", "b.json", "--update-baseline")
    done = linkcheck(*update, cwd=archive)
    assert done.err.splitlines()[-1] == "linkcheck: b.json: 1 accepted, 0 removed"
    (archive / "gone.toml").write_text(GONE.replace("404", "200"))
    assert linkcheck(*update, cwd=archive).err.splitlines()[-1] == "linkcheck: b.json: 0 accepted, 1 removed"


def test_a_baseline_that_cannot_be_written_costs_no_report(archive: Path) -> None:
    fault = "import linkcheck.triage.baseline as b\ndef full(place):\n    raise OSError(28, 'No space left on device')\n"
    done = linkcheck(
        *("check", "--replay", "gone.toml", "--baseline", "b.json", "--update-baseline", "--report", "json:kept.json"),
        cwd=archive,
        before=f"{fault}b.atomic_file = full",
    )
    assert done.code == 4
    assert done.err.splitlines()[-1].startswith("linkcheck: b.json: the baseline cannot be written: No space left on device")
    assert msgspec.json.decode((archive / "kept.json").read_bytes())["findings"][0]["code"] == "LC201"


@pytest.mark.parametrize("options", [("--quiet",), ("--report", "json"), ("--report", "text:report.txt")], ids=" ".join)
def test_an_incomplete_run_says_so_whatever_the_report(archive: Path, options: tuple[str, ...]) -> None:
    (archive / "slow.toml").write_text(SLOW)
    done = linkcheck("check", "--replay", "slow.toml", "--max-time", "0.1", *options, cwd=archive, before=HASTY)
    assert done.code == 4
    assert [line for line in done.err.splitlines() if line.startswith("Incomplete: ")] == done.err.splitlines()[-1:]
    assert "Incomplete" not in done.out


def test_an_incomplete_run_is_told_once(archive: Path) -> None:
    (archive / "slow.toml").write_text(SLOW)
    done = linkcheck("check", "--replay", "slow.toml", "--max-time", "0.1", cwd=archive, before=HASTY)
    assert "Incomplete" in done.out
    assert "Incomplete" not in done.err
    fixing = linkcheck("fix", "--quiet", "--replay", "slow.toml", "--max-time", "0.1", cwd=archive, before=HASTY)
    assert fixing.code == 4
    assert fixing.err.startswith("Incomplete: ")


def test_the_help_of_a_rule_in_sarif_is_made_of_sentences(archive: Path) -> None:
    done = linkcheck("check", "--replay", "gone.toml", "--report", "sarif", cwd=archive)
    (rule,) = msgspec.json.decode(done.out)["runs"][0]["tool"]["driver"]["rules"]
    parts = re.sub(r"\*\*(How to fix it|When to ignore it|Source)\.\*\* ", "", rule["help"]["markdown"]).split("\n\n")
    assert len(parts) == 5
    assert [part for part in parts if part[:1].islower()] == []


def test_verbose_shows_every_link(archive: Path) -> None:
    (archive / "fine.toml").write_text('["https://a.example/ok"]\n')
    normal = linkcheck("check", "--replay", "fine.toml", cwd=archive)
    verbose = linkcheck("check", "--replay", "fine.toml", "--verbose", cwd=archive)
    assert "https://a.example/ok" not in normal.out
    assert "https://a.example/ok" in verbose.out


def test_what_is_left_out_in_a_folder_is_counted(archive: Path) -> None:
    os.mkfifo(archive / "pipe.md")
    (archive / "one.md").symlink_to("a.md")
    (archive / "two.md").symlink_to("a.md")
    (archive / "notes.md").write_text("No front matter.\n")
    done = linkcheck("validate", cwd=archive)
    assert done.code == 0
    assert "1 file without front matter, 2 symbolic links, 1 special file skipped" in done.out.splitlines()


def test_verbose_shows_every_redirect(archive: Path) -> None:
    (archive / "moved.toml").write_text(
        '["https://a.example/ok"]\nstatus = 301\nlocation = "/next?token=secretsecret"\n\n'
        '["https://a.example/next*"]\nstatus = 302\nlocation = "/end"\n\n["https://a.example/end"]\nstatus = 404\n'
    )
    done = linkcheck("check", "--replay", "moved.toml", "--verbose", cwd=archive)
    chain = ["301  https://a.example/ok", "302  https://a.example/next?token=***", "404  https://a.example/end"]
    assert [line.strip() for line in done.out.splitlines() if line.strip()[:4] in ("301 ", "302 ", "404 ")][-3:] == chain


@pytest.mark.parametrize("options", [(), ("--quiet",)], ids=["normal", "quiet"])
def test_a_long_url_can_be_copied_whole_and_holds_no_secret(archive: Path, options: tuple[str, ...]) -> None:
    url = f"https://a.example/{'long/' * 30}end"
    (archive / "a.md").write_text(article(webUrl=f"{url}?token=secretsecret"))
    (archive / "gone.toml").write_text('["https://a.example/*"]\nstatus = 404\n')
    done = linkcheck("check", "--replay", "gone.toml", *options, cwd=archive)
    assert any(f"{url}?token=***" in line.split() for line in done.out.splitlines()), done.out
    assert "secretsecret" not in done.out


@pytest.mark.parametrize(
    ("variables", "colored"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
    ids=["a pipe", "FORCE_COLOR", "NO_COLOR"],
)
def test_color_is_for_those_who_can_see_it(archive: Path, variables: dict[str, str], colored: bool) -> None:  # noqa: FBT001
    done = linkcheck("check", "--replay", "gone.toml", cwd=archive, environment=surroundings(**variables))
    assert ("\x1b[" in done.out) is colored


def test_a_terminal_without_the_signs_gets_others(archive: Path) -> None:
    ascii_only = linkcheck(
        "check", "--replay", "gone.toml", cwd=archive, environment=surroundings(LC_ALL="C", PYTHONIOENCODING="ascii")
    )
    assert ascii_only.out.isascii()
    assert "         | webUrl" in ascii_only.out
    assert "\u2502 webUrl" in linkcheck("check", "--replay", "gone.toml", cwd=archive).out


def test_help_lists_options_in_groups_and_gives_examples(tmp_path: Path) -> None:
    whole = linkcheck("--help", cwd=tmp_path).out
    assert "Examples:" in whole
    assert "Exit codes: 0" in whole
    assert all(f"  {command} " in whole for command in COMMANDS)
    help_of_check = linkcheck("check", "--help", cwd=tmp_path).out
    headings = [
        "Input:",
        "Network:",
        "History:",
        "Output:",
        "Other options:",
        "Examples:",
    ]
    places = [help_of_check.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "[PATHS]...\n" not in help_of_check.partition("Input:")[2]
    assert max(map(len, help_of_check.splitlines())) <= 100


def test_offline_check_and_validate_agree() -> None:
    check = linkcheck("check", "--offline", "seeds/", "--report", "json", cwd=PROJECT)
    validate = linkcheck("validate", "seeds/", "--report", "json", cwd=PROJECT)
    assert check.code == validate.code == 0
    one, other = (msgspec.json.decode(done.out) for done in (check, validate))
    for report in (one, other):
        del report["started"], report["seconds"]
    assert one == other
    assert one["summary"]["requests"] == 0


def test_links_lists_all_31_of_the_seed() -> None:
    rows = [msgspec.json.decode(line) for line in linkcheck("links", "--json", "seeds/", cwd=PROJECT).out.splitlines()]
    assert len(rows) == 31
    seed = next(SEEDS.glob("*.md"))
    lines = seed.read_text(encoding="utf-8").splitlines()
    for row in rows:
        assert row["path"] == f"seeds/{seed.name}"
        assert lines[row["line"] - 1][row["column"] - 1 :].startswith(('"' + row["url"], row["url"])), row
    top = [(row["pointer"], row["role"]) for row in rows if not row["pointer"].startswith("/related/")]
    assert top == [
        ("/originalUrl", "original"),
        ("/webUrl", "canonical"),
        ("/ampWebUrl", "amp"),
        ("/cdnAmpWebUrl", "amp-cache"),
        ("/provider/images/0/url", "image"),
        ("/images/0/url", "image"),
    ]
    of_related = [row["pointer"].split("/")[2:] for row in rows if row["pointer"].startswith("/related/")]
    assert {index for index, *_ in of_related} == {str(index) for index in range(10)}
    table = linkcheck("links", "seeds/", cwd=PROJECT).out
    assert "31 links in 1 article, 30 URLs to check" in table
    assert all(row["url"] in table for row in rows)


def test_a_wrong_amp_cache_address_is_found_offline_on_its_line_with_the_right_one(tmp_path: Path) -> None:
    text = next(SEEDS.glob("*.md")).read_text(encoding="utf-8")
    right = "https://techcrunch-com.cdn.ampproject.org/c/s/techcrunch.com/2021/06/18/"
    assert text.count(right) == 1
    (tmp_path / "copy.md").write_text(text.replace(right, right.replace("techcrunch-com.", "techcrunch.")), encoding="utf-8")
    done = linkcheck("validate", "copy.md", "--report", "json", cwd=tmp_path)
    (finding,) = msgspec.json.decode(done.out)["findings"]
    line = next(number for number, line in enumerate(text.splitlines(), 1) if right in line)
    assert (finding["code"], finding["line"], finding["pointer"]) == ("LC311", line, "/related/0/cdnAmpWebUrl")
    assert right in str(finding)
    assert linkcheck("validate", SEEDS, cwd=PROJECT).code == 0
