"""Required properties that an article has under a similar name: `author` for `authors`. They are one violation, not two."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from linkcheck.did_you_mean import closest, fold
from linkcheck.model import Article, Json, Location, Violation
from linkcheck.pointers import escape, unescape, value_at
from linkcheck.validate.near_miss import fits
from linkcheck.validate.schema_tree import SchemaSite
from linkcheck.validate.unknown_properties import UnknownProperties
from linkcheck.validate.value_text import cut
from linkcheck.validate.violations import key_span

_UNKNOWN = ("near-miss", "additionalProperties", "unevaluatedProperties")
"""Keywords of violations about an unknown property."""
_SHORTEST = 4
"""Letters of a name with a slip."""


def join_misnamed(
    article: Article,
    violations: Sequence[Violation],
    unknown: Iterable[UnknownProperties],
    root: SchemaSite,
    *,
    lower_case: bool,
) -> list[Violation]:
    """The violations, with one for each required property that is there under another name.

    With `lower_case`, all names in the article are read in lower case, so no other one can be written.
    """
    by_object = {each.pointer: each for each in unknown}
    forbidden: dict[str, list[str]] = {}
    likely: dict[str, str] = {}
    for each in violations:
        if each.keyword in _UNKNOWN:
            owner, name = _split(each.location.pointer)
            forbidden.setdefault(owner, []).append(name)
            if each.suggestion is not None:
                likely[f"{owner}/{escape(each.suggestion)}"] = name
    joined: dict[str, Violation] = {}
    others: list[Violation] = []
    for each in violations:
        owner, name = _split(each.location.pointer)
        data = value_at(article.data, owner)
        is_missing = each.keyword == "required" and isinstance(data, dict) and name not in data
        if not isinstance(data, dict) or not is_missing or (lower_case and name != name.lower()):
            others.append(each)
            continue
        found = by_object.get(owner) or _strange(data, owner, root)
        names = [*(found.names if found is not None else ()), *forbidden.get(owner, ())]
        others_left = [other for other in names if f"{owner}/{escape(other)}" not in joined]
        meant = likely.get(each.location.pointer) or _meant(name, others_left, data, found)
        if meant is None:
            others.append(each)
        else:
            pointer = f"{owner}/{escape(meant)}"
            joined[pointer] = _renamed(article, each, name, meant, pointer, is_fitting=_has_type(name, data[meant], found))
    return [each for each in others if each.keyword not in _UNKNOWN or each.location.pointer not in joined] + [
        *joined.values()
    ]


def _strange(data: dict[str, Json], owner: str, root: SchemaSite) -> UnknownProperties | None:
    """The properties of an object that no schema knows, where others are forbidden: alternatives do not report them."""
    site: SchemaSite | None = root
    for part in owner.split("/")[1:]:
        if site is None:
            return None
        # The name of a property can consist of digits, too.
        site = site.property(unescape(part)) or (site.item(int(part)) if part.isdecimal() else None)
    if site is None or site.free or not site.known:
        return None
    names = tuple(name for name in data if name not in site.known and site.property(name) is None)
    return UnknownProperties(owner, data, site, names) if names else None


def _split(pointer: str) -> tuple[str, str]:
    owner, _, name = pointer.rpartition("/")
    return owner, unescape(name)


def _meant(name: str, others: Sequence[str], data: dict[str, Json], found: UnknownProperties | None) -> str | None:
    """The unknown property that is probably the required one."""
    plural = next(
        (other for other in others if _is_plural(fold(name), fold(other)) or _is_plural(fold(other), fold(name))), None
    )
    fitting = [other for other in others if _has_type(name, data[other], found)]
    return plural or closest(name, fitting) or next((other for other in fitting if _is_slip(name, other)), None)


def _is_slip(name: str, other: str) -> bool:
    """Whether short names differ in the order of letters, or in one that is missing: `nmae`, but not `game` for `name`."""
    one, two = sorted((fold(name), fold(other)), key=len)
    if len(one) == len(two):
        return len(one) > _SHORTEST - 1 and sorted(one) == sorted(two) and closest(name, [other], sure=True) is not None
    return len(one) >= _SHORTEST and one in (f"{two[:place]}{two[place + 1 :]}" for place in range(len(two)))


def _is_plural(one: str, several: str) -> bool:
    return several in (f"{one}s", f"{one}es") or (one.endswith("y") and several == f"{one[:-1]}ies")


def _has_type(name: str, value: Json, found: UnknownProperties | None) -> bool:
    known = None if found is None else found.site.property(name)
    return known is None or fits(value, known.types)


def _renamed(article: Article, violation: Violation, name: str, meant: str, pointer: str, *, is_fitting: bool) -> Violation:
    """The violation at the property to rename. The new name is a suggestion if the value fits."""
    written, wanted = cut(meant, 80), cut(name, 80)
    form = "." if is_fitting else ", with a value that the schema allows."
    return replace(
        violation,
        location=Location(article.path, key_span(article, pointer), pointer),
        message=violation.message
        if violation.is_custom
        else f"`{wanted}` is missing, but there is `{written}`, which the schema does not know",
        hint=f"Rename {written} to {wanted}{form}",
        suggestion=name if is_fitting else None,
    )
