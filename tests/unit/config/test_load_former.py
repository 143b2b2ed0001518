"""The configuration as it was in a commit, with the command line and the environment of today."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from stored_commit import StoredCommit
from systems import posix_only

from linkcheck.config import Config, load, load_former
from linkcheck.errors import UsageError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "checkout"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def commit(files: Mapping[str, str], *, has: bool = True) -> StoredCommit:
    """A commit with these files, which `has` the configuration in its repository or not."""
    found = StoredCommit({path: text.encode() for path, text in files.items()})
    found.repository = SimpleNamespace(inside=lambda path: path if has else None)  # type: ignore[assignment]
    return found


def now(here: Path, text: str | None = None, *, file: str | None = None, **flags: object) -> Config:
    if text is not None:
        (here / (file or "linkcheck.toml")).write_text(text)
    return load(flags=flags, environment={"LINKCHECK_RETRIES": "1"}, directory=str(here), file=file)


def test_the_file_is_that_of_the_commit_and_options_stay(here: Path) -> None:
    config = now(here, "strikes = 5\njobs = 5\n", jobs=7)
    base = commit(
        {
            "linkcheck.toml": 'strikes = 4\njobs = 4\nretries = 4\nhistory = "h.db"\n[severity]\nLC201 = "off"\n'
            '[[collections]]\npaths = ["a"]\n[[exclude]]\nreason = "r"\npaths = ["b"]\n[aliases]\n"~/" = "src"\n'
            '[hosts."a.example"]\ninterval = 3.0\n'
        }
    )
    found = load_former(config, base)
    assert (found.settings.strikes, found.settings.jobs, found.settings.retries) == (4, 7, 1)
    assert found.settings.history == str(here / "h.db")
    assert (found.severity, found.aliases) == ({"LC201": "off"}, {"~/": "src"})
    assert [each.paths for each in found.collections] == [("a",)]
    assert [each.reason for each in found.excludes] == ["r"]
    assert found.hosts["a.example"].interval == 3.0
    assert (found.file, found.root, found.base) == (str(here / "linkcheck.toml"), str(here), base)
    assert found.given == {"jobs", "retries"}
    assert found.environment == {"LINKCHECK_RETRIES": "1"}
    assert found.notices == ()


def test_options_of_several_words_stay(here: Path) -> None:
    config = load(flags={"max-time": 7, "own-hosts": ["b.example"]}, environment={}, directory=str(here))
    settings = load_former(config, commit({"linkcheck.toml": 'max-time = 4\nown-hosts = ["a.example"]'})).settings
    assert (settings.max_time, settings.own_hosts) == (7, ("b.example",))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, (3, None), id="none"),
        pytest.param({"linkcheck.toml": ""}, (3, None), id="an empty one"),
        pytest.param({".linkcheck.toml": "strikes = 4"}, (4, ".linkcheck.toml"), id="one of another name"),
        pytest.param({"pyproject.toml": "[tool.linkcheck]\nstrikes = 4"}, (4, "pyproject.toml"), id="a section"),
        pytest.param({"pyproject.toml": "[tool.other]\na = 1"}, (3, None), id="a section for another tool"),
    ],
)
@pytest.mark.parametrize("text", ["strikes = 5", None], ids=["one now", "none now"])
def test_the_commit_may_have_another_file(
    here: Path, text: str | None, files: dict[str, str], expected: tuple[int, str | None]
) -> None:
    found = load_former(now(here, text), commit(files))
    assert (found.settings.strikes, found.file and Path(found.file).name) == expected
    assert (found.root, found.severity) == (str(here), {})


def test_a_file_that_was_moved_is_read_where_it_was(here: Path) -> None:
    base = commit({"old/own.toml": 'strikes = 4\nhistory = "h.db"', "own.toml": "strikes = 6"})
    found = load_former(now(here, "strikes = 5", file="own.toml"), base, file="old/own.toml")
    assert (found.settings.strikes, found.settings.history) == (4, str(here / "old" / "h.db"))
    assert (found.file, found.root) == (str(here / "old" / "own.toml"), str(here / "old"))


@posix_only
def test_links_of_the_checkout_do_not_matter_for_a_file_of_the_commit(here: Path) -> None:
    (here / "real").mkdir()
    (here / "link").symlink_to("real")
    found = load_former(now(here), commit({"link/own.toml": 'schema = "s.json"'}), file="link/own.toml")
    assert (found.root, found.settings.schema) == (str(here / "link"), str(here / "link" / "s.json"))


def test_a_file_outside_the_repository_of_the_commit_stays(here: Path) -> None:
    config = now(here, "strikes = 5", file="own.toml")
    base = commit({"linkcheck.toml": "strikes = 4"}, has=False)
    found = load_former(config, base)
    assert (found.settings.strikes, found.file, found.base) == (5, config.file, base)


def test_a_file_that_is_invalid_in_the_commit_is_refused(here: Path) -> None:
    config = now(here, "strikes = 5")
    with pytest.raises(UsageError, match="invalid configuration") as refused:
        load_former(config, commit({"linkcheck.toml": "\nstrikes = 0"}))
    assert str(refused.value.args[1]).startswith("linkcheck.toml:2:11: error: `strikes` must be 1 or more")
    with pytest.raises(UsageError, match="invalid TOML"):
        load_former(config, commit({"linkcheck.toml": "="}))


def test_names_of_rules_that_are_unknown_today_are_no_reason_to_refuse_a_former_file(here: Path) -> None:
    text = 'strikes = 4\n[severity]\nLC999 = "off"\n'
    assert load_former(now(here), commit({"linkcheck.toml": text})).settings.strikes == 4
    with pytest.raises(UsageError, match="invalid configuration"):
        now(here, text)
