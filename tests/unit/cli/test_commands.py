"""What each command prints, where, and with which exit code; in the process of the test."""

import io
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from systems import posix_only

from linkcheck import cli, signals
from linkcheck.cli.group import COMMANDS
from linkcheck.errors import UsageError

ARTICLE = """---
title: How the old harbour bridge was built
date: 2021-06-18
webUrl: https://a.example/old/the-old-harbour-bridge
originalUrl: https://a.example/2021/06/18/the-old-harbour-bridge
---
"""
WEB = """
["https://a.example/old/the-old-harbour-bridge"]
status = 301
location = "https://a.example/new/the-old-harbour-bridge"
["https://a.example/new/the-old-harbour-bridge"]
page = {title = "How the old harbour bridge was built", published = "2021-06-18"}
["https://a.example/2021/06/18/the-old-harbour-bridge"]
status = 301
location = "https://a.example/2021/06/19/the-old-harbour-bridge"
["https://a.example/2021/06/19/the-old-harbour-bridge"]
page = {title = "How the old harbour bridge was built", published = "2021-06-18"}
["https://a.example/page"]
page = {title = "A title", canonical = "https://a.example/page", amphtml = "https://a.example/amp", published = "2021-06-18"}
["https://a.example/gone"]
status = 404
["https://a.example/a.png"]
image = {format = "png", width = 40, height = 30}
["https://slow.example/"]
failure = "connect timeout"
"""


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line in a folder with an article and a web."""
    for inner in ("objects", "refs"):
        (tmp_path / ".git" / inner).mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "a.md").write_text(ARTICLE)
    (tmp_path / "web.toml").write_text(WEB)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signals, "_state", signals._SignalState())

    def run(*arguments: str) -> Ended:
        code = cli.run(arguments)
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return run


def test_a_rule_is_explained_by_its_code_or_name(command: Command) -> None:
    explained = command("explain", "lc201")
    assert (explained.code, explained.err) == (0, "")
    assert explained == command("explain", "dead")
    headings = [line for line in explained.out.split("\n") if line and line[0] != " "]
    assert headings[0] == "LC201 dead"
    for heading in (
        *("What it means", "Why it matters", "How to fix it", "When to ignore it", "Source", "Example"),
        *("Default severity", "Network", "Topics"),
    ):
        assert heading in headings
    assert "    webUrl: https://example.com/2019/removed     # 404 Not Found\n" in explained.out
    assert "\nError. Change it with `[severity]` in the configuration.\n" in explained.out
    assert "\nOnline.\n" in explained.out
    assert "\nAvailability.\n" in explained.out


def test_rules_are_listed_by_the_beginning_of_their_codes_and_by_topic(command: Command) -> None:
    every, family, topic, both = (
        [line.split()[0] for line in command("explain", *arguments).out.splitlines()]
        for arguments in ((), ("lc2",), ("--topic", "Images"), ("LC1", "--topic", "images"))
    )
    assert every == sorted(every)
    assert family == [code for code in every if code.startswith("LC2")]
    assert {"LC121", "LC211", "LC401"} <= set(topic) < set(every)
    assert both == ["LC121"]
    (line,) = command("explain", "LC1", "--topic", "images").out.splitlines()
    assert line == "LC121  warning  signed-image-url  An image's URL has a signature that expires."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["deda"], "unknown rule `deda` (Did you mean dead?)"),
        (["zzzzzz"], "unknown rule `zzzzzz` (`linkcheck explain` lists all rules.)"),
        (
            ["Images"],
            "unknown rule `Images` (`linkcheck explain --topic images` lists the rules on this topic.)",
        ),
        (["a.example"], "a.example: not a rule; to trace a URL, include the scheme: https://a.example"),
        (["//host/x"], "//host/x: not a rule; to trace a URL, include the scheme: https://host/x"),
        (["localhost:80/x"], "localhost:80/x: not a rule; to trace a URL, include the scheme: https://localhost:80/x"),
        (["mailto:x@y"], "mailto:x@y: not a rule and not an http or https URL"),
        (["ftp://x"], "ftp://x: scheme 'ftp' is neither http nor https"),
        (["LC9"], "no rule code starts with LC9; `linkcheck explain` lists all rules"),
        (["LC0", "--topic", "amp"], "no rule of LC0 is on the topic amp; omit one of them"),
        (["LC201", "--topic", "images"], "--topic cannot be combined with 'LC201'; omit one of them"),
        (["--topic", "imagse"], "--topic: unknown topic `imagse` (Did you mean images?)"),
        (["--topic", "zzzzzz"], "--topic: unknown topic `zzzzzz` (Use run, front-matter,"),
    ],
)
def test_what_cannot_be_explained_is_told(command: Command, arguments: list[str], says: str) -> None:
    refused = command("explain", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert says in refused.err


def test_a_url_is_not_traced_offline(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKCHECK_OFFLINE", "true")
    assert command("explain", "https://a.example/") == Ended(
        2, "", "linkcheck: a URL cannot be traced offline; unset `offline` in the configuration or the environment\n"
    )


TRACES = {
    "https://a.example/old/the-old-harbour-bridge": (
        0,
        """1  https://a.example/old/the-old-harbour-bridge
   status   301 Moved Permanently
            location: https://a.example/new/the-old-harbour-bridge
            content-length: 0

