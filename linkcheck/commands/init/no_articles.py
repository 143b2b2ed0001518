"""The message for a repository without articles: which files were found in their place, and what to do."""

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import splitext

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.commands.init.data_collections import Reason, SkippedData
from linkcheck.discover import DiscoverOptions, FileCounts, discover, has_metadata, shown
from linkcheck.discover.other_extensions import OtherExtensions
from linkcheck.front_matter_start import is_blank, is_thematic_break, starts_with_front_matter
from linkcheck.model import Source
from linkcheck.repository import git_folder

_METADATA = re.compile(rb"(?:\xef\xbb\xbf)?(?:Title|Date|Author|Tags|Slug|Category)[ \t]*:[ \t]*\S", re.IGNORECASE)
"""How an article of Pelican or MultiMarkdown begins."""
_HTML = ".html"
_MOST_NAMED = 5
"""Maximum number of other extensions that are named."""
_NOTHING = "there are no Markdown or HTML files"


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


def describe(
    options: DiscoverOptions,
    places: Mapping[str, str],
    others: OtherExtensions,
    *,
    rst_files: int = 0,
    skipped_data: Iterable[SkippedData] = (),
) -> str:
    """What is there in place of articles, and what to do about it.

    `places` are those of errors, by the path of the file; `others` are files with front matter and other extensions,
    `rst_files` counts those in reStructuredText, and `skipped_data` are data files without a collection.
    """
    named = tuple(f"**/*{extension}" for extension in options.extensions)
    kinds, tally = _FilesByKind(), FileCounts()
    for source in discover(replace(options, paths=named, named_globs=(), survey=None, optional=True), tally):
        kinds.add(source)
    kinds.markdown += tally.skipped_files  # READMEs, which no glob requires to have front matter
    kinds.empty += tally.empty_files
    kinds.first_invalid = places.get(kinds.first_invalid, kinds.first_invalid)
    found = [*_found(kinds), *(f"{files} with front matter" for files in named_others(others))]
    if rst_files:
        found.append(f"{rst_files:,} .rst file{'s' * (rst_files != 1)} with metadata")
    data = [*_found_data(skipped_data)]
    found += data
    listed = f"found {' and '.join(filter(None, (', '.join(found[:-1]), found[-1])))}" if found else _NOTHING
    advice = _advice(kinds, others, is_rst=rst_files > 0, is_data=bool(data))
    if advice is None:
        is_top = git_folder(options.root) is not None
        advice = "linkcheck reads no other formats" if is_top else "run linkcheck init at the root of the repository"
    return f"no article in {shown(options.root)}: {listed}; {advice}"


def _found_data(skipped: Iterable[SkippedData]) -> Iterator[str]:
    """The data files that are not surveyed: `3 data files without links in src/content/team`."""
    which = {Reason.WITHOUT_LINKS: "without links", Reason.ARBITRARY: "with URLs", Reason.UNFIT: "that cannot be read"}
    for each in skipped:
        if each.reason in which:
            places = ", ".join(shown(place or ".") for place in each.places[:_MOST_NAMED])
            more = f" and {len(each.places) - _MOST_NAMED:,} more" if len(each.places) > _MOST_NAMED else ""
            number = f"{'' if each.is_all else 'at least '}{each.files:,} data file{'s' * (each.files != 1)}"
            yield f"{number} {which[each.reason]} in {places}{more}"


def named_others(others: OtherExtensions) -> Iterator[str]:
    """The files with front matter and other extensions, the most first: `13 .njk files`."""
    for extension, number in sorted(others.found.items(), key=lambda item: (-item[1], item[0]))[:_MOST_NAMED]:
        if number:
            more = "" if others.is_all else "at least "
            yield f"{more}{number:,} {shown(extension)} file{'s' * (number != 1)}"


def _found(kinds: _FilesByKind) -> list[str]:
    invalid = f" ({shown(kinds.first_invalid)}{', ...' if kinds.invalid > 1 else ''})"
    groups = (
        (kinds.invalid, "file", f"whose front matter is invalid{invalid}"),
        (kinds.empty, "file", "with empty front matter"),
        (kinds.unfenced, "Markdown file", "with metadata but without front matter"),
        (kinds.markdown - kinds.unfenced, "Markdown file", "without front matter"),
        (kinds.html, "HTML file", "without front matter"),
    )
    return [f"{number:,} {noun}{'s' * (number != 1)} {which}" for number, noun, which in groups if number]


def _advice(kinds: _FilesByKind, others: OtherExtensions, *, is_rst: bool, is_data: bool) -> str | None:
    if others.found.total():
        return "list the extensions of all articles with --extensions"
    if kinds.invalid:
        return "run linkcheck validate to see what is invalid"
    if kinds.unfenced:
        return "put the metadata at the start of each file between two lines that contain only ---"
    if is_rst:
        return "linkcheck does not read reStructuredText"
    if is_data:
        return "to check data files, add them to the `paths` of a collection in linkcheck.toml"
    if kinds.markdown or kinds.html or kinds.empty:
        return (
            "linkcheck checks links in front matter, and other link checkers, such as lychee, check links in the text of "
            "articles"
        )
    return None
