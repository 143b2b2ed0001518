"""Whatever articles, file names, servers and configurations say: no output does anything on their behalf."""

import io
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from command import article
from hypothesis import example, given, settings
from hypothesis import strategies as st
from readers import commands, embedded_links, live
from sample_runs import RULES, hostile_run

from linkcheck import report
from linkcheck.cli import run
from linkcheck.report import FORMATS, Detail, ReportOptions

REPOSITORY = "https://github.com/example/news/blob/main"
PIECES = st.sampled_from(
    [
        *("`", "``", "```", "\\", "\\`", "|", "\\|", "<b>", "</code>"),
        *("[ok](https://evil.example)", "![p](//evil.example/p.png)"),
        *("@octocat", "fixes #1", "GH-1", "deadbeefcafe", "www.evil.example", "a@evil.example", ":tada:", "&commat;octocat"),
        *("::error::x", "::", "##vso", "[task.x]e", "##[add-mask]", "##", "#", "[", "]", "1.", "- ", "    ", "> ", "# "),
        *("\n", "\r", "\r\n", "\t", "\x0b", "\x1b[2m", "\u2028", "\u0085", "\ufeff", "\u202e"),
        *("word", " ", ":", ",", "{0}", "%0A"),
    ]
)
HOSTILE = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=12)
TWO_SPANS = "`b`y``@octocat w```"
TITLE = "Not Found `b`y`` ` @octocat ![p](https://evil.example/p.png) [ok](https://evil.example) fixes #1 w"


@settings(max_examples=25, deadline=None)
@given(st.lists(HOSTILE, min_size=1, max_size=3))
@example([TWO_SPANS])
@example([TITLE])
@example(["`\r::error::x"])
@example(["="])
@example(["##vso", "[task.setvariable variable=PATH]/evil", "\n::error::x"])
def test_no_report_is_obeyed_by_a_ci_service_or_a_reader(texts: list[str]) -> None:
    hostile = hostile_run(texts)
    for name in FORMATS:
        for detail in Detail:
            stream = io.StringIO(newline="")
            report.write(hostile, name, stream, ReportOptions(repository_url=REPOSITORY, rules=RULES, detail=detail))
            written = stream.getvalue()
            taken = commands(written)
            if name == "github":
                # Its lines are commands; each is one of ours.
                taken = [line for line in taken if not line.startswith(("::error ", "::warning ", "::notice "))]
            assert (name, taken) == (name, [])
            if name in ("markdown", "comment"):
                assert (name, live(written, REPOSITORY)) == (name, [])
            if name == "rdjsonl":
                messages = [json.loads(line)["message"] for line in written.split("\n")[:-1]]
                assert [found for each in messages if (found := live(each, REPOSITORY))] == []
            if name == "sarif":
                (recorded,) = json.loads(written)["runs"]
                results = [*recorded["results"], *recorded["invocations"][0]["toolExecutionNotifications"]]
                assert [links for each in results if (links := embedded_links(each["message"]["text"]))] == []


@contextmanager
def archive(**files: str) -> Iterator[Path]:
    """A folder with these files, and the working directory."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".git").mkdir()
        for path, text in {"a__md": article(), **files}.items():
            (folder / path.replace("__", ".")).write_text(text, encoding="utf-8", newline="")
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


def said(*arguments: str) -> tuple[int, str]:
    """The exit code, and all a command writes."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", newline="")
    err = io.StringIO(newline="")
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    return code, out.buffer.getvalue().decode("utf-8") + "\n" + err.getvalue()


TOML = HOSTILE.map(lambda text: text.replace("\x7f", "")).filter(lambda text: text.isprintable() or text.isascii())
NAMES = HOSTILE.map(lambda text: f"{text.replace('/', '').replace(chr(0), '')[:60]}")


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


CONFIGURATIONS = {
    "a key of severity": "[severity]\n{} = 'error'\n",
    "an unknown key": "{} = 1\n",
    "an unknown key of a host": "[hosts.'a.example']\n{} = 1\n",
    "a host": "[hosts]\n{} = {{ interval = -1 }}\n",
    "a value": "fail-on = {}\n",
    "a number": "retries = {}\n",
    "a schema": "[[collections]]\nname = 'x'\npaths = ['*.md']\nschema = {}\n",
    "a glob": "[[collections]]\nname = 'x'\npaths = [{}]\nschema = 'default'\n",
    "a path": "paths = [{}]\n",
    "a site root": "site-root = {}\n",
    "a report": "report = [{}]\n",
    "a report's file": "report = ['json:' {}]\n",
    "a baseline": "baseline = {}\n",
    "a history": "history = {}\n",
    "a rule": "ignore = [{}]\n",
    "an exclude": "[[exclude]]\nreason = {0}\npattern = {0}\n",
    "an exclude's day": "[[exclude]]\nreason = 'x'\npattern = 'y'\nuntil = {}\n",
    "a base URL": "base-url = {}\n",
    "an address": "resolve = [{}]\n",
    "a replay": "replay = {}\n",
}