2  https://a.example/new/the-old-harbour-bridge
   status   200 OK
""",
        """moved: moved permanently to https://a.example/new/the-old-harbour-bridge
   warning LC202 permanent-redirect: Update the URL.
To send the same request: curl """,
    ),
    "https://a.example/page": (
        0,
        "1  https://a.example/page\n   status   200 OK\n",
        """
page     title: A title
page     canonical: https://a.example/page
page     amphtml: https://a.example/amp
page     published: 2021-06-18
ok: 200 OK
To send the same request: curl """,
    ),
    "https://a.example/gone": (
        1,
        "1  https://a.example/gone\n   status   404 Not Found\n",
        """
dead: 404 Not Found
   error LC201 dead: Replace the URL with the page's new address or an archived copy, or remove the link.
To send the same request: curl """,
    ),
    "https://a.example/a.png": (
        0,
        "1  https://a.example/a.png\n   status   206 Partial Content\n",
        """
image    png 40x30, 65 bytes read
ok: 206 Partial Content
To send the same request: curl """,
    ),
    "https://slow.example/": (
        0,
        """1  https://slow.example/
   failure  connect (timeout): the connection to slow.example timed out

""",
        """
unreachable: the connection to slow.example timed out
   warning LC213 unreachable: Check again tomorrow; most such failures are temporary.
