"""URLs in properties that the schema does not describe: they are not checked, and the author may not know it."""

import re
from collections.abc import Iterable, Iterator

from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate.unknown_properties import UnknownProperties

_STARTS = ("https://", "http://")
_PICTURE = re.compile(r"[^\s/:?#]*/[^\s?#]*\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]\S*)?", re.IGNORECASE)
"""The path of a picture of the site, or next to the article. A name without a folder can be the name of anything."""


def find_undeclared_urls(unknown: Iterable[UnknownProperties]) -> Iterator[str]:
    """The pointers of the unknown properties that contain a URL, in the order of the article."""
    for each in unknown:
        for name in each.names:
            # `$schema` and others of this kind are for tools.
            if not name.startswith("$") and _contains_url(each.data[name]):
                yield f"{each.pointer}/{escape(name)}"


def _contains_url(value: Json) -> bool:
    match value:
        case str():
            return value.startswith(_STARTS) or _PICTURE.fullmatch(value) is not None
        case dict():
            return any(map(_contains_url, value.values()))
        case list():
            return any(map(_contains_url, value))
        case _:
            return False
