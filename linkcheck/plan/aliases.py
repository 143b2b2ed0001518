"""Names for folders that the build tool of a site replaces: `~/assets/a.png` is `src/assets/a.png`."""

import re
from collections.abc import Iterable

from msgspec import Struct

_LIKE_ONE = re.compile(r"[~@$][~@A-Za-z0-9_-]{0,63}+/")
"""What build tools and their plug-ins use: `~/`, `@/`, `~~/`, `$lib/`, `@assets/`, `~assets/`."""


class Alias(Struct, frozen=True):
    """Links that start with `prefix` lead to files in `folder`, which is relative to the working directory."""

    prefix: str
    folder: str


def longest_first(aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """The aliases in the order in which they are tried: `@assets/` before `@`. Each ends with a slash."""
    ended = (Alias(f"{each.prefix.rstrip('/')}/", each.folder) for each in aliases)
    return tuple(sorted(ended, key=lambda each: (-len(each.prefix), each.prefix)))


def unknown_alias(text: str) -> str | None:
    """What a link starts with that looks like an alias; None if it does not."""
    found = _LIKE_ONE.match(text)
    return None if found is None else found[0]