A check would retry before it reports this.
To send the same request: curl """,
    ),
    "https://none.example/": (4, "1  https://none.example/\n   failure  internal (", "To send the same request: curl "),
}


@pytest.mark.parametrize("url", TRACES)
def test_the_requests_for_a_url_are_shown_with_what_they_show(command: Command, url: str) -> None:
    code, first, last = TRACES[url]
    traced = command("explain", url, "--replay", "web.toml")
    assert (traced.code, traced.err) == (code, "")
    assert traced.out.startswith(first)
    assert last in traced.out
    assert traced.out.endswith(f" {url}\n")


def test_links_are_listed(command: Command) -> None:
    listed = command("links")
    assert (listed.code, listed.err) == (0, "")
    assert listed.out == (
        "a.md\n"
        "       4:9  canonical  page    https://a.example/old/the-old-harbour-bridge\n"
        "      5:14  original   page    https://a.example/2021/06/18/the-old-harbour-bridge\n"
        "\n"
        "2 links in 1 article, 2 URLs to check\n"
    )
    assert [line[:40] for line in command("links", "--json").out.splitlines()] == [
        '{"path":"a.md","line":4,"column":9,"poin',
        '{"path":"a.md","line":5,"column":14,"poi',
    ]


def test_notices_about_the_configuration_precede_a_list(command: Command, tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("untrusted = true\nstrikes = 9\n")
    assert command("links").err.startswith("linkcheck: linkcheck.toml comes from an untrusted checkout")


FIRST, SECOND = (
    ("a.md:4:9: LC301", "https://a.example/old/the-old-harbour-bridge", "https://a.example/new/the-old-harbour-bridge"),
    (
        "a.md:5:14: LC202",
        "https://a.example/2021/06/18/the-old-harbour-bridge",
        "https://a.example/2021/06/19/the-old-harbour-bridge",
    ),
)
WHY = "(the same domain, and the new page has the article's title and date)"


@posix_only
def test_safe_corrections_are_shown_and_then_written(command: Command, tmp_path: Path) -> None:
    place, old, new = FIRST
    other, dated, later = SECOND
    shown = command("fix", "--replay", "web.toml")
    held = f"{other} held back, unsafe: {dated} -> {later} (the new URL has another date; use --unsafe to fix it)\n"
    left = "1 unsafe correction held back; review them, then use --unsafe\n"
    assert shown.code == 1
    assert shown.out.startswith("--- a/a.md\n+++ b/a.md\n@@ -1,6 +1,6 @@\n")
    assert [line for line in shown.out.splitlines()[2:] if line[0] in "+-"] == [f"-webUrl: {old}", f"+webUrl: {new}"]
    assert shown.err == (
        f"{place} to fix, safe: {old} -> {new} {WHY}\n{held}linkcheck: 1 correction in 1 file; use --write to apply; {left}"
    )
    assert (tmp_path / "a.md").read_text() == ARTICLE
    written = command("fix", "--replay", "web.toml", "--write")
    assert written == Ended(
        0, "", f"{place} fixed, safe: {old} -> {new} {WHY}\n{held}linkcheck: 1 correction in 1 file written; {left}"
    )
    assert (tmp_path / "a.md").read_text() == ARTICLE.replace(old, new)
    assert command("fix", "--replay", "web.toml") == Ended(0, "", f"{held}linkcheck: no corrections; {left}")


@posix_only
def test_unsafe_corrections_are_written_on_request(command: Command, tmp_path: Path) -> None:
    place, old, new = FIRST
    other, dated, later = SECOND
    shown = command("fix", "--replay", "web.toml", "--unsafe", "--no-diff")
    assert shown == Ended(
        1,
        "",
        f"{place} to fix, safe: {old} -> {new} {WHY}\n"
        f"{other} to fix, unsafe: {dated} -> {later} (the new URL has another date)\n"
        "linkcheck: 2 corrections in 1 file; use --write to apply\n",
    )
    quiet = command("fix", "--replay", "web.toml", "--unsafe", "--write", "--diff", "-q")
    assert (quiet.code, quiet.err, quiet.out.count("\n+https"), quiet.out.count("\n+")) == (0, "", 0, 3)
    assert (tmp_path / "a.md").read_text() == ARTICLE.replace(old, new).replace(dated, later)
    assert command("fix", "--replay", "web.toml", "--unsafe").err == "linkcheck: no corrections\n"


def test_a_correction_of_selected_rules_is_shown_only(command: Command) -> None:
    assert command("fix", "--replay", "web.toml", "--select", "LC202").code == 0
    assert command("fix", "--replay", "web.toml", "--select", "LC301").code == 1


def test_a_diff_that_contains_a_command_of_a_ci_service_is_not_shown(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ARTICLE.replace("---\ntitle", "---\n::error::x: 1\ntitle"))
    shown = command("fix", "--replay", "web.toml")
    assert (shown.code, shown.out) == (1, "")
    assert "linkcheck: a.md: the diff is not shown, because a CI service would execute one of its lines" in shown.err


def test_nothing_is_written_to_an_untrusted_checkout(command: Command) -> None:
    assert command("fix", "--write", "--untrusted") == Ended(
        2,
        "",
        "linkcheck: --write cannot be combined with --untrusted; review the diff that linkcheck fix shows, "
        "then apply it with `git apply`\n",
    )


def test_what_could_not_be_requested_makes_corrections_incomplete(command: Command, tmp_path: Path) -> None:
    (tmp_path / "web.toml").write_text('["https://b.example/"]\n')
    done = command("fix", "--replay", "web.toml")
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("linkcheck: no corrections\nIncomplete: ")


def test_a_recorded_run_is_reported_as_it_was(command: Command) -> None:
    checked = command("check", "--replay", "web.toml", "--history", "h.db")
    assert (checked.code, checked.err) == (0, "")
    assert "a.md\n    4:9  warning  LC301  " in checked.out
    reported = command("report", "--history", "h.db")
    assert reported == checked
    assert command("report", "--history", "h.db", "--run", "1") == reported
    refused = command("report", "--history", "h.db", "--run", "9")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("linkcheck: h.db: there is no run 9; runs: 1 (")
    assert command("report").err == (
        "linkcheck: No history given. Use --history FILE or set `history` in the configuration.\n"
    )


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_a_page_is_not_written_to_a_terminal(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = command("check", "--replay", "web.toml", "--report", "html", "--history", "h.db").out
    assert page.startswith("<!DOCTYPE html>")
    monkeypatch.setattr("sys.stdout", Terminal(io.BytesIO(), encoding="utf-8"))
    says = "linkcheck: --report html is not written to a terminal; write it to a file: --report html:FILE\n"
    for arguments in (("check",), ("validate",), ("report", "--history", "h.db")):
        assert command(*arguments, "--report", "html") == Ended(2, "", says)
    assert command("check", "--offline", "--report", "html:page.html").code == 0
    assert (tmp_path / "page.html").is_file()
    assert command("check", "--offline", "--report", "json").code == 0


def test_reports_are_written_to_their_places(command: Command, tmp_path: Path) -> None:
    done = command("check", "--replay", "web.toml", "--report", "text", "--report", "json:out.json")
    assert (done.code, (tmp_path / "out.json").read_text()[:1]) == (0, "{")
    assert done.out.endswith("2 warnings\n1 of 2 fixable with linkcheck fix\n")
    both = command("check", "--replay", "web.toml", "--report", "text", "--report", "json")
    assert both == Ended(
        2,
        "",
        "linkcheck: --report: text and json would both be written to standard output; write all others to files, "
        "as in --report json:FILE\n",
    )
    same = command("check", "--replay", "web.toml", "--report", "csv:x", "--report", "json:./x")
    assert same.err == "linkcheck: --report: csv and json would both be written to ./x\n"


def test_locations_lead_to_the_commit_that_a_ci_job_checks(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0123456789" * 4
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    monkeypatch.setenv("GITHUB_REPOSITORY", "o/r")
    monkeypatch.setenv("GITHUB_SHA", commit)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    arguments = ("validate", "--report", "markdown", "--verbose", "a.md")
    (tmp_path / "a.md").write_text("---\nwebUrl: https//a.example/\n---\n")
    assert f"(<https://github.com/o/r/blob/{commit}/a.md#L2>)" in command(*arguments).out
    configured = command(*arguments, "--repository-url", "https://git.example/files").out
    assert "(<https://git.example/files/a.md#L2>)" in configured
    assert commit not in configured


def test_a_page_names_the_configuration_and_what_a_ci_job_checks(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SERVER_URL", "https://github.com"), ("REPOSITORY", "o/r"), ("SHA", "0123456789" * 4)):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("GITHUB_REF_NAME", "main")
    (tmp_path / "a.md").write_text("---\nwebUrl: https://a.example/\n---\n")
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "links.toml").write_text("quiet = true\n")
    page = command("validate", "--config", "settings/links.toml", "--report", "html", "a.md").out
    for value in ("012345678901", "main", "settings/links.toml"):
        assert f"<dd>{value}</dd>" in page
    monkeypatch.chdir(tmp_path / "settings")
    assert "<dd>links.toml</dd>" in command("validate", "--config", "links.toml", "--report", "html", "../a.md").out
    (tmp_path / "settings" / "below").mkdir()
    monkeypatch.chdir(tmp_path / "settings" / "below")
    assert "<dd>links.toml</dd>" in command("validate", "--config", "../links.toml", "--report", "html", "../../a.md").out
    assert "<dt>configuration</dt>" not in command("validate", "--report", "html", "../../a.md").out


def test_an_incomplete_run_is_told_beside_a_report_that_does_not_end_with_it(command: Command, tmp_path: Path) -> None:
    (tmp_path / "web.toml").write_text('["https://b.example/"]\n')
    for arguments in (("-q",), ("--report", "csv")):
        done = command("check", "--replay", "web.toml", *arguments)
        assert (done.code, done.err[:12]) == (4, "Incomplete: ")
    text = command("check", "--replay", "web.toml")
    assert (text.code, text.err) == (4, "")
    assert "\nIncomplete: " in text.out


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("chekc", "unknown command `chekc` (Did you mean linkcheck check?)"),
        ("zzzzzz", "unknown command `zzzzzz` (Use check, validate, links, report, runs, explain, init, fix or archive.)"),
        ("--zzzzzz", "unknown option `--zzzzzz` (`linkcheck --help` lists all options.)"),
        ("--verson", "unknown option `--verson` (Did you mean --version?)"),
        ("a\x1b[31m", "unknown command `a\\x1b[31m` (Use check,"),
    ],
)
def test_an_unknown_command_is_told(command: Command, name: str, says: str) -> None:
    refused = command(name)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"linkcheck: {says}")
    assert refused.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["--fail-on", "warn"],
            '--fail-on: `fail-on` must be one of error, warning, info or never, not "warn" (Did you mean',
        ),
        (["--strikes", "x"], '--strikes: `strikes` must be a whole number, not the text "x" ('),
        (["--strike", "3"], "unknown option `--strike` (Did you mean --strikes?)"),
        (["--zzzzzz"], "unknown option `--zzzzzz` (`linkcheck check --help` lists all options.)"),
        (["--report"], "option '--report' requires an argument\n"),
        (["--config", ".git"], "invalid value for '--config': File '.git' is a directory\n"),
        (["--report", "htm"], "--report: unknown report format `htm` (Did you mean html?)\n"),
        (["--select", "daed"], "--select: unknown rule `daed` (Did you mean dead?)\n"),
    ],
)
def test_wrong_options_are_told_in_one_form(command: Command, arguments: list[str], says: str) -> None:
    refused = command("check", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"linkcheck: {says}")
    assert refused.err.count("\n") == 1


def test_without_a_command_help_is_shown(command: Command) -> None:
    shown = command()
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith("Usage: linkcheck [OPTIONS] COMMAND")


def test_help_lists_the_commands_and_options_under_their_headings(command: Command) -> None:
    listed = command("--help")
    assert (listed.code, listed.err) == (0, "")
    commands = listed.out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in commands] == [
        "check",
        "validate",
        "links",
        "report",
        "runs",
        "explain",
        "init",
        "fix",
        "archive",
    ]
    fix = command("fix", "--help").out
    headings = [line for line in fix.splitlines() if line.endswith(":") and line[0] != " "]
    assert headings[0] == "Action:"
    assert headings[-2:] == ["Output:", "Other options:"]
    assert "  --write  " in fix.partition("Action:\n")[2].partition("\n\n")[0]


def helps(command: Command, *options: str) -> list[str]:
    """The help of every command."""
    return [command(*name, option).out for name in ((), *((each,) for each in COMMANDS)) for option in options]


@pytest.mark.parametrize("columns", [72, 80, 100])
def test_help_is_wrapped_to_the_terminal_between_words(
    command: Command, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "10000")
    words = [text.split() for text in helps(command, "-h", "--help")]
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = helps(command, "-h", "--help")
    assert [text.split() for text in shown] == words
    if columns >= 80:
        assert max(len(line) for text in shown for line in text.splitlines()) <= columns


@pytest.mark.parametrize("name", COMMANDS)
def test_short_help_lists_the_most_used_options_and_names_the_long_one(command: Command, name: str) -> None:
    short, long = command(name, "-h"), command(name, "--help")
    assert (short.code, short.err, long.code, long.err) == (0, "", 0, "")
    assert short.out.splitlines()[-1] == f"All options and examples: linkcheck {name} --help"
    assert "Examples:" not in short.out
    assert "Examples:" in long.out
    options = [{word for word in text.split() if word.startswith("--")} for text in (short.out, long.out)]
    assert options[0] <= options[1]
    if name == "check":
        assert len(short.out.splitlines()) < 50
        assert len(long.out.splitlines()) > 100
        assert {"--since", "--report", "--fail-on", "--quiet", "--history"} <= options[0]
        assert not {"--nameserver", "--remap", "--grace-days"} & options[0]


def test_a_rule_is_explained_within_the_terminal(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, widest in ((None, 80), (60, 60), (200, 88)):
        monkeypatch.setenv("COLUMNS", str(columns or ""))
        for code in ("LC201", "LC403", "LC214"):
            lines = command("explain", code).out.splitlines()
            assert max(len(line) for line in lines if not line.startswith("    ")) <= widest


def test_the_list_of_rules_is_wrapped_on_a_terminal_only(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    listed = command("explain").out.splitlines()
    assert all(line.startswith("LC") for line in listed)
    shown = Terminal(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr("sys.stdout", shown)
    assert command("explain").code == 0
    shown.seek(0)
    lines = shown.read().splitlines()
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines).split()) == " ".join(" ".join(listed).split())


def test_the_version_is_printed(command: Command) -> None:
    assert command("--version").out.startswith("linkcheck ")


def fails(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Listing links ends with an error."""

    def links(_context: object, *, notice: object) -> None:
        raise error

    monkeypatch.setattr("linkcheck.pipeline.list_links", links)


