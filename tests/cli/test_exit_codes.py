"""Every exit code, produced for real."""

import signal
import subprocess
from pathlib import Path

import pytest
from command import PATIENCE, SEEDS, article, linkcheck, start, surroundings

from linkcheck.cli import run
from linkcheck.fetch.http.wire_transport import WireTransport

OK_ = '["https://a.example/ok"]\nbody = \'<title>A title</title><link rel="canonical" href="https://a.example/ok">\'\n'
HASTY = "import linkcheck.fetch.scheduling.crawler as crawler\ncrawler.DRAIN = 0.1"
"""Nobody waits five seconds for what is under way when a run ends early."""
GONE = '["https://a.example/ok"]\nstatus = 404\n'


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(article())
    (tmp_path / "fine.toml").write_text(OK_)
    (tmp_path / "gone.toml").write_text(GONE)
    return tmp_path


def test_0_where_nothing_is_wrong(archive: Path) -> None:
    done = linkcheck("check", "--replay", "fine.toml", cwd=archive)
    assert done.code == 0, done
    assert "No problems found" in done.out


def test_1_where_a_page_is_gone(archive: Path) -> None:
    done = linkcheck("check", "--replay", "gone.toml", cwd=archive)
    assert done.code == 1
    assert "LC201" in done.out


