"""How `linkcheck fix` tells corrections that were found: each in a line, then their number."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from systems import posix_only

from linkcheck import cli, signals
from linkcheck.commands.fix import FixedFile, FixesFound
from linkcheck.fix import Correction, Refusal
from linkcheck.model import CorrectionKind, Fix, FixKind, Source, Span


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Fixes = Callable[..., Ended]


@pytest.fixture
def fixes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fixes:
    """Runs `fix` with these options where these corrections are found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signals, "_state", signals._SignalState())

    def run(found: FixesFound, *arguments: str) -> Ended:
        monkeypatch.setattr("linkcheck.commands.fix.find_corrections", lambda *_, **__: found)
        code = cli.run(("fix", *arguments))
        return Ended(code, *capsys.readouterr())

    return run


def correction(line: int, column: int = 1, *, safe: bool = True, removes: tuple[str, ...] = ()) -> Correction:
    fix = Fix(FixKind.SAFE if safe else FixKind.UNSAFE, "why")
    span = Span(line, column, line, column + 3)
    return Correction("LC202", CorrectionKind.REDIRECT, f"/p{line}{column}", "new", fix, "old", span, removes)


def changed(
    name: str,
    before: bytes,
    after: bytes,
    *done: Correction,
    held: tuple[Correction, ...] = (),
    refused: tuple[Refusal, ...] = (),
) -> FixedFile:
    old, new = (Source(name, name, text, len(text), named=True) for text in (before, after))
    return FixedFile(old, new, done, held, refused)


ONE = changed("a.md", b"a\n", b"b\n", correction(1))
DIFF = "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n+b\n"
TO_FIX = "a.md:1:1: LC202 to fix, safe: old -> new (why)\n"


@posix_only
@pytest.mark.parametrize(
    ("found", "options", "ended"),
    [
        pytest.param(FixesFound(()), (), Ended(0, "", "linkcheck: no corrections\n"), id="nothing"),
        pytest.param(
            FixesFound((ONE,)),
            (),
            Ended(1, DIFF, f"{TO_FIX}linkcheck: 1 correction in 1 file; use --write to apply\n"),
            id="one",
        ),
        pytest.param(
            FixesFound((ONE,)),
            ("--no-diff",),
            Ended(1, "", f"{TO_FIX}linkcheck: 1 correction in 1 file; use --write to apply\n"),
            id="without the diff",
        ),
        pytest.param(FixesFound((ONE,)), ("--quiet",), Ended(1, DIFF, ""), id="only the diff"),
        pytest.param(
            FixesFound((ONE,), because="the network is down."),
            ("--no-diff",),
            Ended(
                4,
                "",
                f"{TO_FIX}linkcheck: 1 correction in 1 file; use --write to apply\nIncomplete: the network is down\n",
            ),
            id="an incomplete search",
        ),
        *(
            pytest.param(
                FixesFound((ONE,), "interrupted", number),
                (),
                Ended(128 + number, "", "linkcheck: interrupted; no files were changed\n"),
                id=f"interrupted by signal {number}",
            )
            for number in (2, 15)
        ),
    ],
)
def test_what_was_found_is_told(found: FixesFound, options: tuple[str, ...], ended: Ended, fixes: Fixes) -> None:
    assert fixes(found, *options) == ended


