"""Where the text report's lines go, and the colors of its words."""

from typing import TextIO

from msgspec import Struct

from linkcheck.model import Severity, VerdictKind
from linkcheck.report.base import ReportOptions
from linkcheck.report.escape import log_line
from linkcheck.report.grouping import Grouping
from linkcheck.report.terminal import Color, Glyphs, Style

NARROWEST = 40

SEVERITIES = {
    Severity.ERROR: ("error", Color.BOLD_RED),
    Severity.WARNING: ("warning", Color.BOLD_YELLOW),
    Severity.INFO: ("info", Color.BLUE),
}
VERDICTS = {
    VerdictKind.OK: Color.GREEN,
    VerdictKind.MOVED: Color.YELLOW,
    VerdictKind.DEAD: Color.RED,
    VerdictKind.SUSPECT: Color.YELLOW,
    VerdictKind.BLOCKED: Color.BLUE,
    VerdictKind.UNREACHABLE: Color.MAGENTA,
    VerdictKind.SKIPPED: Color.DIM,
}


class TextPage(Struct, frozen=True):
    """Where lines go, and how they look."""

    stream: TextIO
    options: ReportOptions
    style: Style
    glyphs: Glyphs
    grouping: Grouping | None = None

    @property
    def width(self) -> int:
        return max(self.options.width, NARROWEST)

    def line(self, text: str = "") -> None:
        self.stream.write(log_line(text.rstrip()) + "\n")
