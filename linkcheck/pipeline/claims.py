"""The unique values (`x-unique`) of articles that a run over a part of the archive does not read."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from linkcheck import discover, validate
from linkcheck.model import UniqueValue
from linkcheck.parse import parse
from linkcheck.pipeline.paths import relative

_WORD = re.compile(rb"[a-z0-9]+")


def claims_elsewhere(
    options: discover.DiscoverOptions,
    schemas: validate.Schemas,
    claims: Iterable[UniqueValue],
    *,
    is_read: Callable[[str], bool],
) -> Iterator[tuple[UniqueValue, ...]]:
    """The unique values of each other article of the configuration that may have one of `claims`.

    `is_read` says whether the run read the article with a path. Only articles that contain the words of a value are parsed.
    """
    wanted: dict[bytes, set[frozenset[bytes]]] = {}
    for claim in claims:
        words = _words_in(claim)
        wanted.setdefault(max(words, key=len, default=b""), set()).add(words)
    if not wanted:
        return
    paths = options.named_globs or (".",)
    options = replace(options, paths=paths, optional=True, survey=None, require_front_matter=False)
    for source in discover.discover(options, discover.FileCounts()):
        path = discover.shown(relative(source.file))
        if not is_read(path) and _may_have_one(source.head, wanted):
            yield schemas.identities(replace(parse(source), path=path)).unique


def _may_have_one(head: bytes, wanted: Mapping[bytes, Iterable[frozenset[bytes]]]) -> bool:
    """Whether the front matter at the start of a file contains all words of a value."""
    fence = head[:3]
    matter = head[3:].partition(b"\n" + fence)[0] if fence in (b"---", b"+++") else head
    found = {b"", *_WORD.findall(matter.lower())}
    return any(words <= found for longest in wanted.keys() & found for words in wanted[longest])


def _words_in(claim: UniqueValue) -> frozenset[bytes]:
    """Words that any text with an equal value contains."""
    if not claim.value.isascii():
        return frozenset()
    # The key of a URL starts with the host, which need not be written, and lacks the name of an index file.
    key = claim.key if claim.key == claim.value else claim.key.partition("/")[2]
    return frozenset(_WORD.findall(key.lower().encode())).intersection(_WORD.findall(claim.value.lower().encode()))
