"""Which configuration file is read, what its values mean from a folder below, and what is wrong with it."""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from stored_commit import StoredCommit
from systems import posix_only

from linkcheck.config import Config, load
from linkcheck.config.load import LARGEST_FILE, has_settings, section_of, working_directory
from linkcheck.errors import UsageError
from linkcheck.judge import RULES


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a repository."""
    folder = tmp_path / "checkout"
    (folder / ".git" / "objects").mkdir(parents=True)
    (folder / ".git" / "refs").mkdir()
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    monkeypatch.chdir(folder)
    return folder


def loaded(folder: Path, *, file: str | None = None, text: bytes | None = None, **given: object) -> Config:
    environment = {name: str(given.pop(name)) for name in list(given) if name.isupper()}
    flags = {name.replace("_", "-"): value for name, value in given.items()}
    return load(flags=flags, environment=environment, directory=str(folder), file=file, text=text)


def refusal(folder: Path, **given: object) -> str:
    with pytest.raises(UsageError) as refused:
        loaded(folder, **given)  # type: ignore[arg-type]
    return "\n".join(map(str, refused.value.args)).replace(str(folder), "HERE")


def test_without_a_file_the_defaults_apply(here: Path) -> None:
    found = loaded(here)
    assert (found.file, found.root, found.notices, found.given) == (None, str(here), (), frozenset())
    assert found.settings.strikes == 3


def test_the_first_name_of_the_nearest_folder_is_read(here: Path) -> None:
    below = here / "posts"
    below.mkdir()
    (here / "pyproject.toml").write_text("[tool.linkcheck]\nstrikes = 7\n")
    assert loaded(below).settings.strikes == 7
    (here / ".linkcheck.toml").write_text("strikes = 6\n")
    assert loaded(below).settings.strikes == 6
    (here / "linkcheck.toml").write_text("strikes = 5\n")
    assert loaded(below).settings.strikes == 5
    (below / "pyproject.toml").write_text("[tool.other]\na = 1\n")
    assert loaded(below).settings.strikes == 5
    (below / "pyproject.toml").write_text("[tool.linkcheck]\nstrikes = 4\n")
    found = loaded(below)
    assert (found.settings.strikes, found.file, found.root) == (4, str(below / "pyproject.toml"), str(below))


def test_no_file_above_the_repository_is_read(here: Path) -> None:
    (here.parent / "linkcheck.toml").write_text("strikes = 5\n")
    assert loaded(here).file is None


def test_an_empty_file_ends_the_search_and_configures_nothing(here: Path) -> None:
    (here / "linkcheck.toml").write_text("strikes = 5\n")
    (here / "a").mkdir()
    (here / "a" / "linkcheck.toml").write_text("")
    assert (loaded(here / "a").file, loaded(here / "a").settings.strikes) == (None, 3)


def test_options_come_before_variables_and_variables_before_the_file(here: Path) -> None:
    (here / "linkcheck.toml").write_text("strikes = 4\nretries = 4\njobs = 4\n")
    found = loaded(here, LINKCHECK_STRIKES="5", LINKCHECK_RETRIES="5", strikes=6)
    assert (found.settings.strikes, found.settings.retries, found.settings.jobs) == (6, 5, 4)
    assert found.given == {"strikes", "retries"}


def test_a_file_is_named_by_an_option_or_a_variable(here: Path) -> None:
    (here / "linkcheck.toml").write_text("strikes = 4\n")
    (here / "other.toml").write_text("strikes = 5\n")
    (here / "third.toml").write_text("strikes = 6\n")
    assert loaded(here, LINKCHECK_CONFIG="other.toml").settings.strikes == 5
    assert loaded(here, LINKCHECK_CONFIG="").settings.strikes == 4
    assert loaded(here, LINKCHECK_CONFIG="other.toml", file="third.toml").settings.strikes == 6


def test_the_text_of_a_file_replaces_the_one_on_the_disk(here: Path) -> None:
    (here / "linkcheck.toml").write_text("strikes = 4\n")
    assert loaded(here, file="linkcheck.toml", text=b"strikes = 5\n").settings.strikes == 5
    assert loaded(here, file="linkcheck.toml").settings.strikes == 4
    assert loaded(here, text=b"strikes = 5\n").settings.strikes == 4
    assert refusal(here, file="pyproject.toml", text=b"a = ").startswith("HERE/pyproject.toml: invalid TOML:")


@posix_only
def test_paths_of_the_file_are_relative_to_it(here: Path) -> None:
    (here / "posts").mkdir()
    (here / "linkcheck.toml").write_text(
        'schema = "s.json"\nhistory = "h.db"\nfiles-from = "-"\npaths = ["posts", "other"]\nsite-root = "public"\n'
        'report = ["text", "json:out.json", "slack:env:HOOK", "slack:a.json", "webhook:https://a.example/b", "json:http://b"]\n'
        'exclude-files = ["README.md", "/posts/a.md", "drafts/", "drafts/b.md"]\n'
    )
    found = loaded(here / "posts").settings
    assert (found.schema, found.history, found.files_from) == (str(here / "s.json"), str(here / "h.db"), "-")
    assert (found.paths, found.site_root) == ((".", "../other"), (str(here / "public"),))
    assert found.report == (
        *("text", f"json:{here / 'out.json'}", "slack:env:HOOK", f"slack:{here / 'a.json'}"),
        *("webhook:https://a.example/b", "json:http://b"),
    )
    assert found.exclude_files == ("README.md", "/a.md", "drafts/", "../drafts/b.md")
    unmoved = loaded(here).settings
    assert unmoved.paths == ("posts", "other")
    assert unmoved.exclude_files == ("README.md", "/posts/a.md", "drafts/", "drafts/b.md")


def test_the_default_schema_is_no_path(here: Path) -> None:
    (here / "linkcheck.toml").write_text('schema = "default"\n')
    assert loaded(here).settings.schema == "default"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("strikes = ", "HERE/linkcheck.toml: invalid TOML:\nlinkcheck.toml:1:11: error: "),
        ("strikes = 'x'", "HERE/linkcheck.toml: invalid configuration:\nlinkcheck.toml:1:11: error: `strikes` must be "),
        ("strikse = 1", "HERE/linkcheck.toml: invalid configuration:\nlinkcheck.toml:1:1: error: unknown property "),
        ("[tool.linkcheck]\nstrikes = 4", "HERE/linkcheck.toml: the header [tool.linkcheck] belongs in pyproject.toml only"),
        ("strikes = " + "1" * 5_000, "HERE/linkcheck.toml: invalid TOML:\nlinkcheck.toml:1:11: error: `111"),
        ("a = " + "[" * 9_000, "HERE/linkcheck.toml: invalid TOML:\nlinkcheck.toml:1:"),
        ("a = '\udcff'", "HERE/linkcheck.toml: invalid TOML:\nlinkcheck.toml:1:6: error: byte 0xff is not UTF-8"),
    ],
)
def test_a_file_that_is_wrong_is_refused(here: Path, text: str, says: str) -> None:
    (here / "linkcheck.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert refusal(here).startswith(says)


def test_whole_numbers_can_have_a_fraction_of_zero(here: Path) -> None:
    (here / "linkcheck.toml").write_text(
        'strikes = 4.0\nallow-port = [8_0.0]\nmax-age = 2.0\ninterval = 0.5\n[hosts."a.example"]\nconcurrency = 2.0\n'
    )
    found = loaded(here)
    assert (found.settings.strikes, found.settings.allow_port, found.hosts["a.example"].concurrency) == (4, (80,), 2)
    assert (found.settings.max_age, found.settings.interval) == (2.0, 0.5)
    (here / "linkcheck.toml").write_text("strikes = 4.5\n")
    assert "invalid configuration" in refusal(here)


def test_a_number_of_another_type_given_to_the_function_is_refused(here: Path) -> None:
    assert refusal(here, strikes=4.0) == 'invalid configuration: Expected "int", got "float" - at ".strikes"'


def test_a_file_that_the_user_names_is_quoted(here: Path) -> None:
    (here / "own.toml").write_text("\nstrikes = 0\n")
    assert "own.toml:2:11: error: `strikes` must be 1 or more" in refusal(here, file="own.toml")


def test_the_environment_is_kept_for_secrets(here: Path) -> None:
    assert loaded(here, TOKEN="s3cret").environment == {"TOKEN": "s3cret"}


def test_a_file_that_does_not_exist_is_refused(here: Path) -> None:
    assert refusal(here, file="none.toml") == "HERE/none.toml: the configuration cannot be read: No such file or directory"


def test_a_file_has_at_most_a_mebibyte(here: Path) -> None:
    (here / "linkcheck.toml").write_bytes(b"#" * LARGEST_FILE)
    assert loaded(here).file is None
    (here / "linkcheck.toml").write_bytes(b"#" * (LARGEST_FILE + 1))
    assert refusal(here) == "HERE/linkcheck.toml: larger than 1 MiB; is this the right file?"


def test_a_pyproject_that_is_wrong_matters_only_with_a_section_for_linkcheck(here: Path) -> None:
    path = here / "pyproject.toml"
    path.write_text("[tool.other\n")
    assert loaded(here).file is None
    assert "invalid TOML" in refusal(here, file="pyproject.toml")
    path.write_text("[tool.other\n [ tool . linkcheck ]\n")
    assert "invalid TOML" in refusal(here)
    path.write_text("[tool]\nlinkcheck = 1\n")
    assert refusal(here) == "HERE/pyproject.toml: [tool.linkcheck] must be a table"
    path.write_text("tool = 1\n")
    assert loaded(here).file is None


def test_a_section_is_read_if_it_can_be(here: Path) -> None:
    assert section_of(b"[tool.linkcheck]\nstrikes = 4\n") == {"strikes": 4}
    unread = (b"a = " + b"1" * 5_000, b"a = " + b"[" * 9_000)
    for text in (b"[tool]\n", b"[tool.linkcheck\n", b"\xff", b"[tool]\nlinkcheck = 1\n", *unread):
        assert section_of(text) == {}
    (here / "pyproject.toml").write_text("[tool.other]\n")
    assert not has_settings(here / "pyproject.toml")
    assert not has_settings(here / "linkcheck.toml")
    (here / "pyproject.toml").write_text("[tool.linkcheck]\nstrikes = 4\n")
    (here / "linkcheck.toml").write_text("")
    assert has_settings(here / "pyproject.toml")
    assert has_settings(here / "linkcheck.toml")


FOREIGN = "comes from an untrusted checkout and can only make checks stricter; ignored: "
ADVICE = "Use --config to trust it, or --since REF to use the configuration of REF"


def test_a_file_of_an_untrusted_checkout_can_only_make_checks_stricter(here: Path) -> None:
    (here / "linkcheck.toml").write_text("strikes = 9\nretries = 9\nper-host = 1\n")
    found = loaded(here, untrusted=True)
    assert (found.settings.strikes, found.settings.retries, found.settings.per_host) == (3, 3, 1)
    assert found.notices == (f"linkcheck.toml {FOREIGN}strikes, retries. {ADVICE}",)
    assert not found.settings.gitignore


def test_a_file_of_an_untrusted_checkout_that_is_stricter_applies_without_a_word(here: Path) -> None:
    (here / "linkcheck.toml").write_text("per-host = 1\n")
    found = loaded(here, untrusted=True)
    assert (found.settings.per_host, found.notices) == (1, ())


def test_a_file_can_declare_its_checkout_untrusted(here: Path) -> None:
    (here / "linkcheck.toml").write_text("untrusted = true\nstrikes = 9\n")
    found = loaded(here)
    assert (found.settings.strikes, found.settings.untrusted, found.settings.gitignore) == (3, True, False)
    (here / "linkcheck.toml").write_text("untrusted = false\nstrikes = 9\n")
    assert (loaded(here).settings.strikes, loaded(here).settings.gitignore) == (9, True)


def test_a_file_that_the_user_names_is_trusted(here: Path) -> None:
    (here / "linkcheck.toml").write_text("strikes = 9\n")
    found = loaded(here, untrusted=True, file="linkcheck.toml")
    assert (found.settings.strikes, found.notices) == (9, ())


def test_the_user_decides_on_ignored_files_of_an_untrusted_checkout(here: Path) -> None:
    assert loaded(here, untrusted=True, gitignore=True).settings.gitignore


@pytest.mark.parametrize(("number", "more"), [(40, ""), (41, " and 1 more")])
def test_at_most_40_ignored_keys_are_named(here: Path, number: int, more: str) -> None:
    codes = sorted(RULES)[:number]
    (here / "linkcheck.toml").write_text("[severity]\n" + "".join(f"{code} = 'off'\n" for code in codes))
    (notice,) = loaded(here, untrusted=True).notices
    listed = notice.removeprefix(f"linkcheck.toml {FOREIGN}").removesuffix(f". {ADVICE}")
    assert listed.startswith(f"severity.{codes[0]}, severity.{codes[1]}, ")
    assert listed.endswith(f"severity.{codes[39]}{more}")


@posix_only
def test_a_working_directory_that_was_deleted_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert working_directory() == str(here)
    gone = here / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(UsageError, match=r"the working directory does not exist .*; change to one that does"):
        working_directory()


def test_tables_are_read(here: Path) -> None:
    (here / "linkcheck.toml").write_text(
        '[[collections]]\nname = "posts"\npaths = ["posts/**"]\nschema = "s.json"\n'
        '[[exclude]]\nreason = "x"\npattern = "^https://a"\n'
        '[hosts."a.example"]\ninterval = 2.0\n[severity]\nLC201 = "warning"\n[aliases]\n"a.example" = "b.example"\n'
    )
    found = loaded(here)
    assert ([each.reason for each in found.excludes], dict(found.severity)) == (["x"], {"LC201": "warning"})
    assert (found.hosts["a.example"].interval, dict(found.aliases)) == (2.0, {"a.example": "b.example"})
    assert len(found.collections) == 1
    assert found.file == str(here / "linkcheck.toml")
    assert os.path.isabs(found.root)


FromBase = Callable[..., Config]


@pytest.fixture
def from_base(here: Path, monkeypatch: pytest.MonkeyPatch) -> FromBase:
    """Loads the configuration of an untrusted checkout, with these files in the commit that `--since` specifies."""

    def load_from(files: dict[str, str], *, file: str | None = None) -> Config:
        base = StoredCommit({path: text.encode() for path, text in files.items()})
        asked: list[tuple[str, str]] = []

        def find_commit(ref: str, *, root: str) -> StoredCommit:
            asked.append((ref, root))
            return base

        monkeypatch.setattr(import_module("linkcheck.config.load"), "find_commit", find_commit)
        found = loaded(here, file=file, untrusted=True, since="main")
        assert asked == [("main", str(here))]
        assert found.base is base
        return found

    return load_from


@pytest.mark.parametrize(
    ("former", "now", "expected"),
    [
        pytest.param("strikes = 9", "strikes = 9", (9, 0), id="the same"),
        pytest.param("strikes = 9", "strikes = 5", (9, 1), id="changed"),
        pytest.param("strikes = 9", None, (9, 1), id="removed"),
        pytest.param("strikes = 9", "=", (9, 1), id="changed to what is wrong"),
        pytest.param(None, "strikes = 9", (3, 1), id="added"),
        pytest.param(None, "verbose = true", (3, 0), id="added, and no less strict"),
        pytest.param(None, "", (3, 0), id="added, and empty"),
        pytest.param(None, None, (3, 0), id="none"),
    ],
)
def test_an_untrusted_checkout_is_configured_by_the_base(
    here: Path, from_base: FromBase, former: str | None, now: str | None, expected: tuple[int, int]
) -> None:
    if now is not None:
        (here / "linkcheck.toml").write_text(now)
    found = from_base({} if former is None else {"linkcheck.toml": former})
    assert (found.settings.strikes, len(found.notices)) == expected
    assert found.settings.verbose is (now == "verbose = true")
    if former is not None:
        assert found.file == str(here / "linkcheck.toml")
        assert found.root == str(here)
        assert all("is read from" in notice for notice in found.notices)
    elif found.notices:
        assert "ignored: strikes" in found.notices[0]
        assert "has no configuration there; use --config with a file outside the checkout" in found.notices[0]


def test_a_file_added_to_an_untrusted_checkout_must_be_valid(here: Path, from_base: FromBase) -> None:
    (here / "linkcheck.toml").write_text("strikes = -1\n")
    with pytest.raises(UsageError, match="`strikes` must be 1 or more"):
        from_base({})


@pytest.mark.parametrize(
    ("former", "file", "expected"),
    [
        pytest.param(None, "own.toml", (3, 1), id="a file that the change may have added"),
        pytest.param("strikes = 9", "own.toml", (9, 1), id="a file of the base"),
        pytest.param("strikes = 9", "../outside.toml", (6, 0), id="a file outside the checkout"),
    ],
)
def test_a_file_that_the_user_names_is_read_from_the_base_too(
    here: Path, from_base: FromBase, former: str | None, file: str, expected: tuple[int, int]
) -> None:
    (here / "own.toml").write_text("strikes = 5\n")
    (here.parent / "outside.toml").write_text("strikes = 6\n")
    (here / "posts").mkdir()
    found = from_base({} if former is None else {"own.toml": former}, file=file)
    assert (found.settings.strikes, len(found.notices)) == expected


def test_the_base_matters_only_for_an_untrusted_checkout(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_commit(ref: str, *, root: str) -> StoredCommit:
        raise AssertionError((ref, root))

    monkeypatch.setattr(import_module("linkcheck.config.load"), "find_commit", find_commit)
    (here / "linkcheck.toml").write_text("strikes = 5\n")
    assert loaded(here, since="main").settings.strikes == 5
    assert loaded(here, untrusted=True).settings.strikes == 3
    assert loaded(here, since="main").base is None