@pytest.mark.parametrize(
    ("options", "code"),
    [(("--exit-zero",), 0), (("--fail-on", "never"), 0), (("--ignore", "LC201"), 0), (("--select", "LC4"), 0)],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_a_gone_page_does_not_fail_who_does_not_want_it_to(archive: Path, options: tuple[str, ...], code: int) -> None:
    assert linkcheck("check", "--replay", "gone.toml", *options, cwd=archive).code == code


@pytest.mark.parametrize(
    "options", [("--select", "LC2"), ("--ignore", "LC0"), ("--ignore", "nothing-checked")], ids=" ".join
)
def test_1_where_nothing_was_checked_whatever_is_selected(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = linkcheck("check", "--offline", *options, cwd=tmp_path)
    assert done.code == 1
    assert "LC001" in done.out


@pytest.mark.parametrize("command", ["links", "links --json", "fix", "fix --offline", "fix --write --quiet"])
def test_1_where_there_is_no_article_to_look_at(tmp_path: Path, command: str) -> None:
    (tmp_path / "notes.md").write_text("No front matter.\n")
    done = linkcheck(*command.split(), cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "linkcheck: .: LC001 no article was found (1 file without front matter). "
        "Specify the folder or the files that contain the articles.\n"
    )


@pytest.mark.parametrize("command", ["links --only-articles notes.md", "fix --only-articles notes.md", "fix --files-from -"])
def test_0_where_it_is_fine_that_there_is_no_article(tmp_path: Path, command: str) -> None:
    (tmp_path / "notes.md").write_text("No front matter.\n")
    assert linkcheck(*command.split(), cwd=tmp_path).code == 0


def test_1_for_a_warning_only_where_warnings_fail(archive: Path) -> None:
    (archive / "moved.toml").write_text(
        '["https://a.example/ok"]\nstatus = 301\nlocation = "https://a.example/new"\n\n'
        "[\"https://a.example/new\"]\nbody = '<title>A title</title>'\n"
    )
    assert linkcheck("check", "--replay", "moved.toml", cwd=archive).code == 0
    assert linkcheck("check", "--replay", "moved.toml", "--fail-on", "warning", cwd=archive).code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "nowhere"), "nowhere"),
        (("check", "--per-hots", "3"), "--per-host"),
        (("chekc",), "Did you mean linkcheck check?"),
        (("check", ""), "PATHS: item 1"),
        (("check", "--site-root", "nope"), "the folder nope does not exist"),
        (("check", "--site-root", ".", "--site-root", "nope"), "the folder nope does not exist"),
        (("links", "--site-root", "a.md"), "the folder a.md does not exist"),
        (("check", "--concurrency", "0"), "--concurrency: "),
        (("check", "--interval", "nan"), "--interval: "),
        (("check", "--report", "jsn"), "json"),
        (("check", "--report", "json:nowhere/report.json"), "nowhere"),
        (("check", "--report", "text", "--report", "json"), "text and json would both be written to standard output"),
        (("check", "--report", "text:o", "--report", "json:./o"), "text and json would both be written to ./o"),
        (("report", "--history", "missing.sqlite3", "--report", "text", "--report", "json"), "text and json would both"),
        (("check", "--select", "LC999"), "LC999"),
        (("check", "--resolve", "nonsense"), "HOST=ADDRESS"),
        (("check", "--proxy", "socks5://x:1"), "not supported"),
        (("check", "--nameserver", "foo"), "127.0.0.1:53"),
        (("check", "--user-agent", "a\nb: c"), "in ASCII"),
        (("explain", "https://a.example/", "--nameserver", "foo"), "127.0.0.1:53"),
        (("check", "--update-baseline"), "--baseline"),
        (("check", "--resume"), "--history"),
        (("check", "--baseline", "missing.json"), "missing.json"),
        (("check", "--since", "main"), "git"),
        (("check", "--config", "missing.toml"), "missing.toml"),
        (("check", "--schema", "missing.json"), "missing.json"),
        (("check", "--replay", "missing.toml"), "missing.toml"),
        (("check", "--history", "nowhere/history.sqlite3"), "nowhere"),
        (("check", "--ca-bundle", "missing.pem"), "missing.pem"),
        (("check", "--allow-address", "300.0.0.0/8"), "300.0.0.0/8"),
        (("report",), "--history"),
        (("report", "--history", "missing.sqlite3"), "missing.sqlite3"),
        (("explain", "LC2O1"), "LC2"),
        (("explain", "201"), "Did you mean LC201?"),
        (("explain", "AMP"), "--topic amp"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_2_and_one_clear_message_where_it_is_called_wrongly(
    archive: Path,
    arguments: tuple[str, ...],
    said: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # In this process: there are many ways to be wrong, and a new process takes longer than all of them.
    monkeypatch.chdir(archive)
    # Whatever is wrong with the call is told before anything is asked.
    asked: list[object] = []
    monkeypatch.setattr(WireTransport, "send", lambda _self, request: asked.append(request))
    code = run(arguments)
    out, err = capfd.readouterr()
    assert (code, out) == (2, ""), err
    assert said in err
    assert len(err.splitlines()) <= 5
    assert asked == []


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("explain LC201", ("--history=x", "--fail-on=info")),
        ("report", ("--select=LC2", "--ignore=LC2", "--fail-on=info", "--exit-zero", "--progress")),
        ("report", ("--grace-days=1", "--strikes=1", "--strike-days=1")),
        ("validate", ("--retries=1", "--history=x")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_option_that_a_command_would_not_heed_is_refused(
    command: str, options: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    for option in options:
        assert run([*command.split(), option]) == 2
        said = capfd.readouterr().err
        assert "unknown option" in said
        assert option.partition("=")[0] in said


def test_the_options_of_a_check_can_be_repeated_for_one_url_and_offline(archive: Path) -> None:
    options = ("--replay", "fine.toml", "--retries=1", "--concurrency=1", "--per-host=1", "--interval=0", "--jobs=1")
    assert linkcheck("explain", "https://a.example/ok", *options, "--max-time=9", cwd=archive).code == 0
    offline = ("--grace-days=1", "--strikes=1", "--strike-days=1", "--no-progress")
    assert linkcheck("validate", "a.md", *offline, cwd=archive).code == 0


def test_explain_asks_nothing_where_offline_is_set(archive: Path) -> None:
    done = linkcheck("explain", "https://a.example/", cwd=archive, environment=surroundings(LINKCHECK_OFFLINE="true"))
    assert (done.code, done.out) == (2, "")
    assert "a URL cannot be traced offline" in done.err


def test_a_flag_set_in_the_file_can_be_taken_back(archive: Path) -> None:
    (archive / "linkcheck.toml").write_text(
        "exit-zero = true\noffline = true\nquiet = true\nverbose = true\nresume = true\n"
    )
    options = ("--no-exit-zero", "--no-offline", "--no-quiet", "--no-verbose", "--no-resume", "--no-only-articles")
    done = linkcheck("check", "--replay", "gone.toml", *options, "--no-update-baseline", cwd=archive)
    assert (done.code, "1 article, 1 link, 1 target" in done.out) == (1, True)


def test_2_is_how_the_process_ends(archive: Path) -> None:
    done = linkcheck("chekc", cwd=archive)
    assert (done.code, done.out) == (2, "")
    assert "Did you mean linkcheck check?" in done.err


@pytest.mark.parametrize("kind", ["ZeroDivisionError", "EOFError"])
def test_3_for_a_fault_of_ours(archive: Path, kind: str) -> None:
    fault = f"import linkcheck.pipeline.judge_step as j\ndef broken(*a, **k): raise {kind}('nobody thought of this')\n"
    fault += "j.judge.judge_article = broken"
    done = linkcheck("check", "--offline", cwd=archive, before=fault)
    assert (done.code, done.out) == (3, "")
    assert f"internal error: {kind}: nobody thought of this" in done.err
    kept = linkcheck(
        "check", "--offline", cwd=archive, before=fault, environment=surroundings(LINKCHECK_DEBUG_FILE="debug.txt")
    )
    assert kept.code == 3
    assert "debug.txt" in kept.err
    assert "Traceback" in (archive / "debug.txt").read_text()


def test_3_where_a_fault_of_ours_kept_links_from_being_checked(archive: Path) -> None:
    (archive / "odd.toml").write_text('["https://a.example/ok"]\nfailure = "internal"\n')
    for option in ("--exit-zero", "--fail-on=never", "--ignore=LC004"):
        done = linkcheck("check", "--replay", "odd.toml", option, "--report", "json", cwd=archive)
        assert done.code == 3, option
        assert '"complete":false' in done.out.replace(" ", "")
    (archive / "odd.toml").write_text('["https://a.example/*"]\nfailure = "internal"\n' + GONE)
    (archive / "b.md").write_text(article(webUrl="https://a.example/odd"))
    assert linkcheck("check", "--replay", "odd.toml", cwd=archive).code == 3


def test_4_where_the_replay_has_no_answer(archive: Path) -> None:
    (archive / "part.toml").write_text(GONE)
    (archive / "b.md").write_text(article(webUrl="https://a.example/missing"))
    done = linkcheck("check", "--replay", "part.toml", cwd=archive)
    assert done.code == 4
    assert "LC010" in done.out
    assert "please report" not in done.out.lower()
    assert "Incomplete: the replay file has no response for one link" in done.out


def test_4_where_time_runs_out_and_what_was_not_checked_is_not_judged(archive: Path) -> None:
    (archive / "slow.toml").write_text('["https://a.example/ok"]\ndelay = 30.0\n')
    done = linkcheck("check", "--replay", "slow.toml", "--max-time", "0.1", "--report", "json", cwd=archive, before=HASTY)
    assert done.code == 4
    assert '"complete":false' in done.out.replace(" ", "")
    assert "LC201" not in done.out


@pytest.mark.parametrize("offline", ["check --offline", "validate"])
@pytest.mark.parametrize("content", ["no front matter", None], ids=["without front matter", "empty folder"])
def test_nothing_checked_is_never_a_silent_0(tmp_path: Path, offline: str, content: str | None) -> None:
    if content is not None:
        (tmp_path / "a.md").write_text(content)
    done = linkcheck(*offline.split(), cwd=tmp_path)
    assert done.code == 1
    assert "LC001" in done.out


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["130", "143"])
def test_a_signal_ends_it_with_a_report(archive: Path, number: signal.Signals, code: int) -> None:
    (archive / "slow.toml").write_text('["https://a.example/ok"]\ndelay = 30.0\n')
    # It tells of its first tick by a file, so that nobody has to guess when it is under way.
    told = (
        "import linkcheck.cli.console as s, os\n"
        "def update(*a, _known=s.ConsoleProgress.update):\n    os.write(1, b'asking\\n') if not told else None\n"
        "    told.append(1)\n    return _known(*a)\ntold = []\ns.ConsoleProgress.update = update"
    )
    with subprocess.Popen(
        [*start(f"{HASTY}\n{told}"), "check", "--replay", "slow.toml", "--report", "json:report.json"],
        cwd=archive,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"asking\n"
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert b"Traceback" not in err
    assert '"complete": false' in (archive / "report.json").read_text().replace('"complete":false', '"complete": false')


@pytest.mark.parametrize(("name", "code", "said"), [("SIGINT", 130, "interrupted"), ("SIGTERM", 143, "terminated")])
def test_a_signal_before_any_article_is_read_is_one_message(archive: Path, name: str, code: int, said: str) -> None:
    early = "import os, signal, tomllib\n"
    early += f"tomllib.loads = lambda text, **_: os.kill(os.getpid(), signal.{name})"
    (archive / "linkcheck.toml").touch()
    done = linkcheck("check", "--offline", cwd=archive, before=early)
    assert (done.code, done.out, done.err.strip()) == (code, "", f"linkcheck: {said}")


def test_the_seed_shows_all_it_can_without_a_network() -> None:
    done = linkcheck("check", SEEDS, "--replay", SEEDS / "web.toml", cwd=SEEDS.parent)
    assert done.code == 1
    assert "1 article, 31 links, 30 targets" in done.out


def test_a_hook_that_names_no_article_is_content(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Us\n")
    assert linkcheck("validate", "README.md", cwd=tmp_path).code == 1
    done = linkcheck("validate", "--only-articles", "README.md", cwd=tmp_path)
    assert (done.code, "LC001" in done.out) == (0, False)