def test_an_internal_error_is_told_with_what_to_do(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fails(monkeypatch, ValueError("x"))
    assert command("links") == Ended(
        3,
        "",
        "linkcheck: internal error: ValueError: x\n"
        "This is a bug in linkcheck, not a problem with your articles. Please report it with a traceback "
        "(set LINKCHECK_DEBUG_FILE=FILE) and a recording of the responses (--record FILE).\n",
    )
    debug = tmp_path / "debug.txt"
    monkeypatch.setenv("LINKCHECK_DEBUG_FILE", str(debug))
    assert command("links").err == f"linkcheck: internal error: ValueError: x\nThe traceback is in {debug}.\n"
    command("links")
    assert debug.read_text().count("Traceback (most recent call last)") == 2


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (KeyboardInterrupt(), 130, "linkcheck: interrupted\n"),
        (OSError(24, "x"), 4, "linkcheck: too many open files: raise the limit, for example with `ulimit -n 256`\n"),
        (ExceptionGroup("x", [OSError(24, "x")]), 4, "linkcheck: too many open files: raise the limit, "),
        (OSError(13, "no"), 3, "linkcheck: internal error: PermissionError: [Errno 13] no\n"),
        (EOFError("x"), 3, "linkcheck: internal error: EOFError: x\n"),
    ],
)
def test_whatever_goes_wrong_ends_as_one_clear_message(
    command: Command, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, says: str
) -> None:
    fails(monkeypatch, error)
    ended = command("links")
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.removeprefix("\n").startswith(says)


