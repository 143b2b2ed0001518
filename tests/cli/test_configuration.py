"""Defaults < file < environment < flags, and where the file is looked for."""

from pathlib import Path

import msgspec
import pytest
from command import article, linkcheck, surroundings
from settings import meant, written

from linkcheck.config import SETTINGS, load
from linkcheck.errors import UsageError


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ((), 32),
        (("file",), 1),
        (("file", "environment"), 2),
        (("environment",), 2),
        (("file", "environment", "flag"), 3),
        (("file", "flag"), 3),
        (("flag",), 3),
    ],
    ids=lambda value: " < ".join(("default", *value)) if isinstance(value, tuple) else "",
)
def test_the_closer_layer_wins(tmp_path: Path, layers: tuple[str, ...], expected: int) -> None:
    if "file" in layers:
        (tmp_path / "linkcheck.toml").write_text("concurrency = 1\n")
    config = load(
        flags={"concurrency": 3} if "flag" in layers else {},
        environment={"LINKCHECK_CONCURRENCY": "2"} if "environment" in layers else {},
        directory=str(tmp_path),
    )
    assert config.settings.concurrency == expected


def test_the_layers_meet_in_the_real_command(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article())
    (tmp_path / "gone.toml").write_text('["https://a.example/ok"]\nstatus = 404\n')
    (tmp_path / "linkcheck.toml").write_text('replay = "gone.toml"\nignore = ["LC201"]\nreport = ["json"]\n')
    quiet = linkcheck("check", cwd=tmp_path)
    assert (quiet.code, quiet.out[:1]) == (0, "{")
    variable = linkcheck("check", cwd=tmp_path, environment=surroundings(LINKCHECK_IGNORE="LC4, LC5"))
    assert (variable.code, variable.out[:1]) == (1, "{")
    flag = linkcheck(
        "check", "--ignore", "LC2", "--report", "text", cwd=tmp_path, environment=surroundings(LINKCHECK_IGNORE="LC4")
    )
    assert flag.code == 0
    assert flag.out[:1] != "{"


@pytest.mark.parametrize("selector", ["dead", "LC201", "LC2"])
def test_a_rule_may_be_named_in_a_file_as_on_the_command_line(tmp_path: Path, selector: str) -> None:
    (tmp_path / "a.md").write_text(article())
    (tmp_path / "gone.toml").write_text('["https://a.example/ok"]\nstatus = 404\n')
    for text in (f'ignore = ["{selector}"]', f'[severity]\n{selector} = "info"'):
        (tmp_path / "linkcheck.toml").write_text(text)
        assert linkcheck("check", "--replay", "gone.toml", cwd=tmp_path).code == 0, text
    (tmp_path / "linkcheck.toml").write_text('[severity]\ndeed = "info"')
    done = linkcheck("check", "--replay", "gone.toml", cwd=tmp_path)
    assert (done.code, "Did you mean dead?" in done.err) == (2, True)


@pytest.mark.parametrize("extensions", [".rst,.txt", "rst,txt", "rst, .txt"])
def test_extensions_are_written_alike_everywhere(tmp_path: Path, extensions: str) -> None:
    for name in ("a.rst", "b.txt", "c.md"):
        (tmp_path / name).write_text(article())
    expected = "2 links in 2 articles"
    assert expected in linkcheck("links", "--extensions", extensions, cwd=tmp_path).out
    assert expected in linkcheck("links", cwd=tmp_path, environment=surroundings(LINKCHECK_EXTENSIONS=extensions)).out
    (tmp_path / "linkcheck.toml").write_text(f"extensions = {[item.strip() for item in extensions.split(',')]}")
    assert expected in linkcheck("links", cwd=tmp_path).out


