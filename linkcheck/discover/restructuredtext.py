"""Articles in reStructuredText, as Pelican reads them. They have no front matter, so they are counted and not checked."""

import re

EXTENSION = ".rst"
_START = 4096
_METADATA = re.compile(rb"^:(?:date|category|tags|slug):[ \t]+\S", re.IGNORECASE | re.MULTILINE)
"""A field of the metadata at the start that a page of other documentation does not have."""


def is_article(head: bytes) -> bool:
    """Whether a file that starts with these bytes has the metadata of an article."""
    return _METADATA.search(head, 0, _START) is not None
