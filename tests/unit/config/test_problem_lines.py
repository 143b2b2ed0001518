"""An error in a configuration file is shown with its line, column and a caret, as a finding in an article is."""

from pathlib import Path

import pytest

from linkcheck.config import load
from linkcheck.errors import UsageError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines_about(here: Path, text: str, *, name: str = "linkcheck.toml") -> list[str]:
    """The lines after the first, which names the file."""
    (here / name).write_bytes(text.encode())
    with pytest.raises(UsageError) as refused:
        load(flags={}, environment={}, directory=str(here))
    first, *lines = refused.value.args
    assert first in (f"{here / name}: invalid configuration:", f"{here / name}: invalid TOML:")
    return lines


@pytest.mark.parametrize(
    ("text", "place", "says", "line"),
    [
        ("strikse = 3", "1:1", "unknown property `strikse`", "strikse = 3\n^^^^^^^"),
        ("\nstrikes = 'x'", "2:11", "must be a whole number", "strikes = 'x'\n          ^^^"),
        ("# \u00e9\r\nstrikes = -1\r\n", "2:11", "must be 1 or more, not -1", "strikes = -1\n          ^^"),
        ('extensions = ["md",\n  "a b"]', "2:3", '"a b"', '"a b"]\n^^^^^'),
        ('[hosts."a.example"]\n"timeot" = 5', "2:1", "unknown property `timeot`", '"timeot" = 5\n^^^^^^^^'),
        ("[[exclude]]\npattern = 'x'", "1:1", "`reason` is missing", "[[exclude]]\n^^^^^^^^^^^"),
        ("[severity]\ndead = 'warn'", "2:8", "error, warning, info or off", "dead = 'warn'\n       ^^^^^^"),
        ("strikes = ", "1:11", "there is no value after `=`", "strikes =\n          ^"),
        ("strikes = 1\nstrikes = 2\n", "2:1", "duplicate key `strikes`", "strikes = 2\n^^^^^^^"),
        ("a = [1\nb = 3\n", "1:5", "the list that is opened here is never closed", "a = [1\n    ^"),
    ],
)
def test_an_error_is_shown_in_its_line(here: Path, text: str, place: str, says: str, line: str) -> None:
    first, shown, marked, *_ = lines_about(here, text)
    assert first.startswith(f"linkcheck.toml:{place}: error: ")
    assert says in first
    quote, caret = line.split("\n")
    assert (shown, marked) == (f"    \u2502 {quote}", f"    \u2502 {caret}")


def test_a_hint_follows_and_is_wrapped(here: Path) -> None:
    assert lines_about(here, "strikse = 3")[3:] == ["    \u2192 Did you mean strikes?"]
    hint = lines_about(here, "proxy = 'x'")[3:]
    assert hint[0].startswith("    \u2192 Correct the value.")
    assert len(hint) > 2
    assert max(map(len, hint)) <= 78


def test_a_long_line_is_cut_to_the_width(here: Path) -> None:
    _, shown, marked, *hint = lines_about(here, "strikse = 3 # " + "x " * 60)
    assert (len(shown), shown[-3:], marked.strip()) == (78, " x\u2026", "\u2502 ^^^^^^^")
    assert hint == ["    \u2192 Did you mean strikes?"]


def test_errors_are_in_the_order_of_the_file(here: Path) -> None:
    text = "[severity]\ndead = 'x'\n[hosts.a]\ntimeout = 'x'\n[[exclude]]\nreason = 'x'\nuntil = 2025-01-01\n"
    places = [line.partition(": error")[0] for line in lines_about(here, text) if ": error: " in line]
    assert places == [f"linkcheck.toml:{place}" for place in ("2:8", "4:11", "5:1", "7:9")]


def test_what_is_missing_is_told_where_its_table_starts(here: Path) -> None:
    """Errors of one place are in the order in which they are found."""
    lines = lines_about(here, "strikes = 'x'\n\n[[exclude]]\n[[collections]]\n")
    assert [line for line in lines if ": error: " in line] == [
        'linkcheck.toml:1:11: error: `strikes` must be a whole number, not the text "x"',
        "linkcheck.toml:3:1: error: `reason` is missing in item 1 of `exclude`",
        "linkcheck.toml:3:1: error: `pattern`, `roles` or `paths` is missing in item 1 of `exclude`",
        "linkcheck.toml:4:1: error: `paths` is missing in item 1 of `collections`",
    ]


def test_a_section_of_pyproject_is_located_in_its_file(here: Path) -> None:
    text = "[project]\nstrikes = 'x'\n[tool.linkcheck]\nstrikes = 'x'\n"
    assert lines_about(here, text, name="pyproject.toml")[0].startswith("pyproject.toml:4:11: error: `strikes` must be")


def test_a_file_above_the_working_directory_is_shown_with_its_path(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "posts").mkdir()
    monkeypatch.chdir(here / "posts")
    (here / "linkcheck.toml").write_text("strikse = 3")
    with pytest.raises(UsageError) as refused:
        load(flags={}, environment={}, directory=str(here / "posts"))
    assert refused.value.args[1] == f"{here / 'linkcheck.toml'}:1:1: error: unknown property `strikse`"


def test_secrets_are_not_quoted(here: Path) -> None:
    shown = lines_about(here, 'proxy = "socks5://me:hunter2@a.example" # x')
    assert shown[1:3] == ['    \u2502 proxy = "socks5://***@a.example" # x', "    \u2502         " + "^" * 24]
    headers = lines_about(here, '[hosts.a]\nheaders = { A = { env = "X" }, B = 4 }')
    assert headers[0].startswith("linkcheck.toml:2:36: error: `B` must be a mapping")
    assert not any("headers =" in line for line in headers)


def test_what_cannot_be_located_is_told_with_its_pointer(here: Path) -> None:
    assert lines_about(here, "strikse = 3\nretires = 3\n" + "#" * (300 << 10)) == [
        "  /strikse: unknown property `strikse` (Did you mean strikes?)",
        "  /retires: unknown property `retires` (Did you mean retries?)",
    ]
    (here / "linkcheck.toml").write_text("strikes = \n" + "#" * (300 << 10))
    with pytest.raises(UsageError, match=r"invalid TOML: Invalid value \(at line 1, column 11\)"):
        load(flags={}, environment={}, directory=str(here))
