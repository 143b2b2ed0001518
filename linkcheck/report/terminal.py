"""What a terminal can do beyond plain text: colors and hyperlinks, each only if requested."""

from enum import StrEnum

from msgspec import Struct

from linkcheck.report.escape import ascii_url, cells

ESC = "\x1b"


class Color(StrEnum):
    """SGR parameters of the sixteen colors that every theme defines."""

    RED = "31"
    GREEN = "32"
    YELLOW = "33"
    BLUE = "34"
    MAGENTA = "35"
    CYAN = "36"
    DIM = "2"
    BOLD = "1"
    BOLD_RED = "1;31"
    BOLD_GREEN = "1;32"
    BOLD_YELLOW = "1;33"
    UNDERLINE = "4"


class Glyphs(Struct, frozen=True):
    """The few signs beyond ASCII, with a form for terminals that cannot show them."""

    bar: str = "\u2502"
    arrow: str = "\u2192"
    dot: str = "\u00b7"
    ellipsis: str = "\u2026"


ASCII = Glyphs(bar="|", arrow="->", dot="-", ellipsis="...")


def glyphs(encoding: str | None) -> Glyphs:
    """The signs that a terminal of this encoding can show."""
    try:
        "\u2502\u2192\u00b7\u2026".encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return Glyphs()


class Style(Struct, frozen=True):
    """Paints text, or leaves it alone."""

    color: bool = False
    hyperlinks: bool = False

    def paint(self, text: str, *colors: Color) -> str:
        if not self.color or not text or not colors:
            return text
        return f"{ESC}[{';'.join(colors)}m{text}{ESC}[0m"

    def link(self, text: str, url: str | None) -> str:
        """OSC 8; terminals that do not know it show the text."""
        return f"{ESC}]8;;{ascii_url(url)}{ESC}\\{text}{ESC}]8;;{ESC}\\" if self.hyperlinks and url else text


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells. A word is never broken: a URL cut in two cannot be copied."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        room = cells(word)
        if line and used + 1 + room > width:
            lines.append(line)
            line, used = word, room
        else:
            used += room + (1 if line else 0)
            line = f"{line} {word}" if line else word
    lines.append(line)
    return lines
