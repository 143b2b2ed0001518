"""The message for a repository without articles: which files were found in their place, and what to do."""

import re
from collections.abc import Mapping
from posixpath import splitext

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.discover import DiscoverOptions, discover, has_metadata, shown
from linkcheck.front_matter_start import is_blank, is_thematic_break, starts_with_front_matter
from linkcheck.model import Source

_METADATA = re.compile(rb"(?:\xef\xbb\xbf)?(?:Title|Date|Author|Tags|Slug|Category)[ \t]*:[ \t]*\S", re.IGNORECASE)
"""How an article of Pelican or MultiMarkdown begins."""
_HTML = ".html"


class _FilesByKind(Struct):
    """Counts of the files that can be articles by their extension. `unfenced` are those of `markdown` with metadata."""

    markdown: int = 0
    html: int = 0
    unfenced: int = 0
    empty: int = 0
    invalid: int = 0
    first_invalid: str = ""

    def add(self, source: Source) -> None:
        if is_blank(source.head):
            self.empty += 1
        elif source.unreadable is not None or _has_front_matter(source):
            self.invalid += 1
            self.first_invalid = self.first_invalid or source.path
        elif splitext(source.path)[1].lower() == _HTML:
            self.html += 1
        else:
            self.markdown += 1
            self.unfenced += _METADATA.match(source.head) is not None


def _has_front_matter(source: Source) -> bool:
    return has_metadata(source) or (starts_with_front_matter(source.head) and not is_thematic_break(source.head))


def describe(options: DiscoverOptions, places: Mapping[str, str]) -> str:
    """What is there in place of articles, and what to do about it. `places` are those of errors, by the path of the file."""
    named = tuple(f"**/*{extension}" for extension in options.extensions)
    kinds = _FilesByKind()
    for source in discover(replace(options, paths=named, named_globs=(), survey=None, optional=True)):
        kinds.add(source)
    kinds.first_invalid = places.get(kinds.first_invalid, kinds.first_invalid)
    return f"no article in {shown(options.root)}: {_found(kinds)}; {_advice(kinds)}"


def _found(kinds: _FilesByKind) -> str:
    invalid = f" ({shown(kinds.first_invalid)}{', ...' if kinds.invalid > 1 else ''})"
    groups = (
        (kinds.invalid, "file", f"whose front matter is invalid{invalid}"),
        (kinds.empty, "file", "with empty front matter"),
        (kinds.unfenced, "Markdown file", "with metadata but without front matter"),
        (kinds.markdown - kinds.unfenced, "Markdown file", "without front matter"),
        (kinds.html, "HTML file", "without front matter"),
    )
    found = [f"{number:,} {noun}{'s' * (number != 1)} {which}" for number, noun, which in groups if number]
    if not found:
        return "there are no Markdown or HTML files"
    return f"found {' and '.join(filter(None, (', '.join(found[:-1]), found[-1])))}"


def _advice(kinds: _FilesByKind) -> str:
    if kinds.invalid:
        return "run linkcheck validate to see what is invalid"
    if kinds.unfenced:
        return "put the metadata at the start of each file between two lines that contain only ---"
    if kinds.markdown or kinds.html or kinds.empty:
        return (
            "linkcheck checks links in front matter, and other link checkers, such as lychee, check links in the text of "
            "articles"
        )
    return "run linkcheck init at the root of the repository"