@pytest.mark.parametrize("template", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
@pytest.mark.parametrize("options", [(), ("--untrusted",)], ids=["trusted", "untrusted"])
@settings(max_examples=10, deadline=None)
@given(text=TOML)
@example(text="LC2\n::error::pwn")
@example(text="x\r::stop-commands::pwn")
@example(text="##vso[task.setvariable variable=PATH]/evil")
def test_no_configuration_writes_a_command_into_the_log(template: str, options: tuple[str, ...], text: str) -> None:
    with archive(linkcheck__toml=template.format(quoted(text))):
        _, written = said("validate", *options)
        assert commands(written) == []


SCHEMAS = {
    "a type": '{{"type": {}}}',
    "a keyword": "{{{}: 1}}",
    "a reference": '{{"$ref": {}}}',
    "a dialect": '{{"$schema": {}}}',
    "a pattern": '{{"properties": {{"title": {{"pattern": {}}}}}}}',
    "a pattern of names": '{{"patternProperties": {{{}: false}}}}',
    "a description": '{{"properties": {{"title": {{"type": "integer", "description": {0}}}}}}}',
    "a property": '{{"required": [{}]}}',
    "an enumeration": '{{"properties": {{"title": {{"enum": [{}]}}}}}}',
    "a role": '{{"properties": {{"title": {{"x-link": {{"role": {}}}}}}}}}',
}


@pytest.mark.parametrize("template", SCHEMAS.values(), ids=SCHEMAS)
@settings(max_examples=10, deadline=None)
@given(text=HOSTILE)
def test_no_schema_writes_a_command_into_the_log(template: str, text: str) -> None:
    with archive(s__json=template.format(json.dumps(text))):
        for options in (("--schema", "s.json"), ("--report", "markdown", "--schema", "s.json")):
            _, written = said("validate", *options)
            assert commands(written) == []


@settings(max_examples=10, deadline=None)
@given(text=HOSTILE)
@example(text="x\n::error::PWN")
def test_no_baseline_writes_a_command_into_the_log(text: str) -> None:
    entry = {"rule": text, "path": text, "pointer": text, "fingerprint": text, "added": text, "reason": text}
    for extra in ({}, {"until": text}, {"until": "2020-01-01"}, {text: text}):
        with archive(b__json=json.dumps({"version": 1, "accepted": [{**entry, **extra}]})):
            assert commands(said("validate", "--baseline", "b.json", "-v")[1]) == []


@settings(max_examples=10, deadline=None)
@given(name=NAMES)
@example(name="-x\n::error::PWN")
@example(name="##vso[task.x]e.md")
def test_no_file_name_writes_a_command_into_the_log(name: str) -> None:
    with archive() as folder:
        for command in (("validate", name), ("validate", f"--{name}"), ("explain", name), ("check", "--since", name)):
            assert commands(said(*command)[1]) == []
        try:
            (folder / f"{name}.md").write_text(article(title=7, webUrl="https://a.example/"))
        except OSError:
            return
        for options in (("links",), ("validate",), ("validate", "-q"), ("validate", "--report", "markdown")):
            assert commands(said(*options)[1]) == []


@settings(max_examples=20, deadline=None)
@given(text=HOSTILE)
@example(text="b##vso[task.setvariable variable=PATH]/evil")
@example(text="{a: b##vso[task.setvariable variable=PATH]/evil}")
def test_no_article_writes_a_command_into_the_log(text: str) -> None:
    with archive(a__md=f"---\ntitle: {text}\nwebUrl: {json.dumps(text)}\n---\n", b__md=f"+++\n{text}\n+++\n"):
        for options in ((), ("-v",), ("-q",), ("--report", "json"), ("--report", "junit")):
            assert commands(said("validate", *options)[1]) == []
        for options in ((), ("--json",)):
            assert commands(said("links", *options)[1]) == []


SERVED = HOSTILE.map(lambda text: "".join(each for each in text if each.isprintable() or each in "\n\t "))


@settings(max_examples=15, deadline=None)
@given(text=SERVED)
@example(text=TITLE)
@example(text="##vso[task.x]e\n::error::x")
def test_nothing_a_server_says_works_in_a_comment_or_a_log(text: str) -> None:
    url = "https://a.example/ok"
    for reply in (
        f"page.title = {quoted(text)}\n",
        f"status = 301\nlocation = {quoted('/' + text)}\n",
        f"status = 404\npage.title = {quoted(text)}\n",
        f"page.canonical = {quoted('https://a.example/' + text)}\nheaders.Link = {quoted(text)}\n",
        f"failure = 'tls'\nmessage = {quoted(text)}\n",
    ):
        with archive(web__toml=f'["{url}"]\n{reply}["https://a.example/*"]\nstatus = 404\n'):
            _, log = said("check", "--replay", "web.toml", "--report", "comment:c.md", "--report", "text", "-v")
            assert commands(log + said("explain", url, "--replay", "web.toml")[1]) == []
            assert live(Path("c.md").read_text(encoding="utf-8"), REPOSITORY) == []
