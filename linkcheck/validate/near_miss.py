"""Unknown properties that are probably misspelled known ones: `webURL`, `publishDateTime`.

Not reported if the schema forbids unknown properties anyway, if the author chooses the names, or if the value does not
fit the known property: `publisher: IT Pro` is not a misspelled `published: true`.
"""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.did_you_mean import closest, fold
from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate.schema_tree import SchemaSite

_MOST_UNKNOWN = 50
"""Unknown properties of one object that are checked: more than that are not typos."""


class NearMiss(Struct, frozen=True):
    """A property's pointer, its name as written, and the likely name."""

    pointer: str
    name: str
    likely: str


def find_near_misses(data: Json, site: SchemaSite, pointer: str = "") -> Iterator[NearMiss]:
    """The near misses in the order of the article."""
    if isinstance(data, dict):
        if not (site.known or site.free):
            return
        unknown = data.keys() - site.known if site.known and not site.closed and not site.free else ()
        if unknown:
            written = [name for name in data if name in unknown][:_MOST_UNKNOWN]
            for name in written:
                likely = _likely(name, data, site)
                if likely is not None:
                    yield NearMiss(f"{pointer}/{escape(name)}", name, likely)
        for name, child in data.items():
            if isinstance(child, (dict, list)):
                below = site.property(name)
                if below is not None:
                    yield from find_near_misses(child, below, f"{pointer}/{escape(name)}")
    elif isinstance(data, list):
        for index, child in enumerate(data):
            if isinstance(child, (dict, list)):
                below = site.item(index)
                if below is not None:
                    yield from find_near_misses(child, below, f"{pointer}/{index}")


def _likely(name: str, data: dict[str, Json], site: SchemaSite) -> str | None:
    if site.property(name) is not None or name.startswith(("$", "x-")):
        return None
    likely = closest(name, site.known)
    if likely is None or fold(name) == fold(likely):
        return likely
    if likely in data:
        return None
    known = site.property(likely)
    return likely if known is None or _fits(data[name], known.types) else None


def _fits(value: Json, types: frozenset[str]) -> bool:
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