def test_the_header_of_pyproject_is_told_from_an_unknown_key(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("[tool.linkcheck]\nper-host = 7\n")
    with pytest.raises(UsageError, match=r"belongs in pyproject\.toml only"):
        load(flags={}, environment={}, directory=str(tmp_path))


def test_pyproject_counts_where_it_speaks_to_us(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.linkcheck]\nper-host = 7\n")
    assert load(flags={}, environment={}, directory=str(tmp_path)).settings.per_host == 7
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nper-host = 7\n")
    assert load(flags={}, environment={}, directory=str(tmp_path)).file is None
    (tmp_path / "pyproject.toml").write_text("[tool.linkcheck]\nper-hots = 7\n")
    with pytest.raises(UsageError, match="per-host"):
        load(flags={}, environment={}, directory=str(tmp_path))


@pytest.mark.parametrize("command", [("validate",), ("init", "--yes"), ("init", "--yes", "--force"), ("init", "--add")])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("[project]\n\n[tool.linkcheck\nper-host = 7\n", 3, id="in the section"),
        pytest.param("[[tool.linkcheck.collections]]\nname = 'a'\n[x\n", 3, id="after it"),
    ],
)
def test_a_pyproject_that_speaks_to_us_has_to_be_toml(
    text: str, line: int, command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    (tmp_path / "a.md").write_text(article())
    done = linkcheck(*command, cwd=tmp_path)
    assert (done.code, "pyproject.toml: invalid TOML" in done.err, f"pyproject.toml:{line}:" in done.err) == (
        2,
        True,
        True,
    ), done.err


def test_a_pyproject_of_other_tools_need_not_be_toml(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ruff\n# for linkcheck, see [tool.linkcheck]\n")
    (tmp_path / "a.md").write_text(article())
    assert linkcheck("init", "--yes", cwd=tmp_path).code == 0
    assert linkcheck("validate", cwd=tmp_path).code == 0


def test_the_nearest_file_counts_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    repository, folder = tmp_path / "repository", tmp_path / "repository" / "posts" / "2026"
    folder.mkdir(parents=True)
    (tmp_path / "linkcheck.toml").write_text("per-host = 1\n")
    assert load(flags={}, environment={}, directory=str(folder)).settings.per_host == 1
    (repository / ".git").mkdir()
    assert load(flags={}, environment={}, directory=str(folder)).file is None
    (repository / "pyproject.toml").write_text("[tool.linkcheck]\nper-host = 3\n")
    (repository / ".linkcheck.toml").write_text("per-host = 4\n")
    assert load(flags={}, environment={}, directory=str(folder)).settings.per_host == 4
    (folder / "linkcheck.toml").write_text("per-host = 5\n")
    assert load(flags={}, environment={}, directory=str(folder)).settings.per_host == 5
    named = load(flags={}, environment={}, directory=str(folder), file="../../.linkcheck.toml")
    assert named.settings.per_host == 4
    by_variable = load(flags={}, environment={"LINKCHECK_CONFIG": "../../.linkcheck.toml"}, directory=str(folder))
    assert by_variable.settings.per_host == 4


def test_paths_in_a_file_are_relative_to_it_and_on_the_command_line_to_the_working_directory(tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    (tmp_path / "linkcheck.toml").write_text(
        'paths = ["posts"]\nschema = "s.json"\nbaseline = "b.json"\nreport = ["json", "html:out.html"]\nfiles-from = "-"\n'
    )
    settings = load(flags={}, environment={}, directory=str(folder)).settings
    assert settings.paths == (".",)
    assert settings.schema == str(tmp_path / "s.json")
    assert settings.baseline == str(tmp_path / "b.json")
    assert settings.report == ("json", f"html:{tmp_path / 'out.html'}")
    assert settings.files_from == "-"
    flags = load(flags={"schema": "s.json"}, environment={}, directory=str(folder)).settings
    assert flags.schema == "s.json"


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        ('site-root = "static"', ("static",)),
        ('site-root = ["static", "themes/plain/static"]', ("static", "themes/plain/static")),
        ("site-root = []", ()),
        ("", ()),
    ],
)
def test_a_site_root_is_one_folder_or_a_list(tmp_path: Path, text: str, roots: tuple[str, ...]) -> None:
    (tmp_path / "linkcheck.toml").write_text(text)
    assert load(flags={}, environment={}, directory=str(tmp_path)).settings.site_root == tuple(
        str(tmp_path / root) for root in roots
    )
    assert load(flags={"site-root": "a,b"}, environment={}, directory=str(tmp_path)).settings.site_root == ("a,b",)


@pytest.mark.parametrize("value", ['""', '[""]', "7", "[7]"])
def test_a_site_root_that_is_no_path_is_refused(tmp_path: Path, value: str) -> None:
    (tmp_path / "linkcheck.toml").write_text(f"site-root = {value}")
    with pytest.raises(UsageError, match="invalid configuration"):
        load(flags={}, environment={}, directory=str(tmp_path))


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_a_variable(tmp_path: Path, name: str) -> None:
    field = name.replace("-", "_")
    settings = load(flags={}, environment={f"LINKCHECK_{field.upper()}": written(name)}, directory=str(tmp_path)).settings
    assert getattr(settings, field) == meant(name)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("own-hosts", ["p.example", ".p.example"], "item 2 of `own-hosts`"),
        ("concurrency", 0, "1 or more, not 0"),
        ("concurrency", "many", "a whole number"),
        ("jobs", -2, "1 or more, not -2"),
        ("timeout", -3, "0.01 or more, not -3"),
        ("interval", -1.0, "0 or more, not -1"),
        ("interval", float("inf"), "finite number, not inf"),
        ("interval", float("nan"), "finite number, not nan"),
        ("max-time", float("inf"), "finite number, not inf"),
        ("fail-on", "foo", "one of error, warning, info or never"),
        ("offline", "perhaps", "true or false"),
        ("allow-port", ["8080", 0], "item 2 of `allow-port` must be 1 or more"),
        ("base-url", "/blog", "is not valid"),
    ],
)
def test_a_wrong_value_is_refused_whoever_gives_it(tmp_path: Path, name: str, value: object, said: str) -> None:
    variable = f"LINKCHECK_{name.replace('-', '_').upper()}"
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    with pytest.raises(UsageError, match=f"^{variable}: .*{said}"):
        load(flags={}, environment={variable: text}, directory=str(tmp_path))
    with pytest.raises(UsageError, match=f"--{name}: .*{said}"):
        load(flags={name: value}, environment={}, directory=str(tmp_path))
    written = text if isinstance(value, float) else repr(value)
    (tmp_path / "linkcheck.toml").write_text(f"{name} = {written}")
    with pytest.raises(UsageError, match=rf"linkcheck\.toml:1:\d+: error: .*{said}"):
        load(flags={}, environment={}, directory=str(tmp_path))


