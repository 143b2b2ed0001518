"""What the terminal can do, and what is said on it while a run goes on."""

import os
import sys
from collections.abc import Sequence
from time import monotonic
from typing import TextIO

import click

from linkcheck.config import Settings
from linkcheck.model import VerdictKind
from linkcheck.report.escape import log_line, shown, visible
from linkcheck.report.terminal import Glyphs, glyphs
from linkcheck.urls import mask

NARROWEST, WIDEST = 60, 120
"""Cells: below, lines can no longer be laid out; above, they can no longer be read."""


def has_color(stream: TextIO) -> bool:
    """Whether to use colors: a terminal that did not opt out (https://no-color.org, FORCE_COLOR, TERM=dumb)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def has_hyperlinks(stream: TextIO) -> bool:
    """Whether a terminal is one of those known to show OSC 8 links; the others would show rubbish."""
    known = ("WT_SESSION", "KITTY_WINDOW_ID", "VTE_VERSION", "KONSOLE_VERSION", "WEZTERM_PANE", "ITERM_SESSION_ID")
    return stream.isatty() and any(os.environ.get(name) for name in known)


def width_of(stream: TextIO) -> int:
    """Cells a line may have."""
    if not stream.isatty():
        return WIDEST - 20
    from shutil import get_terminal_size

    return max(NARROWEST, min(get_terminal_size().columns, WIDEST))


def reading_width() -> int:
    """Cells of a line of documentation: the width of the terminal, 80 without one."""
    from shutil import get_terminal_size

    return min(get_terminal_size().columns, WIDEST)


def say(*lines: str) -> None:
    """A message on stderr. Whatever it quotes, each line is fit to show, and no command to a CI service that reads it."""
    first, *more = map(visible, lines)
    text = "\n".join(map(log_line, (f"linkcheck: {first}", *more)))
    signs, shown_signs = Glyphs(), glyphs(sys.stderr.encoding)
    click.echo(text.replace(signs.bar, shown_signs.bar).replace(signs.arrow, shown_signs.arrow), err=True)


def report_incomplete(because: str | None) -> None:
    """Report that the run is incomplete, and why. No option turns this off, because silence means that all was checked."""
    why = (because or "not everything was checked").rstrip(".")
    click.echo(log_line(f"Incomplete: {shown(mask(why))}"), err=True)


class ConsoleObserver:
    """The `Watch` of the command line: notices and progress, on stderr, which is never the report's."""

    def __init__(self, settings: Settings) -> None:
        self.quiet = settings.quiet
        self.progress = settings.progress
        self._shown: ConsoleProgress | None = None

    def notice(self, sentence: str) -> None:
        if not self.quiet:
            if self._shown is not None:
                self._shown.clear()
            say(sentence)

    def start_crawl(self, targets: int) -> "ConsoleProgress":
        self._shown = ConsoleProgress(targets, enabled=self.progress and not self.quiet)
        return self._shown


class ConsoleProgress:
    """How far the asking is, on a bar."""

    def __init__(self, targets: int, *, enabled: bool) -> None:
        from linkcheck.progress import bar

        self._bar = bar(targets, stream=sys.stderr, enabled=enabled, clock=monotonic)

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: Sequence[str], least_seconds: float) -> None:
        from linkcheck.progress import Progress

        self._bar.update(Progress(done, verdicts, waiting, least_seconds))

    def clear(self) -> None:
        """Remove the bar from its line, so that something else can be written there."""
        self._bar.clear()

    def close(self) -> None:
        self._bar.close()
