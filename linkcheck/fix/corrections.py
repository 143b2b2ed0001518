"""What to write, and where, to mend a finding."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from linkcheck.model import Article, Finding
from linkcheck.pointers import value_at

MOVES = ("LC202", "LC301", "LC203", "LC303")
"""Rules whose finding names another URL that the web gave: permanent-redirect, canonical-redirects, trivial-redirect,
canonical-spelt-otherwise. Of several at one place the first counts: where a server leads goes before what a page says."""
ADDRESSES = ("LC311", "LC312")
"""amp-cache-address, not-on-amp-cache: computed, so nothing was asked."""
SIZES = ("LC403", "LC404", "LC405")
"""size-differs, size-swapped, size-scaled."""
KEYS = ("LC111",)
"""near-miss-key."""
CORRECTABLE = frozenset((*MOVES, *ADDRESSES, *SIZES, *KEYS))
_ORDER = {code: place for place, code in enumerate((*MOVES, *ADDRESSES, *SIZES, *KEYS))}


class Correction(Struct, frozen=True):
    """The value at a pointer, or the key where `is_key`, becomes `new`. `code` is the rule whose finding it mends."""

    code: str
    pointer: str
    new: str | int
    is_key: bool = False


def corrections_of(article: Article, findings: Iterable[Finding]) -> tuple[Correction, ...]:
    """The corrections an article's findings ask for: at most one a place, values first, keys from the innermost out.

    A key is renamed last, because that changes the pointers of what lies in its value.
    """
    wanted: dict[tuple[str, bool], Correction] = {}
    for finding in sorted(findings, key=lambda finding: _ORDER.get(finding.code, 0)):
        for correction in _of(article, finding):
            wanted.setdefault((correction.pointer, correction.is_key), correction)
    return tuple(sorted(wanted.values(), key=lambda each: (each.is_key, -each.pointer.count("/") if each.is_key else 0)))


def _of(article: Article, finding: Finding) -> Iterator[Correction]:
    code, pointer, expected = finding.code, finding.location.pointer, finding.facts.get("expected")
    if code in SIZES:
        for side in ("width", "height"):
            yield from _side(article, finding, side)
    elif isinstance(expected, str) and expected and pointer in article.places:
        if code in KEYS:
            yield Correction(code, pointer, expected, is_key=True)
        elif code in MOVES or code in ADDRESSES:
            yield Correction(code, pointer, expected)


def _side(article: Article, finding: Finding, side: str) -> Iterator[Correction]:
    """A declared width or height that is not the measured one; one that is not declared stays so."""
    facts = finding.facts
    measured, declared, pointer = facts.get(side), facts.get(f"declared_{side}"), facts.get(f"{side}_pointer")
    if not isinstance(measured, int) or not isinstance(declared, int) or not isinstance(pointer, str):
        return
    if declared != measured and pointer in article.places:
        # A size in quotes stays in quotes.
        written = value_at(article.data, pointer)
        yield Correction(finding.code, pointer, str(measured) if isinstance(written, str) else measured)