def test_corrections_of_a_file_are_told_by_their_place(fixes: Fixes) -> None:
    change = changed(
        "a\x1b.md",
        b"a\n",
        b"b\n",
        correction(3, 2),
        correction(2, removes=("/p21",)),
        held=(correction(3, 1, safe=False), correction(5, safe=False)),
        refused=(Refusal(correction(1), "no reason"), Refusal(correction(4), "another")),
    )
    other = changed("b.md", b"a\n", b"b\n", correction(1))
    only_held = changed("c.md", b"a\n", b"a\n", held=(correction(1, safe=False),))
    ended = fixes(FixesFound((change, other, only_held)), "--no-diff")
    assert ended.err.splitlines() == [
        "a\\x1b.md:1:1: LC202 not fixed: old -> new (no reason)",
        "a\\x1b.md:2:1: LC202 to fix, safe: remove old (why)",
        "a\\x1b.md:3:1: LC202 held back, unsafe: old -> new (why; use --unsafe to fix it)",
        "a\\x1b.md:3:2: LC202 to fix, safe: old -> new (why)",
        "a\\x1b.md:4:1: LC202 not fixed: old -> new (another)",
        "a\\x1b.md:5:1: LC202 held back, unsafe: old -> new (why; use --unsafe to fix it)",
        "b.md:1:1: LC202 to fix, safe: old -> new (why)",
        "c.md:1:1: LC202 held back, unsafe: old -> new (why; use --unsafe to fix it)",
        (
            "linkcheck: 3 corrections in 2 files; use --write to apply; 3 unsafe corrections held back; review them, then "
            "use --unsafe"
        ),
    ]


@posix_only
@pytest.mark.parametrize(
    ("after", "is_shown"),
    [(b"b ::error::x\n", True), (b"::error::x\n", True), (b"a\n::error::x\n", True), (b"b\r::error::x\n", False)],
)
def test_only_a_diff_with_a_line_that_is_a_command_is_not_shown(after: bytes, is_shown: bool, fixes: Fixes) -> None:  # noqa: FBT001
    ended = fixes(FixesFound((changed("a.md", b"a\n", after, correction(1)),)))
    told = (
        "linkcheck: a.md: the diff is not shown, because a CI service would execute one of its lines as a command; use "
        "--write, or review the diff in a terminal"
    )
    assert (bool(ended.out), told in ended.err.splitlines()) == (is_shown, not is_shown)


@posix_only
def test_a_diff_on_a_terminal_is_escaped_and_has_colors(fixes: Fixes, monkeypatch: pytest.MonkeyPatch) -> None:
    found = FixesFound((changed("a.md", b"c\na\n", b"c\nb\x1b", correction(1)),))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert fixes(found).out.splitlines() == [
        "\x1b[31m--- a/a.md\x1b[0m",
        "\x1b[32m+++ b/a.md\x1b[0m",
        "\x1b[36m@@ -1,2 +1,2 @@\x1b[0m",
        " c",
        "\x1b[31m-a\x1b[0m",
        "\x1b[32m+b\\x1b\x1b[0m",
        "\\ No newline at end of file",
    ]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in fixes(found).out


def test_files_are_written_and_those_that_changed_meanwhile_are_not(fixes: Fixes, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a\nthe rest")
    only_held = changed("c.md", b"a\n", b"a\n", held=(correction(1, safe=False),))
    ended = fixes(FixesFound((ONE, only_held)), "--write")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.startswith("a.md:1:1: LC202 fixed, safe: old -> new (why)\n")
    assert ended.err.endswith(
        "linkcheck: 1 correction in 1 file written; 1 unsafe correction held back; review them, then use --unsafe\n"
    )
    assert (tmp_path / "a.md").read_bytes() == b"b\nthe rest"
    again = fixes(FixesFound((ONE,)), "--write")
    told = "linkcheck: a.md was changed while linkcheck was running; run linkcheck again"
    assert (again.code, again.err.splitlines()[1:]) == (2, [told])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md"]


def test_a_property_that_is_added_is_named(fixes: Fixes) -> None:
    fix = Fix(FixKind.SAFE, "why")
    added = Correction("LC201", CorrectionKind.ARCHIVED, "/copy", "new", fix, "copy", Span(1, 1, 1, 4), partner="/url")
    ended = fixes(FixesFound((changed("a.md", b"a\n", b"b\n", added),)), "--no-diff")
    assert ended.err.splitlines()[0] == "a.md:1:1: LC201 to fix, safe: add copy: new (why)"
