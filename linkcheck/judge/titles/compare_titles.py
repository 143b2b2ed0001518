"""Whether two titles are the same one; case, accents, punctuation and the site's name are ignored."""

import re
from collections.abc import Iterator
from unicodedata import normalize

_LONGEST = 1000
_SHORTEST = 8
"""Letters a title must have to be recognized within another."""
_MOST_PARTS = 12
SEPARATOR = re.compile(r" [-/\u2010-\u2015\u2022\u00b7\u00bb\u203a<>~]+ | ?[|\u00a6]+ ?|: ")
"""Separators between a page's title and the name of its site or section; whitespace is single spaces."""


def letters(title: str) -> str:
    """The part of a title to compare: letters and digits, without case and accents."""
    # Accents can be encoded in two ways, and some sites omit them: they are ignored.
    return re.sub(r"[\W_]+", "", normalize("NFKD", title[:_LONGEST]).casefold())


def may_be_alike(ours: str, theirs: str) -> bool:
    """Whether two titles may be of the same page: one may be shortened, or contain the other."""
    a, b = letters(ours), letters(theirs)
    if a == b or not b:
        return True
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= _SHORTEST and shorter in longer


def is_title_of(ours: str, theirs: str) -> bool:
    """Whether a page's title is ours, with the names of its site and section at most: "Ours | The Gazette"."""
    wanted = letters(ours)
    if not wanted:
        return False
    if wanted == letters(theirs):
        return True
    return len(wanted) >= _SHORTEST and any(letters(run) == wanted for run in runs(theirs))


def parts_of(title: str) -> list[str]:
    """The parts of a title, which may be its site's and its section's names; of very many the first ones."""
    return SEPARATOR.split(" ".join(title[:_LONGEST].split()))[:_MOST_PARTS]


def runs(title: str) -> Iterator[str]:
    """A title, and what is left of it without parts at its ends, such as the names of site and section."""
    parts = parts_of(title)
    for start in range(len(parts)):
        for end in range(len(parts), start, -1):
            yield " ".join(parts[start:end])
