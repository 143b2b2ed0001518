"""Consumers of linkcheck's output: CI services, GitHub's Markdown, SARIF viewers. Each returns what it would execute."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

# actions/runner ActionCommand.TryParseV2 trims a line and looks at its start; TryParse and the agent of Azure look for
# their signs anywhere in it. Their readers end a line at either of its signs.
_AT_START = re.compile(r"\s*::[^\n]*?::")
_ANYWHERE = re.compile(r"##\w*\[")
_COLOR = re.compile("\x1b\\[[0-9;]*m")
# What GitHub makes references of, outside of code: users and teams, issues, commits, addresses.
_REFERENCE = re.compile(
    r"@\w|#\d|\bGH-\d|://|\bwww\.|(?<![0-9A-Za-z])[0-9a-f]{7,40}(?![0-9A-Za-z])|\b[A-Z]{2,}-\d|:\+?\w+:|\S@\S", re.IGNORECASE
)
_OURS = {"h3", "h4", "p", "ul", "li", "strong", "code", "br", "a", "table", "thead", "tbody", "tr", "th", "td"}


def commands(output: str) -> list[str]:
    """The lines that a CI service would execute as commands."""
    lines = re.split(r"\r\n|\r|\n", _COLOR.sub("", output))
    return [line for line in lines if _AT_START.match(line) or _ANYWHERE.search(line)]


RULES = "https://github.com/everyday-cc/linkcheck/blob/main/docs/reference/rules.md#lc"


def live(markdown: str, ours: str) -> list[str]:
    """What is neither text nor code in a rendered page: images, HTML, references, links except to `ours` and the rules."""
    return [each for page in _rendered(markdown) for each in _Page.read(page, ours)]


def _rendered(markdown: str) -> Iterator[str]:
    yield cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    yield MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown)


class _Page(HTMLParser):
    def __init__(self, ours: str) -> None:
        super().__init__(convert_charrefs=True)
        self._ours = ours
        self._inside: list[str] = []
        self.found: list[str] = []

    @classmethod
    def read(cls, page: str, ours: str) -> list[str]:
        reader = cls(ours)
        reader.feed(page)
        reader.close()
        return reader.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag not in _OURS or (tag == "a" and not address.startswith((self._ours, RULES))):
            self.found.append(self.get_starttag_text() or tag)
        if tag != "br":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "code" not in self._inside and _REFERENCE.search(data):
            self.found.append(data)

    def handle_comment(self, data: str) -> None:
        if data != " linkcheck report ":
            self.found.append(f"<!--{data}-->")


def embedded_links(text: str) -> list[str]:
    """The links in a SARIF message (2.1.0, section 3.11.6), in which a backslash escapes a bracket."""
    return re.findall(r"\[(?:[^\\\[\]]|\\.)*\]\([^)]*\)", re.sub(r"\\.", "", text))
