"""Where the text report's lines go, and the colors of its words."""

from typing import TextIO

from msgspec import Struct

from linkcheck.model import Severity, VerdictKind
from linkcheck.report.base import ReportOptions
from linkcheck.report.escape import log_line
from linkcheck.report.terminal import Colour, Glyphs, Style

NARROWEST = 40

SEVERITIES = {
    Severity.ERROR: ("error", Colour.BOLD_RED),
    Severity.WARNING: ("warning", Colour.BOLD_YELLOW),
    Severity.INFO: ("info", Colour.BLUE),
}
VERDICTS = {
    VerdictKind.OK: Colour.GREEN,
    VerdictKind.MOVED: Colour.YELLOW,
    VerdictKind.DEAD: Colour.RED,
    VerdictKind.SUSPECT: Colour.YELLOW,
    VerdictKind.BLOCKED: Colour.BLUE,
    VerdictKind.UNREACHABLE: Colour.MAGENTA,
    VerdictKind.SKIPPED: Colour.DIM,
}


class TextPage(Struct, frozen=True):
    """Where lines go, and how they look."""

    stream: TextIO
    options: ReportOptions
    style: Style
    glyphs: Glyphs

    @property
    def width(self) -> int:
        return max(self.options.width, NARROWEST)

    def line(self, text: str = "") -> None:
        self.stream.write(log_line(text.rstrip()) + "\n")
