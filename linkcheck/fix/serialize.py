"""Serializes a value or key in YAML, TOML, JSON and MultiMarkdown, in the style of the text that it replaces."""

import json
import re
from collections.abc import Iterator

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_QUOTED_ONLY = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""Characters that only a double-quoted string can contain, as escapes."""


def serializations(written: str, new: str | int, format_: str, *, is_key: bool) -> Iterator[str]:
    """Texts that can represent the new value in place of `written`, the one closest in style first.

    A candidate may have another meaning at its location (a plain YAML scalar), so the caller verifies the result.
    """
    if isinstance(new, int):
        yield str(new)
        return
    match format_:
        case "json":
            yield _json(written, new)
            yield _double(new)
        case "toml":
            yield from _toml(written, new, is_key=is_key)
        case "multimarkdown":
            yield from _multimarkdown(written, new, is_key=is_key)
        case _:
            yield from _yaml(written, new)


def _json(written: str, new: str) -> str:
    """JSON with optional escapes of slashes and letters if the text before had them."""
    text = json.dumps(new) if written.isascii() and "\\u" in written else _double(new)
    return text.replace("/", "\\/") if "\\/" in written else text


def _yaml(written: str, new: str) -> Iterator[str]:
    fits_one_line = _QUOTED_ONLY.search(new) is None
    if written.startswith("'") and fits_one_line:
        yield "'" + new.replace("'", "''") + "'"
    elif not written.startswith(("'", '"')) and fits_one_line and new:
        yield new
    yield _double(new)


def _toml(written: str, new: str, *, is_key: bool) -> Iterator[str]:
    fits_one_line = _QUOTED_ONLY.search(new) is None
    if is_key and not written.startswith(("'", '"')) and _BARE.fullmatch(new):
        yield new
    elif written.startswith("'''") and fits_one_line and "'''" not in new:
        yield f"'''{new}'''"
    elif written.startswith("'") and fits_one_line and "'" not in new:
        yield f"'{new}'"
    elif written.startswith('"""'):
        yield f'""{_double(new)}""'
    yield _double(new)


def _multimarkdown(written: str, new: str, *, is_key: bool) -> Iterator[str]:
    """The text itself, as there are no quotes. A key starts with a capital letter if the one before did."""
    if _QUOTED_ONLY.search(new) is None:
        yield new[:1].upper() + new[1:] if is_key and written[:1].isupper() else new


def _double(text: str) -> str:
    """A double-quoted string in the syntax that JSON, TOML 1.0 and YAML 1.2 have in common."""
    return _QUOTED_ONLY.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
