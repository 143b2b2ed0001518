"""A rule's documentation, as written in its docstring, set for a terminal."""

import re
import textwrap

from linkcheck.report.escape import visible
from linkcheck.report.terminal import Color, Style, wrap

_HEADING = re.compile(r"(#{1,4}) +(.*)|(\*\*)(.+?)(\*\*):?$")
_ITEM = re.compile(r"( *)([-*]|\d{1,3}[.)]) +(.*)")
_INLINE = re.compile(r"(`+)(.+?)\1|\*\*(.+?)\*\*|(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])")
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")

WIDEST = 88


def render(text: str, *, color: bool = False, width: int = 80) -> str:
    """Markdown of the modest kind docstrings use (headings, paragraphs, lists, code, emphasis) as lines for a terminal."""
    style = Style(color=color)
    room = max(20, min(width, WIDEST))
    lines: list[str] = []
    for kind, block in _blocks(textwrap.dedent(text).split("\n")):
        if kind == "code":
            lines += [style.paint(f"    {visible(line)}".rstrip(), Color.CYAN) for line in block]
        elif kind == "heading":
            lines.append(style.paint(visible(block[0]), Color.BOLD))
        elif kind == "list":
            lines += _list(block, style, room)
        else:
            lines += _paragraph(" ".join(block), style, room)
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _blocks(lines: list[str]) -> list[tuple[str, list[str]]]:
    """The text cut into headings, code, lists and paragraphs."""
    blocks: list[tuple[str, list[str]]] = []
    open_kind = ""
    fenced = False
    for line in lines:
        if line.strip().startswith("```"):
            fenced = not fenced
            if fenced:
                blocks.append(("code", []))
            open_kind = ""
        elif fenced:
            blocks[-1][1].append(line)
        elif not line.strip():
            open_kind = ""
        elif heading := _HEADING.fullmatch(line.strip()):
            blocks.append(("heading", [heading[2] or heading[4]]))
            open_kind = ""
        elif line.startswith("    ") and open_kind in {"", "code"}:
            if open_kind == "":
                blocks.append(("code", []))
            blocks[-1][1].append(line[4:])
            open_kind = "code"
        elif _ITEM.fullmatch(line):
            if open_kind != "list":
                blocks.append(("list", []))
            blocks[-1][1].append(line)
            open_kind = "list"
        elif open_kind == "list":
            blocks[-1][1][-1] += " " + line.strip()
        else:
            if open_kind != "paragraph":
                blocks.append(("paragraph", []))
            blocks[-1][1].append(line.strip())
            open_kind = "paragraph"
    return blocks


def _paragraph(text: str, style: Style, width: int) -> list[str]:
    return [_inline(line, style) for line in _wrapped(text, width)]


def _list(items: list[str], style: Style, width: int) -> list[str]:
    lines: list[str] = []
    for item in items:
        match = _ITEM.fullmatch(item)
        assert match is not None
        lead = f"{match[1]}{match[2]} "
        first, *rest = _paragraph(match[3], style, width - len(lead))
        lines += [lead + first, *(" " * len(lead) + line for line in rest)]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """Lines in which no code span or emphasis is torn: its spaces do not break."""
    linked = _LINK.sub(r"\1 (\2)", visible(text))
    joined = _INLINE.sub(lambda match: match[0].replace(" ", "\u00a0"), linked)
    return [line.replace("\u00a0", " ") for line in wrap(joined, width)]


def _inline(line: str, style: Style) -> str:
    def painted(match: re.Match[str]) -> str:
        if match[2] is not None:
            # Without colors the backticks stay, to mark code.
            return style.paint(match[2], Color.CYAN) if style.color else match[0]
        return style.paint(match[3] or match[4], Color.BOLD if match[3] else Color.UNDERLINE)

    return _INLINE.sub(painted, line)
