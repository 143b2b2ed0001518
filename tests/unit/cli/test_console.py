"""What a terminal can do, by its stream and the environment, and what is written to it during a run."""

import io

import pytest

from linkcheck.cli.console import ConsoleObserver, has_color, has_hyperlinks, report_incomplete, say, width_of
from linkcheck.config import Settings
from linkcheck.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


OF_TERMINALS = ("WT_SESSION", "KITTY_WINDOW_ID", "VTE_VERSION", "KONSOLE_VERSION", "WEZTERM_PANE", "ITERM_SESSION_ID")


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", *OF_TERMINALS):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "terminal", "other"),
    [
        ({}, True, False),
        ({"TERM": "xterm"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
    ],
)
def test_colors_are_for_terminals_that_show_them(
    environment: dict[str, str],
    terminal: bool,  # noqa: FBT001 - a table's column
    other: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (has_color(Terminal()), has_color(io.StringIO())) == (terminal, other)


@pytest.mark.parametrize("name", OF_TERMINALS)
def test_hyperlinks_are_for_the_terminals_that_are_known_to_show_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_hyperlinks(Terminal())
    monkeypatch.setenv(name, "1")
    assert has_hyperlinks(Terminal())
    assert not has_hyperlinks(io.StringIO())


@pytest.mark.parametrize(("columns", "width"), [(40, 60), (60, 60), (80, 80), (120, 120), (200, 120)])
def test_lines_are_as_wide_as_the_terminal_within_limits(columns: int, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert width_of(Terminal()) == width
    assert width_of(io.StringIO()) == 100


@pytest.mark.parametrize(
    ("because", "told"),
    [
        (None, "Incomplete: not everything was checked\n"),
        ("the network is down.", "Incomplete: the network is down\n"),
        ("see https://a.example/?token=hunter2hunter2\n", "Incomplete: see https://a.example/?token=***\\n\n"),
    ],
)
def test_why_a_run_is_incomplete_is_told_in_a_line(
    because: str | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report_incomplete(because)
    assert capsys.readouterr().err == told


@pytest.mark.parametrize(
    ("settings", "notice", "bar"),
    [
        (Settings(progress=True), True, True),
        (Settings(progress=False), True, False),
        (Settings(progress=True, quiet=True), False, False),
    ],
)
def test_notices_and_progress_can_be_turned_off(
    settings: Settings,
    notice: bool,  # noqa: FBT001 - a table's column
    bar: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    observer = ConsoleObserver(settings)
    observer.notice("slow")
    assert capsys.readouterr().err == ("linkcheck: slow\n" if notice else "")
    calls: list[object] = []

    class Bar:
        def update(self, *given: object) -> None:
            calls.append(given)

        def close(self) -> None:
            calls.append("closed")

    def made(targets: int, *, enabled: bool, **_more: object) -> Bar:
        calls.append((targets, enabled))
        return Bar()

    monkeypatch.setattr("linkcheck.progress.bar", made)
    progress = observer.start_crawl(3)
    progress.update(1, {}, ("a.example",), 2.0)
    progress.close()
    assert calls == [(3, bar), (Progress(1, {}, ("a.example",), 2.0),), "closed"]


def test_a_message_has_signs_that_the_terminal_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, shown in (("utf-8", "linkcheck: x\n\u2502 a\n\u2192 b\n"), ("ascii", "linkcheck: x\n| a\n-> b\n")):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
        monkeypatch.setattr("sys.stderr", stream)
        say("x", "\u2502 a", "\u2192 b")
        stream.seek(0)
        assert stream.read() == shown
