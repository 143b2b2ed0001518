"""Empty texts in properties that are required and have a format.

Editors with forms write an empty text for a field that was left out, so `format` accepts it, as if the property were not
there. If the property is required, it is missing.
"""

from collections.abc import Iterator

from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate.schema_tree import SchemaSite


def find_empty_texts(data: Json, site: SchemaSite) -> Iterator[tuple[str, str]]:
    """The pointer and the name of each, in the order of the article."""
    return _find(data, site, "") if _has_empty_text(data) else iter(())


def _has_empty_text(data: Json) -> bool:
    """Whether there is an empty text anywhere: most articles have none, whatever their schema is."""
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in values:
        if isinstance(value, str):
            if not value or value.isspace():
                return True
        elif isinstance(value, (dict, list)) and _has_empty_text(value):
            return True
    return False


def _find(data: Json, site: SchemaSite, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, child in data.items():
            below = None if child is None or isinstance(child, (bool, int, float)) else site.property(name)
            if below is None:
                continue
            if isinstance(child, str) and not child.strip() and name in site.required and below.formatted:
                yield f"{pointer}/{escape(name)}", name
            elif isinstance(child, (dict, list)):
                yield from _find(child, below, f"{pointer}/{escape(name)}")
    elif isinstance(data, list):
        for index, child in enumerate(data):
            below = site.item(index) if isinstance(child, (dict, list)) else None
            if below is not None:
                yield from _find(child, below, f"{pointer}/{index}")
