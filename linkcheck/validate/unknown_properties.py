"""The properties of an article that its schema does not describe.

None are unknown where the schema forbids other properties, because they are violations then, or where the author chooses the
names. What a schema describes as a whole (a list without `items`, an object without `properties`) is known as a whole.
"""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate.schema_tree import SchemaSite


class UnknownProperties(Struct, frozen=True):
    """An object in the article, the schemas that apply to it, and the names that none of them describes, as written."""

    pointer: str
    data: dict[str, Json]
    site: SchemaSite
    names: tuple[str, ...]


def find_unknown_properties(data: Json, site: SchemaSite, pointer: str = "") -> Iterator[UnknownProperties]:
    """The objects with unknown properties, in the order of the article."""
    if isinstance(data, dict):
        if not (site.known or site.free):
            return
        if site.known and not site.closed and not site.free and not data.keys() <= site.known:
            names = tuple(name for name in data if name not in site.known and site.property(name) is None)
            if names:
                yield UnknownProperties(pointer, data, site, names)
        for name, child in data.items():
            if isinstance(child, (dict, list)):
                below = site.property(name)
                if below is not None:
                    yield from find_unknown_properties(child, below, f"{pointer}/{escape(name)}")
    elif isinstance(data, list):
        for index, child in enumerate(data):
            if isinstance(child, (dict, list)):
                below = site.item(index)
                if below is not None:
                    yield from find_unknown_properties(child, below, f"{pointer}/{index}")
