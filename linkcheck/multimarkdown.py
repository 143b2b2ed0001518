"""Metadata in the notation of MultiMarkdown: lines `Key: value` at the start of a Markdown file, without fences.

Pelican's articles usually start with it, and MkDocs reads it in files without YAML. The grammar is that of the extension
`meta` of Python-Markdown (`markdown/extensions/meta.py`), which Pelican uses. That of MkDocs (`mkdocs/utils/meta.py`) is
nearly the same.

- The first line of the file starts with a key and a colon. A key consists of letters, digits, `_` and `-`, with at most
  three spaces before it. The rest of the line is the value, and can be empty.
- A line that is indented by four spaces or a tab continues the value above it.
- The first other line ends the metadata: a blank one, a fence (`---`, `...`), or one of the text.

An ordinary paragraph can start with `Note:` too. So only lines with a `Title` are metadata, which Pelican requires. A URL is
not a key, although Python-Markdown accepts `https:` as one.
"""

import re
from collections.abc import Iterator

EXTENSIONS = (".md", ".markdown", ".mkd", ".mdown")
"""The extensions of the files that can contain it, which are those of Pelican's `MarkdownReader`."""

_MOST = 1 << 18
"""Number of bytes that are examined, which is the limit of front matter (`parse.limits`)."""
_FIRST_LINE = re.compile(rb"(?:\xef\xbb\xbf)?[ ]{0,3}[A-Za-z0-9_-]{1,100}+:(?!//)")
_LINE = re.compile(
    r"(?:[ ]{0,3}(?P<key>[A-Za-z0-9_-]++):(?!//)[^\S\r\n]*+(?P<value>[^\r\n]*+)"
    r"|(?:[ ]{4}|[ ]{0,3}\t)[^\S\r\n]*+(?P<more>[^\r\n]++))(?:\r\n|\n|\r|\Z)"
)
_TITLE = "title"


def starts_with_metadata(head: bytes) -> bool:
    """Whether a file with this beginning starts with metadata that has a title."""
    if _FIRST_LINE.match(head) is None:
        return False
    text = head[:_MOST].decode("utf-8", "replace").removeprefix("\ufeff")
    return any((line["key"] or "").lower() == _TITLE for line in metadata_lines(text))


def metadata_lines(text: str) -> Iterator[re.Match[str]]:
    """The lines of the metadata at the start of a text: matches with `key` and `value`, or with `more` of a value."""
    line = _LINE.match(text)
    while line is not None and (line["key"] or line.start()):
        yield line
        line = _LINE.match(text, line.end())