def test_two_hosts_in_one_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="item 1 of `own-hosts`"):
        load(flags={"own-hosts": ["p.example,q.example"]}, environment={}, directory=str(tmp_path))


def test_a_variable_that_sets_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article())
    surrounded = surroundings(LINKCHECK_PER_HOSTS="3", LINKCHECK_DEBUG_FILE="debug.txt", LINKCHECK_CONFIG="")
    done = linkcheck("validate", "--report", "json", cwd=tmp_path, environment=surrounded)
    assert done.code == 0
    assert done.err == "linkcheck: unknown environment variable `LINKCHECK_PER_HOSTS` (Did you mean LINKCHECK_PER_HOST?)\n"


def test_a_stranger_s_configuration_cannot_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text('"\\u001b]0;owned\\u0007" = 1\n')
    done = linkcheck("validate", cwd=tmp_path)
    assert done.code == 2
    assert "\\x1b]0;owned\\x07" in done.err
    assert "\x1b" not in done.err


def test_a_recorded_run_is_rendered_again_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article())
    (tmp_path / "gone.toml").write_text('["https://a.example/ok"]\nstatus = 404\n')
    (tmp_path / "fine.toml").write_text('["https://a.example/ok"]\n')
    first = linkcheck("check", "--replay", "gone.toml", "--history", "h.sqlite3", "--report", "json", cwd=tmp_path)
    second = linkcheck("check", "--replay", "fine.toml", "--history", "h.sqlite3", "--report", "json", cwd=tmp_path)
    assert (first.code, second.code) == (1, 0)
    last = linkcheck("report", "--history", "h.sqlite3", "--report", "json", cwd=tmp_path)
    assert (last.code, last.out) == (0, second.out)
    older = linkcheck("report", "--history", "h.sqlite3", "--run", "1", "--report", "json", cwd=tmp_path)
    assert (older.code, older.out) == (0, first.out)
    assert msgspec.json.decode(second.out)["summary"]["findings"]["error"] == 0
    unknown = linkcheck("report", "--history", "h.sqlite3", "--run", "9", cwd=tmp_path)
    assert unknown.code == 2
    assert "there is no run 9; runs: 2 (" in unknown.err