def with_cause(error: Exception, *, cause: Exception | None = None, context: Exception | None = None) -> Exception:
    error.__cause__, error.__context__ = cause, context
    return error


@pytest.mark.parametrize("number", [23, 24])
def test_a_lack_of_file_descriptors_is_found_in_what_an_error_comes_from(
    command: Command, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    lack = OSError(number, "x")
    for error in (
        with_cause(ValueError("a"), cause=lack),
        with_cause(ValueError("a"), context=lack),
        with_cause(ValueError("a"), cause=with_cause(ValueError("b"), context=lack)),
        with_cause(ExceptionGroup("g", [ValueError("b")]), cause=lack),
    ):
        fails(monkeypatch, error)
        assert command("links").code == 4
    fails(monkeypatch, with_cause(ValueError("a"), cause=OSError(2, "x")))
    assert command("links").code == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("error", [None, UsageError("x"), ValueError("x"), KeyboardInterrupt()])
def test_whatever_follows_a_signal_ends_with_its_number(
    command: Command, monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException | None
) -> None:
    def links(_context: object, *, notice: object) -> tuple[()]:
        del notice
        signals.note(number)
        if error is not None:
            raise error
        return ()

    monkeypatch.setattr("linkcheck.pipeline.list_links", links)
    ended = command("links")
    assert (ended.code, "x" in ended.err) == (128 + number, False)


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (BrokenPipeError(), 0, ""),
        (OSError(28, "full"), 4, "linkcheck: cannot write the output: full\n"),
        (OSError(5, "broken"), 4, "linkcheck: cannot write the output: broken\n"),
    ],
)
def test_what_cannot_be_written_is_discarded(
    command: Command, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, says: str
) -> None:
    silenced: list[bool] = []
    monkeypatch.setattr(cli, "_silence", lambda: silenced.append(True))
    fails(monkeypatch, error)
    assert (command("links"), silenced) == (Ended(code, "", says), [True])


