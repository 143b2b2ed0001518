"""Removes the keywords that an article violates: an inferred schema should accept the articles it was inferred from.

Formats and patterns are kept. They were inferred although a few values do not match, because these are probably mistakes.
"""

from collections.abc import Iterable

from linkcheck.model import Json
from linkcheck.pointers import unescape

_KEPT = frozenset(("format", "pattern", "anyOf"))


def loosen(schema: dict[str, Json], pointers: Iterable[str]) -> bool:
    """Remove the keywords at these JSON Pointers, following `$ref`. Returns whether there was something to remove.

    `format` and `pattern` are kept, and `anyOf`, which contains patterns.
    """
    changed = False
    for pointer in pointers:
        parts = [unescape(part) for part in pointer.split("/")[1:]]
        owner = _resolve(schema, parts[:-1])
        if isinstance(owner, dict) and parts and parts[-1] in owner and parts[-1] not in _KEPT:
            del owner[parts[-1]]
            changed = True
    return changed


def _resolve(schema: dict[str, Json], parts: list[str]) -> Json:
    node: Json = schema
    for part in parts:
        if isinstance(node, dict) and part == "$ref":
            reference = node.get("$ref")
            node = _resolve(schema, str(reference).split("/")[1:]) if isinstance(reference, str) else None
        elif isinstance(node, dict):
            node = node.get(part)
        elif isinstance(node, list) and part.isdecimal() and int(part) < len(node):
            node = node[int(part)]
        else:
            return None
    return node
