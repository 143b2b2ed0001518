"""What to write, and where, to fix a finding."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import FILE_START, Article, Finding, Fix, FixKind, Span
from linkcheck.pointers import unescape, value_at

HOME = "LC209"
"""redirect-to-home: the home page is what is written, if anything."""
MOVES = ("LC202", "LC301", "LC203", "LC303", "LC122", HOME)
"""Rules whose finding names another URL that the web gave: permanent-redirect, canonical-redirects, trivial-redirect,
canonical-variant, secret-or-staging-url (where it makes one of these redundant), redirect-to-home. Of several
at one place the first counts: where a server leads goes before what a page says."""
ADDRESSES = ("LC311", "LC312")
"""amp-cache-address, not-on-amp-cache: computed, so nothing was asked."""
SIZES = ("LC403", "LC404", "LC405")
"""size-differs, size-swapped, size-scaled."""
KEYS = ("LC111",)
"""near-miss-key."""
TEXTS = ("LC119",)
"""entity-in-text."""
REMOVALS = ("LC321",)
"""amp-dropped: several keys, which are removed together."""
ASTRAY = ("LC208", HOME, "LC210")
"""soft-404, redirect-to-home, login-or-consent: where a redirect leads is told, and not written unless the finding has a
fix."""
STAND_IN = "LC415"
"""stand-in-image: where it was redirected is told, and never written."""
CIRCLES = (*MOVES, "LC322")
"""And signals-disagree: a redirect (the fact `final_url`) to a page that names the old URL is told, and never written."""
CORRECTABLE = frozenset((*MOVES, *ADDRESSES, *SIZES, *KEYS, *TEXTS, *REMOVALS))
_ORDER = {code: place for place, code in enumerate((*REMOVALS, *MOVES, *ADDRESSES, *SIZES, *KEYS, *TEXTS))}


class Correction(Struct, frozen=True):
    """The value at a pointer, or the key where `is_key`, becomes `new`. `code` is the rule whose finding it fixes.

    `fix` says whether it is safe, and why. `old` is what stands at `span`. With `removes`, the keys at these pointers are
    removed instead, all of them or none; `old` are their names.
    """

    code: str
    pointer: str
    new: str | int
    fix: Fix
    is_key: bool = False
    old: str | int = ""
    span: Span = FILE_START
    removes: tuple[str, ...] = ()

    @property
    def is_safe(self) -> bool:
        return self.fix.kind is FixKind.SAFE


def corrections_of(article: Article, findings: Iterable[Finding], *, unsafe: bool = False) -> tuple[Correction, ...]:
    """The corrections an article's findings ask for: at most one a place, values first, keys from the innermost out.

    A key is renamed last, because that changes the pointers of what lies in its value. `unsafe` takes in those that a
    person has to look at.
    """
    wanted: dict[tuple[str, bool], Correction] = {}
    for finding in sorted(findings, key=lambda finding: _ORDER.get(finding.code, 0)):
        for correction in _of(article, finding):
            if unsafe or correction.is_safe:
                wanted.setdefault((correction.pointer, correction.is_key), correction)
    return tuple(sorted(wanted.values(), key=lambda each: (each.is_key, -each.pointer.count("/") if each.is_key else 0)))


def left_out(article: Article, findings: Iterable[Finding]) -> Iterator[Correction]:
    """The corrections that judge leaves out, with its reason (the fact `not_fixed`): at most one a place."""
    seen: set[str] = set()
    for finding in findings:
        reason = finding.facts.get("not_fixed")
        if isinstance(reason, str):
            for correction in _of(article, replace(finding, fix=Fix(FixKind.UNSAFE, reason))):
                if correction.pointer not in seen:
                    seen.add(correction.pointer)
                    yield correction


def _of(article: Article, finding: Finding) -> Iterator[Correction]:
    code, pointer, fix = finding.code, finding.location.pointer, finding.fix
    if fix is None:
        return
    expected = finding.facts.get("final_url" if code == HOME else "expected")
    if code in REMOVALS:
        yield from _removal(article, finding, fix)
    elif code in SIZES:
        for side in ("width", "height"):
            yield from _side(article, finding, side, fix)
    elif isinstance(expected, str) and expected and pointer in article.places and code in CORRECTABLE:
        yield correction(article, code, pointer, expected, fix, is_key=code in KEYS)


def correction(article: Article, code: str, pointer: str, new: str | int, fix: Fix, *, is_key: bool = False) -> Correction:
    """A correction of what stands in the article at a pointer, which must have a place."""
    place = article.places[pointer]
    value = unescape(pointer.rpartition("/")[2]) if is_key else value_at(article.data, pointer)
    old = value if isinstance(value, (str, int)) else ""
    span = place.key if is_key and place.key is not None else place.value
    return Correction(code, pointer, new, fix, is_key, old, span)


def _removal(article: Article, finding: Finding, fix: Fix) -> Iterator[Correction]:
    pointers = finding.facts.get("remove")
    if isinstance(pointers, tuple) and pointers and all(pointer in article.places for pointer in pointers):
        names = " and ".join(unescape(pointer.rpartition("/")[2]) for pointer in pointers)
        place = article.places[pointers[0]]
        yield Correction(finding.code, pointers[0], "", fix, old=names, span=place.key or place.value, removes=pointers)


def _side(article: Article, finding: Finding, side: str, fix: Fix) -> Iterator[Correction]:
    """A declared width or height that is not the measured one; one that is not declared stays so."""
    facts = finding.facts
    measured, declared, pointer = facts.get(side), facts.get(f"declared_{side}"), facts.get(f"{side}_pointer")
    if not isinstance(measured, int) or not isinstance(declared, int) or not isinstance(pointer, str):
        return
    if declared != measured and pointer in article.places:
        # A size in quotes stays in quotes.
        written = value_at(article.data, pointer)
        new = str(measured) if isinstance(written, str) else measured
        yield correction(article, finding.code, pointer, new, fix)
