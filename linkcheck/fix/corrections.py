"""The corrections that fix findings: what to write, and where."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import FILE_START, Article, CorrectionKind, Finding, Fix, FixKind, RuleMetadata, Span
from linkcheck.pointers import unescape, value_at

_ORDER = {kind: place for place, kind in enumerate(CorrectionKind)}


class Correction(Struct, frozen=True):
    """The value at a pointer, or the key where `is_key`, becomes `new`. `code` is the rule whose finding it fixes.

    `fix` states whether it is safe, and why. `old` is the present text at `span`. With `removes`, the keys at these pointers
    are removed instead, all of them or none; `old` then contains their names. With `partner`, the property does not exist or
    is empty, and is written next to the one at that pointer, which its `span` is that of; `old` then contains its name.
    """

    code: str
    kind: CorrectionKind
    pointer: str
    new: str | int
    fix: Fix
    old: str | int = ""
    span: Span = FILE_START
    removes: tuple[str, ...] = ()
    partner: str = ""

    @property
    def is_key(self) -> bool:
        return self.kind is CorrectionKind.KEY

    @property
    def is_safe(self) -> bool:
        return self.fix.kind is FixKind.SAFE


Rules = Mapping[str, RuleMetadata]
"""The metadata of each rule, by its code."""


def corrections_of(
    article: Article, findings: Iterable[Finding], rules: Rules, *, unsafe: bool = False
) -> tuple[Correction, ...]:
    """The corrections for an article's findings: at most one per location, values first, then keys from the innermost out.

    A key is renamed last, because that changes the pointers below it. With `unsafe`, the corrections that need a review are
    included.
    """
    wanted: dict[tuple[str, bool], Correction] = {}
    for correction in sorted(_all(article, findings, rules), key=lambda each: (_ORDER[each.kind], each.code)):
        if unsafe or correction.is_safe:
            wanted.setdefault((correction.pointer, correction.is_key), correction)
    return tuple(sorted(wanted.values(), key=lambda each: (each.is_key, -each.pointer.count("/") if each.is_key else 0)))


def uncorrected(article: Article, findings: Iterable[Finding], rules: Rules) -> Iterator[Correction]:
    """The corrections that judge omits, with its reason (the fact `not_fixed`): at most one per location."""
    seen: set[str] = set()
    for finding in findings:
        reason = finding.facts.get("not_fixed")
        if isinstance(reason, str):
            for correction in _of(article, replace(finding, fix=Fix(FixKind.UNSAFE, reason)), rules):
                if correction.pointer not in seen:
                    seen.add(correction.pointer)
                    yield correction


def _all(article: Article, findings: Iterable[Finding], rules: Rules) -> Iterator[Correction]:
    for finding in findings:
        yield from _of(article, finding, rules)


def _of(article: Article, finding: Finding, rules: Rules) -> Iterator[Correction]:
    kind, fix = rules[finding.code].correction, finding.fix
    if kind is None or fix is None:
        return
    if kind is CorrectionKind.REMOVAL:
        yield from _removal(article, finding, fix)
    elif kind is CorrectionKind.SIZE:
        for side in ("width", "height"):
            yield from _side(article, finding, side, fix)
    else:
        pointer, new = (
            finding.location.pointer,
            finding.facts.get("final_url" if kind is CorrectionKind.HOME else "expected"),
        )
        if isinstance(new, str) and new and pointer in article.places:
            yield correction(article, finding.code, kind, pointer, new, fix=fix)


def correction(article: Article, code: str, kind: CorrectionKind, pointer: str, new: str | int, *, fix: Fix) -> Correction:
    """A correction of the value or key at a pointer, which must have a location in the article."""
    place = article.places[pointer]
    is_key = kind is CorrectionKind.KEY
    value = unescape(pointer.rpartition("/")[2]) if is_key else value_at(article.data, pointer)
    old = value if isinstance(value, (str, int)) else ""
    span = place.key if is_key and place.key is not None else place.value
    return Correction(code, kind, pointer, new, fix, old, span)


def _removal(article: Article, finding: Finding, fix: Fix) -> Iterator[Correction]:
    pointers = finding.facts.get("remove")
    if isinstance(pointers, tuple) and pointers and all(pointer in article.places for pointer in pointers):
        names = " and ".join(unescape(pointer.rpartition("/")[2]) for pointer in pointers)
        place = article.places[pointers[0]]
        span = place.key or place.value
        yield Correction(finding.code, CorrectionKind.REMOVAL, pointers[0], "", fix, old=names, span=span, removes=pointers)


def _side(article: Article, finding: Finding, side: str, fix: Fix) -> Iterator[Correction]:
    """The correction of a declared width or height; one that is not declared is not added."""
    facts = finding.facts
    measured, declared, pointer = facts.get(side), facts.get(f"declared_{side}"), facts.get(f"{side}_pointer")
    if not isinstance(measured, int) or not isinstance(declared, int) or not isinstance(pointer, str):
        return
    if declared != measured and pointer in article.places:
        # Keep the quotes of a size.
        written = value_at(article.data, pointer)
        new = str(measured) if isinstance(written, str) else measured
        yield correction(article, finding.code, CorrectionKind.SIZE, pointer, new, fix=fix)
