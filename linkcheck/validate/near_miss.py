"""Unknown properties that are probably misspelled known ones: `webURL`, `publishDateTime`.

Not reported if the value does not fit the known property: `publisher: IT Pro` is not a misspelled `published: true`.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from linkcheck.did_you_mean import closest, fold
from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate.schema_tree import SchemaSite
from linkcheck.validate.unknown_properties import UnknownProperties

_MOST_UNKNOWN = 50
"""Unknown properties of one object that are checked: more than that are not typos."""


class NearMiss(Struct, frozen=True):
    """A property's pointer, its name as written, and the likely name."""

    pointer: str
    name: str
    likely: str


def find_near_misses(unknown: Iterable[UnknownProperties]) -> Iterator[NearMiss]:
    """The near misses in the order of the article."""
    for each in unknown:
        for name in each.names[:_MOST_UNKNOWN]:
            likely = _likely(name, each.data, each.site)
            if likely is not None:
                yield NearMiss(f"{each.pointer}/{escape(name)}", name, likely)


def _likely(name: str, data: dict[str, Json], site: SchemaSite) -> str | None:
    if name.startswith(("$", "x-")):
        return None
    likely = _closest(name, tuple(site.known))
    if likely is None or fold(name) == fold(likely):
        return likely
    if likely in data:
        return None
    known = site.property(likely)
    return likely if known is None or fits(data[name], known.types) else None


@lru_cache(maxsize=1024)  # the same few names come up in every article
def _closest(name: str, known: tuple[str, ...]) -> str | None:
    return closest(name, known)


def fits(value: Json, types: frozenset[str]) -> bool:
    """Whether a value has one of the types; true if there are none."""
    match value:
        case _ if not types:
            return True
        case None:
            return True
        case bool():
            return "boolean" in types
        case int() | float():
            return bool(types & {"integer", "number"})
        case str():
            return "string" in types
        case list():
            return "array" in types
        case dict():
            return "object" in types