WRITTEN = (".github/workflows/linkcheck.yml", ".linkcheck/pages.schema.json", ".pre-commit-config.yaml", "linkcheck.toml")


def files(folder: Path) -> set[str]:
    """The files in a folder beside those that were there before."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found - {".git/HEAD", "a.md", "web.toml"}


def test_init_shows_files_and_then_writes_them(command: Command, tmp_path: Path) -> None:
    shown = command("init", "--dry-run")
    assert (shown.code, files(tmp_path)) == (0, set())
    for name in WRITTEN:
        assert f"--- /dev/null\n+++ b/{name}\n@@ -0,0 +1," in shown.out
    refused = command("init")
    assert (refused.code, refused.out, files(tmp_path)) == (2, "", set())
    assert refused.err.endswith(
        "linkcheck: no files were written, because there is no terminal for the confirmation; use --yes\n"
    )
    written = command("init", "--yes")
    assert (written.code, written.out, files(tmp_path)) == (0, "", set(WRITTEN))
    assert command("check", "--offline").code == 0
    diff = command("init", "--yes", "--diff", "--force")
    assert (diff.code, "+++ " in diff.out) == (0, False)


def test_init_replaces_no_file_unless_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("strikes = 4\n")
    refused = command("init", "--yes")
    assert (refused.code, files(tmp_path)) == (2, {"linkcheck.toml"})
    assert refused.err.endswith(
        "linkcheck: no files were written, because linkcheck.toml would be replaced; to add only what is new, use --add; "
        "to replace existing files, use --force\n"
    )
    replaced = command("init", "--dry-run", "--force")
    assert "--- a/linkcheck.toml\n+++ b/linkcheck.toml\n@@ -1 +1," in replaced.out
    assert "\n-strikes = 4\n" in replaced.out
    assert (tmp_path / "linkcheck.toml").read_text() == "strikes = 4\n"
    assert command("init", "--yes", "--force").code == 0
    assert files(tmp_path) == set(WRITTEN)
    assert "strikes = 4" not in (tmp_path / "linkcheck.toml").read_text()


def test_init_adds_nothing_where_nothing_is_new(command: Command) -> None:
    command("init", "--yes")
    added = command("init", "--add", "--yes")
    assert (added.code, added.out) == (0, "")
    assert "linkcheck: there is nothing to add\n" in added.err


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (["--force"], "--add cannot be combined with --force"),
        (["--accept"], "--add cannot be combined with --accept"),
        (["--extensions", ".md"], "--add cannot be combined with --extensions; set `extensions` in the configuration"),
    ],
)
def test_what_init_cannot_combine_is_refused(command: Command, option: list[str], says: str) -> None:
    assert command("init", "--add", *option) == Ended(2, "", f"linkcheck: {says}\n")


def test_init_writes_nothing_where_no_article_has_links(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: x\n---\n")
    assert (command("init", "--yes").code, files(tmp_path)) == (0, set())
    assert command("init", "--yes", "--without-links").code == 0
    assert files(tmp_path) == set(WRITTEN)


def test_files_that_init_wrote_are_removed_if_another_cannot_be_written(command: Command, tmp_path: Path) -> None:
    (tmp_path / ".linkcheck").write_text("")
    refused = command("init", "--yes")
    assert (refused.code, files(tmp_path)) == (2, {".linkcheck"})
    assert "cannot make the folder of .linkcheck/pages.schema.json: " in refused.err


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Standard input contains a text."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_an_article_on_standard_input_is_validated_as_its_file(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ARTICLE.replace("2021-06-18\nwebUrl", "2021-06-31\nwebUrl")
    given(monkeypatch, text)
    done = command("validate", "-", "--stdin-filename", "posts/new.md", "--quiet")
    assert done.out.startswith("posts/new.md:3:7: error: `date` is not a valid date: June 2021 has 30 days")
    assert done.out.endswith(" [LC112]\n")
    assert done.code == 1
    given(monkeypatch, text)
    assert command("validate", "-", "--quiet").out.startswith("<stdin>:3:7: error: ")
    given(monkeypatch, ARTICLE)
    assert command("validate", "-", "--stdin-filename", "a.md", "--quiet") == Ended(0, "", "")


def test_a_schema_is_that_of_the_file_on_standard_input(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "linkcheck.toml").write_text('[[collections]]\nname = "p"\npaths = ["posts/**"]\nschema = "s.json"\n')
    (tmp_path / "s.json").write_text('{"required": ["author"]}')
    (tmp_path / "posts").mkdir()
    for name, code in (("posts/new.md", 1), ("other.md", 0)):
        given(monkeypatch, "---\ntitle: A title\n---\n")
        assert command("validate", "-", "--stdin-filename", name, "--quiet").code == code, name


def test_standard_input_is_the_only_path(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, ARTICLE)
    assert "must be the only path" in command("validate", "-", "a.md").err
    assert "standard input" in command("fix", "-").err
    given(monkeypatch, "no front matter")
    assert command("validate", "-", "--only-articles", "--quiet").code == 0


def test_a_hook_takes_a_file_named_like_an_option_for_a_file(command: Command, tmp_path: Path) -> None:
    for name in ("--quiet=a.md", "-o.md"):
        (tmp_path / name).write_text(ARTICLE)
    done = command("validate", "--only-articles", "--quiet=a.md", "-o.md", "a.md", "--verbose")
    assert (done.code, done.out.count("originalUrl")) == (0, 0)
    assert "3 articles, 6 links" in done.out


def test_validate_does_not_speak_of_links_that_it_never_requests(command: Command, tmp_path: Path) -> None:
    assert "\n  2  skipped      2 links: offline\n" in command("check", "--offline", "a.md").out
    for options in ((), ("--only-articles",)):
        shown = command("validate", *options, "a.md").out
        assert shown.startswith("1 article, 2 links, 2 targets in ")
        assert "offline" not in shown
        assert "request" not in shown
        assert "skipped" not in shown
    (tmp_path / "linkcheck.toml").write_text('[[exclude]]\npattern = "2021"\nreason = "archived"\n')
    excluded = command("validate", "a.md").out
    assert '\n     not checked  1 link: excluded by pattern "2021": archived\n' in excluded
    assert "offline" not in excluded
    assert '\n  2  skipped      1 link: excluded by pattern "2021": archived' in command("check", "--offline", "a.md").out
    assert "1 article, 2 links, 2 targets; 2 requests in " in command("check", "--replay", "web.toml").out
