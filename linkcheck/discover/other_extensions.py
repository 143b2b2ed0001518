"""Counts the files with front matter that are not read because of their extension.

Any extension can be that of articles (`.njk`, `.rst`), so the start of every unknown file has to be read. Of an extension
that has no article among its first files, the others are not opened.
"""

import os
from collections import Counter

from linkcheck.files import read_file
from linkcheck.front_matter_start import is_blank, is_thematic_break, starts_with_front_matter
from linkcheck.images import IMAGE_EXTENSIONS

_NO_ARTICLES = frozenset(
    (
        *IMAGE_EXTENSIONS,
        *("yml", "yaml", "json", "json5", "toml", "xml", "csv", "tsv", "lock"),
        *("css", "scss", "sass", "less", "styl", "js", "mjs", "cjs", "ts", "mts", "cts", "tsx", "jsx", "vue", "svelte"),
        *("astro", "py", "rb", "go", "rs", "java", "kt", "c", "h", "cpp", "sh", "lua", "r", "sql"),
        *("bak", "orig", "old", "tmp", "snap", "log"),
        *("pdf", "zip", "gz", "mp3", "mp4", "mov", "webm", "woff", "woff2", "ttf", "otf", "eot"),
    )
)
"""Extensions of data, in which `---` starts a document, of styles, programs and copies, and of files that are not text."""
_START = 4096
_MOST_TRIED = 50
"""Maximum number of files of one extension that are opened before the first article is found."""
_MOST_OPENED = 5_000
_MOST_EXTENSIONS = 200


class OtherExtensions:
    """Counts such files by extension, in lower case. `is_all` is false if there can be more files of an extension."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.is_all = True
        self._opened: Counter[str] = Counter()

    def add(self, file: str) -> None:
        """Count the file at a path if it starts with front matter."""
        extension = os.path.splitext(file)[1].lower()
        if len(extension) < 2 or extension[1:] in _NO_ARTICLES:
            return
        if not self.found[extension] and self._opened[extension] >= _MOST_TRIED:
            return
        if len(self._opened) >= _MOST_EXTENSIONS or self._opened.total() >= _MOST_OPENED:
            self.is_all = False
            return
        self._opened[extension] += 1
        try:
            start = read_file(file, most=_START, follow=False)
        except (OSError, ValueError):
            return
        # A `{` can start any text.
        is_fenced = starts_with_front_matter(start) and not start.lstrip(b"\xef\xbb\xbf").startswith(b"{")
        self.found[extension] += is_fenced and not (is_blank(start) or is_thematic_break(start))
