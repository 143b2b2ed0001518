"""Whether an article without any configuration has the format that the default schema describes.

Most archives have another one, and the default schema would report that properties of its own format are missing there.
"""

from collections.abc import Iterator

from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate.schema_tree import SchemaSite

_TELLING = frozenset(("publisheddatetime", "weburl", "originalurl", "ampweburl", "cdnampweburl"))
"""Properties that other formats do not have, in lower case."""
_LEAST = 6
_SHARE = 0.8
"""Without one of these, the number of properties and the share of all that the schema must know."""


def is_default_format(data: dict[str, Json], site: SchemaSite) -> bool:
    """Decides by the names of the properties alone, so it is the same for one article and for the whole archive."""
    if not _TELLING.isdisjoint(name.lower() for name in data):
        return True
    known = len(data.keys() & site.known)
    return known >= _LEAST and known >= _SHARE * len(data)


def unknown_values(data: Json, site: SchemaSite, pointer: str = "") -> Iterator[str]:
    """The pointers of the outermost values that the schema does not describe."""
    if isinstance(data, dict):
        for name, child in data.items():
            below = site.property(name)
            if below is None:
                yield f"{pointer}/{escape(name)}"
            elif isinstance(child, (dict, list)):
                yield from unknown_values(child, below, f"{pointer}/{escape(name)}")
    elif isinstance(data, list):
        for index, child in enumerate(data):
            below = site.item(index)
            if below is None:
                yield f"{pointer}/{index}"
            elif isinstance(child, (dict, list)):
                yield from unknown_values(child, below, f"{pointer}/{index}")
